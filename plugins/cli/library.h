// sekisho.h for C++: handles that free themselves, texts as string_view, errors as strings.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sekisho.h"

namespace sekisho::cli {

struct Release {
  void operator()(sekisho_taxonomy* t) const { sekisho_taxonomy_release(t); }
  void operator()(sekisho_scanner* s) const { sekisho_scanner_free(s); }
};
using Taxonomy = std::unique_ptr<sekisho_taxonomy, Release>;
using Scanner = std::unique_ptr<sekisho_scanner, Release>;

// Null, with `error` set, on failure. An empty path: the built-in taxonomy.
Taxonomy LoadTaxonomy(const std::string& path, std::string& error);

struct Limits {  // sekisho_scanner_options; 0: the library's default
  uint32_t input_bytes = 0, matches = 0;
  uint64_t steps = 0, memory_bytes = 0;
};
Scanner MakeScanner(const Taxonomy& taxonomy, const std::string& lists, const Limits& limits, std::string& error);

inline std::string_view View(const char* data, size_t size) {
  return size == 0 ? std::string_view() : std::string_view(data, size);
}
#define SEKISHO_TEXT(object, name) ::sekisho::cli::View((object).name, (object).name##_size)
#define SEKISHO_PUT(object, name, value)   \
  do {                                     \
    const std::string_view put_ = (value); \
    (object).name = put_.data();           \
    (object).name##_size = put_.size();    \
  } while (false)

inline constexpr int32_t kVerdicts = SEKISHO_NO_MATCH + 1;  // for arrays by verdict

// Verdicts that say: somebody has to look at it.
inline bool IsFlagged(int32_t verdict) { return verdict >= SEKISHO_MATCH && verdict <= SEKISHO_UNKNOWN; }

// Accessors that cannot fail with the indices that the result itself gives; a failure leaves the zeroed struct.
sekisho_result_info Describe(const sekisho_result* result);
sekisho_list_result ListAt(const sekisho_result* result, size_t list);
sekisho_candidate CandidateAt(const sekisho_result* result, size_t list, size_t candidate);
sekisho_evidence EvidenceAt(const sekisho_result* result, size_t list, size_t candidate, size_t evidence);
sekisho_note MissingAt(const sekisho_result* result, size_t list, size_t candidate, size_t missing);
sekisho_note NoticeAt(const sekisho_result* result, size_t notice);
sekisho_treaty_result TreatyAt(const sekisho_result* result, size_t treaty);
sekisho_treaty_row TreatyRowAt(const sekisho_result* result, size_t treaty, size_t row);
sekisho_note TreatyConditionAt(const sekisho_result* result, size_t treaty, size_t condition);
sekisho_note TreatyMissingAt(const sekisho_result* result, size_t treaty, size_t missing);
sekisho_taxonomy_info Describe(const Taxonomy& taxonomy);

}  // namespace sekisho::cli
