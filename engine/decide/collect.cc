// From findings to a result: candidates by list, what is missing, what the line states of itself, notices.
#include <algorithm>
#include <tuple>

#include "engine/decide/judge.h"

namespace sekisho::decide {
namespace {

using pack::kNone;
using pack::Rule;

constexpr float kStatedScore = 0.6F;

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

}  // namespace

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

// ECCN 9A610.x: what the line states of itself flags the entry where the description does not; whether it is so is left
// to a person. A list that the line only claims to be on is not cleared.
void Judge::AddStated(ListVerdict& list, Memory memory) const {
  for (const facts::StatedEntry& stated : facts_->stated) {
    if (pack_.entries()[stated.entry].list != list.list) continue;
    if (std::any_of(list.candidates.begin(), list.candidates.end(),
                    [&](const Candidate& c) { return c.entry == stated.entry && c.verdict < Verdict::kUnknown; }))
      continue;
    Candidate c(memory);
    c.entry = stated.entry;
    c.verdict = Verdict::kPossible;
    c.score = kStatedScore;
    if (stated_fact_ != kNone) c.missing_facts.push_back(stated_fact_);
    Evidence e;
    e.field = static_cast<Field>(stated.span.field);
    e.begin = stated.span.begin;
    e.end = stated.span.end;
    e.system = "stated";
    c.evidence.push_back(e);
    list.candidates.push_back(std::move(c));
  }
  const auto& claimed = facts_->stated_lists;
  if (std::find(claimed.begin(), claimed.end(), list.list) != claimed.end())
    list.verdict = std::min(list.verdict, Verdict::kUnknown);
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
    AddStated(list, result.memory);
    std::sort(list.candidates.begin(), list.candidates.end(), [](const Candidate& a, const Candidate& b) {
      return std::make_tuple(a.verdict, -a.score, a.entry) < std::make_tuple(b.verdict, -b.score, b.entry);
    });
    if (!list.candidates.empty()) list.verdict = std::min(list.verdict, list.candidates.front().verdict);
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

}  // namespace sekisho::decide
