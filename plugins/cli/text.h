// Text as people see it: validity, width on a terminal, wrapping with marked words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sekisho::cli {

// The offset of the first byte that belongs to no UTF-8 character; npos when there is none.
size_t FindInvalidUtf8(std::string_view text);

// What is no character, and NUL, as U+FFFD.
std::string Repaired(std::string_view text);

// Terminal columns (East Asian wide characters count two, combining ones none).
size_t Width(std::string_view text);
// The longest beginning of at most `width` columns, with an ellipsis if anything was cut, padded with spaces.
std::string Fit(std::string_view text, size_t width);

enum class Marks { kBrackets, kAnsi };

struct Span {  // a piece of text, marked or not
  std::string text;
  bool marked = false;
};
// Lines of exactly `width` columns, at most `max_lines` of them (the last ends in an ellipsis if anything was cut);
// control characters become spaces. At least one line.
std::vector<std::string> Wrap(const std::vector<Span>& spans, size_t width, size_t max_lines, Marks marks);

// Splits `text` at the byte ranges (any order, may overlap) that are to be marked.
std::vector<Span> MarkRanges(std::string_view text, std::vector<std::pair<size_t, size_t>> ranges);

}  // namespace sekisho::cli
