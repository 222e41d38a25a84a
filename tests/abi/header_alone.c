/* Nothing but the header and all its initialisers: it has to compile alone, as C and as C++. */
#include "sekisho.h"

int sekisho_header_alone(void);
int sekisho_header_alone(void) {
  uint32_t sum = 0;
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy_info taxonomy_info = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_list_info list_info = SEKISHO_LIST_INFO_INIT;
  sekisho_treaty_info treaty_info = SEKISHO_TREATY_INFO_INIT;
  sekisho_treaty_row_info treaty_row_info = SEKISHO_TREATY_ROW_INFO_INIT;
  sekisho_treaty_condition_info treaty_condition_info = SEKISHO_TREATY_CONDITION_INFO_INIT;
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  sekisho_scanner_options scanner_options = SEKISHO_SCANNER_OPTIONS_INIT;
  sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  sekisho_result_info result_info = SEKISHO_RESULT_INFO_INIT;
  sekisho_list_result list_result = SEKISHO_LIST_RESULT_INIT;
  sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
  sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
  sekisho_note note = SEKISHO_NOTE_INIT;
  sekisho_treaty_result treaty_result = SEKISHO_TREATY_RESULT_INIT;
  sekisho_treaty_row treaty_row = SEKISHO_TREATY_ROW_INIT;
  sekisho_arrow_options arrow_options = SEKISHO_ARROW_OPTIONS_INIT;
  sum += error.struct_size + taxonomy_info.struct_size + list_info.struct_size + treaty_info.struct_size +
         treaty_row_info.struct_size + treaty_condition_info.struct_size + trust.struct_size +
         scanner_options.struct_size + attribute.struct_size + item.struct_size + context.struct_size +
         result_info.struct_size + list_result.struct_size + candidate.struct_size + evidence.struct_size +
         note.struct_size + treaty_result.struct_size + treaty_row.struct_size + arrow_options.struct_size;
  return (int)sum;
}
