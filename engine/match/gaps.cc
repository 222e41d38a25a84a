#include "engine/match/gaps.h"

#include <algorithm>
#include <string_view>

#include "engine/text/between.h"

namespace sekisho::match {
namespace {

using text::Between;
using text::Gap;
using text::HasSpace;
using text::Reading;
using text::Script;
using text::Token;

constexpr uint32_t kMostLocant = 2;                 // digits of a locant
constexpr uint32_t kMostTimes = 3, kMostCount = 2;  // digits of a count behind a times sign, and without one
constexpr uint32_t kMinVariant = 3;                 // tokens of a type with its letter: F|35|A

// N, 2, 10: what says at which atom a group hangs.
bool IsLocant(const Token& t) {
  const uint32_t size = t.end - t.begin;
  return t.script == Script::kDigit ? size <= kMostLocant : t.script == Script::kLatin && size == 1;
}

// A character beside the bracket: the hyphen of a name.
bool HasHyphen(std::string_view between) {
  return std::count_if(between.begin(), between.end(), [](char c) { return (c & 0xC0) != 0x80; }) > 1;
}

// Whether the name goes on behind the bracket that closes before token `i`: (diethylamino)ethanol, （２－クロロエチル）
// スルフィド, (methyl)-1-propene. Kanji and digits there begin something else, as does nothing: 発射装置（Ｃ）,
// GBU-31(V)3.
bool GoesOn(const Reading& r, uint32_t i) {
  const Script script = r.tokens[i].script;
  const std::string_view between = Between(r, i);
  return script == Script::kLatin || (script == Script::kKatakana && !HasSpace(between)) ||
         (script == Script::kDigit && !HasSpace(between) && HasHyphen(between));
}

// Whether the bracket that opens before token `i` stands in the middle of a name.
bool OpensInside(const Reading& r, uint32_t i) {
  const Token &before = r.tokens[i - 1], &t = r.tokens[i];
  const std::string_view between = Between(r, i);
  const auto word = [](const Token& token) {
    return token.script == Script::kLatin || token.script == Script::kKatakana;
  };
  const bool hyphen = HasHyphen(between);
  const bool locant = IsLocant(t) && i + 1 < r.tokens.size() && r.tokens[i + 1].gap == Gap::kHyphen;  // bis (2-chloro
  if ((HasSpace(between) && !locant) || !(hyphen || word(before)) || !(word(t) || t.script == Script::kDigit))
    return false;
  uint32_t close = i + 1;
  while (close < r.tokens.size() && r.tokens[close].gap < Gap::kOpen) ++close;
  return close < r.tokens.size() && r.tokens[close].gap == Gap::kClose && r.tokens[close].field == t.field &&
         GoesOn(r, close);
}

}  // namespace

bool InsideName(const Reading& r, uint32_t first, uint32_t i) {
  const std::string_view between = Between(r, i);
  if (between.empty()) return false;
  switch (r.tokens[i].gap) {
    case Gap::kComma:
      return IsLocant(r.tokens[i - 1]) && IsLocant(r.tokens[i]) && !HasSpace(between);
    case Gap::kOpen:
      return OpensInside(r, i);
    case Gap::kClose: {
      uint32_t open = i - 1;
      while (open > 0 && r.tokens[open].gap < Gap::kOpen) --open;
      return r.tokens[open].gap == Gap::kOpen && open > 0 && OpensInside(r, open) &&
             (open > first || !HasSpace(between));
    }
    default:
      return false;
  }
}

bool CountFollows(const Reading& r, uint32_t first, uint32_t last) {
  const auto size = [&](uint32_t i) { return r.tokens[i].end - r.tokens[i].begin; };
  const auto glued = [&](uint32_t i) {
    return i < r.tokens.size() && r.tokens[i].gap == Gap::kNone && r.tokens[i].field == r.tokens[first].field;
  };
  const auto script = [&](uint32_t i) { return r.tokens[i].script; };
  const bool word = glued(last + 1) && (script(last + 1) == Script::kLatin || script(last + 1) == Script::kDigit);
  if (script(last) == Script::kDigit)
    return size(last) <= kMostCount && script(last - 1) == Script::kLatin && last - first >= kMinVariant &&
           glued(last + 1) && !word;
  const bool times = size(last) == 1 && r.text[r.tokens[last].begin] == 'x';
  if (!times || !glued(last + 1) || script(last + 1) != Script::kDigit || size(last + 1) > kMostTimes) return false;
  if (size(first) == 1 && r.tokens[first + 1].gap == Gap::kNone && last - first < kMinVariant) return false;
  const uint32_t end = last + 2;
  if (end < r.tokens.size() && r.tokens[end].gap == Gap::kDot && script(end) == Script::kDigit) return false;
  return !glued(end) || (script(end) != Script::kLatin && script(end) != Script::kDigit);
}

}  // namespace sekisho::match
