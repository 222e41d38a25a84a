#include "engine/text/gate.h"

#include <algorithm>
#include <array>

#include "engine/pack/hash.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr size_t kMostMembers = 32;  // words that are one of a pair; a line with more of them is let pass
constexpr size_t kMinCounted = 4;    // letters of 2xAGM's word
constexpr size_t kLongestWord = 64;  // bytes
constexpr uint32_t kProlonged = 0x30FC, kMiddleDot = 0x30FB, kIdeographicSpace = 0x3000, kShiki = 0x5F0F;
constexpr uint32_t kNothing = 0, kUnknown = 0xFFFFFFFF;  // of a character: dropped or a gap; not to be told here

// A quotation mark is a word of its own (inches) or leaves the line (Reader::Load): the gate reckons with both.
bool MayGo(uint32_t symbol) { return symbol == '"'; }

// 12.7mmM33: Reader::SplitMillimetres takes a type's letter off the unit; the run of letters is no word then.
bool IsGluedBore(std::string_view word, bool behind_digit, bool before_digit) {
  constexpr std::string_view kGlued = "mmm";
  return behind_digit && before_digit && word.size() == kGlued.size() &&
         std::all_of(word.begin(), word.end(), [](char c) { return (c | 0x20) == 'm'; });
}

// Reader::CompleteCutWord: a word that ends where some supply systems cut a name may become another word, if it is the
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

}  // namespace

// What was met of a line so far; each call says whether the gate opens. `next` gives the first byte of the token
// behind, in small letters, kStartEnd where there is none, or kStartAny where a supply name that is turned round may
// put another one there.
class Gate::Walk {
 public:
  explicit Walk(const Gate& gate) : g_(gate) {}

  template <typename Behind>
  bool Word(std::string_view word, const Behind& behind) {
    any_ = true;
    before_ = 0;
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
    const bool known = before_ != 0 && pack::HasKey(g_.alone_, pack::NeighboursKey(before_, code));
    before_ = code;
    if (known || Key(pack::CharacterKey(code))) return true;
    if (!g_.japanese_starts_) return false;
    char bytes[4];
    return Start({bytes, Encode(code, bytes)}, behind);
  }

  void EndCharacters() { before_ = 0; }
  bool any() const { return any_; }

 private:
  bool Key(uint32_t key) {
    if (pack::HasKey(g_.alone_, key)) return true;
    if (!pack::HasKey(g_.members_, key)) return false;
    for (size_t i = 0; i < count_; ++i) {
      if (pack::HasKey(g_.pairs_, pack::PairKey(members_[i], key))) return true;
    }
    if (count_ == kMostMembers) return true;
    members_[count_++] = key;
    return false;
  }

  template <typename Behind>
  bool Start(std::string_view token, const Behind& behind) const {
    const bool is_long = token.size() >= pack::kStartBytes;
    if (is_long) token = token.substr(0, pack::kStartBytes);
    const auto has = [&](unsigned char next) { return pack::HasKey(g_.starts_, pack::StartKey(token, next)); };
    return has(pack::kStartAny) && (is_long || has(pack::kStartEnd) || behind(has));
  }

  const Gate& g_;
  bool any_ = false;
  uint32_t before_ = 0;  // the character that stands before, over gaps
  std::array<uint32_t, kMostMembers> members_;
  size_t count_ = 0;
};

