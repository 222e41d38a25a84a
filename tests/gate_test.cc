// The gate: what it stops names nothing, and its ways through a line have one answer. Lines are made of the pack's own
// phrases and designators, written in all the ways that the reader understands, and read with and without the gate.
#include "engine/text/gate.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

class GateTest : public testing::Test {
 protected:
  // Whether the line names a concept; fails where the gate says otherwise.
  bool Names(const std::string& description, const std::string& part_number) {
    Reading with, without;
    const absl::Status read = reader_.Read(description, part_number, without);
    const absl::Status named = reader_.ReadNamed(description, part_number, with);
    EXPECT_EQ(read.ok(), named.ok()) << description;
    if (!read.ok()) return false;
    for (const std::string& field : {description, part_number}) SameAnswer(field);
    matcher_.MatchNamed(without, hits_);
    const bool names = !hits_.empty();
    if (with.nameless) {
      ++shut_;
      EXPECT_FALSE(names) << description << " | " << part_number;
      EXPECT_FALSE(without.tokens.empty()) << description;
    } else {
      EXPECT_EQ(with.text, without.text);
    }
    return names;
  }

  // By the bits of the bytes, where they tell, as byte by byte; but words open the gate before characters are doubted.
  void SameAnswer(const std::string& text) {
    const Gate::Answer answer = gate_.AskBytes(text);
    for (const Machine machine : machines_) {
      const auto bits = gate_.AskBits(text, machine);
      const bool early = bits == Gate::Answer::kOpen && answer == Gate::Answer::kUnsure;
      EXPECT_TRUE(early || bits.value_or(answer) == answer) << text << ", machine " << static_cast<int>(machine);
      by_bits_ += bits ? 1 : 0;
      ++asked_;
    }
  }

  std::string Word(uint32_t token) {
    std::string word(pack_->text(pack_->tokens()[token].text));
    const bool ascii = static_cast<unsigned char>(word[0]) < 0x80;
    if (ascii && random_() % 8 == 0) word += random_() % 2 == 0 ? "s" : "es";
    if (ascii && random_() % 12 == 0 && word.back() == 'y') word.replace(word.size() - 1, 1, "ies");
    for (char& c : word) {
      if (random_() % 3 == 0 && IsAsciiLetter(static_cast<unsigned char>(c))) c = static_cast<char>(c & ~0x20);
    }
    return word;
  }

  // A random path of the trie up to a term; `glued`: with nothing between its words.
  std::string Phrase(bool glued = false) {
    std::string out;
    const auto vocabulary = pack_->tokens();
    uint32_t token = 0;
    do {
      token = static_cast<uint32_t>(random_() % vocabulary.size());
    } while (vocabulary[token].root == 0);
    uint32_t node = vocabulary[token].root;
    for (;;) {
      out += Word(token);
      const pack::Node& n = pack_->nodes()[node];
      if (n.edges.count == 0 || (n.terms.count != 0 && random_() % 2 == 0)) return out;
      const pack::Edge& edge = pack_->edges()[n.edges.first + random_() % n.edges.count];
      token = edge.token;
      node = edge.to;
      if (!glued) out += kBetween[random_() % std::size(kBetween)];
    }
  }

  // A random way through the automaton to a state that accepts.
  std::string Designator() {
    std::string out;
    uint32_t state = 0;
    while (state == 0) {
      out.assign(1, static_cast<char>(random_() % 256));
      state = pack_->starts()[static_cast<unsigned char>(out[0])];
    }
    for (int step = 0; step < 24; ++step) {
      const pack::State& s = pack_->states()[state];
      if (s.moves.count == 0 || (s.accepts.count != 0 && random_() % 2 == 0)) break;
      const pack::Move& m = pack_->moves()[s.moves.first + random_() % s.moves.count];
      out += static_cast<char>(m.low + random_() % (m.high - m.low + 1u));
      state = m.to;
    }
    return out;
  }

