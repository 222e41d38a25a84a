#include "plugins/cli/treaty_count.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "plugins/cli/amount.h"

namespace sekisho::cli {

namespace {

std::string Text(std::string_view view) { return std::string(view); }

Ranked& Find(std::vector<Ranked>& list, std::string_view id) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Ranked& r) { return r.id == id; });
  if (found != list.end()) return *found;
  list.emplace_back();
  list.back().id = id;
  return list.back();
}

void Add(std::vector<Ranked>& list, std::string_view id, std::string_view en, std::string_view ja, double value) {
  Ranked& ranked = Find(list, id);
  ranked.text = en, ranked.text_ja = ja;
  ranked.amount.Add(value);
}

void Rank(std::vector<Ranked>& list) {
  std::stable_sort(list.begin(), list.end(), [](const Ranked& a, const Ranked& b) {
    return std::make_pair(a.amount.items, a.amount.value) > std::make_pair(b.amount.items, b.amount.value);
  });
}

uint64_t Items(const Destination& d) {
  uint64_t items = 0;
  for (const Amount& a : d.verdicts) items += a.items;
  return items;
}

Destination& Find(std::vector<Destination>& list, const std::string& country) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Destination& d) { return d.country == country; });
  if (found != list.end()) return *found;
  list.push_back({country, {}});
  return list.back();
}

// Whether something of the list was found, or the item could not be judged: today that asks for an authorization.
bool Flagged(const sekisho_result* result, const std::string& list) {
  for (size_t i = 0; i < Describe(result).list_count; ++i) {
    const sekisho_list_result l = ListAt(result, i);
    if (SEKISHO_TEXT(l, list) == list) return l.verdict <= SEKISHO_UNKNOWN;
  }
  return false;
}

}  // namespace

TreatyCounter::TreatyCounter(TreatyReport& report, std::string value_column, std::string destination, Complain complain)
    : report_(report),
      column_(std::move(value_column)),
      destination_(std::move(destination)),
      complain_(std::move(complain)) {}

void TreatyCounter::Bad(const Header& header, const Row& row, const std::string& cause) {
  complain_(report_.file + " line " + std::to_string(row.line) + ", item " + RowId(header, row) + ": " + cause);
}

bool TreatyCounter::ValueText(const Header& header, const Row& row, std::string& text) {
  for (size_t i = 0; i < header.names.size(); ++i) {
    if (header.names[i] != column_) continue;
    saw_value_column_ = true;
    if (i < row.cells.size()) text = row.cells[i];
    return true;
  }
  if (row.carried.empty()) return false;
  const auto carried = nlohmann::json::parse(row.carried, nullptr, false);
  const auto found = carried.find(column_);
  if (!carried.is_object() || found == carried.end()) return false;
  saw_value_column_ = true;
  if (!found->is_null()) text = found->is_string() ? found->get<std::string>() : found->dump();
  return true;
}

// 0 where the row says none, or says none that can be read.
double TreatyCounter::Value(const Header& header, const Row& row) {
  std::string text;
  ValueText(header, row, text);
  if (text.find_first_not_of(" \t") == text.npos) return ++report_.without_value, 0;
  Money money;
  std::string cause;
  if (!ReadAmount(text, money)) {
    cause = "is no amount (hint: 41200000, \"USD 41,200,000.50\", 1億2,000万円; not negative)";
  } else if (!money.currency.empty() && !report_.currency.empty() && money.currency != report_.currency) {
    cause = "is in " + money.currency + ", rows before it in " + report_.currency +
            " (hint: one currency in a report; convert first)";
  }
  if (!cause.empty()) {
    ++report_.bad_values, ++report_.without_value;
    Bad(header, row, "column " + column_ + ": \"" + text.substr(0, 60) + "\" " + cause);
    return 0;
  }
  if (!money.currency.empty()) report_.currency = money.currency;
  report_.has_values = true;
  return money.value;
}

