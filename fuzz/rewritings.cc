#include "fuzz/rewritings.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace sekisho::fuzz {

namespace {

using Line = std::u32string;

constexpr std::u32string_view kDashes = U"-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFF0D";
constexpr std::u32string_view kSpaces = U" \u00A0\u2002\u2003\u3000";
constexpr std::u32string_view kInvisible = U"\u200B\u200C\u200D\u2060\uFEFF";
constexpr std::u32string_view kSmallKana = U"ァィゥェォッャュョぁぃぅぇぉっゃゅょ",
                              kLargeKana = U"アイウエオツヤユヨあいうえおつやゆよ";
constexpr std::u32string_view kNewKanji = U"弾検艦国学戦砲体声験広関鉄発変実単円写対将従応収数断気浜炉",
                              kOldKanji = U"彈檢艦國學戰礮體聲驗廣關鐵發變實單圓寫對將從應收數斷氣濱爐";
constexpr std::u32string_view
    kKana = U"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
    kHalfKana = U"ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
static_assert(kSmallKana.size() == kLargeKana.size() && kNewKanji.size() == kOldKanji.size() &&
              kKana.size() == kHalfKana.size());

bool IsAscii(char32_t c) { return c >= '!' && c <= '~'; }
bool IsLetter(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool IsWide(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E; }
bool IsSpace(char32_t c) { return kSpaces.find(c) != kSpaces.npos; }
bool IsCjk(char32_t c) {
  return c == 0x3005 || c == 0x3007 || (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF);
}

template <typename Is>
size_t FindFrom(const Line& line, size_t at, Is is) {
  const auto found = std::find_if(line.begin() + static_cast<ptrdiff_t>(std::min(at, line.size())), line.end(), is);
  return found == line.end() ? Line::npos : static_cast<size_t>(found - line.begin());
}

// The first character from `at` on that `from` has becomes its counterpart.
void Replace(Line& line, size_t at, std::u32string_view from, std::u32string_view to) {
  const size_t i = FindFrom(line, at, [&](char32_t c) { return from.find(c) != from.npos; });
  if (i != Line::npos) line[i] = to[from.find(line[i])];
}

// The word at `at`, letter by letter.
template <typename Change>
void ChangeWord(Line& line, size_t at, Change change) {
  for (size_t i = at; i < line.size() && !IsSpace(line[i]); ++i) line[i] = change(line[i]);
}

void Decompose(Line& line) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString text = nfd->normalize(icu::UnicodeString::fromUTF8(ToUtf8(line)), status);
  std::string out;
  text.toUTF8String(out);
  if (U_SUCCESS(status)) line = FromUtf8(out);
}

void SoftHyphen(Line& line, size_t at) {
  for (size_t i = std::max<size_t>(at, 3); i + 3 <= line.size(); ++i) {
    if (std::all_of(line.begin() + static_cast<ptrdiff_t>(i - 3), line.begin() + static_cast<ptrdiff_t>(i + 3),
                    IsLetter)) {
      line.insert(i, 1, U'\u00AD');
      return;
    }
  }
}

std::vector<Line> Words(const Line& line) {
  std::vector<Line> out;
  for (size_t at = 0; at < line.size();) {
    const size_t end = std::min(FindFrom(line, at, IsSpace), line.size());
    if (end > at) out.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Line Capitals(Line word) {
  for (char32_t& c : word) c = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
  return word;
}

// NIGHT VISION SIGHT -> SIGHT,NIGHT VISION, and back again. Only a plain name of a few words, none of which rules
// another, has its head last.
void TurnSupplyName(Line& line) {
  static constexpr std::u32string_view kRules[] = {U"FOR", U"OF", U"WITH", U"AND", U"OR",
                                                   U"TO",  U"IN", U"ON",   U"BY",  U"F"};
  const size_t comma = line.find(U',');
  const auto plain = [](const Line& word) {
    const Line capitals = Capitals(word);
    return std::all_of(word.begin(), word.end(), IsLetter) &&
           std::find(std::begin(kRules), std::end(kRules), capitals) == std::end(kRules);
  };
  Line flat = line;
  if (comma != Line::npos) flat[comma] = U' ';
  std::vector<Line> words = Words(flat);
  if (words.size() < 2 || words.size() > 4 || !std::all_of(words.begin(), words.end(), plain)) return;
  if (comma != Line::npos) {
    if (Words(line.substr(0, comma)).size() != 1 || line.find(U',', comma + 1) != Line::npos) return;
    std::rotate(words.begin(), words.begin() + 1, words.end());
    line.clear();
    for (const Line& word : words) line += (line.empty() ? U"" : U" ") + word;
    return;
  }
  line = words.back() + U",";
  for (size_t i = 0; i + 1 < words.size(); ++i) line += (i == 0 ? U"" : U" ") + words[i];
  line = Capitals(line);
}

// A word of supply names and its abbreviation, either way.
void Abbreviate(Line& line, size_t at) {
  static constexpr std::pair<std::u32string_view, std::u32string_view> kPairs[] = {{U"ASSEMBLY", U"ASSY"},
                                                                                   {U"CALIBER", U"CAL"},
                                                                                   {U"AMMUNITION", U"AMMO"},
                                                                                   {U"CARTRIDGE", U"CTG"},
                                                                                   {U"EQUIPMENT", U"EQPT"}};
  const size_t from = FindFrom(line, at, [](char32_t c) { return !IsSpace(c); });
  const auto ends = [&](size_t i) { return i >= line.size() || IsSpace(line[i]) || line[i] == ','; };
  if (from == Line::npos || (from > 0 && !ends(from - 1))) return;
  size_t end = from;
  while (end < line.size() && IsLetter(line[end])) ++end;
  if (!ends(end)) return;
  const Line word = Capitals(line.substr(from, end - from));
  for (const auto& [full, brief] : kPairs) {
    if (word == full || word == brief) line.replace(from, end - from, word == full ? brief : full);
    if (word == full || word == brief) return;
  }
}

void DropSpaceBesideCjk(Line& line, size_t at) {
  for (size_t i = std::max<size_t>(at, 1); i + 1 < line.size(); ++i) {
    if (IsSpace(line[i]) && (IsCjk(line[i - 1]) || IsCjk(line[i + 1]))) {
      line.erase(i, 1);
      return;
    }
  }
}

}  // namespace

Line FromUtf8(std::string_view text) {
  const icu::UnicodeString units = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  Line out;
  for (int32_t i = 0; i < units.length(); i = units.moveIndex32(i, 1)) out += static_cast<char32_t>(units.char32At(i));
  return out;
}

std::string ToUtf8(const Line& line) {
  icu::UnicodeString units;
  for (const char32_t c : line) units.append(static_cast<UChar32>(c));
  std::string out;
  units.toUTF8String(out);
  return out;
}

void Rewrite(Line& line, unsigned which, size_t at, unsigned choice) {
  if (line.empty()) return;
  at %= line.size();
  const auto pick = [&](std::u32string_view of) { return of[choice % of.size()]; };
  switch (which) {
    case 0:
      return ChangeWord(line, at, [](char32_t c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
    case 1:
      return ChangeWord(line, at, [](char32_t c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
    case 2:
      return ChangeWord(line, at, [](char32_t c) { return IsAscii(c) ? c + 0xFEE0 : c; });
    case 3:
      return ChangeWord(line, at, [](char32_t c) { return IsWide(c) ? c - 0xFEE0 : c; });
    case 4: {
      const size_t i = FindFrom(line, at, [](char32_t c) { return kDashes.find(c) != kDashes.npos; });
      if (i != Line::npos) line[i] = pick(kDashes);
      return;
    }
    case 5: {
      const size_t i = FindFrom(line, at, IsSpace);
      if (i != Line::npos) line[i] = pick(kSpaces);
      return;
    }
    case 6: {
      const size_t i = FindFrom(line, at, IsSpace);
      if (i != Line::npos) line.insert(i, 1 + choice % 3, line[i]);
      return;
    }
    case 7:
      line.insert(at, 1, pick(kInvisible));
      return;
    case 8:
      return SoftHyphen(line, at);
    case 9:
      return Replace(line, at, kSmallKana, kLargeKana);
    case 10:
      return Replace(line, at, kNewKanji, kOldKanji);
    case 11:
      return Replace(line, at, kKana, kHalfKana);
    case 12:
      return DropSpaceBesideCjk(line, at);
    case 13:
      return Decompose(line);
    case 14:
      return TurnSupplyName(line);
    default:
      return Abbreviate(line, at);
  }
}

void AddNoise(Line& line, unsigned choice) {
  static constexpr std::u32string_view kNoise[] = {U"",        U" QTY 2", U" NEW",  U" USD 120.00",
                                                   U" 数量２", U"  ",     U"\u3000"};
  line += kNoise[choice % std::size(kNoise)];
}

}  // namespace sekisho::fuzz
