// The normalisation pipeline: one function a step, in the order of canonical.h. Between steps a text is a row of code
// points, each with the bytes of the caller's text it came from.
#include "engine/text/canonical.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr uint32_t kProlonged = 0x30FC;  // ー
constexpr uint32_t kMiddleDot = 0x30FB;  // ・

struct Char {
  uint32_t code, begin, end;
};
using Chars = std::vector<Char>;

// NFKC turns 10⁵ into 105: an exponent keeps its meaning only when a caret stands before it.
void MarkSuperscripts(std::string_view source, std::string& marked, std::vector<uint32_t>& origin) {
  const auto superscript = [](uint32_t c) {
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x207B || (c >= 0x2070 && c <= 0x2079 && c != 0x2071);
  };
  bool after_digit = false;
  for (size_t i = 0; i < source.size();) {
    const size_t at = i;
    const uint32_t c = Decode(source, i);
    if (superscript(c) && after_digit) {
      marked += '^';
      origin.push_back(static_cast<uint32_t>(at));
    }
    marked.append(source, at, i - at);
    for (size_t k = at; k < i; ++k) origin.push_back(static_cast<uint32_t>(at));
    after_digit = IsAsciiDigit(c) || (c >= 0xFF10 && c <= 0xFF19);
  }
  origin.push_back(static_cast<uint32_t>(source.size()));
}

bool HasSuperscript(std::string_view s) {
  return s.find("\xC2\xB2") != s.npos || s.find("\xC2\xB3") != s.npos || s.find("\xC2\xB9") != s.npos ||
         s.find("\xE2\x81") != s.npos;
}

void AppendRun(std::string_view folded, uint32_t begin, uint32_t end, Chars& out) {
  for (size_t i = 0; i < folded.size();) {
    const uint32_t c = Decode(folded, i);
    out.push_back({c, begin, end});
  }
}

// NFKC with full case folding and default-ignorables removed, by ICU; Edits give the map.
absl::Status FoldWithIcu(std::string_view source, Chars& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc_cf = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return absl::InternalError(absl::StrCat("ICU: ", u_errorName(status)));
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  icu::Edits edits;
  nfkc_cf->normalizeUTF8(0, icu::StringPiece(source.data(), static_cast<int32_t>(source.size())), sink, &edits, status);
  if (U_FAILURE(status)) return absl::InternalError(absl::StrCat("ICU: ", u_errorName(status)));
  auto it = edits.getFineIterator();
  while (it.next(status)) {
    const auto src = static_cast<uint32_t>(it.sourceIndex());
    const std::string_view piece(folded.data() + it.destinationIndex(), static_cast<size_t>(it.newLength()));
    if (it.hasChange()) {
      AppendRun(piece, src, src + static_cast<uint32_t>(it.oldLength()), out);
      continue;
    }
    for (size_t i = 0; i < piece.size();) {
      const size_t at = i;
      const uint32_t c = Decode(piece, i);
      out.push_back({c, src + static_cast<uint32_t>(at), src + static_cast<uint32_t>(i)});
    }
  }
  if (U_FAILURE(status)) return absl::InternalError(absl::StrCat("ICU: ", u_errorName(status)));
  return absl::OkStatus();
}

absl::Status FoldCase(std::string_view source, Chars& out) {
  const bool ascii =
      std::all_of(source.begin(), source.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    for (uint32_t i = 0; i < source.size(); ++i) {
      const auto c = static_cast<unsigned char>(source[i]);
      out.push_back({IsAsciiLetter(c) ? c | 0x20u : c, i, i + 1});
    }
    return absl::OkStatus();
  }
  if (!HasSuperscript(source)) return FoldWithIcu(source, out);
  std::string marked;
  std::vector<uint32_t> origin;
  MarkSuperscripts(source, marked, origin);
  if (absl::Status s = FoldWithIcu(marked, out); !s.ok()) return s;
  for (Char& c : out) {
    uint32_t end = c.end;
    c.begin = origin[c.begin];
    while (origin[end] <= c.begin) ++end;  // the caret's own character is the superscript
    c.end = origin[end];
  }
  return absl::OkStatus();
}

