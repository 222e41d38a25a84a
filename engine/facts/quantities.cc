#include "engine/facts/quantities.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

#include "engine/facts/numbers.h"
#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::Comparator;
using pack::kNone;
using pack::TermKind;
using text::Gap;
using text::Script;

constexpr uint32_t kMeasureReach = 3;  // tokens between a measure's name and its figure

// Bores of guns, in mm, that `7.62x51` may begin with.
constexpr double kBores[] = {4.6,  5.45, 5.56, 5.6, 5.7, 5.8, 6.35, 6.5, 6.8, 7,    7.5,  7.62,  7.63, 7.65,  7.7,  7.9,
                             7.92, 8,    8.15, 8.2, 8.6, 9,   9.3,  9.5, 10,  10.3, 10.4, 10.75, 11.2, 11.43, 12.7, 13,
                             14.5, 20,   23,   25,  27,  28,  30,   35,  37,  40,   57,   60,    76,   81,    82,   84,
                             90,   100,  105,  106, 115, 120, 122,  125, 127, 130,  140,  152,   155};

constexpr double kSameBore = 1e-6;  // mm; a decimal read as a double misses 5.56 by less

class QuantityReader {
 public:
  QuantityReader(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading,
                 const std::vector<Hit>& hits)
      : pack_(pack), known_(known), r_(reading), hits_(hits), numbers_(reading) {
    for (const Hit& h : hits) longest_ = std::max(longest_, h.last - h.first);
  }

  void ReadAll(std::vector<Quantity>& out) {
    for (uint32_t i = 0; i < r_.tokens.size();) {
      Quantity q{};
      const uint32_t floor = named_;
      const uint32_t next = ReadOne(i, q);
      if (next == i) {
        ++i;
        continue;
      }
      q.first = std::max(q.first, std::min(floor, i));
      q.span = {r_.tokens[q.first].field, kNone, 0};
      for (uint32_t k = q.first; k < q.last; ++k) {
        q.span.begin = std::min(q.span.begin, r_.tokens[k].src_begin);
        q.span.end = std::max(q.span.end, r_.tokens[k].src_end);
      }
      out.push_back(q);
      i = next;
    }
  }

 private:
  std::string_view Word(uint32_t i) const { return numbers_.Word(i); }
  bool IsDigits(uint32_t i) const { return numbers_.IsDigits(i); }
  Gap GapBefore(uint32_t i) const { return numbers_.GapBefore(i); }
  uint32_t Number(uint32_t i, pack::Decimal& value) const { return numbers_.Read(i, value); }

  // The hits that start in [first, last); they are in order of start.
  std::span<const Hit> Starting(uint32_t first, uint32_t last) const {
    const auto begin = std::partition_point(hits_.begin(), hits_.end(), [&](const Hit& h) { return h.first < first; });
    auto end = begin;
    while (end != hits_.end() && end->first < last) ++end;
    return {begin, end};
  }
  std::span<const Hit> StartingAt(uint32_t i) const { return Starting(i, i + 1); }
  // Those among which all are that cover or end at `i`.
  std::span<const Hit> Around(uint32_t i) const { return Starting(i - std::min(i, longest_), i + 1); }

  // The longest hit of a kind that starts at `i`.
  const Hit* At(uint32_t i, TermKind kind) const {
    const Hit* best = nullptr;
    for (const Hit& h : StartingAt(i)) {
      if (h.kind == kind && (best == nullptr || h.last > best->last)) best = &h;
    }
    return best;
  }
  const Hit* EndingAt(uint32_t i, TermKind kind) const {
    const Hit* best = nullptr;
    for (const Hit& h : Around(i)) {
      if (h.first < i && h.last == i && h.kind == kind && (best == nullptr || h.first < best->first)) best = &h;
    }
    return best;
  }

