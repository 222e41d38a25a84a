// The normalisation pipeline: one function a step, in the order of canonical.h. Between steps a text is a row of code
// points, each with the bytes of the caller's text it came from.
#include "engine/text/canonical.h"

#include <algorithm>
#include <bit>

#include "absl/strings/str_cat.h"
#include "engine/text/ascii.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kProlonged = 0x30FC;  // ー
constexpr uint32_t kMiddleDot = 0x30FB;  // ・

// What occurs in a text: the steps that have nothing to do are left out.
enum Seen : uint32_t {
  kSpace = 1u << 0,
  kDash = 1u << 1,  // also the prolonged mark
  kForeign = 1u << 2,
  kDigit = 1u << 3,
  kLetter = 1u << 4,
  kShiki = 1u << 5,
  kDot = 1u << 6,
};

constexpr uint32_t kShikiCode = 0x5F0F;  // 式

bool IsSpace(uint32_t c) {
  return c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0x3000 || c == 0x2028 || c == 0x2029;
}

bool IsForeign(uint32_t c) { return c >= 0x370 && c <= 0x52F && c != 0x3BC; }  // Greek and Cyrillic, but µ

uint32_t SeenIn(uint32_t c) {
  if (IsAsciiLetter(c)) return kLetter;
  if (IsAsciiDigit(c)) return kDigit;
  if (IsSpace(c)) return kSpace;
  if (IsForeign(c)) return kForeign;
  return c == '-' || c == kProlonged ? kDash : c == kShikiCode ? kShiki : c == kMiddleDot ? kDot : 0u;
}

// The pack's one-to-one folds; what they do not name stays. Returns what occurs then.
uint32_t ApplyFolds(const Folds& folds, Chars& chars) {
  uint32_t seen = 0;
  size_t kept = 0;
  for (Char& c : chars) {
    if (c.code >= 0x80) {
      if (const pack::Fold* fold = folds.Find(c.code); fold != nullptr) {
        if (fold->to == 0) continue;
        c.code = fold->to;
      }
    }
    seen |= SeenIn(c.code);
    if (&chars[kept] != &c) chars[kept] = c;
    ++kept;
  }
  chars.resize(kept);
  return seen;
}

// センサー = センサ, レーダ－装置 = レーダ装置; after anything but kana the mark is a dash (Ｆー１５).
void DropProlonged(Chars& chars) {
  size_t kept = 0;
  bool after_kana = false, after_katakana = false;
  for (size_t i = 0; i < chars.size(); ++i) {
    Char c = chars[i];
    const uint32_t next = i + 1 < chars.size() ? chars[i + 1].code : 0;
    if (c.code == kProlonged) {
      if (after_kana) continue;
      c.code = '-';
    } else if (c.code == '-' && after_katakana && IsCjk(next)) {
      continue;
    }
    after_kana = IsKana(c.code);
    after_katakana = IsKatakana(c.code);
    chars[kept++] = c;
  }
  chars.resize(kept);
}

// A Cyrillic or Greek letter that looks Latin is Latin in a word whose every foreign letter looks Latin.
void FoldConfusables(const Folds& folds, Chars& chars) {
  const auto latin = [&](uint32_t c) -> uint32_t {
    const pack::Fold* fold = folds.Find(pack::kFoldConfusable | c);
    return fold == nullptr ? 0 : fold->to;
  };
  for (size_t i = 0; i < chars.size();) {
    if (!IsForeign(chars[i].code) && !IsAsciiLetter(chars[i].code)) {
      ++i;
      continue;
    }
    size_t end = i;
    bool any = false, all = true;
    for (; end < chars.size() && (IsForeign(chars[end].code) || IsAsciiLetter(chars[end].code)); ++end) {
      if (!IsForeign(chars[end].code)) continue;
      any = true;
      all = all && latin(chars[end].code) != 0;
    }
    if (any && all) {
      for (size_t k = i; k < end; ++k) {
        if (IsForeign(chars[k].code)) chars[k].code = latin(chars[k].code);
      }
    }
    i = end;
  }
}

// 40L70, a bore and a barrel's length: two digits on either side, and nothing glued to them.
template <typename Code>
bool IsBarrelLength(size_t i, const Code& code) {
  const auto glued = [](uint32_t c) { return IsAsciiDigit(c) || IsAsciiLetter(c); };
  return code(i) == 'l' && i >= 2 && IsAsciiDigit(code(i - 2)) && IsAsciiDigit(code(i + 2)) &&
         (i == 2 || !glued(code(i - 3))) && !IsAsciiDigit(code(i + 3));
}

// PVS-I4 = PVS-14, 1O5MM = 105MM: a letter that looks like a digit, between a digit or a designation's hyphen and
// another digit. `Code(i)` reads the text, 0 outside of it; `set(i, code)` writes it.
template <typename Code, typename Set>
void FoldDigitLookalike(const Folds& folds, size_t i, const Code& code, const Set& set) {
  if (i == 0 || !IsAsciiDigit(code(i + 1)) || !IsAsciiLetter(code(i)) || IsAsciiDigit(code(i + 4))) return;
  const bool inside = IsAsciiDigit(code(i - 1)) && !IsBarrelLength(i, code);
  const bool opens = code(i - 1) == '-' && i >= 3 && IsAsciiLetter(code(i - 2)) && IsAsciiLetter(code(i - 3));
  if (!inside && !opens) return;
  if (const pack::Fold* fold = folds.Find(pack::kFoldDigit | code(i)); fold != nullptr) set(i, fold->to);
}

