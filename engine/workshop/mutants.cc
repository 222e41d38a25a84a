#include "engine/workshop/mutants.h"

#include <algorithm>
#include <array>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/strings.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using pack::Condition;
using pack::ConditionKind;

constexpr std::array<std::string_view, static_cast<size_t>(MutantKind::kCount)> kNames = {
    "drop-rule", "drop-condition", "drop-unless", "drop-concept", "swap-role", "widen",
    "narrow",    "verdict",        "dates",       "synonym",      "designator"};

uint8_t OtherRole(uint8_t roles) { return roles == pack::kRoleIs ? pack::kRoleFor : pack::kRoleIs; }

const char* RoleText(uint8_t roles) { return roles == pack::kRoleIs ? "is" : roles == pack::kRoleFor ? "for" : "has"; }

// Twice the value, or half of it. None for zero, or where the figure does not fit.
bool Scale(pack::Decimal& value, bool up) {
  constexpr int64_t kLimit = std::numeric_limits<int64_t>::max() / 8;
  if (value.mantissa == 0 || value.mantissa > kLimit || value.mantissa < -kLimit) return false;
  value.mantissa *= up ? 2 : 5;
  if (!up) --value.exponent;
  return true;
}

// A bound is widened by halving a lower one and doubling an upper one; the other way round below zero.
bool Widens(const pack::MeasureTest& test) {
  const bool lower = test.op == pack::Comparator::kGreater || test.op == pack::Comparator::kGreaterEqual;
  return (lower) == (test.value.mantissa < 0);  // whether doubling widens
}

class Lister {
 public:
  Lister(const pack::Pack& pack, const compile::SourceMap& map, const std::vector<MutantKind>& kinds)
      : pack_(pack), map_(map), wanted_(kinds) {}

  std::vector<Mutant> Run() {
    for (uint32_t id = 0; id < pack_.rules().size(); ++id) {
      if (pack_.rules()[id].entry != pack::kNone) Rule(id);
    }
    if (Wanted(MutantKind::kSynonym)) Synonyms();
    for (uint32_t id = 0; id < pack_.patterns().size(); ++id) {
      if (pack_.patterns()[id].kind == pack::PatternKind::kConcept)
        Put(MutantKind::kDesignator, id, 0, pack::kNone, map_.concepts[pack_.patterns()[id].id]);
    }
    return std::move(out_);
  }

 private:
  bool Wanted(MutantKind kind) const {
    return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), kind) != wanted_.end();
  }
  void Put(MutantKind kind, uint32_t target, uint32_t detail, uint32_t rule, const compile::Spot& spot) {
    if (!Wanted(kind)) return;
    Mutant m;
    m.kind = kind, m.target = target, m.detail = detail, m.rule = rule, m.spot = spot;
    out_.push_back(std::move(m));
  }
  void Put(MutantKind kind, uint32_t target, uint32_t detail, uint32_t rule) {
    Put(kind, target, detail, rule, map_.rules[rule]);
  }

  void Rule(uint32_t id) {
    const pack::Rule& rule = pack_.rules()[id];
    const pack::Entry& entry = pack_.entries()[rule.entry];
    Put(MutantKind::kDropRule, id, 0, id);
    bool first = true;  // the condition that calls the rule
    uint8_t group = 0;
    for (uint32_t c = rule.conditions.first; c < rule.conditions.first + rule.conditions.count; ++c) {
      const Condition& condition = pack_.conditions()[c];
      if (condition.group > group) {
        group = condition.group;
        Put(MutantKind::kDropUnless, c, 0, id);
      }
      if (condition.group != 0) continue;
      if (condition.kind == ConditionKind::kConcept) Concepts(c, id);
      if (condition.kind != ConditionKind::kConcept || !first) Put(MutantKind::kDropCondition, c, 0, id);
      if (condition.kind == ConditionKind::kConcept) first = false;
      if (condition.kind == ConditionKind::kMeasure) Measures(condition, id);
    }
    const bool lowered = rule.verdict == pack::RuleVerdict::kMatch && rule.missing.count > 0;  // is possible already
    if (!lowered) Put(MutantKind::kVerdict, id, 0, id);
    if (rule.from != pack::kOpenFrom || rule.to != pack::kOpenTo) Put(MutantKind::kDates, id, 0, id);
    const bool first_rule = id == 0 || pack_.rules()[id - 1].entry != rule.entry;
    if (first_rule && (entry.from != pack::kOpenFrom || entry.to != pack::kOpenTo)) Put(MutantKind::kDates, id, 1, id);
  }

  void Concepts(uint32_t c, uint32_t rule) {
    const Condition& condition = pack_.conditions()[c];
    Put(MutantKind::kSwapRole, c, 0, rule);
    const auto ids = pack_.ids(condition.ids);
    for (uint32_t i = 0; ids.size() > 1 && i < ids.size(); ++i) {
      const auto up = pack_.ancestors_of(ids[i]);  // said again by one above it: nothing changes
      const bool needless = std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) {
        return a.distance > 0 && std::find(ids.begin(), ids.end(), a.concept_id) != ids.end();
      });
      if (!needless) Put(MutantKind::kDropConcept, c, i, rule);
    }
  }

  void Measures(const Condition& condition, uint32_t rule) {
    for (uint32_t i = condition.ids.first; i < condition.ids.first + condition.ids.count; ++i) {
      const pack::MeasureTest& test = pack_.measure_tests()[i];
      pack::Decimal scaled = test.value;
      if (test.op == pack::Comparator::kEqual || test.op == pack::Comparator::kAbout || !Scale(scaled, true)) continue;
      Put(MutantKind::kWiden, i, 0, rule);
      Put(MutantKind::kNarrow, i, 0, rule);
    }
  }

  void Synonyms() {
    const std::vector<std::vector<uint64_t>> own = OwnKeys(map_);
    for (uint32_t id = 0; id < map_.phrases.size(); ++id) {
      if (!own[id].empty()) Put(MutantKind::kSynonym, id, 0, pack::kNone, map_.phrases[id].spot);
    }
  }

  const pack::Pack& pack_;
  const compile::SourceMap& map_;
  const std::vector<MutantKind>& wanted_;
  std::vector<Mutant> out_;
};

