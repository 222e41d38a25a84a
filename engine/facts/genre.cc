// Whether a line means no goods at all: a toy, a game, a book or a film.
#include <algorithm>

#include "engine/facts/segment.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::Word;
using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kMinTitleWord = 4;  // letters of a word that a title writes with a capital

// (PC): the hit and nothing else between two brackets.
bool FillsBracket(const text::Reading& r, const Hit& h) {
  return r.tokens[h.first].gap == Gap::kOpen && (h.last == r.tokens.size() || r.tokens[h.last].gap >= Gap::kStop ||
                                                 r.tokens[h.last].field != r.tokens[h.first].field);
}

// Whether hits cover every word of a part of the line, and one of them is a concept that needs no support: then the
// part names an item, be it written like a title (THE MACHINE GUN, ACME CORP: MACHINE GUN).
bool NamesAnItem(const text::Reading& r, const std::vector<uint32_t>& cover, uint32_t first, uint32_t last) {
  bool firm = false;
  for (uint32_t i = first; i < last; ++i) {
    if (r.tokens[i].script != Script::kDigit && cover[i] == kFree) return false;
    firm = firm || cover[i] == kFirm;
  }
  return firm;
}

// Whether the last word of a part of the line belongs to a concept: ACME WORKS: SMOKE OR STUN GRENADE.
bool EndsInItem(const text::Reading& r, const std::vector<uint32_t>& cover, uint32_t first, uint32_t last) {
  while (last > first && r.tokens[last - 1].script != Script::kLatin) --last;
  return last > first && cover[last - 1] >= kNamed;
}

// ITEM 4:, DESCRIPTION:, CLIN 0001AA:, CONTRACT 12: a word of a label, and its number, end the part before a colon.
bool EndsInLabel(const text::Reading& r, const std::vector<uint32_t>& cover, uint32_t first, uint32_t last) {
  const auto number = [&](uint32_t i) {
    const Token& t = r.tokens[i];
    return t.script == Script::kDigit ||
           (i > first && t.gap <= Gap::kHyphen && r.tokens[i - 1].script == Script::kDigit);
  };
  while (last > first && number(last - 1)) --last;
  return last == first || cover[last - 1] == kLabel;
}

// The Shell Seekers: every longer word with a capital, and no line of capitals.
bool InTitleCase(const text::Reading& r) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return std::all_of(r.tokens.begin(), r.tokens.end(), [&](const Token& t) {
    if (t.field != 0 || t.script != Script::kLatin || t.src_end - t.src_begin < kMinTitleWord) return true;
    const std::string_view word = r.source[0].substr(t.src_begin, t.src_end - t.src_begin);
    return !lower(word[0]) && lower(word[1]);
  });
}

// The Shell Seekers; an article in small letters begins prose.
bool BeginsWithArticle(const text::Reading& r) {
  const Token& t = r.tokens[0];
  const std::string_view first = std::string_view(r.text).substr(t.begin, t.end - t.begin);
  if (r.tokens.size() < 2 || r.tokens[1].gap != Gap::kSpace || (first != "the" && first != "a" && first != "an"))
    return false;
  const char written = r.source[t.field][t.src_begin];
  return written < 'a' || written > 'z';
}

// The shape of a title: an article first, the possessive of a name, or a colon in prose. Supply names and designations
// do not look so.
bool LooksLikeTitle(const text::Reading& r, const std::vector<uint32_t>& cover) {
  if (r.cjk || r.turned || r.tokens.empty()) return false;
  const auto word = [&](size_t i) {
    return std::string_view(r.text).substr(r.tokens[i].begin, r.tokens[i].end - r.tokens[i].begin);
  };
  const bool article = BeginsWithArticle(r);
  const auto end = static_cast<uint32_t>(r.tokens.size());
  const bool capitals = InTitleCase(r);
  if (article && capitals) return true;
  if (capitals && NamesAnItem(r, cover, 0, end)) return false;
  bool colon = false;
  for (uint32_t i = 1, first = 0; i <= end; ++i) {
    if (i != end && !r.tokens[i].title && r.tokens[i].field == r.tokens[first].field) continue;
    const bool whole = first == 0 && i == end;
    if (!capitals && (NamesAnItem(r, cover, first, i) || (!whole && EndsInItem(r, cover, first, i)))) return false;
    const bool prose = i != end && r.tokens[i].title && r.tokens[i].script != Script::kDigit;  // no COLOUR: 5
    colon = colon || (prose && r.tokens[i].field == 0 && !EndsInLabel(r, cover, first, i));
    first = i;
  }
  if (article || colon) return true;
  for (size_t i = 1; i < r.tokens.size() && r.tokens[i].field == 0; ++i) {
    if (word(i) == "s" && r.tokens[i].gap == Gap::kDot && r.tokens[i - 1].id == kNone)
      return true;  // Sharpe's, not gunner's
  }
  return false;
}

}  // namespace

// Words of a genre, or a title's shape where no designation and no quantity speaks for goods.
bool Segmenter::IsGenre(const text::Reading& r, const std::vector<Quantity>& quantities) const {
  bool designated = !systems_.empty();
  const auto denied = [&](size_t hit) {  // other than toys, 玩具を除く
    for (size_t k = hit; k-- > 0 && kept_[k].last >= kept_[hit].first;) {
      if (kept_[k].Is(Word::kWithoutAfter) && kept_[k].last == kept_[hit].first) return true;
    }
    for (size_t k = hit + 1; k < kept_.size() && kept_[k].first <= kept_[hit].last; ++k) {
      if (kept_[k].Is(Word::kWithoutBefore) && kept_[k].first == kept_[hit].last) return true;
    }
    return false;
  };
  for (size_t i = 0; i < kept_.size(); ++i) {
    const Hit& h = kept_[i];
    if ((h.Is(Word::kGenre) && !denied(i)) || (h.Is(Word::kGenreAside) && FillsBracket(r, h))) return true;
    designated = designated || h.pattern;
  }
  return !designated && quantities.empty() && LooksLikeTitle(r, owner_);
}

}  // namespace sekisho::facts
