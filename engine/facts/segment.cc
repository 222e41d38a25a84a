#include "engine/facts/segment.h"

#include <algorithm>
#include <tuple>

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::TermKind;
using pack::Word;
using text::Gap;
using text::Script;
using text::Token;

constexpr int kMaxRounds = 3;  // of selection: a word that loses its support frees what it hid
// What targets_ says of a place: for|, |用, other than|, |を除く.
constexpr uint8_t kTargetEnds = 1, kTargetFollows = 2, kDenialEnds = 4, kDenialFollows = 8;
constexpr uint32_t kMinCjkPiece = 4;  // characters of a word that may stand inside a compound that fell
constexpr uint32_t kMinKanaRest = 3;  // unknown kana beside a kana hit: fewer letters make it another word (ガン|ダム)

// 1200 V 300 A, 5 kA 20 us: whether what looks like a designation is one figure's unit and the next figure's number.
bool JoinsFigures(const Hit& h, const std::vector<Quantity>& quantities) {
  const auto second =
      std::partition_point(quantities.begin(), quantities.end(), [&](const Quantity& q) { return q.last < h.last; });
  if (second == quantities.begin() || second == quantities.end() || second->first >= h.last) return false;
  const Quantity& first = *(second - 1);
  return first.first < h.first && h.first < first.last && first.last <= second->first && second->first > h.first;
}

// M12x1.5, M16 x 40: a screw thread with its pitch or its length, and no type.
bool IsThread(const text::Reading& r, const Hit& h) {
  const auto word = [&](uint32_t i) {
    return std::string_view(r.text).substr(r.tokens[i].begin, r.tokens[i].end - r.tokens[i].begin);
  };
  const uint32_t times = h.first + 2;
  return times + 1 < r.tokens.size() && word(h.first) == "m" && word(times) == "x" &&
         r.tokens[times + 1].script == Script::kDigit;
}

bool Claims(const Hit& h) { return (h.kind == TermKind::kConcept && !h.system) || h.kind == TermKind::kWord; }

}  // namespace

// The concepts that a `not` phrase turns off, and where words stand that say what something is for, or is not. What is
// denied turns nothing off (other than toys); non-medical is one word.
void Segmenter::NoteTurnedOff(const text::Reading& reading, const std::vector<Hit>& hits) {
  turned_off_.clear();
  const auto turns_off = [](const Hit& h) { return h.kind == TermKind::kOff; };
  if (std::none_of(hits.begin(), hits.end(), turns_off)) return;
  targets_.assign(reading.tokens.size() + 1, 0);
  for (const Hit& h : hits) {
    if (h.Is(Word::kTargetAfter)) targets_[h.last] |= kTargetEnds;
    if (h.Is(Word::kTargetBefore) && reading.tokens[h.first].gap == Gap::kNone) targets_[h.first] |= kTargetFollows;
    if (h.Is(Word::kWithoutAfter)) targets_[h.last] |= kDenialEnds;
    if (h.Is(Word::kWithoutBefore)) targets_[h.first] |= kDenialFollows;
  }
  for (const Hit& h : hits) {
    const bool denied = ((targets_[h.first] & kDenialEnds) != 0 && reading.tokens[h.first].gap != Gap::kHyphen) ||
                        (targets_[h.last] & kDenialFollows) != 0;
    if (turns_off(h) && !denied) turned_off_.push_back(h.id);
  }
  std::sort(turned_off_.begin(), turned_off_.end());
  turned_off_.erase(std::unique(turned_off_.begin(), turned_off_.end()), turned_off_.end());
}

// What may stand: no letters alone in a part number (LAL, BSJ), nothing that a `not` phrase turns off. Longest first;
// among equals those that need no support, then the later one, since heads stand last.
void Segmenter::Gather(const text::Reading& reading, const std::vector<Hit>& hits,
                       const std::vector<Quantity>& quantities, Segments& out) {
  out.turned_off = false;
  candidates_.clear();
  systems_.clear();
  NoteTurnedOff(reading, hits);
  // relay for F-15, Ｆ－１５用リレー: what says that it is for a platform means it, whatever other word is in the line.
  const auto meant = [&](const Hit& h) {
    return pack_.concepts()[h.id].kind == pack::ConceptKind::kPlatform && HasDigit(reading, h) &&
           ((targets_[h.first] & kTargetEnds) != 0 || (targets_[h.last] & kTargetFollows) != 0);
  };
  const auto off = [&](const Hit& h) {
    return h.kind == TermKind::kConcept && !h.system &&
           std::binary_search(turned_off_.begin(), turned_off_.end(), h.id) && !meant(h);
  };
  for (const Hit& h : hits) {
    if (reading.tokens[h.first].field == 1 && !HasDigit(reading, h)) continue;
    if (JoinsFigures(h, quantities)) continue;
    if (h.system && !IsThread(reading, h)) systems_.push_back(h);
    const bool dropped = off(h);
    out.turned_off = out.turned_off || dropped;
    if (Claims(h) && !dropped) candidates_.push_back(h);
  }
  std::sort(candidates_.begin(), candidates_.end(), [](const Hit& a, const Hit& b) {
    const auto rank = [](const Hit& h) {
      return std::make_tuple(h.last - h.first, !(h.flags & pack::kTermWeak), h.first);
    };
    const auto order = [](const Hit& h) { return std::make_tuple(h.kind, h.id, h.pattern, h.system, h.flags); };
    return rank(a) != rank(b) ? rank(a) > rank(b) : order(a) < order(b);  // else in the order of the hits
  });
}

