#include "plugins/cli/library.h"

namespace sekisho::cli {
namespace {

// What an accessor of the C ABI fills in; `empty` where it refuses, since the caller has counted first.
template <typename Struct, typename Accessor, typename... Place>
Struct Filled(Struct empty, Accessor accessor, Place... place) {
  accessor(&empty, place...);
  return empty;
}

}  // namespace

Taxonomy LoadTaxonomy(const std::string& path, std::string& error) {
  sekisho_error cause = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy = nullptr;
  const int32_t status = path.empty() ? sekisho_taxonomy_load_builtin(&taxonomy, &cause)
                                      : sekisho_taxonomy_load_file(&taxonomy, path.data(), path.size(), &cause);
  if (status != SEKISHO_OK) error = cause.message;
  return Taxonomy(taxonomy);
}

Scanner MakeScanner(const Taxonomy& taxonomy, const std::string& lists, const Limits& limits, std::string& error) {
  sekisho_error cause = SEKISHO_ERROR_INIT;
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  SEKISHO_PUT(options, lists, lists);
  options.max_input_bytes = limits.input_bytes;
  options.max_matches = limits.matches;
  options.max_steps = limits.steps;
  options.max_memory_bytes = limits.memory_bytes;
  sekisho_scanner* scanner = nullptr;
  if (sekisho_scanner_create(&scanner, taxonomy.get(), &options, &cause) != SEKISHO_OK) error = cause.message;
  return Scanner(scanner);
}

sekisho_result_info Describe(const sekisho_result* result) {
  return Filled<sekisho_result_info>(SEKISHO_RESULT_INFO_INIT, sekisho_result_describe, result);
}

sekisho_list_result ListAt(const sekisho_result* result, size_t list) {
  return Filled<sekisho_list_result>(SEKISHO_LIST_RESULT_INIT, sekisho_result_list, result, list);
}

sekisho_candidate CandidateAt(const sekisho_result* result, size_t list, size_t candidate) {
  return Filled<sekisho_candidate>(SEKISHO_CANDIDATE_INIT, sekisho_result_candidate, result, list, candidate);
}

sekisho_evidence EvidenceAt(const sekisho_result* result, size_t list, size_t candidate, size_t evidence) {
  return Filled<sekisho_evidence>(SEKISHO_EVIDENCE_INIT, sekisho_result_evidence, result, list, candidate, evidence);
}

sekisho_note MissingAt(const sekisho_result* result, size_t list, size_t candidate, size_t missing) {
  return Filled<sekisho_note>(SEKISHO_NOTE_INIT, sekisho_result_missing, result, list, candidate, missing);
}

sekisho_note NoticeAt(const sekisho_result* result, size_t notice) {
  return Filled<sekisho_note>(SEKISHO_NOTE_INIT, sekisho_result_notice, result, notice);
}

sekisho_treaty_result TreatyAt(const sekisho_result* result, size_t treaty) {
  return Filled<sekisho_treaty_result>(SEKISHO_TREATY_RESULT_INIT, sekisho_result_treaty, result, treaty);
}

sekisho_treaty_row TreatyRowAt(const sekisho_result* result, size_t treaty, size_t row) {
  return Filled<sekisho_treaty_row>(SEKISHO_TREATY_ROW_INIT, sekisho_result_treaty_row, result, treaty, row);
}

sekisho_note TreatyConditionAt(const sekisho_result* result, size_t treaty, size_t condition) {
  return Filled<sekisho_note>(SEKISHO_NOTE_INIT, sekisho_result_treaty_condition, result, treaty, condition);
}

sekisho_note TreatyMissingAt(const sekisho_result* result, size_t treaty, size_t missing) {
  return Filled<sekisho_note>(SEKISHO_NOTE_INIT, sekisho_result_treaty_missing, result, treaty, missing);
}

sekisho_taxonomy_info Describe(const Taxonomy& taxonomy) {
  return Filled<sekisho_taxonomy_info>(SEKISHO_TAXONOMY_INFO_INIT, sekisho_taxonomy_describe, taxonomy.get());
}

}  // namespace sekisho::cli
