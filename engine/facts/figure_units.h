// The unit behind a figure.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// Reads the unit at token `i` into `q.unit`; the token behind it, or `i` where none stands there.
uint32_t ReadUnit(const FigureLine& line, uint32_t i, Quantity& q);

// 640x512: detector elements, where the text gives no other unit. `i` is the token behind the first figure.
uint32_t ReadPixels(const FigureLine& line, uint32_t i, Quantity& q);

}  // namespace sekisho::facts
