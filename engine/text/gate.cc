#include "engine/text/gate.h"

#include <algorithm>

#include "engine/text/gate_walk.h"

namespace sekisho::text {

Gate::Gate(const pack::Pack& pack, const Folds& folds)
    : filter_(pack.gate_filter()), keys_(pack.gate_keys()), pairs_(pack.gate_pairs()), folds_(folds) {
  constexpr size_t kFirstLead = 0xE3, kLastLead = 0xE9;  // of UTF-8, of the characters below
  japanese_starts_ = std::any_of(pack.starts().begin() + kFirstLead, pack.starts().begin() + kLastLead + 1,
                                 [](uint32_t state) { return state != 0; });
  for (const pack::Fold& f : pack.folds()) {
    if ((f.from & ~0x7Fu) == pack::kFoldDigit) digit_letters_ |= 1u << (f.from & 31);
    if (f.from >= kFirstPlain && f.from <= kLastPlain) folded_.set(f.from - kFirstPlain);
  }
}

// What a character of three bytes becomes: itself, another one, kNothing (dropped, or a gap), or kUnknown.
uint32_t Gate::Plain(uint32_t code) const {
  const auto gap = [](uint32_t c) { return c == kProlonged || c == kMiddleDot || c == kIdeographicSpace; };
  if (gap(code)) return kNothing;
  // Kana and the ideographs of the first block are their own NFKC_Casefold, and compose with nothing before them.
  const bool plain =
      code - 0x4E00 <= 0x9FFF - 0x4E00 || code - 0x3041 <= 0x3096 - 0x3041 || code - 0x30A1 <= 0x30FA - 0x30A1;
  if (!plain) return kUnknown;
  if (!folded_.test(code - kFirstPlain)) return code;
  const pack::Fold* const fold = folds_.Find(code);
  return fold == nullptr ? code : fold->to == 0 || gap(fold->to) ? kNothing : IsCjk(fold->to) ? fold->to : kUnknown;
}

Gate::Answer Gate::Ask(std::string_view source) const {
  if (filter_.empty()) return Answer::kOpen;
  const std::optional<Answer> answer = AskBits(source, machine_);
  return answer ? *answer : AskBytes(source);
}

}  // namespace sekisho::text
