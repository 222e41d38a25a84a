// Over which gaps between two tokens a phrase may run, and what may be glued to its end.
#pragma once

#include <cstdint>

#include "engine/text/reading.h"

namespace sekisho::match {

// Whether a phrase that began at token `first` may go on with token `i`, where the gap before `i` is more than a space:
// inside a name that its own brackets and commas divide, as those of substances do: 2-(diethylamino)ethanol,
// bis(2-chloroethyl) sulfide, N,N-dimethylaniline, 2,4,6-trinitrotoluene.
bool InsideName(const text::Reading& reading, uint32_t first, uint32_t i);

// Whether what is glued behind a type's designation, tokens [first, last), only says how many there are: SH-60K|×2,
// AN/PVS-14|x2, Ｆ－３５Ａ|２機. Behind one letter and its number x2 is a size: M8x20.
bool CountFollows(const text::Reading& reading, uint32_t first, uint32_t last);

}  // namespace sekisho::match
