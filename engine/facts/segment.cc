#include "engine/facts/segment.h"

#include <algorithm>
#include <tuple>

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::NeedKind;
using pack::TermKind;
using pack::Word;
using text::Gap;
using text::Script;
using text::Token;

constexpr int kMaxRounds = 3;         // of selection: a word that loses its support frees what it hid
constexpr uint32_t kMinCjkPiece = 4;  // characters of a word that may stand inside a compound that fell
constexpr uint32_t kMinKanaRest = 3;  // unknown kana beside a kana hit: fewer letters make it another word (ガン|ダム)

bool Overlaps(const Hit& a, const Hit& b) { return a.first < b.last && b.first < a.last; }

bool IsCjk(Script s) { return s == Script::kHan || s == Script::kHiragana || s == Script::kKatakana; }

bool SameWord(const text::Reading& r, uint32_t i, uint32_t k) {
  const Token &a = r.tokens[i], &b = r.tokens[k];
  const std::string_view text = r.text;
  return (a.id != kNone && a.id == b.id) ||
         text.substr(a.begin, a.end - a.begin) == text.substr(b.begin, b.end - b.begin);
}

bool HasDigit(const text::Reading& r, const Hit& h) {
  return std::any_of(r.tokens.begin() + h.first, r.tokens.begin() + h.last,
                     [](const Token& t) { return t.script == Script::kDigit; });
}

bool Claims(const Hit& h) { return (h.kind == TermKind::kConcept && !h.system) || h.kind == TermKind::kWord; }

}  // namespace

// What may stand: no letters alone in a part number (LAL, BSJ), nothing that a `not` phrase turns off. Longest first;
// among equals those that need no support, then the later one, since heads stand last.
void Segmenter::Gather(const text::Reading& reading, const std::vector<Hit>& hits, Segments& out) {
  out.turned_off = false;
  candidates_.clear();
  systems_.clear();
  // relay for F-15, Ｆ－１５用リレー: what says that it is for a platform means it, whatever other word is in the line.
  const auto meant = [&](const Hit& h) {
    return pack_.concepts()[h.id].kind == pack::ConceptKind::kPlatform && HasDigit(reading, h) &&
           std::any_of(hits.begin(), hits.end(), [&](const Hit& o) {
             return (o.Is(Word::kTargetAfter) && o.last == h.first) ||
                    (o.Is(Word::kTargetBefore) && o.first == h.last && reading.tokens[o.first].gap == Gap::kNone);
           });
  };
  const auto off = [&](const Hit& h) {
    return h.kind == TermKind::kConcept &&
           std::any_of(hits.begin(), hits.end(),
                       [&](const Hit& o) { return o.kind == TermKind::kOff && o.id == h.id; }) &&
           !meant(h);
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
    const bool same = owner != 0 && spans_[owner - 1] == std::make_pair(h.first, h.last);
    const bool free = std::all_of(owner_.begin() + h.first, owner_.begin() + h.last, [](uint32_t o) { return o == 0; });
    if (!same && !free) continue;
    if (free) {
      spans_.emplace_back(h.first, h.last);
      std::fill(owner_.begin() + h.first, owner_.begin() + h.last, static_cast<uint32_t>(spans_.size()));
    }
    kept_.push_back(h);
  }
  const auto plain = [&](const Hit& h) {
    return std::any_of(kept_.begin(), kept_.end(),
                       [&](const Hit& o) { return o.first == h.first && o.last == h.last && o.Is(Word::kPlain); });
  };
  std::erase_if(kept_, [&](const Hit& h) { return h.kind == TermKind::kConcept && plain(h); });
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

bool Segmenter::SupportedBy(const pack::Need& need, const Hit& hit, const std::vector<Hit>& hits,
                            const std::vector<Quantity>& quantities) const {
  const auto other = [&](auto&& test) {
    return std::any_of(kept_.begin(), kept_.end(),
                       [&](const Hit& h) { return h.kind == TermKind::kConcept && !Overlaps(h, hit) && test(h); });
  };
  const auto firm = [](const Hit& h) { return !(h.flags & pack::kTermWeak); };
  switch (need.kind) {
    case NeedKind::kMeasure:
      return std::any_of(quantities.begin(), quantities.end(), [&](const Quantity& q) {
        if (q.Names(need.id)) return true;
        const auto implied = pack_.ids(pack_.measures()[need.id].implied);
        return q.measure == kNone && std::find(implied.begin(), implied.end(), q.unit) != implied.end();
      });
    case NeedKind::kDesignator:
      return std::any_of(systems_.begin(), systems_.end(), [&](const Hit& h) { return !Overlaps(h, hit); }) ||
             other([&](const Hit& h) { return firm(h) && h.pattern; });
    case NeedKind::kPlatform:
      return other(
          [&](const Hit& h) { return firm(h) && pack_.concepts()[h.id].kind == pack::ConceptKind::kPlatform; });
    case NeedKind::kConcept: {
      const auto is_needed = [&](const Hit& h) {
        const auto up = pack_.ancestors_of(h.id);
        return firm(h) &&
               std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) { return a.concept_id == need.id; });
      };
      const auto partitive = [&](const Hit& h) { return h.Is(Word::kPartitive) && !Overlaps(h, hit); };
      if (need.id == part_ && std::any_of(kept_.begin(), kept_.end(), partitive)) return true;  // plain "parts"
      // A quality counts inside a longer phrase too: "military" in "military radio".
      return other(is_needed) || std::any_of(hits.begin(), hits.end(), [&](const Hit& h) {
               return h.kind == TermKind::kConcept && !h.system &&
                      pack_.concepts()[h.id].kind == pack::ConceptKind::kQuality && !Overlaps(h, hit) && is_needed(h);
             });
    }
    case NeedKind::kPair:
      return other([&](const Hit& h) { return (h.flags & pack::kTermWeak) && h.id != hit.id; });
  }
  return false;
}

