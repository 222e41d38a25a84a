// Every threshold of the shipped taxonomy: figures just below, equal and just above, in the law's unit and in every
// other unit of its dimension that can state it exactly, in ASCII and in full width; and the comparators of both
// languages, strict and not strict.
#include "engine/decide/threshold.h"

#include <gtest/gtest.h>

#include <map>
#include <queue>

#include "engine/facts/decimal.h"
#include "engine/facts/quantities.h"
#include "engine/text/utf8.h"

namespace sekisho {
namespace {

using decide::Truth;
using pack::Comparator;

class Thresholds : public ::testing::Test {
 protected:
  Thresholds()
      : pack_(*pack::Pack::Open(SEKISHO_PACK_PATH)),

        units_(*pack_),
        reader_(*pack_),
        matcher_(*pack_) {
    SpellUnits();
  }

  // A way to write each unit: a shortest path through the phrases.
  void SpellUnits() {
    std::queue<std::pair<uint32_t, std::string>> queue;
    std::string before;
    const auto go = [&](uint32_t token, uint32_t to) {
      const std::string word(pack_->text(pack_->tokens()[token].text));
      const bool glued = before.empty() || (word[0] >= '0' && word[0] <= '9');  // m3
      queue.push({to, glued ? before + word : before + " " + word});
    };
    for (uint32_t token = 0; token < pack_->tokens().size(); ++token) {
      if (pack_->tokens()[token].root != 0) go(token, pack_->tokens()[token].root);
    }
    while (!queue.empty()) {
      const auto [node, spelling] = queue.front();
      queue.pop();
      const pack::Range terms = pack_->nodes()[node].terms;
      for (const pack::Term& t : pack_->terms().subspan(terms.first, terms.count)) {
        if (t.kind == pack::TermKind::kUnit) spelling_.try_emplace(t.id, spelling);
      }
      if (std::count(spelling.begin(), spelling.end(), ' ') > 3) continue;
      before = spelling;
      const pack::Range edges = pack_->nodes()[node].edges;
      for (const pack::Edge& e : pack_->edges().subspan(edges.first, edges.count)) go(e.token, e.to);
    }
  }

  // The first quantity of a text.
  facts::Quantity Read(const std::string& line) {
    std::vector<facts::Quantity> read;
    EXPECT_TRUE(reader_.Read(line, {}, reading_).ok());
    EXPECT_TRUE(matcher_.Match(reading_, hits_));
    facts::ReadQuantities(*pack_, units_, reading_, hits_, read);
    if (read.empty()) return {};
    return read.front();
  }

  std::shared_ptr<const pack::Pack> pack_;
  facts::KnownUnits units_;
  text::Reader reader_;
  match::Matcher matcher_;
  text::Reading reading_;
  std::vector<match::Hit> hits_;
  std::map<uint32_t, std::string> spelling_;
};

// A decimal as text, `delta` steps of its last digit but three away.
std::string Write(const pack::Decimal& value, int64_t delta) {
  __int128 m = static_cast<__int128>(value.mantissa) * 1000 + delta;
  int e = value.exponent - 3;
  std::string digits;
  const bool negative = m < 0;
  if (negative) m = -m;
  for (; m > 0 || digits.empty(); m /= 10)
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(m % 10)));
  for (; e > 0; --e) digits += '0';
  while (static_cast<int>(digits.size()) <= -e) digits.insert(digits.begin(), '0');
  if (e < 0) digits.insert(digits.end() + e, '.');
  return (negative ? "-" : "") + digits;
}

std::string FullWidth(const std::string& s) {
  std::string out;
  for (size_t i = 0; i < s.size();) {
    const uint32_t c = text::Decode(s, i);
    text::Append(out, c == ' ' ? 0x3000u : c > ' ' && c < 0x7F ? c + 0xFEE0u : c);
  }
  return out;
}

// value of `from` in `to`, when that is a decimal of at most 14 digits.
bool Convert(const pack::Decimal& value, const pack::Unit& from, const pack::Unit& to, pack::Decimal& out) {
  if (from.offset.mantissa != 0 || to.offset.mantissa != 0 || value.mantissa <= 0) return false;
  __int128 num = static_cast<__int128>(value.mantissa) * from.num * to.den,
           den = static_cast<__int128>(from.den) * to.num;
  int e = value.exponent + from.exponent - to.exponent;
  for (int k = 0; k < 24 && num % den != 0; ++k) {
    if (num > (static_cast<__int128>(1) << 120)) return false;
    num *= 10;
    --e;
  }
  if (num % den != 0) return false;
  num /= den;
  while (num % 10 == 0) num /= 10, ++e;
  if (num > 100000000000000 || e > 8 || e < -12) return false;
  out = {static_cast<int64_t>(num), e, 0};
  return true;
}

Truth Expected(Comparator op, int side) {
  switch (op) {
    case Comparator::kLess:
      return side < 0 ? Truth::kYes : Truth::kNo;
    case Comparator::kLessEqual:
      return side <= 0 ? Truth::kYes : Truth::kNo;
    case Comparator::kGreater:
      return side > 0 ? Truth::kYes : Truth::kNo;
    case Comparator::kGreaterEqual:
      return side >= 0 ? Truth::kYes : Truth::kNo;
    default:
      return side == 0 ? Truth::kYes : Truth::kNo;
  }
}

