#include "engine/text/tokens.h"

#include <unicode/uchar.h>

#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kMiddleDot = 0x30FB;

// The strongest gap of the characters between two tokens decides.
Gap GapOf(uint32_t c, bool followed_by_space) {
  switch (c) {
    case ' ':
      return Gap::kSpace;
    case '-':
    case '_':
    case '~':
    case kMiddleDot:
      return Gap::kHyphen;
    case '/':
    case '\\':
      return Gap::kSlash;
    case '.':
    case '\'':
      return Gap::kDot;
    case ',':
      return followed_by_space ? Gap::kCommaSpace : Gap::kComma;
    case '(':
    case '[':
    case '{':
    case '<':
      return Gap::kOpen;
    case ')':
    case ']':
    case '}':
    case '>':
      return Gap::kClose;
    default:
      return Gap::kStop;
  }
}

bool IsSymbol(uint32_t c) {
  return c == '%' || c == 0xB0 || c == '"' || c == '+' || c == '&' || c == '#' || c == '$' || c == '^' || c == '<' ||
         c == '>' || c == '=' || c == 0x221A || c == 0x2264 || c == 0x2265 || c == 0x2266 || c == 0x2267;
}

bool IsLetter(uint32_t c) { return c < 0x80 ? IsAsciiLetter(c) : !IsCjk(c) && u_isalpha(static_cast<UChar32>(c)); }

size_t LettersEnd(std::string_view s, size_t i) {
  while (i < s.size()) {
    if (IsAsciiLetter(static_cast<unsigned char>(s[i]))) {
      ++i;
      continue;
    }
    size_t next = i;
    if (static_cast<unsigned char>(s[i]) < 0x80 || !IsLetter(Decode(s, next))) break;
    i = next;
  }
  return i;
}

size_t DigitsEnd(std::string_view s, size_t i) {
  while (i < s.size() && IsAsciiDigit(static_cast<unsigned char>(s[i]))) ++i;
  return i;
}

Script ScriptOf(uint32_t c) {
  if (IsAsciiDigit(c)) return Script::kDigit;
  if (IsHiragana(c)) return Script::kHiragana;
  if (IsKatakana(c)) return Script::kKatakana;
  if (IsHan(c)) return Script::kHan;
  return IsSymbol(c) ? Script::kSymbol : Script::kLatin;
}

// The code point that ends at byte `end` > 0.
uint32_t LastCodePoint(std::string_view s, size_t end) {
  size_t begin = end - 1;
  while (begin > 0 && (static_cast<unsigned char>(s[begin]) & 0xC0) == 0x80) --begin;
  return Decode(s, begin);
}

// 2xAGM-65: the count's x is a word of its own.
bool IsCountMark(std::string_view s, size_t begin, size_t end, const std::vector<RawToken>& out) {
  return end - begin >= 4 && s[begin] == 'x' && s[begin + 1] != 'x' && s[begin + 1] != 'l' && !out.empty() &&
         out.back().script == Script::kDigit && out.back().end == begin && out.back().end - out.back().begin <= 2;
}

}  // namespace

void Tokenize(std::string_view s, std::vector<RawToken>& out) {
  out.clear();
  Gap gap = Gap::kStop;
  bool title = false;
  size_t minus_at = std::string_view::npos;
  const auto at = [&](size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const auto cjk_before = [&](size_t i) { return i > 0 && at(i - 1) >= 0x80 && IsCjk(LastCodePoint(s, i)); };
  const auto word_before = [&](size_t i) {
    if (i == 0) return false;
    if (at(i - 1) < 0x80) return IsAsciiDigit(at(i - 1)) || IsAsciiLetter(at(i - 1));
    return KanjiDigit(LastCodePoint(s, i)) >= 0 || !IsCjk(LastCodePoint(s, i));  // 拳銃.38 has lost its space
  };
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    uint32_t c = Decode(s, i);
    if (c == ' ') {  // the usual gap
      if (gap < Gap::kSpace && gap != Gap::kSlash) gap = Gap::kSpace;
      continue;
    }
    if (c == '-' && IsAsciiDigit(at(i)) && (begin == 0 || s[begin - 1] == ' ' || s[begin - 1] == '(' || cjk_before(begin)))
      minus_at = i;
    if (c == '.' && IsAsciiDigit(at(i)) && !word_before(begin)) c = '0';  // .50: the point opens the number
    const bool letter = IsLetter(c);
    if (!letter && !IsAsciiDigit(c) && !IsCjk(c) && !IsSymbol(c)) {
      const bool spaced = i < s.size() && s[i] == ' ';
      const Gap found = GapOf(c, spaced);
      title = title || c == '!' || c == '?' || (c == ':' && spaced);
      const bool slashed = gap == Gap::kSlash && found == Gap::kSpace;  // F/ V-22: the slash tells more
      if (found > gap && !slashed) gap = found;
      continue;
    }
    const Script script = letter ? Script::kLatin : ScriptOf(c);
    if (letter || script == Script::kDigit) {
      i = letter ? LettersEnd(s, i) : DigitsEnd(s, i);
    }
    size_t from = begin;
    if (letter && gap == Gap::kNone && IsCountMark(s, begin, i, out)) {
      out.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + 1), script, gap, false, title});
      from = begin + 1;
    }
    out.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(i), script, gap, minus_at == begin, title});
    gap = Gap::kNone;
    title = false;
  }
}

std::string Singular(std::string_view w) {
  const size_t n = w.size();
  const auto ends = [&](std::string_view suffix) { return n > suffix.size() && w.substr(n - suffix.size()) == suffix; };
  if (n < 4 || w.back() != 's' || ends("ss") || ends("us") || ends("is")) return std::string(w);
  if (ends("ps") && w.find_first_of("aeiouy") == std::string_view::npos) return std::string(w);  // gbps, msps: per second
  if (ends("ies") && n > 5) return std::string(w.substr(0, n - 3)) + "y";
  if (ends("sses") || ends("ches") || ends("shes") || ends("xes") || (ends("oes") && n > 5))
    return std::string(w.substr(0, n - 2));
  return std::string(w.substr(0, n - 1));
}

}  // namespace sekisho::text
