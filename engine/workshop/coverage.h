// How far a taxonomy covers its lists: entries, rules, tests, languages.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"

namespace sekisho::workshop {

enum class EntryState : uint8_t {
  kTested,       // rules, and tests in both languages
  kOneLanguage,  // rules, tests in one
  kUntested,     // rules, no tests
  kHeading,      // only introduces other entries
  kUndecidable,  // no item text can decide it, and it says so
  kReserved,
  kSilent,  // none of these: nothing is said of it
  kCount
};
std::string_view StateName(EntryState state);

struct CoveredEntry {
  std::string designator, title, category;
  EntryState state = EntryState::kSilent;
  size_t rules = 0, tests_en = 0, tests_ja = 0;  // near misses counted as well
};

struct Coverage {
  struct List {
    std::string id;
    std::vector<CoveredEntry> entries;  // in the law's order
  };
  std::string version, digest;
  std::vector<List> lists;
};

Coverage Cover(const pack::Pack& pack, std::span<const compile::TestCase> tests);
std::string CoverageText(const Coverage& coverage);
std::string CoverageJson(const Coverage& coverage);
std::string CoverageHtml(const Coverage& coverage);  // a map of every entry, coloured by state

}  // namespace sekisho::workshop
