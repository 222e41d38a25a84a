// What the ways through a line (gate_scan.cc, gate_bytes.cc, gate_chars.cc) have in common: the words met so far and
// the pairs that they make, and the word that may have been cut.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/pack/hash.h"
#include "engine/text/gate.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::text {

inline constexpr size_t kMostMembers = 32;  // words that are one of a pair; a line with more of them is let pass
inline constexpr size_t kMostParts = 8;     // of a Japanese name between commas; a line with more of them is let pass
inline constexpr uint32_t kProlonged = 0x30FC, kMiddleDot = 0x30FB, kIdeographicSpace = 0x3000, kShiki = 0x5F0F;

// A quotation mark is a word of its own (inches) or leaves the line (Cutter::Cut): the gate reckons with both.
inline bool MayGo(uint32_t symbol) { return symbol == '"'; }

// 12.7mmM33, SH-60Kx2: Cutter::SplitMillimetres takes a type's letter off the unit, Cutter::SplitTimes the times sign
// off the type; the run of letters is no word then.
inline bool IsGlued(std::string_view word, bool behind_digit, bool before_digit) {
  constexpr std::string_view kGlued = "mmm";
  if (!behind_digit || !before_digit || word.size() < 2) return false;
  return (word.back() | 0x20) == 'x' ||
         (word.size() == kGlued.size() &&
          std::all_of(word.begin(), word.end(), [](char c) { return (c | 0x20) == 'm'; }));
}

// Cutter::CompleteCutWord: a word that ends where some supply systems cut a name may become another word, if it is the
// last one but for counts and conditions behind the name.
class CutWord {
 public:
  // A token that ends at the code point `end` of the canonical text, or up to `slack` before.
  void Token(size_t end, size_t slack, bool stump, bool noise) {
    met_ = met_ || (stump && end >= kCutLength && end <= kCutLength + slack);
    last_ = end;
    noise_ = noise;
  }
  bool Possible(size_t slack, bool symbol_behind) const {
    return met_ && (noise_ || symbol_behind || last_ <= kCutLength + slack);
  }

 private:
  bool met_ = false, noise_ = false;
  size_t last_ = 0;
};

// What was met of a line so far; each call says whether the gate opens. `next` gives the first byte of the token
// behind, in small letters, kStartEnd where there is none, or kStartAny where a supply name that is turned round may
// put another one there.
class Gate::Walk {
 public:
  explicit Walk(const Gate& gate) : g_(gate) {}

  template <typename Behind>
  bool Word(std::string_view word, const Behind& behind) {
    any_ = true;
    EndCharacters();
    return Key(pack::StemKey(word)) || Start(word, behind);
  }

  // 2xAGM-65: the x is a word of its own.
  template <typename Behind>
  bool Counted(std::string_view word, const Behind& behind) {
    return Word(word.substr(0, 1),
                [&](const auto& test) { return test(static_cast<unsigned char>(word[1] | 0x20)); }) ||
           Word(word.substr(1), behind);
  }

  template <typename Behind>
  bool Character(uint32_t code, const Behind& behind) {
    any_ = true;
    if (opens_part_ || count_parts_ == 0) {
      if (count_parts_ == kMostParts) return true;
      firsts_[count_parts_++] = code;
      opens_part_ = false;
    }
    if (Turns(code)) return true;
    const bool known = before_ != 0 && Key(pack::NeighboursKey(before_, code));
    before_ = code;
    if (known || Key(pack::CharacterKey(code))) return true;
    if (!g_.japanese_starts_) return false;
    char bytes[4];
    return Start({bytes, Encode(code, bytes)}, behind);
  }

  void EndCharacters() {
    before_ = 0;
    count_parts_ = 0;
  }
  void Comma() { opens_part_ = true; }  // between characters
  bool any() const { return any_; }

  // A word's or a character's key.
  bool Key(uint64_t key) { return pack::HasKey(g_.filter_, key) && Known(key); }

  // One that the filter has let through.
  bool Known(uint64_t key) {
    const uint32_t kinds = pack::KindsOf(g_.keys_, key);
    if (kinds & pack::kKeyAlone) return true;
    if (!(kinds & pack::kKeyMember)) return false;
    for (size_t i = 0; i < count_; ++i) {
      if (pack::HasPair(g_.pairs_, pack::PairKey(members_[i], key))) return true;
    }
    if (count_ == kMostMembers) return true;
    members_[count_++] = key;
    return false;
  }

  // Whether a designator may begin with this token.
  template <typename Behind>
  bool Start(std::string_view token, const Behind& behind) const {
    const uint64_t any = pack::StartKey(token, pack::kStartAny);
    if (!pack::HasKey(g_.filter_, any) || !(pack::KindsOf(g_.keys_, any) & pack::kKeyStart)) return false;
    const auto has = [&](unsigned char next) {
      return (pack::KindsOf(g_.keys_, pack::StartKey(token, next)) & pack::kKeyStart) != 0;
    };
    return token.size() >= pack::kStartBytes || has(pack::kStartEnd) || behind(has);
  }

 private:
  // 測距機,レーザ: Turner::FindJapaneseParts may put what stands here before an earlier part. Counts and conditions
  // behind the name are gone then, so that a part may end anywhere.
  bool Turns(uint32_t code) {
    for (size_t i = 0; i + 1 < count_parts_; ++i) {
      if (Key(pack::NeighboursKey(code, firsts_[i]))) return true;
    }
    return false;
  }

  const Gate& g_;
  bool any_ = false;
  uint32_t before_ = 0;      // the character that stands before, over gaps
  bool opens_part_ = false;  // a comma stands before
  size_t count_parts_ = 0;
  std::array<uint32_t, kMostParts> firsts_;  // their first characters
  std::array<uint64_t, kMostMembers> members_;
  size_t count_ = 0;
};

}  // namespace sekisho::text