  uint32_t ReadOne(uint32_t i, Quantity& q) {
    pack::Decimal value{};
    if (InsideDesignation(i)) return i;
    uint32_t next = Number(i, value);
    if (next == i) return i;
    q.first = i;
    q.measure = kNone;
    q.also.fill(kNone);
    q.unit = kNone;
    q.low = q.high = value;
    q.has_low = q.has_high = true;
    if (const uint32_t end = CaliberPair(i, next, q); end != next) return q.last = end;
    if (const uint32_t end = PixelPair(next, q); end != next) return q.last = end;
    next = UpperEnd(next, q);
    const uint32_t unit_at = next;
    next = Unit(next, q);
    q.last = next;
    DropDash(i, q);
    Name(q);
    if (q.measure == kNone) TryOtherUnits(unit_at, q);
    next = q.last = CaliberSuffix(q);
    if (q.unit == kNone && q.measure != kNone && IsBare(q.measure)) q.unit = pack_.measures()[q.measure].unit;
    const bool kanji = r_.tokens[i].script == Script::kHan;  // 一式, 三菱: a kanji digit counts only with a unit
    if (q.unit == kNone && (kanji || !BareCaliber(q))) return i;
    Compare(i, q);
    return std::max(q.last, next);
  }

  // 20-25 GHz: the other end of a range.
  uint32_t UpperEnd(uint32_t next, Quantity& q) const {
    if (!IsDigits(next) || GapBefore(next) != Gap::kHyphen) return next;
    pack::Decimal upper{};
    const uint32_t after = Number(next, upper);
    if (after == next || At(after, TermKind::kUnit) == nullptr) return next;
    q.high = upper;
    return after;
  }

  // M557J, ASM-3A: digits glued or hyphened to letters before them are a type's, unless the letters name a measure
  // (cal.50).
  bool InsideDesignation(uint32_t i) const {
    if (i == 0 || !IsDigits(i) || GapBefore(i) > Gap::kHyphen || r_.tokens[i - 1].script != Script::kLatin)
      return false;
    return Word(i - 1) != "x" && EndingAt(i, TermKind::kMeasure) == nullptr &&
           EndingAt(i, TermKind::kComparator) == nullptr;
  }

  // レ－ダ－５０ｋｍ, コントローラ－５５℃: behind a Japanese word a hyphen is a sign of temperatures alone.
  void DropDash(uint32_t i, Quantity& q) const {
    if (q.low.mantissa >= 0 || i == 0 || known_.celsius == kNone) return;
    const Script before = r_.tokens[i - 1].script;
    const bool word = before == Script::kHan || before == Script::kKatakana || before == Script::kHiragana;
    if (!word || (q.unit != kNone && Dimension(q.unit) == Dimension(known_.celsius))) return;
    const bool range = q.high.mantissa != q.low.mantissa;
    q.low.mantissa = -q.low.mantissa;
    if (!range) q.high = q.low;
  }

  uint32_t Unit(uint32_t next, Quantity& q) const {
    if (GapBefore(next) > Gap::kSpace || GapBefore(next) == Gap::kSlash || GapBefore(next) == Gap::kDot) return next;
    const Hit* unit = UnitInCase(next);
    const bool letter = unit != nullptr && unit->last == next + 1 && Word(next).size() == 1;
    if (unit == nullptr || (letter && Word(q.first).starts_with('.'))) return next;  // .32 S&W
    const bool glued = GapBefore(next) == Gap::kNone && GapBefore(next + 1) == Gap::kNone && IsDigits(next + 1);
    if (letter && glued) return next;  // 1L13
    q.unit = unit->id;
    if (q.unit == known_.caliber_inch) {
      q.measure = known_.caliber;
      Hundredths(q);
    }
    return unit->last;
  }

  // MW and mW, kN and kn: of the units that are written alike, the one whose name has the case of the caller's letters.
  const Hit* UnitInCase(uint32_t i) const {
    const Hit* best = At(i, TermKind::kUnit);
    if (best == nullptr) return best;
    for (const Hit* h = best + 1; h != hits_.data() + hits_.size() && h->first == i; ++h) {
      if (h->kind == TermKind::kUnit && h->last == best->last && CaseFit(*h) > CaseFit(*best)) best = h;
    }
    return best;
  }

