// Whether every index that a record holds lies inside the table it points into.
#include <algorithm>

#include "engine/pack/check.h"
#include "engine/pack/pack.h"

namespace sekisho::pack {
namespace {

constexpr int32_t kMostExponent = 1000;  // of a decimal; the compiler writes none beyond some 200

class IndexCheck {
 public:
  explicit IndexCheck(const Pack& pack) : p_(pack) {}

  bool Words() const {
    for (const Token& t : p_.tokens()) {
      if (!In(t.text) || !Ids(t.expansion, p_.tokens().size())) return false;
      if ((t.root >= p_.nodes().size() && t.root != 0) || t.state >= p_.states().size()) return false;
      if (t.singular != kNone && t.singular >= p_.tokens().size()) return false;
      if (!Ids(t.split, p_.tokens().size()) || (t.split.count != 0 && t.split.count != 2)) return false;
    }
    if (!PowerOfTwoWithSpace(p_.token_slots(), [](const TokenSlot& s) { return s.token == kNone; })) return false;
    for (const TokenSlot& s : p_.token_slots()) {
      if (s.token != kNone && s.token >= p_.tokens().size()) return false;
    }
    for (const Edge& e : p_.edges()) {
      if (e.to >= p_.nodes().size()) return false;
    }
    for (const Node& n : p_.nodes()) {
      if (!In(n.terms, p_.terms()) || !In(n.edges, p_.edges()) || n.goods > n.terms.count) return false;
    }
    for (const Term& t : p_.terms()) {
      if (!TermId(t)) return false;
    }
    return Below(p_.vocabulary(), p_.tokens().size());
  }

  bool Automaton() const {
    for (const State& s : p_.states()) {
      if (!In(s.moves, p_.moves()) || !In(s.accepts, p_.accepts())) return false;
    }
    for (const Move& m : p_.moves()) {
      if (m.to >= p_.states().size()) return false;
    }
    if (p_.starts().size() != 256 || p_.states().empty()) return false;
    return Below(p_.starts(), p_.states().size()) && Below(p_.accepts(), p_.patterns().size());
  }

  // Sets of keys index nothing; only their sizes matter, and that a search in a table ends.
  bool Gate() const {
    const auto filter = p_.gate_filter();
    const auto keys = p_.gate_keys();
    const auto pairs = p_.gate_pairs();
    for (const size_t size : {filter.size(), keys.size(), pairs.size()}) {
      if ((size & (size - 1)) != 0 || (size == 0) != filter.empty()) return false;
    }
    return filter.empty() || (std::find(keys.begin(), keys.end(), kNoKey) != keys.end() &&
                              std::find(pairs.begin(), pairs.end(), kNoKey) != pairs.end());
  }

  bool Concepts() const {
    for (const Pattern& t : p_.patterns()) {
      const size_t limit = t.kind == PatternKind::kConcept ? p_.concepts().size() : p_.systems().size();
      if (!In(t.re2) || t.kind > PatternKind::kSystem || t.id >= limit) return false;
    }
    for (const Text& t : p_.systems()) {
      if (!In(t)) return false;
    }
    for (const Concept& c : p_.concepts()) {
      if (!In(c.id) || !In(c.label_en) || !In(c.label_ja) || c.kind > ConceptKind::kInformation) return false;
      if (!In(c.ancestors, p_.ancestors()) || c.ancestors.count == 0 || !In(c.needs, p_.needs()) ||
          !In(c.known, p_.known()))
        return false;
      if (!Ids(c.parents, p_.concepts().size()) || !Ids(c.implied, p_.concepts().size()) || !In(c.fsc, p_.ids()))
        return false;
      if (!Ids(c.rules, p_.rules().size())) return false;
    }
    for (const Ancestor& a : p_.ancestors()) {
      if (a.concept_id >= p_.concepts().size()) return false;
    }
    for (const Need& n : p_.needs()) {
      if (n.kind > NeedKind::kTarget) return false;
      if (n.kind == NeedKind::kMeasure && n.id >= p_.measures().size()) return false;
      if (n.kind == NeedKind::kConcept && n.id >= p_.concepts().size()) return false;
    }
    return true;
  }

  bool Quantities() const {
    for (const Unit& u : p_.units()) {
      if (!In(u.id) || u.den <= 0 || u.num <= 0 || !Moderate(u.exponent) || !Moderate(u.offset.exponent)) return false;
    }
    for (const Measure& m : p_.measures()) {
      if (!In(m.id) || !In(m.label_en) || !In(m.label_ja) || m.unit >= p_.units().size()) return false;
      if (!Ids(m.implied, p_.units().size())) return false;
    }
    for (const MeasureTest& t : p_.measure_tests()) {
      if (t.measure >= p_.measures().size() || t.unit >= p_.units().size() || t.op > Comparator::kAbout ||
          !Moderate(t.value.exponent))
        return false;
    }
    for (const Known& k : p_.known()) {
      if (k.measure >= p_.measures().size() || k.unit >= p_.units().size() || !Moderate(k.value.exponent)) return false;
    }
    return true;
  }