// 八九式 = 89式: a year type is written in either numerals.
void FoldYearType(Chars& chars) {
  constexpr uint32_t kTen = 0x5341;
  for (size_t i = 2; i < chars.size(); ++i) {
    if (chars[i].code != kShikiCode) continue;
    const int ones = KanjiDigit(chars[i - 1].code),
              tens = chars[i - 2].code == kTen ? 1 : KanjiDigit(chars[i - 2].code);
    if (ones < 0 || tens < 0) continue;
    chars[i - 2].code = '0' + static_cast<uint32_t>(tens);
    chars[i - 1].code = '0' + static_cast<uint32_t>(ones);
  }
}

// One space for any run of white space and controls, none at the ends, none beside a CJK character.
void CollapseSpaces(Chars& chars) {
  size_t kept = 0;
  for (size_t i = 0; i < chars.size(); ++i) {
    if (!IsSpace(chars[i].code)) {
      if (kept != i) chars[kept] = chars[i];
      ++kept;
      continue;
    }
    const uint32_t next = i + 1 < chars.size() ? chars[i + 1].code : 0;
    if (next == 0 || IsSpace(next) || kept == 0 || IsCjk(chars[kept - 1].code) || IsCjk(next)) continue;
    chars[kept] = chars[i];
    chars[kept++].code = ' ';
  }
  chars.resize(kept);
}

// スモーク・ランチャ = スモークランチャ; between Latin words the dot is a gap, between kanji digits a decimal point
// (〇・五).
void DropMiddleDots(Chars& chars) {
  size_t kept = 0;
  uint32_t before = 0;
  for (size_t i = 0; i < chars.size(); ++i) {
    const Char c = chars[i];
    const bool inside = i > 0 && i + 1 < chars.size() && IsCjk(chars[i + 1].code);
    const bool dropped =
        c.code == kMiddleDot && inside && !(KanjiDigit(before) >= 0 && KanjiDigit(chars[i + 1].code) >= 0);
    before = c.code;
    if (!dropped) chars[kept++] = c;
  }
  chars.resize(kept);
}

// The code points as UTF-8, each byte with its place.
void Write(const Chars& chars, Canonical& out) {
  constexpr size_t kMaxUtf8 = 4;
  out.text.resize(chars.size() * kMaxUtf8);
  size_t size = 0;
  for (const Char& c : chars) {
    size += Encode(c.code, out.text.data() + size);
    out.begin.resize(size, c.begin);
    out.end.resize(size, c.end);
  }
  out.text.resize(size);
}

}  // namespace

bool CanonicalizeAscii(std::string_view source, const Folds& folds, std::string& out, AsciiClasses& classes) {
  if (!LowerAscii(source, out, classes)) return false;
  if (!classes.any_digit) return true;
  bool digits = true;  // every letter that was meant for a digit became one
  const auto code = [&](size_t i) { return i < out.size() ? static_cast<uint32_t>(out[i]) : 0u; };
  const auto set = [&](size_t i, uint32_t c) {
    out[i] = static_cast<char>(c);
    classes.letters[i / 64] &= ~(uint64_t{1} << i % 64);
    classes.digits[i / 64] |= uint64_t{1} << i % 64;
    digits = digits && IsAsciiDigit(c);
  };
  for (size_t block = 0; block < classes.letters.size(); ++block) {  // letters before a digit, from left to right
    const uint64_t next = block + 1 < classes.digits.size() ? classes.digits[block + 1] << 63 : 0;
    uint64_t before_digit = classes.letters[block] & (classes.digits[block] >> 1 | next);
    for (; before_digit != 0; before_digit &= before_digit - 1)
      FoldDigitLookalike(folds, block * 64 + static_cast<size_t>(std::countr_zero(before_digit)), code, set);
  }
  return digits;
}

absl::Status CanonicalizeChars(std::string_view source, const Folds& folds, Chars& chars, Way way) {
  chars.clear();
  if (const size_t bad = FindInvalidUtf8(source); bad != std::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("not UTF-8 at byte ", bad));
  }
  absl::Status folded = way == Way::kFast ? FoldHybrid(source, chars) : FoldByIcu(source, chars);
  if (!folded.ok()) return folded;
  const uint32_t seen = ApplyFolds(folds, chars);
  if (seen & kSpace) CollapseSpaces(chars);  // before the prolonged mark looks at its neighbours
  if (seen & kDash) DropProlonged(chars);
  if (seen & kForeign) FoldConfusables(folds, chars);
  if ((seen & kDigit) && (seen & (kLetter | kForeign))) {
    const auto code = [&](size_t i) { return i < chars.size() ? chars[i].code : 0u; };
    for (size_t i = 1; i + 1 < chars.size(); ++i)
      FoldDigitLookalike(folds, i, code, [&](size_t at, uint32_t c) { chars[at].code = c; });
  }
  if (seen & kShiki) FoldYearType(chars);
  if (seen & kDot) DropMiddleDots(chars);
  return absl::OkStatus();
}

absl::Status Canonicalize(std::string_view source, const Folds& folds, Canonical& out, Way way) {
  out.clear();
  AsciiClasses classes;
  if (way == Way::kFast && CanonicalizeAscii(source, folds, out.text, classes)) {
    out.identity = true;
    return absl::OkStatus();
  }
  out.clear();
  Chars chars;
  if (absl::Status s = CanonicalizeChars(source, folds, chars, way); !s.ok()) return s;
  Write(chars, out);
  return absl::OkStatus();
}

}  // namespace sekisho::text
