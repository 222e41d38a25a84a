// Canonical form: one ordered pipeline for patterns and input alike, with a map back to the caller's bytes.
// Steps, in order: UTF-8 validation; NFKC with full case folding (ICU nfkc_cf: width, ligatures, default-ignorables);
// the pack's folds (dashes, small kana, old kanji, middle dots); prolonged-sound marks between or after kana removed;
// letters of other scripts folded in mixed-script words, letters that look like digits inside designations; kanji year
// types; spaces collapsed, and removed beside CJK characters.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/pack/layout.h"
#include "engine/text/ascii.h"
#include "engine/text/fold.h"

namespace sekisho::text {

// The pack's folds, with a filter before the search: most code points have none.
class Folds {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a view with a filter
  Folds(std::span<const pack::Fold> folds) : folds_(folds) {
    for (const pack::Fold& f : folds) filter_.set(Slot(f.from));
  }
  const pack::Fold* Find(uint32_t from) const {
    if (!filter_.test(Slot(from))) return nullptr;
    const auto it = std::lower_bound(folds_.begin(), folds_.end(), from,
                                     [](const pack::Fold& f, uint32_t code) { return f.from < code; });
    return it != folds_.end() && it->from == from ? &*it : nullptr;
  }

 private:
  static size_t Slot(uint32_t code) { return (code ^ code >> 20) & 4095; }
  std::span<const pack::Fold> folds_;
  std::bitset<4096> filter_;
};

struct Canonical {
  std::string text;       // UTF-8
  bool identity = false;  // every byte of text stands where it stood in the caller's; then begin and end are empty
  std::vector<uint32_t> begin;  // for each byte of text: first byte of the caller's text it came from
  std::vector<uint32_t> end;    // and the byte after the last one
  uint32_t Begin(uint32_t i) const { return identity ? i : begin[i]; }
  uint32_t End(uint32_t i) const { return identity ? i + 1 : end[i]; }
  void clear() {
    text.clear();
    identity = false;
    begin.clear();
    end.clear();
  }
};

enum class Way { kFast, kReference };  // kReference: every text through ICU; for tests, the result is the same

// The canonical form of a text of ASCII alone with single spaces inside, which is its own map; false, and `out` and
// `classes` are anything, when it is another.
bool CanonicalizeAscii(std::string_view source, const Folds& folds, std::string& out, AsciiClasses& classes);

// The canonical form of any text as code points. InvalidArgument with the byte offset when `source` is not UTF-8.
absl::Status CanonicalizeChars(std::string_view source, const Folds& folds, Chars& out, Way way = Way::kFast);

// By the one or the other. InvalidArgument as above; `out` is then empty.
absl::Status Canonicalize(std::string_view source, const Folds& folds, Canonical& out, Way way = Way::kFast);

}  // namespace sekisho::text
