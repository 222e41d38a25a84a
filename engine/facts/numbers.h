// Numbers as item lines write them: 12.7 and 12,7, 1,000, 1 000 000 and 1.000.000, 3/8 and 1-1/2, 8.41 x 10^5, 1E-6 and
// x10の5乗, 2 million, 一、〇〇〇, 〇・五, 二百五十, 3億5千万; a sign before them is -, ▲, マイナス, minus or 零下.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/pack/layout.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

class Numbers {
 public:
  explicit Numbers(const text::Reading& reading) : r_(reading) {}

  // Reads the number whose digits start at token `i`, with the sign before it; the token after it, or `i` when there is
  // none.
  uint32_t Read(uint32_t i, pack::Decimal& value) const;

  // Where the words of a sign before token `i` begin (マイナス, プラス, minus, plus, +); `i` when there are none.
  uint32_t SignBefore(uint32_t i) const;

  // Where a Japanese word begins that ends right before token `i`; `i` when it does not stand there.
  uint32_t SpelledBefore(uint32_t i, std::string_view word) const;

  // Where the digits begin behind a sign of words that may stand at `i` (to +85, to minus 20, ～プラス８５).
  uint32_t DigitsAt(uint32_t i) const;

  // Past the end: an empty word, no digits, a stop.
  std::string_view Word(uint32_t i) const {
    if (i >= r_.tokens.size()) return {};
    return {r_.text.data() + r_.tokens[i].begin, r_.tokens[i].end - r_.tokens[i].begin};
  }
  bool IsDigits(uint32_t i) const { return i < r_.tokens.size() && r_.tokens[i].script == text::Script::kDigit; }
  text::Gap GapBefore(uint32_t i) const { return i < r_.tokens.size() ? r_.tokens[i].gap : text::Gap::kStop; }

  // What the caller wrote between token `i` and the one before it, where that stands right before it.
  std::string_view Between(uint32_t i) const;

 private:
  std::string_view Source(uint32_t i) const;
  bool Spells(uint32_t i, std::string_view word) const;
  bool IsNegative(uint32_t i) const;
  uint32_t Groups(uint32_t i) const;
  uint32_t Multiplier(uint32_t i, pack::Decimal& value) const;
  uint32_t Fraction(uint32_t first, uint32_t next, pack::Decimal& value) const;
  uint32_t KanjiNumber(uint32_t i, pack::Decimal& value) const;
  uint32_t Myriads(uint32_t i, pack::Decimal& value) const;
  uint32_t TimesPower(uint32_t i, pack::Decimal& value) const;
  uint32_t PowerOfTen(uint32_t i, bool behind_times, int32_t& exponent) const;
  uint32_t SmallPower(uint32_t i, bool negative, int32_t& exponent) const;

  const text::Reading& r_;
};

}  // namespace sekisho::facts
