// The table for people: item with the matching words marked, list, entry, verdict, evidence; what it means under the
// treaty profiles, a line for each verdict; then a summary.
#include <algorithm>
#include <cstdio>

#include "plugins/cli/text.h"
#include "plugins/cli/writers.h"

namespace sekisho::cli {

namespace {

constexpr size_t kIdWidth = 13, kListWidth = 7, kEntryWidth = 16, kVerdictWidth = 12, kGap = 2;
constexpr size_t kMaxItemLines = 4, kMaxEvidenceLines = 4, kMaxCandidates = 3;  // of a list

struct Line {  // of the right half: one candidate, or a part of it
  std::string list, entry, verdict, words;
};

class TableWriter : public RowWriter {
 public:
  TableWriter(bool terminal, size_t width) : marks_(terminal ? Marks::kAnsi : Marks::kBrackets) {
    const size_t fixed = kIdWidth + kListWidth + kEntryWidth + kVerdictWidth + 5 * kGap;
    const size_t free = std::max<size_t>(width, fixed + 40) - fixed;
    item_width_ = free / 2;
    words_width_ = free - item_width_;
  }

  void Begin(const Header&, std::string& out) const override {
    Put({Fit("ITEM", kIdWidth), Fit("DESCRIPTION / PART NUMBER", item_width_), Fit("LIST", kListWidth),
         Fit("ENTRY", kEntryWidth), Fit("VERDICT", kVerdictWidth), Fit("EVIDENCE", words_width_)},
        out);
  }

  void Write(const Header& header, const Row& row, const Judged& judged, std::string& out) const override {
    std::vector<Line> right;
    Ranges ranges[2];  // of the description and the part number
    if (judged.result != nullptr) {
      AddResult(judged.result, right, ranges);
    } else {
      for (const std::string& words : Wrap({{"line " + std::to_string(row.line) + ": " + judged.error, false}},
                                           words_width_, kMaxEvidenceLines * 2, marks_)) {
        right.push_back({"", "", right.empty() ? "error" : "", words});
      }
    }
    const std::vector<std::string> left = Item(header, row, ranges);
    for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
      const Line none{"", "", "", ""};
      const Line& line = i < right.size() ? right[i] : none;
      Put({Fit(i == 0 ? RowId(header, row) : "", kIdWidth), i < left.size() ? left[i] : Fit("", item_width_),
           Fit(line.list, kListWidth), Fit(line.entry, kEntryWidth), Fit(line.verdict, kVerdictWidth), line.words},
          out);
    }
  }

  void End(const Tally& tally, double seconds, const sekisho_taxonomy_info& taxonomy, std::string& out) const override;

 private:
  using Ranges = std::vector<std::pair<size_t, size_t>>;

  static void Put(const std::vector<std::string>& cells, std::string& out) {
    std::string line;
    for (const std::string& cell : cells) line += (line.empty() ? "" : std::string(kGap, ' ')) + cell;
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }

  std::vector<std::string> Item(const Header& header, const Row& row, const Ranges* ranges) const {
    std::vector<Span> spans = MarkRanges(Cell(header, row, Column::kDescription), ranges[0]);
    const std::string_view part_number = Cell(header, row, Column::kPartNumber);
    if (!part_number.empty()) {
      if (!spans.empty()) spans.push_back({" / ", false});
      for (Span& span : MarkRanges(part_number, ranges[1])) spans.push_back(std::move(span));
    }
    if (!row.error.empty() && row.cells.empty()) spans = {{"(not read)", false}};
    return Wrap(spans, item_width_, kMaxItemLines, marks_);
  }

  void AddResult(const sekisho_result* result, std::vector<Line>& right, Ranges* ranges) const {
    const sekisho_result_info info = Describe(result);
    for (size_t i = 0; i < info.list_count; ++i) {
      const sekisho_list_result list = ListAt(result, i);
      for (size_t k = 0; k < std::min(list.candidate_count, kMaxCandidates); ++k) {
        AddCandidate(result, i, k, list, right, ranges);
      }
      if (list.candidate_count > kMaxCandidates) {
        const std::string more =
            "and " + std::to_string(list.candidate_count - kMaxCandidates) + " more (--output jsonl shows all)";
        right.push_back({std::string(SEKISHO_TEXT(list, list)), "", "", more});
      }
      if (list.candidate_count == 0 && list.verdict != SEKISHO_NO_MATCH) {
        right.push_back({std::string(SEKISHO_TEXT(list, list)), "-", sekisho_verdict_name(list.verdict), ""});
      }
    }
    AddTreaties(result, info.treaty_count, right);
    if (right.empty()) right.push_back({"-", "-", sekisho_verdict_name(info.verdict), ""});
    std::string notes;  // their words are in the summary, once
    for (size_t i = 0; i < info.notice_count; ++i) {
      notes += (i == 0 ? "note: " : ", ") + std::string(SEKISHO_TEXT(NoticeAt(result, i), id));
    }
    if (!notes.empty()) right.push_back({"", "", "", Fit(notes, words_width_)});
  }

  // Profiles that agree share a line.
  void AddTreaties(const sekisho_result* result, size_t count, std::vector<Line>& right) const {
    for (int32_t v = SEKISHO_TREATY_EXCLUDED; v < SEKISHO_TREATY_NOT_APPLICABLE; ++v) {
      std::string words;
      for (size_t i = 0; i < count; ++i) {
        const sekisho_treaty_result treaty = TreatyAt(result, i);
        if (treaty.verdict == v) words += (words.empty() ? "" : ", ") + TreatyWords(treaty, "");
      }
      if (words.empty()) continue;
      bool first = true;
      for (std::string& line : Wrap({{words, false}}, words_width_, kMaxEvidenceLines, marks_)) {
        right.push_back({first ? "treaty" : "", "", first ? sekisho_treaty_verdict_name(v) : "", std::move(line)});
        first = false;
      }
    }
  }

