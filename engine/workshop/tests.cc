#include "engine/workshop/tests.h"

#include <algorithm>
#include <optional>

#include "engine/compile/numbers.h"
#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using compile::TestCase;

// "us-usml I(b) match, us-ccl 0A501.a possible": what came, the list of the test first.
std::string Found(const decide::Result& result, const pack::Pack& pack, const std::string& list_first) {
  std::string first, rest;
  for (const decide::ListVerdict& list : result.lists) {
    const std::string_view id = pack.text(pack.lists()[list.list].id);
    for (const decide::Candidate& c : list.candidates) {
      std::string& to = id == list_first ? first : rest;
      to += Cat(to.empty() ? "" : ", ", id, " ", pack.text(pack.entries()[c.entry].designator), " ",
                decide::VerdictName(c.verdict));
    }
  }
  return first.empty() && rest.empty() ? "nothing" : Cat(first, first.empty() || rest.empty() ? "" : ", ", rest);
}

// The profiles that have the row.
std::vector<uint32_t> ProfilesOf(const pack::Pack& pack, const std::string& row) {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < pack.treaties().size(); ++i) {
    const pack::Treaty& treaty = pack.treaties()[i];
    for (const pack::TreatyCell& cell : pack.treaty_cells().subspan(treaty.cells.first, treaty.cells.count)) {
      if (pack.text(pack.treaty_rows()[cell.row].id) == row) out.push_back(i);
    }
  }
  return out;
}

// Whether the row does to the item what the test expects; `came`: what came otherwise.
bool RowHolds(const pack::Pack& pack, const TestCase& test, const decide::TreatyFinding& finding, std::string& came) {
  bool hit = false, open = false;
  came = Cat(pack.text(pack.treaties()[finding.treaty].id), " ", decide::TreatyVerdictName(finding.verdict));
  for (const decide::TreatyHit& h : finding.rows) {
    const std::string_view id = pack.text(pack.treaty_rows()[h.row].id);
    came += Cat(" ", id, h.open ? "?" : "");
    if (id == test.row) (h.open ? open : hit) = true;
  }
  if (test.expectation == "excluded") return hit && finding.verdict == decide::TreatyVerdict::kExcluded;
  if (test.expectation == "undetermined") return open && !hit;
  return !hit && !open && finding.verdict != decide::TreatyVerdict::kNotApplicable;
}

std::string CheckRow(Scanner& scanner, const TestCase& test, Question& question) {
  const pack::Pack& pack = scanner.pack();
  const std::vector<uint32_t> profiles = ProfilesOf(pack, test.row);
  if (profiles.empty()) return "";
  question.context.judge_treaties = true;
  question.context.treaties = profiles;
  const decide::Result& result = scanner.Classify(question.item, question.context);
  for (const decide::TreatyFinding& finding : result.treaties) {
    std::string came;
    if (RowHolds(pack, test, finding, came)) continue;
    return Cat("row ", test.row, " expects ", test.expectation, " of \"", test.description, "\", came ", came, "; ",
               Found(result, pack, test.list));
  }
  return "";
}

}  // namespace

std::string CheckTest(Scanner& scanner, const TestCase& test) {
  Question question(test);
  if (!test.row.empty()) return CheckRow(scanner, test, question);
  const decide::Result& result = scanner.Classify(question.item, question.context);
  if (Holds(test.expectation, VerdictOf(scanner.pack(), result, test.list, test.entry))) return "";
  return Cat(test.list, " ", test.entry, " expects ", test.expectation, " of \"", test.description,
             test.part_number.empty() ? "" : " / ", test.part_number, "\", came ",
             Found(result, scanner.pack(), test.list));
}

pack::ItemKind KindOf(std::string_view name) {
  if (name == "technology") return pack::ItemKind::kTechnology;
  if (name == "software") return pack::ItemKind::kSoftware;
  return name == "service" ? pack::ItemKind::kService : pack::ItemKind::kGoods;
}

int32_t DaysOf(const std::string& date) { return compile::ParseDate(date).value_or(pack::kOpenFrom); }

bool IsFlagged(decide::Verdict v) {
  return v == decide::Verdict::kMatch || v == decide::Verdict::kPossible || v == decide::Verdict::kCatchAll;
}

bool Holds(std::string_view expectation, decide::Verdict verdict) {
  if (expectation == "flag") return IsFlagged(verdict);
  if (expectation == "no") return !IsFlagged(verdict);
  return expectation == decide::VerdictName(verdict);
}

decide::Verdict VerdictOf(const pack::Pack& pack, const decide::Result& result, std::string_view list,
                          std::string_view entry) {
  decide::Verdict verdict = decide::Verdict::kNoMatch;
  for (const decide::ListVerdict& v : result.lists) {
    if (pack.text(pack.lists()[v.list].id) != list) continue;
    for (const decide::Candidate& c : v.candidates) {
      if (pack.text(pack.entries()[c.entry].designator) == entry) verdict = std::min(verdict, c.verdict);
    }
  }
  return verdict;
}

Question::Question(const TestCase& test) {
  for (const auto& [name, quantity] : test.attributes) attributes.push_back({name, quantity});
  item.description = test.description;
  item.part_number = test.part_number;
  item.kind = KindOf(test.kind);
  item.attributes = attributes;
  context.as_of = DaysOf(test.as_of);
  context.classified = test.classified;
  context.judge_treaties = false;
}

std::vector<TestFailure> RunTests(const std::shared_ptr<const pack::Pack>& pack, std::span<const TestCase> tests,
                                  size_t threads) {
  std::vector<std::optional<Scanner>> scanners(compile::ThreadCount(threads));
  std::vector<std::string> messages(tests.size());
  compile::ParallelFor(tests.size(), threads, [&](size_t i, size_t thread) {
    if (!scanners[thread]) scanners[thread].emplace(pack, Options());
    messages[i] = CheckTest(*scanners[thread], tests[i]);
  });
  std::vector<TestFailure> out;
  for (size_t i = 0; i < tests.size(); ++i) {
    if (!messages[i].empty()) out.push_back({i, std::move(messages[i])});
  }
  return out;
}

}  // namespace sekisho::workshop
