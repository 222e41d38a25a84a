// The keys of the gate (engine/text/gate.h): of every phrase that names a concept, the words without which it cannot
// stand in a line; of every designator, how it may begin.
#pragma once

#include "engine/compile/lexicon.h"
#include "engine/compile/tables.h"

namespace sekisho::compile {

// Once lexicon and automaton are laid out in `tables`. Leaves the gate's sets empty, so that it is always open, where
// some phrase has no word to be known by.
void BuildGate(const Lexicon& lexicon, Tables& tables);

}  // namespace sekisho::compile
