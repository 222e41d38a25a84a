// Counting for the summary, and the words for evidence that all writers use.
#include <algorithm>

#include "plugins/cli/writers.h"

namespace sekisho::cli {

namespace {

// Not every item has every profile; by name, so that no order of items changes the order.
TreatyCounts& Find(std::vector<std::pair<std::string, TreatyCounts>>& treaties, const std::string& name) {
  const auto at = std::lower_bound(treaties.begin(), treaties.end(), name,
                                   [](const auto& treaty, const std::string& n) { return treaty.first < n; });
  if (at != treaties.end() && at->first == name) return at->second;
  return treaties.insert(at, {name, {}})->second;
}

}  // namespace

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
  for (size_t i = 0; i < info.treaty_count; ++i) {
    const sekisho_treaty_result treaty = TreatyAt(judged.result, i);
    ++Find(treaties, std::string(SEKISHO_TEXT(treaty, treaty)))[static_cast<size_t>(treaty.verdict)];
  }
}

void Tally::Add(const Tally& other) {
  items += other.items;
  errors += other.errors;
  notices.insert(other.notices.begin(), other.notices.end());
  for (size_t v = 0; v < strictest.size(); ++v) strictest[v] += other.strictest[v];
  for (const auto& [name, counts] : other.treaties) {
    TreatyCounts& own = Find(treaties, name);
    for (size_t v = 0; v < own.size(); ++v) own[v] += counts[v];
  }
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

std::string TreatyWords(const sekisho_treaty_result& treaty, std::string_view verdict) {
  std::string out(SEKISHO_TEXT(treaty, treaty));
  for (const std::string_view word : {verdict, SEKISHO_TEXT(treaty, row)}) {
    if (!word.empty()) out += " " + std::string(word);
  }
  if (treaty.uncertain) out += " (uncertain)";
  if (treaty.hypothetical) out += " (hypothetical)";
  return out;
}

}  // namespace sekisho::cli
