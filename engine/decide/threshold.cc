#include "engine/decide/threshold.h"

#include "engine/facts/decimal.h"

namespace sekisho::decide {

using pack::Comparator;
using pack::kNone;

bool Speaks(const pack::Pack& pack, const facts::Quantity& q, const pack::MeasureTest& test) {
  if (pack.units()[q.unit].dimension != pack.units()[test.unit].dimension) return false;
  if (q.measure != kNone) return q.Names(test.measure);
  return q.Implies(pack.ids(pack.measures()[test.measure].implied));
}

Truth Satisfies(const pack::Pack& pack, const facts::Quantity& q, const pack::MeasureTest& test) {
  const pack::Unit& unit = pack.units()[q.unit];
  const pack::Unit& bound = pack.units()[test.unit];
  const bool figure = q.low.mantissa == q.high.mantissa && q.low.exponent == q.high.exponent;  // no interval
  const auto low = facts::Compare(q.low, unit, test.value, bound),
             high = figure ? low : facts::Compare(q.high, unit, test.value, bound);
  const auto truth = [](bool all, bool some) { return all ? Truth::kYes : some ? Truth::kOpen : Truth::kNo; };
  switch (test.op) {
    case Comparator::kLess:
      return truth(q.has_high && (high < 0 || (high == 0 && q.high_open)), !q.has_low || low < 0);
    case Comparator::kLessEqual:
      return truth(q.has_high && high <= 0, !q.has_low || low < 0 || (low == 0 && !q.low_open));
    case Comparator::kGreater:
      return truth(q.has_low && (low > 0 || (low == 0 && q.low_open)), !q.has_high || high > 0);
    case Comparator::kGreaterEqual:
      return truth(q.has_low && low >= 0, !q.has_high || high > 0 || (high == 0 && !q.high_open));
    case Comparator::kEqual:
    case Comparator::kAbout: {
      const bool point = q.has_low && q.has_high && low == 0 && high == 0;
      return truth(point, (!q.has_low || low <= 0) && (!q.has_high || high >= 0));
    }
  }
  return Truth::kNo;
}

}  // namespace sekisho::decide