  // How many letters of a unit's name stand in the caller's text in the same case; 0 where the text has another word
  // for it.
  uint32_t CaseFit(const Hit& unit) const {
    const std::string_view name = pack_.text(pack_.units()[unit.id].id);
    const text::Token& t = r_.tokens[unit.first];
    std::string_view written = r_.source[t.field];
    written = written.substr(t.src_begin, t.src_end - t.src_begin);
    uint32_t fit = 0;
    size_t at = 0;
    for (const char c : name) {
      if (at >= written.size()) return 0;
      const uint32_t letter = Narrow(text::Decode(written, at));
      if ((letter | 0x20) != (static_cast<uint32_t>(c) | 0x20)) return 0;
      fit += letter == static_cast<uint32_t>(c) ? 1 : 0;
    }
    return at == written.size() ? fit : 0;
  }
  static uint32_t Narrow(uint32_t c) { return c >= 0xFF21 && c <= 0xFF5A ? c - 0xFF21 + 'A' : c; }

  // kN and kn, キロ: units that are written alike; the one that a measure beside the figure can be stated in is meant.
  void TryOtherUnits(uint32_t at, Quantity& q) {
    const uint32_t first = q.unit;
    for (const Hit& h : StartingAt(at)) {
      if (h.kind != TermKind::kUnit || h.last != q.last || h.id == first) continue;
      q.unit = h.id;
      Name(q);
      if (q.measure != kNone) return;
    }
    q.unit = first;
  }

  // .308 Win, 9 mm Para, .44 Mag: names of cartridges belong to the calibre before them.
  uint32_t CaliberSuffix(const Quantity& q) const {
    uint32_t last = q.last;
    if (q.unit != kNone && q.unit != known_.millimetre && q.unit != known_.inch && q.unit != known_.caliber_inch)
      return last;
    for (const Hit* h = WordAt(last); h != nullptr; h = WordAt(last)) last = h->last;
    return last;
  }
  const Hit* WordAt(uint32_t i) const {
    const auto here = StartingAt(i);
    const auto it = std::find_if(here.begin(), here.end(), [&](const Hit& h) {
      return h.kind == TermKind::kWord && h.id == static_cast<uint32_t>(pack::Word::kCaliberSuffix) &&
             GapBefore(i) <= Gap::kSpace;
    });
    return it == here.end() ? nullptr : &*it;
  }

  // 50 caliber is 0.50 inch, 308 caliber 0.308 inch; .50 says so itself.
  static void Hundredths(Quantity& q) {
    if (q.low.exponent != 0) return;
    const int shift = q.low.mantissa < 100 ? -2 : -3;
    q.low.exponent = q.high.exponent = shift;
  }

  // 7.62x51, 9x19 mm: a bore and a case length.
  uint32_t CaliberPair(uint32_t first, uint32_t next, Quantity& q) const {
    if (Word(next) != "x" || !IsDigits(next + 1) || known_.caliber == kNone) return next;
    pack::Decimal length{};
    const uint32_t end = Number(next + 1, length);
    const double bore = Approximate(q.low), mm = Approximate(length);
    const bool known =
        std::any_of(std::begin(kBores), std::end(kBores), [&](double b) { return std::abs(b - bore) < kSameBore; });
    if (!known || mm < 15 || mm > 900 || (first > 0 && Word(first - 1) == "x") || Word(end) == "x") return next;
    q.unit = known_.millimetre;
    q.measure = known_.caliber;
    const Hit* unit = At(end, TermKind::kUnit);
    return unit != nullptr && unit->id == known_.millimetre ? unit->last : end;
  }

  // 640x512: detector elements, where the text gives no other unit.
  uint32_t PixelPair(uint32_t next, Quantity& q) const {
    pack::Decimal rows{};
    const uint32_t end = Word(next) == "x" && IsDigits(next + 1) ? Number(next + 1, rows) : next;
    if (end == next || known_.pixels == kNone || q.low.exponent != 0 || rows.exponent != 0) return next;
    if (q.low.mantissa < 64 || rows.mantissa < 48 || q.low.mantissa > 20000 || rows.mantissa > 20000 ||
        Word(end) == "x")
      return next;
    const Hit* unit = At(end, TermKind::kUnit);
    if (unit != nullptr && unit->id != known_.pixel) return next;
    q.low.mantissa *= rows.mantissa;
    q.high = q.low;
    q.unit = known_.pixel;
    q.measure = known_.pixels;
    return unit != nullptr ? unit->last : end;
  }

