// Where a phrase or a designator may begin and end inside words that are glued together: M16|A2, 2x|AGM, AT45|DB.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/match/gaps.h"
#include "engine/text/reading.h"

namespace sekisho::match {

inline bool IsWordLike(const text::Token& t) {
  return t.script == text::Script::kLatin || t.script == text::Script::kDigit;
}

// Letters that make a number a quantity or a size, not a variant of a type (M4X12, 9MM).
inline bool IsVariantSuffix(const text::Reading& r, uint32_t at) {
  const text::Token& t = r.tokens[at];
  const size_t length = t.end - t.begin;
  const std::string_view word = std::string_view(r.text).substr(t.begin, length);
  if (length > 3 || word == "x" || word == "mm" || word == "cm" || word == "kg" || word == "lb" || word == "v" ||
      word == "w" || word == "in")
    return false;
  return true;
}

// A phrase ends inside a glued word only where a type carries a variant: M16|A2, NVG|7.
inline bool EndsWell(const text::Reading& r, uint32_t first, uint32_t last) {
  if (last >= r.tokens.size()) return true;
  const text::Token& next = r.tokens[last];
  const text::Token& back = r.tokens[last - 1];
  if (next.gap != text::Gap::kNone || next.field != back.field || !IsWordLike(next) || !IsWordLike(back)) return true;
  if (back.script == text::Script::kDigit) return last - first > 1 && IsVariantSuffix(r, last);
  return back.end - back.begin >= 3 || last - first > 1;
}

inline bool IsTimesSign(const text::Reading& r, const text::Token& t) {
  constexpr std::string_view kTimes = "×";
  return t.end - t.begin == 1 && r.text[t.begin] == 'x' && t.src_end - t.src_begin == kTimes.size() &&
         r.source[t.field].substr(t.src_begin, kTimes.size()) == kTimes;
}

// A phrase starts inside a glued word only after a count (2x|AGM) or a CJK character. Inside a part number nothing
// starts but at the start: AT45DB161B-RC-2 is no RC-2.
inline bool StartsWell(const text::Reading& r, uint32_t first) {
  if (first == 0) return true;
  const text::Token& token = r.tokens[first];
  const text::Token& before = r.tokens[first - 1];
  if (token.field == 1 && before.field == 1 && token.gap != text::Gap::kSpace && IsWordLike(token) &&
      IsWordLike(before))
    return false;
  if (token.gap != text::Gap::kNone || token.field != before.field) return true;
  if (IsTimesSign(r, token)) return false;  // ポンプ×２ is no X-2
  if (!IsWordLike(token) || !IsWordLike(before)) return true;
  return before.script == text::Script::kLatin && before.end - before.begin == 1 && r.text[before.begin] == 'x' &&
         token.script == text::Script::kLatin;
}

// A letter alone is a function word only before a slash: f/, w/.
inline bool IsWholeWord(const text::Reading& r, uint32_t i) {
  const text::Token& t = r.tokens[i];
  if (t.script != text::Script::kLatin || t.end - t.begin > 1 || r.text[t.begin] == 'a') return true;
  return i + 1 < r.tokens.size() && r.tokens[i + 1].gap == text::Gap::kSlash;
}

// A designator ends with a token to which no word is glued (AT45|DB), and no decimal (EC2-4|.5).
inline bool EndsDesignator(const text::Reading& r, uint32_t first, uint32_t last) {
  if (last >= r.tokens.size()) return true;
  const text::Token& next = r.tokens[last];
  const text::Token& back = r.tokens[last - 1];
  if (next.gap == text::Gap::kDot && next.script == text::Script::kDigit) return false;
  return next.gap != text::Gap::kNone || next.field != back.field || !IsWordLike(next) || !IsWordLike(back) ||
         CountFollows(r, first, last);
}

// M4, F-16: no space between a short prefix and its number.
inline bool TightEnough(const text::Reading& r, uint32_t first, uint32_t last) {
  for (uint32_t i = first + 1; i < last; ++i) {
    const text::Token& before = r.tokens[i - 1];
    const bool prefix = before.script == text::Script::kLatin && before.end - before.begin <= 2 &&
                        r.tokens[i].script == text::Script::kDigit;
    if (prefix && r.tokens[i].gap == text::Gap::kSpace) return false;
  }
  return true;
}

}  // namespace sekisho::match
