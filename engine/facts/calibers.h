// Calibres: 7.62x51, .308 Win, 50 caliber, cal 7.62, .45 ACP.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/facts/figure_line.h"

namespace sekisho::facts {

// 7.62x51, 9x19 mm: a bore and a case length. `first` and `i` are the bore and the token behind it; the token behind
// the pair, or `i` where there is none.
uint32_t ReadCaliberPair(const FigureLine& line, uint32_t first, uint32_t i, Quantity& q);

// .308 Win, 9 mm Para, .44 Mag: names of cartridges belong to the calibre before them. The token behind them.
uint32_t ReadCaliberSuffix(const FigureLine& line, const Quantity& q);

// caliber .308, cal 7.62, .45 ACP: whether a figure without a unit is a calibre; it then gets unit and measure.
bool TakeBareCaliber(const FigureLine& line, Quantity& q);

// 50 caliber is 0.50 inch, 308 caliber 0.308 inch; .50 says so itself.
void TakeHundredths(Quantity& q);

// Whether so many millimetres are the bore of a weapon, or of a barrel or a round for one: 5.56, 9, 40, 155; not 24.
bool IsBore(const pack::Decimal& millimetres);

}  // namespace sekisho::facts
