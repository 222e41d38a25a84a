// The words of a line for the gate: where they begin and end, and which of them its filter knows. As with
// byte_classes.h, a way for each kind of machine, with one result.
#pragma once

#include <cstdint>
#include <span>

#include "engine/text/byte_classes.h"

namespace sekisho::text {

inline constexpr size_t kLongestRun = 31;  // letters or digits; a line with a longer one is left to gate_bytes.cc

struct LineWords {
  static constexpr size_t kRoom = ByteClasses::kMostBytes + ByteClasses::kWord;  // as much as is written at once
  size_t count = 0;
  uint8_t begins[kRoom], ends[kRoom];
};

// Those of a line that the filter knows by their stem or as the start of a designator, in order.
struct KnownWords {
  size_t count = 0;
  bool too_long = false;  // a word is longer than kLongestRun: what is here is worth nothing
  uint8_t word[LineWords::kRoom];
  uint64_t stem[LineWords::kRoom];  // keys
};

void FindWords(const ByteClasses& classes, size_t line_size, LineWords& out);
void AskWords(std::span<const uint64_t> filter, const ByteClasses& classes, const LineWords& words, KnownWords& out);
#if defined(__x86_64__)
void FindWordsAvx512(const ByteClasses& classes, size_t line_size, LineWords& out);
void AskWordsAvx512(std::span<const uint64_t> filter, const ByteClasses& classes, const LineWords& words,
                    KnownWords& out);
#endif

}  // namespace sekisho::text
