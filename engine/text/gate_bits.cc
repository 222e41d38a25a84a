// The gate's way through a line from the bits of its bytes (engine/text/byte_classes.h): runs of letters and digits are
// counted off by their first and last bits, each asked for in the filter, and only what that lets through is looked at.
// Lines of which more has to be known than their words are left to gate_bytes.cc.
#include <bit>
#include <cstring>

#include "engine/text/gate_next.h"
#include "engine/text/gate_walk.h"

namespace sekisho::text {
namespace {

constexpr size_t kLongestRun = 31;  // letters or digits; a line with a longer one is left

// Of how many bytes of a word the key of its stem is: the first eight, and the next.
struct StemMasks {
  uint64_t first[kLongestRun + 1], next[kLongestRun + 1];
};
constexpr uint64_t LowBytes(size_t count) { return count >= 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * count) - 1; }
constexpr StemMasks kMasks = [] {
  StemMasks out{};
  for (size_t size = 0; size <= kLongestRun; ++size) {
    out.first[size] = LowBytes(size);
    out.next[size] = size > 8 ? LowBytes(size - 8) : 0;
  }
  return out;
}();

uint64_t Load(const char* at) {
  uint64_t bytes;
  std::memcpy(&bytes, at, sizeof(bytes));
  return bytes;
}

// Writes the places of the bits, and perhaps some behind them.
[[gnu::always_inline]] inline size_t Places(uint64_t bits, size_t base, uint16_t* out) {
  constexpr size_t kAtOnce = 8;
  const auto count = static_cast<size_t>(std::popcount(bits));
  for (size_t done = 0; done < count || done == 0; done += kAtOnce) {
    for (size_t i = 0; i < kAtOnce; ++i, bits &= bits - 1)
      out[done + i] = static_cast<uint16_t>(base + static_cast<size_t>(std::countr_zero(bits)));
  }
  return count;
}

}  // namespace

class Gate::Bits {
 public:
  Bits(const Gate& gate, std::string_view source, const ByteClasses& classes)
      : g_(gate), s_(source), c_(classes), words_(source.size() / ByteClasses::kWord + 1), walk_(gate) {}

  [[gnu::always_inline]] inline std::optional<Answer> Run() {
    if (c_.others != 0 || !Cut()) return std::nullopt;
    const bool open = Words();
    if (doubtful_) return std::nullopt;
    if (open || (japanese_ && Characters())) return doubtful_ ? std::nullopt : std::optional(Answer::kOpen);
    if (doubtful_ || MayBeCut()) return std::nullopt;
    return count_ == 0 && last_character_ == 0 ? Answer::kOpen : Answer::kShut;
  }

