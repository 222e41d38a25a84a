// sekisho_slot: the current taxonomy of a running program.
#include <utility>

#include "capi/boundary.h"
#include "capi/handles.h"

using sekisho::capi::Fail;
using sekisho::capi::Guard;

extern "C" {

int32_t sekisho_slot_create(sekisho_slot** out, sekisho_taxonomy* taxonomy, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (taxonomy == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "taxonomy is NULL");
  return Guard(error, [&] {
    *out = new sekisho_slot;
    (*out)->current = sekisho_taxonomy_retain(taxonomy);
    return SEKISHO_OK;
  });
}

int32_t sekisho_slot_load_file(sekisho_slot* slot, const char* path, size_t path_size, sekisho_error* error) {
  if (slot == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "slot is NULL");
  sekisho_taxonomy* loaded = nullptr;
  const int32_t status = sekisho_taxonomy_load_file(&loaded, path, path_size, error);
  if (status == SEKISHO_OK) sekisho_slot_set(slot, loaded);
  sekisho_taxonomy_release(loaded);
  return status;
}

int32_t sekisho_slot_set(sekisho_slot* slot, sekisho_taxonomy* taxonomy) {
  if (slot == nullptr || taxonomy == nullptr) return SEKISHO_E_INVALID_ARGUMENT;
  return Guard(nullptr, [&] {
    sekisho_taxonomy* old = sekisho_taxonomy_retain(taxonomy);
    {
      const std::lock_guard<std::mutex> lock(slot->mutex);
      std::swap(slot->current, old);
      slot->version.fetch_add(1, std::memory_order_release);
    }
    sekisho_taxonomy_release(old);
    return SEKISHO_OK;
  });
}

int32_t sekisho_slot_acquire(sekisho_taxonomy** out, sekisho_slot* slot) {
  if (out == nullptr) return SEKISHO_E_INVALID_ARGUMENT;
  *out = nullptr;
  if (slot == nullptr) return SEKISHO_E_INVALID_ARGUMENT;
  return Guard(nullptr, [&] {
    const std::lock_guard<std::mutex> lock(slot->mutex);
    *out = sekisho_taxonomy_retain(slot->current);
    return SEKISHO_OK;
  });
}

uint64_t sekisho_slot_version(const sekisho_slot* slot) {
  return slot == nullptr ? 0 : slot->version.load(std::memory_order_acquire);
}

void sekisho_slot_free(sekisho_slot* slot) {
  if (slot == nullptr) return;
  sekisho_taxonomy_release(slot->current);
  delete slot;
}

}  // extern "C"