  std::string Line() {
    std::string out;
    for (size_t k = 0, parts = 1 + random_() % 3; k < parts; ++k) {
      if (k > 0) out += kBetween[random_() % std::size(kBetween)];
      const size_t kind = random_() % 10;
      out += kind < 5 ? Phrase() : kind < 7 ? Designator() : kOther[random_() % std::size(kOther)];
    }
    if (random_() % 10 == 0) out.resize(std::min<size_t>(out.size(), 19));
    if (random_() % 10 == 0) out += " 2 EA";
    return out;
  }

  static constexpr std::string_view kBetween[] = {" ",  " ",  " ",  "-",  "/", ", ", ",",  "",
                                                  "  ", "・", "ー", "　", "_", "\"", " \""};
  static constexpr std::string_view kOther[] = {"gizmo",
                                                "sees eyes",
                                                "bicycles for children",
                                                "qty",
                                                "gizmo",
                                                "12 V",
                                                "5.56",
                                                "PVS-I4",
                                                "2xAGM-65",
                                                "ＡＮ／ＰＶＳ",
                                                "é",
                                                "用",
                                                "装置",
                                                "(new)",
                                                "F",
                                                "16",
                                                "mk",
                                                "八九式",
                                                "°C",
                                                "Ｆ－",
                                                "blue",
                                                "9.3mmM",
                                                "x",
                                                ".50",
                                                "ﾐｻｲﾙ",
                                                "Χ",
                                                "\xC3",
                                                "+"};

  const std::shared_ptr<const pack::Pack> pack_ = *pack::Pack::Open(SEKISHO_PACK_PATH);
  const Folds folds_{pack_->folds()};
  const Gate gate_{*pack_, folds_};
  const std::vector<Machine> machines_ = Machines();
  Reader reader_{*pack_};
  match::Matcher matcher_{*pack_};
  std::vector<match::Hit> hits_;
  std::mt19937 random_{20261122};
  size_t shut_ = 0, asked_ = 0, by_bits_ = 0;

 private:
  static std::vector<Machine> Machines() {  // all that this one can do
    std::vector<Machine> out = {Machine::kPortable};
    if (ThisMachine() >= Machine::kAvx2) out.push_back(Machine::kAvx2);
    if (ThisMachine() >= Machine::kAvx512) out.push_back(Machine::kAvx512);
    return out;
  }
};

TEST_F(GateTest, WhatItStopsNamesNothing) {
  size_t names = 0;
  for (int i = 0; i < 60000 && !HasFailure(); ++i) names += Names(Line(), random_() % 4 == 0 ? Line() : "") ? 1 : 0;
  EXPECT_GT(names, 20000u);  // the lines are worth the test
  EXPECT_GT(shut_, 500u);
  EXPECT_GT(by_bits_, asked_ / 2);
}

// Bytes of all kinds at all places of the words of 64.
TEST_F(GateTest, BytesAreTheSameOnEveryMachine) {
  for (int i = 0; i < 20000 && !HasFailure(); ++i) {
    std::string text;
    const size_t size = random_() % (ByteClasses::kMostBytes + 1);
    while (text.size() < size) {
      const size_t kind = random_() % 8;
      if (kind == 0) text += Phrase();
      if (kind == 1) text += static_cast<char>(random_() % 256);
      if (kind >= 2) text += "asey19 -x/\"\xE6\x8B\xB3\xE3\x83\xBC"[random_() % 16];
    }
    text.resize(size);
    ByteClasses portable, other;
    ClassifyPortable(text, portable);
    SameAnswer(text);
#if defined(__x86_64__)
    for (const Machine machine : machines_) {
      if (machine == Machine::kPortable) continue;
      (machine == Machine::kAvx2 ? ClassifyAvx2 : ClassifyAvx512)(text, other);
      for (size_t k = 0; k <= size / ByteClasses::kWord; ++k) {
        EXPECT_EQ(portable.letters[k], other.letters[k]);
        EXPECT_EQ(portable.digits[k], other.digits[k]);
        EXPECT_EQ(portable.endings[k], other.endings[k]);
        EXPECT_EQ(portable.spaces[k], other.spaces[k]);
        EXPECT_EQ(portable.leads[k], other.leads[k]);
        EXPECT_EQ(portable.tails[k], other.tails[k]);
        EXPECT_EQ(portable.joints[k], other.joints[k]);
      }
      EXPECT_EQ(portable.others != 0, other.others != 0);
      EXPECT_EQ(std::string_view(portable.lower, size), std::string_view(other.lower, size));
    }
#endif
  }
}

