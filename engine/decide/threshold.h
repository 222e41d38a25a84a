// Stated quantities against the thresholds of the law: exact, with the law's own comparators, strict and not strict
// kept apart.
#pragma once

#include <cstdint>

#include "engine/facts/facts.h"
#include "engine/pack/pack.h"

namespace sekisho::decide {

enum class Truth : uint8_t { kNo, kOpen, kYes };  // open: the text leaves it undecided

// Whether a quantity tells of the test's measure: by name, or unnamed in a unit that means it.
bool Speaks(const pack::Pack& pack, const facts::Quantity& quantity, const pack::MeasureTest& test);

// Whether all (yes), some (open) or none (no) of the stated interval meets the threshold. Same dimension.
Truth Satisfies(const pack::Pack& pack, const facts::Quantity& quantity, const pack::MeasureTest& test);

}  // namespace sekisho::decide
