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
  std::sort(list.candidates.begin(), list.candidates.end(), Before);
  if (!list.candidates.empty()) list.verdict = list.candidates.front().verdict;
  return doubtful;
}

}  // namespace

bool OnlyCatchAll(const std::vector<ListVerdict>& lists) {
  return std::all_of(lists.begin(), lists.end(), [](const ListVerdict& l) { return l.verdict >= Verdict::kCatchAll; });
}

bool AddFirstReading(std::vector<ListVerdict>& first, Result& result) {
  bool doubtful = false;
  for (size_t i = 0; i < result.lists.size(); ++i) doubtful |= Join(first[i], result.lists[i]);
  return doubtful;
}

}  // namespace sekisho::decide