// Lines of ordinary words around what the test above writes: longer, cut at other places.
TEST_F(GateTest, LongerLines) {
  for (int i = 0; i < 20000 && !HasFailure(); ++i) {
    std::string text;
    for (size_t parts = 1 + random_() % 6; parts > 0; --parts)
      text.append(Line()).append(kBetween[random_() % std::size(kBetween)]);
    Names(text, "");
  }
  EXPECT_GT(by_bits_, asked_ / 4);
}

// 測距機，レーザ: a Japanese phrase cut in two, its end before its beginning.
TEST_F(GateTest, NamesTurnedInJapanese) {
  constexpr std::string_view kCommas[] = {",", "，", "、", ", "},
                             kBehind[] = {"", "　数量２", "，改", "(2)", " ABC", "+"};
  size_t names = 0;
  for (int i = 0; i < 60000 && !HasFailure(); ++i) {
    const std::string phrase = Phrase(true);
    std::vector<size_t> cuts;
    bool japanese = true;
    for (size_t at = 0; at < phrase.size() && japanese;) {
      if (at != 0) cuts.push_back(at);
      japanese = IsCjk(Decode(phrase, at));
    }
    if (!japanese || cuts.empty()) continue;
    const size_t cut = cuts[random_() % cuts.size()];
    const std::string line = phrase.substr(cut) + std::string(kCommas[random_() % std::size(kCommas)]) +
                             phrase.substr(0, cut) + std::string(kBehind[random_() % std::size(kBehind)]);
    names += Names(line, "") ? 1 : 0;
  }
  EXPECT_GT(names, 1000u);
}

TEST_F(GateTest, ItemsOfTheSample) {
  std::ifstream in(std::string(SEKISHO_SOURCE_DIR) + "/taxonomy/sample/items.tsv");
  std::string line;
  size_t lines = 0;
  for (; std::getline(in, line); ++lines) Names(line.substr(line.find('\t') + 1), "");
  EXPECT_GT(lines, 200u);
}

TEST_F(GateTest, OrdinaryLinesAreStopped) {
  for (const char* line : {"Blue cotton shirt", "goodbooks", "TOWEL,BATH,COTTON", "coffee beans", "りんご"}) {
    Reading reading;
    ASSERT_TRUE(reader_.ReadNamed(line, "", reading).ok());
    EXPECT_TRUE(reading.nameless) << line;
  }
}

TEST_F(GateTest, WhatHasNoWordsIsNotNameless) {
  for (const char* line : {"", " ", "---", "++", "　"}) {
    Reading reading;
    ASSERT_TRUE(reader_.ReadNamed(line, "", reading).ok());
    EXPECT_FALSE(reading.nameless) << line;
  }
}

TEST_F(GateTest, BadBytesOfEitherFieldAreTold) {
  Reading reading;
  EXPECT_FALSE(reader_.ReadNamed("goodbooks \xE3\x81", "", reading).ok());
  EXPECT_FALSE(reader_.ReadNamed("goodbooks", "\xFF", reading).ok());
}

// What Gate takes to be so without asking.
TEST(GateCharacters, KanaAndIdeographsAreTheirOwnCanonicalForm) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  ASSERT_TRUE(U_SUCCESS(status));
  for (const auto& [first, last] : {std::pair{0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x4E00, 0x9FFF}}) {
    for (UChar32 c = first; c <= last; ++c) {
      const icu::UnicodeString one(c);
      EXPECT_TRUE(form->hasBoundaryBefore(c)) << c;
      EXPECT_EQ(form->normalize(one, status), one) << c;
    }
  }
}

}  // namespace
}  // namespace sekisho::text
