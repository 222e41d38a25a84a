// Numbers as item lines write them: 12.7 and 12,7, 1,000, 3/8 and 1-1/2, 8.41 x 10^5 and x10の5乗, 一、〇〇〇, 〇・五,
// 二百五十, 零下二五八, 3億5千万.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/pack/layout.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

class Numbers {
 public:
  explicit Numbers(const text::Reading& reading) : r_(reading) {}

  // Reads the number that starts at token `i`; the token after it, or `i` when there is none.
  uint32_t Read(uint32_t i, pack::Decimal& value) const;

  // Past the end: an empty word, no digits, a stop.
  std::string_view Word(uint32_t i) const;
  bool IsDigits(uint32_t i) const;
  text::Gap GapBefore(uint32_t i) const;

 private:
  uint32_t Fraction(uint32_t first, uint32_t next, pack::Decimal& value) const;
  uint32_t KanjiNumber(uint32_t i, pack::Decimal& value) const;
  uint32_t Myriads(uint32_t i, pack::Decimal& value) const;
  uint32_t Exponent(uint32_t i, pack::Decimal& value) const;
  uint32_t JapaneseExponent(uint32_t i, pack::Decimal& value) const;

  const text::Reading& r_;
};

}  // namespace sekisho::facts
