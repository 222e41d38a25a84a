// engine/facts: exact decimals across units.
#include "engine/facts/decimal.h"

#include <gtest/gtest.h>

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

TEST(Decimal, RefusesWhatIsNoNumber) {
  pack::Decimal d;
  EXPECT_FALSE(ParseDecimal("", d));
  EXPECT_FALSE(ParseDecimal(".", d));
  EXPECT_FALSE(ParseDecimal("1.2.3", d));
  EXPECT_FALSE(ParseDecimal("1234567890123456789", d));
}

}  // namespace
}  // namespace sekisho::facts
