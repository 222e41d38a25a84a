#include "engine/facts/figure_units.h"

#include "engine/facts/calibers.h"
#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::TermKind;
using text::Gap;

uint32_t Narrow(uint32_t c) { return c >= 0xFF21 && c <= 0xFF5A ? c - 0xFF21 + 'A' : c; }

// How many letters of a unit's name stand in the caller's text in the same case; 0 where the text has another word
// for it.
uint32_t CaseFit(const FigureLine& line, const Hit& unit) {
  const std::string_view name = line.pack.text(line.pack.units()[unit.id].id);
  const text::Token& t = line.reading.tokens[unit.first];
  std::string_view written = line.reading.source[t.field];
  written = written.substr(t.src_begin, t.src_end - t.src_begin);
  uint32_t fit = 0;
  size_t at = 0;
  for (const char c : name) {
    if (at >= written.size()) return 0;
    const uint32_t letter = Narrow(text::Decode(written, at));
    if ((letter | 0x20) != (static_cast<uint32_t>(c) | 0x20)) return 0;
    fit += letter == static_cast<uint32_t>(c) ? 1 : 0;
  }
  return at == written.size() ? fit : 0;
}

// MW and mW, kN and kn: of the units that are written alike, the one whose name has the case of the caller's letters.
const Hit* UnitInCase(const FigureLine& line, uint32_t i) {
  const Hit* best = line.At(i, TermKind::kUnit);
  if (best == nullptr) return best;
  for (const Hit* h = best + 1; h != line.hits.data() + line.hits.size() && h->first == i; ++h) {
    if (h->kind == TermKind::kUnit && h->last == best->last && CaseFit(line, *h) > CaseFit(line, *best)) best = h;
  }
  return best;
}

}  // namespace

uint32_t ReadUnit(const FigureLine& line, uint32_t i, Quantity& q) {
  const Gap gap = line.GapBefore(i);
  if (gap > Gap::kSpace || gap == Gap::kSlash || gap == Gap::kDot) return i;
  const Hit* unit = UnitInCase(line, i);
  const bool letter = unit != nullptr && unit->last == i + 1 && line.Word(i).size() == 1;
  if (unit == nullptr || (letter && line.Word(q.first).starts_with('.'))) return i;  // .32 S&W
  const bool glued = gap == Gap::kNone && line.GapBefore(i + 1) == Gap::kNone && line.IsDigits(i + 1);
  if (letter && glued) return i;  // 1L13
  q.unit = unit->id;
  if (q.unit == line.known.caliber_inch) {
    q.measure = line.known.caliber;
    TakeHundredths(q);
  }
  return unit->last;
}

uint32_t ReadPixels(const FigureLine& line, uint32_t i, Quantity& q) {
  constexpr int64_t kFewestColumns = 64, kFewestRows = 48, kMost = 20000;
  pack::Decimal rows{};
  const uint32_t end = line.Word(i) == "x" && line.IsDigits(i + 1) ? line.numbers.Read(i + 1, rows) : i;
  if (end == i || line.known.pixels == pack::kNone || q.low.exponent != 0 || rows.exponent != 0) return i;
  if (q.low.mantissa < kFewestColumns || rows.mantissa < kFewestRows || q.low.mantissa > kMost ||
      rows.mantissa > kMost || line.Word(end) == "x")
    return i;
  const Hit* unit = line.At(end, TermKind::kUnit);
  if (unit != nullptr && unit->id != line.known.pixel) return i;
  q.low.mantissa *= rows.mantissa;
  q.high = q.low;
  q.unit = line.known.pixel;
  q.measure = line.known.pixels;
  return unit != nullptr ? unit->last : end;
}

}  // namespace sekisho::facts
