// What a line states of its own classification: which entries are read off it, and what it only claims.
#include "engine/facts/stated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/scanner.h"

namespace sekisho {
namespace {

class Stated : public ::testing::Test {
 protected:
  Stated() : pack_(*pack::Pack::Open(SEKISHO_PACK_PATH)), scanner_(pack_, {}) {}

  const decide::Result& Classify(const std::string& line) {
    line_ = line;
    Item item;
    item.description = line_;
    return scanner_.Classify(item, {});
  }

  // The entries of `line` whose evidence is a statement: "us-ccl 9A610.x".
  std::vector<std::string> Entries(const std::string& line) {
    std::vector<std::string> found;
    for (const decide::ListVerdict& list : Classify(line).lists) {
      for (const decide::Candidate& c : list.candidates) {
        if (c.evidence.empty() || c.evidence[0].system != "stated") continue;
        EXPECT_EQ(c.verdict, decide::Verdict::kPossible) << line;
        EXPECT_EQ(c.missing_facts.size(), 1u) << line;
        found.push_back(std::string(pack_->text(pack_->lists()[list.list].id)) + " " +
                        std::string(pack_->text(pack_->entries()[c.entry].designator)));
      }
    }
    return found;
  }

  decide::Verdict VerdictOf(const std::string& line, std::string_view list_id) {
    for (const decide::ListVerdict& list : Classify(line).lists) {
      if (pack_->text(pack_->lists()[list.list].id) == list_id) return list.verdict;
    }
    return decide::Verdict::kNoMatch;
  }

