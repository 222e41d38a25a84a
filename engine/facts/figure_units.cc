#include "engine/facts/figure_units.h"

#include <algorithm>
#include <utility>

#include "engine/facts/calibers.h"
#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::TermKind;
using text::Gap;

uint32_t Narrow(uint32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + '!' : c; }

std::string_view Written(const FigureLine& line, const Hit& h) {
  const text::Token &first = line.reading.tokens[h.first], &last = line.reading.tokens[h.last - 1];
  return line.reading.source[first.field].substr(first.src_begin,
                                                 std::max(last.src_end, first.src_end) - first.src_begin);
}

// How well the caller's letters have the case of a unit's name: how many of them, or more than any where all have. 0
// where the text has another word for it, or small letters alone: who writes mpa may mean either.
uint32_t CaseFit(const FigureLine& line, const Hit& unit) {
  constexpr uint32_t kExact = 100;
  const std::string_view name = line.pack.text(line.pack.units()[unit.id].id);
  const std::string_view written = Written(line, unit);
  uint32_t fit = 0;
  size_t at = 0;
  bool capital = false;
  for (const char c : name) {
    if (at >= written.size()) return 0;
    const uint32_t letter = Narrow(text::Decode(written, at));
    if ((letter | 0x20) != (static_cast<uint32_t>(c) | 0x20)) return 0;
    fit += letter == static_cast<uint32_t>(c) ? 1 : 0;
    capital = capital || (letter >= 'A' && letter <= 'Z');
  }
  if (at != written.size()) return 0;
  return fit == name.size() ? kExact : capital ? fit : 0;
}

bool TestsDimension(const pack::Pack& pack, uint32_t rule, uint32_t dimension) {
  const pack::Range all = pack.rules()[rule].conditions;
  for (const pack::Condition& c : pack.conditions().subspan(all.first, all.count)) {
    if (c.kind != pack::ConditionKind::kMeasure) continue;
    for (const pack::MeasureTest& t : pack.measure_tests().subspan(c.ids.first, c.ids.count)) {
      if (pack.units()[t.unit].dimension == dimension) return true;
    }
  }
  return false;
}

// Whether a concept of the line asks for a figure of this dimension, as its support or in a rule: an accelerometer's
// 100 G, a magnet's 10 T.
bool AskedFor(const FigureLine& line, uint32_t dimension) {
  const pack::Pack& pack = line.pack;
  const auto needs = [&](uint32_t id) {
    const pack::Range range = pack.concepts()[id].needs;
    const auto all = pack.needs().subspan(range.first, range.count);
    return std::any_of(all.begin(), all.end(), [&](const pack::Need& n) {
      return n.kind == pack::NeedKind::kMeasure && line.MeasureDimension(n.id) == dimension;
    });
  };
  const auto tests = [&](const pack::Ancestor& a) {
    const auto rules = pack.ids(pack.concepts()[a.concept_id].rules);
    return std::any_of(rules.begin(), rules.end(),
                       [&](uint32_t rule) { return TestsDimension(pack, rule, dimension); });
  };
  return std::any_of(line.hits.begin(), line.hits.end(), [&](const Hit& h) {
    if (h.kind != TermKind::kConcept || h.system) return false;
    const auto up = pack.ancestors_of(h.id);
    return needs(h.id) || std::any_of(up.begin(), up.end(), tests);
  });
}

// Of the units that are written alike at `i`: one of a dimension that the line's words ask for, else the one whose name
// has the case of the caller's letters, else the first.
const Hit* UnitAmongTwins(const FigureLine& line, uint32_t i) {
  const Hit* best = line.At(i, TermKind::kUnit);
  if (best == nullptr) return best;
  for (const Hit* h = best + 1; h != line.hits.data() + line.hits.size() && h->first == i; ++h) {
    if (h->kind != TermKind::kUnit || h->last != best->last) continue;
    const uint32_t dimension = line.Dimension(h->id), known = line.Dimension(best->id);
    const bool asked = dimension != known && AskedFor(line, dimension);
    const bool settled = dimension != known && AskedFor(line, known);
    if (asked != settled ? asked : CaseFit(line, *h) > CaseFit(line, *best)) best = h;
  }
  return best;
}

// P/N 4567 UH-60: the unit's letters begin the designation of something known.
bool BeginsDesignation(const FigureLine& line, const Hit& unit) {
  if (line.GapBefore(unit.last) > Gap::kHyphen || !line.IsDigits(unit.last)) return false;
  const auto here = line.StartingAt(unit.first);
  return std::any_of(here.begin(), here.end(),
                     [&](const Hit& h) { return h.kind == TermKind::kConcept && h.last > unit.last; });
}

// Words before a figure that say per what, and how a unit says the same behind it.
struct Per {
  std::string_view before, unit;
};
constexpr Per kPers[] = {{"毎秒", "毎秒"},    {"毎分", "毎分"},   {"毎時", "毎時"}, {"毎日", "毎日"},
                         {"秒速", "毎秒"},    {"分速", "毎分"},   {"時速", "毎時"}, {"1秒間に", "毎秒"},
                         {"1分間に", "毎分"}, {"1時間に", "毎時"}};

constexpr uint32_t kLongestUnit = 12;  // tokens: 立方センチメートル

// The unit whose phrase goes on from `node` with 毎秒 and the like; kNone when there is none.
uint32_t RateBehind(const pack::Pack& pack, uint32_t node, std::string_view per) {
  for (size_t at = 0; at < per.size() && node != 0;) {
    const size_t begin = at;
    text::Decode(per, at);
    const uint32_t id = pack.FindToken(per.substr(begin, at - begin));
    node = id == pack::kNone ? 0 : pack.FindEdge(node, id);
  }
  if (node == 0) return pack::kNone;
  const pack::Range terms = pack.nodes()[node].terms;
  for (const pack::Term& t : pack.terms().subspan(terms.first, terms.count)) {
    if (t.kind == TermKind::kUnit) return t.id;
  }
  return pack::kNone;
}

}  // namespace

