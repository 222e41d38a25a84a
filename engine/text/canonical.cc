// The normalisation pipeline: one function a step, in the order of canonical.h. Between steps a text is a row of code
// points, each with the bytes of the caller's text it came from.
#include "engine/text/canonical.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/text/ascii.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kProlonged = 0x30FC;  // ー
constexpr uint32_t kMiddleDot = 0x30FB;  // ・

// The pack's one-to-one folds; what they do not name stays.
void ApplyFolds(const Folds& folds, Chars& chars) {
  size_t kept = 0;
  for (Char& c : chars) {
    if (c.code >= 0x80) {
      if (const pack::Fold* fold = folds.Find(c.code); fold != nullptr) {
        if (fold->to == 0) continue;
        c.code = fold->to;
      }
    }
    if (&chars[kept] != &c) chars[kept] = c;
    ++kept;
  }
  chars.resize(kept);
}

// センサー = センサ, レーダ－装置 = レーダ装置; after anything but kana the mark is a dash (Ｆー１５).
void DropProlonged(Chars& chars) {
  if (std::none_of(chars.begin(), chars.end(), [](const Char& c) { return c.code == kProlonged || c.code == '-'; }))
    return;
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
  const auto foreign = [](uint32_t c) { return c >= 0x370 && c <= 0x52F && c != 0x3BC; };
  if (std::none_of(chars.begin(), chars.end(), [&](const Char& c) { return foreign(c.code); })) return;
  for (size_t i = 0; i < chars.size();) {
    if (!foreign(chars[i].code) && !IsAsciiLetter(chars[i].code)) {
      ++i;
      continue;
    }
    size_t end = i;
    bool any = false, all = true;
    for (; end < chars.size() && (foreign(chars[end].code) || IsAsciiLetter(chars[end].code)); ++end) {
      if (!foreign(chars[end].code)) continue;
      any = true;
      all = all && latin(chars[end].code) != 0;
    }
    if (any && all) {
      for (size_t k = i; k < end; ++k) {
        if (foreign(chars[k].code)) chars[k].code = latin(chars[k].code);
      }
    }
    i = end;
  }
}

// PVS-I4 = PVS-14, 1O5MM = 105MM: a letter that looks like a digit, between a digit or a designation's hyphen and
// another digit. `Code(i)` reads the text, 0 outside of it; `set(i, code)` writes it.
template <typename Code, typename Set>
void FoldDigitLookalikes(const Folds& folds, size_t size, const Code& code, const Set& set) {
  for (size_t i = 1; i + 1 < size; ++i) {
    if (!IsAsciiDigit(code(i + 1)) || !IsAsciiLetter(code(i)) || IsAsciiDigit(code(i + 4))) continue;
    const bool inside = IsAsciiDigit(code(i - 1));
    const bool opens = code(i - 1) == '-' && i >= 3 && IsAsciiLetter(code(i - 2)) && IsAsciiLetter(code(i - 3));
    if (!inside && !opens) continue;
    if (const pack::Fold* fold = folds.Find(pack::kFoldDigit | code(i)); fold != nullptr) set(i, fold->to);
  }
}

// 八九式 = 89式: a year type is written in either numerals.
void FoldYearType(Chars& chars) {
  constexpr uint32_t kShiki = 0x5F0F, kTen = 0x5341;
  for (size_t i = 2; i < chars.size(); ++i) {
    if (chars[i].code != kShiki) continue;
    const int ones = KanjiDigit(chars[i - 1].code),
              tens = chars[i - 2].code == kTen ? 1 : KanjiDigit(chars[i - 2].code);
    if (ones < 0 || tens < 0) continue;
    chars[i - 2].code = '0' + static_cast<uint32_t>(tens);
    chars[i - 1].code = '0' + static_cast<uint32_t>(ones);
  }
}

// One space for any run of white space and controls, none at the ends, none beside a CJK character.
void CollapseSpaces(Chars& chars) {
  const auto space = [](uint32_t c) {
    return c <= 0x20 || c == 0x7F || (c >= 0x80 && c <= 0xA0) || c == 0x3000 || c == 0x2028 || c == 0x2029;
  };
  size_t kept = 0;
  for (size_t i = 0; i < chars.size(); ++i) {
    if (!space(chars[i].code)) {
      if (kept != i) chars[kept] = chars[i];
      ++kept;
      continue;
    }
    const uint32_t next = i + 1 < chars.size() ? chars[i + 1].code : 0;
    if (next == 0 || space(next) || kept == 0 || IsCjk(chars[kept - 1].code) || IsCjk(next)) continue;
    chars[kept] = chars[i];
    chars[kept++].code = ' ';
  }
  chars.resize(kept);
}

// The code points as UTF-8, without the middle dots that say nothing.
void Write(const Chars& chars, Canonical& out) {
  constexpr size_t kMaxUtf8 = 4;
  size_t size = 0;
  out.text.resize(chars.size() * kMaxUtf8);
  out.begin.resize(chars.size() * kMaxUtf8);
  out.end.resize(chars.size() * kMaxUtf8);
  char* const text = out.text.data();
  uint32_t* const begin = out.begin.data();
  uint32_t* const end = out.end.data();
  for (const Char& c : chars) {
    if (c.code == kMiddleDot) {
      // スモーク・ランチャ = スモークランチャ; between Latin words it is a gap, between kanji digits a decimal point
      // (〇・五).
      const bool inside = &c != &chars.front() && &c != &chars.back() && IsCjk((&c)[1].code);
      if (inside && !(KanjiDigit((&c)[-1].code) >= 0 && KanjiDigit((&c)[1].code) >= 0)) continue;
    }
    const size_t next = size + Encode(c.code, text + size);
    for (; size < next; ++size) {
      begin[size] = c.begin;
      end[size] = c.end;
    }
  }
  out.text.resize(size);
  out.begin.resize(size);
  out.end.resize(size);
}

// A text of ASCII alone with single spaces inside is its own map.
bool CanonicalizeAscii(std::string_view source, const Folds& folds, Canonical& out) {
  bool digits = false;
  if (!LowerAscii(source, out.text, digits)) return false;
  out.identity = true;
  if (!digits) return true;
  const auto code = [&](size_t i) { return i < out.text.size() ? static_cast<uint32_t>(out.text[i]) : 0u; };
  FoldDigitLookalikes(folds, out.text.size(), code, [&](size_t i, uint32_t c) { out.text[i] = static_cast<char>(c); });
  return true;
}

}  // namespace

absl::Status Canonicalize(std::string_view source, const Folds& folds, Canonical& out, Way way) {
  out.clear();
  if (way == Way::kFast && CanonicalizeAscii(source, folds, out)) return absl::OkStatus();
  out.clear();
  if (const size_t bad = FindInvalidUtf8(source); bad != std::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("not UTF-8 at byte ", bad));
  }
  thread_local Chars chars;
  chars.clear();
  const absl::Status folded = way == Way::kFast ? FoldHybrid(source, chars) : FoldByIcu(source, chars);
  if (!folded.ok()) return folded;
  ApplyFolds(folds, chars);
  CollapseSpaces(chars);  // before the prolonged mark looks at its neighbours
  DropProlonged(chars);
  FoldConfusables(folds, chars);
  FoldDigitLookalikes(
      folds, chars.size(), [&](size_t i) { return i < chars.size() ? chars[i].code : 0u; },
      [&](size_t i, uint32_t c) { chars[i].code = c; });
  FoldYearType(chars);
  Write(chars, out);
  return absl::OkStatus();
}

}  // namespace sekisho::text