// Ｐ－１（量産）, Ｔ－４の定期修理: a platform's designation in a Japanese line of grammar words alone.
bool Segmenter::StandsAlone(const text::Reading& r, const Hit& hit) const {
  if (!r.cjk || !HasDigit(r, hit) || pack_.concepts()[hit.id].kind != pack::ConceptKind::kPlatform) return false;
  for (uint32_t i = 0; i < r.tokens.size(); ++i) {
    const bool inside = hit.first <= i && i < hit.last;
    if (!inside && owner_[i] == 0 && r.tokens[i].script != Script::kDigit && r.tokens[i].field == 0) return false;
  }
  return std::none_of(kept_.begin(), kept_.end(),
                      [&](const Hit& h) { return h.kind == TermKind::kConcept && !Overlaps(h, hit); });
}

bool Segmenter::Supported(const text::Reading& reading, const Hit& hit, const std::vector<Hit>& hits,
                          const std::vector<Quantity>& quantities, uint32_t supply_class) const {
  const pack::Concept& c = pack_.concepts()[hit.id];
  const auto classes = pack_.ids(c.fsc);
  if (supply_class != 0 && std::find(classes.begin(), classes.end(), supply_class) != classes.end()) return true;
  // A name and the plain word for its kind hold each other up (F135 engine, Leopard tank), two ambiguous designations
  // do not (A-1, B-1).
  const auto weak_designation = [&](const Hit& h) { return (h.flags & pack::kTermWeak) && HasDigit(reading, h); };
  const bool with_kin = std::any_of(kept_.begin(), kept_.end(), [&](const Hit& h) {
    const bool same_word = h.last - h.first == hit.last - hit.first && SameWord(reading, h.first, hit.first);
    return h.kind == TermKind::kConcept && !Overlaps(h, hit) && h.id != hit.id && !same_word &&
           !(weak_designation(h) && weak_designation(hit)) && kinship_.Kin(h.id, hit.id);
  });
  if (with_kin || StandsAlone(reading, hit)) return true;
  const auto needs = pack_.needs().subspan(c.needs.first, c.needs.count);
  return std::any_of(needs.begin(), needs.end(),
                     [&](const pack::Need& n) { return SupportedBy(n, hit, hits, quantities); });
}

