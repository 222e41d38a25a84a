// sekisho treaty: reads the items, judges them under one or two profiles, counts.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "plugins/cli/commands.h"
#include "plugins/cli/text.h"
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

namespace {

std::string Text(std::string_view view) { return std::string(view); }

// "USD 1,200.50" is 1200.5. False where there is no number.
bool ReadValue(std::string_view text, double& out) {
  std::string digits;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == '.' || (c == '-' && digits.empty())) digits += c;
  }
  char* end = nullptr;
  out = std::strtod(digits.c_str(), &end);
  return !digits.empty() && *end == '\0' && end != digits.c_str() && out >= 0;
}

class Counter {
 public:
  Counter(TreatyReport& report, const std::string& value_column) : report_(report), column_(value_column) {}

  void Count(const Header& header, const Row& row, const Judged& judged) {
    double value = 0;
    if (Value(header, row, value)) {
      report_.has_values = true;
    } else {
      value = 0;
      ++report_.without_value;
    }
    report_.read.Add(value);
    if (judged.result == nullptr) {
      ++report_.errors;
      return;
    }
    ItemReport item{RowId(header, row), Text(Cell(header, row, Column::kDescription)), "", value, {}};
    if (item.text.empty()) item.text = Text(Cell(header, row, Column::kPartNumber));
    bool flagged = false;
    for (size_t p = 0; p < report_.profiles.size(); ++p) flagged = Under(judged.result, p, item) || flagged;
    if (!flagged) return;
    report_.flagged.Add(value);
    report_.items.push_back(std::move(item));
  }

  void Finish() {
    for (ProfileReport& p : report_.profiles) {
      for (std::vector<Ranked>* list : {&p.rows, &p.missing, &p.conditions}) {
        std::stable_sort(list->begin(), list->end(), [](const Ranked& a, const Ranked& b) {
          return std::make_pair(a.amount.items, a.amount.value) > std::make_pair(b.amount.items, b.amount.value);
        });
      }
    }
    if (report_.profiles.size() == 2) Differences();
  }

  // Every row of both profiles that their columns do not say the same of.
  void CompareRows(const Taxonomy& taxonomy) {
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

 private:
  bool Value(const Header& header, const Row& row, double& value) const {
    for (size_t i = 0; i < header.names.size() && i < row.cells.size(); ++i) {
      if (header.names[i] == column_) return ReadValue(row.cells[i], value);
    }
    if (row.carried.empty()) return false;
    const auto carried = nlohmann::json::parse(row.carried, nullptr, false);
    const auto found = carried.find(column_);
    if (!carried.is_object() || found == carried.end()) return false;
    if (found->is_string()) return ReadValue(found->get<std::string>(), value);
    if (!found->is_number()) return false;
    value = found->get<double>();
    return value >= 0;
  }

  // Whether the profile applies to the item at all.
  bool Under(const sekisho_result* result, size_t index, ItemReport& item) {
    ProfileReport& profile = report_.profiles[index];
    for (size_t i = 0; i < Describe(result).treaty_count; ++i) {
      const sekisho_treaty_result t = TreatyAt(result, i);
      if (SEKISHO_TEXT(t, treaty) != profile.id) continue;
      profile.verdicts[static_cast<size_t>(t.verdict)].Add(item.value);
      ItemReport::Under under;
      under.verdict = t.verdict;
      under.uncertain = t.uncertain != 0;
      if (t.entry_size > 0 && item.entry.empty()) item.entry = Text(SEKISHO_TEXT(t, entry));
      if (t.verdict == SEKISHO_TREATY_EXCLUDED) Rows(result, i, t, item, profile);
      if (t.verdict == SEKISHO_TREATY_EXCLUDED && t.uncertain) profile.uncertain.Add(item.value);
      if (t.verdict == SEKISHO_TREATY_UNDETERMINED) Missing(result, i, t, item, profile, under);
      if (t.verdict == SEKISHO_TREATY_NOT_EXCLUDED) Conditions(result, i, t, item, profile);
      for (size_t r = 0; r < t.row_count; ++r) {
        const sekisho_treaty_row row = TreatyRowAt(result, i, r);
        if (SEKISHO_TEXT(row, row) == SEKISHO_TEXT(t, row)) under.row_text = Text(SEKISHO_TEXT(row, title_en));
      }
      under.row = Text(SEKISHO_TEXT(t, row));
      item.under.push_back(std::move(under));
      return t.verdict != SEKISHO_TREATY_NOT_APPLICABLE;
    }
    item.under.emplace_back();
    return false;
  }

  static Ranked& Find(std::vector<Ranked>& list, std::string_view id) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const Ranked& r) { return r.id == id; });
    if (found != list.end()) return *found;
    list.emplace_back();
    list.back().id = id;
    return list.back();
  }

  static void Rows(const sekisho_result* result, size_t index, const sekisho_treaty_result& t, const ItemReport& item,
                   ProfileReport& profile) {
    std::vector<std::string> seen;
    for (size_t r = 0; r < t.row_count; ++r) {
      const sekisho_treaty_row row = TreatyRowAt(result, index, r);
      const std::string id = Text(SEKISHO_TEXT(row, row));
      if (row.verdict != SEKISHO_TREATY_EXCLUDED || std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
      seen.push_back(id);
      Ranked& ranked = Find(profile.rows, id);
      ranked.text = Text(SEKISHO_TEXT(row, title_en));
      ranked.text_ja = Text(SEKISHO_TEXT(row, title_ja));
      ranked.cite = Text(SEKISHO_TEXT(row, cite));
      ranked.amount.Add(item.value);
      ranked.uncertain += row.uncertain != 0;
    }
    if (seen.size() == 1) Find(profile.rows, seen.front()).alone.Add(item.value);
  }

  static void Note(const sekisho_note& note, std::vector<Ranked>& list, double value) {
    Ranked& ranked = Find(list, SEKISHO_TEXT(note, id));
    ranked.text = Text(SEKISHO_TEXT(note, en));
    ranked.text_ja = Text(SEKISHO_TEXT(note, ja));
    ranked.amount.Add(value);
  }

  static void Missing(const sekisho_result* result, size_t index, const sekisho_treaty_result& t,
                      const ItemReport& item, ProfileReport& profile, ItemReport::Under& under) {
    for (size_t i = 0; i < t.missing_count; ++i) {
      const sekisho_note note = TreatyMissingAt(result, index, i);
      Note(note, profile.missing, item.value);
      under.missing += (i > 0 ? "; " : "") + Text(SEKISHO_TEXT(note, en));
    }
    if (t.missing_count > 0) return;
    const std::string words = "which of the matching entries it is (their readings differ)";
    Ranked& ranked = Find(profile.missing, "treaty-readings-differ");
    ranked.text = words, ranked.text_ja = "合致した複数の項目のどれに当たるか（読みが分かれる）";
    ranked.amount.Add(item.value);
    under.missing = words;
  }

  static void Conditions(const sekisho_result* result, size_t index, const sekisho_treaty_result& t,
                         const ItemReport& item, ProfileReport& profile) {
    for (size_t i = 0; i < t.condition_count; ++i)
      Note(TreatyConditionAt(result, index, i), profile.conditions, item.value);
  }

  RowDifference& Difference(const std::string& id, const std::string& text) {
    const auto found = std::find_if(report_.differences.begin(), report_.differences.end(),
                                    [&](const RowDifference& d) { return d.id == id; });
    if (found != report_.differences.end()) return *found;
    report_.differences.push_back({id, text, 0, 0, {}});
    return report_.differences.back();
  }

  void Differences() {
    for (const ItemReport& item : report_.items) {
      if (item.under.size() < 2 || item.under[0].verdict == item.under[1].verdict) continue;
      for (RowDifference& d : report_.differences) {
        if (d.id == item.under[0].row || d.id == item.under[1].row) d.items.Add(item.value);
      }
    }
    std::stable_sort(report_.differences.begin(), report_.differences.end(),
                     [](const RowDifference& a, const RowDifference& b) { return a.items.items > b.items.items; });
  }

  TreatyReport& report_;
  const std::string& column_;
};

