// From facts to verdicts: the rules that the facts call for, measures against thresholds, the order of review.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/decide/result.h"
#include "engine/decide/threshold.h"
#include "engine/facts/facts.h"
#include "engine/pack/pack.h"

namespace sekisho::decide {

// Days are half-open: from the first on, before the last.
inline bool InForce(int32_t from, int32_t to, int32_t as_of) { return from <= as_of && as_of < to; }

// Scratch of one thread.
class Judge {
 public:
  explicit Judge(const pack::Pack& pack);
  // `lists`: the lists asked for, ascending. Fills `result` but for its notices on text.
  void Decide(const facts::Facts& facts, int32_t as_of, const std::vector<uint32_t>& lists, Result& result);

  // Of the item decided last, for what is asked beside the lists' rules (treaties):
  const facts::Facts& facts() const { return *facts_; }
  bool Present(uint32_t concept_id) const { return roles_[concept_id] != 0; }
  // Whether the rule's conditions hold, whatever the item's kind and the rule's dates. `open`: comparisons left open.
  Truth Meets(const pack::Rule& rule, std::vector<uint32_t>& open);
  // Whether the rule's subject is spoken of, whatever the roles: what a drawing, a program or a service is about.
  bool Concerns(const pack::Rule& rule) const;
  // Whether `test` holds for one of the rules that the item's concepts call.
  template <typename Test>
  bool AnyRule(const Test& test) const {
    for (const uint32_t concept_id : present_) {
      for (const uint32_t id : pack_.ids(pack_.concepts()[concept_id].rules)) {
        if (test(pack_.rules()[id])) return true;
      }
    }
    return false;
  }

 private:
  struct Mark {  // of a concept present in the item, itself or through a descendant; per role that it has:
    uint32_t fact[3], distance[3];  // the nearest fact
  };
  struct Finding {  // a rule that holds
    uint32_t rule = 0, entry = 0;
    Verdict verdict = Verdict::kNoMatch;
    uint32_t fact = pack::kNone;  // the principal fact
    uint32_t distance = 0;
    uint8_t role = 0;
    uint32_t evidence = 0, evidence_count = 0;  // into evidence_
    uint32_t open = 0, open_count = 0;          // into open_
  };

  void Forget();
  void MarkConcepts();
  void CallRules();
  void TryRules(int32_t as_of);
  bool Holds(const pack::Rule& rule, int32_t as_of, Finding& finding);
  bool Conditions(const pack::Rule& rule, Finding& finding);
  Truth Test(const pack::Condition& condition, Finding* finding);
  Truth TestConcepts(const pack::Condition& condition, Finding* finding);
  Truth TestMeasures(const pack::Condition& condition, Finding* finding);
  Truth TestMeasure(const pack::MeasureTest& test, Evidence* evidence) const;
  void KeepNearest();
  void OrderOfReview();
  void Release(int32_t as_of);
  void Collect(const std::vector<uint32_t>& lists, Result& result) const;
  void AddStated(ListVerdict& list, Memory memory) const;
  void AddNotices(Result& result) const;
  Candidate ToCandidate(const Finding& finding, Memory memory) const;
  bool IsUnitedStates(const Finding& f) const;
  bool ReviewedFirst(const Finding& f) const;

  const pack::Pack& pack_;
  const facts::Facts* facts_ = nullptr;
  uint32_t stated_fact_ = pack::kNone;  // what is missing where a line states its own classification
  uint32_t epoch_ = 0;
  std::vector<uint8_t> roles_;  // of each concept; 0: it is not present
  std::vector<Mark> marks_;
  std::vector<uint32_t> present_, tried_, called_;
  std::vector<Finding> findings_;
  std::vector<char> drop_;
  std::vector<Evidence> evidence_;
  std::vector<uint32_t> open_;
};

}  // namespace sekisho::decide
