#include "engine/facts/quantities.h"

#include <algorithm>
#include <string>

#include "engine/facts/decimal.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::Comparator;
using pack::kNone;
using pack::TermKind;
using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kMeasureReach = 3;  // tokens between a measure's name and its figure

// Bores of guns, in mm, that `7.62x51` may begin with.
constexpr double kBores[] = {4.6, 5.45, 5.56, 5.7, 5.8, 6.5, 6.8, 7, 7.5, 7.62, 7.63, 7.65, 7.7, 7.9, 7.92, 8, 8.6, 9, 9.3, 10, 12.7, 13, 14.5, 20, 23, 25, 27, 28, 30, 35, 37, 40, 57, 60, 76, 81, 82, 84, 90, 100, 105, 106, 115, 120, 122, 125, 127, 130, 140, 152, 155};

class QuantityReader {
 public:
  QuantityReader(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading, const std::vector<Hit>& hits)
      : pack_(pack), known_(known), r_(reading), hits_(hits) {}

  void ReadAll(std::vector<Quantity>& out) {
    for (uint32_t i = 0; i < r_.tokens.size();) {
      Quantity q{};
      const uint32_t next = ReadOne(i, q);
      if (next == i) {
        ++i;
        continue;
      }
      q.span = {r_.tokens[q.first].field, kNone, 0};
      for (uint32_t k = q.first; k < q.last; ++k) {
        q.span.begin = std::min(q.span.begin, r_.tokens[k].src_begin);
        q.span.end = std::max(q.span.end, r_.tokens[k].src_end);
      }
      out.push_back(q);
      i = next;
    }
  }

 private:
  std::string_view Word(uint32_t i) const {
    if (i >= r_.tokens.size()) return {};
    return std::string_view(r_.text).substr(r_.tokens[i].begin, r_.tokens[i].end - r_.tokens[i].begin);
  }
  bool IsDigits(uint32_t i) const { return i < r_.tokens.size() && r_.tokens[i].script == Script::kDigit; }
  Gap GapBefore(uint32_t i) const { return i < r_.tokens.size() ? r_.tokens[i].gap : Gap::kStop; }

  // The number that starts at `i` in digits[.digits], grouped or with a decimal comma; returns the token after it.
  uint32_t Number(uint32_t i, pack::Decimal& value) const {
    if (!IsDigits(i)) return i;
    std::string digits(r_.tokens[i].minus ? "-" : "");
    digits += Word(i);
    uint32_t next = i + 1;
    bool point = Word(i).starts_with('.');
    const auto grouped = [&](uint32_t k) { return IsDigits(k) && GapBefore(k) == Gap::kComma && Word(k).size() == 3; };
    if (!point && Word(i).size() <= 3 && grouped(next)) {
      while (grouped(next)) digits += Word(next++);
    }
    if (!point && IsDigits(next) && (GapBefore(next) == Gap::kDot || (GapBefore(next) == Gap::kComma && next == i + 1))) {
      digits += '.';
      digits += Word(next++);
    }
    if (!ParseDecimal(digits, value)) return i;
    return Exponent(next, value);
  }

  // x 10^5 behind a number.
  uint32_t Exponent(uint32_t i, pack::Decimal& value) const {
    if (Word(i) != "x" || Word(i + 1) != "10" || Word(i + 2) != "^" || !IsDigits(i + 3)) return i;
    pack::Decimal power;
    if (!ParseDecimal(Word(i + 3), power) || power.mantissa > 30) return i;
    const bool negative = r_.tokens[i + 3].minus || GapBefore(i + 3) == Gap::kHyphen;
    value.exponent += static_cast<int32_t>(negative ? -power.mantissa : power.mantissa);
    return i + 4;
  }

  // The longest hit of a kind that starts at `i`.
  const Hit* At(uint32_t i, TermKind kind) const {
    const Hit* best = nullptr;
    for (const Hit& h : hits_) {
      if (h.first > i) break;
      if (h.first == i && h.kind == kind && (best == nullptr || h.last > best->last)) best = &h;
    }
    return best;
  }
  const Hit* EndingAt(uint32_t i, TermKind kind) const {
    const Hit* best = nullptr;
    for (const Hit& h : hits_) {
      if (h.first >= i) break;
      if (h.last == i && h.kind == kind && (best == nullptr || h.first < best->first)) best = &h;
    }
    return best;
  }

  uint32_t ReadOne(uint32_t i, Quantity& q) const {
    pack::Decimal value{};
    uint32_t next = Number(i, value);
    if (next == i) return i;
    q.first = i;
    q.measure = kNone;
    q.unit = kNone;
    q.low = q.high = value;
    q.has_low = q.has_high = true;
    if (const uint32_t end = CaliberPair(i, next, q); end != next) return q.last = end;
    pack::Decimal upper{};
    uint32_t after = next;
    if (IsDigits(next) && GapBefore(next) == Gap::kHyphen && (after = Number(next, upper)) != next && At(after, TermKind::kUnit) != nullptr) {
      q.high = upper;
      next = after;
    }
    next = Unit(next, q);
    q.last = next;
    Name(q);
    if (q.unit == kNone && !BareCaliber(q)) return i;
    Compare(q);
    return std::max(q.last, next);
  }

  uint32_t Unit(uint32_t next, Quantity& q) const {
    if (GapBefore(next) > Gap::kSpace) return next;
    const Hit* unit = At(next, TermKind::kUnit);
    if (unit == nullptr) return next;
    q.unit = unit->id;
    if (q.unit == known_.caliber_inch) {
      q.measure = known_.caliber;
      Hundredths(q);
    }
    return unit->last;
  }

