// Treaties: verdicts under each profile, readings that disagree, dated law, notices on the transaction; properties over
// the bundled sample. The rows themselves have their tests beside them in taxonomy/treaties/ (sekisho taxonomy check).
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/treaty_fixture.h"

namespace sekisho {
namespace {

TEST_F(TreatyTest, EveryRowOfBothSupplementsIsThere) {
  std::set<std::string> rows;
  for (const pack::TreatyRow& row : ThePack()->treaty_rows()) rows.emplace(ThePack()->text(row.id));
  for (int i = 1; i <= 98; ++i) {
    const std::string n = std::to_string(i);
    EXPECT_TRUE(rows.count("s1-" + std::string(3 - n.size(), '0') + n)) << i;
  }
  for (int i = 1; i <= 28; ++i)
    EXPECT_TRUE(rows.count(std::string("s2-") + (i < 10 ? "0" : "") + std::to_string(i))) << i;
  std::set<std::string> notes;
  for (const pack::TreatyRow& row : ThePack()->treaty_rows()) {
    for (const uint32_t note : ThePack()->ids(row.notes))
      notes.emplace(ThePack()->text(ThePack()->treaty_notes()[note].id));
  }
  for (int i = 1; i <= 17; ++i) {
    EXPECT_TRUE(notes.count(std::to_string(i))) << "note " << i;
  }
}

TEST_F(TreatyTest, EachProfileReadsItsOwnColumn) {
  const std::string gun = "MACHINE GUN,7.62 MILLIMETER,M240B";  // row 16: Canada only
  EXPECT_EQ(Under("us-ca-126.5", gun).verdict, TreatyVerdict::kExcluded);
  EXPECT_EQ(Under("us-uk-126.17", gun).verdict, TreatyVerdict::kNotExcluded);
  EXPECT_EQ(Under("us-au-126.16", gun).verdict, TreatyVerdict::kNotExcluded);
  const std::string armor = "METAL LAMINATE ARMOR";  // row 67: "?" for Australia, X for the UK
  const TreatyFinding au = Under("us-au-126.16", armor), uk = Under("us-uk-126.17", armor);
  EXPECT_EQ(au.verdict, TreatyVerdict::kExcluded);
  EXPECT_TRUE(au.uncertain);
  EXPECT_EQ(uk.verdict, TreatyVerdict::kExcluded);
  EXPECT_FALSE(uk.uncertain);
  EXPECT_EQ(Row(uk), "s1-067");
}

TEST_F(TreatyTest, FourVerdicts) {
  EXPECT_EQ(Under("us-uk-126.17", "TORPEDO,MK 48 ADCAP").verdict, TreatyVerdict::kExcluded);
  EXPECT_EQ(Under("us-uk-126.17", "office chair").verdict, TreatyVerdict::kNotApplicable);
  const TreatyFinding admitted = Under("us-uk-126.17", "HOWITZER,TOWED,155MM");
  EXPECT_EQ(admitted.verdict, TreatyVerdict::kNotExcluded);
  EXPECT_EQ(admitted.row, pack::kNone);
  EXPECT_FALSE(admitted.conditions.empty());
  const TreatyFinding open = Under("us-ca-126.5", "SIGHT,NIGHT VISION");
  EXPECT_EQ(open.verdict, TreatyVerdict::kUndetermined);
  EXPECT_FALSE(open.missing_facts.empty() && open.missing_measures.empty());
}

TEST_F(TreatyTest, PossibleReadingsMustAgree) {
  EXPECT_EQ(Under("us-uk-126.17", "military LIDAR").verdict, TreatyVerdict::kExcluded)
      << "only possible, but every reading is excluded";
  EXPECT_EQ(Under("us-uk-126.17", "COMPOSITE ARMOR PANEL").verdict, TreatyVerdict::kUndetermined)
      << "VII(g)(3) is not excluded, XIII(e)(5) is";
  // Part of a submarine, catch-all: every reading is in Category XX, excluded for the UK (probable flag).
  const TreatyFinding part = Under("us-uk-126.17", "VALVE,BALLAST F/ SUBMARINE");
  EXPECT_EQ(part.verdict, TreatyVerdict::kExcluded);
  EXPECT_TRUE(part.uncertain);
}

TEST_F(TreatyTest, TextThatCannotBeReadIsUndetermined) {
  EXPECT_EQ(Under("us-uk-126.17", "\xFF\xFE bad").verdict, TreatyVerdict::kUndetermined);
  EXPECT_EQ(Under("us-uk-126.17", std::string(70000, 'x')).verdict, TreatyVerdict::kUndetermined);
}

TEST_F(TreatyTest, ClassifiedComesFromTheContextToo) {
  Context context;
  context.classified = true;
  const TreatyFinding f = Under("us-uk-126.17", "HOWITZER,TOWED,155MM", context);
  EXPECT_EQ(f.verdict, TreatyVerdict::kExcluded);
  EXPECT_EQ(Row(f), "s1-001");
}

TEST_F(TreatyTest, AnExcludedArticleInsideAnAdmittedSystemStaysExcluded) {
  EXPECT_EQ(Under("us-uk-126.17", "FRIGATE,GUIDED MISSILE").verdict, TreatyVerdict::kNotExcluded);
  EXPECT_EQ(Under("us-uk-126.17", "AESA radar for frigate").verdict, TreatyVerdict::kExcluded);
  EXPECT_EQ(Under("us-uk-126.17", "frigate with AESA radar").verdict, TreatyVerdict::kExcluded);
}

TEST_F(TreatyTest, AukusIsInForceFromSeptember2024) {
  Context before, after;
  before.as_of = Day(2024, 8, 31);
  after.as_of = Day(2024, 9, 1);
  EXPECT_EQ(Under("aukus-126.7", "FIM-92 STINGER MISSILE", before).verdict, TreatyVerdict::kNotApplicable);
  EXPECT_EQ(Under("aukus-126.7", "FIM-92 STINGER MISSILE", after).verdict, TreatyVerdict::kExcluded);
  const uint32_t id = TreatyId("aukus-126.7");
  before.treaties = std::span(&id, 1);
  EXPECT_EQ(Notices("FIM-92 STINGER MISSILE", before).count("treaty-not-in-force"), 1u);
}

TEST_F(TreatyTest, DestinationsGiveDatedNotices) {
  Context to;
  to.destination = "CN";
  EXPECT_EQ(Notices("HOWITZER,TOWED,155MM", to).count("us-126.1"), 1u);
  EXPECT_EQ(Notices("office chair", to).count("us-126.1"), 0u);
  to.destination = "CY";
  to.as_of = Day(2025, 3, 1);
  EXPECT_EQ(Notices("HOWITZER,TOWED,155MM", to).count("us-126.1-suspended"), 1u);
  to.as_of = Day(2025, 10, 1);
  EXPECT_EQ(Notices("HOWITZER,TOWED,155MM", to).count("us-126.1"), 1u);
  to.destination = "KR";
  to.as_of = Day(2020, 1, 1);
  EXPECT_EQ(Notices("office chair", to).count("jp-table-3-removed"), 1u);
  to.as_of = Day(2023, 7, 21);
  EXPECT_EQ(Notices("office chair", to).count("jp-table-3"), 1u);
  to.destination = "AF";
  EXPECT_EQ(Notices("office chair", to).count("jp-un-embargo"), 1u);
}

// 2014: Japan agreed to send gyroscopes of the Patriot PAC-2 to the United States, for missiles meant for Qatar.
TEST_F(TreatyTest, PatriotGyroscopeOf2014) {
  const std::string_view chain[] = {"JP", "US", "QA"};
  Context context;
  context.as_of = Day(2014, 7, 17);
  context.via = chain;
  const std::string item = "GYROSCOPE FOR PATRIOT MISSILE SEEKER, GUIDED MISSILE";
  const auto notices = Notices(item, context);
  EXPECT_EQ(notices.count("retransfer-consent") + notices.count("retransfer-consent-jp"), 4u)
      << "both laws, on each hop";
  bool qatar = false;
  for (const decide::Notice& n : Classify(item, context).notices) qatar = qatar || n.en.find("US -> QA") != n.en.npos;
  EXPECT_TRUE(qatar);
  EXPECT_EQ(notices.count("jp-transfer-principles"), 1u);
  context.via = {};
  EXPECT_EQ(Notices(item, context).count("retransfer-consent"), 0u);
}

std::string VerdictsOf(const decide::Result& r) {
  std::string out;
  for (const decide::ListVerdict& l : r.lists) {
    out += decide::VerdictName(l.verdict);
    for (const decide::Candidate& c : l.candidates)
      out += " " + std::to_string(c.entry) + ":" + std::to_string(static_cast<int>(c.verdict));
  }
  return out;
}

TEST_F(TreatyTest, TransactionsChangeNoticesAndNoVerdict) {
  const std::string_view chain[] = {"JP", "US", "IR"};
  for (const std::string text :
       {"HOWITZER,TOWED,155MM", "TORPEDO,MK 48 ADCAP", "NIGHT VISION GOGGLE", "office chair"}) {
    const decide::Result plain = Classify(text);
    const std::string verdicts = VerdictsOf(plain);
    std::vector<TreatyVerdict> treaties;
    for (const TreatyFinding& f : plain.treaties) treaties.push_back(f.verdict);
    Context context;
    context.via = chain;
    context.destination = "IR";
    for (const std::string_view sale : {"fms", "dcs"}) {
      context.sale = sale;
      const decide::Result& r = Classify(text, context);
      EXPECT_EQ(VerdictsOf(r), verdicts);
      for (size_t i = 0; i < treaties.size(); ++i) EXPECT_EQ(r.treaties[i].verdict, treaties[i]);
    }
  }
  Context fms, dcs;
  fms.sale = "fms", dcs.sale = "dcs";
  EXPECT_EQ(Notices("HOWITZER,TOWED,155MM", fms).count("sale-fms"), 1u);
  EXPECT_EQ(Notices("HOWITZER,TOWED,155MM", dcs).count("sale-dcs"), 1u);
}

std::vector<std::string> Sample() {
  std::ifstream in(std::string(SEKISHO_SOURCE_DIR) + "/taxonomy/sample/items.tsv");
  std::vector<std::string> out;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const size_t first = line.find('\t');
    out.push_back(line.substr(first + 1, line.find('\t', first + 1) - first - 1));
  }
  EXPECT_GT(out.size(), 100u);
  return out;
}

// The hypothetical profile is off unless asked for by name, and changes nothing else.
TEST_F(TreatyTest, HypotheticalChangesNothingElse) {
  std::vector<uint32_t> in_force, all;
  for (uint32_t i = 0; i < ThePack()->treaties().size(); ++i) {
    all.push_back(i);
    if (!ThePack()->treaties()[i].hypothetical) in_force.push_back(i);
  }
  ASSERT_EQ(in_force.size() + 1, all.size());
  for (const std::string& text : Sample()) {
    const decide::Result without = Classify(text);
    Context context;
    context.treaties = all;
    const decide::Result& with = Classify(text, context);
    ASSERT_EQ(with.treaties.size(), all.size());
    EXPECT_EQ(VerdictsOf(with), VerdictsOf(without)) << text;
    EXPECT_EQ(with.notices.size(), without.notices.size());
    std::map<uint32_t, const TreatyFinding*> found;
    for (const TreatyFinding& f : with.treaties) found[f.treaty] = &f;
    for (const TreatyFinding& f : without.treaties) {
      EXPECT_EQ(found[f.treaty]->verdict, f.verdict) << text;
      EXPECT_EQ(found[f.treaty]->row, f.row) << text;
      found.erase(f.treaty);
    }
    found.erase(TreatyId("us-jp-dtct"));
    for (const auto& [id, f] : found)  // unasked, what does not apply is left out, and nothing else is
      EXPECT_EQ(f->verdict, TreatyVerdict::kNotApplicable) << text;
  }
}

// The shipped draft mirrors the UK column.
TEST_F(TreatyTest, DraftMirrorsTheUnitedKingdom) {
  const uint32_t both[] = {TreatyId("us-jp-dtct"), TreatyId("us-uk-126.17")};
  Context context;
  context.treaties = both;
  for (const std::string& text : Sample()) {
    const decide::Result& r = Classify(text, context);
    ASSERT_EQ(r.treaties.size(), 2u);
    EXPECT_EQ(r.treaties[0].verdict, r.treaties[1].verdict) << text;
    EXPECT_EQ(r.treaties[0].row, r.treaties[1].row) << text;
  }
}

}  // namespace
}  // namespace sekisho
