// Tokens of a canonical text: a run of Latin (or other alphabetic) letters, a run of digits (with a leading point:
// .50), one CJK character, or one of the symbols % ° " + & # $ ^ < > = √ ≤ ≥; everything else is a gap between tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::text {

enum class Script : uint8_t { kLatin, kDigit, kHan, kHiragana, kKatakana, kSymbol };

// What stands between a token and the one before it: the strongest of the characters there.
enum class Gap : uint8_t {
  kNone,    // glued: a letter meets a digit, or two CJK characters
  kHyphen,  // also _ and the middle dot
  kSlash,
  kDot,  // also the apostrophe
  kSpace,
  kComma,  // , and 、 without a space after it
  kCommaSpace,
  kStop,  // ; : | = ? ! and the like, and the start of the text
  kOpen,  // any opening bracket
  kClose,
};

struct RawToken {
  uint32_t begin, end;  // bytes of the canonical text
  Script script;
  Gap gap;
  bool minus;  // a number with a minus sign before it: -40 after a space or at the start
  bool title;  // the gap before it has a colon and a space, an exclamation or a question mark: prose, not a supply name
};

// Splits `canonical` (valid UTF-8).
void Tokenize(std::string_view canonical, std::vector<RawToken>& out);

// The singular of a canonical Latin word of four letters or more (grenades, batteries, torpedoes, assemblies); any
// other word unchanged. Deliberately simple and the same for patterns and input: what it does to `glass` it does to
// both.
std::string Singular(std::string_view word);

}  // namespace sekisho::text
