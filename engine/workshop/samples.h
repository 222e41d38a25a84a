// Texts for designator patterns, out of the pack's automaton.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/pack/pack.h"

namespace sekisho::workshop {

// The state behind a text, from the start; 0 where no pattern begins so.
uint32_t StateAfter(const pack::Pack& pack, std::string_view text);

// The shortest text that the pattern accepts and no other of its concept does; empty when there is none.
std::string Sample(const pack::Pack& pack, uint32_t pattern);

}  // namespace sekisho::workshop
