// The unit behind a figure.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// Reads the unit at token `i` into `q.unit`; the token behind it, or `i` where none stands there. Of units that are
// written alike (MW and mW, G and g, T and t) the one that the line's words ask for, or whose case is the caller's.
uint32_t ReadUnit(const FigureLine& line, uint32_t i, Quantity& q);

// 毎秒１００万コマ, 毎時０．３度: where the words before the figure at `q.first` say per what, reads the unit at token
// `i` as one of a rate (コマ毎秒, 度毎時) and takes those words to the figure; the token behind it, or `i`.
uint32_t ReadRate(const FigureLine& line, uint32_t i, Quantity& q);

// 6×104Gy, which was 6×10⁴: where the law states what is measured in powers of ten, makes the figure such a one. `i` is
// the token behind the first number; the token behind the power, or `i`.
uint32_t ReadLostPower(const FigureLine& line, uint32_t i, Quantity& q);

// 640x512: detector elements, where the text gives no other unit. `i` is the token behind the first figure.
uint32_t ReadPixels(const FigureLine& line, uint32_t i, Quantity& q);

}  // namespace sekisho::facts