  // 50 caliber is 0.50 inch, 308 caliber 0.308 inch; .50 says so itself.
  static void Hundredths(Quantity& q) {
    if (q.low.exponent != 0) return;
    const int shift = q.low.mantissa < 100 ? -2 : -3;
    q.low.exponent = q.high.exponent = shift;
  }

  // 7.62x51, 9x19 mm: a bore and a case length.
  uint32_t CaliberPair(uint32_t first, uint32_t next, Quantity& q) const {
    if (Word(next) != "x" || !IsDigits(next + 1) || known_.caliber == kNone) return next;
    pack::Decimal length{};
    const uint32_t end = Number(next + 1, length);
    const double bore = Approximate(q.low), mm = Approximate(length);
    const bool known = std::any_of(std::begin(kBores), std::end(kBores), [&](double b) { return b == bore; });
    if (!known || mm < 15 || mm > 900 || (first > 0 && Word(first - 1) == "x") || Word(end) == "x") return next;
    q.unit = known_.millimetre;
    q.measure = known_.caliber;
    const Hit* unit = At(end, TermKind::kUnit);
    return unit != nullptr && unit->id == known_.millimetre ? unit->last : end;
  }

  static double Approximate(const pack::Decimal& d) {
    double v = static_cast<double>(d.mantissa);
    for (int e = d.exponent; e < 0; ++e) v /= 10;
    for (int e = d.exponent; e > 0; --e) v *= 10;
    return v;
  }

  // The measure that the text names: before the figure (range: 310 km), or right behind it (310 km range).
  void Name(Quantity& q) const {
    if (q.measure != kNone) return;
    for (uint32_t reach = 0; reach <= kMeasureReach && reach <= q.first; ++reach) {
      if (reach > 0 && !Bridge(q.first - reach)) break;
      if (const Hit* h = EndingAt(q.first - reach, TermKind::kMeasure); h != nullptr) {
        q.measure = h->id;
        return;
      }
    }
    for (uint32_t reach = 0; reach <= 1; ++reach) {
      if (const Hit* h = At(q.last + reach, TermKind::kMeasure); h != nullptr && GapBefore(h->first) <= Gap::kSpace) {
        q.measure = h->id;
        return;
      }
    }
  }

  // Words that may stand between a measure and its figure: of, is, =, は, 約, comparators.
  bool Bridge(uint32_t i) const {
    const std::string_view w = Word(i);
    if (w == "of" || w == "is" || w == "=" || w == "は" || w == "が" || w == "の" || w == "約" || w == "to" || w == "up" || w == "at" || w == "least" || w == ">" || w == "<" || w == "≥" || w == "≤") return true;
    return std::any_of(hits_.begin(), hits_.end(), [&](const Hit& h) { return h.kind == TermKind::kComparator && h.first <= i && i < h.last; });
  }

  // caliber .308, cal 7.62, .45 ACP: a calibre without a unit.
  bool BareCaliber(Quantity& q) const {
    if (known_.caliber == kNone || q.low.mantissa <= 0) return false;
    const bool pointed = Word(q.first).starts_with('.');
    const double v = Approximate(q.low);
    const bool plausible = pointed && v >= 0.17 && v <= 0.7 && Word(q.first).size() >= 3;
    if (q.measure != known_.caliber && !(q.measure == kNone && plausible)) return false;
    q.measure = known_.caliber;
    if (pointed || v < 1) {
      q.unit = known_.inch;
    } else if (q.low.exponent == 0 && v >= 17) {
      Hundredths(q);
      q.unit = known_.inch;
    } else {
      q.unit = known_.millimetre;
    }
    return true;
  }

  void Compare(Quantity& q) const {
    const Hit* before = EndingAt(q.first, TermKind::kComparator);
    const Hit* after = At(q.last, TermKind::kComparator);
    if (before != nullptr && !(before->id & pack::kComparatorAfter)) {
      q.first = before->first;
      Bound(static_cast<Comparator>(before->id), q);
    } else if (after != nullptr && (after->id & pack::kComparatorAfter)) {
      q.last = after->last;
      Bound(static_cast<Comparator>(after->id & ~pack::kComparatorAfter), q);
    }
  }

  static void Bound(Comparator op, Quantity& q) {
    switch (op) {
      case Comparator::kLess: q.has_low = false, q.high_open = true; break;
      case Comparator::kLessEqual: q.has_low = false; break;
      case Comparator::kGreater: q.has_high = false, q.low_open = true; break;
      case Comparator::kGreaterEqual: q.has_high = false; break;
      case Comparator::kEqual:
      case Comparator::kAbout: break;
    }
  }

  const pack::Pack& pack_;
  const KnownUnits& known_;
  const text::Reading& r_;
  const std::vector<Hit>& hits_;
};

}  // namespace

KnownUnits::KnownUnits(const pack::Pack& pack)
    : millimetre(pack.FindUnit("mm")), inch(pack.FindUnit("in")), caliber_inch(pack.FindUnit("caliber-inch")), caliber(pack.FindMeasure("caliber")) {
  if (millimetre == kNone || inch == kNone) caliber = kNone;
}

void ReadQuantities(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading, const std::vector<Hit>& hits,
                    std::vector<Quantity>& out) {
  QuantityReader(pack, known, reading, hits).ReadAll(out);
}

}  // namespace sekisho::facts
