// The gate's way through a line from the bits of its bytes (engine/text/byte_classes.h): runs of letters and digits are
// counted off by their first and last bits, each asked for in the filter, and only what that lets through is looked at.
// Lines of which more has to be known than their words are left to gate_bytes.cc.
#include <bit>

#include "engine/text/gate_next.h"
#include "engine/text/gate_walk.h"
#include "engine/text/gate_words.h"

namespace sekisho::text {

class Gate::Bits {
 public:
  Bits(const Gate& gate, std::string_view source) : g_(gate), s_(source), walk_(gate) {}

  // Nothing where it cannot tell.
  std::optional<Answer> Run(Machine machine) {
    Look(machine);
    if (c_.others != 0 || found_.too_long || Misleads()) return std::nullopt;
    if (Words() || (japanese_ && Characters())) return doubtful_ ? std::nullopt : std::optional(Answer::kOpen);
    if (MayBeCut()) return std::nullopt;
    return words_.count == 0 && last_character_ == 0 ? Answer::kOpen : Answer::kShut;
  }

 private:
  void Look(Machine machine) {
#if defined(__x86_64__)
    if (machine == Machine::kAvx512) {
      ClassifyAvx512(s_, c_);
      FindWordsAvx512(c_, s_.size(), words_);
      return AskWordsAvx512(g_.filter_, c_, words_, found_);
    }
    if (machine == Machine::kAvx2) {
      ClassifyAvx2(s_, c_);
      FindWords(c_, s_.size(), words_);
      return AskWords(g_.filter_, c_, words_, found_);
    }
#endif
    ClassifyPortable(s_, c_);
    FindWords(c_, s_.size(), words_);
    AskWords(g_.filter_, c_, words_, found_);
  }

  size_t Blocks() const { return s_.size() / ByteClasses::kWord + 1; }

  // Whether some word or character is not what its bytes say.
  bool Misleads() {
    uint64_t letters = 0, digits = 0, joints = 0, leads = 0;  // of the bytes before
    uint64_t ill_formed = 0;
    for (size_t k = 0; k < Blocks(); ++k) {
      const uint64_t l = c_.letters[k], d = c_.digits[k];
      const bool more = k + 1 < Blocks();
      const uint64_t before_letter = l >> 1 | (more ? c_.letters[k + 1] << 63 : 0);
      const uint64_t before_digit = d >> 1 | (more ? c_.digits[k + 1] << 63 : 0);
      const uint64_t after_digit = d << 1 | digits >> 63, after_joint = c_.joints[k] << 1 | joints >> 63;
      const uint64_t first = l & ~(l << 1 | letters >> 63), lone = first & ~before_letter;
      const auto at = [&](uint64_t bits) {
        return c_.lower[k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(bits))];
      };
      for (uint64_t meant = lone & before_digit & (after_digit | after_joint); meant != 0; meant &= meant - 1) {
        if (g_.MeansDigit(at(meant))) return true;  // PVS-I4
      }
      for (uint64_t glued = first & after_digit & ~lone; glued != 0; glued &= glued - 1) {
        if (at(glued) == 'x' || at(glued) == 'm') return true;  // 2xAGM-65, 12.7mmM33
      }
      for (uint64_t last = l & before_digit & ~first; last != 0; last &= last - 1) {
        if (at(last) == 'x') return true;  // SH-60Kx2
      }
      ill_formed |= c_.tails[k] ^ (c_.leads[k] << 1 | leads >> 63 | c_.leads[k] << 2 | leads >> 62);
      japanese_ |= c_.leads[k] != 0;
      letters = l, digits = d, joints = c_.joints[k], leads = c_.leads[k];
    }
    return ill_formed != 0;
  }

  // Whether a word opens the gate, or two do.
  bool Words() {
    for (size_t i = 0; i < found_.count; ++i) {
      const size_t begin = words_.begins[found_.word[i]], end = words_.ends[found_.word[i]];
      const auto behind = [&](const auto& test) { return Next(g_, s_).Behind(end, test); };
      if (walk_.Known(found_.stem[i]) || walk_.Start(s_.substr(begin, end - begin), behind)) return true;
    }
    return false;
  }

