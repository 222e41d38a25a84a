#include "engine/facts/figure_ranges.h"

#include <utility>

#include "engine/facts/decimal.h"
#include "engine/facts/figure_units.h"

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

// Whether a range goes on before token `i`: a hyphen, a wave dash, dots.
bool IsRangeGap(std::string_view between) {
  for (const std::string_view mark : {"-", "~", "〜", "～", "－", "–", "—", "−", "‐", "―", "..", "…", "‥"}) {
    if (between.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

bool IsWaveDash(std::string_view s) { return s.starts_with("~") || s.starts_with("〜") || s.starts_with("～"); }

// ～１０ＧＨｚ: a wave dash right before a figure, and nothing that it would join to it.
bool OpensRange(const FigureLine& line, uint32_t i) {
  std::string_view between = line.numbers.Between(i);
  if (i > 0 && line.IsDigits(i - 1)) return false;
  while (!between.empty() && !IsWaveDash(between)) between.remove_prefix(1);
  const bool alone = i == 0 || line.At(i - 1, TermKind::kUnit) == nullptr;
  return alone && (between == "~" || between == "〜" || between == "～");
}

// １０ＧＨｚ～: one right behind the figure that ends before token `i`, and no other figure there.
bool ClosesRange(const FigureLine& line, uint32_t i) {
  if (i == 0 || line.IsDigits(line.numbers.DigitsAt(i))) return false;
  const text::Token& last = line.reading.tokens[i - 1];
  return IsWaveDash(line.reading.source[last.field].substr(last.src_end));
}

// Where the digits of a range's other end begin, behind what joins it to the first at token `i`; kNone where nothing
// does.
uint32_t UpperDigits(const FigureLine& line, uint32_t i, const Quantity& q) {
  const Numbers& numbers = line.numbers;
  const auto digits_at = [&](uint32_t k) {
    const uint32_t digits = numbers.DigitsAt(k);
    return line.IsDigits(digits) ? digits : pack::kNone;
  };
  const std::string_view w = line.Word(i);
  if (w == "to" || w == "thru" || w == "through") return digits_at(i + 1);
  if (w == "and" && q.first > 0 && line.Word(q.first - 1) == "between") return digits_at(i + 1);
  if (w == "か" && line.Word(i + 1) == "ら") return digits_at(i + 2);
  if (w == "乃" && line.Word(i + 1) == "至") return digits_at(i + 2);
  if (w == "な" && line.Word(i + 1) == "い" && line.Word(i + 2) == "し") return digits_at(i + 3);
  if (digits_at(i) == pack::kNone) return pack::kNone;
  const bool slash = line.GapBefore(i) == Gap::kSlash || numbers.Between(i).find('/') != std::string_view::npos;
  const bool slashed = slash && w == "+";  // -40/+85, -40 / +85
  return slashed || line.GapBefore(i) == Gap::kHyphen || IsRangeGap(numbers.Between(i)) ? digits_at(i) : pack::kNone;
}

// The lower end in another unit, where that is a power of ten away (kHz, GHz).
bool Shift(const FigureLine& line, uint32_t unit, Quantity& q) {
  const pack::Unit &from = line.pack.units()[q.unit], &to = line.pack.units()[unit];
  if (from.num != to.num || from.den != to.den || from.offset.mantissa != 0 || to.offset.mantissa != 0) return false;
  q.low.exponent += from.exponent - to.exponent;
  q.unit = unit;
  return true;
}

}  // namespace

uint32_t ReadUpperEnd(const FigureLine& line, uint32_t i, Quantity& q) {
  const uint32_t digits = UpperDigits(line, i, q);
  pack::Decimal upper{};
  const uint32_t after = digits == pack::kNone ? digits : line.numbers.Read(digits, upper);
  if (after == digits || line.At(after, TermKind::kUnit) == nullptr) return i;
  q.high = upper;
  return after;
}

uint32_t ReadUpperEndWithUnit(const FigureLine& line, uint32_t i, Quantity& q) {
  const uint32_t digits = q.unit == pack::kNone ? pack::kNone : UpperDigits(line, i, q);
  if (digits == pack::kNone) return i;
  Quantity upper{};
  const uint32_t after = line.numbers.Read(digits, upper.low);
  upper.unit = pack::kNone;
  upper.first = digits;
  const uint32_t end = after == digits ? after : ReadUnit(line, after, upper);
  if (end == after || line.Dimension(upper.unit) != line.Dimension(q.unit)) return i;
  if (upper.unit != q.unit && !Shift(line, upper.unit, q)) return i;
  q.high = upper.low;
  return end;
}

void ReadFromDirectCurrent(const FigureLine& line, uint32_t i, Quantity& q) {
  if (q.unit == pack::kNone || q.low.mantissa != q.high.mantissa || i == 0) return;
  uint32_t at = i - 1;
  if (at > 0 && line.Word(at) == "to") {
    --at;
  } else if (line.GapBefore(i) != Gap::kHyphen && !IsRangeGap(line.numbers.Between(i))) {
    return;
  }
  if (line.Word(at) != "dc") return;
  const uint32_t hertz = line.pack.FindUnit("Hz");
  if (hertz == pack::kNone || line.Dimension(hertz) != line.Dimension(q.unit)) return;
  q.low = {0, 0, 0};
  q.first = std::min(q.first, at);
}

void PutInOrder(const FigureLine& line, Quantity& q) {
  if (q.low.mantissa == q.high.mantissa && q.low.exponent == q.high.exponent) return;
  const pack::Unit& unit = line.pack.units()[q.unit];
  if (facts::Compare(q.high, unit, q.low, unit) < 0) std::swap(q.low, q.high);
}

void Compare(const FigureLine& line, uint32_t number, Quantity& q) {
  const auto behind = [](const Hit& h) { return (h.id & pack::kComparatorAfter) != 0; };
  const Hit *before = nullptr, *after = nullptr;
  for (const Hit& h : line.Around(number)) {
    if (h.kind == TermKind::kComparator && h.last == number && !behind(h) &&
        (before == nullptr || h.first < before->first))
      before = &h;
  }
  bool named = false;  // 300 km, max payload 500 kg: the word is of the next figure's name
  for (const Hit& h : line.StartingAt(q.last)) {
    named = named || h.kind == TermKind::kMeasure;
    if (h.kind == TermKind::kComparator && behind(h) && (after == nullptr || h.last > after->last)) after = &h;
  }
  if (before == nullptr && after == nullptr && q.unit != pack::kNone && q.low.mantissa == q.high.mantissa) {
    const bool plus = line.Word(q.last) == "+" && line.GapBefore(q.last) == Gap::kNone && !line.IsDigits(q.last + 1);
    const bool opens = OpensRange(line, number), closes = plus || ClosesRange(line, q.last);    // 300km+, 300km～
    if (opens != closes) Bound(opens ? Comparator::kLessEqual : Comparator::kGreaterEqual, q);  // ～300km～ is no range
    if (plus) ++q.last;
  }
  if (before != nullptr) {
    q.first = std::min(q.first, before->first);
    Bound(static_cast<Comparator>(before->id), q);
  } else if (after != nullptr && !named) {
    q.last = after->last;
    Bound(static_cast<Comparator>(after->id & ~pack::kComparatorAfter), q);
  }
}

}  // namespace sekisho::facts
