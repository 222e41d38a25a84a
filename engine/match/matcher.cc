#include "engine/match/matcher.h"

#include <algorithm>
#include <tuple>

namespace sekisho::match {
namespace {

using text::Gap;
using text::Script;
using text::Token;

constexpr size_t kMaxHits = 4096;  // of one item
constexpr uint32_t kMaxDesignatorTokens = 12;

bool InsidePhrase(Gap gap) { return gap <= Gap::kSpace; }

bool IsWordLike(const Token& t) { return t.script == Script::kLatin || t.script == Script::kDigit; }

// Letters that make a number a quantity or a size, not a variant of a type (M4X12, 9MM).
bool IsVariantSuffix(const text::Reading& r, uint32_t at) {
  const Token& t = r.tokens[at];
  const size_t length = t.end - t.begin;
  const std::string_view word = std::string_view(r.text).substr(t.begin, length);
  if (length > 3 || word == "x" || word == "mm" || word == "cm" || word == "kg" || word == "lb" || word == "v" ||
      word == "w" || word == "in")
    return false;
  return true;
}

// A phrase ends inside a glued word only where a type carries a variant: M16|A2, NVG|7.
bool EndsWell(const text::Reading& r, uint32_t first, uint32_t last) {
  if (last >= r.tokens.size()) return true;
  const Token& next = r.tokens[last];
  const Token& back = r.tokens[last - 1];
  if (next.gap != Gap::kNone || next.field != back.field || !IsWordLike(next) || !IsWordLike(back)) return true;
  if (back.script == Script::kDigit) return last - first > 1 && IsVariantSuffix(r, last);
  return back.end - back.begin >= 3 || last - first > 1;
}

// A phrase starts inside a glued word only after a count (2x|AGM) or a CJK character. Inside a part number nothing
// starts but at the start: AT45DB161B-RC-2 is no RC-2.
bool StartsWell(const text::Reading& r, uint32_t first) {
  if (first == 0) return true;
  const Token& token = r.tokens[first];
  const Token& before = r.tokens[first - 1];
  if (token.field == 1 && before.field == 1 && token.gap != Gap::kSpace && IsWordLike(token) && IsWordLike(before))
    return false;
  if (token.gap != Gap::kNone || token.field != before.field || !IsWordLike(token) || !IsWordLike(before)) return true;
  return before.script == Script::kLatin && before.end - before.begin == 1 && r.text[before.begin] == 'x' &&
         token.script == Script::kLatin;
}

// A letter alone is a function word only before a slash: f/, w/.
bool IsWholeWord(const text::Reading& r, uint32_t i) {
  const Token& t = r.tokens[i];
  if (t.script != Script::kLatin || t.end - t.begin > 1 || r.text[t.begin] == 'a') return true;
  return i + 1 < r.tokens.size() && r.tokens[i + 1].gap == Gap::kSlash;
}

// A designator ends with a token to which no word is glued (AT45|DB), and no decimal (EC2-4|.5).
bool EndsDesignator(const text::Reading& r, uint32_t last) {
  if (last >= r.tokens.size()) return true;
  const Token& next = r.tokens[last];
  const Token& back = r.tokens[last - 1];
  if (next.gap == Gap::kDot && next.script == Script::kDigit) return false;
  return next.gap != Gap::kNone || next.field != back.field || !IsWordLike(next) || !IsWordLike(back);
}

bool Before(const Hit& a, const Hit& b) {
  return std::tie(a.first, a.last, a.kind, a.id, a.pattern, a.system, a.flags) <
         std::tie(b.first, b.last, b.kind, b.id, b.pattern, b.system, b.flags);
}

// The hits from `from` on: in order, each once. They nearly always are; a joined word and the designators bring others.
void PutInOrder(std::vector<Hit>& hits, size_t from) {
  const auto same = [](const Hit& a, const Hit& b) {
    return std::tie(a.first, a.last, a.kind, a.id, a.system, a.flags) ==
           std::tie(b.first, b.last, b.kind, b.id, b.system, b.flags);
  };
  const auto place = [](const Hit& h) {
    return uint64_t{h.first} << 44 | uint64_t{h.last} << 24 | static_cast<uint64_t>(h.kind) << 20;
  };
  size_t i = from + 1;  // the usual case: each place, kind and id behind the one before it
  while (i < hits.size() &&
         (place(hits[i - 1]) < place(hits[i]) || (place(hits[i - 1]) == place(hits[i]) && hits[i - 1].id < hits[i].id)))
    ++i;
  if (i >= hits.size()) return;
  const auto begin = hits.begin() + static_cast<ptrdiff_t>(from);
  const auto disorder = [&](const Hit& a, const Hit& b) { return !Before(a, b) || same(a, b); };
  if (std::adjacent_find(begin, hits.end(), disorder) == hits.end()) return;
  std::sort(begin, hits.end(), Before);
  hits.erase(std::unique(begin, hits.end(), same), hits.end());
}

// M4, F-16: no space between a short prefix and its number.
bool TightEnough(const text::Reading& r, uint32_t first, uint32_t last) {
  for (uint32_t i = first + 1; i < last; ++i) {
    const Token& before = r.tokens[i - 1];
    const bool prefix =
        before.script == Script::kLatin && before.end - before.begin <= 2 && r.tokens[i].script == Script::kDigit;
    if (prefix && r.tokens[i].gap == Gap::kSpace) return false;
  }
  return true;
}

}  // namespace

void Matcher::TakeTerms(const text::Reading& r, uint32_t node_id, uint32_t first, uint32_t last,
                        std::vector<Hit>& hits) {
  const pack::Node& node = pack_.nodes()[node_id];
  if (node.terms.count == 0 || !EndsWell(r, first, last)) return;
  if (node.terms.count > node.goods) figures_.push_back({node_id, first, last});
  if (node.goods == 0 || !StartsWell(r, first)) return;
  for (const pack::Term& term : pack_.terms().subspan(node.terms.first, node.goods)) {
    if (term.kind == pack::TermKind::kWord && last == first + 1 && !IsWholeWord(r, first)) continue;
    if ((term.flags & pack::kTermTight) && !TightEnough(r, first, last)) continue;
    hits.push_back({first, last, term.kind, term.flags, term.id});
  }
}

void Matcher::MatchFigures(const text::Reading& r, std::vector<Hit>& hits) const {
  const size_t goods = hits.size();
  for (const End& end : figures_) {
    const pack::Node& node = pack_.nodes()[end.node];
    const bool starts = StartsWell(r, end.first);
    const bool after_digit = end.first > 0 && r.tokens[end.first - 1].script == Script::kDigit;
    for (const pack::Term& term : pack_.terms().subspan(node.terms.first + node.goods, node.terms.count - node.goods)) {
      if (!starts && !(after_digit && term.kind == pack::TermKind::kUnit)) continue;  // 155mm
      if ((term.flags & pack::kTermTight) && !TightEnough(r, end.first, end.last)) continue;
      hits.push_back({end.first, end.last, term.kind, term.flags, term.id});
    }
  }
  PutInOrder(hits, goods);
  std::inplace_merge(hits.begin(), hits.begin() + static_cast<ptrdiff_t>(goods), hits.end(), Before);
}

// Follows the trie from `node` over the tokens from `i` on; a joined word goes on as itself and as the two words it is
// made of.
void Matcher::Walk(const text::Reading& r, uint32_t node, uint32_t first, uint32_t i, std::vector<Hit>& hits) {
  for (; i < r.tokens.size() && hits.size() <= kMaxHits; ++i) {
    const Token& t = r.tokens[i];
    if (t.id == pack::kNone || (i > first && (!InsidePhrase(t.gap) || t.field != r.tokens[first].field))) return;
    const pack::Range split = pack_.tokens()[t.id].split;
    if (split.count == 2) {
      const auto halves = pack_.ids(split);
      const uint32_t left = pack_.FindEdge(node, halves[0]);
      const uint32_t right = left == 0 ? 0 : pack_.FindEdge(left, halves[1]);
      if (right != 0) {
        TakeTerms(r, right, first, i + 1, hits);
        Walk(r, right, first, i + 1, hits);
      }
    }
    node = pack_.FindEdge(node, t.id);
    if (node == 0) return;
    TakeTerms(r, node, first, i + 1, hits);
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
void Matcher::Designators(const text::Reading& r, uint32_t first, std::vector<Hit>& hits) const {
  const std::string_view text = r.text;
  uint32_t state = pack_.starts()[static_cast<unsigned char>(text[r.tokens[first].begin])];
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
  uint32_t at = r.tokens[first].begin + 1;
  for (uint32_t i = first; i < r.tokens.size() && i - first < kMaxDesignatorTokens; ++i) {
    const Token& t = r.tokens[i];
    if (i > first && (t.gap > Gap::kSpace || t.field != r.tokens[first].field)) return;
    for (; at < t.end && state != 0; ++at) step(static_cast<unsigned char>(text[at]));
    if (state == 0) return;
    if (states[state].accepts.count != 0 && EndsDesignator(r, i + 1)) Accept(state, first, i + 1, found, hits);
  }
}

bool Matcher::MatchGoods(const text::Reading& reading, std::vector<Hit>& hits) {
  hits.clear();
  figures_.clear();
  for (uint32_t i = 0; i < reading.tokens.size(); ++i) {
    const size_t from = hits.size();
    Walk(reading, 0, i, i, hits);
    Designators(reading, i, hits);
    PutInOrder(hits, from);
    if (hits.size() > kMaxHits) return false;
  }
  return true;
}

}  // namespace sekisho::match
