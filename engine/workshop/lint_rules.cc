// Rules that can never hold, rules that say what another says already, and dates that do not fit together.
#include <algorithm>
#include <map>
#include <set>

#include "absl/container/flat_hash_set.h"
#include "engine/compile/strings.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using pack::Condition;
using pack::ConditionKind;
using pack::Rule;

bool Subset(std::span<const uint32_t> small, std::span<const uint32_t> large) {
  return std::all_of(small.begin(), small.end(),
                     [&](uint32_t id) { return std::find(large.begin(), large.end(), id) != large.end(); });
}

class RuleLint {
 public:
  RuleLint(const LintInput& input, Findings& out)
      : pack_(*input.pack), map_(input.compiled.map), out_(out), worded_(Worded()) {}

  void Run() {
    const auto rules = pack_.rules();
    for (uint32_t first = 0; first < rules.size();) {
      uint32_t last = first + 1;
      while (last < rules.size() && rules[last].entry == rules[first].entry) ++last;
      if (rules[first].entry != pack::kNone) Entry(first, last);
      first = last;
    }
  }

 private:
  // Concepts that some text can bring: by words or patterns of their own, as what another concept has, or from the
  // grammar; and all above them.
  absl::flat_hash_set<uint32_t> Worded() const {
    absl::flat_hash_set<uint32_t> out;
    std::vector<uint32_t> open;
    const auto add = [&](uint32_t id) {
      for (const pack::Ancestor& a : pack_.ancestors_of(id)) {
        if (out.insert(a.concept_id).second) open.push_back(a.concept_id);
      }
    };
    for (const compile::WrittenPhrase& phrase : map_.phrases) {
      if (!phrase.off) add(phrase.concept_id);
    }
    for (const pack::Pattern& pattern : pack_.patterns()) {
      if (pattern.kind == pack::PatternKind::kConcept) add(pattern.id);
    }
    for (const std::string_view name : {"part", "technical-data", "software", "service"}) {
      if (const uint32_t id = pack_.FindConcept(name); id != pack::kNone) add(id);
    }
    while (!open.empty()) {
      const uint32_t id = open.back();
      open.pop_back();
      for (const uint32_t implied : pack_.ids(pack_.concepts()[id].implied)) add(implied);
    }
    return out;
  }

  std::vector<Condition> Group(const Rule& rule, uint8_t group) const {
    std::vector<Condition> out;
    for (const Condition& c : pack_.conditions().subspan(rule.conditions.first, rule.conditions.count)) {
      if (c.group == group) out.push_back(c);
    }
    return out;
  }

  std::vector<std::vector<Condition>> Unless(const Rule& rule) const {
    std::vector<std::vector<Condition>> out;
    for (uint32_t group = 1; group < 256; ++group) {
      std::vector<Condition> conditions = Group(rule, static_cast<uint8_t>(group));
      if (conditions.empty()) break;
      out.push_back(std::move(conditions));
    }
    return out;
  }

