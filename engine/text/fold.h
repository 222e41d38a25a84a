// The first step of the canonical form: NFKC with full case folding (ICU nfkc_cf), each code point with the bytes of
// the caller's text it came from. Two ways with one result: by ICU for the whole text, which is the reference, and the
// hybrid, which asks a table for every code point whose form does not hang on its neighbours and ICU for the rest.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace sekisho::text {

struct Char {
  uint32_t code, begin, end;  // begin, end: bytes of the source
};
using Chars = std::vector<Char>;

// Appends to `out`. `source` is valid UTF-8. Fails only when ICU does (out of memory, no data).
absl::Status FoldByIcu(std::string_view source, Chars& out);
absl::Status FoldHybrid(std::string_view source, Chars& out);

}  // namespace sekisho::text
