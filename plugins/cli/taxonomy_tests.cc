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
bool RowHolds(const pack::Pack& pack, const compile::TestCase& test, const decide::TreatyFinding& finding,
              std::string& came) {
  bool hit = false, open = false;
  came = std::string(pack.text(pack.treaties()[finding.treaty].id)) + " " +
         std::string(decide::TreatyVerdictName(finding.verdict));
  for (const decide::TreatyHit& h : finding.rows) {
    const std::string_view id = pack.text(pack.treaty_rows()[h.row].id);
    came += " " + std::string(id) + (h.open ? "?" : "");
    if (id == test.row) (h.open ? open : hit) = true;
  }
  if (test.expectation == "excluded") return hit && finding.verdict == decide::TreatyVerdict::kExcluded;
  if (test.expectation == "undetermined") return open && !hit;
  return !hit && !open && finding.verdict != decide::TreatyVerdict::kNotApplicable;
}

}  // namespace

std::string TestRun::CheckRow(const compile::TestCase& test, const Item& item, Context& context) {
  const pack::Pack& pack = scanner_.pack();
  const std::vector<uint32_t> profiles = ProfilesOf(pack, test.row);
  context.treaties = profiles;
  const decide::Result& result = scanner_.Classify(item, context);
  for (const decide::TreatyFinding& finding : result.treaties) {
    if (profiles.empty()) break;
    std::string came;
    if (RowHolds(pack, test, finding, came)) continue;
    ++failed_;
    return test.file + ":" + std::to_string(test.line) + ": row " + test.row + " expects " + test.expectation +
           " of \"" + test.description + "\", came " + came + "; " + Found(result, pack, test.list);
  }
  return "";
}

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
  context.classified = test.classified;
  if (!test.row.empty()) return CheckRow(test, item, context);
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