 private:
  // Where words begin and end. False where a word or a character is not what its bytes say.
  [[gnu::always_inline]] inline bool Cut() {
    uint64_t letters = 0, digits = 0, joints = 0, leads = 0;  // of the word before
    uint64_t glued = 0, ill_formed = 0, meant = 0;
    size_t ends = 0;
    for (size_t k = 0; k < words_; ++k) {
      const uint64_t l = c_.letters[k], d = c_.digits[k];
      const uint64_t after_letter = l << 1 | letters >> 63, after_digit = d << 1 | digits >> 63;
      const uint64_t first_letters = l & ~after_letter;
      const bool more = k + 1 < words_;
      const uint64_t before_letter = l >> 1 | (more ? c_.letters[k + 1] << 63 : 0);
      const uint64_t before_digit = d >> 1 | (more ? c_.digits[k + 1] << 63 : 0);
      count_ += Places(first_letters | (d & ~after_digit), k * ByteClasses::kWord, begins_ + count_);
      ends += Places((after_letter & ~l) | (after_digit & ~d), k * ByteClasses::kWord, ends_ + ends);
      const uint64_t after_joint = (d | c_.joints[k]) << 1 | (digits | joints) >> 63;
      meant = first_letters & ~before_letter & before_digit & after_joint;
      for (; meant != 0; meant &= meant - 1) {
        const size_t at = k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(meant));
        if (g_.MeansDigit(c_.lower[at])) return false;  // PVS-I4
      }
      for (glued = first_letters & after_digit; glued != 0; glued &= glued - 1) {
        const size_t at = k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(glued));
        if (c_.lower[at] == 'x' || c_.lower[at] == 'm') return false;  // 2xAGM-65, 12.7mmM33
      }
      ill_formed |= c_.tails[k] ^ (c_.leads[k] << 1 | leads >> 63 | c_.leads[k] << 2 | leads >> 62);
      japanese_ |= c_.leads[k] != 0;
      letters = l, digits = d, joints = c_.joints[k], leads = c_.leads[k];
    }
    return ill_formed == 0;
  }

  // The letters before `end` that a stem does not end with.
  [[gnu::always_inline]] inline size_t Endings(size_t end) const {
    const size_t k = (end - 1) / ByteClasses::kWord, shift = 63 - (end - 1) % ByteClasses::kWord;
    uint64_t bits = c_.endings[k] << shift;
    if (shift != 0 && k > 0) bits |= c_.endings[k - 1] >> (64 - shift);
    return static_cast<size_t>(std::countl_zero(~bits | 1));
  }

  // Whether a word opens the gate, or two do.
  [[gnu::always_inline]] inline bool Words() {
    uint16_t found[ByteClasses::kMostBytes + 1];
    uint64_t stems[ByteClasses::kMostBytes + 1];
    size_t hits = 0, longest = 0;
    for (size_t i = 0; i < count_; ++i) {
      const size_t begin = begins_[i], end = ends_[i], size = end - begin, stem = (size - Endings(end)) & kLongestRun;
      longest |= size;
      const uint64_t first = Load(c_.lower + begin);
      const uint64_t key =
          pack::StemKey(first & kMasks.first[stem], Load(c_.lower + begin + 8) & kMasks.next[stem]);
      const uint64_t start =
          pack::StartKey(first & kMasks.first[size & kLongestRun], pack::kStartAny);
      found[hits] = static_cast<uint16_t>(i);
      stems[hits] = key;
      hits += pack::HasKey(g_.filter_, key) | pack::HasKey(g_.filter_, start) ? 1 : 0;
    }
    if (longest > kLongestRun) return doubtful_ = true;
    for (size_t i = 0; i < hits; ++i) {
      const size_t begin = begins_[found[i]], end = ends_[found[i]];
      const auto behind = [&](const auto& test) { return Next(g_, s_).Behind(end, test); };
      if (walk_.Known(stems[i]) || walk_.Start(s_.substr(begin, end - begin), behind)) return true;
    }
    return false;
  }

  // The same of characters and neighbours.
  bool Characters() {
    size_t end = 0;  // of the character before
    for (size_t k = 0; k < words_; ++k) {
      for (uint64_t leads = c_.leads[k]; leads != 0; leads &= leads - 1) {
        const size_t at = k * ByteClasses::kWord + static_cast<size_t>(std::countr_zero(leads));
        if (at != end && Parts(end, at)) walk_.EndCharacters();
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
    for (size_t i = 0; i < count_; ++i) {
      if (ends_[i] >= kCutLength && ends_[i] >= begins_[i] + kMinStump && ClassOf(s_[begins_[i]]) == Class::kLetter)
        return true;
    }
    return false;
  }

  // Whether what stands behind the stump may leave the line: the last token is the stump, a figure, a symbol or noise.
  bool EndsWithNoise() const {
    const size_t word_end = count_ == 0 ? 0 : ends_[count_ - 1];
    const size_t begin = count_ == 0 ? 0 : begins_[count_ - 1];
    const bool word_last = last_character_ == 0 || word_end > last_place_;
    const size_t end = word_last ? word_end : last_place_ + 3;
    if (end <= kCutLength) return true;
    for (size_t i = end; i < s_.size(); ++i) {
      if (ClassOf(s_[i]) == Class::kSymbol) return true;
    }
    if (!word_last) return g_.IsNoise(pack::CharacterKey(last_character_));
    return ClassOf(s_[begin]) == Class::kDigit || g_.IsNoise(pack::StemKey(s_.substr(begin, end - begin)));
  }

  const Gate& g_;
  const std::string_view s_;
  const ByteClasses& c_;
  const size_t words_;  // of 64 bits
  size_t count_ = 0;    // of letters and digits in a row
  Walk walk_;
  uint32_t last_character_ = 0;
  size_t last_place_ = 0;
  bool japanese_ = false, doubtful_ = false;
  uint16_t begins_[ByteClasses::kMostBytes + 8], ends_[ByteClasses::kMostBytes + 8];
};

std::optional<Gate::Answer> Gate::AskBits(std::string_view source, Machine machine) const {
  if (source.size() > ByteClasses::kMostBytes) return std::nullopt;
  ByteClasses classes;
#if defined(__x86_64__)
  if (machine != Machine::kPortable) {
    (machine == Machine::kAvx512 ? ClassifyAvx512 : ClassifyAvx2)(source, classes);
    return RunBits(source, classes);
  }
#endif
  ClassifyPortable(source, classes);
  return Bits(*this, source, classes).Run();
}

#if defined(__x86_64__)
[[gnu::target("bmi,bmi2,lzcnt,popcnt")]] std::optional<Gate::Answer> Gate::RunBits(std::string_view source,
                                                                                  const ByteClasses& classes) const {
  return Bits(*this, source, classes).Run();
}
#endif

}  // namespace sekisho::text
