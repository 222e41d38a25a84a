#include "engine/text/line.h"

#include "engine/text/utf8.h"

namespace sekisho::text {

absl::Status Line::Normalize(std::string_view source, const Folds& folds, Way way) {
  ascii_ = way == Way::kFast && CanonicalizeAscii(source, folds, tokens_.text, classes_);
  return ascii_ ? absl::OkStatus() : CanonicalizeChars(source, folds, chars_, way);
}

void Line::Cut() {
  if (ascii_) {
    TokenizeAscii(classes_, tokens_);
  } else {
    Tokenize(chars_, tokens_);
  }
}

absl::Status Line::Read(std::string_view source, const Folds& folds, Way way) {
  if (absl::Status s = Normalize(source, folds, way); !s.ok()) return s;
  Cut();
  return absl::OkStatus();
}

Char Line::At(uint32_t byte) const {
  if (ascii_) return {static_cast<unsigned char>(tokens_.text[byte]), byte, byte + 1};
  uint32_t end = 0;
  char unused[4];
  for (const Char& c : chars_) {
    end += static_cast<uint32_t>(Encode(c.code, unused));
    if (byte < end) return c;
  }
  return {0, 0, 0};
}

}  // namespace sekisho::text
