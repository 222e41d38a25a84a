// Where a supply name begins and ends among what stands around it: 2 EA | RECEIVER,UPPER | KIT REV B. Its parts are
// what its commas separate; the first one, [first, second), is the noun.
#pragma once

#include <cstddef>

#include "engine/text/words.h"

namespace sekisho::text {

// NEW BRAKE,MUZZLE; 2 EA MASK,GAS: where the name begins behind words and numbers that are none of it; and behind any
// others, MILITARY BRAKE,MUZZLE, when the rest makes a phrase with the part behind the comma.
size_t NameAt(const Words& words, size_t first, size_t last);

// EXTRACTOR,CARTRIDGE M16 P/N 123; BARREL,MACHINE GUN NSN 1005; RECEIVER,UPPER KIT: where the last part, [part, last),
// ends, and what says nothing of itself begins; kNone when that is the part's end.
size_t EndOfName(const Words& words, size_t first, size_t second, size_t part, size_t last);

// CORD,DETONATING REINFORCED: where the adjectives begin behind words that make a phrase with the first part; kNone
// where there are none, or the whole part makes one.
size_t AdjectivesAt(const Words& words, size_t first, size_t second, size_t part, size_t last);

// PARACHUTE, T-11; LINK, CARTRIDGE M27: a part with figures after a comma and a space is prose (GNSS module, VCC 2.7 V)
// unless it makes a phrase with the first part, whole or up to its figure. The end of what belongs to the name.
size_t NameBeforeFigures(const Words& words, size_t first, size_t second, size_t part, size_t last);

// Whether the last words of [begin, end) and then the first part, with or without a last word such as ASSY, make a
// phrase of the taxonomy together.
bool JoinsFirst(const Words& words, size_t begin, size_t end, size_t first, size_t second);

// Whether a number stands between `first` and the next comma.
bool HasDigit(const Words& words, size_t first, size_t last);

// ASSY, KIT, NEW: whether such a word stands at `i`.
bool IsSet(const Words& words, size_t i);

// REV B, KIT, 2 EA, SN 12: behind the word or phrase at `first` that says nothing of what is named before it; `first`
// when it says something.
size_t EndOfNothing(const Words& words, size_t first);

}  // namespace sekisho::text