// The pack's one-to-one folds; what they do not name stays.
void ApplyFolds(std::span<const pack::Fold> folds, Chars& chars) {
  size_t kept = 0;
  for (Char& c : chars) {
    if (c.code >= 0x80) {
      const auto it = std::lower_bound(folds.begin(), folds.end(), c.code,
                                       [](const pack::Fold& f, uint32_t code) { return f.from < code; });
      if (it != folds.end() && it->from == c.code) {
        if (it->to == 0) continue;
        c.code = it->to;
      }
    }
    chars[kept++] = c;
  }
  chars.resize(kept);
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
void FoldConfusables(std::span<const pack::Fold> folds, Chars& chars) {
  const auto latin = [&](uint32_t c) -> uint32_t {
    const auto it = std::lower_bound(folds.begin(), folds.end(), pack::kFoldConfusable | c,
                                     [](const pack::Fold& f, uint32_t code) { return f.from < code; });
    return it != folds.end() && it->from == (pack::kFoldConfusable | c) ? it->to : 0;
  };
  const auto foreign = [](uint32_t c) { return c >= 0x370 && c <= 0x52F && c != 0x3BC; };
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
// another digit.
void FoldDigitLookalikes(std::span<const pack::Fold> folds, Chars& chars) {
  const auto code = [&](size_t i) { return i < chars.size() ? chars[i].code : 0u; };
  for (size_t i = 1; i + 1 < chars.size(); ++i) {
    if (!IsAsciiLetter(chars[i].code) || !IsAsciiDigit(code(i + 1)) || IsAsciiDigit(code(i + 4))) continue;
    const bool inside = IsAsciiDigit(code(i - 1));
    const bool opens = code(i - 1) == '-' && i >= 3 && IsAsciiLetter(code(i - 2)) && IsAsciiLetter(code(i - 3));
    if (!inside && !opens) continue;
    const auto it = std::lower_bound(folds.begin(), folds.end(), pack::kFoldDigit | chars[i].code,
                                     [](const pack::Fold& f, uint32_t c) { return f.from < c; });
    if (it != folds.end() && it->from == (pack::kFoldDigit | chars[i].code)) chars[i].code = it->to;
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
      chars[kept++] = chars[i];
      continue;
    }
    const uint32_t next = i + 1 < chars.size() ? chars[i + 1].code : 0;
    if (next == 0 || space(next) || kept == 0 || IsCjk(chars[kept - 1].code) || IsCjk(next)) continue;
    chars[kept] = chars[i];
    chars[kept++].code = ' ';
  }
  chars.resize(kept);
}

}  // namespace

absl::Status Canonicalize(std::string_view source, std::span<const pack::Fold> folds, Canonical& out) {
  out.clear();
  if (const size_t bad = FindInvalidUtf8(source); bad != std::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("not UTF-8 at byte ", bad));
  }
  thread_local Chars chars;
  chars.clear();
  if (absl::Status s = FoldCase(source, chars); !s.ok()) return s;
  ApplyFolds(folds, chars);
  CollapseSpaces(chars);  // before the prolonged mark looks at its neighbours
  DropProlonged(chars);
  FoldConfusables(folds, chars);
  FoldDigitLookalikes(folds, chars);
  FoldYearType(chars);
  out.text.reserve(chars.size());
  for (const Char& c : chars) {
    if (c.code == kMiddleDot) {
      // スモーク・ランチャ = スモークランチャ; between Latin words it is a gap, between kanji digits a decimal point
      // (〇・五).
      const bool inside = &c != &chars.front() && &c != &chars.back() && IsCjk((&c)[1].code);
      if (inside && !(KanjiDigit((&c)[-1].code) >= 0 && KanjiDigit((&c)[1].code) >= 0)) continue;
    }
    Append(out.text, c.code);
    out.begin.resize(out.text.size(), c.begin);
    out.end.resize(out.text.size(), c.end);
  }
  return absl::OkStatus();
}

}  // namespace sekisho::text
