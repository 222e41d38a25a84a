// The law of the exemptions as the taxonomy has it: every note of Supplement No. 1, every column, Missile Technology,
// countries; and that no row, added anywhere, admits what was shut out.

#include <algorithm>
#include <cstring>
#include <ostream>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/pack/seal.h"
#include "tests/treaty_fixture.h"

namespace sekisho {
namespace {

using decide::TreatyFinding;
using decide::TreatyVerdict;
constexpr TreatyVerdict kOut = TreatyVerdict::kExcluded, kOpen = TreatyVerdict::kUndetermined,
                        kIn = TreatyVerdict::kNotExcluded, kNone = TreatyVerdict::kNotApplicable;

struct NoteCase {
  int note;
  const char* profile;
  const char* item;
  TreatyVerdict verdict;
  const char* row;  // that must be among those of the finding; or, after '!', must not be; or empty
  bool classified = false;
};
void PrintTo(const NoteCase& c, std::ostream* out) { *out << "note " << c.note << ", " << c.profile << ": " << c.item; }

class NoteTest : public TreatyTest, public testing::WithParamInterface<NoteCase> {};

TEST_P(NoteTest, Holds) {
  const NoteCase& c = GetParam();
  Context context;
  context.classified = c.classified;
  const TreatyFinding f = Under(c.profile, c.item, context);
  EXPECT_EQ(f.verdict, c.verdict) << decide::TreatyVerdictName(f.verdict) << " " << Row(f);
  if (c.row[0] == '\0') return;
  const bool absent = c.row[0] == '!';
  const bool found = std::any_of(f.rows.begin(), f.rows.end(), [&](const decide::TreatyHit& h) {
    return ThePack()->text(ThePack()->treaty_rows()[h.row].id) == c.row + absent;
  });
  EXPECT_NE(found, absent) << c.row;
}

constexpr char kCa[] = "us-ca-126.5", kAu[] = "us-au-126.16", kUk[] = "us-uk-126.17";
INSTANTIATE_TEST_SUITE_P(
    Supplement1, NoteTest,
    testing::Values(
        // 1: classified articles; Category XVII.
        NoteCase{1, kCa, "HOWITZER,TOWED,155MM", kOut, "s1-001", true},
        NoteCase{1, kUk, "military satellite, classified secret", kOut, "s1-086"},
        NoteCase{1, kUk, "HOWITZER,TOWED,155MM", kIn, ""},
        // 2: any part of the spectrum; laser radar and focal planes, too; not for Canada.
        NoteCase{2, kUk, "military LIDAR", kOut, "s1-009"},
        NoteCase{2, kAu, "radar absorbing material", kOut, "s1-009"},
        NoteCase{2, kUk, "IR focal plane array", kOut, "s1-009"},
        NoteCase{2, kCa, "IR focal plane array", kIn, "!s1-009"},
        // 3: fusion, not the mere correlation of tracks.
        NoteCase{3, kAu, "mission computer for F-16 with sensor fusion", kOut, "s1-010"},
        NoteCase{3, kUk, "mission computer for F-16", kIn, "!s1-010"},
        NoteCase{3, kUk, "identification friend or foe correlation display", kIn, "!s1-010"},
        // 4: source code is out for both treaties, object code not by this; Canada has no such row.
        NoteCase{4, kUk, "source code for frigate", kOut, "s1-041"},
        NoteCase{4, kAu, "source code for frigate", kOut, "s1-041"},
        NoteCase{4, kUk, "software for frigate", kIn, "!s1-041"},
        NoteCase{4, kCa, "source code for frigate", kIn, "!s1-041"},
        // 5: know-how of the paragraphs named, not of others.
        NoteCase{5, kUk, "manufacturing know-how for naval railgun", kOut, "s1-018"},
        NoteCase{5, kUk, "manufacturing know-how for howitzer", kIn, "!s1-018"},
        NoteCase{5, kUk, "drawing for naval railgun", kIn, "!s1-018"},
        // 6: missiles, grips, data and trainers of MANPADS.
        NoteCase{6, kCa, "Stinger gripstock", kOut, "s1-023"},
        NoteCase{6, kUk, "technical drawing for Stinger missile", kOut, "s1-023"},
        NoteCase{6, kUk, "Stinger missile training simulator", kOut, "s1-050"},
        NoteCase{6, kUk, "Javelin anti-tank missile", kIn, "!s1-023"},
        // 7: all of VI(e), nuclear vessels; a diesel boat is no nuclear one.
        NoteCase{7, kCa, "naval nuclear propulsion plant", kOut, "s1-040"},
        NoteCase{7, kUk, "nuclear powered submarine", kOut, "s1-094"},
        NoteCase{7, kUk, "diesel engine submarine", kOut, "!s1-094"},
        // 8: the complete engine is admitted, the hot section part and its data are not.
        NoteCase{8, kUk, "F110-GE-129 engine", kIn, "!s1-088"},
        NoteCase{8, kUk, "high pressure turbine blade for F110-GE-129", kOut, "s1-088"},
        NoteCase{8, kAu, "full authority digital engine control for F110 engine", kOut, "s1-088"},
        NoteCase{8, kCa, "technical data for F110 engine hot section parts", kOut, "s1-089"},
        NoteCase{8, kUk, "technical data for F110 engine", kOpen, "s1-089"},
        NoteCase{8, kUk, "maintenance manual for F110 engine", kIn, "!s1-089"},
        // 9: countermeasures, infrared and acoustic ones among them; not for Canada.
        NoteCase{9, kUk, "infrared countermeasures set", kOut, "s1-054"},
        NoteCase{9, kAu, "acoustic countermeasure decoy, torpedo", kOut, "s1-054"},
        NoteCase{9, kCa, "infrared countermeasures set", kIn, "!s1-054"},
        // 10: sensing under water; not manned submarines.
        NoteCase{10, kUk, "acoustic vector sensor", kOut, "s1-056"},
        NoteCase{10, kAu, "long endurance autonomous underwater vehicle", kOut, "s1-091"},
        NoteCase{10, kUk, "diesel engine submarine", kOut, "!s1-091"},
        NoteCase{10, kCa, "acoustic vector sensor", kIn, "!s1-056"},
        // 11: the plate, not the vehicle that wears it, nor helmets and body armour.
        NoteCase{11, kUk, "METAL LAMINATE ARMOR", kOut, "s1-067"},
        NoteCase{11, kUk, "TANK,COMBAT,M1A2", kIn, "!s1-067"},
        NoteCase{11, kUk, "BODY ARMOR,NIJ LEVEL IV", kIn, "!s1-067"},
        NoteCase{11, kUk, "HELMET,BALLISTIC", kIn, "!s1-067"},
        // 12: Canada: research, methodology, analysis and know-how; not build-to-print or maintenance.
        NoteCase{12, kCa, "applied research data for howitzer", kOut, "s1-014"},
        NoteCase{12, kCa, "design methodology for howitzer", kOut, "s1-014"},
        NoteCase{12, kCa, "engineering analysis for howitzer", kOut, "s1-014"},
        NoteCase{12, kCa, "build-to-print technical data for howitzer", kIn, "!s1-014"},
        NoteCase{12, kCa, "maintenance manual for howitzer", kIn, "!s1-014"},
        NoteCase{12, kUk, "design methodology for howitzer", kIn, "!s1-014"},
        // 13: libraries.
        NoteCase{13, kUk, "threat library software for radar warning receiver", kOut, "s1-013"},
        NoteCase{13, kUk, "software for radar warning receiver", kOut, "!s1-013"},
        // 14: services for Canada: the purpose has to be known.
        NoteCase{14, kCa, "technical assistance for howitzer", kOpen, "s1-015"},
        NoteCase{14, kUk, "technical assistance for howitzer", kIn, "!s1-015"},
        // 15: mines set off by persons; not demining equipment.
        NoteCase{15, kCa, "MINE,ANTIPERSONNEL,M18A1", kOut, "s1-026"},
        NoteCase{15, kUk, "MINE CLEARING EQUIPMENT", kOpen, "!s1-026"},
        NoteCase{15, kUk, "anti-tank mine", kIn, "!s1-026"},
        // 16: radar; an airborne one may be a phased array.
        NoteCase{16, kCa, "phased array radar, military", kOut, "s1-055"},
        NoteCase{16, kCa, "RADAR SET AN/APG-68", kOpen, "s1-055"},
        NoteCase{16, kCa, "SONAR SET AN/SQS-56", kIn, "!s1-055"}));

// 17: a question about the transaction, for Canada alone.
TEST_F(TreatyTest, Note17AsksAboutCongress) {
  const auto asks = [&](const char* profile) {
    const TreatyFinding f = Under(profile, "HOWITZER,TOWED,155MM");
    return std::any_of(f.verify.begin(), f.verify.end(),
                       [](uint32_t row) { return ThePack()->text(ThePack()->treaty_rows()[row].id) == "s1-005"; });
  };
  EXPECT_TRUE(asks(kCa));
  EXPECT_FALSE(asks(kUk));
}

// The four columns, each with all that it can say; and what differs between them.
TEST_F(TreatyTest, EveryColumnEveryVerdict) {
  struct Case {
    const char* item;
    TreatyVerdict ca, au, uk, aukus;
  };
  for (const Case& c :
       {Case{"FIM-92 STINGER MISSILE", kOut, kOut, kOut, kOut}, Case{"F-16C fighter aircraft", kOut, kIn, kIn, kIn},
        Case{"TORPEDO,MK 48 ADCAP", kIn, kOut, kOut, kIn},
        Case{"technical drawing for frigate with superconducting motor", kOpen, kIn, kOut, kIn},
        Case{"anti-tank mine", kIn, kIn, kIn, kOut}, Case{"RADAR SET AN/APG-68", kOpen, kOpen, kOpen, kIn},
        Case{"ablative composite for missile", kOpen, kOpen, kOpen, kOpen},
        Case{"HOWITZER,TOWED,155MM", kIn, kIn, kIn, kIn}, Case{"office chair", kNone, kNone, kNone, kNone}}) {
    EXPECT_EQ(Under(kCa, c.item).verdict, c.ca) << "CA " << c.item;
    EXPECT_EQ(Under(kAu, c.item).verdict, c.au) << "AU " << c.item;
    EXPECT_EQ(Under(kUk, c.item).verdict, c.uk) << "UK " << c.item;
    EXPECT_EQ(Under("aukus-126.7", c.item).verdict, c.aukus) << "AUKUS " << c.item;
  }
}

// A flag MT that holds for a part of a paragraph only decides nothing by itself; another row still may.
TEST_F(TreatyTest, ConditionalMissileTechnology) {
  const TreatyFinding open = Under(kUk, "ablative composite for missile");  // XIII(d)(1)
  EXPECT_EQ(open.verdict, kOpen);
  EXPECT_EQ(Row(open), "s1-002");
  EXPECT_FALSE(open.missing_facts.empty());
  EXPECT_EQ(Under(kUk, "missile nose cone reentry vehicle").verdict, kOut) << "IV(h)(17): the whole paragraph";
  EXPECT_EQ(Under(kCa, "unmanned aerial vehicle, military").verdict, kOut) << "row 46 settles it";
  EXPECT_EQ(Under(kUk, "unmanned aerial vehicle, military").verdict, kOpen);
  EXPECT_EQ(Under(kUk, "solid rocket motor for missile").verdict, kOut) << "two readings, both of the Annex";
  EXPECT_EQ(Under(kUk, "cruise missile").verdict, kOpen) << "of the Annex only from 300 km and 500 kg";
  EXPECT_EQ(Under(kUk, "cruise missile, range 1600 km, payload 500 kg").verdict, kOut);
}

TEST_F(TreatyTest, EveryCountryOfTheTables) {
  const auto has = [&](const char* country, const char* notice) {
    Context context;
    context.destination = country;
    return Notices("HOWITZER,TOWED,155MM", context).count(notice) == 1;
  };
  for (const char* c : {"BY", "MM", "CN", "CU", "IR", "KP", "SY", "VE", "AF", "KH", "CF", "CY", "CD",
                        "ER", "ET", "HT", "IQ", "LB", "LY", "NI", "RU", "SO", "SS", "SD", "ZW"})
    EXPECT_TRUE(has(c, "us-126.1")) << c;
  for (const char* c : {"AF", "CF", "CD", "IQ", "LB", "LY", "KP", "SO", "SS", "SD"})
    EXPECT_TRUE(has(c, "jp-un-embargo")) << c;
  for (const char* c : {"AR", "AU", "AT", "BE", "BG", "CA", "CZ", "DK", "FI", "FR", "DE", "GR", "HU", "IE",
                        "IT", "KR", "LU", "NL", "NZ", "NO", "PL", "PT", "ES", "SE", "CH", "GB", "US"}) {
    EXPECT_TRUE(has(c, "jp-table-3")) << c;
    EXPECT_FALSE(has(c, "us-126.1")) << c;
  }
  EXPECT_FALSE(has("IN", "jp-table-3"));
  EXPECT_FALSE(has("IN", "us-126.1"));
}

// The built pack, but its UK profile has only the first `rows` rows in the list's order, or as `seed` shuffles
// them.
std::shared_ptr<const pack::Pack> WithRows(uint32_t rows, uint32_t seed) {
  std::string bytes(ThePack()->bytes());
  pack::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const auto at = [&](pack::Section section) { return header.sections[static_cast<size_t>(section)].offset; };
  char* const place = bytes.data() + at(pack::Section::kTreaties) + TreatyId(kUk) * sizeof(pack::Treaty);
  pack::Treaty treaty;
  std::memcpy(&treaty, place, sizeof(treaty));
  std::vector<pack::TreatyCell> cells(treaty.cells.count);
  char* const first = bytes.data() + at(pack::Section::kTreatyCells) + treaty.cells.first * sizeof(pack::TreatyCell);
  std::memcpy(cells.data(), first, cells.size() * sizeof(pack::TreatyCell));
  for (size_t i = cells.size(); i > 1 && seed != 0; --i) {  // of our own, so that each library shuffles alike
    seed = seed * 1664525u + 1013904223u;
    std::swap(cells[i - 1], cells[(seed >> 8) % i]);
  }
  std::memcpy(first, cells.data(), cells.size() * sizeof(pack::TreatyCell));
  treaty.cells.count = std::min(treaty.cells.count, rows);
  std::memcpy(place, &treaty, sizeof(treaty));
  pack::Seal(bytes);
  auto opened = pack::Pack::FromString(std::move(bytes));
  EXPECT_TRUE(opened.ok()) << opened.status();
  return *opened;
}

// The lines that the rows of Supplement No. 1 have for their tests: each row decides some of them.
std::vector<std::string> LinesOfRows() {
  std::vector<std::string> out;
  for (const compile::TestCase& test : compile::CompileFolder(std::string(SEKISHO_SOURCE_DIR) + "/taxonomy").tests) {
    if (test.row.starts_with("s1-")) out.push_back(test.description);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Row by row in the list's order, and in strides in another: what is excluded stays so, and nothing becomes laxer.
TEST_F(TreatyTest, AddingARowNeverAdmits) {
  const uint32_t profile = TreatyId(kUk), all = ThePack()->treaties()[profile].cells.count;
  const std::vector<std::string> lines = LinesOfRows();
  ASSERT_GT(lines.size(), 150u);
  Context context;
  context.treaties = std::span(&profile, 1);
  struct Order {
    uint32_t seed, stride;
  };
  for (const auto [seed, stride] : {Order{0, 1}, Order{1, 9}}) {
    std::vector<TreatyVerdict> last(lines.size(), kNone);
    for (uint32_t rows = 0; rows < all + stride; rows += stride) {
      Scanner scanner(WithRows(rows, seed), Options());
      for (size_t i = 0; i < lines.size(); ++i) {
        Item item;
        item.description = lines[i];
        const TreatyVerdict now = scanner.Classify(item, context).treaties[0].verdict;
        EXPECT_LE(now, last[i]) << lines[i] << " with " << rows << " rows, order " << seed;
        last[i] = now;
      }
    }
    EXPECT_GT(std::count(last.begin(), last.end(), kOut), 60);
  }
}

}  // namespace
}  // namespace sekisho
