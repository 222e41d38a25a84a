#include "engine/decide/judge.h"

#include <algorithm>
#include <tuple>

#include "engine/decide/threshold.h"

namespace sekisho::decide {
namespace {

using pack::Condition;
using pack::ConditionKind;
using pack::kNone;
using pack::Rule;
using pack::RuleVerdict;

Verdict ToVerdict(RuleVerdict v) {
  switch (v) {
    case RuleVerdict::kMatch:
      return Verdict::kMatch;
    case RuleVerdict::kPossible:
      return Verdict::kPossible;
    case RuleVerdict::kCatchAll:
      return Verdict::kCatchAll;
    case RuleVerdict::kExcluded:
      return Verdict::kExcluded;
  }
  return Verdict::kUnknown;
}

}  // namespace

Judge::Judge(const pack::Pack& pack)
    : pack_(pack),
      stated_fact_(pack.FindFact("stated-classification")),
      roles_(pack.concepts().size()),
      marks_(pack.concepts().size()),
      tried_(pack.rules().size()) {}

void Judge::Forget() {
  for (const uint32_t concept_id : present_) roles_[concept_id] = 0;
  present_.clear();
}

void Judge::MarkConcepts() {
  for (uint32_t i = 0; i < facts_->concepts.size(); ++i) {
    const facts::ConceptFact& fact = facts_->concepts[i];
    for (const pack::Ancestor& a : pack_.ancestors_of(fact.concept_id)) {
      Mark& m = marks_[a.concept_id];
      uint8_t& roles = roles_[a.concept_id];
      if (roles == 0) present_.push_back(a.concept_id);
      for (int role = 0; role < 3; ++role) {
        if (!(fact.roles >> role & 1)) continue;
        if ((roles >> role & 1) && m.distance[role] <= a.distance) continue;
        m.fact[role] = i;
        m.distance[role] = a.distance;
        roles |= static_cast<uint8_t>(1u << role);
      }
    }
  }
}

Truth Judge::TestConcepts(const Condition& c, Finding* finding) {
  const auto ids = pack_.ids(c.ids);
  const auto met = [&](uint32_t id) { return (roles_[id] & c.roles) != 0; };
  auto at = std::find_if(ids.begin(), ids.end(), met);
  if (at == ids.end()) return Truth::kNo;
  if (finding == nullptr) return Truth::kYes;
  uint32_t best = kNone, best_fact = kNone;
  uint8_t best_role = 0;
  for (; at != ids.end(); at = std::find_if(at + 1, ids.end(), met)) {
    const Mark& m = marks_[*at];
    for (uint8_t role = 0; role < 3; ++role) {
      if (!(roles_[*at] & c.roles & (1u << role)) || m.distance[role] >= best) continue;
      best = m.distance[role];
      best_fact = m.fact[role];
      best_role = role;
    }
  }
  const facts::ConceptFact& fact = facts_->concepts[best_fact];
  Evidence e;
  e.field = static_cast<Field>(fact.span.field);
  e.role = static_cast<Role>(best_role);
  e.begin = fact.span.begin;
  e.end = fact.span.end;
  e.concept_id = fact.concept_id;
  evidence_.push_back(e);
  ++finding->evidence_count;
  if (finding->fact == kNone) {
    finding->fact = best_fact;
    finding->distance = best;
    finding->role = best_role;
  }
  return Truth::kYes;
}

Truth Judge::TestMeasure(const pack::MeasureTest& test, Evidence* evidence) const {
  Truth best = Truth::kNo;
  bool stated = false;
  for (const facts::Quantity& q : facts_->quantities) {
    if (!Speaks(pack_, q, test)) continue;
    stated = true;
    const Truth t = Satisfies(pack_, q, test);
    if (t <= best) continue;
    best = t;
    if (evidence == nullptr) continue;
    evidence->field = static_cast<Field>(q.span.field);
    evidence->begin = q.span.begin;
    evidence->end = q.span.end;
    evidence->measure = test.measure;
  }
  if (stated) return best;
  for (const facts::ConceptFact& fact : facts_->concepts) {  // what is known of the thing
    const pack::Range known = pack_.concepts()[fact.concept_id].known;
    for (const pack::Known& k : pack_.known().subspan(known.first, known.count)) {
      if (k.measure != test.measure) continue;
      facts::Quantity q{};
      q.measure = k.measure;
      q.also.fill(kNone);
      q.unit = k.unit;
      q.low = q.high = k.value;
      q.has_low = q.has_high = true;
      if (evidence != nullptr) {
        *evidence = Evidence{static_cast<Field>(fact.span.field),
                             Role::kHas,
                             fact.span.begin,
                             fact.span.end,
                             fact.concept_id,
                             test.measure,
                             {}};
      }
      return Satisfies(pack_, q, test);
    }
  }
  return Truth::kOpen;
}

Truth Judge::TestMeasures(const Condition& c, Finding* finding) {
  Truth all = Truth::kYes;
  for (uint32_t i = c.ids.first; i < c.ids.first + c.ids.count; ++i) {
    Evidence e;
    const Truth t = TestMeasure(pack_.measure_tests()[i], &e);
    all = std::min(all, t);
    if (finding == nullptr || t == Truth::kNo) continue;
    if (t == Truth::kOpen) {
      open_.push_back(i);
      ++finding->open_count;
    }
    if (e.measure != kNone) {
      evidence_.push_back(e);
      ++finding->evidence_count;
    }
  }
  return all;
}

Truth Judge::Test(const Condition& c, Finding* finding) {
  switch (c.kind) {
    case ConditionKind::kConcept:
      return TestConcepts(c, finding);
    case ConditionKind::kMeasure:
      return TestMeasures(c, finding);
    case ConditionKind::kAnyGoods:
      return facts_->head == facts::Head::kGoods ? Truth::kYes : Truth::kNo;
  }
  return Truth::kNo;
}

// Technical assistance may hand technology over (外国為替及び外国貿易法 25条; 15 CFR 772.1 "technology"): possible.
bool Judge::Holds(const Rule& rule, int32_t as_of, Finding& finding) {
  const bool handed_over = facts_->assistance && rule.item_kind == pack::ItemKind::kTechnology &&
                           !facts_->Covers(pack::ItemKind::kTechnology);
  if ((!facts_->Covers(rule.item_kind) && !handed_over) || !InForce(rule.from, rule.to, as_of) ||
      !Conditions(rule, finding))
    return false;
  finding.verdict = ToVerdict(rule.verdict);
  if (handed_over && finding.verdict == Verdict::kMatch) finding.verdict = Verdict::kPossible;
  const bool lacks = finding.open_count != 0 || rule.missing.count != 0;
  if (lacks && finding.verdict == Verdict::kMatch) finding.verdict = Verdict::kPossible;
  return true;
}

bool Judge::Conditions(const Rule& rule, Finding& finding) {
  finding.evidence = static_cast<uint32_t>(evidence_.size());
  finding.open = static_cast<uint32_t>(open_.size());
  const auto conditions = pack_.conditions().subspan(rule.conditions.first, rule.conditions.count);
  uint8_t group = 0;
  bool group_holds = true;
  for (const Condition& c : conditions) {
    if (c.group == 0) {
      if (Test(c, &finding) == Truth::kNo) return false;
      continue;
    }
    if (c.group != group) {
      if (group != 0 && group_holds) return false;
      group = c.group;
      group_holds = true;
    }
    group_holds = group_holds && Test(c, nullptr) == Truth::kYes;
  }
  return group == 0 || !group_holds;
}

Truth Judge::Meets(const Rule& rule, std::vector<uint32_t>& open) {
  Finding finding;
  if (facts_->genre || !Conditions(rule, finding)) return Truth::kNo;
  open.assign(open_.begin() + finding.open, open_.begin() + finding.open + finding.open_count);
  return open.empty() ? Truth::kYes : Truth::kOpen;
}

bool Judge::Concerns(const Rule& rule) const {
  for (const Condition& c : pack_.conditions().subspan(rule.conditions.first, rule.conditions.count)) {
    if (c.group != 0 || c.kind == ConditionKind::kAnyGoods) continue;
    if (c.kind == ConditionKind::kMeasure) {
      const auto tests = pack_.measure_tests().subspan(c.ids.first, c.ids.count);
      if (std::any_of(tests.begin(), tests.end(),
                      [&](const pack::MeasureTest& t) { return TestMeasure(t, nullptr) == Truth::kNo; }))
        return false;
    } else {
      const auto ids = pack_.ids(c.ids);
      if (std::none_of(ids.begin(), ids.end(), [&](uint32_t id) { return Present(id); })) return false;
    }
  }
  return true;
}

// The rules that the concepts call, each once, and what is read of them on its way from memory: one rule after the
// other would wait for it each by itself.
void Judge::CallRules() {
  called_.clear();
  for (const uint32_t concept_id : present_) {
    for (const uint32_t id : pack_.ids(pack_.concepts()[concept_id].rules)) {
      if (tried_[id] == epoch_) continue;
      tried_[id] = epoch_;
      called_.push_back(id);
      __builtin_prefetch(&pack_.rules()[id]);
    }
  }
  for (const uint32_t id : called_) __builtin_prefetch(pack_.conditions().data() + pack_.rules()[id].conditions.first);
  for (const uint32_t id : called_) {
    for (const Condition& c : pack_.conditions().subspan(pack_.rules()[id].conditions.first, 1))
      if (c.kind == ConditionKind::kConcept) __builtin_prefetch(pack_.ids().data() + c.ids.first);
  }
}

void Judge::TryRules(int32_t as_of) {
  findings_.clear();
  evidence_.clear();
  open_.clear();
  CallRules();
  for (const uint32_t id : called_) {
    const Rule& rule = pack_.rules()[id];
    if (rule.entry == kNone) continue;
    const pack::Entry& entry = pack_.entries()[rule.entry];
    Finding f;
    f.rule = id;
    f.entry = rule.entry;
    const size_t evidence = evidence_.size(), open = open_.size();
    if (Holds(rule, as_of, f) && InForce(entry.from, entry.to, as_of)) {
      findings_.push_back(f);
    } else {
      evidence_.resize(evidence);
      open_.resize(open);
    }
  }
  std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
}

void Judge::Decide(const facts::Facts& facts, int32_t as_of, const std::vector<uint32_t>& lists, Result& result) {
  facts_ = &facts;
  ++epoch_;
  Forget();
  result.lists.clear();
  result.as_of = as_of;
  findings_.clear();
  if (!facts.genre) {
    MarkConcepts();
    TryRules(as_of);
    KeepNearest();
    Release(as_of);
    OrderOfReview();
  }
  Collect(lists, result);
  AddNotices(result);
}

}  // namespace sekisho::decide
