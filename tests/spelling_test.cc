// engine/compile/spelling: a phrase cut at its seams, piece by piece, is the phrase read as a whole.
#include "engine/compile/spelling.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/compile/lexicon.h"
#include "engine/text/tokens.h"

namespace sekisho::compile {
namespace {

// As a pack sorts them: dashes, small kana, old kanji (one of them a number, one that goes), digits' lookalikes.
const std::vector<pack::Fold> kFolds = {{0x2013, '-'},           {0x30C3, 0x30C4},  {0x58F1, 0x4E00},
                                        {0x5F48, 0x5F3E},        {0x8FBB, 0},       {0x40000000 | 'i', '1'},
                                        {0x40000000 | 'o', '0'}, {0x80000430, 'a'}, {0x8000043E, 'o'}};

// What the texts are made of: all that looks at its neighbours, and what it looks for. Most texts are of one row, where
// such neighbours meet often.
const std::vector<std::vector<std::string>> kParts = {
    {" ", " ", "a", "o", "о", "I", "x", "1", "5", "16", "-", ".5"},
    {"銃", "壱", "八", "九", "十", "式", "彈", "辻", "ー", "カ", "・", "-", "々"},
    {" ", "カ", "か", "ッ", "ｶ", "ﾞ", "\u3099", "ー", "–", "-", "・", "銃", "　", "5"},
    {" ", "gas", "guns", "nv", "kt", "m", "16", "mm", "²", "%", "/", ",", ".", "а", "é", "銃"}};

std::string Text(std::mt19937& random, size_t parts) {
  std::string out;
  const bool mixed = random() % 3 == 0;
  for (size_t row = random() % kParts.size(); parts > 0; --parts) {
    if (mixed) row = random() % kParts.size();
    out += kParts[row][random() % kParts[row].size()];
  }
  return out;
}

Lexicon Words() {
  Lexicon lexicon;
  lexicon.SetFlags(lexicon.Intern("gas"), pack::kTokenInvariant);
  lexicon.SetExpansion(lexicon.Intern("nv"), {lexicon.Intern("night"), lexicon.Intern("vision")});
  lexicon.SetExpansion(lexicon.Intern("kt"), {lexicon.Intern("kiloton")});
  return lexicon;
}

std::vector<std::string> RowOf(const SpelledPhrase& phrase, size_t spelling) {
  std::vector<std::string> out;
  for (uint32_t i = spelling == 0 ? 0 : phrase.spellings[spelling - 1].end; i < phrase.spellings[spelling].end; ++i)
    out.emplace_back(phrase.words[phrase.tokens[i]]);
  return out;
}

// kTermTight by the whole text: a figure glued to a word of one or two letters.
bool Tight(const std::string& plain) {
  text::Canonical canonical;
  EXPECT_TRUE(text::Canonicalize(plain, text::Folds(kFolds), canonical).ok());
  std::vector<text::RawToken> row;
  text::Tokenize(canonical.text, row);
  for (size_t i = 1; i < row.size(); ++i) {
    if (row[i].gap <= text::Gap::kHyphen && row[i].script == text::Script::kDigit &&
        row[i - 1].script == text::Script::kLatin && row[i - 1].end - row[i - 1].begin <= 2)
      return true;
  }
  return false;
}

TEST(Speller, PiecesAreTheWhole) {
  const Lexicon lexicon = Words();
  const WordForms forms = FormsOf(lexicon);
  Speller speller(kFolds, forms);
  std::mt19937 random(20260922);
  size_t spelled = 0;
  for (int round = 0; round < 60'000; ++round) {
    const std::string text = Text(random, 1 + random() % 9);
    const std::vector<std::string> whole = PlainTokens(text, kFolds, lexicon, true);
    const SpelledPhrase phrase = speller.Spell(text);
    if (whole.empty()) {
      EXPECT_EQ(phrase.fault.code, "E0303") << text;
      continue;
    }
    ASSERT_TRUE(phrase.fault.empty()) << text;
    ASSERT_EQ(RowOf(phrase, 0), whole) << text;
    ASSERT_EQ(phrase.spellings[0].tight, Tight(text)) << text;
    ++spelled;
  }
  EXPECT_GT(spelled, 50'000u);
}

// What is kept of the text before is what the next one begins with.
TEST(Speller, ManyTextsOfOnePhrase) {
  const Lexicon lexicon = Words();
  const WordForms forms = FormsOf(lexicon);
  Speller speller(kFolds, forms);
  std::mt19937 random(7);
  for (int round = 0; round < 5'000; ++round) {
    std::string written;
    for (size_t groups = 1 + random() % 4; groups > 0; --groups) {
      written += '(';
      for (size_t k = 0; k < 3; ++k) {
        written += Text(random, random() % 4);
        if (k < 2) written += '|';
      }
      written += random() % 2 == 0 ? ")?" : ")";
    }
    written += "gun";
    const SpelledPhrase phrase = speller.Spell(written);
    Fault fault;
    size_t spelling = 0;
    for (const std::string& plain : ExpandPhrase(written, fault)) {
      while (spelling < phrase.spellings.size() && phrase.spellings[spelling].derived) ++spelling;
      ASSERT_LT(spelling, phrase.spellings.size()) << written;
      ASSERT_EQ(RowOf(phrase, spelling), PlainTokens(plain, kFolds, lexicon, true)) << written << ": " << plain;
      ++spelling;
    }
    ASSERT_TRUE(fault.empty()) << written;
  }
}

TEST(Speller, AbbreviationsAreWrittenOutBesideOtherWords) {
  const Lexicon lexicon = Words();
  const WordForms forms = FormsOf(lexicon);
  Speller speller(kFolds, forms);
  const SpelledPhrase phrase = speller.Spell("NV guns");
  ASSERT_EQ(phrase.spellings.size(), 2u);
  EXPECT_EQ(RowOf(phrase, 0), (std::vector<std::string>{"nv", "gun"}));
  EXPECT_EQ(RowOf(phrase, 1), (std::vector<std::string>{"night", "vision", "gun"}));
  EXPECT_TRUE(phrase.spellings[1].derived);
  EXPECT_EQ(speller.Spell("kt").spellings.size(), 1u);  // alone it may mean another thing
}

}  // namespace
}  // namespace sekisho::compile
