// What a figure measures: the name of a measure before it (range: 310 km) or right behind it (310 km range).
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// Names the measure of `q`, whose unit begins at `unit_at`; of units that are written alike the one is taken that a
// measure beside the figure can be stated in. The end of the name where it stands behind the figure and belongs to this
// one alone, 0 otherwise. Names before token `taken` belong to the figures before.
uint32_t NameMeasure(const FigureLine& line, uint32_t unit_at, uint32_t taken, Quantity& q);

}  // namespace sekisho::facts
