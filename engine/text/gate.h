// Whether a line can name a concept at all, before it is normalised or any of its words looked up: most lines of a part
// master cannot, and they are the ones to be quick with. The pack has keys (engine/pack/hash.h) of what every phrase
// needs: a word that says it alone, two characters side by side, or two words in whatever order; and of how every
// designator begins. What the gate lets pass may still name nothing; what it stops names nothing for certain.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "engine/pack/hash.h"
#include "engine/pack/pack.h"
#include "engine/text/byte_classes.h"
#include "engine/text/canonical.h"
#include "engine/text/fold.h"

namespace sekisho::text {

class Gate {
 public:
  Gate(const pack::Pack& pack, const Folds& folds);  // both outlive the gate

  enum class Answer { kShut, kOpen, kUnsure };
  // Of the caller's text. kUnsure: it has characters of which only the canonical form tells what they are (width,
  // accents, Greek, ill-formed bytes), or a letter that may be meant for a digit.
  Answer Ask(std::string_view source) const;
  // Of the canonical form of any text.
  bool Open(const Chars& canonical) const;

  // Of a canonical word that the pack does not know: whether it may be two joined ones that some phrase begins with,
  // and whether a designator may begin with it.
  bool MayBeJoined(std::string_view word) const {
    return filter_.empty() || pack::HasKey(filter_, pack::StemKey(word));
  }
  bool MayStart(std::string_view word) const {
    return filter_.empty() || pack::HasKey(filter_, pack::StartKey(word, pack::kStartAny));
  }

  // The two ways of Ask: from the bits of the line's bytes, which leaves lines to the other one that are long or need a
  // closer look (nothing then), and byte by byte. One answer, but that words are asked before characters, and may open
  // where the other is unsure already.
  std::optional<Answer> AskBits(std::string_view source, Machine machine) const;
  Answer AskBytes(std::string_view source) const;

  static constexpr uint32_t kNothing = 0, kUnknown = 0xFFFFFFFF;  // of Plain: dropped or a gap; not to be told here
  uint32_t Plain(uint32_t code) const;

 private:
  class Walk;
  class Next;
  class Bytes;
  class Bits;

  bool MeansDigit(char letter) const { return (digit_letters_ >> (letter & 31) & 1) != 0; }
  bool IsNoise(uint64_t key) const { return (pack::KindsOf(keys_, key) & pack::kKeyNoise) != 0; }

  static constexpr uint32_t kFirstPlain = 0x3000, kLastPlain = 0x9FFF;

  std::span<const uint64_t> filter_;
  std::span<const uint32_t> keys_;
  std::span<const uint16_t> pairs_;
  const Folds& folds_;
  uint32_t digit_letters_ = 0;  // those that may be meant for a digit
  bool japanese_starts_;        // a designator may begin with a CJK character
  Machine machine_ = ThisMachine();
  std::bitset<kLastPlain - kFirstPlain + 1> folded_;  // the characters that the pack folds
};

}  // namespace sekisho::text
