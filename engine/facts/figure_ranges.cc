#include "engine/facts/figure_ranges.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::Comparator;
using pack::TermKind;
using text::Gap;

void Bound(Comparator op, Quantity& q) {
  switch (op) {
    case Comparator::kLess:
      q.has_low = false, q.high_open = true;
      break;
    case Comparator::kLessEqual:
      q.has_low = false;
      break;
    case Comparator::kGreater:
      q.has_high = false, q.low_open = true;
      break;
    case Comparator::kGreaterEqual:
      q.has_high = false;
      break;
    case Comparator::kEqual:
    case Comparator::kAbout:
      break;
  }
}

}  // namespace

uint32_t ReadUpperEnd(const FigureLine& line, uint32_t i, Quantity& q) {
  if (!line.IsDigits(i) || line.GapBefore(i) != Gap::kHyphen) return i;
  pack::Decimal upper{};
  const uint32_t after = line.numbers.Read(i, upper);
  if (after == i || line.At(after, TermKind::kUnit) == nullptr) return i;
  q.high = upper;
  return after;
}

void Compare(const FigureLine& line, uint32_t number, Quantity& q) {
  const Hit* before = line.EndingAt(number, TermKind::kComparator);
  const Hit* after = line.At(q.last, TermKind::kComparator);
  if (before != nullptr && !(before->id & pack::kComparatorAfter)) {
    q.first = std::min(q.first, before->first);
    Bound(static_cast<Comparator>(before->id), q);
  } else if (after != nullptr && (after->id & pack::kComparatorAfter)) {
    q.last = after->last;
    Bound(static_cast<Comparator>(after->id & ~pack::kComparatorAfter), q);
  }
}

}  // namespace sekisho::facts
