// sekisho explain: one item, and why, for people who know the trade and not the program.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "plugins/cli/commands.h"
#include "plugins/cli/text.h"
#include "plugins/cli/writers.h"

namespace sekisho::cli {

namespace {

const char* Meaning(int32_t verdict) {
  switch (verdict) {
    case SEKISHO_MATCH:
      return "every criterion of the entry is stated and met";
    case SEKISHO_POSSIBLE:
      return "the subject matches; what is missing decides";
    case SEKISHO_CATCH_ALL:
      return "caught only as a part or as specially designed; 22 CFR 120.41 and its like decide";
    case SEKISHO_EXCLUDED:
      return "a note of the list releases it";
    case SEKISHO_UNKNOWN:
      return "could not be judged; treat it as open";
    default:
      return "nothing found in this list";
  }
}

std::string Text(std::string_view view) { return std::string(view); }

class Explanation {
 public:
  Explanation(const sekisho_result* result, Marks marks) : result_(result), info_(Describe(result)), marks_(marks) {}

  std::string Run(const ExplainOptions& options) {
    Collect();
    Line("Item", Marked(options.text, SEKISHO_FIELD_DESCRIPTION));
    if (!options.part_number.empty()) Line("Part number", Marked(options.part_number, SEKISHO_FIELD_PART_NUMBER));
    Read("What it is", SEKISHO_ROLE_IS, false);
    Read("What it is for", SEKISHO_ROLE_FOR, false);
    Read("What is said", SEKISHO_ROLE_HAS, false);
    Read("Measured", SEKISHO_ROLE_HAS, true);
    if (facts_.empty()) Line("What it is", "no words that an entry of the loaded lists asks for");
    for (size_t i = 0; i < info_.list_count; ++i) List(i);
    for (size_t i = 0; i < info_.treaty_count; ++i) Treaty(i, !options.defaults.treaties.empty());
    NoMatches();
    for (size_t i = 0; i < info_.notice_count; ++i) {
      out_ += (i == 0 ? "\n" : "") + Labelled("Note", Text(SEKISHO_TEXT(NoticeAt(result_, i), en)));
    }
    return out_;
  }

 private:
  // Every evidence of every candidate, each once.
  void Collect() {
    for (size_t i = 0; i < info_.list_count; ++i) {
      for (size_t k = 0; k < ListAt(result_, i).candidate_count; ++k) {
        for (size_t e = 0; e < CandidateAt(result_, i, k).evidence_count; ++e) Add(EvidenceAt(result_, i, k, e));
      }
    }
  }
  void Add(const sekisho_evidence& e) {
    const bool known = std::any_of(facts_.begin(), facts_.end(), [&](const sekisho_evidence& f) {
      return f.field == e.field && f.begin == e.begin && f.end == e.end && f.role == e.role &&
             SEKISHO_TEXT(f, label_en) == SEKISHO_TEXT(e, label_en);
    });
    if (!known) facts_.push_back(e);
  }

  std::string Marked(std::string_view text, int32_t field) const {
    std::vector<std::pair<size_t, size_t>> ranges;
    for (const sekisho_evidence& e : facts_) {
      if (e.field == field) ranges.emplace_back(e.begin, e.end);
    }
    const std::vector<Span> spans = MarkRanges(text, ranges);
    std::string line = Wrap(spans, 10000, 1, marks_).front();
    return line.erase(line.find_last_not_of(' ') + 1);
  }

  void Read(const char* label, int32_t role, bool measure) {
    for (const sekisho_evidence& e : facts_) {
      if ((e.measure_size > 0) != measure || (!measure && e.role != role)) continue;
      Line(label, Quoted(e));
      label = "";
    }
  }

  // night vision goggle ("GOGGLE")
  static std::string Quoted(const sekisho_evidence& e) {
    std::string out = Text(SEKISHO_TEXT(e, label_en));
    if (e.label_ja_size > 0 && SEKISHO_TEXT(e, label_ja) != SEKISHO_TEXT(e, label_en)) {
      out += " / " + Text(SEKISHO_TEXT(e, label_ja));
    }
    return e.text_size > 0 ? out + ", from the words \"" + Text(SEKISHO_TEXT(e, text)) + "\""
                           : out + ", known of the thing";
  }

  void List(size_t index) {
    const sekisho_list_result list = ListAt(result_, index);
    if (list.verdict == SEKISHO_NO_MATCH && list.candidate_count == 0) return;
    out_ += "\n" + Text(SEKISHO_TEXT(list, title_en)) + " (" + Text(SEKISHO_TEXT(list, list)) +
            "): " + sekisho_verdict_name(list.verdict) + "\n";
    if (list.candidate_count == 0) out_ += "  " + std::string(Meaning(list.verdict)) + "\n";
    for (size_t k = 0; k < list.candidate_count; ++k) Candidate(index, k);
  }

