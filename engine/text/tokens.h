// Tokens of a canonical text: a run of Latin (or other alphabetic) letters, a run of digits (with a leading point:
// .50), one CJK character, or one of the symbols % ° " + & # $ ^ < > = √ ≤ ≥; everything else is a gap between tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/ascii.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace sekisho::text {

// Item names of some supply systems end here, in the middle of a word: code points, and letters of a word's rest that
// tell what it was.
inline constexpr size_t kCutLength = 19, kMinStump = 4;

enum class Script : uint8_t { kLatin, kDigit, kHan, kHiragana, kKatakana, kSymbol };

// What the reader, the gate and the compiler have to agree on, too.
inline constexpr size_t kMinHalf = 3;     // letters of either half of a joined word (nightvision)
inline constexpr size_t kMinCounted = 2;  // letters of the word of 2xAGM with its x

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
  uint32_t begin, end;          // bytes of the canonical text
  uint32_t src_begin, src_end;  // bytes of the caller's text
  Script script;
  Gap gap;
  bool minus;  // a number with a minus sign before it: -40 at the start, after a space, an opening bracket, : = < > ~
  bool title;  // the gap before it has a colon and a space, an exclamation or a question mark: prose, not a supply name
};

// A canonical text as a row of tokens.
struct Tokens {
  std::string text;  // UTF-8
  std::vector<RawToken> row;
  uint32_t gaps = 0, scripts = 0;  // which of them occur: bit 1 << gap, 1 << script
  bool Has(Gap gap) const { return (gaps >> static_cast<uint32_t>(gap) & 1) != 0; }
  bool Has(Script script) const { return (scripts >> static_cast<uint32_t>(script) & 1) != 0; }
  bool cjk() const { return Has(Script::kHan) || Has(Script::kHiragana) || Has(Script::kKatakana); }
};

// What a code point of a canonical text is to the cutter: neither a letter, a digit, a CJK character nor a symbol is a
// gap.
bool IsSymbol(uint32_t c);
bool IsLetter(uint32_t c);  // ASCII or of another alphabet; no CJK character
inline bool IsGap(uint32_t c) { return !IsAsciiDigit(c) && !IsLetter(c) && !IsCjk(c) && !IsSymbol(c); }

// Cuts the code points of a canonical text, and writes it.
void Tokenize(const Chars& canonical, Tokens& out);

// The same of a text of ASCII alone, by its classes; `out.text` is the text, each byte from the same byte of the
// caller's.
void TokenizeAscii(const AsciiClasses& classes, Tokens& out);

// Cuts `canonical` (valid UTF-8), which is its own source.
void Tokenize(std::string_view canonical, std::vector<RawToken>& out);

// The singular of a canonical Latin word of four letters or more (grenades, batteries, torpedoes, assemblies); any
// other word unchanged. Deliberately simple and the same for patterns and input: what it does to `glass` it does to
// both.
std::string Singular(std::string_view word);

}  // namespace sekisho::text
