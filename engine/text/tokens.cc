#include "engine/text/tokens.h"

#include <unicode/uchar.h>

#include <bit>

#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kMiddleDot = 0x30FB;

// The strongest gap of the characters between two tokens decides.
Gap GapOf(uint32_t c, bool followed_by_space) {
  switch (c) {
    case ' ':
    case 0xB1:  // ±
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

Script ScriptOf(uint32_t c) {
  if (IsAsciiDigit(c)) return Script::kDigit;
  if (IsHiragana(c)) return Script::kHiragana;
  if (IsKatakana(c)) return Script::kKatakana;
  if (IsHan(c)) return Script::kHan;
  return IsSymbol(c) ? Script::kSymbol : Script::kLatin;
}

// What may stand before a minus sign; behind a letter or a digit a hyphen is none.
bool OpensMinus(uint32_t c) {
  return c == ' ' || c == '(' || c == '[' || c == ':' || c == '=' || c == '<' || c == '>' || c == '~' || c == 0x2264 ||
         c == 0x2265;
}

// The gap before the next token, as it grows character by character.
struct GapSoFar {
  Gap gap = Gap::kStop;
  bool title = false;

  void Add(uint32_t c, bool followed_by_space) {
    if (c == ' ') {  // the usual one
      if (gap < Gap::kSpace && gap != Gap::kSlash) gap = Gap::kSpace;
      return;
    }
    const Gap found = GapOf(c, followed_by_space);
    title = title || c == '!' || c == '?' || (c == ':' && followed_by_space);
    const bool slashed = gap == Gap::kSlash && found == Gap::kSpace;  // F/ V-22: the slash tells more
    if (found > gap && !slashed) gap = found;
  }
  void Close() {
    gap = Gap::kNone;
    title = false;
  }
};

void Push(const RawToken& token, Tokens& out) {
  out.gaps |= 1u << static_cast<uint32_t>(token.gap);
  out.scripts |= 1u << static_cast<uint32_t>(token.script);
  out.row.push_back(token);
}

// 2xAGM-65, 2xF-16: the count's x is a word of its own, but in sizes (2xl, 4xs).
bool IsCountMark(const Tokens& out, const RawToken& word) {
  if (word.gap != Gap::kNone || word.end - word.begin < kMinCounted || out.text[word.begin] != 'x' || out.row.empty())
    return false;
  const char second = out.text[word.begin + 1];
  const RawToken& before = out.row.back();
  const bool size = second == 'x' || second == 'l' || (second == 's' && word.end - word.begin == 2);
  return !size && before.script == Script::kDigit && before.end == word.begin && before.end - before.begin <= 2;
}

void PushWord(RawToken word, uint32_t first_src_end, Tokens& out) {
  if (IsCountMark(out, word)) {
    RawToken mark = word;
    mark.end = word.begin + 1;
    mark.src_end = first_src_end;
    mark.minus = false;
    Push(mark, out);
    word.begin = mark.end;
    word.src_begin = mark.src_end;
  }
  Push(word, out);
}

void Clear(Tokens& out) {
  out.row.clear();
  out.gaps = out.scripts = 0;
}

}  // namespace

bool IsSymbol(uint32_t c) {
  return c == '%' || c == 0xB0 || c == '"' || c == '+' || c == '&' || c == '#' || c == '$' || c == '^' || c == '<' ||
         c == '>' || c == '=' || c == 0x221A || c == 0x2264 || c == 0x2265 || c == 0x2266 || c == 0x2267;
}

bool IsLetter(uint32_t c) { return c < 0x80 ? IsAsciiLetter(c) : !IsCjk(c) && u_isalpha(static_cast<UChar32>(c)); }

void Tokenize(const Chars& s, Tokens& out) {
  Clear(out);
  constexpr size_t kMaxUtf8 = 4;
  out.text.resize(s.size() * kMaxUtf8);
  char* const text = out.text.data();
  size_t size = 0;
  GapSoFar gap;
  size_t minus_at = std::string_view::npos;
  const auto at = [&](size_t i) { return i < s.size() ? s[i].code : 0u; };
  const auto cjk_before = [&](size_t i) { return i > 0 && IsCjk(at(i - 1)); };
  const auto word_before = [&](size_t i) {  // or another point: 20..40
    if (i == 0) return false;
    const uint32_t c = at(i - 1);
    if (c < 0x80) return IsAsciiDigit(c) || IsAsciiLetter(c) || c == '.';
    return KanjiDigit(c) >= 0 || !IsCjk(c);  // 拳銃.38 has lost its space
  };
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i, from = size;
    uint32_t c = s[i++].code;
    size += Encode(c, text + size);
    if (c == ' ') {
      gap.Add(c, false);
      continue;
    }
    if (c == '-' && IsAsciiDigit(at(i)) && (begin == 0 || OpensMinus(at(begin - 1)) || cjk_before(begin))) minus_at = i;
    if (c == '.' && IsAsciiDigit(at(i)) && !word_before(begin)) c = '0';  // .50: the point opens the number
    const bool cjk = IsCjk(c), letter = !cjk && IsLetter(c);
    if (!letter && !cjk && !IsAsciiDigit(c) && !IsSymbol(c)) {
      gap.Add(c, at(i) == ' ');
      continue;
    }
    const uint32_t first_end = static_cast<uint32_t>(size);
    const Script script = letter ? Script::kLatin : ScriptOf(c);
    if (letter || script == Script::kDigit) {
      while (i < s.size() && (letter ? IsLetter(s[i].code) : IsAsciiDigit(s[i].code)))
        size += Encode(s[i++].code, text + size);
    }
    const RawToken token{static_cast<uint32_t>(from),
                         static_cast<uint32_t>(size),
                         s[begin].begin,
                         s[i - 1].end,
                         script,
                         gap.gap,
                         minus_at == begin,
                         gap.title};
    if (letter && first_end == from + 1) {
      PushWord(token, s[begin].end, out);
    } else {
      Push(token, out);
    }
    gap.Close();
  }
  out.text.resize(size);
}

