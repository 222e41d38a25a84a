// Texts of ASCII alone, sixteen bytes at a time: SSE2, which every x86-64 has, or plain loops elsewhere. Item lines are
// some 40 bytes long, so wider registers bring nothing.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::text {

// Copies `source` to `out` in lower case and says whether it has digits. False, and `out` is anything, when `source` has a
// byte above 0x7F, a control character, a space at an end or two spaces in a row.
bool LowerAscii(std::string_view source, std::string& out, bool& digits);
bool LowerAsciiPortable(std::string_view source, std::string& out, bool& digits);  // the same, byte by byte

}  // namespace sekisho::text