  static double Approximate(const pack::Decimal& d) {
    double v = static_cast<double>(d.mantissa);
    for (int e = d.exponent; e < 0; ++e) v /= 10;
    for (int e = d.exponent; e > 0; --e) v *= 10;
    return v;
  }

  // The measure that the text names: before the figure (range: 310 km), or right behind it (310 km range).
  void Name(Quantity& q) {
    if (q.measure != kNone) return;
    for (uint32_t reach = 0; reach <= kMeasureReach && reach <= q.first; ++reach) {
      if (reach > 0 && !Bridge(q.first - reach)) break;
      if (const Hit* h = MeasureNamed(q.first - reach, true, q); h != nullptr) {
        TakeName(*h, q);
        q.first = h->first;
        return;
      }
    }
    for (uint32_t reach = 0; reach <= 1; ++reach) {
      if (q.unit == kNone && reach > 0) break;
      if (const Hit* h = MeasureNamed(q.last + reach, false, q); h != nullptr && GapBefore(h->first) <= Gap::kSpace) {
        TakeName(*h, q);
        if (reach == 0 && !NamesNext(*h)) q.last = named_ = h->last;
        return;
      }
    }
  }

  // 5 mm thickness 3 mm: a name with a figure of its dimension right behind it may be that one's.
  bool NamesNext(const Hit& name) const {
    uint32_t i = name.last;
    while (i < r_.tokens.size() && i < name.last + kMeasureReach && !IsDigits(i) && Bridge(i)) ++i;
    if (!IsDigits(i) || GapBefore(name.last) > Gap::kSpace) return false;
    pack::Decimal value{};
    const Hit* unit = At(Number(i, value), TermKind::kUnit);
    return unit == nullptr || Dimension(unit->id) == Dimension(pack_.measures()[name.id].unit);
  }

  // The longest name of a measure that ends (or starts) at `i` and that the quantity's unit can measure: several
  // measures share words. A Japanese one without a space inside it first: 推進軸　出力 is no 軸出力.
  const Hit* MeasureNamed(uint32_t i, bool ends, const Quantity& q) const {
    const Hit* best = nullptr;
    for (const Hit& h : ends ? Around(i) : StartingAt(i)) {
      if (h.kind != TermKind::kMeasure || (ends ? h.last : h.first) != i) continue;
      const auto rank = [&](const Hit& hit) { return std::make_pair(!Broken(hit), hit.last - hit.first); };
      if (Fits(h.id, q) && (best == nullptr || rank(h) > rank(*best))) best = &h;
    }
    return best;
  }
  bool Broken(const Hit& h) const {
    for (uint32_t i = h.first + 1; i < h.last; ++i) {
      const Script s = r_.tokens[i].script;
      if (s != Script::kLatin && s != Script::kDigit && r_.SpaceBefore(i)) return true;
    }
    return false;
  }
  bool Fits(uint32_t measure, const Quantity& q) const {
    if (q.unit == kNone) return measure == known_.caliber || IsBare(measure);
    return Dimension(pack_.measures()[measure].unit) == Dimension(q.unit);
  }
  void TakeName(const Hit& name, Quantity& q) const {
    q.measure = name.id;
    size_t n = 0;
    for (const Hit& h : StartingAt(name.first)) {
      const bool twin = h.kind == TermKind::kMeasure && h.last == name.last && h.id != name.id;
      if (twin && n < std::size(q.also) && Fits(h.id, q)) q.also[n++] = h.id;
    }
  }
  uint32_t Dimension(uint32_t unit) const { return pack_.units()[unit].dimension; }
  // Relative permeability 120,000; user I/O: 701: measures of a count or of no dimension are stated without a unit.
  bool IsBare(uint32_t measure) const {
    const uint32_t unit = pack_.measures()[measure].unit;
    return unit != kNone && std::find(known_.bare.begin(), known_.bare.end(), unit) != known_.bare.end();
  }