uint32_t ReadUnit(const FigureLine& line, uint32_t i, Quantity& q) {
  const Gap gap = line.GapBefore(i);
  const bool bracketed = gap == Gap::kClose && line.GapBefore(q.first) == Gap::kOpen;  // (5 x 10^6) rad
  if ((gap > Gap::kSpace && !bracketed) || gap == Gap::kSlash || gap == Gap::kDot) return i;
  const Hit* unit = UnitAmongTwins(line, i);
  const bool letter = unit != nullptr && unit->last == i + 1 && line.Word(i).size() == 1;
  if (unit == nullptr || (letter && line.Word(q.first).starts_with('.'))) return i;  // .32 S&W
  const bool glued = gap == Gap::kNone && line.GapBefore(i + 1) == Gap::kNone && line.IsDigits(i + 1);
  if (letter && glued) return i;  // 1L13
  if (gap == Gap::kSpace && BeginsDesignation(line, *unit)) return i;
  q.unit = unit->id;
  if (q.unit == line.known.caliber_inch) {
    q.measure = line.known.caliber;
    TakeHundredths(q);
  }
  return unit->last;
}

uint32_t ReadRate(const FigureLine& line, uint32_t i, Quantity& q) {
  if (!line.reading.cjk || line.GapBefore(i) > Gap::kSpace) return i;
  for (const Per& per : kPers) {
    const uint32_t first = line.numbers.SpelledBefore(q.first, per.before);
    if (first == q.first) continue;
    uint32_t node = 0, end = i;
    for (uint32_t k = i; k < line.size() && k < i + kLongestUnit; ++k) {
      const uint32_t id = line.reading.tokens[k].id;
      node = id == pack::kNone || (k > i && line.GapBefore(k) != Gap::kNone) ? 0 : line.pack.FindEdge(node, id);
      if (node == 0) break;
      const uint32_t unit = RateBehind(line.pack, node, per.unit);
      if (unit == pack::kNone) continue;
      q.unit = unit;
      end = k + 1;
    }
    if (end == i) continue;
    q.first = first;
    return end;
  }
  return i;
}

uint32_t ReadLostPower(const FigureLine& line, uint32_t i, Quantity& q) {
  constexpr size_t kTen = 2, kMostDigits = 2;
  const uint32_t ten = i + 1, end = i + 2;
  const std::string_view raised = line.Word(ten);
  if (line.Word(i) != "x" || !line.IsDigits(ten) || !raised.starts_with("10") || raised.size() == kTen ||
      raised.size() > kTen + kMostDigits || raised[kTen] == '0' || (q.first > 0 && line.Word(q.first - 1) == "x"))
    return i;
  if (line.GapBefore(end) > Gap::kSpace) return i;
  const auto& plain = line.known.raised_units;
  const auto stated = [&](const Hit& unit) {
    if (unit.kind != TermKind::kUnit) return false;
    const uint32_t dimension = line.Dimension(unit.id);
    const auto around = line.Around(q.first);
    return std::any_of(plain.begin(), plain.end(),
                       [&](uint32_t u) { return u != pack::kNone && line.Dimension(u) == dimension; }) ||
           std::any_of(around.begin(), around.end(), [&](const Hit& h) {
             return h.kind == TermKind::kMeasure && h.last == q.first && line.known.raised[h.id] &&
                    line.MeasureDimension(h.id) == dimension;
           });
  };
  const auto units = line.StartingAt(end);
  if (std::none_of(units.begin(), units.end(), stated)) return i;
  const auto digit = [&](size_t k) { return static_cast<int32_t>(raised[k] - '0'); };
  q.low.exponent += raised.size() == kTen + 1 ? digit(kTen) : digit(kTen) * 10 + digit(kTen + 1);
  q.high = q.low;
  return end;
}

uint32_t ReadPixels(const FigureLine& line, uint32_t i, Quantity& q) {
  constexpr int64_t kFewestColumns = 64, kFewestRows = 48, kMost = 20000;
  const auto behind_side = [&](uint32_t k) {  // 1280H x 1024V, 1280(H) x 1024(V)
    return (line.Word(k) == "h" || line.Word(k) == "v") && line.GapBefore(k) != Gap::kSpace ? k + 1 : k;
  };
  pack::Decimal rows{};
  const uint32_t sign = behind_side(i);
  const bool word = line.Word(sign) == "x" || line.Word(sign) == "by";
  const bool star = line.numbers.Between(sign) == "*" || line.numbers.Between(sign) == "＊";
  const uint32_t second = word ? sign + 1 : sign;
  uint32_t end = (word || star) && line.IsDigits(second) ? line.numbers.Read(second, rows) : i;
  if (end == second || end == i || line.known.pixels == pack::kNone || q.low.exponent != 0 || rows.exponent != 0)
    return i;
  end = behind_side(end);
  if (q.low.mantissa < kFewestColumns || rows.mantissa < kFewestRows || q.low.mantissa > kMost ||
      rows.mantissa > kMost || line.Word(end) == "x")
    return i;
  const Hit* unit = line.At(end, TermKind::kUnit);
  if (unit != nullptr && unit->id != line.known.pixel) return i;
  q.low.mantissa *= rows.mantissa;
  q.high = q.low;
  q.unit = line.known.pixel;
  q.measure = line.known.pixels;
  return unit != nullptr ? unit->last : end;
}

}  // namespace sekisho::facts
