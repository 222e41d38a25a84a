// Canonical form: one ordered pipeline for patterns and input alike, with a map back to the caller's bytes.
// Steps, in order: UTF-8 validation; NFKC with full case folding (ICU nfkc_cf: width, ligatures, default-ignorables);
// the pack's folds (dashes, small kana, old kanji, middle dots); prolonged-sound marks between or after kana removed;
// letters of other scripts folded in mixed-script words, letters that look like digits inside designations; kanji year
// types; spaces collapsed, and removed beside CJK characters.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/pack/layout.h"

namespace sekisho::text {

struct Canonical {
  std::string text;             // UTF-8
  std::vector<uint32_t> begin;  // for each byte of text: first byte of the caller's text it came from
  std::vector<uint32_t> end;    // and the byte after the last one
  void clear() {
    text.clear();
    begin.clear();
    end.clear();
  }
};

// InvalidArgument with the byte offset when `source` is not UTF-8; `out` is then empty.
absl::Status Canonicalize(std::string_view source, std::span<const pack::Fold> folds, Canonical& out);

}  // namespace sekisho::text
