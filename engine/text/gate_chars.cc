// The gate's way through the canonical form of a line.
#include "engine/text/gate_walk.h"

namespace sekisho::text {
namespace {

constexpr size_t kLongestWord = 64;  // bytes

}  // namespace

bool Gate::Open(const Chars& chars) const {
  if (filter_.empty()) return true;
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
      cut.Token(i, 0, false, i > kCutLength && IsNoise(pack::CharacterKey(code)));
      continue;
    }
    const bool digit = IsAsciiDigit(code);
    if (!digit && !IsLetter(code)) {
      if (code == ',') walk.Comma();
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
    if (IsGlued(word, begin > 0 && digit_at(begin - 1), digit_at(i))) return true;
    if (walk.Word(word, behind)) return true;
    const bool counted = word[0] == 'x' && size >= kMinCounted && begin > 0 && IsAsciiDigit(chars[begin - 1].code);
    if (counted && walk.Counted(word, behind)) return true;
    symbol = false;
    cut.Token(i, 0, !digit && size >= kMinStump, i > kCutLength && (digit || IsNoise(pack::StemKey(word))));
  }
  return cut.Possible(0, symbol) || !walk.any();
}

}  // namespace sekisho::text
