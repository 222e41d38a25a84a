// sekisho_taxonomy: loading, counting, describing.
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "capi/boundary.h"
#include "capi/dates.h"
#include "capi/handles.h"

// The bytes between them are the built-in pack (builtin_pack.S).
extern "C" const char builtin_pack_begin[], builtin_pack_end[];

using sekisho::capi::ClearStruct;
using sekisho::capi::Fail;
using sekisho::capi::Guard;
using sekisho::capi::Lives;
using sekisho::capi::ReadText;
using sekisho::pack::Pack;

sekisho_taxonomy::sekisho_taxonomy(std::shared_ptr<const Pack> p)
    : pack(std::move(p)), digest(pack->digest()), as_of(sekisho::capi::FormatDate(pack->default_as_of())) {
  const std::optional<sekisho::pack::Signature>& s = pack->signature();
  if (!s.has_value()) return;
  signer = sekisho::pack::Hex(s->key.data(), s->key.size());
  signed_on = sekisho::capi::FormatDate(s->signed_on);
  if (s->last_day != sekisho::pack::kOpenTo) last_day = sekisho::capi::FormatDate(s->last_day);
}

namespace {

struct Cause {
  int32_t status;
  const char* hint;
};

Cause CauseOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kNotFound:
      return {SEKISHO_E_NOT_FOUND, "check the path"};
    case absl::StatusCode::kInvalidArgument:
      return {SEKISHO_E_NOT_A_PACK, "compile a taxonomy folder to a pack with `sekisho taxonomy compile`"};
    case absl::StatusCode::kFailedPrecondition:
      return {SEKISHO_E_PACK_VERSION, "compile the taxonomy again with the `sekisho` of this library"};
    case absl::StatusCode::kDataLoss:
      return {SEKISHO_E_PACK_DAMAGED, "copy or compile the pack again"};
    case absl::StatusCode::kResourceExhausted:
      return {SEKISHO_E_NOMEM, "free some memory"};
    default:
      return {SEKISHO_E_IO, "check the file and its permissions"};
  }
}

int32_t Take(sekisho_taxonomy** out, absl::StatusOr<std::shared_ptr<const Pack>> pack, sekisho_error* error) {
  if (pack.ok()) {
    *out = new sekisho_taxonomy(*std::move(pack));
    return SEKISHO_OK;
  }
  const Cause cause = CauseOf(pack.status().code());
  return Fail(error, cause.status, std::string(pack.status().message()) + " (hint: " + cause.hint + ")");
}

int32_t LoadPath(sekisho_taxonomy** out, const char* path, size_t path_size,
                 absl::StatusOr<std::shared_ptr<const Pack>> (*load)(const std::string&), sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  return Guard(error, [&] {
    std::string_view name;
    if (!ReadText(name, path, path_size) || name.empty() || name.find('\0') != name.npos) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "path is NULL, empty or contains a NUL byte");
    }
    return Take(out, load(std::string(name)), error);
  });
}

}  // namespace

extern "C" {

int32_t sekisho_taxonomy_load_file(sekisho_taxonomy** out, const char* path, size_t path_size, sekisho_error* error) {
  return LoadPath(out, path, path_size, &Pack::Open, error);
}

int32_t sekisho_taxonomy_load_mapped(sekisho_taxonomy** out, const char* path, size_t path_size, sekisho_error* error) {
  return LoadPath(out, path, path_size, &Pack::Map, error);
}

int32_t sekisho_taxonomy_load_memory(sekisho_taxonomy** out, const void* bytes, size_t size, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  return Guard(error, [&] {
    std::string_view text;
    if (!ReadText(text, static_cast<const char*>(bytes), size)) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "bytes is NULL");
    }
    return Take(out, Pack::FromString(std::string(text)), error);
  });
}

int32_t sekisho_taxonomy_load_builtin(sekisho_taxonomy** out, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  return Guard(error, [&] {
    const size_t size = static_cast<size_t>(builtin_pack_end - builtin_pack_begin);
    return Take(out, Pack::FromBytes({builtin_pack_begin, size}), error);
  });
}

sekisho_taxonomy* sekisho_taxonomy_retain(sekisho_taxonomy* taxonomy) {
  if (!Lives(taxonomy)) return nullptr;
  taxonomy->owners.fetch_add(1, std::memory_order_relaxed);
  return taxonomy;
}

void sekisho_taxonomy_release(sekisho_taxonomy* taxonomy) {
  if (Lives(taxonomy) && taxonomy->owners.fetch_sub(1, std::memory_order_acq_rel) == 1) delete taxonomy;
}

int32_t sekisho_taxonomy_describe(sekisho_taxonomy_info* out, const sekisho_taxonomy* taxonomy) {
  if (!ClearStruct(out, offsetof(sekisho_taxonomy_info, treaty_count)) || !Lives(taxonomy))
    return SEKISHO_E_INVALID_ARGUMENT;
  sekisho_taxonomy_info full = SEKISHO_TAXONOMY_INFO_INIT;
  full.list_count = static_cast<uint32_t>(taxonomy->pack->lists().size());
  SEKISHO_SET_TEXT(&full, version, taxonomy->pack->version());
  SEKISHO_SET_TEXT(&full, digest, taxonomy->digest);
  SEKISHO_SET_TEXT(&full, as_of, taxonomy->as_of);
  full.treaty_count = taxonomy->pack->treaties().size();
  if (taxonomy->pack->signature().has_value()) full.sequence = taxonomy->pack->signature()->sequence;
  SEKISHO_SET_TEXT(&full, signer, taxonomy->signer);
  SEKISHO_SET_TEXT(&full, signed_on, taxonomy->signed_on);
  SEKISHO_SET_TEXT(&full, last_day, taxonomy->last_day);
  sekisho::capi::WriteStruct(out, full);
  return SEKISHO_OK;
}

int32_t sekisho_taxonomy_list(sekisho_list_info* out, const sekisho_taxonomy* taxonomy, size_t index) {
  if (!ClearStruct(out) || !Lives(taxonomy)) return SEKISHO_E_INVALID_ARGUMENT;
  const Pack& pack = *taxonomy->pack;
  if (index >= pack.lists().size()) return SEKISHO_E_OUT_OF_RANGE;
  const sekisho::pack::List& list = pack.lists()[index];
  out->entry_count = list.entries.count;
  SEKISHO_SET_TEXT(out, list, pack.text(list.id));
  SEKISHO_SET_TEXT(out, title_en, pack.text(list.title_en));
  SEKISHO_SET_TEXT(out, title_ja, pack.text(list.title_ja));
  return SEKISHO_OK;
}

}  // extern "C"
