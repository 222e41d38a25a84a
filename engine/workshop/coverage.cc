#include "engine/workshop/coverage.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/workshop/html.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

constexpr std::array<std::string_view, static_cast<size_t>(EntryState::kCount)> kNames = {
    "rules, tests in both languages",
    "rules, tests in one language",
    "rules without tests",
    "heading",
    "undecidable",
    "reserved",
    "nothing said"};
constexpr std::array<std::string_view, static_cast<size_t>(EntryState::kCount)> kColors = {
    "var(--d)", "var(--b)", "var(--a)", "var(--e)", "var(--f)", "var(--g)", "var(--h)"};  // of html.cc, light and dark

struct Counts {
  size_t entries = 0, decidable = 0, with_rules = 0, with_tests = 0, rules = 0, tests_en = 0, tests_ja = 0;
  std::array<size_t, static_cast<size_t>(EntryState::kCount)> states{};

  void Add(const CoveredEntry& e) {
    ++entries;
    decidable +=
        e.state != EntryState::kHeading && e.state != EntryState::kReserved && e.state != EntryState::kUndecidable;
    with_rules += e.rules > 0;
    with_tests += e.tests_en + e.tests_ja > 0;
    rules += e.rules, tests_en += e.tests_en, tests_ja += e.tests_ja;
    ++states[static_cast<size_t>(e.state)];
  }
  Json ToJson() const {
    Json by_state = Json::object();
    for (size_t i = 0; i < states.size(); ++i) by_state[std::string(kNames[i])] = states[i];
    return {{"entries", entries}, {"decidable", decidable}, {"with_rules", with_rules}, {"with_tests", with_tests},
            {"rules", rules},     {"tests_en", tests_en},   {"tests_ja", tests_ja},     {"states", by_state}};
  }
};

Counts CountsOf(const Coverage::List& list, const std::string* category) {
  Counts out;
  for (const CoveredEntry& e : list.entries) {
    if (category == nullptr || e.category == *category) out.Add(e);
  }
  return out;
}

std::vector<std::string> Categories(const Coverage::List& list) {  // in the law's order
  std::vector<std::string> out;
  for (const CoveredEntry& e : list.entries) {
    if (std::find(out.begin(), out.end(), e.category) == out.end()) out.push_back(e.category);
  }
  return out;
}

EntryState StateOf(const pack::Entry& entry, const CoveredEntry& e) {
  if (e.rules > 0) {
    if (e.tests_en > 0 && e.tests_ja > 0) return EntryState::kTested;
    return e.tests_en + e.tests_ja > 0 ? EntryState::kOneLanguage : EntryState::kUntested;
  }
  if (entry.flags & pack::kEntryReserved) return EntryState::kReserved;
  if (entry.flags & pack::kEntryUndecidable) return EntryState::kUndecidable;
  return entry.flags & pack::kEntryHeading ? EntryState::kHeading : EntryState::kSilent;
}

std::string Row(const std::string& name, const Counts& c) {
  char line[160];
  std::snprintf(line, sizeof(line), "%-14s %8zu %10zu %11zu %11zu %7zu %9zu %9zu\n", name.c_str(), c.entries,
                c.decidable, c.with_rules, c.with_tests, c.rules, c.tests_en, c.tests_ja);
  return line;
}

}  // namespace

std::string_view StateName(EntryState state) { return kNames[static_cast<size_t>(state)]; }

Coverage Cover(const pack::Pack& pack, std::span<const compile::TestCase> tests) {
  std::map<std::pair<std::string, std::string>, std::pair<size_t, size_t>> tested;  // English, Japanese
  for (const compile::TestCase& test : tests) {
    if (!test.row.empty()) continue;
    auto& [en, ja] = tested[{test.list, test.entry}];
    ++(IsJapanese(test.description) ? ja : en);
  }
  std::vector<size_t> rules(pack.entries().size());
  for (const pack::Rule& rule : pack.rules()) {
    if (rule.entry != pack::kNone) ++rules[rule.entry];
  }
  Coverage out;
  out.version = std::string(pack.version()), out.digest = pack.digest();
  for (const pack::List& list : pack.lists()) {
    Coverage::List covered{std::string(pack.text(list.id)), {}};
    for (uint32_t id = list.entries.first; id < list.entries.first + list.entries.count; ++id) {
      const pack::Entry& entry = pack.entries()[id];
      CoveredEntry e;
      e.designator = std::string(pack.text(entry.designator)), e.title = std::string(pack.text(entry.title_en));
      e.category = Category(covered.id, e.designator);
      e.rules = rules[id];
      std::tie(e.tests_en, e.tests_ja) = tested[{covered.id, e.designator}];
      e.state = StateOf(entry, e);
      covered.entries.push_back(std::move(e));
    }
    out.lists.push_back(std::move(covered));
  }
  return out;
}

std::string CoverageText(const Coverage& coverage) {
  std::string out = "list           entries  decidable  with rules  with tests   rules  tests en  tests ja\n";
  for (const Coverage::List& list : coverage.lists) {
    out += Row(list.id, CountsOf(list, nullptr));
    for (const std::string& category : Categories(list)) out += Row("  " + category, CountsOf(list, &category));
  }
  return out;
}

std::string CoverageJson(const Coverage& coverage) {
  Json out = {{"lists", Json::array()}};
  for (const Coverage::List& list : coverage.lists) {
    Json json = {{"list", list.id}};
    json.update(CountsOf(list, nullptr).ToJson());
    json["categories"] = Json::array();
    for (const std::string& category : Categories(list)) {
      Json part = {{"category", category}};
      part.update(CountsOf(list, &category).ToJson());
      json["categories"].push_back(std::move(part));
    }
    out["lists"].push_back(std::move(json));
  }
  return out.dump();
}

std::string CoverageHtml(const Coverage& coverage) {
  std::string body = Cat("<p class=\"sub\">taxonomy ", Escaped(coverage.version), " · ", Escaped(coverage.digest),
                         " · every square is an entry, in the law's order</p><div class=\"key\">");
  for (size_t i = 0; i < kNames.size(); ++i)
    body += Cat("<span><i style=\"background:", kColors[i], "\"></i>", Escaped(kNames[i]), "</span>");
  body += "</div>\n";
  for (const Coverage::List& list : coverage.lists) {
    const Counts all = CountsOf(list, nullptr);
    body += Cat("<h2>", Escaped(list.id), "</h2><div class=\"tiles\">", Tile(Cat(all.entries), "entries"),
                Tile(Cat(all.decidable), "decidable by text"), Tile(Cat(all.with_rules), "with rules"),
                Tile(Cat(all.rules), "rules"), Tile(Cat(all.tests_en), "English tests"),
                Tile(Cat(all.tests_ja), "Japanese tests"), "</div>\n");
    for (const std::string& category : Categories(list)) {
      body += Cat("<h3>", Escaped(category), "</h3><div class=\"map\">");
      for (const CoveredEntry& e : list.entries) {
        if (e.category != category) continue;
        body += Cat("<a style=\"background:", kColors[static_cast<size_t>(e.state)], "\" title=\"",
                    Escaped(Cat(e.designator, " ", e.title, ": ", StateName(e.state), "; ", e.rules, " rules, ",
                                e.tests_en, " + ", e.tests_ja, " tests")),
                    "\"></a>");
      }
      body += "</div>\n";
    }
  }
  return Page("Coverage of the control lists", body, nullptr, "");
}

}  // namespace sekisho::workshop