std::string ConditionText(const pack::Pack& pack, const Condition& c) {
  if (c.kind == ConditionKind::kAnyGoods) return "\"is\": \"*\"";
  std::string out;
  if (c.kind == ConditionKind::kMeasure) {
    for (const pack::MeasureTest& t : pack.measure_tests().subspan(c.ids.first, c.ids.count))
      out += Cat(out.empty() ? "" : ", ", pack.text(pack.measures()[t.measure].id), " ", Comparison(pack, t));
    return out;
  }
  for (const uint32_t id : pack.ids(c.ids)) out += Cat(out.empty() ? "" : ", ", Concept(pack, id));
  return Cat("\"", RoleText(c.roles), "\": ", out);
}

}  // namespace

std::string_view KindName(MutantKind kind) { return kNames[static_cast<size_t>(kind)]; }

std::vector<Mutant> AllMutants(const pack::Pack& pack, const compile::SourceMap& map,
                               const std::vector<MutantKind>& kinds) {
  return Lister(pack, map, kinds).Run();
}

std::vector<std::vector<uint64_t>> OwnKeys(const compile::SourceMap& map) {
  absl::flat_hash_map<uint64_t, uint32_t> owner;  // kNone: several
  for (const compile::Spelling64& s : map.spellings) {
    const auto [it, fresh] = owner.try_emplace(s.key, s.phrase);
    if (!fresh && it->second != s.phrase) it->second = pack::kNone;
  }
  std::vector<std::vector<uint64_t>> out(map.phrases.size());
  for (const compile::Spelling64& s : map.spellings) {
    if (owner[s.key] == s.phrase) out[s.phrase].push_back(s.key);
  }
  return out;
}

std::string Describe(const pack::Pack& pack, const compile::SourceMap& map, const Mutant& m) {
  if (m.kind == MutantKind::kSynonym) {
    const compile::WrittenPhrase& phrase = map.phrases[m.target];
    return Cat(Concept(pack, phrase.concept_id), phrase.off ? " without not \"" : " without \"", phrase.text, "\"");
  }
  if (m.kind == MutantKind::kDesignator)
    return Cat(Concept(pack, pack.patterns()[m.target].id), " without ", pack.text(pack.patterns()[m.target].re2));
  const std::string rule = Cat(RuleName(pack, m.rule), " ");
  switch (m.kind) {
    case MutantKind::kDropRule:
      return Cat(rule, "is gone: ", RuleText(pack, m.rule));
    case MutantKind::kDropCondition:
      return Cat(rule, "without ", ConditionText(pack, pack.conditions()[m.target]));
    case MutantKind::kDropUnless:
      return Cat(rule, "without unless ", ConditionText(pack, pack.conditions()[m.target]));
    case MutantKind::kDropConcept:
      return Cat(rule, "without ", Concept(pack, pack.ids(pack.conditions()[m.target].ids)[m.detail]), " in ",
                 ConditionText(pack, pack.conditions()[m.target]));
    case MutantKind::kSwapRole: {
      const Condition& c = pack.conditions()[m.target];
      return Cat(rule, "asks \"", RoleText(OtherRole(c.roles)), "\" instead of ", ConditionText(pack, c));
    }
    case MutantKind::kWiden:
    case MutantKind::kNarrow: {
      const pack::MeasureTest& t = pack.measure_tests()[m.target];
      const bool up = (m.kind == MutantKind::kWiden) == Widens(t);
      return Cat(rule, up ? "doubles " : "halves ", pack.text(pack.measures()[t.measure].id), " ", Comparison(pack, t));
    }
    case MutantKind::kVerdict:
      return Cat(rule, "has another verdict: ", RuleText(pack, m.rule));
    default:
      return Cat(rule, m.detail == 0 ? "loses its dates" : "loses its entry's dates");
  }
}

