// engine/text: each step of the normalisation pipeline, the map back, tokens, singulars.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/text/ascii.h"
#include "engine/text/canonical.h"
#include "engine/text/line.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

// As the pack sorts them: dashes, small kana, an old kanji, a confusable (top bit).
const std::vector<pack::Fold> kFoldRecords = {
    {0x2013, '-'},     {0x2014, '-'},     {0x2015, '-'},     {0x2212, '-'},           {0x3001, ','},
    {0x30A7, 0x30A8},  {0x30C3, 0x30C4},  {0x5F48, 0x5F3E},  {0x40000000 | 'i', '1'}, {0x40000000 | 'o', '0'},
    {0x80000410, 'a'}, {0x80000430, 'a'}, {0x80000435, 'e'}, {0x8000043A, 'k'}};
const Folds kFolds{kFoldRecords};

std::string Canon(std::string_view s) {
  Canonical c;
  const absl::Status status = Canonicalize(s, kFolds, c);
  EXPECT_TRUE(status.ok()) << status;
  return c.text;
}

TEST(Canonical, FoldsCaseAndWidth) {
  EXPECT_EQ(Canon("AN/PVS-14"), "an/pvs-14");
  EXPECT_EQ(Canon("ＡＮ／ＰＶＳ－１４"), "an/pvs-14");
  EXPECT_EQ(Canon("㎜"), "mm");
  EXPECT_EQ(Canon("ｾﾝｻｰ"), Canon("センサ"));
}

TEST(Canonical, FoldsDashes) {
  for (const char* dash : {"-", "－", "–", "—", "―", "−"})
    EXPECT_EQ(Canon(std::string("Ｆ") + dash + "１５"), "f-15") << dash;
}

TEST(Canonical, DropsProlongedMarksAfterKanaOnly) {
  EXPECT_EQ(Canon("レーダー装置"), "レダ装置");
  EXPECT_EQ(Canon("レ－ダ－装置"), "レダ装置");
  EXPECT_EQ(Canon("Ｆー１５"), "f-15");
  EXPECT_EQ(Canon("ミサイル-1"), "ミサイル-1");
}

TEST(Canonical, ComposesAndFoldsKana) {
  EXPECT_EQ(Canon("カ\xE3\x82\x99ン"), Canon("ガン"));  // NFD
  EXPECT_EQ(Canon("ロケット"), Canon("ロケツト"));
}

TEST(Canonical, FoldsOldKanji) { EXPECT_EQ(Canon("砲彈"), "砲弾"); }

TEST(Canonical, RemovesInvisibleCharacters) {
  EXPECT_EQ(Canon("night\xC2\xAD vi\xE2\x80\x8Bsion"), "night vision");
  EXPECT_EQ(Canon("\xE2\x80\xAEgun"), "gun");
}

TEST(Canonical, CollapsesSpacesAndDropsThemBesideCjk) {
  EXPECT_EQ(Canon("  night \t vision\n"), "night vision");
  EXPECT_EQ(Canon("暗視　装置 AN/PVS-14"), "暗視装置an/pvs-14");
  EXPECT_EQ(Canon(std::string_view("a\0b", 3)), "a b");
}

TEST(Canonical, FoldsConfusablesInLookalikeWords) {
  EXPECT_EQ(Canon("\xD0\x90\xD0\x9A-47"), "ak-47");  // Cyrillic АК
  EXPECT_NE(Canon("\xD0\xB6\xD0\xB0"), "a");         // жа is no Latin word
}

TEST(Canonical, FoldsLettersTypedForDigits) {
  EXPECT_EQ(Canon("AN/PVS-I4"), "an/pvs-14");
  EXPECT_EQ(Canon("1O5MM"), "105mm");
  EXPECT_EQ(Canon("MIL-I45208"), "mil-i45208");  // a letter code of its own
  EXPECT_EQ(Canon("F-I"), "f-i");
}

TEST(Canonical, KeepsSuperscriptsApart) { EXPECT_EQ(Canon("8.41×10⁵"), "8.41×10^5"); }

TEST(Canonical, FoldsYearTypes) {
  EXPECT_EQ(Canon("八九式小銃"), "89式小銃");
  EXPECT_EQ(Canon("一〇式戦車"), "10式戦車");
}

TEST(Canonical, MapsEveryByteBack) {
  const std::string source = "暗視　ＮＶＧ x";
  Canonical c;
  ASSERT_TRUE(Canonicalize(source, kFolds, c).ok());
  const auto n = static_cast<uint32_t>(c.text.find("nvg"));
  ASSERT_LT(n, c.text.size());
  EXPECT_EQ(source.substr(c.Begin(n), c.End(n + 2) - c.Begin(n)), "ＮＶＧ");
}

