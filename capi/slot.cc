// sekisho_slot: the current taxonomy of a running program.
#include <pthread.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <string>
#include <utility>

#include "capi/boundary.h"
#include "capi/handles.h"

using sekisho::capi::Fail;
using sekisho::capi::Guard;
using sekisho::capi::Lives;

namespace {

// Held for the exchange of a pointer, and where signatures are demanded for their check: of all slots, so that a fork
// can wait until no thread is inside, and the child finds every slot whole and free.
std::mutex lock_of_slots;

void SurviveForks() {
  static std::once_flag once;
  std::call_once(once, [] {
    const auto unlock = [] { lock_of_slots.unlock(); };
    if (pthread_atfork([] { lock_of_slots.lock(); }, unlock, unlock) != 0) throw std::bad_alloc();
  });
}

// What the slot asks of the next taxonomy: the host's demand, and no way back behind what it holds.
int32_t Admit(const sekisho_slot& slot, const sekisho_taxonomy& next, sekisho_error* error) {
  if (!slot.demand.has_value()) return SEKISHO_OK;
  sekisho::capi::Demand demand = *slot.demand;
  const auto& held = slot.current->pack->signature();
  if (held.has_value()) demand.least_sequence = std::max(demand.least_sequence, held->sequence);
  if (const int32_t s = Check(next, demand, error); s != SEKISHO_OK) return s;
  if (held.has_value() && next.pack->signature()->sequence == held->sequence && next.digest != slot.current->digest) {
    return Fail(error, SEKISHO_E_PACK_OLDER,
                "the pack has sequence number " + std::to_string(held->sequence) +
                    " like the one in service, and is another (hint: sign it anew with a greater number)");
  }
  return SEKISHO_OK;
}

// Puts `next` in, or leaves all as it is. One at a time, so that of two newer packs the newest stays.
int32_t Put(sekisho_slot* slot, sekisho_taxonomy* next, sekisho_error* error) {
  return Guard(error, [&]() -> int32_t {
    sekisho_taxonomy* old = nullptr;
    {
      const std::lock_guard<std::mutex> lock(lock_of_slots);
      if (const int32_t s = Admit(*slot, *next, error); s != SEKISHO_OK) return s;
      old = std::exchange(slot->current, sekisho_taxonomy_retain(next));
      slot->version.fetch_add(1, std::memory_order_release);
    }
    sekisho_taxonomy_release(old);
    return SEKISHO_OK;
  });
}

}  // namespace

extern "C" {

int32_t sekisho_slot_create(sekisho_slot** out, sekisho_taxonomy* taxonomy, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (!Lives(taxonomy)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "taxonomy is NULL, freed or none");
  return Guard(error, [&]() -> int32_t {
    SurviveForks();
    *out = new sekisho_slot;
    (*out)->current = sekisho_taxonomy_retain(taxonomy);
    return SEKISHO_OK;
  });
}

int32_t sekisho_slot_demand(sekisho_slot* slot, const sekisho_trust* trust, sekisho_error* error) {
  if (!Lives(slot)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "slot is NULL, freed or none");
  return Guard(error, [&]() -> int32_t {
    sekisho::capi::Demand demand;
    if (const int32_t s = ReadTrust(demand, trust, error); s != SEKISHO_OK) return s;
    const std::lock_guard<std::mutex> lock(lock_of_slots);
    slot->demand = std::move(demand);
    return SEKISHO_OK;
  });
}

int32_t sekisho_slot_load_file(sekisho_slot* slot, const char* path, size_t path_size, sekisho_error* error) {
  if (!Lives(slot)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "slot is NULL, freed or none");
  sekisho_taxonomy* loaded = nullptr;
  int32_t status = sekisho_taxonomy_load_file(&loaded, path, path_size, error);
  if (status == SEKISHO_OK) status = Put(slot, loaded, error);
  sekisho_taxonomy_release(loaded);
  return status;
}

int32_t sekisho_slot_set(sekisho_slot* slot, sekisho_taxonomy* taxonomy) {
  if (!Lives(slot) || !Lives(taxonomy)) return SEKISHO_E_INVALID_ARGUMENT;
  return Put(slot, taxonomy, nullptr);
}

int32_t sekisho_slot_acquire(sekisho_taxonomy** out, sekisho_slot* slot) {
  if (out == nullptr) return SEKISHO_E_INVALID_ARGUMENT;
  *out = nullptr;
  if (!Lives(slot)) return SEKISHO_E_INVALID_ARGUMENT;
  return Guard(nullptr, [&] {
    const std::lock_guard<std::mutex> lock(lock_of_slots);
    *out = sekisho_taxonomy_retain(slot->current);
    return SEKISHO_OK;
  });
}

uint64_t sekisho_slot_version(const sekisho_slot* slot) {
  return !Lives(slot) ? 0 : slot->version.load(std::memory_order_acquire);
}

void sekisho_slot_free(sekisho_slot* slot) {
  if (!Lives(slot)) return;
  sekisho_taxonomy* last = slot->current;
  delete slot;
  sekisho_taxonomy_release(last);
}

}  // extern "C"
