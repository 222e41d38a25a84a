#include "engine/facts/figure_names.h"

#include <cstdlib>
#include <iterator>
#include <utility>

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::TermKind;
using text::Gap;
using text::Script;

constexpr uint32_t kReach = 3;  // tokens between a measure's name and its figure

class Namer {
 public:
  Namer(const FigureLine& line, uint32_t taken, Quantity& q) : line_(line), taken_(taken), q_(q) {}

  uint32_t Name(uint32_t unit_at) {
    TakeNearest();
    if (q_.measure == kNone) TryOtherUnits(unit_at);
    return named_;
  }

 private:
  void TakeNearest() {
    if (q_.measure != kNone) return;
    for (uint32_t reach = 0; reach <= kReach && reach <= q_.first; ++reach) {
      if (reach > 0 && !Bridge(q_.first - reach)) break;
      if (const Hit* h = Named(q_.first - reach, true); h != nullptr && h->last > taken_) {
        Take(*h);
        q_.first = h->first;
        return;
      }
    }
    for (uint32_t reach = 0; reach <= 1; ++reach) {
      if (q_.unit == kNone && reach > 0) break;
      const Hit* h = Named(q_.last + reach, false);
      if (h == nullptr || line_.GapBefore(h->first) > Gap::kSpace) continue;
      if (line_.At(h->first, TermKind::kMeasure)->last > h->last)
        continue;  // of a longer name: 2 GHz 周波数切換時間 1 ms
      const Owner owner = OwnerOf(*h);
      if (owner == Owner::kNext) return;
      Take(*h);
      if (reach == 0 && owner == Owner::kThis) q_.last = named_ = h->last;
      return;
    }
  }

  // kN and kn, キロ: the unit that a measure beside the figure can be stated in is meant.
  void TryOtherUnits(uint32_t at) {
    const uint32_t first = q_.unit;
    for (const Hit& h : line_.StartingAt(at)) {
      if (h.kind != TermKind::kUnit || h.last != q_.last || h.id == first) continue;
      q_.unit = h.id;
      TakeNearest();
      if (q_.measure != kNone) return;
    }
    q_.unit = first;
  }

  // Whose name it is that stands behind a figure: 3 mm thickness, 5 mm; 26.5 GHz bandwidth 85 MHz; 0.1 nm resolution
  // 40 m. Before another figure of its dimension it is this one's where another name follows there. Where that one ends
  // what is said, the rules tell: of the two the figure is meant that comes nearer to what they ask for.
  enum class Owner : uint8_t { kThis, kNext, kEither };
  Owner OwnerOf(const Hit& name) const {
    uint32_t i = name.last;
    while (i < line_.size() && i < name.last + kReach && !line_.IsDigits(i) && Bridge(i)) ++i;
    const Gap gap = line_.GapBefore(name.last);
    if (!line_.IsDigits(i) || (gap > Gap::kSpace && gap != Gap::kOpen)) return Owner::kThis;
    pack::Decimal value{};
    const uint32_t at = line_.numbers.Read(i, value);
    const Hit* unit = line_.At(at, TermKind::kUnit);
    if (unit == nullptr) return line_.Word(at) == "+" ? Owner::kNext : Owner::kEither;
    const uint32_t dimension = line_.Dimension(unit->id), end = unit->last;
    if (dimension != line_.MeasureDimension(name.id)) return Owner::kThis;
    const auto behind = line_.StartingAt(end);
    const bool named = std::any_of(behind.begin(), behind.end(), [&](const Hit& h) {
      return h.kind == TermKind::kMeasure && line_.MeasureDimension(h.id) == dimension;
    });
    if (named) return Owner::kThis;
    const bool ends = end == line_.size() || line_.GapBefore(end) >= Gap::kComma || line_.IsDigits(end);
    return ends ? Nearer(name.id, value, unit->id) : Owner::kEither;
  }

