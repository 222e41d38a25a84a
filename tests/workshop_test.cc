// The workshop's small pieces: intervals, limits of a gate, canonical form, figures as text. What its commands do as a
// whole is in tests/workshop/.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "engine/workshop/check.h"
#include "engine/workshop/diff.h"
#include "engine/workshop/eval.h"
#include "engine/workshop/format.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

TEST(Workshop, WilsonInterval) {
  EXPECT_NEAR(Wilson(50, 100).low, 0.4038, 1e-4);
  EXPECT_NEAR(Wilson(50, 100).high, 0.5962, 1e-4);
  EXPECT_EQ(Wilson(0, 10).low, 0);
  EXPECT_NEAR(Wilson(0, 10).high, 0.2775, 1e-4);
  EXPECT_NEAR(Wilson(10, 10).high, 1, 1e-12);
  EXPECT_EQ(Wilson(0, 0).high, 1);
}

TEST(Workshop, LimitsOfAGate) {
  EXPECT_NEAR(*ParseLimit("0.5%", {})->max_share, 0.005, 1e-12);
  EXPECT_EQ(*ParseLimit("12", {})->max_count, 12u);
  for (const char* wrong : {"", "%", "-1", "1.5", "x", "5%%", "nan", "0.5 %"})
    EXPECT_FALSE(ParseLimit(wrong, {})) << wrong;
}

TEST(Workshop, GateCountsFromItsLimitOn) {
  Diff diff;
  diff.items = 200, diff.changed_items = 1;
  EXPECT_TRUE(Violations(diff, *ParseLimit("0.5%", {})).empty());
  diff.changed_items = 2;
  EXPECT_EQ(Violations(diff, *ParseLimit("0.5%", {})).size(), 1u);
  EXPECT_EQ(Violations(diff, *ParseLimit("1", {})).size(), 1u);
  EXPECT_TRUE(Violations(diff, {}).empty());
}

TEST(Workshop, FormatIsIdempotentAndKeepsScalars) {
  const std::string text =
      "{\"a\":[1.50,true,null,\"\\u30ac\"],\"b\":{},\"c\":[] /* c */ ,\n// d\n\"d\":{\"x\":[{\"y\":1}]}}";
  const auto once = Format(text);
  ASSERT_TRUE(once.ok());
  EXPECT_EQ(*once,
            "{\n  \"a\": [1.50, true, null, \"ガ\"],\n  \"b\": {},\n  \"c\": [], /* c */\n  // d\n  \"d\": {\n"
            "    \"x\": [{\"y\": 1}]\n  }\n}\n");
  EXPECT_EQ(*Format(*once), *once);
  for (const char* wrong : {"", "{", "[1 2]", "{\"a\" 1}", "[1,,2]", "\"a", "[1] 2", "/* open"})
    EXPECT_FALSE(Format(wrong).ok()) << wrong;
}

TEST(Workshop, FiguresAsText) {
  EXPECT_EQ(DecimalText({127, -1, 0}), "12.7");
  EXPECT_EQ(DecimalText({-5, -3, 0}), "-0.005");
  EXPECT_EQ(DecimalText({3, 3, 0}), "3000");
  EXPECT_EQ(DecimalText({0, 5, 0}), "0");
  EXPECT_EQ(Category("us-usml", "XII(c)(2)"), "XII");
  EXPECT_EQ(Category("us-ccl", "0A501.a"), "0A");
  EXPECT_EQ(Category("jp-etco", "2(10の2)"), "2");
}

TEST(Workshop, EveryCodeIsInTheManual) {
  std::ifstream in(std::string(SEKISHO_SOURCE_DIR) + "/docs/diagnostics.md");
  const std::string manual{std::istreambuf_iterator<char>(in), {}};
  for (const compile::CodeInfo& info : kLintCodes) {
    EXPECT_NE(manual.find("| " + std::string(info.code) + " |"), std::string::npos) << info.code;
    EXPECT_EQ(CodeMeaning(info.code), info.meaning);
  }
}

}  // namespace
}  // namespace sekisho::workshop
