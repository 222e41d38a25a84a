// Whether a line can name a concept at all, before it is normalised or any of its words looked up: most lines of a part
// master cannot, and they are the ones to be quick with. The pack has keys (engine/pack/hash.h) of what every phrase
// needs: a word that says it alone, two characters side by side, or two words in whatever order; and of how every
// designator begins. What the gate lets pass may still name nothing; what it stops names nothing for certain.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/pack/pack.h"
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

 private:
  class Walk;
  class Bytes;
  uint32_t Plain(uint32_t code) const;

  static constexpr uint32_t kFirstPlain = 0x3000, kLastPlain = 0x9FFF;

  std::span<const uint64_t> alone_, members_, pairs_, starts_, noise_;
  const Folds& folds_;
  bool japanese_starts_;                              // a designator may begin with a CJK character
  std::bitset<kLastPlain - kFirstPlain + 1> folded_;  // the characters that the pack folds
};

}  // namespace sekisho::text
