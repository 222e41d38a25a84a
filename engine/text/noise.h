// What stands around the name of an item and says nothing of it: how many, in what state, at what price.
#pragma once

#include "engine/text/words.h"

namespace sekisho::text {

// `DESC=`, `2x`, `3 x`, `* 2` off the front: how many and what column, not what.
void DropPrefix(Words& words);

// NIGHT VISION (NV) GOGGLE: initials of the words before a bracket, inside of it and in the middle of a name, say them
// again.
void DropInitials(Words& words);

// QTY 2, 10 EA, USD 120.00, 数量２, NEW off the end. A line of nothing else stays as it is.
void DropNoise(Words& words);

}  // namespace sekisho::text