// The profile's own words; false, having said so, when the taxonomy has none of that name.
bool DescribeProfile(const Taxonomy& taxonomy, const std::string& id, TreatyReport& report) {
  sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
  std::string known;
  for (size_t i = 0; sekisho_taxonomy_treaty(&info, taxonomy.get(), i) == SEKISHO_OK; ++i) {
    known += (known.empty() ? "" : ", ") + Text(SEKISHO_TEXT(info, treaty));
    if (SEKISHO_TEXT(info, treaty) != id) continue;
    ProfileReport profile;
    profile.id = id;
    profile.title = Text(SEKISHO_TEXT(info, title_en)), profile.title_ja = Text(SEKISHO_TEXT(info, title_ja));
    profile.cite = Text(SEKISHO_TEXT(info, cite));
    profile.remark = Text(SEKISHO_TEXT(info, remark_en)), profile.remark_ja = Text(SEKISHO_TEXT(info, remark_ja));
    profile.hypothetical = info.hypothetical != 0;
    report.profiles.push_back(std::move(profile));
    return true;
  }
  Fault("no treaty \"" + id + "\" (hint: the taxonomy has " + known + ")");
  return false;
}

int WriteReport(const TreatyReport& report, const TreatyOptions& options) {
  if (!options.html.empty()) {
    std::ofstream out(options.html, std::ios::binary | std::ios::trunc);
    out << TreatyHtml(report);
    out.close();
    if (!out) return Fault(options.html + " cannot be written (hint: check folder and permissions)");
  }
  const std::string text = options.output == "json" ? TreatyJson(report) : TreatyText(report);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) return kExitUsage;
  return report.errors > 0 ? kExitSomeBad : kExitOk;
}

}  // namespace

int Treaty(TreatyOptions options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options, error);
  if (taxonomy == nullptr) return Fault(error);
  TreatyReport report;
  options.defaults.treaties = options.profile + (options.against.empty() ? "" : "," + options.against);
  if (!DescribeProfile(taxonomy, options.profile, report)) return kExitUsage;
  if (!options.against.empty() && !DescribeProfile(taxonomy, options.against, report)) return kExitUsage;
  Judge judge(taxonomy, options.lists, options.defaults, error);
  if (error.empty()) error = judge.CheckDefaults();
  if (!error.empty()) return Fault(error);
  const std::unique_ptr<RowReader> reader = OpenRows(options.file, options.input, error);
  if (reader == nullptr) return Fault(error);
  const sekisho_taxonomy_info info = Describe(taxonomy);
  report.file = options.file == "-" ? "standard input" : options.file;
  report.as_of = options.defaults.as_of.empty() ? Text(SEKISHO_TEXT(info, as_of)) : options.defaults.as_of;
  report.version = Text(SEKISHO_TEXT(info, version)), report.digest = Text(SEKISHO_TEXT(info, digest));
  report.value_column = options.value_column;
  Counter counter(report, options.value_column);
  if (report.profiles.size() == 2) counter.CompareRows(taxonomy);
  Row row;
  while (reader->Next(row)) {
    counter.Count(reader->header(), row, judge.Run(reader->header(), row));
    row = Row();
  }
  if (!reader->error().empty()) return Fault(reader->error());
  counter.Finish();
  return WriteReport(report, options);
}

}  // namespace sekisho::cli
