// The words of a concept: phrases of either language, those that turn it off, designators, CAS numbers.
#pragma once

#include <span>

#include "engine/compile/build.h"

namespace sekisho::compile {

void AddWords(Build& b, const Node& node, uint32_t concept_id);

// The phrases of these concepts, spelled out by as many threads as there are spellers: no phrase needs another.
SpelledPhrases SpellWords(std::span<Speller> spellers, std::span<const Node* const> concepts);

}  // namespace sekisho::compile
