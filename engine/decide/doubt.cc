#include "engine/decide/doubt.h"

#include <algorithm>
#include <tuple>

namespace sekisho::decide {
namespace {

bool Before(const Candidate& a, const Candidate& b) {
  return std::make_tuple(a.verdict, -a.score, a.entry) < std::make_tuple(b.verdict, -b.score, b.entry);
}

// The first reading's word counts where both name an entry, unless the generous one says more of it.
bool Join(ListVerdict& first, ListVerdict& list) {
  bool doubtful = false;
  for (Candidate& c : list.candidates) {
    if (c.verdict == Verdict::kMatch) c.verdict = Verdict::kPossible;
    const auto same = std::find_if(first.candidates.begin(), first.candidates.end(),
                                   [&](const Candidate& f) { return f.entry == c.entry; });
    if (same != first.candidates.end() && same->verdict <= c.verdict) {
      std::swap(c, *same);
      continue;
    }
    c.doubts_head = c.verdict <= Verdict::kCatchAll;
    doubtful = doubtful || c.doubts_head;
  }
  for (Candidate& f : first.candidates) {
    if (std::none_of(list.candidates.begin(), list.candidates.end(),
                     [&](const Candidate& c) { return c.entry == f.entry; }))
      list.candidates.push_back(std::move(f));
  }
  const bool unknown = first.verdict == Verdict::kUnknown || list.verdict == Verdict::kUnknown;
  std::sort(list.candidates.begin(), list.candidates.end(), Before);
  list.verdict = list.candidates.empty() ? Verdict::kNoMatch : list.candidates.front().verdict;
  if (unknown) list.verdict = std::min(list.verdict, Verdict::kUnknown);
  return doubtful;
}

// The strictest verdict by a rule: what a line states of itself comes from none.
Verdict Reading(const std::vector<ListVerdict>& lists) {
  Verdict strictest = Verdict::kNoMatch;
  for (const ListVerdict& list : lists) {
    for (const Candidate& c : list.candidates) {
      if (c.rule != pack::kNone) strictest = std::min(strictest, c.verdict);
    }
  }
  return strictest;
}

}  // namespace

bool OnlyCatchAll(const std::vector<ListVerdict>& lists) { return Reading(lists) >= Verdict::kCatchAll; }
bool Silent(const std::vector<ListVerdict>& lists) { return Reading(lists) == Verdict::kNoMatch; }

bool AddFirstReading(std::vector<ListVerdict>& first, Result& result) {
  bool doubtful = false;
  for (size_t i = 0; i < result.lists.size(); ++i) doubtful |= Join(first[i], result.lists[i]);
  return doubtful;
}

}  // namespace sekisho::decide
