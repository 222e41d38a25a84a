// Where a supply name begins and ends among what stands around it: 2 EA | RECEIVER,UPPER | KIT REV B.
#include <algorithm>

#include "engine/text/reading.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxNamePart = 8;  // words of a part that are looked at for a phrase

// Words behind a name that say in what state, number or set it is: REV B, 2 EA, KIT.
constexpr pack::Word kSaysNothing[] = {pack::Word::kIgnored, pack::Word::kTrailing, pack::Word::kCounter,
                                       pack::Word::kNoise, pack::Word::kTransparent};

}  // namespace

// Whether a number stands between `first` and the next comma.
bool Reader::HasDigit(size_t first, size_t last) const {
  for (size_t i = first; i < last && (i == first || !IsComma(pieces_[i].gap)); ++i) {
    if (pieces_[i].script == Script::kDigit) return true;
  }
  return false;
}

// NIGHT VISION AN/PVS-7B: where the designation begins that ends the last part of a supply name; kNone when none does,
// or it is all of it.
size_t Reader::DesignationAt(size_t first, size_t last) const {
  size_t begin = last;
  bool digit = false;
  while (begin > first) {
    --begin;
    digit = digit || pieces_[begin].script == Script::kDigit;
    if (pieces_[begin].gap >= Gap::kSpace) break;
  }
  for (size_t k = first; digit && k < begin; ++k) {  // TRANSMISSION,LEOPARD 2
    if ((k == first || pieces_[k].gap >= Gap::kSpace) && EndsPhrase(Walk(0, k, last))) begin = k;
  }
  return digit && begin > first ? begin : pack::kNone;
}

// The node of the phrases that begin so, from `node` on over pieces [first, last); 0 when there are none.
uint32_t Reader::Walk(uint32_t node, size_t first, size_t last) const {
  for (bool on = true; on && first < last; ++first) {
    node = Step(node, first);
    on = node != 0;
  }
  return node;
}

// The node behind `node` for a piece, written out when it is an abbreviation; 0 when there is none.
uint32_t Reader::Step(uint32_t node, size_t piece) const {
  const uint32_t id = pieces_[piece].id;
  if (id == pack::kNone) return 0;
  if (!Expands(piece)) return pack_.FindEdge(node, id);
  bool on = true;
  for (const uint32_t word : pack_.ids(pack_.tokens()[id].expansion)) {
    node = on ? pack_.FindEdge(node, word) : 0;
    on = node != 0;
  }
  return node;
}

// What the phrases mean that end at the node; nothing where none does.
std::span<const pack::Term> Reader::TermsAt(uint32_t node) const {
  if (node == 0) return {};
  const pack::Range terms = pack_.nodes()[node].terms;
  return pack_.terms().subspan(terms.first, terms.count);
}

bool Reader::EndsWord(uint32_t node, pack::Word word) const {
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(), [&](const pack::Term& t) {
    return t.kind == pack::TermKind::kWord && t.id == static_cast<uint32_t>(word);
  });
}

// The word that begins the first one with a figure from `first` on, before `last`; `last` when there is none.
size_t Reader::FigureAt(size_t first, size_t last) const {
  size_t word = first;
  for (size_t i = first; i < last; ++i) {
    if (i == first || pieces_[i].gap >= Gap::kSpace) word = i;
    if (pieces_[i].script == Script::kDigit) return word;
  }
  return last;
}

// Whether the last words of [begin, end) and then the name's first part, [first, second), with or without a last word
// such as ASSY, make a phrase of the taxonomy together.
bool Reader::JoinsFirst(size_t begin, size_t end, size_t first, size_t second) const {
  const bool set = second > first + 1 && PhraseAfter(second - 1, pack::Word::kTransparent) == second;
  for (begin = std::max(begin, end - std::min(end, kMaxNamePart)); begin < end; ++begin) {
    const uint32_t node = Walk(0, begin, end);
    if (node == 0) continue;
    if (EndsPhrase(Walk(node, first, second)) || (set && EndsPhrase(Walk(node, first, second - 1)))) return true;
  }
  return false;
}

