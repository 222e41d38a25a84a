#include "engine/text/supply_name.h"

#include <algorithm>

namespace sekisho::text {
namespace {

constexpr size_t kMaxNamePart = 8;  // words of a part that are looked at for a phrase

// Words behind a name that say in what state, number or set it is: REV B, 2 EA, KIT.
constexpr pack::Word kSaysNothing[] = {pack::Word::kIgnored, pack::Word::kTrailing, pack::Word::kCounter,
                                       pack::Word::kNoise, pack::Word::kTransparent};

// Whether nothing in [first, last) is a word that the taxonomy knows; `strange` words may be there if it says so.
bool SaysNothing(const Words& w, size_t first, size_t last, bool strange) {
  while (first < last) {
    size_t end = EndOfNothing(w, first);
    if (end == first && strange && w[first].id == pack::kNone) ++end;
    if (end == first) return false;
    first = end;
  }
  return true;
}

// NIGHT VISION AN/PVS-7B: where the designation begins that ends the last part of a supply name; kNone when none does,
// or it is all of it.
size_t DesignationAt(const Words& w, size_t first, size_t last) {
  size_t begin = last;
  bool digit = false;
  while (begin > first) {
    --begin;
    digit = digit || w[begin].script == Script::kDigit;
    if (w[begin].gap >= Gap::kSpace) break;
  }
  for (size_t k = first; digit && k < begin; ++k) {  // TRANSMISSION,LEOPARD 2
    if ((k == first || w[k].gap >= Gap::kSpace) && w.EndsPhrase(w.Walk(0, k, last))) begin = k;
  }
  return digit && begin > first ? begin : pack::kNone;
}

// The word that begins the first one with a figure from `first` on, before `last`; `last` when there is none.
size_t FigureAt(const Words& w, size_t first, size_t last) {
  size_t word = first;
  for (size_t i = first; i < last; ++i) {
    if (i == first || w[i].gap >= Gap::kSpace) word = i;
    if (w[i].script == Script::kDigit) return word;
  }
  return last;
}

// CHARGE,PROPELLING M232 MACS: whether nothing but a type's number, with a letter and figures, and one word that names
// nothing stand in [first, last).
bool IsTypeAndName(const Words& w, size_t first, size_t last) {
  bool letter = false, digit = false;
  size_t i = first;
  for (; i < last && (i == first || w[i].gap < Gap::kSpace); ++i) {
    letter = letter || w[i].script == Script::kLatin;
    digit = digit || w[i].script == Script::kDigit;
  }
  return letter && digit && i + 1 == last && !w.NamesConcept(w.Walk(0, i, last));
}

// 1005-01-234-5678: behind the stock number that begins at `first`, or `first`.
size_t StockNumberEnd(const Words& w, size_t first, size_t last) {
  constexpr size_t kGroups = 4;
  size_t end = first;
  while (end < last && end - first < kGroups && w[end].script == Script::kDigit &&
         (end == first || w[end].gap == Gap::kHyphen))
    ++end;
  return end - first == kGroups ? end : first;
}

// 2 EA, 10 PCS: behind the number and the word that says what is counted, or `first`.
size_t CountEnd(const Words& w, size_t first) {
  if (w[first].script != Script::kDigit || first + 1 == w.size()) return first;
  const size_t end = w.PhraseAfter(first + 1, pack::Word::kCounter);
  return end == first + 1 || w[first + 1].gap > Gap::kSpace ? first : end;
}

// SUPPLY OF, REPAIR OF THE: behind what is done and the word that leads to what it is done to, or `first`.
size_t ActionEnd(const Words& w, size_t first) {
  const size_t end = w.PhraseAfter(first, pack::Word::kAction);
  const bool leads = end != first && end < w.size() && (w[end].flags & pack::kTokenTargetOf) != 0;
  return leads ? end + 1 : first;
}

// Behind what stands at `first` and is none of a name that ends before `last`: NEW; 1005-01-234-5678; 2 EA; SUPPLY OF.
// `first` when it is one.
size_t EndBeforeName(const Words& w, size_t first, size_t last) {
  size_t end = w.PhraseAfter(first, pack::Word::kIgnored);
  if (end < last && end != first && w.Walk(0, first, end + 1) != 0) end = first;  // tactical simulator
  if (end == first) end = StockNumberEnd(w, first, last);
  if (end == first) end = CountEnd(w, first);
  return end == first ? ActionEnd(w, first) : end;
}

}  // namespace

bool HasDigit(const Words& w, size_t first, size_t last) {
  for (size_t i = first; i < last && (i == first || !IsComma(w[i].gap)); ++i) {
    if (w[i].script == Script::kDigit) return true;
  }
  return false;
}

bool JoinsFirst(const Words& w, size_t begin, size_t end, size_t first, size_t second) {
  const bool set = second > first + 1 && w.PhraseAfter(second - 1, pack::Word::kTransparent) == second;
  for (begin = std::max(begin, end - std::min(end, kMaxNamePart)); begin < end; ++begin) {
    const uint32_t node = w.Walk(0, begin, end);
    if (node == 0) continue;
    if (w.EndsPhrase(w.Walk(node, first, second)) || (set && w.EndsPhrase(w.Walk(node, first, second - 1))))
      return true;
  }
  return false;
}

size_t NameBeforeFigures(const Words& w, size_t first, size_t second, size_t part, size_t last) {
  size_t end = part + 1;
  while (end < last && !IsComma(w[end].gap)) ++end;
  if (JoinsFirst(w, part, end, first, second)) return end;
  const size_t figure = FigureAt(w, part, end);
  return JoinsFirst(w, part, figure, first, second) ? figure : part;
}

bool IsSet(const Words& w, size_t i) {
  return w.PhraseAfter(i, pack::Word::kTransparent) != i || w.PhraseAfter(i, pack::Word::kNoise) != i;
}

size_t EndOfNothing(const Words& w, size_t first) {
  constexpr size_t kShort = 2;
  const Piece& p = w[first];
  for (const pack::Word word : kSaysNothing) {
    if (const size_t end = w.PhraseAfter(first, word); end != first) return end;
  }
  const bool nothing = p.script == Script::kDigit || p.end - p.begin <= kShort || (p.flags & pack::kTokenTailLead) != 0;
  return nothing ? first + 1 : first;
}

// Strange words are left behind where the rest makes a phrase with the first part, but no word alone: CAMERA,THERMAL
// INFR is cut short.
size_t EndOfName(const Words& w, size_t first, size_t second, size_t part, size_t last) {
  size_t named = last < w.size() && w[last].gap < Gap::kComma ? pack::kNone : DesignationAt(w, part, last);
  if (w[part].gap != Gap::kComma) return named;
  const bool whole = JoinsFirst(w, part, last, first, second) || IsSet(w, second - 1) ||
                     w.EndsPhrase(w.Walk(0, part, last));  // F-16,TOOL KIT
  const bool cut = last == w.size() && w[last - 1].script != Script::kDigit && !IsSet(w, last - 1);
  for (size_t end = last; --end > part;) {
    if (w[end].gap < Gap::kSpace) continue;
    const bool joins = JoinsFirst(w, part, end, first, second);
    if (joins && !(cut && last - end == 1) && SaysNothing(w, end, last, true)) return end;
    if (joins && IsTypeAndName(w, end, last)) return end;
    if (!whole && IsSet(w, end) && SaysNothing(w, end, last, false) && end < named) named = end;
  }
  return named;
}

// What is a phrase by itself is none (SEAT,VEHICULAR STRYKER), nor is a word that may be cut short.
size_t AdjectivesAt(const Words& w, size_t first, size_t second, size_t part, size_t last) {
  const auto adjective = [&](size_t k) {
    return w[k].script == Script::kLatin && w[k].gap == Gap::kSpace && w[k].id != pack::kNone &&
           !w.EndsPhrase(w.Walk(0, k, k + 1));
  };
  size_t end = last;
  while (end > part && adjective(end - 1)) --end;
  if (end == last || w[part].gap != Gap::kComma || w[last - 1].end == kCutLength ||
      JoinsFirst(w, part, last, first, second))
    return pack::kNone;
  for (end = std::max(end, part + 1); end < last; ++end) {
    if (JoinsFirst(w, part, end, first, second)) return end;
  }
  return pack::kNone;
}

size_t NameAt(const Words& w, size_t first, size_t last) {
  size_t comma = first + 1;
  while (comma < last && !IsComma(w[comma].gap)) ++comma;
  if (comma >= last) return first;
  size_t name = first;
  for (bool on = true; on && name < comma && (name == first || w[name].gap == Gap::kSpace);) {
    const size_t end = EndBeforeName(w, name, last);
    on = end != name;
    name = end;
  }
  if (name >= comma) return first;
  if (w[comma].gap != Gap::kComma || w.EndsPhrase(w.Walk(0, name, comma))) return name;
  size_t end = comma + 1;
  while (end < last && !IsComma(w[end].gap)) ++end;
  const size_t from = std::max(name, comma - std::min(comma, kMaxNamePart));
  for (size_t i = from; i < comma && w.PhraseAfter(i, pack::Word::kTransparent) != comma; ++i) {
    if ((i == name || w[i].gap == Gap::kSpace) && JoinsFirst(w, comma, end, i, comma)) return i;
  }
  return name;
}

}  // namespace sekisho::text
