// What bounds a figure: the other end of a range, words and signs that compare.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// 20-25 GHz, -40 to +85 C, 10から20ｋＨｚ: reads the other end at token `i`, whose unit is that of both, into `q`; the
// token behind it, or `i` where none stands there.
uint32_t ReadUpperEnd(const FigureLine& line, uint32_t i, Quantity& q);

// 10 kHz to 20 GHz, -40℃～85℃: the same behind the lower end's unit; `q` is then in the upper end's unit.
uint32_t ReadUpperEndWithUnit(const FigureLine& line, uint32_t i, Quantity& q);

// DC-20 GHz, ＤＣ～２０ＧＨｚ: what stands before the frequency at token `i` says that the range begins at zero.
void ReadFromDirectCurrent(const FigureLine& line, uint32_t i, Quantity& q);

// 25-20 GHz says the same as 20-25 GHz.
void PutInOrder(const FigureLine& line, Quantity& q);

// At least 300 km, 300 km 以上, ～300 km: makes `q` an interval. `number` is the first token of its figure.
void Compare(const FigureLine& line, uint32_t number, Quantity& q);

}  // namespace sekisho::facts
