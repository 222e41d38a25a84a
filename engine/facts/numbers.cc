#include "engine/facts/numbers.h"

#include "absl/container/inlined_vector.h"
#include "engine/facts/decimal.h"

namespace sekisho::facts {
namespace {

using text::Gap;
using text::Script;

using Digits = absl::InlinedVector<char, 40>;

constexpr size_t kGroup = 3;        // digits between the marks of thousands
constexpr uint32_t kFewGroups = 2;  // where the mark is a space or a point, which also stand between numbers
constexpr int64_t kMostPower = 30;

// 10⁵, １０⁵: ten and a superscript.
bool IsRaisedTen(std::string_view written) {
  for (const std::string_view ten : {"10", "１０"}) {
    if (!written.starts_with(ten)) continue;
    const std::string_view raised = written.substr(ten.size());
    return raised.starts_with("¹") || raised.starts_with("²") || raised.starts_with("³") ||
           raised.starts_with("\xE2\x81");  // ⁰ and ⁴ to ⁹
  }
  return false;
}

bool IsApostrophe(std::string_view between) { return between == "'" || between == "’" || between == "＇"; }

// 20..40, 20...40, 20…40: a range, no decimal.
bool AreDots(std::string_view between) {
  return between.find("..") != std::string_view::npos || between == "…" || between == "‥" || between == "．．";
}

}  // namespace

std::string_view Numbers::Source(uint32_t i) const {
  const text::Token& t = r_.tokens[i];
  return r_.source[t.field].substr(t.src_begin, t.src_end - t.src_begin);
}

std::string_view Numbers::Between(uint32_t i) const {
  if (i >= r_.tokens.size()) return {};
  const text::Token& t = r_.tokens[i];
  uint32_t from = 0;
  if (i > 0) {
    const text::Token& before = r_.tokens[i - 1];
    if (before.field == t.field && before.src_end <= t.src_begin) from = before.src_end;
  }
  return r_.source[t.field].substr(from, t.src_begin - from);
}

// Whether the tokens from `i` on spell a Japanese word, character by character.
bool Numbers::Spells(uint32_t i, std::string_view word) const {
  for (; !word.empty(); ++i) {
    const std::string_view w = Word(i);
    if (w.empty() || !word.starts_with(w)) return false;
    word.remove_prefix(w.size());
  }
  return true;
}

uint32_t Numbers::SpelledBefore(uint32_t i, std::string_view word) const {
  uint32_t first = i;
  while (!word.empty()) {
    const std::string_view w = first > 0 ? Word(first - 1) : std::string_view();
    if (w.empty() || !word.ends_with(w)) return i;
    word.remove_suffix(w.size());
    --first;
  }
  return first;
}

uint32_t Numbers::SignBefore(uint32_t i) const {
  if (i == 0) return i;
  const std::string_view w = Word(i - 1);
  if (w == "ス") {
    for (const std::string_view sign : {"マイナス", "プラス"}) {
      if (const uint32_t first = SpelledBefore(i, sign); first != i) return first;
    }
  }
  return w == "minus" || w == "plus" || (w == "+" && GapBefore(i) == Gap::kNone) ? i - 1 : i;
}

uint32_t Numbers::DigitsAt(uint32_t i) const {
  constexpr uint32_t kMostSign = 4;  // tokens
  for (uint32_t k = i; k <= i + kMostSign; ++k) {
    if (IsDigits(k)) return SignBefore(k) == i ? k : i;
  }
  return i;
}

// -40, ▲40, △40, マイナス40, minus 40.
bool Numbers::IsNegative(uint32_t i) const {
  if (r_.tokens[i].minus) return true;
  const std::string_view between = Between(i);
  const uint32_t sign = SignBefore(i);
  return between.ends_with("▲") || between.ends_with("△") ||
         (sign != i && (Word(sign) == "minus" || Word(sign) == "マ"));
}

uint32_t Numbers::Read(uint32_t i, pack::Decimal& value) const {
  if (i < r_.tokens.size() && r_.tokens[i].script == Script::kHan) return KanjiNumber(i, value);
  if (!IsDigits(i)) return i;
  const bool negative = IsNegative(i);
  int32_t power = 0;
  if (const uint32_t end = PowerOfTen(i, false, power); end != i) {
    value = {negative ? -1 : 1, power, 0};
    return end;
  }
  Digits digits;
  const auto add = [&](std::string_view more) { digits.insert(digits.end(), more.begin(), more.end()); };
  if (negative) add("-");
  add(Word(i));
  uint32_t next = i + 1;
  for (const uint32_t groups = Groups(i); next < groups;) add(Word(next++));
  const bool comma = GapBefore(next) == Gap::kComma && (next == i + 1 || GapBefore(i + 1) != Gap::kComma);
  const bool point = GapBefore(next) == Gap::kDot && !IsApostrophe(Between(next)) && !AreDots(Between(next));
  if (!Word(i).starts_with('.') && IsDigits(next) && (point || comma)) {
    add(".");
    add(Word(next++));
  }
  if (!ParseDecimal({digits.data(), digits.size()}, value)) return i;
  if (const uint32_t end = Fraction(i, next, value); end != next) return end;
  if (const uint32_t end = Multiplier(next, value); end != next) return end;
  return TimesPower(next, value);
}

// 1,000,000, 1 000 000, 1.000.000, 1'000: the end of groups of three digits behind the first token of a number. A space
// or a point stands between numbers too: there more than one group must follow, or a comma with decimals (1.200,5). No
// number of thousands begins with 0.
uint32_t Numbers::Groups(uint32_t i) const {
  const uint32_t first = i + 1;
  const Gap gap = GapBefore(first);
  if (Word(i).size() > kGroup || Word(i).starts_with('.') || Word(i).starts_with('0')) return first;
  if (gap != Gap::kComma && gap != Gap::kSpace && gap != Gap::kDot) return first;
  uint32_t end = first;
  while (IsDigits(end) && GapBefore(end) == gap && Word(end).size() == kGroup) ++end;
  const bool decimals = GapBefore(end) == Gap::kComma && IsDigits(end) && Word(end).size() != kGroup;
  const bool plain = gap == Gap::kComma || (gap == Gap::kDot && IsApostrophe(Between(first))) || decimals;
  return end - first >= (plain ? 1 : kFewGroups) ? end : first;
}

// 50万, 2 million, 1E-6.
uint32_t Numbers::Multiplier(uint32_t i, pack::Decimal& value) const {
  if (const uint32_t end = Myriads(i, value); end != i) return end;
  if (GapBefore(i) > Gap::kSpace) return i;
  const std::string_view w = Word(i);
  const int32_t zeros = w == "thousand" ? 3 : w == "million" ? 6 : w == "billion" ? 9 : 0;
  if (zeros != 0) {
    value.exponent += zeros;
    return i + 1;
  }
  int32_t power = 0;
  const uint32_t digits = Word(i + 1) == "+" ? i + 2 : i + 1;
  if (w != "e" || GapBefore(i) != Gap::kNone || GapBefore(i + 1) > Gap::kHyphen || GapBefore(digits) > Gap::kHyphen ||
      SmallPower(digits, GapBefore(digits) == Gap::kHyphen, power) == digits)
    return i;
  value.exponent += power;
  return digits + 1;
}

// 3/8 and 1-1/2: a denominator that is a power of two, as tools and pipes have.
uint32_t Numbers::Fraction(uint32_t first, uint32_t next, pack::Decimal& value) const {
  const auto power_of_two = [&](uint32_t i) {
    return IsDigits(i) && GapBefore(i) == Gap::kSlash &&
           (Word(i) == "2" || Word(i) == "4" || Word(i) == "8" || Word(i) == "16" || Word(i) == "32" ||
            Word(i) == "64");
  };
  if (next != first + 1 || value.exponent != 0 || value.mantissa < 0 || value.mantissa > 1000) return next;
  if (GapBefore(first) == Gap::kSlash) return next;  // 2/4/8 g
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
  if (!power_of_two(denominator) || numerator > 64 || numerator % 2 == 0 || !ParseDecimal(Word(denominator), d) ||
      numerator >= d.mantissa)
    return next;
  value = {whole * 1000000 + numerator * (1000000 / d.mantissa), -6, 0};  // 1/64 = 0.015625
  return denominator + 1;
}

// x 10^5, x10⁻⁶, *10^5, x10の5乗 behind a number.
uint32_t Numbers::TimesPower(uint32_t i, pack::Decimal& value) const {
  const std::string_view between = Between(i);
  const bool dot = between == "*" || between == "·" || between == "・" || between == "⋅";
  const uint32_t ten = Word(i) == "x" ? i + 1 : dot ? i : i + 2;
  int32_t power = 0;
  if (ten > i + 1 || PowerOfTen(ten, true, power) == ten) return i;
  value.exponent += power;
  return PowerOfTen(ten, true, power);
}

// The digits of an exponent at `i`; the token behind them, or `i`.
uint32_t Numbers::SmallPower(uint32_t i, bool negative, int32_t& exponent) const {
  constexpr size_t kMostDigits = 2;
  pack::Decimal power;
  if (!IsDigits(i) || Word(i).size() > kMostDigits || !ParseDecimal(Word(i), power) || power.mantissa > kMostPower)
    return i;
  if (power.exponent != 0) return i;
  exponent = static_cast<int32_t>(negative ? -power.mantissa : power.mantissa);
  return i + 1;
}

// 10^5, 10^-5, 10**5, 10の5乗, 10のマイナス5乗, and 10⁵, 10⁻⁵, which are 105 and 10-5 once their width is folded;
// behind a times sign 10-5 and 10E-5 as well.
uint32_t Numbers::PowerOfTen(uint32_t i, bool behind_times, int32_t& exponent) const {
  if (!IsDigits(i) || !Word(i).starts_with("10")) return i;
  constexpr size_t kTen = 2;
  if (Word(i).size() > kTen) {
    pack::Decimal power;
    if (!IsRaisedTen(Source(i)) || !ParseDecimal(Word(i).substr(kTen), power) || power.mantissa > kMostPower) return i;
    exponent = static_cast<int32_t>(power.mantissa);
    return i + 1;
  }
  const uint32_t next = i + 1;
  if (Word(next) == "の") {
    const bool minus = Spells(next + 1, "マイナス");
    const uint32_t digits = minus ? next + 5 : next + 1;
    const uint32_t end = SmallPower(digits, minus || (IsDigits(digits) && r_.tokens[digits].minus), exponent);
    return end != digits && Word(end).starts_with("乗") ? end + 1 : i;
  }
  if (Word(next) == "^" || (behind_times && Word(next) == "e")) {
    const uint32_t digits = Word(next + 1) == "+" ? next + 2 : next + 1;
    const bool minus = IsDigits(digits) && (r_.tokens[digits].minus || GapBefore(digits) == Gap::kHyphen);
    const uint32_t end = SmallPower(digits, minus, exponent);
    return end != digits ? end : i;
  }
  if (Between(next) == "**") {
    const uint32_t end = SmallPower(next, false, exponent);
    return end != next ? end : i;
  }
  const bool superscript = Between(next).ends_with("⁻");
  if (!IsDigits(next) || GapBefore(next) != Gap::kHyphen || !(superscript || behind_times)) return i;
  const uint32_t end = SmallPower(next, true, exponent);
  return end != next ? end : i;
}

}  // namespace sekisho::facts
