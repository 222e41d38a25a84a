#include "engine/facts/calibers.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::TermKind;
using text::Gap;

// Bores of guns, in mm, that `7.62x51` may begin with.
constexpr double kBores[] = {4.6,  5.45, 5.56, 5.6, 5.7, 5.8, 6.35, 6.5, 6.8, 7,    7.5,  7.62,  7.63, 7.65,  7.7,  7.9,
                             7.92, 8,    8.15, 8.2, 8.6, 9,   9.3,  9.5, 10,  10.3, 10.4, 10.75, 11.2, 11.43, 12.7, 13,
                             14.5, 20,   23,   25,  27,  28,  30,   35,  37,  40,   57,   60,    76,   81,    82,   84,
                             90,   100,  105,  106, 115, 120, 122,  125, 127, 130,  140,  152,   155};
// Other bores that stand alone before a gun, a round or a tube: shotguns, grenade launchers, mortars, rockets,
// torpedoes.
constexpr double kBoresAlone[] = {
    4.5, 4.73,  6.7, 8.58, 9.19, 10.27, 10.36, 11,  11.4, 11.63, 12,  15,    15.2, 18.5, 18.53, 38,  45,  46,
    50,  51,    58,  62,   66,   68,    70,    73,  75,   76.2,  77,  80,    83,   83.8, 85,    88,  94,  95,
    98,  101.6, 102, 107,  110,  114,   132,   133, 145,  149,   150, 152.4, 160,  164,  170,   175, 180, 203,
    210, 214,   220, 227,  230,  240,   250,   254, 268,  280,   300, 305,   324,  356,  406,   460, 533};
constexpr double kSameBore = 1e-6;                              // mm; a decimal read as a double misses 5.56 by less
constexpr double kShortestCase = 15, kLongestCase = 900;        // mm
constexpr double kLeastPointed = 0.17, kGreatestPointed = 0.7;  // inches: .17 to .70
constexpr double kLeastHundredths = 17;                         // 22 and 308 without a point are hundredths of an inch

double Approximate(const pack::Decimal& d) {
  double v = static_cast<double>(d.mantissa);
  for (int e = d.exponent; e < 0; ++e) v /= 10;
  for (int e = d.exponent; e > 0; --e) v *= 10;
  return v;
}

template <size_t kSize>
bool IsOf(const double (&bores)[kSize], double bore) {
  return std::any_of(std::begin(bores), std::end(bores), [&](double b) { return std::abs(b - bore) < kSameBore; });
}

const Hit* SuffixAt(const FigureLine& line, uint32_t i) {
  const auto here = line.StartingAt(i);
  const auto it = std::find_if(here.begin(), here.end(), [&](const Hit& h) {
    return h.Is(pack::Word::kCaliberSuffix) && line.GapBefore(i) <= Gap::kSpace;
  });
  return it == here.end() ? nullptr : &*it;
}

}  // namespace

uint32_t ReadCaliberPair(const FigureLine& line, uint32_t first, uint32_t i, Quantity& q) {
  const Hit* const bore_unit = line.At(i, TermKind::kUnit);  // 30 mm x 173
  const uint32_t x = bore_unit != nullptr && bore_unit->id == line.known.millimetre ? bore_unit->last : i;
  if (line.Word(x) != "x" || !line.IsDigits(x + 1) || line.known.caliber == kNone) return i;
  pack::Decimal length{};
  const uint32_t end = line.numbers.Read(x + 1, length);
  const double bore = Approximate(q.low), mm = Approximate(length);
  const bool known = IsOf(kBores, bore);
  if (!known || mm < kShortestCase || mm > kLongestCase) return i;
  if ((first > 0 && line.Word(first - 1) == "x") || line.Word(end) == "x") return i;  // a box of three sizes
  q.unit = line.known.millimetre;
  q.measure = line.known.caliber;
  const Hit* unit = line.At(end, TermKind::kUnit);
  return unit != nullptr && unit->id == line.known.millimetre ? unit->last : end;
}

uint32_t ReadCaliberSuffix(const FigureLine& line, const Quantity& q) {
  uint32_t last = q.last;
  const KnownUnits& known = line.known;
  if (q.unit != kNone && q.unit != known.millimetre && q.unit != known.inch && q.unit != known.caliber_inch)
    return last;
  for (const Hit* h = SuffixAt(line, last); h != nullptr; h = SuffixAt(line, last)) last = h->last;
  return last;
}

bool TakeBareCaliber(const FigureLine& line, Quantity& q) {
  const KnownUnits& known = line.known;
  if (known.caliber == kNone || q.low.mantissa <= 0) return false;
  const bool pointed = line.Word(q.first).starts_with('.');
  const double v = Approximate(q.low);
  const bool plausible = pointed && v >= kLeastPointed && v <= kGreatestPointed && line.Word(q.first).size() >= 3;
  if (q.measure != known.caliber && !(q.measure == kNone && plausible)) return false;
  q.measure = known.caliber;
  if (pointed || v < 1) {
    q.unit = known.inch;
  } else if (q.low.exponent == 0 && v >= kLeastHundredths) {
    TakeHundredths(q);
    q.unit = known.inch;
  } else {
    q.unit = known.millimetre;
  }
  return true;
}

void TakeHundredths(Quantity& q) {
  if (q.low.exponent != 0) return;
  const int shift = q.low.mantissa < 100 ? -2 : -3;
  q.low.exponent = q.high.exponent = shift;
}

bool IsBore(const pack::Decimal& millimetres) {
  const double bore = Approximate(millimetres);
  return IsOf(kBores, bore) || IsOf(kBoresAlone, bore);
}

}  // namespace sekisho::facts
