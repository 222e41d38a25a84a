// Over which gaps between two tokens a phrase may run.
#pragma once

#include <cstdint>

#include "engine/text/reading.h"

namespace sekisho::match {

// Whether a phrase that began at token `first` may go on with token `i`, where the gap before `i` is more than a space:
// inside a name that its own brackets and commas divide, as those of substances do: 2-(diethylamino)ethanol,
// bis(2-chloroethyl) sulfide, N,N-dimethylaniline, 2,4,6-trinitrotoluene.
bool InsideName(const text::Reading& reading, uint32_t first, uint32_t i);

}  // namespace sekisho::match
