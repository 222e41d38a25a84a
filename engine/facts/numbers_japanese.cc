// Numbers in kanji, and the powers of ten thousand behind a figure.
#include "engine/facts/numbers.h"
#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using text::Gap;
using text::Script;

int64_t KanjiPower(uint32_t c) {
  switch (c) {
    case 0x5341:
      return 10;  // 十
    case 0x767E:
      return 100;  // 百
    case 0x5343:
      return 1000;  // 千
    case 0x4E07:
      return 10000;  // 万
    case 0x5104:
      return 100000000;  // 億
    case 0x5146:
      return 1000000000000;  // 兆
    default:
      return 1;
  }
}

constexpr uint32_t kMaxKanji = 64;         // characters of a number in kanji
constexpr int32_t kMaxZeros = 12;          // of 兆: no figure of an item is beyond
constexpr int64_t kMaxMantissa = 1000000;  // times ten to the kMaxZeros still fits

int64_t TenTo(int32_t exponent) {
  int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

// v = v * times + plus; false where no item has such a figure.
bool Grow(int64_t& v, int64_t times, int64_t plus) {
  return !__builtin_mul_overflow(v, times, &v) && !__builtin_add_overflow(v, plus, &v);
}

}  // namespace

// 一、〇〇〇 and 〇・五 digit by digit, 二百五十 with its powers; 零下 before it is a minus sign.
uint32_t Numbers::KanjiNumber(uint32_t i, pack::Decimal& value) const {
  const bool minus = Word(i) == "零" && Word(i + 1) == "下";
  uint32_t next = minus ? i + 2 : i;
  int64_t total = 0, group = 0, digit = 0;
  int32_t exponent = 0;
  bool point = false, any = false;
  for (; next < r_.tokens.size() && total < (int64_t{1} << 50); ++next) {
    if (next - i > kMaxKanji) return i;
    const Gap gap = GapBefore(next);
    if (any && (gap == Gap::kHyphen || gap == Gap::kDot) && !point) {
      point = true;
    } else if (any && gap != Gap::kNone && gap != Gap::kComma) {
      break;
    }
    size_t at = 0;
    const uint32_t c = r_.tokens[next].script == Script::kHan ? text::Decode(Word(next), at) : 0;
    if (const int d = text::KanjiDigit(c); d >= 0) {
      if (!Grow(digit, 10, d)) return i;
      if (point) --exponent;
    } else if (const int64_t power = KanjiPower(c); power >= 10000) {
      if (!Grow(group, 1, digit) || !Grow(group, power, total)) return i;
      total = group;
      group = digit = 0;
    } else if (power > 1) {
      if (digit == 0) digit = 1;
      if (!Grow(digit, power, group)) return i;
      group = digit;
      digit = 0;
    } else {
      break;
    }
    any = true;
  }
  if (!any) return i;
  if (!Grow(total, 1, group) || !Grow(total, 1, digit)) return i;
  value = {minus ? -total : total, exponent, 0};
  return next;
}

// 50万, 5百万, 3億5千万, 1億2000万: powers behind a figure, and the rest of the number behind them.
uint32_t Numbers::Myriads(uint32_t i, pack::Decimal& value) const {
  uint32_t next = i;
  int32_t zeros = 0;
  for (; GapBefore(next) == Gap::kNone && r_.tokens[next].script == Script::kHan; ++next) {
    size_t at = 0;
    const int64_t power = KanjiPower(text::Decode(Word(next), at));
    if (power < 100) break;
    for (int64_t p = power; p > 1; p /= 10) ++zeros;
  }
  if (next == i) return i;
  value.exponent += zeros;
  pack::Decimal rest{};
  if (!IsDigits(next) || GapBefore(next) != Gap::kNone) return next;
  const uint32_t end = Read(next, rest);
  const auto small = [](const pack::Decimal& d) {
    return d.exponent >= 0 && d.exponent <= kMaxZeros && d.mantissa >= 0 && d.mantissa <= kMaxMantissa;
  };
  if (end == next || !small(value) || !small(rest)) return next;
  const int64_t whole = value.mantissa * TenTo(value.exponent) + rest.mantissa * TenTo(rest.exponent);
  value = {whole, 0, 0};
  return end;
}

}  // namespace sekisho::facts