  // Words that may stand between a measure and its figure: of, is, =, は, 約, comparators.
  bool Bridge(uint32_t i) const {
    const std::string_view w = Word(i);
    if (w == "of" || w == "is" || w == "=" || w == "は" || w == "が" || w == "の" || w == "約" || w == "to" ||
        w == "up" || w == "at" || w == "least" || w == ">" || w == "<" || w == "≥" || w == "≤")
      return true;
    const auto around = Around(i);
    return std::any_of(around.begin(), around.end(),
                       [&](const Hit& h) { return h.kind == TermKind::kComparator && h.first <= i && i < h.last; });
  }

  // caliber .308, cal 7.62, .45 ACP: a calibre without a unit.
  bool BareCaliber(Quantity& q) const {
    if (known_.caliber == kNone || q.low.mantissa <= 0) return false;
    const bool pointed = Word(q.first).starts_with('.');
    const double v = Approximate(q.low);
    const bool plausible = pointed && v >= 0.17 && v <= 0.7 && Word(q.first).size() >= 3;
    if (q.measure != known_.caliber && !(q.measure == kNone && plausible)) return false;
    q.measure = known_.caliber;
    if (pointed || v < 1) {
      q.unit = known_.inch;
    } else if (q.low.exponent == 0 && v >= 17) {
      Hundredths(q);
      q.unit = known_.inch;
    } else {
      q.unit = known_.millimetre;
    }
    return true;
  }

  void Compare(uint32_t number, Quantity& q) const {
    const Hit* before = EndingAt(number, TermKind::kComparator);
    const Hit* after = At(q.last, TermKind::kComparator);
    if (before != nullptr && !(before->id & pack::kComparatorAfter)) {
      q.first = std::min(q.first, before->first);
      Bound(static_cast<Comparator>(before->id), q);
    } else if (after != nullptr && (after->id & pack::kComparatorAfter)) {
      q.last = after->last;
      Bound(static_cast<Comparator>(after->id & ~pack::kComparatorAfter), q);
    }
  }

  static void Bound(Comparator op, Quantity& q) {
    switch (op) {
      case Comparator::kLess:
        q.has_low = false, q.high_open = true;
        break;
      case Comparator::kLessEqual:
        q.has_low = false;
        break;
      case Comparator::kGreater:
        q.has_high = false, q.low_open = true;
        break;
      case Comparator::kGreaterEqual:
        q.has_high = false;
        break;
      case Comparator::kEqual:
      case Comparator::kAbout:
        break;
    }
  }

  const pack::Pack& pack_;
  const KnownUnits& known_;
  const text::Reading& r_;
  const std::vector<Hit>& hits_;
  uint32_t longest_ = 0;  // tokens of a hit
  Numbers numbers_;
  uint32_t named_ = 0;  // the end of the last name taken from behind its figure
};

}  // namespace

KnownUnits::KnownUnits(const pack::Pack& pack)
    : millimetre(pack.FindUnit("mm")),
      inch(pack.FindUnit("in")),
      caliber_inch(pack.FindUnit("caliber-inch")),
      caliber(pack.FindMeasure("caliber")),
      pixel(pack.FindUnit("pixel")),
      pixels(pack.FindMeasure("pixels")),
      celsius(pack.FindUnit("C")),
      bare{pack.FindUnit("1"), pack.FindUnit("io"), pack.FindUnit("TPP"), pack.FindUnit("axis"),
           pack.FindUnit("qubit")} {
  if (pixel == kNone) pixels = kNone;
  if (millimetre == kNone || inch == kNone) caliber = kNone;
}

void ReadQuantities(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading,
                    const std::vector<Hit>& hits, std::vector<Quantity>& out) {
  QuantityReader(pack, known, reading, hits).ReadAll(out);
}

}  // namespace sekisho::facts
