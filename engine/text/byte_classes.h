// What each byte of a line is, as bits, 64 bytes a word: the gate takes runs from them (engine/text/gate_scan.h). One
// way for each kind of machine, all with the same result: AVX-512, AVX2, byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sekisho::text {

// Of a line of at most kMostBytes. Behind its end every bit is 0.
struct ByteClasses {
  static constexpr size_t kMostBytes = 255, kWord = 64, kWords = kMostBytes / kWord + 1;
  uint64_t letters[kWords], digits[kWords];    // of ASCII
  uint64_t endings[kWords];                    // letters that a stem does not end with (pack::EndsStem)
  uint64_t spaces[kWords];                     // and controls
  uint64_t leads[kWords], tails[kWords];       // of UTF-8: first bytes E3 to E9, bytes that are no first
  uint64_t joints[kWords];                     // hyphens, and every byte above 0x7F
  uint64_t others;                             // whether there is a byte above 0x7F that is neither
  alignas(64) char lower[kMostBytes + kWord];  // each byte | 0x20: letters and digits of ASCII in small letters
};

using Classify = void (*)(std::string_view line, ByteClasses& out);

void ClassifyPortable(std::string_view line, ByteClasses& out);
#if defined(__x86_64__)
void ClassifyAvx2(std::string_view line, ByteClasses& out);
void ClassifyAvx512(std::string_view line, ByteClasses& out);
#endif

enum class Machine { kPortable, kAvx2, kAvx512 };
Machine ThisMachine();  // the best that this machine can do

}  // namespace sekisho::text
