// Quantities of a reading: numbers with units, comparators, ranges, calibres, and the measure that the text names for
// them.
#pragma once

#include <array>
#include <vector>

#include "engine/facts/facts.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

// The ids of the units and measures that the reader itself speaks of; kNone when a taxonomy has none.
struct KnownUnits {
  explicit KnownUnits(const pack::Pack& pack);
  uint32_t millimetre, micrometre, inch, caliber_inch, caliber, pixel, pixels;
  std::array<uint32_t, 4> below_zero;  // units of one dimension each that may be below zero: temperatures and levels
  std::array<uint32_t, 5> bare;        // units of counts and of no dimension: their figures may stand without them
  // What is stated in powers of ten: measures that the rules compare with 5x10^4 and more; and one unit each of the
  // dimensions of which hardly another figure is stated, doses and yields of neutrons.
  std::vector<bool> raised;
  std::array<uint32_t, 2> raised_units;
};

// Appends to `out` in the order of the text. `hits` are all hits of the reading (units, measures and comparators among
// them).
void ReadQuantities(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading,
                    const std::vector<match::Hit>& hits, std::vector<Quantity>& out);

}  // namespace sekisho::facts