// PARACHUTE, T-11; LINK, CARTRIDGE M27: a part with figures after a comma and a space is prose (GNSS module, VCC 2.7 V)
// unless it makes a phrase with the first part, whole or up to its figure. The end of what belongs to the name.
size_t Reader::NameBeforeFigures(size_t first, size_t part, size_t last) const {
  size_t end = part + 1;
  while (end < last && !IsComma(pieces_[end].gap)) ++end;
  const size_t second = parts_.size() > 1 ? parts_[1] : part;
  if (JoinsFirst(part, end, first, second)) return end;
  const size_t figure = FigureAt(part, end);
  return JoinsFirst(part, figure, first, second) ? figure : part;
}

// ASSY, KIT, NEW: whether such a word stands at `i`.
bool Reader::IsSet(size_t i) const {
  return PhraseAfter(i, pack::Word::kTransparent) != i || PhraseAfter(i, pack::Word::kNoise) != i;
}

// REV B, KIT, 2 EA, SN 12: behind the word or phrase at `first` that says nothing of what is named before it; `first`
// when it says something.
size_t Reader::EndOfNothing(size_t first) const {
  constexpr size_t kShort = 2;
  const Piece& p = pieces_[first];
  for (const pack::Word word : kSaysNothing) {
    if (const size_t end = PhraseAfter(first, word); end != first) return end;
  }
  const bool nothing = p.script == Script::kDigit || p.end - p.begin <= kShort || (p.flags & pack::kTokenTailLead) != 0;
  return nothing ? first + 1 : first;
}

// Whether nothing in [first, last) is a word that the taxonomy knows; `strange` words may be there if it says so.
bool Reader::SaysNothing(size_t first, size_t last, bool strange) const {
  while (first < last) {
    size_t end = EndOfNothing(first);
    if (end == first && strange && pieces_[first].id == pack::kNone) ++end;
    if (end == first) return false;
    first = end;
  }
  return true;
}

// EXTRACTOR,CARTRIDGE M16 P/N 123; BARREL,MACHINE GUN NSN 1005; RECEIVER,UPPER KIT: where the last part of a supply
// name ends, and what says nothing of itself begins. Strange words are left behind where the rest makes a phrase with
// the first part, but no word alone: CAMERA,THERMAL INFR is cut short.
size_t Reader::EndOfName(size_t first, size_t second, size_t part, size_t last) const {
  size_t named = last < pieces_.size() && pieces_[last].gap < Gap::kComma ? pack::kNone : DesignationAt(part, last);
  if (pieces_[part].gap != Gap::kComma) return named;
  const bool whole =
      JoinsFirst(part, last, first, second) || IsSet(second - 1) || EndsPhrase(Walk(0, part, last));  // F-16,TOOL KIT
  const bool cut = last == pieces_.size() && pieces_[last - 1].script != Script::kDigit && !IsSet(last - 1);
  for (size_t end = last; --end > part;) {
    if (pieces_[end].gap < Gap::kSpace) continue;
    const bool joins = JoinsFirst(part, end, first, second);
    if (joins && !(cut && last - end == 1) && SaysNothing(end, last, true)) return end;
    if (joins && IsTypeAndName(end, last)) return end;
    if (!whole && IsSet(end) && SaysNothing(end, last, false) && end < named) named = end;
  }
  return named;
}

// CHARGE,PROPELLING M232 MACS: whether nothing but a type's number, with a letter and figures, and one word that names
// nothing stand in [first, last).
bool Reader::IsTypeAndName(size_t first, size_t last) const {
  bool letter = false, digit = false;
  size_t i = first;
  for (; i < last && (i == first || pieces_[i].gap < Gap::kSpace); ++i) {
    letter = letter || pieces_[i].script == Script::kLatin;
    digit = digit || pieces_[i].script == Script::kDigit;
  }
  return letter && digit && i + 1 == last && !NamesConcept(Walk(0, i, last));
}

bool Reader::NamesConcept(uint32_t node) const {
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(),
                     [](const pack::Term& t) { return t.kind == pack::TermKind::kConcept; });
}

// Ballistic, military: whether all that is named is how something is.
bool Reader::SaysHow(uint32_t node) const {
  const auto terms = TermsAt(node);
  return NamesConcept(node) && std::all_of(terms.begin(), terms.end(), [&](const pack::Term& t) {
           return t.kind != pack::TermKind::kConcept || pack_.concepts()[t.id].kind == pack::ConceptKind::kQuality;
         });
}

