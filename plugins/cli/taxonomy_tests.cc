#include "plugins/cli/taxonomy_tests.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

namespace sekisho::cli {

namespace {

pack::ItemKind KindOf(const std::string& name) {
  if (name == "technology") return pack::ItemKind::kTechnology;
  if (name == "software") return pack::ItemKind::kSoftware;
  return name == "service" ? pack::ItemKind::kService : pack::ItemKind::kGoods;
}

int32_t DaysOf(const std::string& date) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(date.c_str(), "%d-%u-%u", &year, &month, &day) != 3) return pack::kOpenFrom;
  const std::chrono::year_month_day d{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return static_cast<int32_t>(std::chrono::sys_days(d).time_since_epoch().count());
}

bool IsFlagged(decide::Verdict v) {
  return v == decide::Verdict::kMatch || v == decide::Verdict::kPossible || v == decide::Verdict::kCatchAll;
}

bool Holds(const std::string& expectation, decide::Verdict verdict) {
  if (expectation == "flag") return IsFlagged(verdict);
  if (expectation == "no") return !IsFlagged(verdict);
  return expectation == decide::VerdictName(verdict);
}

// "us-usml I(b) match, us-ccl 0A501.a possible": what came, the list of the test first.
std::string Found(const decide::Result& result, const pack::Pack& pack, const std::string& list_first) {
  std::string first, rest;
  for (const decide::ListVerdict& list : result.lists) {
    const std::string id(pack.text(pack.lists()[list.list].id));
    for (const decide::Candidate& c : list.candidates) {
      std::string& to = id == list_first ? first : rest;
      to += (to.empty() ? "" : ", ") + id + " " + std::string(pack.text(pack.entries()[c.entry].designator)) + " " +
            std::string(decide::VerdictName(c.verdict));
    }
  }
  return first.empty() && rest.empty() ? "nothing" : first + (first.empty() || rest.empty() ? "" : ", ") + rest;
}

}  // namespace

std::string TestRun::Check(const compile::TestCase& test) {
  ++count_;
  std::vector<Attribute> attributes;
  for (const auto& [name, quantity] : test.attributes) attributes.push_back({name, quantity});
  Item item;
  item.description = test.description;
  item.part_number = test.part_number;
  item.kind = KindOf(test.kind);
  item.attributes = attributes;
  Context context;
  if (!test.as_of.empty()) context.as_of = DaysOf(test.as_of);
  const decide::Result& result = scanner_.Classify(item, context);

  const pack::Pack& pack = scanner_.pack();
  decide::Verdict verdict = decide::Verdict::kNoMatch;
  for (const decide::ListVerdict& list : result.lists) {
    if (pack.text(pack.lists()[list.list].id) != test.list) continue;
    for (const decide::Candidate& c : list.candidates) {
      if (pack.text(pack.entries()[c.entry].designator) == test.entry) verdict = std::min(verdict, c.verdict);
    }
  }
  if (Holds(test.expectation, verdict)) return "";
  ++failed_;
  std::string text = test.description + (test.part_number.empty() ? "" : " / " + test.part_number);
  return test.file + ":" + std::to_string(test.line) + ": " + test.list + " " + test.entry + " expects " +
         test.expectation + " of \"" + text + "\", came " + Found(result, pack, test.list);
}

}  // namespace sekisho::cli