void ExpectBothWaysEqual(const std::string& source) {
  Canonical fast, reference;
  ASSERT_EQ(Canonicalize(source, kFolds, fast).ok(), Canonicalize(source, kFolds, reference, Way::kReference).ok());
  ASSERT_EQ(fast.text, reference.text) << source;
  for (uint32_t i = 0; i < fast.text.size(); ++i) {
    ASSERT_EQ(fast.Begin(i), reference.Begin(i)) << source << " at " << i;
    ASSERT_EQ(fast.End(i), reference.End(i)) << source << " at " << i;
  }
}

TEST(Canonical, TheFastWayEqualsIcu) {
  for (const char* source : {"",
                             " ",
                             "a",
                             "Sight, Night  Vision",
                             " AN/PVS-I4 ",
                             "ﾚｰﾀﾞｰ ｶﾞｽ",
                             "カ\u3099ス",
                             "e\u0301t\u00E9",
                             "\u0301a",
                             "８９式５．５６ｍｍ",
                             "㎜ ㍉ ﬁ Ǆ İ ß",
                             "8.4×10⁵ m²",
                             "10² 10\u00B2",
                             "e\u0301\u0302²",
                             "가\u11A8 각",
                             "\u1112\u1161\u11AB",
                             "a\u200Db\u00ADc",
                             "\U0001D400\u0300",
                             "क\u093C",
                             "x\x01y\x7F",
                             "ΑΒ-54 МиГ"})
    ExpectBothWaysEqual(source);
  std::mt19937 random(7);
  const std::u32string pool =
      U"aZ09 "
      U"-²⁵ー・ｶﾞﾟカガ\u3099\u309A\u0301\u0323éÅ\u212B㎜㍿ﬁßİ砲彈弾式八九〇．ＡＢ１２\u200D\u00ADͅΑа가\u11A8ᆨ\U0001D15E"
      U"\u0F71\u0F72";
  for (int n = 0; n < 20000; ++n) {
    std::string source;
    for (size_t k = random() % 12; k > 0; --k) Append(source, pool[random() % pool.size()]);
    ExpectBothWaysEqual(source);
  }
}

TEST(Canonical, EveryCodePointAloneAndBetweenOthers) {
  for (uint32_t c = 1; c < 0x30000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string source = "a";
    Append(source, c);
    Append(source, 0x30AB);
    Append(source, c);
    ExpectBothWaysEqual(source);
  }
}

TEST(Ascii, BothWaysAreEqual) {
  std::mt19937 random(3);
  for (int n = 0; n < 20000; ++n) {
    std::string source;
    for (size_t k = random() % 150; k > 0; --k)
      source += random() % 400 == 0 ? static_cast<char>(random() % 256) : "aZz@[`{09/: -"[random() % 13];
    std::string fast, plain;
    AsciiClasses fast_classes, plain_classes;
    const bool ok = LowerAscii(source, fast, fast_classes);
    ASSERT_EQ(ok, LowerAsciiPortable(source, plain, plain_classes)) << source;
    if (!ok) continue;
    ASSERT_EQ(fast, plain);
    ASSERT_EQ(fast_classes.any_digit, plain_classes.any_digit) << source;
    ASSERT_EQ(fast_classes.letters, plain_classes.letters) << source;
    ASSERT_EQ(fast_classes.digits, plain_classes.digits) << source;
    ASSERT_EQ(fast_classes.others, plain_classes.others) << source;
  }
}

TEST(Canonical, RefusesInvalidUtf8WithItsPlace) {
  Canonical c;
  const absl::Status status = Canonicalize("ab\xFF", kFolds, c);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "not UTF-8 at byte 2");
  EXPECT_TRUE(c.text.empty());
}