  // Whether `c` holds wherever `given` does. Only what is certain: a concept below, the same comparison.
  bool Implied(const Condition& given, const Condition& c) const {
    if (given.kind != c.kind) return false;
    if (c.kind == ConditionKind::kAnyGoods) return true;
    if (c.kind == ConditionKind::kMeasure) {
      const auto tests = pack_.measure_tests();
      for (uint32_t i = c.ids.first; i < c.ids.first + c.ids.count; ++i) {
        bool found = false;
        for (uint32_t j = given.ids.first; j < given.ids.first + given.ids.count; ++j)
          found |= tests[i].measure == tests[j].measure && Comparison(pack_, tests[i]) == Comparison(pack_, tests[j]);
        if (!found) return false;
      }
      return true;
    }
    if ((given.roles & ~c.roles) != 0) return false;
    const auto wanted = pack_.ids(c.ids);
    const auto ids = pack_.ids(given.ids);
    return std::all_of(ids.begin(), ids.end(), [&](uint32_t id) {
      const auto up = pack_.ancestors_of(id);
      return std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) {
        return std::find(wanted.begin(), wanted.end(), a.concept_id) != wanted.end();
      });
    });
  }

  bool AllImplied(const std::vector<Condition>& given, const std::vector<Condition>& conditions) const {
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) {
      return std::any_of(given.begin(), given.end(), [&](const Condition& g) { return Implied(g, c); });
    });
  }

  // Why the rule can never hold; empty when it can, as far as one can tell.
  std::string NeverHolds(const Rule& rule) const {
    const pack::Entry& entry = pack_.entries()[rule.entry];
    if (std::max(rule.from, entry.from) >= std::min(rule.to, entry.to)) return "its dates lie outside its entry's";
    const std::vector<Condition> must = Group(rule, 0);
    for (const Condition& c : must) {
      const auto ids = pack_.ids(c.kind == ConditionKind::kConcept ? c.ids : pack::Range{0, 0});
      if (!ids.empty() && std::none_of(ids.begin(), ids.end(), [&](uint32_t id) { return worded_.contains(id); }))
        return Cat("no text can name ", Concept(pack_, ids[0]), ": neither it nor anything below it has words");
    }
    for (const std::vector<Condition>& group : Unless(rule)) {
      const bool concepts_only =
          std::all_of(group.begin(), group.end(), [](const Condition& c) { return c.kind == ConditionKind::kConcept; });
      if (concepts_only && AllImplied(must, group)) return "its `unless` holds wherever its conditions do";
    }
    return "";
  }

  // Whether `a` says all that `b` says: it holds wherever `b` does, with a verdict no weaker. On US lists the nearest
  // concept and the number of conditions decide between rules, so only a plain subset of the same words counts.
  bool Covers(const Rule& a, const Rule& b) const {
    if (a.item_kind != b.item_kind || a.verdict > b.verdict || a.from > b.from || a.to < b.to) return false;
    if (b.verdict == pack::RuleVerdict::kExcluded && a.verdict != b.verdict) return false;
    if (pack_.text(a.clause) != pack_.text(b.clause) || pack_.text(a.note) != pack_.text(b.note)) return false;
    if (!Subset(pack_.ids(a.missing), pack_.ids(b.missing))) return false;
    const std::vector<Condition> of_a = Group(a, 0), of_b = Group(b, 0);
    if (of_a.size() != of_b.size()) return false;
    for (const Condition& c : of_a) {
      const bool met = std::any_of(of_b.begin(), of_b.end(), [&](const Condition& g) {
        return Implied(g, c) && (c.kind != ConditionKind::kConcept || Subset(pack_.ids(g.ids), pack_.ids(c.ids))) &&
               (c.kind != ConditionKind::kMeasure || c.ids.count == g.ids.count);
      });
      if (!met) return false;
    }
    const auto off_b = Unless(b);
    for (const std::vector<Condition>& group : Unless(a)) {
      const bool met = std::any_of(off_b.begin(), off_b.end(),
                                   [&](const std::vector<Condition>& other) { return AllImplied(group, other); });
      if (!met) return false;
    }
    return true;
  }

  void Entry(uint32_t first, uint32_t last) {
    const auto rules = pack_.rules();
    for (uint32_t id = first; id < last; ++id) {
      if (const std::string why = NeverHolds(rules[id]); !why.empty())
        out_.Add("W0701", map_.rules[id], Cat(RuleName(pack_, id), " can never hold: ", why),
                 "correct it, or take it out");
      for (uint32_t other = first; other < last; ++other) {
        const bool both = other != id && Covers(rules[other], rules[id]);
        if (!both || (other > id && Covers(rules[id], rules[other]))) continue;  // of two equal ones the second
        out_.Add("W0702", map_.rules[id], Cat(RuleName(pack_, id), " adds nothing to ", RuleName(pack_, other)),
                 "take it out, or say what it is for");
        break;
      }
    }
    Dates(first, last);
  }

  void Dates(uint32_t first, uint32_t last) {
    const auto rules = pack_.rules();
    std::map<std::string, uint32_t> seen;  // conditions -> the last rule with them
    for (uint32_t id = first; id < last; ++id) {
      Json json = RuleJson(pack_, rules[id]);
      if (!json.contains("effective")) continue;
      json.erase("effective");
      const auto [it, fresh] = seen.try_emplace(json.dump(), id);
      const Rule& before = rules[it->second];
      if (!fresh && std::max(before.from, rules[id].from) < std::min(before.to, rules[id].to))
        out_.Add("W0704", map_.rules[id],
                 Cat(RuleName(pack_, id), " and ", RuleName(pack_, it->second), " say the same on overlapping dates"),
                 "the second date of one is the first date of the other");
      it->second = id;
    }
    Gaps(first, last);
  }

  // An entry all of whose rules are dated must be covered by them as long as it is in force.
  void Gaps(uint32_t first, uint32_t last) {
    const auto rules = pack_.rules();
    std::vector<std::pair<int32_t, int32_t>> spans;
    for (uint32_t id = first; id < last; ++id) spans.emplace_back(rules[id].from, rules[id].to);
    std::sort(spans.begin(), spans.end());
    int32_t covered = spans.front().second;
    for (const auto& [from, to] : spans) {
      if (from > covered) {
        out_.Add("W0704", map_.rules[first],
                 Cat("between ", Date(covered), " and ", Date(from), " no rule of ",
                     Designator(pack_, rules[first].entry), " is in force"),
                 "let one span begin where the other ends, or say so with an entry of its own");
      }
      covered = std::max(covered, to);
    }
  }

  const pack::Pack& pack_;
  const compile::SourceMap& map_;
  Findings& out_;
  const absl::flat_hash_set<uint32_t> worded_;
};

}  // namespace

void LintRules(const LintInput& input, Findings& out) { RuleLint(input, out).Run(); }

}  // namespace sekisho::workshop
