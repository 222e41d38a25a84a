// Texts of ASCII alone, sixteen bytes at a time: SSE2, which every x86-64 has, or plain loops elsewhere. Item lines are
// some 40 bytes long, so wider registers bring nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::text {

// What each byte of a text is, one bit a byte and 64 bytes a word; bits behind the end are 0.
struct AsciiClasses {
  std::vector<uint64_t> letters, digits, others;  // others: neither of them, and no space
  bool any_digit = false;
};

// Copies `source` to `out` in lower case and sets `classes`. False, and both are anything, when `source` has a byte
// above 0x7F, a control character, a space at an end or two spaces in a row.
bool LowerAscii(std::string_view source, std::string& out, AsciiClasses& classes);
bool LowerAsciiPortable(std::string_view source, std::string& out, AsciiClasses& classes);  // the same, byte by byte

}  // namespace sekisho::text
