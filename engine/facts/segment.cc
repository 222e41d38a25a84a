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

bool IsCjk(Script s) { return s == Script::kHan || s == Script::kHiragana || s == Script::kKatakana; }

bool HasDigit(const text::Reading& r, const Hit& h) {
  return std::any_of(r.tokens.begin() + h.first, r.tokens.begin() + h.last,
                     [](const Token& t) { return t.script == Script::kDigit; });
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
void Segmenter::Gather(const text::Reading& reading, const std::vector<Hit>& hits, Segments& out) {
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
    if (h.system) systems_.push_back(h);
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
      if (r.tokens[joint].gap != Gap::kNone) break;
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

// Letters and digits, no CJK word among them (８９式小銃 is a noun phrase of its own).
bool IsDesignation(const text::Reading& r, const Element& e) {
  bool digit = false;
  for (uint32_t t = e.first; t < e.last; ++t) {
    if (r.tokens[t].script == Script::kDigit) digit = true;
    if (r.tokens[t].script != Script::kDigit && r.tokens[t].script != Script::kLatin) return false;
  }
  return digit;
}

// ３型, Ⅱ式, ２機: a character that says nothing of itself, glued to a number.
bool IsTypeSuffix(const text::Reading& r, const Element& e) {
  const bool counter = e.Is(Word::kCounter);
  if (e.count != 0 || e.first == 0 || !(counter || e.Is(Word::kTransparent) || e.Is(Word::kTrailing))) return false;
  if (!counter && e.last != e.first + 1) return false;
  const Token &t = r.tokens[e.first], &number = r.tokens[e.first - 1];
  return IsCjk(t.script) && t.gap == Gap::kNone && (number.script == Script::kDigit || number.script == Script::kLatin);
}

}  // namespace

bool Segmenter::EndsInParticle(const text::Reading& r, const Element& e) const {
  const uint32_t id = r.tokens[e.last - 1].id;
  const uint32_t node =
      id == kNone || e.last - e.first < 2 || r.tokens[e.last - 1].script == Script::kLatin ? 0 : pack_.FindEdge(0, id);
  if (node == 0) return false;
  const pack::Range terms = pack_.nodes()[node].terms;
  const auto all = pack_.terms().subspan(terms.first, terms.count);
  return std::any_of(all.begin(), all.end(), [](const pack::Term& t) {
    return t.kind == TermKind::kWord && t.id == static_cast<uint32_t>(Word::kTargetBefore);
  });
}

// .50 M2 machine gun: whether one of what stands, from the `hit`-th on, begins inside a figure and ends behind it.
bool Segmenter::RunsOver(size_t hit, const Quantity& q) const {
  for (size_t k = hit; k < kept_.size() && kept_[k].first < q.last; ++k) {
    if (kept_[k].first > q.first && kept_[k].last > q.last) return true;
  }
  return false;
}

void Segmenter::Build(const text::Reading& r, const std::vector<Quantity>& quantities, Segments& out) const {
  size_t hit = 0, quantity = 0;
  for (uint32_t i = 0; i < r.tokens.size();) {
    while (hit < kept_.size() && kept_[hit].first < i) ++hit;
    while (quantity < quantities.size() && quantities[quantity].first < i) ++quantity;
    Element e{i, i + 1, static_cast<uint32_t>(out.concepts.size()), 0, 0};
    const bool has_hit = hit < kept_.size() && kept_[hit].first == i;
    const bool has_quantity = quantity < quantities.size() && quantities[quantity].first == i &&
                              quantities[quantity].last > i && !RunsOver(hit, quantities[quantity]);
    const bool named = has_hit && kept_[hit].kind == TermKind::kConcept && HasDigit(r, kept_[hit]);  // .22 LR
    if (has_quantity && !named && (!has_hit || kept_[hit].last <= quantities[quantity].last)) {
      e.last = quantities[quantity].last;
      e.quantity = true;
      for (size_t k = hit; k < kept_.size() && kept_[k].last <= e.last;
           ++k) {  // what the figure's own words say of the item: .22 LR
        const Hit& h = kept_[k];
        if (h.kind != TermKind::kConcept || pack_.concepts()[h.id].kind != pack::ConceptKind::kQuality) continue;
        out.concepts.push_back(h.id);
        ++e.count;
      }
    } else if (has_hit) {
      e.last = kept_[hit].last;
      e.ambiguous = true;
      for (size_t k = hit; k < kept_.size() && kept_[k].first == i; ++k) {
        const Hit& h = kept_[k];
        if (h.last != e.last) continue;
        if (h.kind == TermKind::kWord) {
          e.words |= 1u << h.id;
        } else {
          out.concepts.push_back(h.id);
          ++e.count;
          e.ambiguous = e.ambiguous && (h.flags & pack::kTermWeak) != 0;
        }
      }
      e.ambiguous = e.ambiguous && e.count != 0;
      // NET WEIGHT 12 KG: words that say nothing of the item, and a figure that begins inside them.
      if (e.count == 0 && e.Is(Word::kTrailing) && quantity < quantities.size() &&
          quantities[quantity].first < e.last && quantities[quantity].last > e.last) {
        e.last = quantities[quantity].last;
        e.quantity = true;
      }
      e.code = IsTypeSuffix(r, e);
      e.designation = e.count != 0 && IsDesignation(r, e);
      e.closes_target = e.count != 0 && EndsInParticle(r, e);
    } else {
      // An unknown run: one Latin word, or all neighbouring characters of one CJK script.
      const Token& t = r.tokens[i];
      const bool cjk = IsCjk(t.script);
      const uint32_t stop = quantity < quantities.size() && quantities[quantity].first > i
                                ? quantities[quantity].first
                                : static_cast<uint32_t>(r.tokens.size());
      while (cjk && e.last < stop && r.tokens[e.last].script == t.script && r.tokens[e.last].gap == Gap::kNone &&
             owner_[e.last] == 0)
        ++e.last;
      const bool glued =
          e.last < r.tokens.size() && r.tokens[e.last].gap <= Gap::kHyphen && r.tokens[e.last].script == Script::kDigit;
      const bool suffix = i > 0 && t.gap == Gap::kNone && r.tokens[i - 1].script == Script::kDigit;  // 62|mm
      e.code = t.script == Script::kDigit || t.script == Script::kSymbol ||
               (t.script == Script::kLatin && (t.end - t.begin == 1 || suffix || (glued && t.end - t.begin <= 3)));
    }
    out.elements.push_back(e);
    i = e.last;
  }
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
  Gather(reading, hits, out);
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
  Build(reading, quantities, out);
}

}  // namespace sekisho::facts
