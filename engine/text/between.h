// What the caller wrote between two tokens of a line: the gap says only the strongest of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/text/reading.h"

namespace sekisho::text {

// Between token `i` and the one before it; nothing where these did not stand so, or in two fields.
std::string_view Between(const Reading& reading, uint32_t i);

// Whether white space is among it, an ideographic or a no-break one too.
bool HasSpace(std::string_view between);

// The brackets among it that nothing there closes or opens again: 」） closes two, ）（ closes one and opens one.
struct Brackets {
  int closed = 0, opened = 0;
};
Brackets CountBrackets(std::string_view between);

}  // namespace sekisho::text
