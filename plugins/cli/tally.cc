// Counting for the summary, and the words for evidence that all writers use.
#include <algorithm>

#include "plugins/cli/writers.h"

namespace sekisho::cli {

void Tally::Count(const Judged& judged) {
  ++items;
  if (judged.result == nullptr) {
    ++errors;
    return;
  }
  const sekisho_result_info info = Describe(judged.result);
  ++strictest[static_cast<size_t>(info.verdict)];
  for (size_t i = 0; i < info.notice_count; ++i) {
    const sekisho_note note = NoticeAt(judged.result, i);
    notices.emplace(SEKISHO_TEXT(note, id), SEKISHO_TEXT(note, en));
  }
  for (size_t i = 0; i < info.list_count; ++i) {
    const sekisho_list_result list = ListAt(judged.result, i);
    if (i == lists.size()) lists.push_back({std::string(SEKISHO_TEXT(list, list)), {}});
    ++lists[i].second[static_cast<size_t>(list.verdict)];
  }
}

void Tally::Add(const Tally& other) {
  items += other.items;
  errors += other.errors;
  notices.insert(other.notices.begin(), other.notices.end());
  for (size_t v = 0; v < strictest.size(); ++v) strictest[v] += other.strictest[v];
  if (lists.empty()) {
    lists = other.lists;
    return;
  }
  for (size_t i = 0; i < std::min(lists.size(), other.lists.size()); ++i) {
    for (size_t v = 0; v < lists[i].second.size(); ++v) lists[i].second[v] += other.lists[i].second[v];
  }
}

std::string EvidenceWords(const sekisho_evidence& evidence) {
  static constexpr const char* kRoles[] = {"is ", "for ", "has "};
  std::string out;
  if (evidence.measure_size == 0) out += kRoles[std::clamp(evidence.role, SEKISHO_ROLE_IS, SEKISHO_ROLE_HAS)];
  out += SEKISHO_TEXT(evidence, label_en);
  if (evidence.text_size > 0) out += " [" + std::string(SEKISHO_TEXT(evidence, text)) + "]";
  return out;
}

}  // namespace sekisho::cli