Gate::Gate(const pack::Pack& pack, const Folds& folds)
    : alone_(pack.gate_alone()),
      members_(pack.gate_members()),
      pairs_(pack.gate_pairs()),
      starts_(pack.gate_starts()),
      noise_(pack.gate_noise()),
      folds_(folds) {
  constexpr size_t kFirstLead = 0xE3, kLastLead = 0xE9;  // of UTF-8, of the characters below
  japanese_starts_ = std::any_of(pack.starts().begin() + kFirstLead, pack.starts().begin() + kLastLead + 1,
                                 [](uint32_t state) { return state != 0; });
  for (const pack::Fold& f : pack.folds()) {
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

// The caller's text, byte by byte.
class Gate::Bytes {
 public:
  Bytes(const Gate& gate, std::string_view source) : g_(gate), s_(source), walk_(gate) {}

  Answer Ask() {
    while (i_ < s_.size()) {
      const auto c = static_cast<unsigned char>(s_[i_]);
      if (kClasses[c] == Class::kGap || kClasses[c] == Class::kSymbol) {
        Gap(c);
        continue;
      }
      const Answer answer = kClasses[c] == Class::kCharacter ? Character()
                            : kClasses[c] == Class::kOther   ? Answer::kUnsure
                                                             : Run(kClasses[c]);
      if (answer != Answer::kShut) return answer;
    }
    return cut_.Possible(slack_, symbol_) || !walk_.any() ? Answer::kOpen : Answer::kShut;
  }

 private:
  enum class Class : uint8_t { kGap, kLetter, kDigit, kSymbol, kCharacter, kOther };
  static constexpr std::array<Class, 256> MakeClasses() {
    std::array<Class, 256> out{};
    for (size_t c = 0; c < 256; ++c) {
      out[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Class::kLetter
               : c >= '0' && c <= '9'                           ? Class::kDigit
               : c >= 0xE3 && c <= 0xE9                         ? Class::kCharacter
               : c >= 0x80                                      ? Class::kOther
                                                                : Class::kGap;
    }
    for (const char c : std::string_view("%\"+&#$^<>=")) out[static_cast<unsigned char>(c)] = Class::kSymbol;
    return out;
  }
  static const std::array<Class, 256> kClasses;

  // Places in the canonical form: spaces are one, and none beside CJK characters.
  void Gap(unsigned char c) {
    ++i_;
    if (c <= ' ' || c == 0x7F) {
      space_ = true;
      return;
    }
    Advance(1, false);
    slack_ += c == '-' && mixed_ ? 1 : 0;
    if (kClasses[c] == Class::kSymbol) {
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
    while (i_ < s_.size() && kClasses[static_cast<unsigned char>(s_[i_])] == kind) ++i_;
    const std::string_view word = s_.substr(begin, i_ - begin);
    const bool letter = kind == Class::kLetter;
    if (letter && word.size() == 1 && begin > 0 && i_ < s_.size() && IsAsciiDigit(static_cast<unsigned char>(s_[i_])) &&
        (s_[begin - 1] == '-' || static_cast<unsigned char>(s_[begin - 1]) >= 0x80 ||
         IsAsciiDigit(static_cast<unsigned char>(s_[begin - 1]))))
      return Answer::kUnsure;  // PVS-I4, 1O5MM
    const auto digit_at = [&](size_t i) { return i < s_.size() && IsAsciiDigit(static_cast<unsigned char>(s_[i])); };
    if (IsGluedBore(word, begin > 0 && digit_at(begin - 1), digit_at(i_))) return Answer::kOpen;
    Advance(word.size(), false);
    const auto behind = [&](const auto& test) { return Behind(test); };
    if (walk_.Word(word, behind)) return Answer::kOpen;
    const bool counted = letter && (word[0] | 0x20) == 'x' && word.size() >= kMinCounted && begin > 0 &&
                         IsAsciiDigit(static_cast<unsigned char>(s_[begin - 1]));
    if (counted && walk_.Counted(word, behind)) return Answer::kOpen;
    symbol_ = false;
    cut_.Token(place_, slack_, letter && word.size() >= kMinStump,
               place_ > kCutLength && (!letter || pack::HasKey(g_.noise_, pack::StemKey(word))));
    return Answer::kShut;
  }

  Answer Character() {
    const uint32_t code = CodeAt(i_);
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
    if (walk_.Character(plain, [&](const auto& test) { return Behind(test); })) return Answer::kOpen;
    symbol_ = false;
    cut_.Token(place_, slack_, false, place_ > kCutLength && pack::HasKey(g_.noise_, pack::CharacterKey(plain)));
    return Answer::kShut;
  }

  // The code point of three bytes, kUnknown where they are ill-formed.
  uint32_t CodeAt(size_t i) const {
    const auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(s_[k])); };
    if (i + 2 >= s_.size() || (byte(i + 1) & 0xC0) != 0x80 || (byte(i + 2) & 0xC0) != 0x80) return kUnknown;
    return (byte(i) & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
  }

  // A supply name is turned round at its commas, and before its last words where they are a designation.
  template <typename Test>
  bool Behind(const Test& test) const {
    if (Next(i_, test)) return true;
    if (s_.find(',') == std::string_view::npos) return false;
    for (size_t i = 0; i < s_.size(); ++i) {
      const bool begins = i == 0 || s_[i - 1] == ',' || static_cast<unsigned char>(s_[i - 1]) <= ' ';
      if (begins && Next(i, test)) return true;
    }
    return false;
  }

  // The test of the first byte of the next token from `i` on.
  template <typename Test>
  bool Next(size_t i, const Test& test) const {
    while (i < s_.size()) {
      const auto c = static_cast<unsigned char>(s_[i]);
      if (kClasses[c] == Class::kOther) return test(pack::kStartAny);
      if (kClasses[c] == Class::kCharacter) {
        const uint32_t code = CodeAt(i), plain = code == kUnknown ? kUnknown : g_.Plain(code);
        if (plain == kUnknown) return test(pack::kStartAny);
        char bytes[4];
        if (plain != kNothing) return Encode(plain, bytes), test(static_cast<unsigned char>(bytes[0]));
        i += 3;
        continue;
      }
      if (MayGo(c)) {
        if (test(c)) return true;
      } else if (kClasses[c] != Class::kGap) {
        return test(IsAsciiLetter(c) ? c | 0x20 : c);
      }
      ++i;
    }
    return test(pack::kStartEnd);
  }

  const Gate& g_;
  const std::string_view s_;
  Walk walk_;
  CutWord cut_;
  size_t i_ = 0, place_ = 0, slack_ = 0;  // of the text; of the canonical form, which may drop `slack_` more
  uint32_t before_ = 0;
  bool space_ = false, after_character_ = false, mixed_ = false, symbol_ = false;
};

constinit const std::array<Gate::Bytes::Class, 256> Gate::Bytes::kClasses = MakeClasses();

Gate::Answer Gate::Ask(std::string_view source) const {
  return alone_.empty() ? Answer::kOpen : Bytes(*this, source).Ask();
}

bool Gate::Open(const Chars& chars) const {
  if (alone_.empty()) return true;
  Walk walk(*this);
  CutWord cut;
  bool symbol = false;
  size_t i = 0;
  const auto behind = [&](const auto& test) {
    if (std::any_of(chars.begin(), chars.end(), [](const Char& c) { return c.code == ','; })) return true;
    size_t k = i;
    for (; k < chars.size() && (IsGap(chars[k].code) || MayGo(chars[k].code)); ++k) {
      if (MayGo(chars[k].code) && test(static_cast<unsigned char>(chars[k].code))) return true;
    }
    char bytes[4];
    return test(k == chars.size() ? pack::kStartEnd
                                  : (Encode(chars[k].code, bytes), static_cast<unsigned char>(bytes[0])));
  };
  while (i < chars.size()) {
    const uint32_t code = chars[i].code;
    if (IsCjk(code)) {
      ++i;
      symbol = false;
      if (walk.Character(code, behind)) return true;
      cut.Token(i, 0, false, i > kCutLength && pack::HasKey(noise_, pack::CharacterKey(code)));
      continue;
    }
    const bool digit = IsAsciiDigit(code);
    if (!digit && !IsLetter(code)) {
      symbol = symbol || IsSymbol(code);
      if (IsSymbol(code) && !MayGo(code)) walk.EndCharacters();
      ++i;
      continue;
    }
    const size_t begin = i;
    char bytes[kLongestWord];
    size_t size = 0;
    for (; i < chars.size() && (digit ? IsAsciiDigit(chars[i].code) : IsLetter(chars[i].code)); ++i) {
      if (size + 4 > kLongestWord) return true;
      size += Encode(chars[i].code, bytes + size);
    }
    const std::string_view word(bytes, size);
    const auto digit_at = [&](size_t k) { return k < chars.size() && IsAsciiDigit(chars[k].code); };
    if (IsGluedBore(word, begin > 0 && digit_at(begin - 1), digit_at(i))) return true;
    if (walk.Word(word, behind)) return true;
    const bool counted = word[0] == 'x' && size >= kMinCounted && begin > 0 && IsAsciiDigit(chars[begin - 1].code);
    if (counted && walk.Counted(word, behind)) return true;
    symbol = false;
    cut.Token(i, 0, !digit && size >= kMinStump,
              i > kCutLength && (digit || pack::HasKey(noise_, pack::StemKey(word))));
  }
  return cut.Possible(0, symbol) || !walk.any();
}

}  // namespace sekisho::text
