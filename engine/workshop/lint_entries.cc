// Entries against the list's register of designators, and the languages of their tests.
#include <map>
#include <set>
#include <string>

#include "engine/compile/strings.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

// lists/<list>/register.txt: the designators of the law, one a line; `0A501*` stands for 0A501 and all under it.
void Register(const LintInput& input, uint32_t list, Findings& out) {
  const pack::Pack& pack = *input.pack;
  const std::string file = Cat("lists/", ListId(pack, list), "/register.txt");
  std::map<std::string, int> lines;
  std::set<std::string> open;  // designators with all that stands under them
  for (NumberedLine& line : ReadLines(input.folder, file)) {
    if (line.text.back() == '*') line.text.pop_back(), open.insert(line.text);
    lines.emplace(line.text, line.number);
  }
  if (lines.empty()) return;
  const pack::Range entries = pack.lists()[list].entries;
  std::set<std::string> present;
  for (uint32_t e = entries.first; e < entries.first + entries.count; ++e) {
    const std::string designator(Designator(pack, e));
    bool known = lines.count(designator) > 0;
    for (size_t n = 1; n <= designator.size(); ++n) {
      const std::string head = designator.substr(0, n);
      present.insert(head);
      known |= open.count(head) > 0;
    }
    if (!known)
      out.Add("W0705", input.compiled.map.entries[e], Cat("\"", designator, "\" is not in the register of the list"),
              Cat("correct it, or add it to ", file));
  }
  for (const auto& [designator, number] : lines) {
    if (present.count(designator) == 0)
      out.AddFile("W0706", file, number, Cat("the list has no entry \"", designator, "\""),
                  "every entry of the law exists, also reserved and undecidable ones");
  }
}

}  // namespace

void LintEntries(const LintInput& input, Findings& out) {
  const pack::Pack& pack = *input.pack;
  for (uint32_t list = 0; list < pack.lists().size(); ++list) Register(input, list, out);
  std::set<std::pair<std::string, std::string>> english, japanese;
  for (const compile::TestCase& test : input.compiled.tests) {
    if (test.row.empty() && test.expectation != "no")
      (IsJapanese(test.description) ? japanese : english).emplace(test.list, test.entry);
  }
  std::set<uint32_t> ruled;
  for (const pack::Rule& rule : pack.rules()) ruled.insert(rule.entry);
  for (const uint32_t e : ruled) {
    if (e == pack::kNone) continue;
    const std::pair<std::string, std::string> key(ListId(pack, pack.entries()[e].list), Designator(pack, e));
    const bool en = english.count(key) > 0, ja = japanese.count(key) > 0;
    if (en != ja)
      out.Add("N0703", input.compiled.map.entries[e],
              Cat("the entry \"", key.second, "\" is tested with no ", en ? "Japanese" : "English", " line"),
              "a line that it must find, in each language");
  }
}

}  // namespace sekisho::workshop