// CORD,DETONATING REINFORCED: where the adjectives begin behind words that make a phrase with the first part; kNone
// where there are none, or the whole part makes one. What is a phrase by itself is none (SEAT,VEHICULAR STRYKER), nor
// is a word that may be cut short (CAMERA,THERMAL INFR).
size_t Reader::AdjectivesAt(size_t first, size_t second, size_t part, size_t last) const {
  const auto adjective = [&](size_t k) {
    return pieces_[k].script == Script::kLatin && pieces_[k].gap == Gap::kSpace && pieces_[k].id != pack::kNone &&
           !EndsPhrase(Walk(0, k, k + 1));
  };
  size_t end = last;
  while (end > part && adjective(end - 1)) --end;
  if (end == last || pieces_[part].gap != Gap::kComma || pieces_[last - 1].end == kCutLength ||
      JoinsFirst(part, last, first, second))
    return pack::kNone;
  for (end = std::max(end, part + 1); end < last; ++end) {
    if (JoinsFirst(part, end, first, second)) return end;
  }
  return pack::kNone;
}

// 1005-01-234-5678: behind the stock number that begins at `first`, or `first`.
size_t Reader::StockNumberEnd(size_t first, size_t last) const {
  constexpr size_t kGroups = 4;
  size_t end = first;
  while (end < last && end - first < kGroups && pieces_[end].script == Script::kDigit &&
         (end == first || pieces_[end].gap == Gap::kHyphen))
    ++end;
  return end - first == kGroups ? end : first;
}

// 2 EA, 10 PCS: behind the number and the word that says what is counted, or `first`.
size_t Reader::CountEnd(size_t first) const {
  if (pieces_[first].script != Script::kDigit || first + 1 == pieces_.size()) return first;
  const size_t end = PhraseAfter(first + 1, pack::Word::kCounter);
  return end == first + 1 || pieces_[first + 1].gap > Gap::kSpace ? first : end;
}

// SUPPLY OF, REPAIR OF THE: behind what is done and the word that leads to what it is done to, or `first`.
size_t Reader::ActionEnd(size_t first) const {
  const size_t end = PhraseAfter(first, pack::Word::kAction);
  const bool leads = end != first && end < pieces_.size() && (pieces_[end].flags & pack::kTokenTargetOf) != 0;
  return leads ? end + 1 : first;
}

// Behind what stands at `first` and is none of a name that ends before `last`: NEW; 1005-01-234-5678; 2 EA; SUPPLY OF.
// `first` when it is one.
size_t Reader::EndBeforeName(size_t first, size_t last) const {
  size_t end = PhraseAfter(first, pack::Word::kIgnored);
  if (end < last && end != first && Walk(0, first, end + 1) != 0) end = first;  // tactical simulator
  if (end == first) end = StockNumberEnd(first, last);
  if (end == first) end = CountEnd(first);
  return end == first ? ActionEnd(first) : end;
}

// NEW BRAKE,MUZZLE; 2 EA MASK,GAS: where the name begins behind words and numbers that are none of it; and behind any
// others, MILITARY BRAKE,MUZZLE, when the rest makes a phrase with the part behind the comma.
size_t Reader::NameAt(size_t first, size_t last) const {
  size_t comma = first + 1;
  while (comma < last && !IsComma(pieces_[comma].gap)) ++comma;
  if (comma >= last) return first;
  size_t name = first;
  for (bool on = true; on && name < comma && (name == first || pieces_[name].gap == Gap::kSpace);) {
    const size_t end = EndBeforeName(name, last);
    on = end != name;
    name = end;
  }
  if (name >= comma) return first;
  if (pieces_[comma].gap != Gap::kComma || EndsPhrase(Walk(0, name, comma))) return name;
  size_t end = comma + 1;
  while (end < last && !IsComma(pieces_[end].gap)) ++end;
  const size_t from = std::max(name, comma - std::min(comma, kMaxNamePart));
  for (size_t i = from; i < comma && PhraseAfter(i, pack::Word::kTransparent) != comma; ++i) {
    if ((i == name || pieces_[i].gap == Gap::kSpace) && JoinsFirst(comma, end, i, comma)) return i;
  }
  return name;
}

}  // namespace sekisho::text
