// Concepts that nothing asks for, and concepts that only one language can name.
#include <algorithm>
#include <vector>

#include "engine/compile/strings.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

// By concept: whether a condition or a need names it, something above it or something below it.
std::vector<char> Used(const pack::Pack& pack) {
  std::vector<char> named(pack.concepts().size()), used(pack.concepts().size());
  for (const pack::Condition& c : pack.conditions()) {
    if (c.kind != pack::ConditionKind::kConcept) continue;
    for (const uint32_t id : pack.ids(c.ids)) named[id] = 1;
  }
  for (const pack::Need& need : pack.needs()) {
    if (need.kind == pack::NeedKind::kConcept) named[need.id] = 1;
  }
  const auto above = [&](uint32_t id, const auto& visit) {
    for (const pack::Ancestor& a : pack.ancestors_of(id)) visit(a.concept_id);
  };
  std::vector<char> below(named);
  for (uint32_t id = 0; id < named.size(); ++id) {
    if (named[id]) above(id, [&](uint32_t up) { below[up] = 1; });
  }
  for (uint32_t id = 0; id < named.size(); ++id) {
    used[id] = below[id];
    above(id, [&](uint32_t up) { used[id] |= named[up]; });
    for (const uint32_t implied : pack.ids(pack.concepts()[id].implied))
      above(implied, [&](uint32_t up) { used[id] |= named[up]; });
  }
  return used;
}

}  // namespace

void LintConcepts(const LintInput& input, Findings& out) {
  const pack::Pack& pack = *input.pack;
  const compile::SourceMap& map = input.compiled.map;
  const std::vector<char> used = Used(pack);
  std::vector<char> english(used.size()), japanese(used.size()), designated(used.size());
  for (const compile::WrittenPhrase& phrase : map.phrases) {
    if (!phrase.off) (IsJapanese(phrase.text) ? japanese : english)[phrase.concept_id] = 1;
  }
  for (const pack::Pattern& pattern : pack.patterns()) {
    if (pattern.kind == pack::PatternKind::kConcept) designated[pattern.id] = 1;
  }
  for (uint32_t id = 0; id < used.size(); ++id) {
    if (!used[id])
      out.Add("N0701", map.concepts[id], Cat("no rule and no need asks for ", Concept(pack, id)),
              "name it in a rule, hang it under a concept that is used, or make its words `plain`");
    if (english[id] != japanese[id] && !designated[id])
      out.Add("N0702", map.concepts[id],
              Cat(Concept(pack, id), " has ", english[id] ? "no Japanese" : "no English", " words"),
              english[id] ? "\"ja\": […]" : "\"en\": […]");
  }
}

}  // namespace sekisho::workshop
