#include "engine/facts/quantities.h"

#include "engine/facts/calibers.h"
#include "engine/facts/decimal.h"
#include "engine/facts/figure_line.h"
#include "engine/facts/figure_names.h"
#include "engine/facts/figure_ranges.h"
#include "engine/facts/figure_units.h"

namespace sekisho::facts {
namespace {

using pack::kNone;
using pack::TermKind;
using text::Gap;
using text::Script;

class QuantityReader {
 public:
  explicit QuantityReader(const FigureLine& line) : line_(line), r_(line.reading) {}

  // What is neither a digit nor a kanji begins no figure.
  static bool MayBegin(const text::Token& t) { return t.script == Script::kDigit || t.script == Script::kHan; }

  void ReadAll(std::vector<Quantity>& out) {
    for (uint32_t i = 0; i < line_.size();) {
      if (!MayBegin(r_.tokens[i])) {
        ++i;
        continue;
      }
      Quantity q{};
      const uint32_t floor = named_;
      const bool behind_unit = !out.empty() && out.back().last == i;  // 1200V-300A
      const uint32_t next = InsideDesignation(i) && !behind_unit ? i : ReadOne(i, q);
      if (next == i) {
        ++i;
        continue;
      }
      q.first = std::max(q.first, std::min(floor, i));
      q.span = SpanOf(q);
      MarkSizes(i, q, out);
      while (!out.empty() && out.back().first >= q.first) out.pop_back();  // 1分間に is said of the figure behind it
      out.push_back(q);
      i = next;
    }
  }

 private:
  Span SpanOf(const Quantity& q) const {
    Span span{r_.tokens[q.first].field, kNone, 0};
    for (uint32_t k = q.first; k < q.last; ++k) {
      span.begin = std::min(span.begin, r_.tokens[k].src_begin);
      span.end = std::max(span.end, r_.tokens[k].src_end);
    }
    return span;
  }

  // 300x200x100 mm, 300 mm x 200 mm: behind another figure with its unit, or behind two, a figure is one of the sizes
  // of a thing; the first of two may yet be a bore (12.7 mm x 99 mm).
  void MarkSizes(uint32_t i, Quantity& q, std::vector<Quantity>& out) const {
    if (q.measure != kNone || i == 0 || !IsTimes(i)) return;
    uint32_t k = i - (line_.Word(i - 1) == "x" ? 1 : 0);  // behind the figure before
    const bool with_unit = !out.empty() && out.back().last == k;
    if (!with_unit) {
      while (k > 0 && line_.IsDigits(k - 1) && (k == i || line_.GapBefore(k) != Gap::kSpace)) --k;
    } else {
      k = out.back().first;
    }
    const bool third = k > 0 && IsTimes(k);
    q.size = with_unit || third;
    if (with_unit && third && out.size() > 1) out[out.size() - 2].size = true;
  }

  // Whether a times sign stands before token `i`.
  bool IsTimes(uint32_t i) const {
    return (i > 1 && line_.Word(i - 1) == "x") ||
           (i > 0 && line_.numbers.Between(i).find('*') != std::string_view::npos);
  }

  // Reads the figure that begins at `i`; the token behind it and all that belongs to it, or `i` where there is none.
  uint32_t ReadOne(uint32_t i, Quantity& q) {
    pack::Decimal value{};
    uint32_t next = line_.numbers.Read(i, value);
    if (next == i) return i;
    q.first = i;
    q.measure = kNone;
    q.also.fill(kNone);
    q.unit = kNone;
    q.low = q.high = value;
    q.has_low = q.has_high = true;
    const uint32_t raised = ReadLostPower(line_, next, q);
    if (const uint32_t end = ReadCaliberPair(line_, i, raised, q); end != raised) return q.last = end;
    if (const uint32_t end = ReadPixels(line_, raised, q); end != raised) return q.last = end;
    q.first = line_.numbers.SignBefore(i);
    next = ReadKilo(raised, q);
    const uint32_t number = next;
    next = PassLengthTerm(next);
    const bool formula = next != number;
    next = ReadUpperEnd(line_, next, q);
    const uint32_t unit_at = next;
    next = ReadRate(line_, unit_at, q);
    if (next == unit_at) next = ReadUnit(line_, next, q);
    if (!formula && q.unit != kNone) next = PassLengthTerm(next);  // 1.7 um + 3L/1000
    next = ReadUpperEndWithUnit(line_, next, q);
    if (formula && q.unit == kNone) q.unit = line_.known.micrometre;
    q.last = ReadPerUnit(next, q);
    DropDash(i, q);
    if (q.unit != kNone) PutInOrder(line_, q);
    ReadFromDirectCurrent(line_, i, q);
    if (const uint32_t named = NameMeasure(line_, unit_at, named_, q); named != 0) named_ = named;
    next = q.last = ReadCaliberSuffix(line_, q);
    if (q.unit == kNone && q.measure != kNone && line_.IsBare(q.measure))
      q.unit = line_.pack.measures()[q.measure].unit;
    const bool kanji = r_.tokens[i].script == Script::kHan;  // 一式, 三菱: a kanji digit counts only with a unit
    if (q.unit == kNone && (kanji || !TakeBareCaliber(line_, q))) return i;
    Compare(line_, i, q);
    return std::max(q.last, next);
  }

