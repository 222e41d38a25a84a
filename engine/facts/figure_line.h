// A line as the readers of figures see it: its words, and what was found in it by place.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/facts/numbers.h"
#include "engine/facts/quantities.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

class FigureLine {
 public:
  FigureLine(const pack::Pack& pack, const KnownUnits& known, const text::Reading& reading,
             const std::vector<match::Hit>& hits);

  const pack::Pack& pack;
  const KnownUnits& known;
  const text::Reading& reading;
  const std::vector<match::Hit>& hits;
  const Numbers numbers;

  uint32_t size() const { return static_cast<uint32_t>(reading.tokens.size()); }
  std::string_view Word(uint32_t i) const { return numbers.Word(i); }
  bool IsDigits(uint32_t i) const { return numbers.IsDigits(i); }
  text::Gap GapBefore(uint32_t i) const { return numbers.GapBefore(i); }

  // The hits that start at `i`, and those among which all are that cover `i` or end there.
  std::span<const match::Hit> StartingAt(uint32_t i) const { return Starting(i, i + 1); }
  std::span<const match::Hit> Around(uint32_t i) const { return Starting(i - std::min(i, longest_), i + 1); }

  // The longest hit of a kind that starts (ends) at `i`; null when there is none.
  const match::Hit* At(uint32_t i, pack::TermKind kind) const;
  const match::Hit* EndingAt(uint32_t i, pack::TermKind kind) const;

  uint32_t Dimension(uint32_t unit) const { return pack.units()[unit].dimension; }
  uint32_t MeasureDimension(uint32_t measure) const { return Dimension(pack.measures()[measure].unit); }
  // Relative permeability 120,000; user I/O: 701: measures of a count or of no dimension are stated without a unit.
  bool IsBare(uint32_t measure) const;

 private:
  std::span<const match::Hit> Starting(uint32_t first, uint32_t last) const {  // at `first` or behind, before `last`
    const uint32_t begin = starts_[std::min(first, size())], end = starts_[std::min(last, size())];
    return std::span<const match::Hit>(hits).subspan(begin, end - begin);
  }

  uint32_t longest_ = 0;                      // tokens of a hit
  absl::InlinedVector<uint32_t, 64> starts_;  // of each token: the first hit that starts there or behind it
};

}  // namespace sekisho::facts
