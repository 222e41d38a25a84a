// Exact decimals, ratios, quantities, comparisons and dates.
#include "engine/compile/numbers.h"

#include <limits>
#include <numeric>
#include <utility>

#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

using Wide = __int128;
constexpr int64_t kMax = std::numeric_limits<int64_t>::max();

// How many bytes of `s` are a decimal number: [-+]digits[.digits][e[-+]digits].
size_t NumberLength(std::string_view s) {
  size_t i = 0, digits = 0;
  if (i < s.size() && (s[i] == '-' || s[i] == '+')) ++i;
  while (i < s.size() && IsDigit(s[i])) ++i, ++digits;
  if (i + 1 < s.size() && s[i] == '.' && IsDigit(s[i + 1])) {
    for (++i; i < s.size() && IsDigit(s[i]); ++i) ++digits;
  }
  if (digits == 0) return 0;
  size_t e = i;
  if (e < s.size() && (s[e] == 'e' || s[e] == 'E')) {
    ++e;
    if (e < s.size() && (s[e] == '-' || s[e] == '+')) ++e;
    const size_t first = e;
    while (e < s.size() && IsDigit(s[e])) ++e;
    if (e > first) i = e;
  }
  return i;
}

void StripZeros(int64_t& mantissa, int32_t& exponent) {
  if (mantissa == 0) exponent = 0;
  while (mantissa != 0 && mantissa % 10 == 0) mantissa /= 10, ++exponent;
}

}  // namespace

std::optional<pack::Decimal> ParseDecimal(std::string_view s) {
  s = Trim(s);
  if (s.empty() || NumberLength(s) != s.size()) return std::nullopt;
  const bool negative = s[0] == '-';
  if (s[0] == '-' || s[0] == '+') s.remove_prefix(1);
  int32_t exponent = 0;
  if (const size_t e = s.find_first_of("eE"); e != s.npos) {
    if (!ParseInt(s.substr(e + 1), exponent) || exponent > 60 || exponent < -60) return std::nullopt;
    s = s.substr(0, e);
  }
  Wide mantissa = 0;
  int pending = 0;  // zeros not yet multiplied in, so that 1.000000000000000000000 fits
  bool fraction = false;
  for (const char c : s) {
    if (c == '.') {
      fraction = true;
      continue;
    }
    if (fraction) --exponent;
    ++pending;
    if (c == '0') continue;
    for (; pending > 0; --pending) {
      mantissa *= 10;
      if (mantissa > kMax) return std::nullopt;
    }
    mantissa += c - '0';
    if (mantissa > kMax) return std::nullopt;
  }
  if (mantissa == 0) return pack::Decimal{0, 0, 0};
  return pack::Decimal{negative ? -static_cast<int64_t>(mantissa) : static_cast<int64_t>(mantissa), exponent + pending,
                       0};
}

std::optional<Ratio> ParseRatio(std::string_view text) {
  const size_t slash = text.find('/');
  const auto num = ParseDecimal(text.substr(0, slash));
  const auto den = slash == text.npos ? pack::Decimal{1, 0, 0} : ParseDecimal(text.substr(slash + 1));
  if (!num || !den || den->mantissa <= 0) return std::nullopt;
  Ratio out{num->mantissa, den->mantissa, num->exponent - den->exponent};
  const int64_t common = std::gcd(out.num, out.den);
  if (common > 1) out.num /= common, out.den /= common;
  StripZeros(out.num, out.exponent);
  while (out.den % 10 == 0) out.den /= 10, --out.exponent;
  // What is left of 2 and 5 below the line moves into the power of ten: 1/2 = 5e-1.
  for (const auto& [factor, other] : {std::pair<int64_t, int64_t>{2, 5}, {5, 2}}) {
    while (out.den % factor == 0 && out.num <= kMax / other && out.num >= -kMax / other) {
      out.den /= factor, out.num *= other, --out.exponent;
    }
  }
  return out;
}

pack::Decimal ToDecimal(const Ratio& ratio, bool& exact) {
  exact = ratio.den == 1;
  pack::Decimal out{ratio.num, ratio.exponent, 0};
  if (exact) return out;
  Wide scaled = ratio.num;
  while (out.exponent > -15 && scaled < Wide{1} << 100 && scaled > -(Wide{1} << 100)) scaled *= 10, --out.exponent;
  scaled = (2 * scaled + (scaled < 0 ? -ratio.den : ratio.den)) / (2 * Wide{ratio.den});
  while (scaled > kMax || scaled < -kMax) scaled /= 10, ++out.exponent;
  out.mantissa = static_cast<int64_t>(scaled);
  StripZeros(out.mantissa, out.exponent);
  return out;
}

std::optional<Quantity> ParseQuantity(std::string_view text) {
  text = Trim(text);
  const size_t length = NumberLength(text);
  const auto value = ParseDecimal(text.substr(0, length));
  if (length == 0 || !value) return std::nullopt;
  return Quantity{*value, std::string(Trim(text.substr(length)))};
}

std::vector<Comparison> ParseComparison(std::string_view text) {
  text = Trim(text);
  using enum pack::Comparator;
  static constexpr std::pair<std::string_view, pack::Comparator> kOperators[] = {
      {">=", kGreaterEqual}, {"<=", kLessEqual}, {"≥", kGreaterEqual}, {"≤", kLessEqual},
      {">", kGreater},       {"<", kLess},       {"=", kEqual}};
  for (const auto& [sign, op] : kOperators) {
    if (text.substr(0, sign.size()) != sign) continue;
    const auto quantity = ParseQuantity(text.substr(sign.size()));
    return quantity ? std::vector<Comparison>{{op, *quantity}} : std::vector<Comparison>{};
  }
  const size_t dots = text.find("..");
  if (dots == text.npos) return {};
  auto low = ParseQuantity(text.substr(0, dots));
  const auto high = ParseQuantity(text.substr(dots + 2));
  if (!low || !high) return {};
  if (low->unit.empty()) low->unit = high->unit;
  return {{kGreaterEqual, *low}, {kLessEqual, *high}};
}

std::optional<int32_t> ParseDate(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  int year = 0, month = 0, day = 0;
  for (const size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!IsDigit(s[i])) return std::nullopt;
  }
  if (!ParseInt(s.substr(0, 4), year) || !ParseInt(s.substr(5, 2), month) || !ParseInt(s.substr(8), day)) {
    return std::nullopt;
  }
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > kDays[month - 1] + (month == 2 && leap ? 1 : 0))
    return std::nullopt;
  // Howard Hinnant's days_from_civil.
  const int y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

}  // namespace sekisho::compile
