// Figures as item lines write them. tests/figures/units.txt: every unit and its spellings, read behind a figure in all
// widths; tests/figures/figures.txt: numbers, signs, ranges, comparators, and what they bound.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "engine/facts/decimal.h"
#include "engine/facts/quantities.h"
#include "engine/match/matcher.h"
#include "engine/text/reading.h"

namespace sekisho {
namespace {

std::filesystem::path Table(const char* name) {
  return std::filesystem::path(SEKISHO_SOURCE_DIR) / "tests/figures" / name;
}

// The rows of a table, without comments.
std::vector<std::string> Rows(const char* name) {
  std::ifstream in(Table(name));
  std::vector<std::string> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') rows.push_back(line);
  }
  return rows;
}

std::vector<std::string> Split(std::string_view s, std::string_view mark) {
  std::vector<std::string> parts;
  for (size_t at = s.find(mark); at != std::string_view::npos; at = s.find(mark)) {
    parts.emplace_back(s.substr(0, at));
    s.remove_prefix(at + mark.size());
  }
  parts.emplace_back(s);
  return parts;
}

std::string Lower(std::string s) {
  for (char& c : s) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return s;
}

// ASCII in full width.
std::string Wide(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == ' ') {
      out += "\xE3\x80\x80";
    } else if (c > ' ' && c <= '~') {
      const int code = 0xFF01 + (c - '!');
      out += {static_cast<char>(0xE0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3F)),
              static_cast<char>(0x80 | (code & 0x3F))};
    } else {
      out += c;
    }
  }
  return out;
}

class Figures : public testing::Test {
 protected:
  void SetUp() override {
    auto pack = pack::Pack::Open(SEKISHO_PACK_PATH);
    ASSERT_TRUE(pack.ok()) << pack.status();
    pack_ = *pack;
    reader_.emplace(*pack_);
    matcher_.emplace(*pack_);
    units_.emplace(*pack_);
  }

  const std::vector<facts::Quantity>& Read(const std::string& line) {
    figures_.clear();
    EXPECT_TRUE(reader_->Read(line, {}, reading_).ok()) << line;
    matcher_->Match(reading_, hits_);
    facts::ReadQuantities(*pack_, *units_, reading_, hits_, figures_);
    return figures_;
  }

  // Whether `value` in `unit` is the same as `text` in the unit of that name.
  bool Same(const pack::Decimal& value, uint32_t unit, std::string_view text, std::string_view name) const {
    pack::Decimal expected{};
    const uint32_t id = pack_->FindUnit(name);
    if (id == pack::kNone || unit == pack::kNone || !facts::ParseDecimal(text, expected)) return false;
    const auto &a = pack_->units()[unit], &b = pack_->units()[id];
    return a.dimension == b.dimension && facts::Compare(value, a, expected, b) == 0;
  }

  std::string Name(uint32_t unit) const {
    return unit == pack::kNone ? "none" : std::string(pack_->text(pack_->units()[unit].id));
  }

  std::string Describe(const facts::Quantity& q) const {
    const auto number = [](const pack::Decimal& d) {
      return std::to_string(d.mantissa) + "e" + std::to_string(d.exponent);
    };
    std::string out = "[";
    if (q.has_low) out += (q.low_open ? "> " : "") + number(q.low);
    if (q.has_high) out += (q.high_open ? "..< " : "..") + number(q.high);
    out += " " + Name(q.unit);
    if (q.measure != pack::kNone) out += " " + std::string(pack_->text(pack_->measures()[q.measure].id));
    return out + "]";
  }

  // `5 mm`, `0.4..1.1 um`, `>= 300 km`, `< 5 um`: the name of the unit is what follows the first space behind the
  // value.
  bool Meets(const facts::Quantity& q, std::string_view expected) const {
    bool low = true, high = true, open = false;
    for (const std::string_view op : {">= ", "<= ", "> ", "< "}) {
      if (!expected.starts_with(op)) continue;
      (op[0] == '>' ? high : low) = false;
      open = op[1] == ' ';
      expected.remove_prefix(op.size());
    }
    const size_t space = expected.find(' ');
    if (space == std::string_view::npos) return false;
    const std::string_view name = expected.substr(space + 1);
    const std::vector<std::string> ends = Split(expected.substr(0, space), "..");
    return q.has_low == low && q.has_high == high && q.low_open == (open && low) && q.high_open == (open && high) &&
           (!low || Same(q.low, q.unit, ends.front(), name)) && (!high || Same(q.high, q.unit, ends.back(), name));
  }

  std::shared_ptr<const pack::Pack> pack_;
  std::optional<text::Reader> reader_;
  std::optional<match::Matcher> matcher_;
  std::optional<facts::KnownUnits> units_;
  text::Reading reading_;
  std::vector<match::Hit> hits_;
  std::vector<facts::Quantity> figures_;
};

