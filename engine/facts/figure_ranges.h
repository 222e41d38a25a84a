// What bounds a figure: the other end of a range, words and signs that compare.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// 20-25 GHz: reads the other end at token `i` into `q.high`; the token behind it, or `i` where none stands there.
uint32_t ReadUpperEnd(const FigureLine& line, uint32_t i, Quantity& q);

// At least 300 km, 300 km 以上: makes `q` an interval. `number` is the first token of its figure.
void Compare(const FigureLine& line, uint32_t number, Quantity& q);

}  // namespace sekisho::facts
