// Status and verdict names, versions, and how an error reaches the caller's struct.
#include <unicode/uchar.h>  // the version of the Unicode data, no functions

#include <iterator>

#include "capi/boundary.h"

namespace sekisho::capi {

namespace {
// Cut to `limit` bytes, not inside a character.
size_t CutSize(std::string_view text, size_t limit) {
  if (text.size() <= limit) return text.size();
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return limit;
}
}  // namespace

int32_t Fail(sekisho_error* error, int32_t status, std::string_view message) noexcept {
  if (error == nullptr || error->struct_size < sizeof(sekisho_error)) return status;
  error->status = status;
  const size_t size = CutSize(message, sizeof(error->message) - 1);
  std::memcpy(error->message, message.data(), size);
  error->message[size] = '\0';
  return status;
}

}  // namespace sekisho::capi

extern "C" {

const char* sekisho_status_name(int32_t status) {
  static constexpr const char* kNames[] = {
      "SEKISHO_OK",
      "SEKISHO_E_INVALID_ARGUMENT",
      "SEKISHO_E_NOMEM",
      "SEKISHO_E_INTERNAL",
      "SEKISHO_E_UNSUPPORTED",
      "SEKISHO_E_BUSY",
      "SEKISHO_E_OUT_OF_RANGE",
      "SEKISHO_E_NOT_FOUND",
      "SEKISHO_E_IO",
      "SEKISHO_E_NOT_A_PACK",
      "SEKISHO_E_PACK_VERSION",
      "SEKISHO_E_PACK_DAMAGED",
      "SEKISHO_E_UNKNOWN_LIST",
      "SEKISHO_E_BAD_DATE",
      "SEKISHO_E_BAD_ATTRIBUTE",
      "SEKISHO_E_UNKNOWN_TREATY",
      "SEKISHO_E_UNSIGNED",
      "SEKISHO_E_UNTRUSTED_KEY",
      "SEKISHO_E_BAD_SIGNATURE",
      "SEKISHO_E_PACK_OLDER",
      "SEKISHO_E_PACK_EXPIRED",
  };
  constexpr int32_t kCount = static_cast<int32_t>(std::size(kNames));
  return status <= 0 && status > -kCount ? kNames[-status] : "SEKISHO_E_?";
}

const char* sekisho_verdict_name(int32_t verdict) {
  static constexpr const char* kNames[] = {"?", "match", "possible", "catch_all", "unknown", "excluded", "no_match"};
  return verdict > 0 && verdict <= SEKISHO_NO_MATCH ? kNames[verdict] : kNames[0];
}

const char* sekisho_version(void) { return SEKISHO_VERSION; }
const char* sekisho_unicode_version(void) { return U_UNICODE_VERSION; }
uint32_t sekisho_abi_version(void) { return SEKISHO_ABI_VERSION; }

}  // extern "C"