  // What a profile says: the rows that apply or may, what would tell, how much is left to verify.
  // Conditions in full where the profile was asked for by name.
  void Treaty(size_t index, bool in_full) {
    const sekisho_treaty_result t = TreatyAt(result_, index);
    if (t.verdict == SEKISHO_TREATY_NOT_APPLICABLE) return;
    out_ += "\n" + Text(SEKISHO_TEXT(t, title_en)) + " (" + Text(SEKISHO_TEXT(t, treaty)) +
            "): " + sekisho_treaty_verdict_name(t.verdict) + (t.hypothetical ? "  [hypothetical]" : "") + "\n";
    for (size_t i = 0; i < t.row_count; ++i) {
      const sekisho_treaty_row row = TreatyRowAt(result_, index, i);
      std::string words = Text(SEKISHO_TEXT(row, entry)) + ": " + Text(SEKISHO_TEXT(row, row)) + " " +
                          Text(SEKISHO_TEXT(row, title_en));
      if (row.verdict != SEKISHO_TREATY_EXCLUDED) words += " (may apply)";
      if (row.uncertain) words += " (uncertain, counts as excluded)";
      Point(i == 0 ? "rows" : "", words + "; " + Text(SEKISHO_TEXT(row, cite)));
    }
    for (size_t i = 0; i < t.missing_count; ++i)
      Point(i == 0 ? "to find out" : "", Text(SEKISHO_TEXT(TreatyMissingAt(result_, index, i), en)));
    if (t.condition_count > 0 && !in_full) {
      Point("to verify", std::to_string(t.condition_count) + " conditions (--treaties " +
                             Text(SEKISHO_TEXT(t, treaty)) + " lists them)");
    }
    for (size_t i = 0; i < t.condition_count && in_full; ++i) {
      Point(i == 0 ? "to verify" : "", Text(SEKISHO_TEXT(TreatyConditionAt(result_, index, i), en)));
    }
  }

  // The lists in which nothing was found, in one line.
  void NoMatches() {
    std::string names;
    for (size_t i = 0; i < info_.list_count; ++i) {
      const sekisho_list_result list = ListAt(result_, i);
      if (list.verdict != SEKISHO_NO_MATCH || list.candidate_count > 0) continue;
      names += (names.empty() ? "" : "; ") + Text(SEKISHO_TEXT(list, title_en)) + " (" +
               Text(SEKISHO_TEXT(list, list)) + ")";
    }
    if (names.empty()) return;
    out_ += "\nno_match: nothing found in " + names + ".\nThat does not say that the item is on none of them.\n";
  }

  void Candidate(size_t list, size_t index) {
    const sekisho_candidate c = CandidateAt(result_, list, index);
    out_ += "  " + Text(SEKISHO_TEXT(c, entry)) + "  " + Text(SEKISHO_TEXT(c, title_en));
    if (c.title_ja_size > 0) out_ += " / " + Text(SEKISHO_TEXT(c, title_ja));
    if (c.flags & SEKISHO_FLAG_SME) out_ += "  [significant military equipment]";
    if (c.flags & SEKISHO_FLAG_MT) out_ += "  [missile technology]";
    out_ += "\n";
    Point(sekisho_verdict_name(c.verdict), Meaning(c.verdict));
    std::string because;
    for (size_t i = 0; i < c.evidence_count; ++i) {
      because += (i > 0 ? "; " : "") + EvidenceWords(EvidenceAt(result_, list, index, i));
    }
    if (!because.empty()) Point("because it", because);
    if (c.note_size > 0) Point("note", Text(SEKISHO_TEXT(c, note)));
    Questions(list, index, c);
    Point("see", Text(SEKISHO_TEXT(c, cite)) + (c.clause_size > 0 ? ", " + Text(SEKISHO_TEXT(c, clause)) : ""));
  }

  // What is missing; where another candidate lacks just the same, by reference to it.
  void Questions(size_t list, size_t index, const sekisho_candidate& c) {
    std::string all;
    for (size_t i = 0; i < c.missing_count; ++i)
      all += Text(SEKISHO_TEXT(MissingAt(result_, list, index, i), en)) + "\n";
    const auto asked = asked_.find(all);
    if (c.missing_count > 1 && asked != asked_.end()) return Point("to find out", "the same as for " + asked->second);
    asked_.emplace(all, Text(SEKISHO_TEXT(c, entry)));
    for (size_t i = 0; i < c.missing_count; ++i) {
      Point(i == 0 ? "to find out" : "", Text(SEKISHO_TEXT(MissingAt(result_, list, index, i), en)));
    }
  }

  static std::string Labelled(const std::string& label, const std::string& text) {
    return Fit(label, 16) + text + "\n";
  }
  void Line(const std::string& label, const std::string& text) { out_ += Labelled(label, text); }
  void Point(const std::string& label, const std::string& text) { out_ += "      " + Fit(label, 12) + text + "\n"; }

  const sekisho_result* result_;
  const sekisho_result_info info_;
  const Marks marks_;
  std::vector<sekisho_evidence> facts_;
  std::map<std::string, std::string> asked_;  // questions, and the entry that asked them first
  std::string out_;
};

}  // namespace

int Explain(const ExplainOptions& options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options, error);
  if (taxonomy == nullptr) return Fault(error);
  Judge judge(taxonomy, options.lists, options.limits, options.defaults, error);
  if (!error.empty()) return Fault(error);
  Header header;
  Row row;
  row.number = 1;
  row.cells = {options.text, options.part_number};
  header.names = {"description", "part_number"};
  header.index[static_cast<size_t>(Column::kDescription)] = 0;
  header.index[static_cast<size_t>(Column::kPartNumber)] = 1;
  const Judged judged = judge.Run(header, row);
  if (judged.result == nullptr) return Fault(judged.error);
  const bool terminal = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  std::string out = Explanation(judged.result, terminal ? Marks::kAnsi : Marks::kBrackets).Run(options);
  const sekisho_taxonomy_info info = Describe(taxonomy);
  out += "\nTaxonomy " + Text(SEKISHO_TEXT(info, version)) + ", law as of " +
         Text(SEKISHO_TEXT(Describe(judged.result), as_of)) + ".\n";
  return std::fwrite(out.data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? kExitOk
                                                                                                  : kExitUsage;
}

}  // namespace sekisho::cli