TEST(Utf8, FindsIllFormedSequences) {
  EXPECT_EQ(FindInvalidUtf8("é暗😀"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("\xC0\x80"), 0u);          // overlong
  EXPECT_EQ(FindInvalidUtf8("\xED\xA0\x80"), 0u);      // surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("a\xE6\x9A"), 1u);         // cut
}

std::vector<std::string> Words(std::string_view canonical) {
  std::vector<RawToken> tokens;
  Tokenize(canonical, tokens);
  std::vector<std::string> out;
  out.reserve(tokens.size());
  for (const RawToken& t : tokens) out.emplace_back(canonical.substr(t.begin, t.end - t.begin));
  return out;
}

TEST(Tokens, SplitsLettersDigitsAndCjk) {
  EXPECT_EQ(Words("an/pvs-14a"), (std::vector<std::string>{"an", "pvs", "14", "a"}));
  EXPECT_EQ(Words("89式小銃"), (std::vector<std::string>{"89", "式", "小", "銃"}));
  EXPECT_EQ(Words("cal .50 at 7.62"), (std::vector<std::string>{"cal", ".50", "at", "7", "62"}));
  EXPECT_EQ(Words("2xagm-65"), (std::vector<std::string>{"2", "x", "agm", "65"}));
}

TEST(Tokens, GapsAreTheStrongestCharacter) {
  std::vector<RawToken> t;
  Tokenize("sight,night vision, x-ray (usa); end", t);
  EXPECT_EQ(t[1].gap, Gap::kComma);
  EXPECT_EQ(t[2].gap, Gap::kSpace);
  EXPECT_EQ(t[3].gap, Gap::kCommaSpace);
  EXPECT_EQ(t[4].gap, Gap::kHyphen);
  EXPECT_EQ(t[5].gap, Gap::kOpen);
  EXPECT_EQ(t[6].gap, Gap::kClose);
}

TEST(Tokens, MarksMinusSigns) {
  std::vector<RawToken> t;
  Tokenize("-40 to f-16", t);
  EXPECT_TRUE(t[0].minus);
  EXPECT_FALSE(t.back().minus);
}

std::string Describe(const Line& line) {
  std::string out(line.text());
  for (const RawToken& t : line.tokens().row) {
    for (const uint32_t n : {t.begin, t.end, t.src_begin, t.src_end, static_cast<uint32_t>(t.script),
                             static_cast<uint32_t>(t.gap), uint32_t{t.minus}, uint32_t{t.title}})
      out += " " + std::to_string(n);
    for (uint32_t i = t.begin; i < t.end; ++i)
      out += " " + std::to_string(line.At(i).begin) + "-" + std::to_string(line.At(i).end);
    out += ";";
  }
  return out + std::to_string(line.tokens().gaps) + " " + std::to_string(line.tokens().scripts);
}

void ExpectSameTokens(const std::string& source) {
  Line fast, reference;
  const bool ok = fast.Read(source, kFolds).ok();
  ASSERT_EQ(ok, reference.Read(source, kFolds, Way::kReference).ok()) << source;
  if (ok) {
    ASSERT_EQ(Describe(fast), Describe(reference)) << source;
  }
}

TEST(Line, TheFastWayEqualsTheReference) {
  std::mt19937 random(11);
  const std::vector<std::string> pool = {"a", "b",  "X", "x", "xl", "io", "1",     "23",     "05",  ".",   ",", ", ",
                                         " ", " -", "-", "/", "(",  ")",  ":",     ": ",     "!",   "?",   ";", "%",
                                         "#", "<",  "=", "~", "_",  "'",  "2xagm", "pvs-i4", ".50", "-40", "o5"};
  const std::vector<std::string> wide = {"暗", "視", "レー", "ー", "・", "八", "九式", "　", "Ａ",
                                         "１", "－", "é",    "АК", "²",  "ｶﾞ", "°",    "≥",  "．"};
  for (int n = 0; n < 60000; ++n) {
    std::string source;
    for (size_t k = random() % 50; k > 0; --k)
      source += n % 3 == 0 && random() % 4 == 0 ? wide[random() % wide.size()] : pool[random() % pool.size()];
    ExpectSameTokens(source);
  }
  for (size_t length = 60; length < 70; ++length) {  // runs that end at, before and behind a word of classes
    for (const char* tail : {"", "a", "1", ".5", " .5", "-5", " -5", "x", "!", " 2xagm"}) {
      ExpectSameTokens(std::string(length, 'a') + tail);
      ExpectSameTokens(std::string(length, '7') + tail);
      ExpectSameTokens(std::string(2 * length, 'a') + tail + "b");
    }
  }
}

TEST(Singular, TakesPluralsOff) {
  EXPECT_EQ(Singular("grenades"), "grenade");
  EXPECT_EQ(Singular("batteries"), "battery");
  EXPECT_EQ(Singular("torpedoes"), "torpedo");
  EXPECT_EQ(Singular("fuzes"), "fuze");
  EXPECT_EQ(Singular("wrenches"), "wrench");
  EXPECT_EQ(Singular("glass"), "glass");
  EXPECT_EQ(Singular("gas"), "gas");
  EXPECT_EQ(Singular("chassis"), "chassis");
}

}  // namespace
}  // namespace sekisho::text
