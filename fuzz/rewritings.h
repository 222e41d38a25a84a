// Rewritings of an item line that leave its meaning, and so its verdicts, as they were (docs/design/invariance.md), one
// place of the line at a time, so that they can be put together in any order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sekisho::fuzz {

inline constexpr unsigned kRewritings = 16;

std::u32string FromUtf8(std::string_view text);
std::string ToUtf8(const std::u32string& text);

// Rewriting `which` (below kRewritings) at or behind place `at`; `choice` picks among kinds of dashes, spaces and so
// on.
void Rewrite(std::u32string& line, unsigned which, size_t at, unsigned choice);

// Behind the name, once and last: a quantity, a condition, a price.
void AddNoise(std::u32string& line, unsigned choice);

}  // namespace sekisho::fuzz
