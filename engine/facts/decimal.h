// Exact decimals and their comparison across units: no binary rounding ever stands between 12.7 mm and .50 inch.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "engine/pack/layout.h"

namespace sekisho::facts {

// Reads `12.7`, `-258`, `.50`; false when it has more than 18 significant digits or is no number.
bool ParseDecimal(std::string_view digits, pack::Decimal& out);

// Compares a in unit ua with b in unit ub (same dimension), exactly where the scaled values fit 256 bits, which holds
// for every unit and every 18-digit number of less than ten to the 30th; beyond, by magnitude.
std::strong_ordering Compare(const pack::Decimal& a, const pack::Unit& ua, const pack::Decimal& b,
                             const pack::Unit& ub);

}  // namespace sekisho::facts