  // 1 mg/ml, 30 N/cm: so much of one unit on another, where the taxonomy knows no unit of that name, stands for no
  // measure.
  uint32_t ReadPerUnit(uint32_t i, Quantity& q) const {
    if (q.unit == kNone || i == line_.size() || line_.GapBefore(i) != Gap::kSlash) return i;
    const match::Hit* per = line_.At(i, TermKind::kUnit);
    if (per == nullptr) return i;
    q.size = true;
    return per->last;
  }

  // 500k rad, 20k rpm: thousands, where the unit follows.
  uint32_t ReadKilo(uint32_t i, Quantity& q) const {
    if (line_.Word(i) != "k" || line_.GapBefore(i) != Gap::kNone || line_.GapBefore(i + 1) != Gap::kSpace ||
        line_.At(i + 1, TermKind::kUnit) == nullptr)
      return i;
    q.low.exponent += 3;
    q.high = q.low;
    return i + 1;
  }

  // 2.8+L/300 um, (1.7 + 3L/1000) µm, 1.7+3*L/1000: an error that grows with the length is at least its constant term,
  // in micrometres where no unit is written.
  uint32_t PassLengthTerm(uint32_t i) const {
    if (line_.Word(i) != "+") return i;
    pack::Decimal unused{};
    const uint32_t length = line_.IsDigits(i + 1) ? line_.numbers.Read(i + 1, unused) : i + 1;
    if (line_.Word(length) != "l" || !line_.IsDigits(length + 1) || line_.GapBefore(length + 1) != Gap::kSlash)
      return i;
    return line_.numbers.Read(length + 1, unused);
  }

  // M557J, ASM-3A: digits glued or hyphened to letters before them are a type's, unless the letters name a measure
  // (cal.50).
  bool InsideDesignation(uint32_t i) const {
    if (i == 0 || !line_.IsDigits(i) || line_.GapBefore(i) > Gap::kHyphen || r_.tokens[i - 1].script != Script::kLatin)
      return false;
    return line_.Word(i - 1) != "x" && line_.Word(i - 1) != "dc" && line_.EndingAt(i, TermKind::kMeasure) == nullptr &&
           line_.EndingAt(i, TermKind::kComparator) == nullptr;
  }

  // レ－ダ－５０ｋｍ, コントローラ－５５℃: behind a Japanese word a hyphen is a sign of temperatures and levels alone.
  void DropDash(uint32_t i, Quantity& q) const {
    if (q.low.mantissa >= 0 || i == 0 || !r_.tokens[i].minus) return;
    const Script before = r_.tokens[i - 1].script;
    const bool word = before == Script::kHan || before == Script::kKatakana || before == Script::kHiragana;
    const auto& signed_units = line_.known.below_zero;
    const bool below_zero = std::any_of(signed_units.begin(), signed_units.end(), [&](uint32_t unit) {
      return unit != kNone && q.unit != kNone && line_.Dimension(unit) == line_.Dimension(q.unit);
    });
    if (!word || below_zero) return;
    const bool range = q.high.mantissa != q.low.mantissa;
    q.low.mantissa = -q.low.mantissa;
    if (!range) q.high = q.low;
  }

  const FigureLine& line_;
  const text::Reading& r_;
  uint32_t named_ = 0;  // the end of the last name taken from behind its figure
};

}  // namespace

KnownUnits::KnownUnits(const pack::Pack& pack)
    : millimetre(pack.FindUnit("mm")),
      micrometre(pack.FindUnit("um")),
      inch(pack.FindUnit("in")),
      caliber_inch(pack.FindUnit("caliber-inch")),
      caliber(pack.FindMeasure("caliber")),
      pixel(pack.FindUnit("pixel")),
      pixels(pack.FindMeasure("pixels")),
      below_zero{pack.FindUnit("C"), pack.FindUnit("dB"), pack.FindUnit("dBm"), pack.FindUnit("dBc/Hz")},
      bare{pack.FindUnit("1"), pack.FindUnit("io"), pack.FindUnit("TPP"), pack.FindUnit("axis"),
           pack.FindUnit("qubit")},
      raised(pack.measures().size()),
      raised_units{pack.FindUnit("Gy"), pack.FindUnit("n/s")} {
  constexpr pack::Decimal kLeastRaised{5, 4, 0};
  for (const pack::MeasureTest& t : pack.measure_tests()) {
    const pack::Unit& unit = pack.units()[t.unit];
    if (facts::Compare(t.value, unit, kLeastRaised, unit) >= 0) raised[t.measure] = true;
  }
  if (pixel == kNone) pixels = kNone;
  if (millimetre == kNone || inch == kNone) caliber = kNone;
}

void ReadQuantities(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading,
                    const std::vector<match::Hit>& hits, std::vector<Quantity>& out) {
  if (std::none_of(reading.tokens.begin(), reading.tokens.end(), QuantityReader::MayBegin)) return;
  const FigureLine line(pack, known, reading, hits);
  QuantityReader(line).ReadAll(out);
}

}  // namespace sekisho::facts
