// The input's own columns, then ours: sekisho_verdict, _lists, _entries, _evidence, _missing, _treaties, _line, _error.
#include "plugins/cli/text.h"
#include "plugins/cli/writers.h"

namespace sekisho::cli {

namespace {

// A line of cells, quoted where they have to be.
class Line {
 public:
  void Add(std::string_view cell) {
    if (cells_++ > 0) text_ += ',';
    if (cell.find_first_of(",\"\r\n") == cell.npos) {
      text_ += cell;
      return;
    }
    text_ += '"';
    for (const char c : cell) {
      if (c == '"') text_ += '"';
      text_ += c;
    }
    text_ += '"';
  }
  std::string End() { return text_ + "\r\n"; }

 private:
  std::string text_;
  size_t cells_ = 0;
};

std::string Joined(const std::string& a, std::string_view separator, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + std::string(separator) + b;
}

struct Cells {
  std::string lists, entries, evidence, missing, treaties;
};

void AddCandidate(const sekisho_result* result, size_t list, size_t candidate, std::string_view list_id, Cells& cells) {
  const sekisho_candidate c = CandidateAt(result, list, candidate);
  const std::string name = std::string(list_id) + " " + std::string(SEKISHO_TEXT(c, entry));
  cells.entries = Joined(cells.entries, "; ", name + " " + sekisho_verdict_name(c.verdict));
  std::string evidence, missing;
  for (size_t i = 0; i < c.evidence_count; ++i) {
    evidence = Joined(evidence, ", ", EvidenceWords(EvidenceAt(result, list, candidate, i)));
  }
  for (size_t i = 0; i < c.missing_count; ++i) {
    const sekisho_note note = MissingAt(result, list, candidate, i);
    missing = Joined(missing, ", ", std::string(SEKISHO_TEXT(note, en)));
  }
  if (!evidence.empty()) cells.evidence = Joined(cells.evidence, "; ", name + ": " + evidence);
  if (!missing.empty()) cells.missing = Joined(cells.missing, "; ", name + ": " + missing);
}

Cells Collect(const sekisho_result* result, const sekisho_result_info& info) {
  Cells cells;
  for (size_t i = 0; i < info.list_count; ++i) {
    const sekisho_list_result list = ListAt(result, i);
    const std::string id(SEKISHO_TEXT(list, list));
    cells.lists = Joined(cells.lists, "; ", id + " " + sekisho_verdict_name(list.verdict));
    for (size_t k = 0; k < list.candidate_count; ++k) AddCandidate(result, i, k, id, cells);
  }
  for (size_t i = 0; i < info.treaty_count; ++i) {
    const sekisho_treaty_result treaty = TreatyAt(result, i);
    cells.treaties = Joined(cells.treaties, "; ", TreatyWords(treaty, sekisho_treaty_verdict_name(treaty.verdict)));
  }
  return cells;
}

class CsvWriter : public RowWriter {
 public:
  void Begin(const Header& header, std::string& out) const override {
    Line line;
    for (const std::string& name : header.names) line.Add(name);
    if (header.json) line.Add("carried");
    for (const char* name : {"sekisho_verdict", "sekisho_lists", "sekisho_entries", "sekisho_evidence",
                             "sekisho_missing", "sekisho_treaties", "sekisho_line", "sekisho_error"}) {
      line.Add(name);
    }
    out += line.End();
  }

  void Write(const Header& header, const Row& row, const Judged& judged, std::string& out) const override {
    Line line;
    for (size_t i = 0; i < header.names.size(); ++i) {
      const std::string cell = i < row.cells.size() ? row.cells[i] : std::string();
      line.Add(row.error.empty() ? cell : Repaired(cell));
    }
    if (header.json) line.Add(row.carried);
    std::string verdict;
    Cells cells;
    if (judged.result != nullptr) {
      const sekisho_result_info info = Describe(judged.result);
      verdict = sekisho_verdict_name(info.verdict);
      cells = Collect(judged.result, info);
    }
    for (const std::string& text : {verdict, cells.lists, cells.entries, cells.evidence, cells.missing, cells.treaties,
                                    std::to_string(row.line), judged.error}) {
      line.Add(text);
    }
    out += line.End();
  }
};

}  // namespace

std::unique_ptr<RowWriter> MakeCsvWriter() { return std::make_unique<CsvWriter>(); }

}  // namespace sekisho::cli
