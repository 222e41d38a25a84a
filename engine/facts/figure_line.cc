#include "engine/facts/figure_line.h"

namespace sekisho::facts {

using match::Hit;
using pack::kNone;
using pack::TermKind;

FigureLine::FigureLine(const pack::Pack& p, const KnownUnits& units, const text::Reading& r,
                       const std::vector<Hit>& found)
    : pack(p), known(units), reading(r), hits(found), numbers(r) {
  for (const Hit& h : hits) longest_ = std::max(longest_, h.last - h.first);
  uint32_t hit = 0;  // the hits are in order of start
  starts_.resize(size() + 1);
  for (uint32_t i = 0; i <= size(); ++i) {
    while (hit < hits.size() && hits[hit].first < i) ++hit;
    starts_[i] = hit;
  }
  starts_[size()] = static_cast<uint32_t>(hits.size());
}

const Hit* FigureLine::At(uint32_t i, TermKind kind) const {
  const Hit* best = nullptr;
  for (const Hit& h : StartingAt(i)) {
    if (h.kind == kind && (best == nullptr || h.last > best->last)) best = &h;
  }
  return best;
}

const Hit* FigureLine::EndingAt(uint32_t i, TermKind kind) const {
  const Hit* best = nullptr;
  for (const Hit& h : Around(i)) {
    if (h.first < i && h.last == i && h.kind == kind && (best == nullptr || h.first < best->first)) best = &h;
  }
  return best;
}

bool FigureLine::IsBare(uint32_t measure) const {
  const uint32_t unit = pack.measures()[measure].unit;
  return unit != kNone && std::find(known.bare.begin(), known.bare.end(), unit) != known.bare.end();
}

}  // namespace sekisho::facts