// A hit that overlaps a longer one is gone; so is a concept on the very words of an ordinary phrase.
void Segmenter::Select(const text::Reading& reading) {
  owner_.assign(reading.tokens.size(), 0);
  spans_.clear();
  kept_.clear();
  for (const Hit& h : candidates_) {
    const uint32_t owner = owner_[h.first];
    const bool same = owner != 0 && spans_[owner - 1].first == h.first && spans_[owner - 1].last == h.last;
    const bool free = std::all_of(owner_.begin() + h.first, owner_.begin() + h.last, [](uint32_t o) { return o == 0; });
    if (!same && !free) continue;
    if (free) {
      spans_.push_back({h.first, h.last, false});
      std::fill(owner_.begin() + h.first, owner_.begin() + h.last, static_cast<uint32_t>(spans_.size()));
    }
    spans_[owner_[h.first] - 1].plain |= h.Is(Word::kPlain);
    kept_.push_back(h);
  }
  std::erase_if(kept_, [&](const Hit& h) { return h.kind == TermKind::kConcept && spans_[owner_[h.first] - 1].plain; });
  DropInsideKana(reading);
}

// Kana words have no spaces: a hit that begins or ends inside a run of kana counts only when the rest of the run is
// known too, or long enough to be a word of its own.
void Segmenter::DropInsideKana(const text::Reading& r) {
  const auto rest = [&](uint32_t from, int step, Script script) {  // unknown letters of the same script from `from` on
    uint32_t n = 0;
    for (auto i = static_cast<int64_t>(from); i >= 0 && i < static_cast<int64_t>(r.tokens.size()); i += step, ++n) {
      const Token& t = r.tokens[static_cast<size_t>(i)];
      if (t.script != script || owner_[static_cast<size_t>(i)] != 0) break;
      const size_t joint = step > 0 ? static_cast<size_t>(i) : static_cast<size_t>(i) + 1;
      if (r.tokens[joint].gap != Gap::kNone || r.SpaceBefore(static_cast<uint32_t>(joint))) break;
    }
    return n;
  };
  const auto bad = [&](const Hit& h) {
    const Script left = r.tokens[h.first].script, right = r.tokens[h.last - 1].script;
    const bool kana_left = left == Script::kKatakana || left == Script::kHiragana;
    const bool kana_right = right == Script::kKatakana || right == Script::kHiragana;
    const uint32_t need = h.last - h.first < 3 ? kNone : kMinKanaRest;  // a short hit must be delimited on both sides
    const uint32_t before = kana_left && h.first > 0 ? rest(h.first - 1, -1, left) : 0;
    const uint32_t after = kana_right ? rest(h.last, 1, right) : 0;
    return (before != 0 && before < need) || (after != 0 && after < need);
  };
  std::erase_if(kept_, [&](const Hit& h) { return bad(h); });
}

// Takes ambiguous words without support out of the candidates; false when there are none. What they hid may stand then.
bool Segmenter::DropUnsupported(const text::Reading& reading, const std::vector<Hit>& hits,
                                const std::vector<Quantity>& quantities, uint32_t supply_class) {
  const std::vector<Hit>& dropped =
      support_.Missing({reading, hits, kept_, systems_, owner_, quantities, supply_class});
  if (dropped.empty()) return false;
  const auto gone = [&](const Hit& h) { return Support::Among(dropped, h); };
  std::erase_if(kept_, gone);
  // Among CJK characters a compound goes on hiding its short pieces: 空包 in 真空包装.
  const auto hidden = [&](const Hit& h) {
    if (h.last - h.first >= kMinCjkPiece || !IsCjk(reading.tokens[h.first].script)) return false;
    auto d = std::partition_point(dropped.begin(), dropped.end(), [&](const Hit& o) { return o.first < h.last; });
    while (d != dropped.begin() && (--d)->last > h.first) {
      if (d->last - d->first > h.last - h.first) return true;
    }
    return false;
  };
  std::erase_if(candidates_, [&](const Hit& h) { return gone(h) || hidden(h); });
  return true;
}

namespace {

Cover CoverOf(const Hit& h) {
  if (h.kind == TermKind::kConcept) return h.flags & pack::kTermWeak ? kNamed : kFirm;
  for (const Word w :
       {Word::kTailLead, Word::kIgnored, Word::kTrailing, Word::kNoise, Word::kCounter, Word::kWith, Word::kAction}) {
    if (h.Is(w)) return kLabel;
  }
  return kCovered;
}

}  // namespace

void Segmenter::Segment(const text::Reading& reading, const std::vector<Hit>& hits,
                        const std::vector<Quantity>& quantities, uint32_t supply_class, Segments& out) {
  out.elements.clear();
  out.concepts.clear();
  out.systems.clear();
  Gather(reading, hits, quantities, out);
  Select(reading);
  for (int round = 0; DropUnsupported(reading, hits, quantities, supply_class) && round < kMaxRounds; ++round)
    Select(reading);
  std::sort(kept_.begin(), kept_.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.first, a.last, a.kind, a.id) < std::tie(b.first, b.last, b.kind, b.id);
  });
  std::fill(owner_.begin(), owner_.end(), kFree);
  for (const Hit& h : kept_) {
    for (uint32_t i = h.first; i < h.last; ++i) owner_[i] = std::max<uint32_t>(owner_[i], CoverOf(h));
  }
  out.genre = IsGenre(reading, quantities);
  out.systems = systems_;
  Build(reading, hits, quantities, out);
}

}  // namespace sekisho::facts
