// The caller's text as canonical tokens: what Canonicalize and Tokenize say, without the map of every byte between
// them.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "engine/text/canonical.h"
#include "engine/text/tokens.h"

namespace sekisho::text {

// Scratch of one thread.
class Line {
 public:
  // InvalidArgument when `source` is not UTF-8. kReference: code point by code point through ICU, with the same result.
  absl::Status Read(std::string_view source, const Folds& folds, Way way = Way::kFast);

  // The same in two steps, for whoever looks at the canonical text before it is cut: after the first, `text` of a line
  // that is ASCII alone, or else `chars`; after the second, all of it.
  absl::Status Normalize(std::string_view source, const Folds& folds, Way way = Way::kFast);
  void Cut();

  std::string_view text() const { return tokens_.text; }
  const Tokens& tokens() const { return tokens_; }
  const Chars& chars() const { return chars_; }
  bool ascii() const { return ascii_; }  // every byte of the text stands where it stood in the caller's

  // The code point that the byte of the text belongs to, with its bytes of the caller's text.
  Char At(uint32_t byte) const;

 private:
  Tokens tokens_;
  AsciiClasses classes_;
  Chars chars_;
  bool ascii_ = false;
};

}  // namespace sekisho::text