// `LINE => figure; figure`
TEST_F(Figures, NumbersSignsAndRanges) {
  size_t cases = 0;
  for (const std::string& row : Rows("figures.txt")) {
    const std::vector<std::string> parts = Split(row, " => ");
    ASSERT_EQ(parts.size(), 2u) << row;
    const std::vector<std::string> expected = parts[1] == "none" ? std::vector<std::string>() : Split(parts[1], "; ");
    const auto& found = Read(parts[0]);
    std::string got;
    for (const auto& q : found) got += " " + Describe(q);
    ++cases;
    EXPECT_EQ(found.size(), expected.size()) << row << ": read" << got;
    for (size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
      EXPECT_TRUE(Meets(found[i], expected[i])) << row << ": read" << got;
  }
  EXPECT_GE(cases, 150u);
}

// A unit on another that the taxonomy has no name for is one figure, and stands for no measure of its first unit.
TEST_F(Figures, OneUnitOnAnother) {
  for (const char* line : {"standard 1 mg/ml", "standard 1mg/mL", "標準液１ｍｇ／ｍＬ", "spring 30 N/cm"}) {
    const auto& found = Read(line);
    ASSERT_EQ(found.size(), 1u) << line;
    EXPECT_EQ(found[0].last, reading_.tokens.size()) << line;
    EXPECT_FALSE(found[0].Implies(std::vector<uint32_t>{found[0].unit})) << line;
  }
  ASSERT_EQ(Read("pump 1 kW/2 kW").size(), 2u);
}

// A unit that another one is written like, with small letters alone (kn), means one of the two: the dimension or the
// case tells which, and neither stands here. With the case of its name each unit is itself.
class Units : public Figures {
 protected:
  void SetUp() override {
    Figures::SetUp();
    for (const std::string& row : Rows("units.txt")) {
      const std::vector<std::string> parts = Split(row, " | ");
      ASSERT_EQ(parts.size(), 3u) << row;
      for (const std::string& s : Split(parts[1] + ", " + parts[2], ", ")) {
        rows_[parts[0]].push_back(s);
        spelled_[Lower(s)].insert(parts[0]);
      }
      spelled_[Lower(parts[0])].insert(parts[0]);
    }
  }

  void Expect(const std::string& line, const std::string& unit, const std::string& spelling) {
    const auto& found = Read(line);
    ++cases_;
    const std::set<std::string>& twins = spelled_[Lower(spelling)];
    const bool same = found.size() == 1 && std::any_of(twins.begin(), twins.end(), [&](const std::string& twin) {
                        return Same(found[0].low, found[0].unit, "7", twin);
                      });
    EXPECT_TRUE(same) << "\"" << line << "\" is no 7 " << unit
                      << (found.empty() ? std::string(": nothing read") : ": " + Describe(found[0]));
  }

  std::map<std::string, std::vector<std::string>> rows_;
  std::map<std::string, std::set<std::string>> spelled_;
  size_t cases_ = 0;
};

TEST_F(Units, EverySpellingInEveryWidth) {
  for (const auto& [unit, spellings] : rows_) {
    ASSERT_NE(pack_->FindUnit(unit), pack::kNone) << unit;
    for (const std::string& s : spellings) {
      for (const std::string& line : {"7 " + s, "7" + s, Wide("7" + s), "７" + s, Wide("7 " + s)})
        Expect(line, unit, s);
    }
  }
  EXPECT_GE(cases_, 3000u);
}

TEST_F(Units, TheCaseOfTheNameTellsTwinsApart) {
  for (const char* unit :
       {"mW", "MW", "mJ", "MJ", "mPa", "MPa", "kN", "MN", "T", "ms", "MS/s", "mT", "pF", "MeV", "MV", "mV"}) {
    for (const std::string& line : {std::string("7 ") + unit, std::string("7") + unit, Wide(std::string("7") + unit)}) {
      const auto& found = Read(line + " pump");
      ASSERT_EQ(found.size(), 1u) << line;
      EXPECT_EQ(Name(found[0].unit), unit) << line;
    }
  }
}

// The table leaves no unit out that a measure can be stated in.
TEST_F(Units, EveryUnitOfAMeasureIsThere) {
  std::set<uint32_t> dimensions;
  for (const pack::Measure& m : pack_->measures()) dimensions.insert(pack_->units()[m.unit].dimension);
  for (const pack::Unit& u : pack_->units()) {
    const std::string name(pack_->text(u.id));
    if (dimensions.contains(u.dimension) && name != "1" && name != "caliber-inch") {  // hundredths: figures.txt
      EXPECT_TRUE(rows_.contains(name)) << name << " is not in tests/figures/units.txt";
    }
  }
}

}  // namespace
}  // namespace sekisho