void TreatyCounter::Day(const sekisho_result* result, ItemReport& item) {
  const sekisho_result_info info = Describe(result);
  item.as_of = Text(SEKISHO_TEXT(info, as_of));
  if (report_.first_day.empty() || item.as_of < report_.first_day) report_.first_day = item.as_of;
  if (item.as_of > report_.last_day) report_.last_day = item.as_of;
}

void TreatyCounter::Notices(const sekisho_result* result, ItemReport& item) {
  std::vector<std::string> seen;  // a chain raises one of each hop: an item counts once
  for (size_t i = 0; i < Describe(result).notice_count; ++i) {
    const sekisho_note note = NoticeAt(result, i);
    const std::string words = Text(SEKISHO_TEXT(note, en));
    if (std::find(seen.begin(), seen.end(), words) != seen.end()) continue;
    seen.push_back(words);
    const std::string id = Text(SEKISHO_TEXT(note, id));
    if (std::find(item.notices.begin(), item.notices.end(), id) == item.notices.end()) item.notices.push_back(id);
    Add(report_.notices, words, words, SEKISHO_TEXT(note, ja), item.value);
    Find(report_.notices, words).cite = id;
  }
}

void TreatyCounter::Count(const Header& header, const Row& row, const Judged& judged) {
  ItemReport item;
  item.value = Value(header, row);
  report_.read.Add(item.value);
  if (judged.result == nullptr) {
    ++report_.errors;
    return Bad(header, row, judged.error);
  }
  item.id = RowId(header, row);
  item.text = Text(Cell(header, row, Column::kDescription));
  if (item.text.empty()) item.text = Text(Cell(header, row, Column::kPartNumber));
  item.destination = Text(Cell(header, row, Column::kDestination));
  if (item.destination.empty()) item.destination = destination_;
  Day(judged.result, item);
  for (ProfileReport& profile : report_.profiles) Under(judged.result, profile, item);
  if (!Flagged(judged.result, report_.profiles[0].list)) return;
  report_.flagged.Add(item.value);
  Notices(judged.result, item);
  report_.items.push_back(std::move(item));
}

void TreatyCounter::Under(const sekisho_result* result, ProfileReport& profile, ItemReport& item) {
  ItemReport::Under under;
  const bool flagged = Flagged(result, profile.list);
  for (size_t i = 0; i < Describe(result).treaty_count; ++i) {
    const sekisho_treaty_result t = TreatyAt(result, i);
    if (SEKISHO_TEXT(t, treaty) != profile.id) continue;
    const auto verdict = static_cast<size_t>(t.verdict);
    profile.verdicts[verdict].Add(item.value);
    if (flagged) Find(profile.destinations, item.destination).verdicts[verdict].Add(item.value);
    under.verdict = t.verdict;
    under.uncertain = t.uncertain != 0;
    under.not_in_force = flagged && t.verdict == SEKISHO_TREATY_NOT_APPLICABLE;
    under.row = Text(SEKISHO_TEXT(t, row));
    if (under.not_in_force) profile.not_in_force.Add(item.value);
    if (t.entry_size > 0 && item.entry.empty()) item.entry = Text(SEKISHO_TEXT(t, entry));
    for (size_t r = 0; r < t.row_count; ++r) {
      const sekisho_treaty_row row = TreatyRowAt(result, i, r);
      if (SEKISHO_TEXT(row, row) == under.row) under.row_text = Text(SEKISHO_TEXT(row, title_en));
    }
    if (t.verdict == SEKISHO_TREATY_EXCLUDED) Rows(result, i, t, item, profile);
    if (t.verdict == SEKISHO_TREATY_EXCLUDED && under.uncertain) profile.uncertain.Add(item.value);
    if (t.verdict == SEKISHO_TREATY_UNDETERMINED) Missing(result, i, t, item, profile, under);
    for (size_t c = 0; c < t.condition_count && t.verdict == SEKISHO_TREATY_NOT_EXCLUDED; ++c) {
      const sekisho_note note = TreatyConditionAt(result, i, c);
      Add(profile.conditions, SEKISHO_TEXT(note, id), SEKISHO_TEXT(note, en), SEKISHO_TEXT(note, ja), item.value);
    }
  }
  item.under.push_back(std::move(under));
}