  bool Lists() const {
    for (const List& l : p_.lists()) {
      if (!In(l.id) || !In(l.title_en) || !In(l.title_ja) || l.regime > Regime::kJapan || !In(l.entries, p_.entries()))
        return false;
      if (!Ids(l.releases, p_.rules().size()) || !Ids(l.missing, p_.facts().size())) return false;
    }
    for (const Entry& e : p_.entries()) {
      if (e.list >= p_.lists().size() || !In(e.designator) || !In(e.title_en) || !In(e.title_ja) || !In(e.cite) ||
          !In(e.undecidable))
        return false;
    }
    for (const Rule& r : p_.rules()) {
      if ((r.entry != kNone && r.entry >= p_.entries().size()) || r.verdict > RuleVerdict::kExcluded ||
          r.item_kind > ItemKind::kService)
        return false;
      if (!In(r.conditions, p_.conditions()) || !Ids(r.missing, p_.facts().size()) || !In(r.clause) || !In(r.note))
        return false;
    }
    for (const Condition& c : p_.conditions()) {
      if (c.kind > ConditionKind::kMeasure) return false;
      if (c.kind == ConditionKind::kConcept && !Ids(c.ids, p_.concepts().size())) return false;
      if (c.kind == ConditionKind::kMeasure && !In(c.ids, p_.measure_tests())) return false;
    }
    for (const Notice& n : p_.notices()) {
      if (n.list >= p_.lists().size() || !In(n.code) || !In(n.prefix) || !In(n.en) || !In(n.ja)) return false;
    }
    for (const Fact& f : p_.facts()) {
      if (!In(f.id) || !In(f.en) || !In(f.ja)) return false;
    }
    return true;
  }

  bool Treaties() const {
    for (const Text& t : p_.paragraphs()) {
      if (!In(t)) return false;
    }
    for (const TreatyRow& r : p_.treaty_rows()) {
      if (!In(r.id) || !In(r.title_en) || !In(r.title_ja) || !In(r.cite) || !In(r.verify_en) || !In(r.verify_ja))
        return false;
      for (const Range paragraphs : {r.paragraphs, r.moved, r.related, r.conditional}) {
        if (!In(paragraphs, p_.paragraphs())) return false;
      }
      if (!Ids(r.rules, p_.rules().size()) || !Ids(r.except, p_.rules().size()) ||
          !Ids(r.notes, p_.treaty_notes().size()) || !Ids(r.missing, p_.facts().size()))
        return false;
      if (r.confidence > Confidence::kLow) return false;
    }
    for (const TreatyCell& c : p_.treaty_cells()) {
      if (c.row >= p_.treaty_rows().size() || c.flag > ColumnFlag::kUnclear) return false;
    }
    for (const TreatyNote& n : p_.treaty_notes()) {
      if (!In(n.id) || !In(n.en) || !In(n.ja)) return false;
    }
    for (const TreatyCondition& c : p_.treaty_conditions()) {
      if (!In(c.id) || !In(c.en) || !In(c.ja) || !In(c.cite)) return false;
    }
    for (const Treaty& t : p_.treaties()) {
      if (!In(t.id) || !In(t.title_en) || !In(t.title_ja) || !In(t.cite) || !In(t.remark_en) || !In(t.remark_ja))
        return false;
      if (t.list >= p_.lists().size() || !In(t.cells, p_.treaty_cells()) || !In(t.conditions, p_.treaty_conditions()))
        return false;
    }
    for (const Occasion& o : p_.occasions()) {
      if (o.kind > OccasionKind::kSale || o.list >= p_.lists().size() || !In(o.key) || !In(o.code) || !In(o.en) ||
          !In(o.ja))
        return false;
    }
    return true;
  }

 private:
  bool In(Text t) const {
    const std::string_view pool = p_.text({0, p_.strings_size()});
    return t.offset <= pool.size() && t.size <= pool.size() - t.offset;
  }
  static bool Moderate(int32_t exponent) { return -kMostExponent <= exponent && exponent <= kMostExponent; }
  template <typename Span>
  static bool In(Range r, const Span& table) {
    return r.first <= table.size() && r.count <= table.size() - r.first;
  }
  bool Ids(Range r, size_t limit) const { return In(r, p_.ids()) && Below(p_.ids(r), limit); }
  static bool Below(std::span<const uint32_t> ids, size_t limit) {
    for (uint32_t id : ids) {
      if (id >= limit) return false;
    }
    return true;
  }
  template <typename Slots, typename Empty>
  static bool PowerOfTwoWithSpace(const Slots& slots, Empty empty) {  // or a probe would never end
    if (slots.empty()) return true;
    if ((slots.size() & (slots.size() - 1)) != 0) return false;
    for (const auto& s : slots) {
      if (empty(s)) return true;
    }
    return false;
  }
  bool TermId(const Term& t) const {
    switch (t.kind) {
      case TermKind::kConcept:
      case TermKind::kOff:
        return t.id < p_.concepts().size();
      case TermKind::kWord:
        return t.id < static_cast<uint32_t>(Word::kCount);
      case TermKind::kUnit:
        return t.id < p_.units().size();
      case TermKind::kMeasure:
        return t.id < p_.measures().size();
      case TermKind::kComparator:
        return (t.id & ~kComparatorAfter) <= static_cast<uint32_t>(Comparator::kAbout);
    }
    return false;
  }

  const Pack& p_;
};

}  // namespace

absl::Status Pack::CheckIndices() {
  const IndexCheck check(*this);
  if (!check.Words()) return Damaged("an index among its words is out of bounds");
  if (!check.Automaton()) return Damaged("an index among its designators is out of bounds");
  if (!check.Gate()) return Damaged("the sets of keys of its gate have sizes that cannot be");
  if (!check.Concepts()) return Damaged("an index among its concepts is out of bounds");
  if (!check.Quantities()) return Damaged("an index among its quantities is out of bounds");
  if (!check.Lists()) return Damaged("an index among its lists is out of bounds");
  if (!check.Treaties()) return Damaged("an index among its treaties is out of bounds");
  return absl::OkStatus();
}

}  // namespace sekisho::pack
