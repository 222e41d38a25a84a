#include "plugins/cli/library.h"

namespace sekisho::cli {

Taxonomy LoadTaxonomy(const std::string& path, std::string& error) {
  sekisho_error cause = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy = nullptr;
  const int32_t status = path.empty() ? sekisho_taxonomy_load_builtin(&taxonomy, &cause)
                                      : sekisho_taxonomy_load_file(&taxonomy, path.data(), path.size(), &cause);
  if (status != SEKISHO_OK) error = cause.message;
  return Taxonomy(taxonomy);
}

Scanner MakeScanner(const Taxonomy& taxonomy, const std::string& lists, std::string& error) {
  sekisho_error cause = SEKISHO_ERROR_INIT;
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  SEKISHO_PUT(options, lists, lists);
  sekisho_scanner* scanner = nullptr;
  if (sekisho_scanner_create(&scanner, taxonomy.get(), &options, &cause) != SEKISHO_OK) error = cause.message;
  return Scanner(scanner);
}

sekisho_result_info Describe(const sekisho_result* result) {
  sekisho_result_info out = SEKISHO_RESULT_INFO_INIT;
  sekisho_result_describe(&out, result);
  return out;
}

sekisho_list_result ListAt(const sekisho_result* result, size_t list) {
  sekisho_list_result out = SEKISHO_LIST_RESULT_INIT;
  sekisho_result_list(&out, result, list);
  return out;
}

sekisho_candidate CandidateAt(const sekisho_result* result, size_t list, size_t candidate) {
  sekisho_candidate out = SEKISHO_CANDIDATE_INIT;
  sekisho_result_candidate(&out, result, list, candidate);
  return out;
}

sekisho_evidence EvidenceAt(const sekisho_result* result, size_t list, size_t candidate, size_t evidence) {
  sekisho_evidence out = SEKISHO_EVIDENCE_INIT;
  sekisho_result_evidence(&out, result, list, candidate, evidence);
  return out;
}

sekisho_note MissingAt(const sekisho_result* result, size_t list, size_t candidate, size_t missing) {
  sekisho_note out = SEKISHO_NOTE_INIT;
  sekisho_result_missing(&out, result, list, candidate, missing);
  return out;
}

sekisho_note NoticeAt(const sekisho_result* result, size_t notice) {
  sekisho_note out = SEKISHO_NOTE_INIT;
  sekisho_result_notice(&out, result, notice);
  return out;
}

sekisho_treaty_result TreatyAt(const sekisho_result* result, size_t treaty) {
  sekisho_treaty_result out = SEKISHO_TREATY_RESULT_INIT;
  sekisho_result_treaty(&out, result, treaty);
  return out;
}

sekisho_treaty_row TreatyRowAt(const sekisho_result* result, size_t treaty, size_t row) {
  sekisho_treaty_row out = SEKISHO_TREATY_ROW_INIT;
  sekisho_result_treaty_row(&out, result, treaty, row);
  return out;
}

sekisho_note TreatyConditionAt(const sekisho_result* result, size_t treaty, size_t condition) {
  sekisho_note out = SEKISHO_NOTE_INIT;
  sekisho_result_treaty_condition(&out, result, treaty, condition);
  return out;
}

sekisho_note TreatyMissingAt(const sekisho_result* result, size_t treaty, size_t missing) {
  sekisho_note out = SEKISHO_NOTE_INIT;
  sekisho_result_treaty_missing(&out, result, treaty, missing);
  return out;
}

sekisho_taxonomy_info Describe(const Taxonomy& taxonomy) {
  sekisho_taxonomy_info out = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_taxonomy_describe(&out, taxonomy.get());
  return out;
}

}  // namespace sekisho::cli