void TreatyCounter::Rows(const sekisho_result* result, size_t treaty, const sekisho_treaty_result& t,
                         const ItemReport& item, ProfileReport& profile) {
  std::vector<std::string> seen;
  for (size_t r = 0; r < t.row_count; ++r) {
    const sekisho_treaty_row row = TreatyRowAt(result, treaty, r);
    const std::string id = Text(SEKISHO_TEXT(row, row));
    if (row.verdict != SEKISHO_TREATY_EXCLUDED || std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
    seen.push_back(id);
    Add(profile.rows, id, SEKISHO_TEXT(row, title_en), SEKISHO_TEXT(row, title_ja), item.value);
    Ranked& ranked = Find(profile.rows, id);
    ranked.cite = Text(SEKISHO_TEXT(row, cite));
    ranked.uncertain += row.uncertain != 0;
  }
  if (seen.size() == 1) Find(profile.rows, seen.front()).alone.Add(item.value);
}

void TreatyCounter::Missing(const sekisho_result* result, size_t treaty, const sekisho_treaty_result& t,
                            const ItemReport& item, ProfileReport& profile, ItemReport::Under& under) {
  for (size_t i = 0; i < t.missing_count; ++i) {
    const sekisho_note note = TreatyMissingAt(result, treaty, i);
    Add(profile.missing, SEKISHO_TEXT(note, id), SEKISHO_TEXT(note, en), SEKISHO_TEXT(note, ja), item.value);
    under.missing += (i > 0 ? "; " : "") + Text(SEKISHO_TEXT(note, en));
  }
  if (t.missing_count > 0) return;
  under.missing = "which of the matching entries it is (their readings differ)";
  Add(profile.missing, "treaty-readings-differ", under.missing, "合致した複数の項目のどれに当たるか（読みが分かれる）",
      item.value);
}

RowDifference& TreatyCounter::Difference(const std::string& id, const std::string& text) {
  const auto found = std::find_if(report_.differences.begin(), report_.differences.end(),
                                  [&](const RowDifference& d) { return d.id == id; });
  if (found != report_.differences.end()) return *found;
  report_.differences.push_back({id, text, 0, 0, {}});
  return report_.differences.back();
}

void TreatyCounter::CompareRows(const Taxonomy& taxonomy) {
  for (size_t p = 0; p < report_.profiles.size(); ++p) {
    sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
    for (size_t t = 0; sekisho_taxonomy_treaty(&info, taxonomy.get(), t) == SEKISHO_OK; ++t) {
      if (SEKISHO_TEXT(info, treaty) != report_.profiles[p].id) continue;
      for (size_t r = 0; r < info.row_count; ++r) {
        sekisho_treaty_row_info row = SEKISHO_TREATY_ROW_INFO_INIT;
        sekisho_taxonomy_treaty_row(&row, taxonomy.get(), t, r);
        RowDifference& d = Difference(Text(SEKISHO_TEXT(row, row)), Text(SEKISHO_TEXT(row, title_en)));
        (p == 0 ? d.first : d.second) = row.flag;
      }
    }
  }
  std::erase_if(report_.differences, [](const RowDifference& d) { return d.first == d.second; });
}

void TreatyCounter::Differences() {
  for (const ItemReport& item : report_.items) {
    if (!Differs(item)) continue;
    for (RowDifference& d : report_.differences) {
      if (d.id == item.under[0].row || d.id == item.under[1].row) d.items.Add(item.value);
    }
  }
  std::stable_sort(report_.differences.begin(), report_.differences.end(),
                   [](const RowDifference& a, const RowDifference& b) { return a.items.items > b.items.items; });
}

void TreatyCounter::Finish() {
  for (ProfileReport& p : report_.profiles) {
    for (std::vector<Ranked>* list : {&p.rows, &p.missing, &p.conditions}) Rank(*list);
    std::stable_sort(p.destinations.begin(), p.destinations.end(),
                     [](const Destination& a, const Destination& b) { return Items(a) > Items(b); });
  }
  Rank(report_.notices);
  if (report_.profiles.size() == 2) Differences();
}

}  // namespace sekisho::cli
