#include "engine/facts/figure_names.h"

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
  Namer(const FigureLine& line, Quantity& q) : line_(line), q_(q) {}

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
      if (const Hit* h = Named(q_.first - reach, true); h != nullptr) {
        Take(*h);
        q_.first = h->first;
        return;
      }
    }
    for (uint32_t reach = 0; reach <= 1; ++reach) {
      if (q_.unit == kNone && reach > 0) break;
      const Hit* h = Named(q_.last + reach, false);
      if (h == nullptr || line_.GapBefore(h->first) > Gap::kSpace) continue;
      Take(*h);
      if (reach == 0 && !NamesNext(*h)) q_.last = named_ = h->last;
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

  // 5 mm thickness 3 mm: a name with a figure of its dimension right behind it may be that one's.
  bool NamesNext(const Hit& name) const {
    uint32_t i = name.last;
    while (i < line_.size() && i < name.last + kReach && !line_.IsDigits(i) && Bridge(i)) ++i;
    if (!line_.IsDigits(i) || line_.GapBefore(name.last) > Gap::kSpace) return false;
    pack::Decimal value{};
    const Hit* unit = line_.At(line_.numbers.Read(i, value), TermKind::kUnit);
    return unit == nullptr || line_.Dimension(unit->id) == line_.MeasureDimension(name.id);
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
  Quantity& q_;
  uint32_t named_ = 0;
};

}  // namespace

uint32_t NameMeasure(const FigureLine& line, uint32_t unit_at, Quantity& q) { return Namer(line, q).Name(unit_at); }

}  // namespace sekisho::facts