  std::shared_ptr<const pack::Pack> pack_;
  Scanner scanner_;
  std::string line_;
};

using Names = std::vector<std::string>;

TEST_F(Stated, ReadsEccnsHoweverTheyAreWritten) {
  for (const char* line :
       {"bracket ECCN 9A610.x", "ECCN: 9A610.x bracket", "bracket (ECCN 9A610x)", "bracket, eccn=9a610.x",
        "ＥＣＣＮ：９Ａ６１０．ｘ　ブラケット", "9A610.x (ECCN) bracket", "export classification 9A610.x, bracket",
        "bracket ECCN9A610.x", "bracket ECCN No. 9A610.x", "bracket, ECCN#9A610(x)"}) {
    EXPECT_EQ(Entries(line), Names{"us-ccl 9A610.x"}) << line;
  }
  EXPECT_EQ(Entries("ECCN 3A001b4 module"), Names{"us-ccl 3A001.b.4"});
  EXPECT_EQ(Entries("valve (2B350.g)"), Names{"us-ccl 2B350.g"}) << "a paragraph and no word";
  EXPECT_EQ(Entries("ECCN 9A610.x 3 pcs"), Names{"us-ccl 9A610.x"}) << "the quantity is none of it";
}

TEST_F(Stated, EndsWithItsField) {
  line_ = "bracket USML VIII(h)";
  Item item;
  item.description = line_, item.part_number = "(1)";
  const decide::Result& result = scanner_.Classify(item, {});
  ASSERT_FALSE(result.lists[0].candidates.empty());
  const decide::Evidence& e = result.lists[0].candidates[0].evidence[0];
  EXPECT_EQ(line_.substr(e.begin, e.end - e.begin), "VIII(h)");
}

TEST_F(Stated, FallsBackToTheEntryAbove) {
  EXPECT_EQ(Entries("bracket ECCN 3A001.b.4.z.9"), Names{"us-ccl 3A001.b.4"});
}

TEST_F(Stated, ReadsParagraphsOfTheMunitionsList) {
  EXPECT_EQ(Entries("USML Category VIII(h)(1) bracket"), Names{"us-usml VIII(h)(1)"});
  EXPECT_EQ(Entries("bracket, ITAR XII(e)"), Names{"us-usml XII(e)"}) << "turned round";
  EXPECT_EQ(Entries("USML VIII(h) 5 pcs"), Names{"us-usml VIII(h)"});
  EXPECT_EQ(Entries("bracket, USML Category 8(h)"), Names{"us-usml VIII(h)"});
  EXPECT_EQ(Entries("bracket, 22 CFR 121.1 Cat. XI(c)"), Names{"us-usml XI(c)"});
  EXPECT_EQ(Entries("bracket USML VIII(i)(1)"), Names{"us-usml VIII(i)"}) << "(i) is no category";
  EXPECT_EQ(Entries("bracket VIII(h)"), Names{}) << "no word speaks of the list";
  for (const char* line :
       {"USML VIIIh", "USML VIII-h", "bracket, USML VIII h", "USML Category VIII h, bracket", "USML VIII.h"})
    EXPECT_EQ(Entries(line), Names{"us-usml VIII(h)"}) << line;
  EXPECT_EQ(Entries("USML VIIIh1 bracket"), Names{"us-usml VIII(h)(1)"});
  for (const char* line : {"USML VIII a radar", "USML mix bracket"}) EXPECT_EQ(Entries(line), Names{}) << line;
}

TEST_F(Stated, ReadsRowsOfTheJapaneseLists) {
  EXPECT_EQ(Entries("輸出令別表第１の４の項（１）該当品"), Names{"jp-etco 4(1)"});
  EXPECT_EQ(Entries("バルブ　別表第一　十六の項"), Names{"jp-etco 16"});
  EXPECT_EQ(Entries("輸出令別表第1の3の2の項(2)1"), Names{"jp-etco 3の2(2)1"});
  EXPECT_EQ(Entries("別表第一の９の項（５の２）"), Names{"jp-etco 9(5の2)"});
  EXPECT_EQ(Entries("項番：９（７）"), Names{"jp-etco 9(7)"});
  EXPECT_EQ(Entries("項番 4(1)、9(7)"), (Names{"jp-etco 4(1)", "jp-etco 9(7)"}));
  EXPECT_EQ(Entries("輸出令 ブラケット 米国向け 数量 3 個 単価 100 円 項番 9(7)"), Names{"jp-etco 9(7)"})
      << "the second mention";
  EXPECT_EQ(Entries("外為令別表の五の項（一）"), Names{"jp-feo 5(1)"});
  EXPECT_EQ(Entries("項番：４－１"), Names{"jp-etco 4(1)"});
  for (const char* line : {"別表第1 4", "別表第１　４、ブラケット", "ブラケット　項番：４"})
    EXPECT_EQ(Entries(line), Names{"jp-etco 4"}) << line;
  for (const char* line : {"別表第1 3個", "輸出令 2 台"}) EXPECT_EQ(Entries(line), Names{}) << line << ": a count";
}

TEST_F(Stated, AClaimWithoutAnEntryIsUnknown) {
  EXPECT_EQ(VerdictOf("ITAR controlled housing", "us-usml"), decide::Verdict::kUnknown);
  EXPECT_EQ(VerdictOf("リスト規制該当品　バルブ", "jp-etco"), decide::Verdict::kUnknown);
  EXPECT_EQ(VerdictOf("ECCN 9A777 housing", "us-ccl"), decide::Verdict::kUnknown) << "no such entry";
  for (const char* line :
       {"ECCN 9Z999 housing", "housing ECCN 9A61O.x", "ECCN 9 A 610 housing", "housing, ECCN 19A610"})
    EXPECT_EQ(VerdictOf(line, "us-ccl"), decide::Verdict::kUnknown) << line << ": no such form";
  for (const char* line : {"ECCN housing", "housing, ECCN: EAR99", "housing, ECCN 9A610.x 3 pcs", "housing ECCN TBD"})
    EXPECT_NE(VerdictOf(line, "us-ccl"), decide::Verdict::kUnknown) << line;
  for (const char* line : {"USML Category VIII housing", "housing, USML Cat. 8", "Munitions List Category XI"})
    EXPECT_EQ(VerdictOf(line, "us-usml"), decide::Verdict::kUnknown) << line;
  EXPECT_EQ(VerdictOf("ITAR training 3 pcs", "us-usml"), decide::Verdict::kNoMatch);
  ASSERT_FALSE(Classify("ITAR controlled housing").notices.empty());
  EXPECT_EQ(Classify("ITAR controlled housing").notices[0].code, "stated-control");
}

TEST_F(Stated, ADenialNeitherFlagsNorClears) {
  for (const char* line :
       {"ITAR free bracket", "non-ITAR bracket", "bracket, EAR99", "輸出令別表第一　非該当　ブラケット"})
    EXPECT_TRUE(Entries(line).empty() && VerdictOf(line, "us-usml") == decide::Verdict::kNoMatch) << line;
  EXPECT_EQ(VerdictOf("M4 carbine, EAR99, not ITAR", "us-usml"), decide::Verdict::kMatch);
}

TEST_F(Stated, TheWordThatDeniesItCounts) {
  EXPECT_EQ(Entries("輸出令別表第1の5の項(18) 非該当 ブラケット"), Names{});
  EXPECT_EQ(Entries("輸出令別表第1の5の項(18) 該当しない ブラケット"), Names{});
  EXPECT_EQ(Entries("輸出令別表第1の5の項(18) 該当、16の項 非該当"), Names{"jp-etco 5(18)"});
  EXPECT_EQ(Entries("輸出令別表第1の16の項 非該当、5の項(18) 該当"), Names{"jp-etco 5(18)"});
  EXPECT_EQ(Entries("輸出令別表第1の5の項(18) 非該当ではない"), Names{"jp-etco 5(18)"});
  for (const char* line : {"輸出令別表第1の5の項(18)の部品、EAR非該当", "輸出令別表第1の5の項(18) EAR 非該当",
                           "輸出令別表第1の5の項(18) 外為令 非該当", "輸出令別表第1の5の項(18)、ITAR 非該当"})
    EXPECT_EQ(Entries(line), Names{"jp-etco 5(18)"}) << line << ": another list's denial";
  for (const char* line : {"bracket, not ITAR controlled", "non-ITAR controlled housing"})
    EXPECT_EQ(VerdictOf(line, "us-usml"), decide::Verdict::kNoMatch) << line;
}

TEST_F(Stated, AStatementDoesNotEndTheReading) {
  std::vector<std::string> entries;
  for (const decide::ListVerdict& list : Classify("SWIR camera InGaAs ECCN 6A003").lists) {
    for (const decide::Candidate& c : list.candidates)
      entries.emplace_back(pack_->text(pack_->entries()[c.entry].designator));
  }
  EXPECT_THAT(entries, ::testing::IsSupersetOf({"6A003", "6A003.b.4", "10(4)"}));
}

TEST_F(Stated, ManyStatementsStandOnceEach) {
  EXPECT_EQ(Entries("ECCN 5A002, ECCN 5A002, ECCN 9A610.x"), (Names{"us-ccl 9A610.x", "us-ccl 5A002"}));
}

}  // namespace
}  // namespace sekisho
