// engine/facts: exact decimals across units, and numbers with a form of their own.
#include "engine/facts/decimal.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "engine/facts/designators.h"

namespace sekisho::facts {
namespace {

pack::Unit Unit(int64_t num, int64_t den, int32_t exponent, pack::Decimal offset = {0, 0, 0}) {
  return {{0, 0}, 0, exponent, num, den, offset};
}
pack::Decimal D(std::string_view s) {
  pack::Decimal d;
  EXPECT_TRUE(ParseDecimal(s, d)) << s;
  return d;
}

const pack::Unit kMillimetre = Unit(1, 1, -3), kInch = Unit(254, 1, -4), kKilometre = Unit(1, 1, 3),
                 kNautical = Unit(1852, 1, 0);

TEST(Decimal, HalfAnInchIsExactly12Point7Millimetres) {
  EXPECT_EQ(Compare(D(".50"), kInch, D("12.7"), kMillimetre), std::strong_ordering::equal);
  EXPECT_EQ(Compare(D("0.5000000001"), kInch, D("12.7"), kMillimetre), std::strong_ordering::greater);
  EXPECT_EQ(Compare(D("12.69999999999999"), kMillimetre, D("0.5"), kInch), std::strong_ordering::less);
}

TEST(Decimal, ComparesFractionsExactly) {
  const pack::Unit knot = Unit(1852, 3600, 0), mps = Unit(1, 1, 0);
  EXPECT_EQ(Compare(D("3600"), knot, D("1852"), mps), std::strong_ordering::equal);
  EXPECT_EQ(Compare(D("162"), kNautical, D("300"), kKilometre), std::strong_ordering::greater);
}

TEST(Decimal, ComparesTemperaturesWithOffsets) {
  const pack::Unit kelvin = Unit(1, 1, 0), celsius = Unit(1, 1, 0, {27315, -2, 0});
  EXPECT_EQ(Compare(D("-40"), celsius, D("233.15"), kelvin), std::strong_ordering::equal);
  EXPECT_EQ(Compare(D("-258"), celsius, D("20"), kelvin), std::strong_ordering::less);
}

// No exponent, offset or factor of a unit that a pack can have leaves 128 bits behind.
TEST(Decimal, ComparesTemperaturesOfAnySize) {
  const pack::Unit kelvin = Unit(1, 1, 0), celsius = Unit(1, 1, 0, {27315, -2, 0}),
                   odd = Unit(INT64_MAX, 1, 1000, {INT64_MAX, 1000, 0}),
                   odd_below = Unit(INT64_MAX, 1, 1000, {INT64_MIN, 1000, 0});
  const pack::Decimal huge{INT64_MAX, 60, 0}, huge_below{INT64_MIN, 60, 0}, tiny{1, -2000, 0};
  EXPECT_EQ(Compare(huge, celsius, D("20"), kelvin), std::strong_ordering::greater);
  EXPECT_EQ(Compare(huge_below, celsius, D("20"), kelvin), std::strong_ordering::less);
  EXPECT_EQ(Compare(tiny, celsius, D("273.15"), kelvin), std::strong_ordering::equal);
  EXPECT_EQ(Compare(D("1"), odd, D("1"), celsius), std::strong_ordering::greater);
  EXPECT_EQ(Compare(huge_below, odd_below, huge, celsius), std::strong_ordering::less);
}

TEST(Decimal, OrdersSigns) {
  EXPECT_EQ(Compare(D("-1"), kKilometre, D("1"), kMillimetre), std::strong_ordering::less);
  EXPECT_EQ(Compare(D("-0"), kKilometre, D("0"), kMillimetre), std::strong_ordering::equal);
  EXPECT_EQ(Compare(D("-2"), kMillimetre, D("-1"), kMillimetre), std::strong_ordering::less);
}

// Small figures are compared in 128 bits and others in 512: the same figure, written so that it needs those, compares
// the same.
TEST(Decimal, ComparesAlikeInFewAndInManyBits) {
  constexpr int64_t kWideFactor = 1000000000000000000;  // 10 to the 18th
  std::mt19937 random(7);
  const auto up_to = [&](int64_t most) { return std::uniform_int_distribution<int64_t>(-most, most)(random); };
  size_t equal = 0;
  for (int i = 0; i < 60000; ++i) {
    const bool little = i % 2 == 0;
    const int64_t most = little ? 12 : 1000000, times = little ? kWideFactor / 10 : kWideFactor / 1000000;
    const int32_t zeros = little ? 17 : 12;  // of `times`
    const pack::Decimal a{up_to(most), static_cast<int32_t>(up_to(3)), 0},
        b{up_to(most), static_cast<int32_t>(up_to(3)), 0};
    const pack::Unit u = Unit(std::abs(up_to(5)) + 1, std::abs(up_to(5)) + 1, static_cast<int32_t>(up_to(2))),
                     v = Unit(std::abs(up_to(5)) + 1, std::abs(up_to(5)) + 1, static_cast<int32_t>(up_to(2)));
    const auto wide = [&](pack::Decimal d) { return d.mantissa *= times, d.exponent -= zeros, d; };
    const auto wide_unit = [&](pack::Unit unit) { return unit.num *= kWideFactor, unit.exponent -= 18, unit; };
    const auto few = Compare(a, u, b, v), many = Compare(wide(a), wide_unit(u), wide(b), wide_unit(v));
    ASSERT_TRUE(few == many) << a.mantissa << "e" << a.exponent << ", " << b.mantissa << "e" << b.exponent;
    equal += few == std::strong_ordering::equal;
  }
  EXPECT_GT(equal, 50u);
}

// A stock number is found wherever it stands, whatever stands around it.
TEST(Designators, StockNumbersAtEveryPlace) {
  for (const std::string_view filler : {"x", "/", ":", "\xE5\xBC\xBE", "\xEF\xBC\x99"}) {  // 弾, ９
    std::string before;
    for (int i = 0; i < 20; ++i, before += filler) {
      const std::string line = before + "5995-01-190-5573" + std::string(filler);
      std::vector<Designator> found;
      ReadDesignators(line, {}, {}, found);
      ASSERT_EQ(found.size(), 1u) << line;
      EXPECT_EQ(found[0].span.begin, before.size()) << line;
      EXPECT_EQ(found[0].span.end, before.size() + 16) << line;
    }
  }
}

TEST(Decimal, RefusesWhatIsNoNumber) {
  pack::Decimal d;
  EXPECT_FALSE(ParseDecimal("", d));
  EXPECT_FALSE(ParseDecimal(".", d));
  EXPECT_FALSE(ParseDecimal("1.2.3", d));
  EXPECT_FALSE(ParseDecimal("1234567890123456789", d));
}

}  // namespace
}  // namespace sekisho::facts
