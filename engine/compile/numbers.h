// Exact numbers and dates as authors write them: "0.028349523125", "1000/3600", "12.7 mm", ">= 350 uA/lm",
// "2016-12-31".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/layout.h"

namespace sekisho::compile {

// mantissa * 10^exponent with no trailing zeros in the mantissa. None when it is no number or does not fit.
std::optional<pack::Decimal> ParseDecimal(std::string_view text);

struct Ratio {  // num / den * 10^exponent, in lowest terms
  int64_t num = 0, den = 1;
  int32_t exponent = 0;
};
std::optional<Ratio> ParseRatio(std::string_view text);  // a decimal, or two with a slash between
// The ratio as a decimal; `exact` says whether it is one. Otherwise rounded to 15 places.
pack::Decimal ToDecimal(const Ratio& ratio, bool& exact);

struct Quantity {
  pack::Decimal value;
  std::string unit;
};
std::optional<Quantity> ParseQuantity(std::string_view text);  // "12.7 mm"; the unit may be empty

struct Comparison {
  pack::Comparator op;
  Quantity quantity;
};
// "< 5 um" gives one, "20..25 GHz" two; empty when it is no comparison.
std::vector<Comparison> ParseComparison(std::string_view text);

std::optional<int32_t> ParseDate(std::string_view text);  // days since 1970-01-01

}  // namespace sekisho::compile
