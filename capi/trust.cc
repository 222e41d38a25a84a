// Signed packs: what a program demands of a taxonomy, and what the refusals of the engine are called here.
#include <cstring>
#include <string>

#include "capi/boundary.h"
#include "capi/dates.h"
#include "capi/handles.h"
#include "engine/pack/signature.h"

namespace sekisho::capi {

constexpr size_t kMostKeys = 1024;  // more is a mistake of the caller's

int32_t ReadTrust(Demand& out, const sekisho_trust* trust, sekisho_error* error) {
  sekisho_trust given;
  if (const int32_t s = ReadStruct(given, trust); s != SEKISHO_OK) {
    return Fail(error, s, "trust: NULL, struct_size too small, or a field of a later version is set");
  }
  std::string_view today;
  if (!ReadText(today, given.today, given.today_size)) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "trust: today is NULL but its size is not 0");
  }
  if (given.reserved != 0) return Fail(error, SEKISHO_E_UNSUPPORTED, "trust: reserved is not 0");
  if (given.keys == nullptr || given.key_count == 0) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "trust: no keys (hint: nothing can be signed by none)");
  }
  if (given.key_count > kMostKeys) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "trust: more than 1,024 keys");
  if (!today.empty()) {
    out.today = ParseDate(today);
    if (!out.today.has_value()) {
      return Fail(error, SEKISHO_E_BAD_DATE,
                  "trust: today \"" + std::string(today.substr(0, 40)) + "\" is not a date (hint: YYYY-MM-DD)");
    }
  }
  out.least_sequence = given.least_sequence;
  out.keys.resize(given.key_count);
  for (size_t i = 0; i < given.key_count; ++i) {
    std::memcpy(out.keys[i].data(), given.keys + i * SEKISHO_KEY_SIZE, SEKISHO_KEY_SIZE);
  }
  return SEKISHO_OK;
}

int32_t Check(const sekisho_taxonomy& taxonomy, const Demand& demand, sekisho_error* error) {
  static constexpr int32_t kStatuses[] = {
      SEKISHO_OK,           SEKISHO_E_UNSIGNED,    SEKISHO_E_UNTRUSTED_KEY, SEKISHO_E_BAD_SIGNATURE,
      SEKISHO_E_PACK_OLDER, SEKISHO_E_PACK_EXPIRED};
  const pack::Trust trust{demand.keys, demand.least_sequence, demand.today.value_or(Today())};
  const pack::Verification verification = pack::Verify(*taxonomy.pack, trust);
  const int32_t status = kStatuses[static_cast<size_t>(verification.refusal)];
  return status == SEKISHO_OK ? status : Fail(error, status, verification.message);
}

}  // namespace sekisho::capi

using sekisho::capi::Demand;
using sekisho::capi::Fail;
using sekisho::capi::Guard;

extern "C" {

int32_t sekisho_taxonomy_verify(const sekisho_taxonomy* taxonomy, const sekisho_trust* trust, sekisho_error* error) {
  if (!sekisho::capi::Lives(taxonomy))
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "taxonomy is NULL, freed or none");
  return Guard(error, [&]() -> int32_t {
    Demand demand;
    if (const int32_t s = ReadTrust(demand, trust, error); s != SEKISHO_OK) return s;
    return Check(*taxonomy, demand, error);
  });
}

int32_t sekisho_taxonomy_load_trusted(sekisho_taxonomy** out, const char* path, size_t path_size,
                                      const sekisho_trust* trust, sekisho_error* error) {
  int32_t status = sekisho_taxonomy_load_file(out, path, path_size, error);
  if (status == SEKISHO_OK) status = sekisho_taxonomy_verify(*out, trust, error);
  if (status != SEKISHO_OK && out != nullptr) {
    sekisho_taxonomy_release(*out);
    *out = nullptr;
  }
  return status;
}

}  // extern "C"
