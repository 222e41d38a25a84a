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

// A verdict's place in the score; what was said beyond it moves the score inside its band.
float BaseScore(Verdict v) {
  switch (v) {
    case Verdict::kMatch:
      return 0.9F;
    case Verdict::kPossible:
      return 0.6F;
    case Verdict::kCatchAll:
      return 0.4F;
    default:
      return 0.1F;
  }
}

bool InForce(int32_t from, int32_t to, int32_t as_of) { return from <= as_of && as_of < to; }

}  // namespace

Judge::Judge(const pack::Pack& pack) : pack_(pack), marks_(pack.concepts().size()), tried_(pack.rules().size()) {}

void Judge::MarkConcepts() {
  present_.clear();
  for (uint32_t i = 0; i < facts_->concepts.size(); ++i) {
    const facts::ConceptFact& fact = facts_->concepts[i];
    for (const pack::Ancestor& a : pack_.ancestors_of(fact.concept_id)) {
      Mark& m = marks_[a.concept_id];
      if (m.epoch != epoch_) {
        m = Mark{};
        m.epoch = epoch_;
        present_.push_back(a.concept_id);
      }
      for (int role = 0; role < 3; ++role) {
        if (!(fact.roles >> role & 1)) continue;
        if ((m.roles >> role & 1) && m.distance[role] <= a.distance) continue;
        m.fact[role] = i;
        m.distance[role] = a.distance;
        m.roles |= static_cast<uint8_t>(1u << role);
      }
    }
  }
}

