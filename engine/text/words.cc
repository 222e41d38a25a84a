#include "engine/text/words.h"

#include <algorithm>

namespace sekisho::text {
namespace {

constexpr size_t kMaxGrammarWords = 3;  // of a phrase of a grammar class

}  // namespace

uint32_t Words::Walk(uint32_t node, size_t first, size_t last) const {
  for (bool on = true; on && first < last; ++first) {
    node = Step(node, first);
    on = node != 0;
  }
  return node;
}

uint32_t Words::Step(uint32_t node, size_t i) const {
  const uint32_t id = row[i].id;
  if (id == pack::kNone) return 0;
  if (!Expands(i)) return pack_.FindEdge(node, id);
  bool on = true;
  for (const uint32_t word : pack_.ids(pack_.tokens()[id].expansion)) {
    node = on ? pack_.FindEdge(node, word) : 0;
    on = node != 0;
  }
  return node;
}

std::span<const pack::Term> Words::TermsAt(uint32_t node) const {
  if (node == 0) return {};
  const pack::Range terms = pack_.nodes()[node].terms;
  return pack_.terms().subspan(terms.first, terms.count);
}

bool Words::EndsWord(uint32_t node, pack::Word word) const {
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(), [&](const pack::Term& t) {
    return t.kind == pack::TermKind::kWord && t.id == static_cast<uint32_t>(word);
  });
}

bool Words::NamesConcept(uint32_t node) const {
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(),
                     [](const pack::Term& t) { return t.kind == pack::TermKind::kConcept; });
}

// Ballistic, military: whether all that is named is how something is.
bool Words::SaysHow(uint32_t node) const {
  const auto terms = TermsAt(node);
  return NamesConcept(node) && std::all_of(terms.begin(), terms.end(), [&](const pack::Term& t) {
           return t.kind != pack::TermKind::kConcept || pack_.concepts()[t.id].kind == pack::ConceptKind::kQuality;
         });
}

// Whether the phrase that ends at a node means a concept that the one at the other does not.
bool Words::MeansMore(uint32_t node, uint32_t other) const {
  const auto known = TermsAt(other), all = TermsAt(node);
  return std::any_of(all.begin(), all.end(), [&](const pack::Term& t) {
    return t.kind == pack::TermKind::kConcept && std::none_of(known.begin(), known.end(), [&](const pack::Term& k) {
             return k.kind == pack::TermKind::kConcept && k.id == t.id;
           });
  });
}

size_t Words::PhraseBefore(size_t end, pack::Word word) const {
  if (end == 0 || !(row[end - 1].flags & pack::kTokenEndsNoise)) return end;
  for (size_t first = end > kMaxGrammarWords ? end - kMaxGrammarWords : 0; first < end; ++first) {
    if (EndsWord(Walk(0, first, end), word)) return first;
  }
  return end;
}

size_t Words::PhraseAfter(size_t first, pack::Word word) const {
  uint32_t node = 0;
  for (size_t i = first; i < row.size() && i < first + kMaxGrammarWords; ++i) {
    node = Step(node, i);
    if (node == 0) return first;
    if (EndsWord(node, word)) return i + 1;
  }
  return first;
}

// Whether a phrase of one word means a unit: 0.8 kt is no kit.
bool Words::IsUnit(uint32_t token) const {
  const uint32_t node = token == pack::kNone ? 0 : pack_.FindEdge(0, token);
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(), [](const pack::Term& t) { return t.kind == pack::TermKind::kUnit; });
}

// AN/SYS-2: letters between the slash of a type's name and its number are no abbreviation.
bool Words::InsideDesignation(size_t i) const {
  if (i == 0 || i + 1 == row.size() || row[i].gap != Gap::kSlash) return false;
  const Piece &before = row[i - 1], &after = row[i + 1];
  return before.script == Script::kLatin && before.end - before.begin <= 3 && after.script == Script::kDigit &&
         after.gap <= Gap::kHyphen;
}

bool Words::Expands(size_t i) const {
  const Piece& p = row[i];
  if (!p.abbreviation) return false;
  const bool after_figure = i > 0 && row[i - 1].script == Script::kDigit;
  return !(after_figure && IsUnit(p.id)) && !InsideDesignation(i);
}

}  // namespace sekisho::text
