// Decimals: comparison is antisymmetric, agrees with itself, and follows the mantissas when exponents are equal.
#include <cstring>

#include "engine/facts/decimal.h"
#include "fuzz/check.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view s(reinterpret_cast<const char*>(data), size);
  const size_t cut = s.find(' ');
  pack::Decimal a, b;
  if (cut == std::string_view::npos || !facts::ParseDecimal(s.substr(0, cut), a) ||
      !facts::ParseDecimal(s.substr(cut + 1), b))
    return 0;
  const pack::Unit metre{{0, 0}, 0, 0, 1, 1, {0, 0, 0}}, inch{{0, 0}, 0, -4, 254, 1, {0, 0, 0}},
      knot{{0, 0}, 0, 0, 1852, 3600, {0, 0, 0}};
  for (const pack::Unit& u : {metre, inch, knot}) {
    FUZZ_CHECK(facts::Compare(a, u, a, u) == std::strong_ordering::equal);
    for (const pack::Unit& v : {metre, inch, knot}) {
      FUZZ_CHECK((facts::Compare(a, u, b, v) < 0) == (facts::Compare(b, v, a, u) > 0));
    }
    if (a.exponent == b.exponent) FUZZ_CHECK(facts::Compare(a, u, b, u) == (a.mantissa <=> b.mantissa));
  }
  return 0;
}
