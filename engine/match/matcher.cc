#include "engine/match/matcher.h"

#include <re2/re2.h>

#include <algorithm>
#include <mutex>

namespace sekisho::match {
namespace {

using text::Gap;
using text::Script;
using text::Token;

constexpr int64_t kPatternMemory = 1 << 20;
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

struct Patterns::Lazy {
  std::once_flag once;
  std::unique_ptr<re2::RE2> re2;
};

Patterns::Patterns(std::shared_ptr<const pack::Pack> pack)
    : pack_(std::move(pack)), compiled_(new Lazy[pack_->patterns().size()]) {}
Patterns::~Patterns() = default;

const re2::RE2* Patterns::Get(uint32_t id) const {
  Lazy& lazy = compiled_[id];
  std::call_once(lazy.once, [&] {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_longest_match(true);
    options.set_never_nl(false);
    options.set_max_mem(kPatternMemory);
    const std::string_view source = pack_->text(pack_->patterns()[id].re2);
    lazy.re2 = std::make_unique<re2::RE2>(re2::StringPiece(source.data(), source.size()), options);
  });
  return lazy.re2.get();
}

uint32_t Patterns::LongestMatch(uint32_t id, std::string_view text, uint32_t begin, bool& exhausted) const {
  const re2::RE2* re = Get(id);
  if (!re->ok()) {
    exhausted = true;
    return pack::kNone;
  }
  re2::StringPiece found;
  const re2::StringPiece input(text.data(), text.size());
  if (!re->Match(input, begin, text.size(), re2::RE2::ANCHOR_START, &found, 1) || found.empty()) return pack::kNone;
  return begin + static_cast<uint32_t>(found.size());
}

void Matcher::TakeTerms(const text::Reading& r, uint32_t node, uint32_t first, uint32_t last,
                        std::vector<Hit>& hits) const {
  const pack::Range terms = pack_.nodes()[node].terms;
  if (terms.count == 0 || !EndsWell(r, first, last)) return;
  const bool starts = StartsWell(r, first);
  const bool after_digit = first > 0 && r.tokens[first - 1].script == Script::kDigit;
  for (const pack::Term& term : pack_.terms().subspan(terms.first, terms.count)) {
    if (term.kind == pack::TermKind::kWord && last == first + 1 && !IsWholeWord(r, first)) continue;
    if (!starts && !(after_digit && term.kind == pack::TermKind::kUnit)) continue;  // 155mm
    if ((term.flags & pack::kTermTight) && !TightEnough(r, first, last)) continue;
    hits.push_back({first, last, term.kind, term.flags, term.id});
  }
}

// Follows the trie from `node` over the tokens from `i` on; a joined word goes on as itself and as the two words it is
// made of.
void Matcher::Walk(const text::Reading& r, uint32_t node, uint32_t first, uint32_t i, std::vector<Hit>& hits) const {
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

// The token after the longest match that ends where a word ends; `first` when there is none. A match that ends inside a
// token is tried again without that token.
uint32_t Matcher::LongestWhole(const text::Reading& r, uint32_t id, uint32_t first, bool& exhausted) const {
  uint32_t limit = first + 1;
  while (limit < r.tokens.size() && limit - first < kMaxDesignatorTokens && r.tokens[limit].gap <= Gap::kSpace &&
         r.tokens[limit].field == r.tokens[first].field) {
    ++limit;
  }
  while (limit > first) {
    const uint32_t end = patterns_.LongestMatch(id, std::string_view(r.text).substr(0, r.tokens[limit - 1].end),
                                                r.tokens[first].begin, exhausted);
    if (end == pack::kNone) return first;
    uint32_t last = first;
    while (last < limit && r.tokens[last].end <= end) ++last;
    const bool whole = last > first && r.tokens[last - 1].end == end;
    const bool glued = whole && last < r.tokens.size() && r.tokens[last].gap == Gap::kNone &&
                       IsWordLike(r.tokens[last]) && IsWordLike(r.tokens[last - 1]) &&
                       r.tokens[last].field == r.tokens[first].field;
    const bool decimal = whole && last < r.tokens.size() && r.tokens[last].gap == Gap::kDot &&
                         r.tokens[last].script == Script::kDigit;  // EC2-4|.5
    if (whole && !glued && !decimal) return last;
    limit = std::min(limit - 1, last);
  }
  return first;
}

bool Matcher::Designators(const text::Reading& r, uint32_t first, std::vector<Hit>& hits) const {
  const Token& t = r.tokens[first];
  if (t.key == pack::kNone || !StartsWell(r, first)) return true;
  const pack::Range refs = pack_.tokens()[t.key].patterns;
  bool exhausted = false;
  for (const uint32_t id : pack_.pattern_refs().subspan(refs.first, refs.count)) {
    const uint32_t last = LongestWhole(r, id, first, exhausted);
    if (last == first) continue;
    const pack::Pattern& p = pack_.patterns()[id];
    hits.push_back({first, last, pack::TermKind::kConcept, p.flags, p.id, true, p.kind == pack::PatternKind::kSystem});
  }
  return !exhausted;
}

bool Matcher::Match(const text::Reading& reading, std::vector<Hit>& hits) const {
  hits.clear();
  bool complete = true;
  for (uint32_t i = 0; i < reading.tokens.size(); ++i) {
    Walk(reading, 0, i, i, hits);
    complete = Designators(reading, i, hits) && complete;
    if (hits.size() > kMaxHits) return false;
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.first, a.last, a.kind, a.id, a.pattern, a.system, a.flags) <
           std::tie(b.first, b.last, b.kind, b.id, b.pattern, b.system, b.flags);
  });
  hits.erase(std::unique(hits.begin(), hits.end(),
                         [](const Hit& a, const Hit& b) {
                           return a.first == b.first && a.last == b.last && a.kind == b.kind && a.id == b.id &&
                                  a.system == b.system && a.flags == b.flags;
                         }),
             hits.end());
  return complete;
}

}  // namespace sekisho::match