// ---- the patient ----------------------------------------------------------------------------------------------

Patient::Patient(const std::string& bytes) : bytes_(bytes) {
  auto opened = pack::Pack::FromBytes(bytes_);
  if (opened.ok()) pack_ = *std::move(opened);
}

template <typename Record>
Record* Patient::Table(pack::Section section) {
  const auto* header = reinterpret_cast<const pack::Header*>(bytes_.data());
  return reinterpret_cast<Record*>(bytes_.data() + header->sections[static_cast<uint32_t>(section)].offset);
}

template <typename Record>
void Patient::Set(Record& at, const Record& value) {
  undo_.push_back([&at, old = at] { at = old; });
  at = value;
}

void Patient::Heal() {
  for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) (*it)();
  undo_.clear();
}

void Patient::Spoil(const Mutant& m) {
  auto* conditions = Table<Condition>(pack::Section::kConditions);
  switch (m.kind) {
    case MutantKind::kDropRule:
    case MutantKind::kVerdict:
    case MutantKind::kDates:
      return SpoilRule(m);
    case MutantKind::kDropCondition:  // no comparison at all: holds
      return Set(conditions[m.target], Condition{0, ConditionKind::kMeasure, 0, 0, {0, 0}});
    case MutantKind::kDropUnless:  // no concept at all: does not hold
      return Set(conditions[m.target],
                 Condition{conditions[m.target].group, ConditionKind::kConcept, pack::kRoleAny, 0, {0, 0}});
    case MutantKind::kDropConcept: {
      auto* ids = Table<uint32_t>(pack::Section::kIds) + conditions[m.target].ids.first;
      return Set(ids[m.detail], ids[m.detail == 0 ? 1 : 0]);
    }
    case MutantKind::kSwapRole:
      return Set(conditions[m.target].roles, OtherRole(conditions[m.target].roles));
    case MutantKind::kWiden:
    case MutantKind::kNarrow:
      return SpoilComparison(m);
    case MutantKind::kDesignator:
      return SpoilPattern(m.target);
    default:
      return;
  }
}

void Patient::SpoilRule(const Mutant& m) {
  pack::Rule& rule = Table<pack::Rule>(pack::Section::kRules)[m.target];
  pack::Rule spoilt = rule;
  if (m.kind == MutantKind::kDropRule) {
    spoilt.to = pack::kOpenFrom;
  } else if (m.kind == MutantKind::kVerdict) {
    const bool possible = rule.verdict == pack::RuleVerdict::kPossible;
    spoilt.verdict = possible ? pack::RuleVerdict::kMatch : pack::RuleVerdict::kPossible;
    if (possible) spoilt.missing.count = 0;
  } else if (m.detail == 0) {
    spoilt.from = pack::kOpenFrom, spoilt.to = pack::kOpenTo;
  } else {
    pack::Entry& entry = Table<pack::Entry>(pack::Section::kEntries)[rule.entry];
    pack::Entry undated = entry;
    undated.from = pack::kOpenFrom, undated.to = pack::kOpenTo;
    return Set(entry, undated);
  }
  Set(rule, spoilt);
}

void Patient::SpoilComparison(const Mutant& m) {
  pack::MeasureTest& test = Table<pack::MeasureTest>(pack::Section::kMeasureTests)[m.target];
  pack::MeasureTest spoilt = test;
  Scale(spoilt.value, (m.kind == MutantKind::kWiden) == Widens(test));
  Set(test, spoilt);
}

// Wherever the automaton accepts the pattern, it accepts another of the same place twice, or none.
void Patient::SpoilPattern(uint32_t pattern) {
  auto* accepts = Table<uint32_t>(pack::Section::kAccepts);
  auto* states = Table<pack::State>(pack::Section::kStates);
  for (size_t s = 0; s < pack_->states().size(); ++s) {
    const pack::Range r = states[s].accepts;
    const auto* found = std::find(accepts + r.first, accepts + r.first + r.count, pattern);
    if (found == accepts + r.first + r.count) continue;
    if (r.count == 1) {
      Set(states[s].accepts.count, 0u);
    } else {
      const auto at = static_cast<size_t>(found - accepts);
      Set(accepts[at], accepts[at == r.first ? r.first + 1 : r.first]);
    }
  }
}

}  // namespace sekisho::workshop
