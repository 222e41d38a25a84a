// The line as a row of elements: what stands is a concept, a word of the grammar or a figure; the rest is unknown.
#include <algorithm>

#include "engine/facts/segment.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::TermKind;
using pack::Word;
using text::Gap;
using text::Script;
using text::Token;

// Letters and digits, no CJK word among them (８９式小銃 is a noun phrase of its own).
bool IsDesignation(const text::Reading& r, const Element& e) {
  bool digit = false;
  for (uint32_t t = e.first; t < e.last; ++t) {
    if (r.tokens[t].script == Script::kDigit) digit = true;
    if (r.tokens[t].script != Script::kDigit && r.tokens[t].script != Script::kLatin) return false;
  }
  return digit;
}

// No. 12, № 3: a mark before a number, and no denial.
bool IsNumberMark(const text::Reading& r, const Element& e) {
  if (!e.Is(Word::kWithoutAfter) || e.last != e.first + 1 || e.last >= r.tokens.size()) return false;
  const bool glued = e.last + 1 < r.tokens.size() && r.tokens[e.last + 1].gap <= Gap::kHyphen &&
                     !IsCjk(r.tokens[e.last + 1].script);  // no 9mm
  return r.tokens[e.last].script == Script::kDigit && !glued && r.text.compare(r.tokens[e.first].begin, 2, "no") == 0;
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

bool Segmenter::Names(const Hit& h, pack::ConceptKind kind) const {
  return h.kind == TermKind::kConcept && !h.system && pack_.concepts()[h.id].kind == kind;
}

// Of `hits`, from the `hit`-th on, those that begin at the token: where the words for a part end; 0 where there are
// none, or longer ones for something else begin there (light|, light howitzer).
uint32_t Segmenter::PartWordAt(const std::vector<Hit>& hits, size_t hit, uint32_t token) const {
  uint32_t part = 0, other = 0;
  for (; hit < hits.size() && hits[hit].first == token; ++hit) {
    uint32_t& end = Names(hits[hit], pack::ConceptKind::kPart) ? part : other;
    end = std::max(end, hits[hit].last);
  }
  return part >= other ? part : 0;
}

// Puma IFV, Patria AMV: the first word alone names the same; Carl Gustaf: the last word alone is nothing. Words of the
// grammar stand in no name (engine for aircraft).
bool Segmenter::IsName(const std::vector<Hit>& hits, size_t hit, const Element& e,
                       const std::vector<uint32_t>& concepts) const {
  const auto same = [&](uint32_t id) {
    return std::find(concepts.begin() + e.concepts, concepts.end(), id) != concepts.end();
  };
  bool named = false, last_known = false;
  for (; hit < hits.size() && hits[hit].first < e.last; ++hit) {
    const Hit& h = hits[hit];
    if (h.kind == TermKind::kWord && h.last <= e.last && !h.Is(Word::kPlain)) return false;
    const bool first = h.first == e.first && h.last == e.first + 1;
    named = named || (first && Names(h, pack::ConceptKind::kPlatform) && same(h.id));
    last_known = last_known || (h.first + 1 == e.last && h.last == e.last);
  }
  return named || !last_known;
}

// .50 M2 machine gun: whether one of what stands, from the `hit`-th on, begins inside a figure and ends behind it.
bool Segmenter::RunsOver(size_t hit, const Quantity& q) const {
  for (size_t k = hit; k < kept_.size() && kept_[k].first < q.last; ++k) {
    if (kept_[k].first > q.first && kept_[k].last > q.last) return true;
  }
  return false;
}

void Segmenter::Build(const text::Reading& r, const std::vector<Hit>& hits, const std::vector<Quantity>& quantities,
                      Segments& out) const {
  size_t hit = 0, quantity = 0, any = 0;
  uint32_t part_end = 0;  // of the words for a part that began last
  for (uint32_t i = 0; i < r.tokens.size();) {
    while (any < hits.size() && hits[any].first < i) ++any;
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
      if (IsNumberMark(r, e)) e.words = 0, e.code = true;
      // NET WEIGHT 12 KG: words that say nothing of the item, and a figure that begins inside them.
      if (e.count == 0 && e.Is(Word::kTrailing) && quantity < quantities.size() &&
          quantities[quantity].first < e.last && quantities[quantity].last > e.last) {
        e.last = quantities[quantity].last;
        e.quantity = true;
      }
      e.code = IsTypeSuffix(r, e);
      e.designation = e.count != 0 && IsDesignation(r, e);
      e.closes_target = e.count != 0 && EndsInParticle(r, e);
      if (e.count == 0 && e.words == 1u << static_cast<uint32_t>(Word::kPlain))
        e.part_word = PartWordAt(hits, any, i) == e.last;
      e.name = e.count != 0 && e.last - e.first > 1 && IsName(hits, any, e, out.concepts);
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
      part_end = std::max(part_end, PartWordAt(hits, any, i));
      e.part_word = e.last <= part_end;
    }
    out.elements.push_back(e);
    i = e.last;
  }
}

}  // namespace sekisho::facts