  // The same of characters and neighbours.
  bool Characters() {
    size_t end = 0;  // of the character before
    for (size_t k = 0; k < Blocks(); ++k) {
      for (uint64_t leads = c_.leads[k]; leads != 0; leads &= leads - 1) {
        const size_t at = k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(leads));
        if (at != end && Parts(end, at)) walk_.EndCharacters();
        if (at != end && s_.substr(end, at - end).find(',') != std::string_view::npos) walk_.Comma();
        end = at + 3;
        const uint32_t plain = g_.Plain(CodeAt(s_, at));
        if (plain == kUnknown || (plain == kShiki && KanjiDigit(last_character_) >= 0)) return doubtful_ = true;
        if (plain == kNothing) continue;
        last_character_ = plain;
        last_place_ = at;
        const auto behind = [&](const auto& test) { return Next(g_, s_).Behind(end, test); };
        if (walk_.Character(plain, behind)) return true;
      }
    }
    return false;
  }

  // Whether a word or a symbol stands between two characters.
  bool Parts(size_t begin, size_t end) const {
    for (size_t i = begin; i < end; ++i) {
      const Class kind = ClassOf(s_[i]);
      if (kind == Class::kLetter || kind == Class::kDigit ||
          (kind == Class::kSymbol && !MayGo(static_cast<unsigned char>(s_[i]))))
        return true;
    }
    return false;
  }

  // Whether the line may have a word that was cut. A place of the canonical form is one of the text, less the spaces
  // that fall away: those that are doubled or beside a character.
  bool MayBeCut() const {
    if (s_.size() < kCutLength) return false;
    const size_t plain = japanese_ ? FirstLead() : s_.size();
    const uint64_t doubled = c_.spaces[0] & (c_.spaces[0] << 1 | 1);
    if (plain <= kCutLength + 1 || (doubled & LowBits(kCutLength)) != 0) return LateStump();
    const uint64_t stump = LowBits(kMinStump) << (kCutLength - kMinStump);
    if ((c_.letters[0] & stump) != stump || (c_.letters[0] >> kCutLength & 1) != 0) return false;
    return EndsWithNoise();
  }

  static constexpr uint64_t LowBits(size_t count) { return (uint64_t{1} << count) - 1; }

  size_t FirstLead() const {
    size_t k = 0;
    while (c_.leads[k] == 0) ++k;
    return k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(c_.leads[k]));
  }

  // Whether a word that may be a stump ends at or behind the byte where it would.
  bool LateStump() const {
    for (size_t i = 0; i < words_.count; ++i) {
      const size_t begin = words_.begins[i], end = words_.ends[i];
      if (end >= kCutLength && end - begin >= kMinStump && ClassOf(s_[begin]) == Class::kLetter) return true;
    }
    return false;
  }

  // Whether what stands behind the stump may leave the line: the last token is the stump, a figure, a symbol or noise.
  bool EndsWithNoise() const {
    const size_t last = words_.count - 1;  // there is the stump at least
    const bool character = last_character_ != 0 && words_.ends[last] <= last_place_;
    const size_t end = character ? last_place_ + 3 : words_.ends[last], begin = words_.begins[last];
    if (end <= kCutLength) return true;
    for (size_t i = end; i < s_.size(); ++i) {
      if (ClassOf(s_[i]) == Class::kSymbol) return true;
    }
    if (character) return g_.IsNoise(pack::CharacterKey(last_character_));
    return ClassOf(s_[begin]) == Class::kDigit || g_.IsNoise(pack::StemKey(s_.substr(begin, end - begin)));
  }

  ByteClasses c_;  // aligned the most
  const Gate& g_;
  const std::string_view s_;
  LineWords words_;
  KnownWords found_;
  Walk walk_;
  uint32_t last_character_ = 0;
  size_t last_place_ = 0;
  bool japanese_ = false, doubtful_ = false;
};

std::optional<Gate::Answer> Gate::AskBits(std::string_view source, Machine machine) const {
  if (source.size() > ByteClasses::kMostBytes) return std::nullopt;
  return Bits(*this, source).Run(machine);
}

}  // namespace sekisho::text