// Takes ambiguous words without support out of the candidates; false when there are none. What they hid may stand then.
bool Segmenter::DropUnsupported(const text::Reading& reading, const std::vector<Hit>& hits,
                                const std::vector<Quantity>& quantities, uint32_t supply_class) {
  const bool civil = std::any_of(kept_.begin(), kept_.end(), [](const Hit& h) { return h.Is(Word::kCivil); });
  std::vector<Hit>& dropped = dropped_;
  dropped.clear();
  for (const Hit& h : kept_) {
    if (h.kind != TermKind::kConcept || !(h.flags & pack::kTermWeak)) continue;
    if (civil || !Supported(reading, h, hits, quantities, supply_class)) dropped.push_back(h);
  }
  const auto gone = [&](const Hit& h) {
    return std::any_of(dropped.begin(), dropped.end(), [&](const Hit& d) {
      return d.first == h.first && d.last == h.last && d.kind == h.kind && d.id == h.id;
    });
  };
  std::erase_if(kept_, gone);
  const auto hidden =
      [&](const Hit& h) {  // among CJK characters a compound goes on hiding its short pieces: 空包 in 真空包装
        return h.last - h.first < kMinCjkPiece && IsCjk(reading.tokens[h.first].script) &&
               std::any_of(dropped.begin(), dropped.end(),
                           [&](const Hit& d) { return d.last - d.first > h.last - h.first && Overlaps(d, h); });
      };
  std::erase_if(candidates_, [&](const Hit& h) { return gone(h) || hidden(h); });
  return !dropped.empty();
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

// ３型, Ⅱ式: a character that says nothing of itself, glued to a number.
bool IsTypeSuffix(const text::Reading& r, const Element& e) {
  if (e.count != 0 || !e.Is(Word::kTransparent) || e.last != e.first + 1 || e.first == 0) return false;
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

void Segmenter::Build(const text::Reading& r, const std::vector<Quantity>& quantities, Segments& out) const {
  size_t hit = 0, quantity = 0;
  for (uint32_t i = 0; i < r.tokens.size();) {
    while (hit < kept_.size() && kept_[hit].first < i) ++hit;
    while (quantity < quantities.size() && quantities[quantity].first < i) ++quantity;
    Element e{i, i + 1, static_cast<uint32_t>(out.concepts.size()), 0, 0};
    const bool has_hit = hit < kept_.size() && kept_[hit].first == i;
    const auto runs_over = [&](const Hit& h, const Quantity& q) {
      return h.first > q.first && h.first < q.last && h.last > q.last;
    };
    const bool has_quantity =
        quantity < quantities.size() && quantities[quantity].first == i && quantities[quantity].last > i &&
        std::none_of(kept_.begin(), kept_.end(),
                     [&](const Hit& h) { return runs_over(h, quantities[quantity]); });  // .50 M2 machine gun
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
      for (size_t k = hit; k < kept_.size() && kept_[k].first == i; ++k) {
        const Hit& h = kept_[k];
        if (h.last != e.last) continue;
        if (h.kind == TermKind::kWord) {
          e.words |= 1u << h.id;
        } else {
          out.concepts.push_back(h.id);
          ++e.count;
        }
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

void Segmenter::Segment(const text::Reading& reading, const std::vector<Hit>& hits,
                        const std::vector<Quantity>& quantities, uint32_t supply_class, Segments& out) {
  out.elements.clear();
  out.concepts.clear();
  out.systems.clear();
  Gather(reading, hits, out);
  Select(reading);
  for (int round = 0; round < kMaxRounds && DropUnsupported(reading, hits, quantities, supply_class); ++round)
    Select(reading);
  DropUnsupported(reading, hits, quantities, supply_class);
  std::sort(kept_.begin(), kept_.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.first, a.last, a.kind, a.id) < std::tie(b.first, b.last, b.kind, b.id);
  });
  std::fill(owner_.begin(), owner_.end(), 0);
  out.genre = IsGenre(reading, quantities);
  for (const Hit& h : kept_) {
    std::fill(owner_.begin() + h.first, owner_.begin() + h.last, 1);
  }
  out.systems = systems_;
  Build(reading, quantities, out);
}

}  // namespace sekisho::facts