Truth Judge::TestConcepts(const Condition& c, Finding* finding) {
  Truth truth = Truth::kNo;
  uint32_t best = kNone, best_fact = kNone;
  uint8_t best_role = 0;
  for (const uint32_t id : pack_.ids(c.ids)) {
    const Mark& m = marks_[id];
    if (m.epoch != epoch_ || !(m.roles & c.roles)) continue;
    truth = Truth::kYes;
    for (uint8_t role = 0; role < 3; ++role) {
      if (!(m.roles & c.roles & (1u << role)) || m.distance[role] >= best) continue;
      best = m.distance[role];
      best_fact = m.fact[role];
      best_role = role;
    }
  }
  if (truth == Truth::kNo || finding == nullptr) return truth;
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
  return truth;
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

bool Judge::Holds(const Rule& rule, int32_t as_of, Finding& finding) {
  if (!InForce(rule.from, rule.to, as_of) || rule.item_kind != facts_->kind || !Conditions(rule, finding)) return false;
  finding.verdict = ToVerdict(rule.verdict);
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

void Judge::TryRules(int32_t as_of) {
  findings_.clear();
  evidence_.clear();
  open_.clear();
  for (const uint32_t concept_id : present_) {
    for (const uint32_t id : pack_.ids(pack_.concepts()[concept_id].rules)) {
      if (tried_[id] == epoch_) continue;
      tried_[id] = epoch_;
      const Rule& rule = pack_.rules()[id];
      if (rule.entry == kNone) continue;
      const pack::Entry& entry = pack_.entries()[rule.entry];
      if (!InForce(entry.from, entry.to, as_of)) continue;
      Finding f;
      f.rule = id;
      f.entry = rule.entry;
      const size_t evidence = evidence_.size(), open = open_.size();
      if (Holds(rule, as_of, f)) {
        findings_.push_back(f);
      } else {
        evidence_.resize(evidence);
        open_.resize(open);
      }
    }
  }
  std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
}

bool Judge::IsUnitedStates(const Finding& f) const {
  return pack_.lists()[pack_.entries()[f.entry].list].regime == pack::Regime::kUnitedStates;
}

// US lists: of rules that rest on the same words in the same role, those on the nearest concept stand, and those that
// ask for more.
void Judge::KeepNearest() {
  const auto farther = [&](const Finding& f) {
    return IsUnitedStates(f) && std::any_of(findings_.begin(), findings_.end(), [&](const Finding& g) {
             return IsUnitedStates(g) && g.fact == f.fact && g.role == f.role && g.distance < f.distance &&
                    g.evidence_count >= f.evidence_count;
           });
  };
  drop_.resize(findings_.size());
  for (size_t i = 0; i < findings_.size(); ++i) drop_[i] = farther(findings_[i]);
  size_t n = 0;
  for (size_t i = 0; i < findings_.size(); ++i) {
    if (!drop_[i]) findings_[n++] = findings_[i];
  }
  findings_.resize(n);
}

// Whether the entry is looked at before the rest of its list: all of the USML, and of the CCL the 600 series and 9x515
// (15 CFR 774 Supp. 4).
bool Judge::ReviewedFirst(const Finding& f) const {
  const pack::Entry& entry = pack_.entries()[f.entry];
  const std::string_view eccn = pack_.text(entry.designator);
  return pack_.lists()[entry.list].review == 0 || (eccn.size() > 4 && (eccn[2] == '6' || eccn.substr(2, 3) == "515"));
}

// 22 CFR 120.11: an enumerated entry beats a catch-all, the USML beats the CCL.
void Judge::OrderOfReview() {
  uint32_t review = kNone;  // of the first list that has a full match
  for (const Finding& f : findings_) {
    if (IsUnitedStates(f) && f.verdict == Verdict::kMatch)
      review = std::min(review, pack_.lists()[pack_.entries()[f.entry].list].review);
  }
  if (review == kNone) return;
  const bool first_matched = std::any_of(findings_.begin(), findings_.end(), [&](const Finding& f) {
    return f.verdict == Verdict::kMatch && IsUnitedStates(f) && ReviewedFirst(f);
  });
  std::erase_if(findings_, [&](const Finding& f) {
    if (!IsUnitedStates(f) || f.verdict == Verdict::kExcluded) return false;
    const uint32_t own = pack_.lists()[pack_.entries()[f.entry].list].review;
    return own > review || (own == review && f.verdict == Verdict::kCatchAll && (!ReviewedFirst(f) || first_matched));
  });
}

// 120.41(b)(2) and its like: a list's releases turn its catch-all findings into exclusions.
void Judge::Release(int32_t as_of) {
  for (Finding& f : findings_) {
    if (f.verdict != Verdict::kCatchAll) continue;
    const pack::List& list = pack_.lists()[pack_.entries()[f.entry].list];
    for (const uint32_t id : pack_.ids(list.releases)) {
      Finding release;
      if (!Holds(pack_.rules()[id], as_of, release)) continue;
      release.entry = f.entry;
      release.rule = id;
      release.verdict = Verdict::kExcluded;
      f = release;
      break;
    }
  }
}

Candidate Judge::ToCandidate(const Finding& f, Memory memory) const {
  Candidate c(memory);
  c.entry = f.entry;
  c.rule = f.rule;
  c.verdict = f.verdict;
  const Rule& rule = pack_.rules()[f.rule];
  const auto missing = pack_.ids(rule.missing);
  c.missing_facts.assign(missing.begin(), missing.end());
  if (f.verdict == Verdict::kCatchAll) {
    const auto questions = pack_.ids(pack_.lists()[pack_.entries()[f.entry].list].missing);
    c.missing_facts.insert(c.missing_facts.end(), questions.begin(), questions.end());
  }
  c.missing_measures.assign(open_.begin() + f.open, open_.begin() + f.open + f.open_count);
  c.evidence.assign(evidence_.begin() + f.evidence, evidence_.begin() + f.evidence + f.evidence_count);
  const float said =
      0.02F * static_cast<float>(std::min(f.evidence_count, 4u)) - 0.02F * static_cast<float>(std::min(f.distance, 4u));
  c.score = BaseScore(f.verdict) + said;
  return c;
}

void Judge::Collect(const std::vector<uint32_t>& lists, Result& result) const {
  for (const uint32_t id : lists) {
    ListVerdict list{id, Verdict::kNoMatch, Row<Candidate>(result.memory)};
    for (const Finding& f : findings_) {
      if (pack_.entries()[f.entry].list != id) continue;
      Candidate c = ToCandidate(f, result.memory);
      const auto same = std::find_if(list.candidates.begin(), list.candidates.end(),
                                     [&](const Candidate& o) { return o.entry == c.entry; });
      if (same == list.candidates.end()) {
        list.candidates.push_back(std::move(c));
      } else if (std::make_tuple(c.verdict, -c.score) < std::make_tuple(same->verdict, -same->score)) {
        *same = std::move(c);
      }
    }
    std::sort(list.candidates.begin(), list.candidates.end(), [](const Candidate& a, const Candidate& b) {
      return std::make_tuple(a.verdict, -a.score, a.entry) < std::make_tuple(b.verdict, -b.score, b.entry);
    });
    if (!list.candidates.empty()) list.verdict = list.candidates.front().verdict;
    if (!facts_->complete) list.verdict = std::min(list.verdict, Verdict::kUnknown);
    result.lists.push_back(std::move(list));
  }
}

// Notices that hang on a list's entries: one for each code, in the pack's order.
void Judge::AddNotices(Result& result) const {
  for (const pack::Notice& n : pack_.notices()) {
    if (!InForce(n.from, n.to, result.as_of)) continue;
    const bool concerned = std::any_of(result.lists.begin(), result.lists.end(), [&](const ListVerdict& l) {
      return l.list == n.list && std::any_of(l.candidates.begin(), l.candidates.end(), [&](const Candidate& c) {
               return c.verdict <= Verdict::kCatchAll &&
                      pack_.text(pack_.entries()[c.entry].designator).starts_with(pack_.text(n.prefix));
             });
    });
    if (concerned) result.notices.push_back({pack_.text(n.code), pack_.text(n.en), pack_.text(n.ja)});
  }
}

void Judge::Decide(const facts::Facts& facts, int32_t as_of, const std::vector<uint32_t>& lists, Result& result) {
  facts_ = &facts;
  ++epoch_;
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
