// What every function of the C ABI does at the boundary: exceptions become statuses, error text goes to the caller's
// struct, structs of older and newer callers are read and written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <new>
#include <string_view>

#include "sekisho.h"

namespace sekisho::capi {

// Writes status and message to `error` (may be null) and returns the status.
int32_t Fail(sekisho_error* error, int32_t status, std::string_view message) noexcept;

// Runs `body`; nothing that it throws comes out.
template <typename Body>
int32_t Guard(sekisho_error* error, Body&& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return Fail(error, SEKISHO_E_NOMEM, "out of memory");
  } catch (const std::exception& e) {
    return Fail(error, SEKISHO_E_INTERNAL, e.what());
  } catch (...) {
    return Fail(error, SEKISHO_E_INTERNAL, "an exception of unknown type");
  }
}

// A caller's text; false for a null pointer with a size, and for a size that no memory has.
inline bool ReadText(std::string_view& out, const char* data, size_t size) {
  if ((data == nullptr && size > 0) || size > PTRDIFF_MAX) return false;
  out = size > 0 ? std::string_view(data, size) : std::string_view();
  return true;
}

// More is no size of a struct but memory that was never set: nothing is read or written by it.
inline constexpr uint32_t kMostStruct = 4096;
template <typename Struct>
bool Sized(const Struct* s, size_t least) {
  return s != nullptr && s->struct_size >= least && s->struct_size <= kMostStruct;
}

// Copies a caller's struct, which may be of any version since its first (`least` bytes): what an older one lacks is
// zero; larger ones come from a later header, and are read when what we do not know is zero.
template <typename Struct>
int32_t ReadStruct(Struct& out, const Struct* in, size_t least = sizeof(Struct)) {
  if (!Sized(in, least)) return SEKISHO_E_INVALID_ARGUMENT;
  const char* bytes = reinterpret_cast<const char*>(in);
  const size_t known = std::min<size_t>(in->struct_size, sizeof(Struct));
  if (!std::all_of(bytes + known, bytes + in->struct_size, [](char c) { return c == 0; })) return SEKISHO_E_UNSUPPORTED;
  std::memset(static_cast<void*>(&out), 0, sizeof(Struct));
  std::memcpy(static_cast<void*>(&out), bytes, known);
  return SEKISHO_OK;
}

// Fills a struct whose first version had `least` bytes: no more of it than the caller has.
template <typename Struct>
void WriteStruct(Struct* out, Struct full) {
  full.struct_size = out->struct_size;
  std::memcpy(static_cast<void*>(out), &full, std::min<size_t>(out->struct_size, sizeof(Struct)));
}

// Zeroes a struct that the caller wants filled, but for its size. False when it cannot be one of ours.
template <typename Struct>
bool ClearStruct(Struct* out, size_t least = sizeof(Struct)) {
  if (!Sized(out, least)) return false;
  const uint32_t size = out->struct_size;
  std::memset(static_cast<void*>(out), 0, size);
  out->struct_size = size;
  return true;
}

}  // namespace sekisho::capi

// Sets the pair NAME, NAME_size of a struct to a text.
#define SEKISHO_SET_TEXT(out, name, value)  \
  do {                                      \
    const std::string_view text_ = (value); \
    (out)->name = text_.data();             \
    (out)->name##_size = text_.size();      \
  } while (false)
