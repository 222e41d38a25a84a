#include "engine/match/matcher.h"

#include <algorithm>
#include <tuple>

#include "engine/match/bounds.h"
#include "engine/match/gaps.h"

namespace sekisho::match {
namespace {

using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kMaxDesignatorTokens = 12;

bool InsidePhrase(Gap gap) { return gap <= Gap::kSpace; }

bool Before(const Hit& a, const Hit& b) {
  return std::tie(a.first, a.last, a.kind, a.id, a.pattern, a.system, a.flags) <
         std::tie(b.first, b.last, b.kind, b.id, b.pattern, b.system, b.flags);
}

// In order, each once. They often are; a joined word, a designator and what turns a concept off come late.
void PutInOrder(std::vector<Hit>& hits) {
  const auto same = [](const Hit& a, const Hit& b) {
    return std::tie(a.first, a.last, a.kind, a.id, a.system, a.flags) ==
           std::tie(b.first, b.last, b.kind, b.id, b.system, b.flags);
  };
  const auto disorder = [&](const Hit& a, const Hit& b) { return !Before(a, b) || same(a, b); };
  if (std::adjacent_find(hits.begin(), hits.end(), disorder) == hits.end()) return;
  std::sort(hits.begin(), hits.end(), Before);
  hits.erase(std::unique(hits.begin(), hits.end(), same), hits.end());
}

}  // namespace

// A phrase ends here. Its terms wait: most lines name no concept, and then nothing is asked of them.
void Matcher::TakeEnd(const text::Reading& r, uint32_t node_id, uint32_t first, uint32_t last) {
  const pack::Node& node = pack_.nodes()[node_id];
  if (node.terms.count == 0 || !EndsWell(r, first, last)) return;
  ends_.push_back({node_id, first, last});
  if (named_ || node.goods == 0 || !StartsWell(r, first)) return;
  for (const pack::Term& term : pack_.terms().subspan(node.terms.first, node.goods)) {
    if (term.kind != pack::TermKind::kConcept) return;
    if (!(term.flags & pack::kTermTight) || TightEnough(r, first, last)) named_ = true;
  }
}

// The hits of all ends: concepts, words, units, measures, comparators. What turns a concept off comes later: a word
// such as `toy` does so for hundreds, of which a line names hardly one.
void Matcher::TakeTerms(const text::Reading& r, std::vector<Hit>& hits) const {
  for (const End& end : ends_) {
    const pack::Node& node = pack_.nodes()[end.node];
    const bool starts = StartsWell(r, end.first);
    const bool after_digit = end.first > 0 && r.tokens[end.first - 1].script == Script::kDigit;
    for (const pack::Term& term : pack_.terms().subspan(node.terms.first, node.terms.count)) {
      if (term.kind == pack::TermKind::kOff) continue;
      if (!starts && !(after_digit && term.kind == pack::TermKind::kUnit)) continue;  // 155mm
      if (term.kind == pack::TermKind::kWord && end.last == end.first + 1 && !IsWholeWord(r, end.first)) continue;
      if ((term.flags & pack::kTermTight) && !TightEnough(r, end.first, end.last)) continue;
      hits.push_back({end.first, end.last, term.kind, term.flags, term.id});
    }
  }
}

// Calls `take` for each end of a phrase that turns concepts off, with these terms of it.
template <typename Take>
void Matcher::ForEachOff(const text::Reading& r, const Take& take) const {
  for (const End& end : ends_) {
    const pack::Node& node = pack_.nodes()[end.node];
    const auto goods = pack_.terms().subspan(node.terms.first, node.goods);
    const auto kind_below = [](const pack::Term& t, pack::TermKind kind) { return t.kind < kind; };
    const auto first = std::lower_bound(goods.begin(), goods.end(), pack::TermKind::kOff, kind_below);
    if (first == goods.end() || first->kind != pack::TermKind::kOff || !StartsWell(r, end.first)) continue;
    const auto last = std::lower_bound(first, goods.end(), pack::TermKind::kWord, kind_below);
    take(end, std::span<const pack::Term>(first, last));
  }
}

// The first of some terms, by id, whose id is not below `id`. Halves without a branch: which one it is cannot be
// foreseen.
const pack::Term* FirstFrom(const pack::Term* first, const pack::Term* last, uint32_t id) {
  for (size_t n = static_cast<size_t>(last - first); n > 0;) {
    const size_t half = (n + 1) / 2;
    first = first[half - 1].id < id ? first + half : first;
    n -= half;
  }
  return first;
}

// What turns off one of the concepts among the hits.
void Matcher::TakeOff(const text::Reading& r, std::vector<Hit>& hits) {
  named_ids_.clear();
  for (const Hit& h : hits) {
    if (h.kind == pack::TermKind::kConcept && !h.system) named_ids_.push_back(h.id);
  }
  std::sort(named_ids_.begin(), named_ids_.end());
  named_ids_.erase(std::unique(named_ids_.begin(), named_ids_.end()), named_ids_.end());
  ForEachOff(r, [&](const End& end, std::span<const pack::Term> terms) {
    const pack::Term* at = terms.data();
    const pack::Term* const last = at + terms.size();
    for (const uint32_t id : named_ids_) {
      at = FirstFrom(at, last, id);
      if (at == last) return;
      if (at->id != id || ((at->flags & pack::kTermTight) && !TightEnough(r, end.first, end.last))) continue;
      hits.push_back({end.first, end.last, at->kind, at->flags, at->id});
    }
  });
}

void Matcher::TakeAllOff(const text::Reading& r, std::vector<Hit>& hits) const {
  ForEachOff(r, [&](const End& end, std::span<const pack::Term> terms) {
    for (const pack::Term& t : terms) {
      if ((t.flags & pack::kTermTight) && !TightEnough(r, end.first, end.last)) continue;
      hits.push_back({end.first, end.last, t.kind, t.flags, t.id});
    }
  });
}

// Follows the trie from `node` over the tokens from `i` on; a joined word goes on as itself and as the two words it is
// made of.
void Matcher::Walk(const text::Reading& r, uint32_t node, uint32_t first, uint32_t i) {
  const Token* const tokens = r.tokens.data();
  const auto size = static_cast<uint32_t>(r.tokens.size());
  for (; i < size && ends_.size() <= limits_.matches && steps_ <= limits_.steps; ++i) {
    const Token& t = tokens[i];
    ++steps_;
    if (t.id == pack::kNone || (i > first && t.field != tokens[first].field)) return;
    if (i > first && !InsidePhrase(t.gap) && !InsideName(r, first, i)) return;
    if (t.split) {
      const auto halves = pack_.ids(pack_.tokens()[t.id].split);
      const uint32_t left = pack_.FindEdge(node, halves[0]);
      const uint32_t right = left == 0 ? 0 : pack_.FindEdge(left, halves[1]);
      if (right != 0) {
        TakeEnd(r, right, first, i + 1);
        Walk(r, right, first, i + 1);
      }
    }
    node = node == 0 ? t.root : pack_.FindEdge(node, t.id);
    if (node == 0) return;
    TakeEnd(r, node, first, i + 1);
  }
}

// Every pattern that ends in this state is a hit up to `last`; of one pattern the longest stands (hits from `found` on
// are those of this start).
void Matcher::Accept(uint32_t state, uint32_t first, uint32_t last, size_t found, std::vector<Hit>& hits) const {
  const pack::Range accepts = pack_.states()[state].accepts;
  for (const uint32_t id : pack_.accepts().subspan(accepts.first, accepts.count)) {
    const pack::Pattern& p = pack_.patterns()[id];
    const bool system = p.kind == pack::PatternKind::kSystem;
    const auto same = std::find_if(hits.begin() + static_cast<ptrdiff_t>(found), hits.end(),
                                   [&](const Hit& h) { return h.pattern && h.id == p.id && h.system == system; });
    if (same != hits.end()) {
      same->last = last;
    } else {
      hits.push_back({first, last, pack::TermKind::kConcept, p.flags, p.id, true, system});
    }
  }
}

// Walks the automaton over the bytes of a few tokens. A match counts where it ends with a token, and no word or decimal
// is glued to it.
void Matcher::Designators(const text::Reading& r, uint32_t first, std::vector<Hit>& hits) {
  const std::string_view text = r.text;
  const Token& start = r.tokens[first];
  const bool walked = start.state != text::kUnwalked;
  uint32_t state = walked ? start.state : pack_.starts()[static_cast<unsigned char>(text[start.begin])];
  if (state == 0 || !StartsWell(r, first)) return;
  const size_t found = hits.size();
  const pack::State* const states = pack_.states().data();
  const pack::Move* const moves = pack_.moves().data();
  const auto step = [&](unsigned char byte) {
    const pack::Range range = states[state].moves;
    const pack::Move* m = moves + range.first;
    for (uint32_t n = range.count; n > 1;) {  // to the last move that does not begin behind the byte
      const uint32_t half = n / 2;
      if (m[half].low <= byte) m += half;
      n -= half;
    }
    state = range.count != 0 && m->low <= byte && byte <= m->high ? m->to : 0;
  };
  uint32_t at = walked ? start.end : start.begin + 1;
  for (uint32_t i = first; i < r.tokens.size() && i - first < kMaxDesignatorTokens; ++i) {
    const Token& t = r.tokens[i];
    if (i > first && (t.gap > Gap::kSpace || t.field != r.tokens[first].field)) return;
    steps_ += t.end - at;
    for (; at < t.end && state != 0; ++at) step(static_cast<unsigned char>(text[at]));
    if (state == 0) return;
    if (states[state].accepts.count != 0 && EndsDesignator(r, first, i + 1)) Accept(state, first, i + 1, found, hits);
  }
}

bool Matcher::Walk(const text::Reading& reading) {
  ends_.clear();
  found_.clear();
  steps_ = 0;
  named_ = false;
  for (const Token& t : reading.tokens) {  // one walk after the other would wait for memory each by itself
    const pack::Node& node = pack_.nodes()[t.root];
    __builtin_prefetch(pack_.edges().data() + node.edges.first + node.edges.count / 2);
    __builtin_prefetch(pack_.terms().data() + node.terms.first);
    if (t.state != text::kUnwalked) __builtin_prefetch(pack_.states().data() + t.state);
  }
  for (uint32_t i = 0; i < reading.tokens.size(); ++i) {
    const Token& t = reading.tokens[i];
    if (t.root != 0 || t.split) Walk(reading, 0, i, i);
    if (t.state != 0) Designators(reading, i, found_);
    if (ends_.size() + found_.size() > limits_.matches || steps_ > limits_.steps) return false;
  }
  named_ = named_ || std::any_of(found_.begin(), found_.end(), [](const Hit& h) { return !h.system; });
  return true;
}

bool Matcher::Match(const text::Reading& reading, std::vector<Hit>& hits) {
  const bool complete = Walk(reading);
  hits.assign(found_.begin(), found_.end());
  TakeTerms(reading, hits);
  TakeAllOff(reading, hits);
  PutInOrder(hits);
  return complete;
}

bool Matcher::MatchNamed(const text::Reading& reading, std::vector<Hit>& hits) {
  hits.clear();
  const bool complete = Walk(reading);
  if (!named_) return complete;
  TakeTerms(reading, hits);
  hits.insert(hits.end(), found_.begin(), found_.end());
  TakeOff(reading, hits);
  PutInOrder(hits);
  return complete;
}

}  // namespace sekisho::match