TEST_F(Thresholds, HoldBelowAtAndAboveInEveryUnitAndScript) {
  size_t figures = 0, other_units = 0;
  for (const pack::MeasureTest& t : pack_->measure_tests()) {
    for (uint32_t u = 0; u < pack_->units().size(); ++u) {
      pack::Decimal value = t.value;
      if (pack_->units()[u].dimension != pack_->units()[t.unit].dimension || !spelling_.contains(u)) continue;
      if (pack_->text(pack_->units()[u].id) == "caliber-inch")
        continue;  // 50 caliber is hundredths: a reading of its own, tested below
      if (u != t.unit && !Convert(t.value, pack_->units()[t.unit], pack_->units()[u], value)) continue;
      other_units += u != t.unit;
      for (const int side : {-1, 0, 1}) {
        const std::string line = Write(value, side) + " " + spelling_[u];
        for (const std::string& text : {line, FullWidth(line)}) {
          facts::Quantity q = Read("x " + text + " item");  // at the end of a line GBP is money
          ASSERT_NE(q.last, 0u) << text << " is not read as a quantity";
          q.measure = t.measure;
          if (pack_->units()[q.unit].dimension != pack_->units()[t.unit].dimension)
            continue;  // a unit that two dimensions share
          if (q.unit != u) continue;
          EXPECT_EQ(decide::Satisfies(*pack_, q, t), Expected(t.op, side))
              << text << " against " << pack_->text(pack_->measures()[t.measure].id) << " " << Write(t.value, 0) << " "
              << pack_->text(pack_->units()[t.unit].id);
          ++figures;
        }
      }
    }
  }
  EXPECT_GT(figures, 6 * pack_->measure_tests().size() / 2);
  EXPECT_GT(other_units, 0u);
}

struct Stated {
  const char* line;
  Comparator op;  // against 300 km
  Truth truth;
};

TEST_F(Thresholds, TakeStatedBoundsForWhatTheySay) {
  const uint32_t km = pack_->FindUnit("km"), range = pack_->FindMeasure("range");
  const Stated cases[] = {
      {"range 300 km", Comparator::kGreaterEqual, Truth::kYes},
      {"range 300 km", Comparator::kGreater, Truth::kNo},
      {"range > 300 km", Comparator::kGreater, Truth::kYes},
      {"range >= 300 km", Comparator::kGreater, Truth::kOpen},
      {"range less than 300 km", Comparator::kGreaterEqual, Truth::kNo},
      {"range 250-350 km", Comparator::kGreaterEqual, Truth::kOpen},
      {"range at least 310 km", Comparator::kGreaterEqual, Truth::kYes},
      {"射程300km以上", Comparator::kGreaterEqual, Truth::kYes},
      {"射程３００ｋｍ未満", Comparator::kGreaterEqual, Truth::kNo},
      {"射程300km以下", Comparator::kGreaterEqual, Truth::kOpen},
      {"射程300kmを超える", Comparator::kGreater, Truth::kYes},
      {"射程三〇〇キロメートル", Comparator::kGreaterEqual, Truth::kYes},
      {"射程二百九十九キロメートル", Comparator::kGreaterEqual, Truth::kNo},
      {"range 162 nmi", Comparator::kGreaterEqual, Truth::kYes},
      {"range 161.9 nmi", Comparator::kGreaterEqual, Truth::kNo},
      {"range 3 x 10^5 m", Comparator::kGreaterEqual, Truth::kYes},
  };
  for (const Stated& c : cases) {
    pack::MeasureTest test{range, km, c.op, 0, {0, 0, 0}};
    ASSERT_TRUE(facts::ParseDecimal("300", test.value));
    const facts::Quantity q = Read(c.line);
    ASSERT_NE(q.last, 0u) << c.line;
    EXPECT_TRUE(decide::Speaks(*pack_, q, test)) << c.line;
    EXPECT_EQ(decide::Satisfies(*pack_, q, test), c.truth) << c.line;
  }
}

TEST_F(Thresholds, ReadCalibresExactly) {
  const uint32_t mm = pack_->FindUnit("mm"), caliber = pack_->FindMeasure("caliber");
  pack::MeasureTest above{caliber, mm, Comparator::kGreater, 0, {127, -1, 0}};
  for (const char* line : {".50 cal", "50 caliber", "cal. .50", "12.7 mm", "１２．７ｍｍ", "0.5 inch", "12,7x99",
                           "１２．７×９９ｍｍ", "1/2 inch"}) {
    const facts::Quantity q = Read(line);
    ASSERT_NE(q.last, 0u) << line;
    EXPECT_EQ(decide::Satisfies(*pack_, q, above), Truth::kNo) << line;
    above.op = Comparator::kGreaterEqual;
    EXPECT_EQ(decide::Satisfies(*pack_, q, above), Truth::kYes) << line;
    above.op = Comparator::kGreater;
  }
  EXPECT_EQ(decide::Satisfies(*pack_, Read("12.70001 mm"), above), Truth::kYes);
  EXPECT_EQ(decide::Satisfies(*pack_, Read(".510 inch"), above), Truth::kYes);
}

}  // namespace
}  // namespace sekisho