  void AddCandidate(const sekisho_result* result, size_t list_index, size_t index, const sekisho_list_result& list,
                    std::vector<Line>& right, Ranges* ranges) const {
    const sekisho_candidate c = CandidateAt(result, list_index, index);
    std::vector<Span> words;
    for (size_t i = 0; i < c.evidence_count; ++i) {
      const sekisho_evidence e = EvidenceAt(result, list_index, index, i);
      AddEvidence(e, words);
      if (e.field == SEKISHO_FIELD_DESCRIPTION || e.field == SEKISHO_FIELD_PART_NUMBER) {
        ranges[e.field].emplace_back(e.begin, e.end);
      }
    }
    AddMissing(MissingAt(result, list_index, index, 0), c.missing_count, words);
    if (c.note_size > 0) words.push_back({"; " + std::string(SEKISHO_TEXT(c, note)), false});
    bool first = true;
    for (std::string& line : Wrap(words, words_width_, kMaxEvidenceLines, marks_)) {
      right.push_back({first ? std::string(SEKISHO_TEXT(list, list)) : "",
                       first ? std::string(SEKISHO_TEXT(c, entry)) : "", first ? sekisho_verdict_name(c.verdict) : "",
                       std::move(line)});
      first = false;
    }
  }

  // "is night vision goggle " and the words, marked.
  static void AddEvidence(sekisho_evidence e, std::vector<Span>& words) {
    const std::string text(SEKISHO_TEXT(e, text));
    e.text_size = 0;
    words.push_back({(words.empty() ? "" : "; ") + EvidenceWords(e) + (text.empty() ? "" : " "), false});
    if (!text.empty()) words.push_back({text, true});
  }

  static void AddMissing(const sekisho_note& first, size_t count, std::vector<Span>& words) {
    if (count == 0) return;
    words.push_back({"; missing: " + std::string(SEKISHO_TEXT(first, en)), false});
    if (count > 1) words.push_back({" and " + std::to_string(count - 1) + " more", false});
  }

  Marks marks_;
  size_t item_width_, words_width_;
};

// 12,345
std::string Number(uint64_t n) {
  const std::string digits = std::to_string(n);
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

void AddCounts(const std::string& name, const std::array<uint64_t, kVerdicts>& counts, std::string& out) {
  out += Fit(name, 14);
  for (int32_t v = SEKISHO_MATCH; v < kVerdicts; ++v) {
    const std::string number = Number(counts[static_cast<size_t>(v)]);
    out += std::string(number.size() < 10 ? 10 - number.size() : 1, ' ') + number;
  }
  out += '\n';
}

void AddTreatyCounts(const Tally& tally, std::string& out) {
  if (tally.treaties.empty()) return;
  out += "\n" + Fit("USML items by", 14);
  for (int32_t v = SEKISHO_TREATY_EXCLUDED; v < SEKISHO_TREATY_NOT_APPLICABLE; ++v)
    out += std::string("  ") + sekisho_treaty_verdict_name(v);
  out += '\n';
  for (const auto& [name, counts] : tally.treaties) {
    out += Fit(name, 14);
    for (int32_t v = SEKISHO_TREATY_EXCLUDED; v < SEKISHO_TREATY_NOT_APPLICABLE; ++v) {
      const std::string number = Number(counts[static_cast<size_t>(v)]);
      const size_t width = std::string_view(sekisho_treaty_verdict_name(v)).size() + 2;
      out += std::string(number.size() < width ? width - number.size() : 1, ' ') + number;
    }
    out += '\n';
  }
}

void TableWriter::End(const Tally& tally, double seconds, const sekisho_taxonomy_info& taxonomy,
                      std::string& out) const {
  char time[64];
  std::snprintf(time, sizeof(time), "%.2f s", seconds);
  out += "\n" + Number(tally.items) + (tally.items == 1 ? " item in " : " items in ") + time;
  if (tally.errors > 0) out += ", " + Number(tally.errors) + " of them with errors, not judged";
  out += "\n\n" + Fit("items by", 14);
  for (int32_t v = SEKISHO_MATCH; v < kVerdicts; ++v) {
    const std::string name = sekisho_verdict_name(v);
    out += std::string(10 - name.size(), ' ') + name;
  }
  out += '\n';
  for (const auto& [name, counts] : tally.lists) AddCounts(name, counts, out);
  AddCounts("strictest", tally.strictest, out);
  AddTreatyCounts(tally, out);
  for (const auto& [id, words] : tally.notices) out += "\nnote " + id + ": " + words;
  out += (tally.notices.empty() ? "\nTaxonomy " : "\n\nTaxonomy ") + std::string(SEKISHO_TEXT(taxonomy, version)) +
         ", " + std::string(SEKISHO_TEXT(taxonomy, digest).substr(0, 19)) + "…, as of " +
         std::string(SEKISHO_TEXT(taxonomy, as_of)) +
         ". no_match: nothing found in the loaded lists; that does not say that an item is on none.\n";
}

}  // namespace

std::unique_ptr<RowWriter> MakeTableWriter(bool terminal, size_t width) {
  return std::make_unique<TableWriter>(terminal, width);
}

}  // namespace sekisho::cli
