// Generated rules and texts: the same rules as a taxonomy of ours and as regular expressions for the peers, and short
// texts of which few match, many nearly do, and a third hold Japanese.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace sekisho::peers {

struct Rule {
  std::string regex;       // bytes of UTF-8, lower case, anchored at words where it begins or ends with letters
  std::string phrase;      // as a taxonomy writes it,
  std::string designator;  // or as one of its designators
  uint32_t group = 0;      // rules of one group are one to the comparison
};

struct Contest {
  std::string label;
  std::vector<Rule> rules;
  std::vector<std::string> names;  // of groups
  std::vector<std::string> texts;
  bool ours_may_find_more = false;  // it reads plurals, abbreviations, supply names turned round
};

std::vector<Rule> MakeRules(size_t count, uint32_t seed);
std::vector<std::string> MakeTexts(const std::vector<Rule>& rules, size_t count, uint32_t seed);

// A taxonomy folder with one concept for each rule, called r0, r1, …
void WriteTaxonomy(const std::vector<Rule>& rules, const std::string& folder);

}  // namespace sekisho::peers
