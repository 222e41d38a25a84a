// What the compiler makes of a designator, a phrase, a number, a date.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/designators.h"
#include "engine/compile/numbers.h"
#include "engine/compile/phrases.h"
#include "re2/re2.h"

namespace sekisho::compile {
namespace {

std::vector<std::string> Designators(std::string_view written) {
  Fault fault;
  auto out = CompileDesignator(written, {}, fault);
  EXPECT_TRUE(fault.empty()) << written << ": " << fault.message;
  return out;
}

bool Accepts(std::string_view written, const std::string& text) {
  for (const std::string& re2 : Designators(written)) {
    if (RE2::FullMatch(text, RE2(re2))) return true;
  }
  return false;
}

TEST(Designators, SeparatorsDoNotMatter) {
  for (const char* text : {"an/pvs-14", "anpvs14", "an/pvs 14a", "an pvs-14-b", "an-pvs.14"})
    EXPECT_TRUE(Accepts("AN/(PVS|AVS)-\\d+[A-Z]?", text)) << text;
  for (const char* text : {"an/pvs-", "an/pvs-14ab", "an//pvs-14", "an/prc-14", "a n/pvs-14"})
    EXPECT_FALSE(Accepts("AN/(PVS|AVS)-\\d+[A-Z]?", text)) << text;
}

TEST(Designators, NoSpaceAfterOneLetter) {
  EXPECT_TRUE(Accepts("F-(15|16)[A-Z]{0,2}", "f-15"));
  EXPECT_TRUE(Accepts("F-(15|16)[A-Z]{0,2}", "f15dj"));
  EXPECT_FALSE(Accepts("F-(15|16)[A-Z]{0,2}", "f 15"));
  EXPECT_FALSE(Accepts("F-(15|16)[A-Z]{0,2}", "f-15-"));
  EXPECT_FALSE(Accepts("F-(15|16)[A-Z]{0,2}", "f-15 to"));  // behind a space stands the next word
  EXPECT_TRUE(Accepts("FA-18", "fa 18"));
  EXPECT_TRUE(Accepts("[A-Z]{1,2}-9", "ab 9"));
  EXPECT_FALSE(Accepts("[A-Z]{1,2}-9", "a 9"));
}

TEST(Designators, ASeparatorNeedsABoundary) {
  EXPECT_TRUE(Accepts("M\\d{1,2}[A-Z]?\\d?", "m16a2"));
  EXPECT_TRUE(Accepts("M\\d{1,2}[A-Z]?\\d?", "m16-a-2"));
  EXPECT_TRUE(Accepts("M\\d{1,2}[A-Z]?\\d?", "m162"));
  EXPECT_FALSE(Accepts("M\\d{1,2}[A-Z]?\\d?", "m16-2"));  // digit to digit: none was written
  EXPECT_TRUE(Accepts("MIL-(STD-)?\\d{3}", "mil-101"));
  EXPECT_TRUE(Accepts("MIL-(STD-)?\\d{3}", "milstd101"));
  EXPECT_TRUE(Accepts("X(-\\d){1,3}", "x-1-2-3"));
  EXPECT_FALSE(Accepts("X(-\\d){1,3}", "x-1-2-3-4"));
}

TEST(Designators, OneForEachAlternativeAtTheTop) { EXPECT_EQ(Designators("F-15|FA-18").size(), 2u); }

TEST(Phrases, Expansion) {
  Fault fault;
  EXPECT_EQ(ExpandPhrase("(light |heavy )?machine gun", fault),
            (std::vector<std::string>{"light machine gun", "heavy machine gun", "machine gun"}));
  EXPECT_EQ(ExpandPhrase("a(b(c)?|d)", fault), (std::vector<std::string>{"abc", "ab", "ad"}));
  EXPECT_EQ(ExpandPhrase("guns?", fault), (std::vector<std::string>{"guns", "gun"}));
  EXPECT_EQ(ExpandPhrase("ー?ム", fault), (std::vector<std::string>{"ーム", "ム"}));
  EXPECT_TRUE(fault.empty());
}

TEST(Numbers, Decimals) {
  const auto is = [](std::string_view text, int64_t mantissa, int32_t exponent) {
    const auto d = ParseDecimal(text);
    return d && d->mantissa == mantissa && d->exponent == exponent;
  };
  EXPECT_TRUE(is("12.70", 127, -1));
  EXPECT_TRUE(is("1000", 1, 3));
  EXPECT_TRUE(is("-0.5", -5, -1));
  EXPECT_TRUE(is("8.41e5", 841, 3));
  EXPECT_TRUE(is("0.000", 0, 0));
  EXPECT_TRUE(is("1.0000000000000000000000000000", 1, 0));
  for (const char* bad : {"", ".", "1.", "1,5", "five", "1e", "9223372036854775808", "1e99"})
    EXPECT_FALSE(ParseDecimal(bad)) << bad;
}

TEST(Numbers, Comparisons) {
  EXPECT_EQ(ParseComparison("20..25 GHz").size(), 2u);
  EXPECT_EQ(ParseComparison("20..25 GHz")[0].quantity.unit, "GHz");
  EXPECT_EQ(ParseComparison(">= 350 uA/lm")[0].op, pack::Comparator::kGreaterEqual);
  EXPECT_TRUE(ParseComparison("350 uA/lm").empty());
}

TEST(Numbers, Dates) {
  EXPECT_EQ(*ParseDate("1970-01-01"), 0);
  EXPECT_EQ(*ParseDate("2020-03-09"), 18330);
  EXPECT_TRUE(ParseDate("2024-02-29"));
  for (const char* bad : {"2023-02-29", "2023-2-9", "2023-00-01", "yesterday"}) EXPECT_FALSE(ParseDate(bad)) << bad;
}

}  // namespace
}  // namespace sekisho::compile
