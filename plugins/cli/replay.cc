// sekisho replay: the decisions of a log made again, with the same taxonomy or another, and every difference.
#include <cstdio>
#include <fstream>
#include <memory>
#include <unordered_map>

#include "plugins/cli/differences.h"
#include "plugins/cli/record.h"

namespace sekisho::cli {

namespace {

struct Counts {
  uint64_t runs = 0, unended = 0, items = 0, judged = 0, unread = 0, textless = 0, differing = 0, differences = 0,
           damaged = 0;
};

class Replayer {
 public:
  Replayer(const ReplayOptions& options, const Taxonomy& taxonomy)
      : options_(options), taxonomy_(taxonomy), header_(LogHeader()) {}

  // The rows of options.items by the digest of what they say. Empty, or what is wrong.
  std::string ReadItems();
  // Empty, or why the log cannot be replayed.
  std::string Take(const LogLine& line);
  int End(const LogReader& log);

 private:
  std::string Begin(const LogLine& line);
  std::string Item(const LogLine& line);
  bool FindRow(const LogJson& body, Row& row) const;
  void Damage(uint64_t line, const char* what);
  void Say(const LogLine& line, const Difference& d);
  void PrintRun(const LogLine& line) const;
  void EndRun();

  const ReplayOptions& options_;
  const Taxonomy& taxonomy_;
  const Header header_;
  std::unordered_map<std::string, Row> rows_;
  Judging run_;
  uint64_t run_line_ = 0;  // where the run at hand began; 0: none
  std::unique_ptr<Judge> judge_;
  Counts counts_;
};

std::string Replayer::ReadItems() {
  std::string error;
  if (options_.items.empty()) return error;
  const std::unique_ptr<RowReader> reader = OpenRows(options_.items, InputFormat::kGuess, error);
  if (reader == nullptr) return error;
  for (Row row; reader->Next(row);) {
    Row known;
    known.line = row.line;
    for (size_t i = 0; i < kColumns; ++i) {
      known.cells.emplace_back(Cell(reader->header(), row, static_cast<Column>(i)));
    }
    if (row.error.empty()) rows_.emplace(InputDigest(header_, known), std::move(known));
  }
  return reader->error();
}

void Replayer::Damage(uint64_t line, const char* what) {
  ++counts_.damaged;
  std::fprintf(stderr, "%s:%llu: %s\n", options_.log.c_str(), static_cast<unsigned long long>(line), what);
}

void Replayer::EndRun() {
  if (run_line_ == 0) return;
  ++counts_.unended;
  std::fprintf(stderr, "%s:%llu: this run has no end: the program was stopped, or lines were cut off\n",
               options_.log.c_str(), static_cast<unsigned long long>(run_line_));
}

std::string Replayer::Take(const LogLine& line) {
  if (line.state == LineState::kPartial)
    Damage(line.number, "the last line is cut off: the program was stopped while it wrote it");
  if (line.state == LineState::kBroken) Damage(line.number, "altered, or no line of a decision log");
  if (line.state == LineState::kUnlinked)
    Damage(line.number, "not what followed the line before it: lines are missing");
  if (line.state == LineState::kPartial || line.state == LineState::kBroken) return "";
  const std::string kind = TextOf(line.body, "kind");
  if (kind == "run") return Begin(line);
  if (kind == "item") return Item(line);
  if (kind == "end") {
    run_line_ = 0;
    return "";
  }
  return "line " + std::to_string(line.number) +
         ": not written by a program that this one knows (hint: use a newer one)";
}

std::string Replayer::Begin(const LogLine& line) {
  EndRun();
  const std::string place = "line " + std::to_string(line.number) + ": ";
  if (!ReadRun(line.body, run_)) return place + "a log of another format (hint: use the program that wrote it)";
  run_line_ = line.number;
  ++counts_.runs;
  if (options_.output == "text") PrintRun(line);
  std::string error;
  judge_ = std::make_unique<Judge>(taxonomy_, run_.lists, run_.limits, run_.defaults, error);
  if (error.empty()) error = judge_->CheckDefaults();
  return error.empty() ? "" : place + "its options do not go with this taxonomy: " + error;
}

void Replayer::PrintRun(const LogLine& line) const {
  static const LogJson kNone = LogJson::object();
  const auto found = line.body.find("taxonomy");
  const LogJson& then = found != line.body.end() && found->is_object() ? *found : kNone;
  const sekisho_taxonomy_info now = Describe(taxonomy_);
  const bool same = TextOf(then, "digest") == SEKISHO_TEXT(now, digest);
  std::printf("line %llu: run of %s, engine %s, taxonomy %s %s\n", static_cast<unsigned long long>(line.number),
              TextOf(line.body, "at").c_str(), TextOf(line.body, "engine").c_str(), TextOf(then, "version").c_str(),
              TextOf(then, "digest").c_str());
  std::printf(
      "judged again with engine %s and %s\n", sekisho_version(),
      same ? "the same taxonomy"
           : ("taxonomy " + std::string(SEKISHO_TEXT(now, version)) + " " + std::string(SEKISHO_TEXT(now, digest)))
                 .c_str());
}

bool Replayer::FindRow(const LogJson& body, Row& row) const {
  const auto found = rows_.find(TextOf(body, "input"));
  if (found != rows_.end()) row = found->second;
  return found != rows_.end() || ReadRow(body, row);
}

std::string Replayer::Item(const LogLine& line) {
  ++counts_.items;
  if (judge_ == nullptr) return "line " + std::to_string(line.number) + ": an item before any run";
  if (!TextOf(line.body, "unread").empty()) return ++counts_.unread, "";
  Row row;
  if (!FindRow(line.body, row)) return ++counts_.textless, "";
  ++counts_.judged;
  std::string& as_of = row.cells[static_cast<size_t>(Column::kAsOf)];
  if (const std::string day = TextOf(line.body, "as_of"); !day.empty()) as_of = day;
  if (!options_.as_of.empty()) as_of = options_.as_of;
  const LogJson now = ItemBody(header_, row, judge_->Run(header_, row), false);
  const std::vector<Difference> differences = Compare(line.body, now);
  for (const Difference& d : differences) Say(line, d);
  counts_.differing += !differences.empty();
  counts_.differences += differences.size();
  return "";
}

void Replayer::Say(const LogLine& line, const Difference& d) {
  const std::string id = TextOf(line.body, "id");
  if (options_.output == "jsonl") {
    const LogJson out = {{"line", line.number}, {"id", id},           {"what", d.what},
                         {"where", d.where},    {"before", d.before}, {"after", d.after}};
    std::printf("%s\n", Dump(out).c_str());
    return;
  }
  const auto shown = [](const std::string& value) { return value.empty() ? "nothing" : value.c_str(); };
  std::printf("line %llu, item %s: %s%s%s: %s -> %s\n", static_cast<unsigned long long>(line.number), id.c_str(),
              d.what.c_str(), d.where.empty() ? "" : " ", d.where.c_str(), shown(d.before), shown(d.after));
}

int Replayer::End(const LogReader& log) {
  EndRun();
  const auto n = [](uint64_t number) { return static_cast<unsigned long long>(number); };
  std::FILE* out = options_.output == "jsonl" ? stderr : stdout;
  std::fprintf(out, "%llu runs, %llu items: %llu judged again, %llu differ (%llu differences)\n", n(counts_.runs),
               n(counts_.items), n(counts_.judged), n(counts_.differing), n(counts_.differences));
  if (counts_.unread > 0)
    std::fprintf(out, "%llu rows could not be read then, and were not judged\n", n(counts_.unread));
  if (counts_.textless > 0) {
    std::fprintf(out, "%llu items have no text in the log, and none in --items with the same digest\n",
                 n(counts_.textless));
  }
  if (counts_.damaged > 0) {
    std::fprintf(out, "the log is damaged in %llu places\n", n(counts_.damaged));
    return kExitDamaged;
  }
  std::fprintf(out, "the log is whole; checksum of its last line: %s\n",
               log.sum().empty() ? "none" : log.sum().c_str());
  return counts_.differing + counts_.textless > 0 ? kExitSomeBad : kExitOk;
}

}  // namespace

int Replay(const ReplayOptions& options) {
  Judging judging;
  static_cast<Demand&>(judging) = options;
  judging.taxonomy = options.taxonomy;
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(judging, error);
  if (taxonomy == nullptr) return Fault(error);
  std::ifstream in(options.log, std::ios::binary);
  if (in.peek() == std::char_traits<char>::eof())
    return Fault(options.log + " cannot be read, or is empty (hint: sekisho classify --record writes decision logs)");
  Replayer replayer(options, taxonomy);
  if (error = replayer.ReadItems(); !error.empty()) return Fault(error);
  LogReader log(in);
  for (LogLine line; log.Next(line);) {
    if (error = replayer.Take(line); !error.empty()) return Fault(options.log + ": " + error);
  }
  return replayer.End(log);
}

}  // namespace sekisho::cli
