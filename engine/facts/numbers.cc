#include "engine/facts/numbers.h"

#include "absl/container/inlined_vector.h"
#include "engine/facts/decimal.h"
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
    default:
      return 1;
  }
}

using Digits = absl::InlinedVector<char, 40>;

constexpr uint32_t kMaxKanji = 64;         // characters of a number in kanji
constexpr int32_t kMaxZeros = 12;          // 兆: no figure of an item is beyond
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

std::string_view Numbers::Word(uint32_t i) const {
  if (i >= r_.tokens.size()) return {};
  return std::string_view(r_.text).substr(r_.tokens[i].begin, r_.tokens[i].end - r_.tokens[i].begin);
}
bool Numbers::IsDigits(uint32_t i) const { return i < r_.tokens.size() && r_.tokens[i].script == Script::kDigit; }
text::Gap Numbers::GapBefore(uint32_t i) const { return i < r_.tokens.size() ? r_.tokens[i].gap : Gap::kStop; }

uint32_t Numbers::Read(uint32_t i, pack::Decimal& value) const {
  if (i < r_.tokens.size() && r_.tokens[i].script == Script::kHan) return KanjiNumber(i, value);
  if (!IsDigits(i)) return i;
  Digits digits;
  const auto add = [&](std::string_view more) {
    for (const char c : more) digits.push_back(c);
  };
  if (r_.tokens[i].minus) add("-");
  add(Word(i));
  uint32_t next = i + 1;
  bool point = Word(i).starts_with('.');
  const auto grouped = [&](uint32_t k) { return IsDigits(k) && GapBefore(k) == Gap::kComma && Word(k).size() == 3; };
  if (!point && Word(i).size() <= 3 && grouped(next)) {
    while (grouped(next)) add(Word(next++));
  }
  if (!point && IsDigits(next) && (GapBefore(next) == Gap::kDot || (GapBefore(next) == Gap::kComma && next == i + 1))) {
    add(".");
    add(Word(next++));
  }
  if (!ParseDecimal({digits.data(), digits.size()}, value)) return i;
  if (const uint32_t end = Fraction(i, next, value); end != next) return end;
  if (const uint32_t end = Myriads(next, value); end != next) return end;
  return Exponent(next, value);
}

// 3/8 and 1-1/2: a denominator that is a power of two, as tools and pipes have.
uint32_t Numbers::Fraction(uint32_t first, uint32_t next, pack::Decimal& value) const {
  const auto power_of_two = [&](uint32_t i) {
    return IsDigits(i) && GapBefore(i) == Gap::kSlash &&
           (Word(i) == "2" || Word(i) == "4" || Word(i) == "8" || Word(i) == "16" || Word(i) == "32" ||
            Word(i) == "64");
  };
  if (next != first + 1 || value.exponent != 0 || value.mantissa < 0 || value.mantissa > 1000) return next;
  int64_t whole = 0, numerator = value.mantissa;
  uint32_t denominator = next;
  if (IsDigits(next) && (GapBefore(next) == Gap::kHyphen || GapBefore(next) == Gap::kSpace) && power_of_two(next + 1)) {
    pack::Decimal n{};
    if (!ParseDecimal(Word(next), n)) return next;
    whole = numerator;
    numerator = n.mantissa;
    denominator = next + 1;
  }
  pack::Decimal d{};
  if (!power_of_two(denominator) || numerator > 64 || !ParseDecimal(Word(denominator), d) || numerator >= d.mantissa)
    return next;
  value = {whole * 1000000 + numerator * (1000000 / d.mantissa), -6, 0};  // 1/64 = 0.015625
  return denominator + 1;
}

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

// 50万, 3億5千万, 1億2000万: powers behind a figure, and the rest of the number behind them.
uint32_t Numbers::Myriads(uint32_t i, pack::Decimal& value) const {
  uint32_t next = i;
  int32_t zeros = 0;
  for (; GapBefore(next) == Gap::kNone && r_.tokens[next].script == Script::kHan; ++next) {
    size_t at = 0;
    const int64_t power = KanjiPower(text::Decode(Word(next), at));
    if (power < 1000) break;
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

// x 10^5 or x10の5乗 behind a number.
uint32_t Numbers::Exponent(uint32_t i, pack::Decimal& value) const {
  if (Word(i) != "x" || Word(i + 1) != "10") return i;
  if (Word(i + 2) == "の") return JapaneseExponent(i, value);
  if (Word(i + 2) != "^" || !IsDigits(i + 3)) return i;
  pack::Decimal power;
  if (!ParseDecimal(Word(i + 3), power) || power.mantissa > 30) return i;
  const bool negative = r_.tokens[i + 3].minus || GapBefore(i + 3) == Gap::kHyphen;
  value.exponent += static_cast<int32_t>(negative ? -power.mantissa : power.mantissa);
  return i + 4;
}
uint32_t Numbers::JapaneseExponent(uint32_t i, pack::Decimal& value) const {
  const bool minus = Word(i + 3) == "マ" && Word(i + 4) == "イ" && Word(i + 5) == "ナ" && Word(i + 6) == "ス";
  const uint32_t at = minus ? i + 7 : i + 3;
  const bool negative = minus || (IsDigits(at) && r_.tokens[at].minus);
  pack::Decimal power;
  if (!IsDigits(at) || !Word(at + 1).starts_with("乗") || !ParseDecimal(Word(at), power) || power.mantissa > 30)
    return i;
  value.exponent += static_cast<int32_t>(negative ? -power.mantissa : power.mantissa);
  return at + 2;
}

}  // namespace sekisho::facts