  // Which of the two figures has the order of magnitude of what rules compare the measure with.
  Owner Nearer(uint32_t measure, const pack::Decimal& next, uint32_t unit) const {
    if (q_.unit == kNone) return Owner::kEither;  // cal .20/cal .30
    constexpr int32_t kFar = 1000;
    const int32_t here = Order(q_.low, q_.unit), there = Order(next, unit);
    int32_t from_here = kFar, from_there = kFar;
    for (const pack::MeasureTest& t : line_.pack.measure_tests()) {
      if (t.measure != measure) continue;
      const int32_t asked = Order(t.value, t.unit);
      from_here = std::min(from_here, std::abs(here - asked));
      from_there = std::min(from_there, std::abs(there - asked));
    }
    return from_here == from_there ? Owner::kEither : from_here < from_there ? Owner::kThis : Owner::kNext;
  }

  // Digits before the point of a figure in base units, below zero the zeros behind it.
  int32_t Order(const pack::Decimal& value, uint32_t unit_id) const {
    const auto digits = [](int64_t v) {
      int32_t n = 0;
      for (; v != 0; v /= 10) ++n;
      return n;
    };
    const int32_t order = digits(value.mantissa) + value.exponent;
    if (unit_id == kNone) return order;  // a measure without a unit
    const pack::Unit& unit = line_.pack.units()[unit_id];
    return order + unit.exponent + digits(unit.num) - digits(unit.den);
  }

  // The longest name of a measure that ends (or starts) at `i` and that the figure's unit can measure: several measures
  // share words. A Japanese one without a space inside it first: 推進軸　出力 is no 軸出力.
  const Hit* Named(uint32_t i, bool ends) const {
    const Hit* best = nullptr;
    for (const Hit& h : ends ? line_.Around(i) : line_.StartingAt(i)) {
      if (h.kind != TermKind::kMeasure || (ends ? h.last : h.first) != i) continue;
      const auto rank = [&](const Hit& hit) { return std::make_pair(!Broken(hit), hit.last - hit.first); };
      if (Fits(h.id) && (best == nullptr || rank(h) > rank(*best))) best = &h;
    }
    return best;
  }

  bool Broken(const Hit& h) const {
    for (uint32_t i = h.first + 1; i < h.last; ++i) {
      const Script s = line_.reading.tokens[i].script;
      if (s != Script::kLatin && s != Script::kDigit && line_.reading.SpaceBefore(i)) return true;
    }
    return false;
  }

  bool Fits(uint32_t measure) const {
    if (q_.unit == kNone) return measure == line_.known.caliber || line_.IsBare(measure);
    return line_.MeasureDimension(measure) == line_.Dimension(q_.unit);
  }

  void Take(const Hit& name) {
    q_.measure = name.id;
    size_t n = 0;
    for (const Hit& h : line_.StartingAt(name.first)) {
      const bool twin = h.kind == TermKind::kMeasure && h.last == name.last && h.id != name.id;
      if (twin && n < std::size(q_.also) && Fits(h.id)) q_.also[n++] = h.id;
    }
  }

  // Words that may stand between a measure and its figure: of, is, =, は, 約, comparators.
  bool Bridge(uint32_t i) const {
    const std::string_view w = line_.Word(i);
    if (w == "of" || w == "is" || w == "=" || w == "は" || w == "が" || w == "の" || w == "約" || w == "to" ||
        w == "up" || w == "at" || w == "least" || w == ">" || w == "<" || w == "≥" || w == "≤")
      return true;
    const auto around = line_.Around(i);
    return std::any_of(around.begin(), around.end(),
                       [&](const Hit& h) { return h.kind == TermKind::kComparator && h.first <= i && i < h.last; });
  }

  const FigureLine& line_;
  const uint32_t taken_;
  Quantity& q_;
  uint32_t named_ = 0;
};

}  // namespace

uint32_t NameMeasure(const FigureLine& line, uint32_t unit_at, uint32_t taken, Quantity& q) {
  return Namer(line, taken, q).Name(unit_at);
}

}  // namespace sekisho::facts
