// Two readings of one line, where nothing is known of the word that says what the item is (SWIR camera InGaAs,
// ballistic shield IIIA): the first takes that word for a part or a use of the thing before it, the generous one for a
// form or a name of it.
#pragma once

#include <vector>

#include "engine/decide/result.h"

namespace sekisho::decide {

// Whether the words of the line, what it states of itself aside, say at most that the item may be a part of something
// listed; and whether they say nothing at all.
bool OnlyCatchAll(const std::vector<ListVerdict>& lists);
bool Silent(const std::vector<ListVerdict>& lists);

// Adds what the first reading found to `result`, which is of the generous one. What only the generous one found is
// doubtful: at most possible, and its candidates say so. True when there is such a one.
bool AddFirstReading(std::vector<ListVerdict>& first, Result& result);

}  // namespace sekisho::decide
