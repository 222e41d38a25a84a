// The gate's way through any line, byte by byte: the reference of gate_scan.cc, and for what that leaves to it.
#include "engine/text/gate_next.h"
#include "engine/text/gate_walk.h"

namespace sekisho::text {

// The caller's text, byte by byte.
class Gate::Bytes {
 public:
  Bytes(const Gate& gate, std::string_view source) : g_(gate), s_(source), next_(gate, source), walk_(gate) {}

  Answer Ask() {
    while (i_ < s_.size()) {
      const auto c = static_cast<unsigned char>(s_[i_]);
      if (ClassOf(c) == Class::kGap || ClassOf(c) == Class::kSymbol) {
        Gap(c);
        continue;
      }
      const Answer answer = ClassOf(c) == Class::kCharacter ? Character()
                            : ClassOf(c) == Class::kOther   ? Answer::kUnsure
                                                            : Run(ClassOf(c));
      if (answer != Answer::kShut) return answer;
    }
    return cut_.Possible(slack_, symbol_) || !walk_.any() ? Answer::kOpen : Answer::kShut;
  }

 private:
  // Places in the canonical form: spaces are one, and none beside CJK characters.
  void Gap(unsigned char c) {
    ++i_;
    if (c <= ' ' || c == 0x7F) {
      space_ = true;
      return;
    }
    Advance(1, false);
    if (c == ',') walk_.Comma();
    slack_ += c == '-' && mixed_ ? 1 : 0;
    if (ClassOf(c) == Class::kSymbol) {
      if (!MayGo(c)) walk_.EndCharacters();
      symbol_ = true;
    }
  }

  void Advance(size_t count, bool character) {
    if (space_ && place_ != 0 && !character && !after_character_) ++place_;
    space_ = false;
    after_character_ = character;
    place_ += count;
  }

  Answer Run(Class kind) {
    const size_t begin = i_;
    while (i_ < s_.size() && ClassOf(s_[i_]) == kind) ++i_;
    const std::string_view word = s_.substr(begin, i_ - begin);
    const bool letter = kind == Class::kLetter;
    if (letter && word.size() == 1 && g_.MeansDigit(word[0]) && begin > 0 && i_ < s_.size() &&
        IsAsciiDigit(static_cast<unsigned char>(s_[i_])) &&
        (s_[begin - 1] == '-' || static_cast<unsigned char>(s_[begin - 1]) >= 0x80 ||
         IsAsciiDigit(static_cast<unsigned char>(s_[begin - 1]))))
      return Answer::kUnsure;  // PVS-I4, 1O5MM
    const auto digit_at = [&](size_t i) { return i < s_.size() && IsAsciiDigit(static_cast<unsigned char>(s_[i])); };
    if (IsGlued(word, begin > 0 && digit_at(begin - 1), digit_at(i_))) return Answer::kOpen;
    Advance(word.size(), false);
    const auto behind = [&](const auto& test) { return next_.Behind(i_, test); };
    if (walk_.Word(word, behind)) return Answer::kOpen;
    const bool counted = letter && (word[0] | 0x20) == 'x' && word.size() >= kMinCounted && begin > 0 &&
                         IsAsciiDigit(static_cast<unsigned char>(s_[begin - 1]));
    if (counted && walk_.Counted(word, behind)) return Answer::kOpen;
    symbol_ = false;
    cut_.Token(place_, slack_, letter && word.size() >= kMinStump,
               place_ > kCutLength && (!letter || g_.IsNoise(pack::StemKey(word))));
    return Answer::kShut;
  }

  Answer Character() {
    const uint32_t code = CodeAt(s_, i_);
    if (code == kUnknown) return Answer::kUnsure;
    mixed_ = true;
    const uint32_t plain = g_.Plain(code);
    if (plain == kUnknown || (plain == kShiki && KanjiDigit(before_) >= 0)) return Answer::kUnsure;
    i_ += 3;
    if (plain == kNothing) {
      if (code == kIdeographicSpace) {
        space_ = true;
      } else {
        Advance(1, false);
        ++slack_;
      }
      return Answer::kShut;
    }
    before_ = plain;
    Advance(1, true);
    if (walk_.Character(plain, [&](const auto& test) { return next_.Behind(i_, test); })) return Answer::kOpen;
    symbol_ = false;
    cut_.Token(place_, slack_, false, place_ > kCutLength && g_.IsNoise(pack::CharacterKey(plain)));
    return Answer::kShut;
  }

  const Gate& g_;
  const std::string_view s_;
  const Next next_;
  Walk walk_;
  CutWord cut_;
  size_t i_ = 0, place_ = 0, slack_ = 0;  // of the text; of the canonical form, which may drop `slack_` more
  uint32_t before_ = 0;
  bool space_ = false, after_character_ = false, mixed_ = false, symbol_ = false;
};

Gate::Answer Gate::AskBytes(std::string_view source) const { return Bytes(*this, source).Ask(); }

}  // namespace sekisho::text