namespace {

constexpr size_t kBits = 64;

bool Bit(const std::vector<uint64_t>& bits, size_t i) { return (bits[i / kBits] >> i % kBits & 1) != 0; }

// Where the run of ones ends that begins at `i`.
size_t RunEnd(const std::vector<uint64_t>& bits, size_t i) {
  for (;;) {
    const auto run = static_cast<size_t>(std::countr_one(bits[i / kBits] >> i % kBits));
    i += run;
    if (run == 0 || i % kBits != 0 || i / kBits == bits.size()) return i;
  }
}

}  // namespace

void TokenizeAscii(const AsciiClasses& classes, Tokens& out) {
  Clear(out);
  const std::string_view s = out.text;
  const auto word_before = [&](size_t i) {
    return i > 0 && (Bit(classes.letters, i - 1) || Bit(classes.digits, i - 1) || s[i - 1] == '.');
  };
  uint64_t letter_before = 0, digit_before = 0, point_before = 0;
  size_t end = 0;  // of the token before
  GapSoFar gap;
  for (size_t block = 0; block < classes.letters.size(); ++block) {
    const uint64_t letters = classes.letters[block], digits = classes.digits[block];
    uint64_t symbols = 0, points = 0;  // points: those that open a number
    for (uint64_t others = classes.others[block]; others != 0; others &= others - 1) {
      const size_t i = block * kBits + static_cast<size_t>(std::countr_zero(others));
      const auto c = static_cast<unsigned char>(s[i]);
      if (IsSymbol(c)) symbols |= others & -others;
      if (c == '.' && i + 1 < s.size() && Bit(classes.digits, i + 1) && !word_before(i)) points |= others & -others;
    }
    uint64_t starts = (letters & ~(letters << 1 | letter_before)) | symbols | points |
                      (digits & ~(digits << 1 | digit_before | points << 1 | point_before));
    for (; starts != 0; starts &= starts - 1) {
      const uint64_t bit = starts & -starts;
      const size_t begin = block * kBits + static_cast<size_t>(std::countr_zero(starts));
      if (begin == end + 1 && s[end] == ' ') {  // the usual gap
        gap.gap = Gap::kSpace;
      } else {
        for (size_t i = end; i < begin; ++i) gap.Add(static_cast<unsigned char>(s[i]), s[i + 1] == ' ');
      }
      RawToken token{
          static_cast<uint32_t>(begin), 0, static_cast<uint32_t>(begin), 0, Script::kLatin, gap.gap, false, gap.title};
      if (letters & bit) {
        end = RunEnd(classes.letters, begin);
      } else if (symbols & bit) {
        token.script = Script::kSymbol;
        end = begin + 1;
      } else {
        token.script = Script::kDigit;
        end = RunEnd(classes.digits, (points & bit) != 0 ? begin + 1 : begin);
        token.minus = begin > 0 && s[begin - 1] == '-' &&
                      (begin == 1 || OpensMinus(static_cast<unsigned char>(s[begin - 2]))) && (points & bit) == 0;
      }
      token.end = token.src_end = static_cast<uint32_t>(end);
      if (token.gap == Gap::kNone && s[begin] == 'x') {
        PushWord(token, token.begin + 1, out);
      } else {
        Push(token, out);
      }
      gap.Close();
    }
    letter_before = letters >> (kBits - 1);
    digit_before = digits >> (kBits - 1);
    point_before = points >> (kBits - 1);
  }
}

void Tokenize(std::string_view canonical, std::vector<RawToken>& out) {
  Chars chars;
  for (size_t i = 0; i < canonical.size();) {
    const auto begin = static_cast<uint32_t>(i);
    const uint32_t c = Decode(canonical, i);
    chars.push_back({c, begin, static_cast<uint32_t>(i)});
  }
  Tokens tokens;
  Tokenize(chars, tokens);
  out = std::move(tokens.row);
}

std::string Singular(std::string_view w) {
  const size_t n = w.size();
  const auto ends = [&](std::string_view suffix) { return n > suffix.size() && w.substr(n - suffix.size()) == suffix; };
  if (n < 4 || w.back() != 's' || ends("ss") || ends("us") || ends("is")) return std::string(w);
  if (ends("ps") && w.find_first_of("aeiouy") == std::string_view::npos)
    return std::string(w);  // gbps, msps: per second
  if (ends("ies") && n > 5) return std::string(w.substr(0, n - 3)) + "y";
  if (ends("sses") || ends("ches") || ends("shes") || ends("xes") || (ends("oes") && n > 5))
    return std::string(w.substr(0, n - 2));
  return std::string(w.substr(0, n - 1));
}

}  // namespace sekisho::text
