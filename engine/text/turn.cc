// Supply names put into reading order: SIGHT,NIGHT VISION -> night vision sight.
#include <algorithm>

#include "engine/text/reading.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxCommas = 5;    // a supply name has no more; beyond that the line is a list
constexpr size_t kMinNameWord = 3;  // letters of a word in a supply name inside a Japanese line

bool IsComma(Gap gap) { return gap == Gap::kComma || gap == Gap::kCommaSpace; }

}  // namespace

// N,N-dimethyl, O,S-diethyl: the comma before `i` stands between the locants of a chemical name.
bool Reader::IsLocant(size_t i, size_t last) const {
  const auto letter = [&](size_t k) {
    return pieces_[k].script == Script::kLatin && pieces_[k].end - pieces_[k].begin == 1;
  };
  return pieces_[i].gap == Gap::kComma && letter(i) && letter(i - 1) && i + 1 < last &&
         (pieces_[i + 1].gap == Gap::kHyphen || pieces_[i + 1].gap == Gap::kComma || pieces_[i + 1].gap == Gap::kDot);
}

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
    const uint32_t id = pieces_[first].id;
    node = id == pack::kNone ? 0 : pack_.FindEdge(node, id);
    on = node != 0;
  }
  return node;
}

bool Reader::EndsPhrase(uint32_t node) const { return node != 0 && pack_.nodes()[node].terms.count != 0; }

// The word that begins the first one with a figure from `first` on, before `last`; `last` when there is none.
size_t Reader::FigureAt(size_t first, size_t last) const {
  size_t word = first;
  for (size_t i = first; i < last; ++i) {
    if (i == first || pieces_[i].gap >= Gap::kSpace) word = i;
    if (pieces_[i].script == Script::kDigit) return word;
  }
  return last;
}

// Whether the last words of [begin, end) and then the name's first part, [first, second), make a phrase of the
// taxonomy together.
bool Reader::JoinsFirst(size_t begin, size_t end, size_t first, size_t second) const {
  for (; begin < end; ++begin) {
    const uint32_t node = Walk(0, begin, end);
    if (node != 0 && EndsPhrase(Walk(node, first, second))) return true;
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

// Whether nothing from `first` on is a word that the taxonomy knows: figures, marks (P/N, MK), short or strange words.
bool Reader::SaysNothingKnown(size_t first, size_t last) const {
  constexpr size_t kShort = 2;
  const auto is_short = [](const Piece& p) { return p.end - p.begin <= kShort; };
  if (last - first == 1 && pieces_[first].script != Script::kDigit) return false;  // CAMERA,THERMAL INFR: cut short
  return std::all_of(pieces_.begin() + static_cast<ptrdiff_t>(first), pieces_.begin() + static_cast<ptrdiff_t>(last),
                     [&](const Piece& p) {
                       return p.script == Script::kDigit || p.id == pack::kNone || is_short(p) ||
                              (p.flags & pack::kTokenTailLead) != 0;
                     });
}

// EXTRACTOR,CARTRIDGE M16 P/N 123; BARREL,MACHINE GUN NSN 1005: where the last part of a supply name ends, whose words
// make a phrase with the first part and which goes on with what says nothing of itself.
size_t Reader::EndOfName(size_t first, size_t second, size_t part, size_t last) const {
  const size_t designation = DesignationAt(part, last);
  if (pieces_[part].gap != Gap::kComma) return designation;
  for (size_t end = last; --end > part;) {
    if (pieces_[end].gap < Gap::kSpace || !JoinsFirst(part, end, first, second)) continue;
    return SaysNothingKnown(end, last) ? end : designation;
  }
  return designation;
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

// NEW BRAKE,MUZZLE; 1005-01-234-5678 BARREL,MACHINE GUN: where the name begins behind words and numbers that are none
// of it.
size_t Reader::NameAt(size_t first, size_t last) const {
  size_t name = first;
  while (name < last && (name == first || pieces_[name].gap == Gap::kSpace)) {
    size_t end = PhraseAfter(name, pack::Word::kIgnored);
    if (end < last && end != name && Walk(0, name, end + 1) != 0) end = name;  // tactical simulator
    if (end == name) end = StockNumberEnd(name, last);
    if (end == name) return name;
    name = end;
  }
  return first;
}

// Whether pieces [first, last) are a supply name; parts_ gets the start of each part. A part that says a calibre, a
// size or a purpose is a tail: it and what follows stays behind.
bool Reader::Turnable(size_t first, size_t last) {
  std::vector<size_t>& parts = parts_;
  parts.assign(1, first);
  bool spaced = false, list = false;
  constexpr uint32_t kOpensTail = pack::kTokenTargetAfter | pack::kTokenWith | pack::kTokenWithout;
  size_t tail = pack::kNone;
  for (size_t i = first + 1; i < last && tail == pack::kNone; ++i) {
    const Piece& p = pieces_[i];
    const bool decimal = p.gap == Gap::kComma && p.script == Script::kDigit && pieces_[i - 1].script == Script::kDigit;
    if (p.gap >= Gap::kStop) return false;
    if (p.flags & pack::kTokenAnd) list = true;
    if (!IsComma(p.gap) || decimal || IsLocant(i, last)) {
      if (parts.size() == 1 && (p.flags & (kOpensTail | pack::kTokenTargetOf))) return false;
      if (p.flags & kOpensTail) tail = i;
      continue;
    }
    spaced = spaced || p.gap == Gap::kCommaSpace;
    const bool figures = p.gap == Gap::kCommaSpace && HasDigit(i, last);      // in prose: GNSS module, VCC 2.7 V
    const bool denied = PhraseAfter(i, pack::Word::kWithoutAfter) != i;       // other than toys
    const bool opens = (p.flags & (pack::kTokenTailLead | kOpensTail)) != 0;  // gearbox, for UH-60 helicopter
    const size_t named = figures && !opens && p.script != Script::kDigit ? NameBeforeFigures(first, i, last) : i;
    if (named > i && !denied) {
      parts.push_back(i);
      if (named < last && !IsComma(pieces_[named].gap)) tail = named;
    } else if (figures || denied || opens || p.script == Script::kDigit) {
      tail = i;
    } else {
      parts.push_back(i);
    }
  }
  if (tail == pack::kNone && parts.size() > 1) tail = EndOfName(first, parts[1], parts.back(), last);
  if (tail != pack::kNone) {
    parts.push_back(tail);
    parts.push_back(pack::kNone);  // ends the turnable parts
  }
  if (parts.size() > kMaxCommas + 1 || (spaced && list)) return false;
  if (parts.size() == 3 && parts.back() == pack::kNone) return pieces_[parts[1]].gap == Gap::kComma;  // TORPEDO,MK 48
  return parts.size() > 1;
}

// 暗視ゴーグル GOGGLE,NIGHT VISION: a run of Latin words with a comma inside a Japanese line is a supply name when no
// space follows its first comma, and words of letters stand on both sides.
bool Reader::NamesInJapanese(size_t first, size_t last) const {
  const auto word = [&](size_t i) {
    return pieces_[i].script == Script::kLatin && pieces_[i].end - pieces_[i].begin >= kMinNameWord;
  };
  for (size_t i = first + 1; i < last; ++i) {
    if (IsComma(pieces_[i].gap)) return pieces_[i].gap == Gap::kComma && word(first) && word(i);
  }
  return false;
}

// 測距機，レーザ: a Japanese name is turned round as well where its second part and its first make a phrase of the
// taxonomy together, up to the first one's end; otherwise commas make a list, and what ends in 用 is a target as it
// stands. parts_ gets the start of each part.
bool Reader::TurnableInJapanese(size_t first, size_t last) {
  parts_.assign(1, first);
  for (size_t i = first + 1; i < last; ++i) {
    if (IsComma(pieces_[i].gap)) parts_.push_back(i);
  }
  if (parts_.size() == 1 || parts_.size() > kMaxCommas + 1) return false;
  const size_t second = parts_[1], end = parts_.size() > 2 ? parts_[2] : last;
  if (line_.text().substr(pieces_[end - 1].begin, pieces_[end - 1].end - pieces_[end - 1].begin) == "用") return false;
  return JoinsFirst(second, end, first, second);
}

bool Reader::Turn() {
  const Tokens& line = line_.tokens();
  if (!line.Has(Gap::kComma) && !line.Has(Gap::kCommaSpace)) return false;
  const bool japanese = line.cjk() && std::any_of(pieces_.begin(), pieces_.end(), IsJapanese);
  bool any = false;
  turned_.clear();
  std::vector<size_t>& parts = parts_;
  for (size_t first = 0; first < pieces_.size();) {
    size_t last = first + 1;
    while (last < pieces_.size() && pieces_[last].gap < Gap::kStop &&
           IsJapanese(pieces_[last]) == IsJapanese(pieces_[first]))
      ++last;
    if (!IsJapanese(pieces_[first])) {
      const size_t name = NameAt(first, last);
      turned_.insert(turned_.end(), pieces_.begin() + static_cast<ptrdiff_t>(first),
                     pieces_.begin() + static_cast<ptrdiff_t>(name));
      first = name;
    }
    const bool names =
        !japanese || (!IsJapanese(pieces_[first]) && (last == pieces_.size() || pieces_[last].gap >= Gap::kStop) &&
                      NamesInJapanese(first, last));
    const bool turns =
        japanese && IsJapanese(pieces_[first]) ? TurnableInJapanese(first, last) : names && Turnable(first, last);
    if (!turns) {
      turned_.insert(turned_.end(), pieces_.begin() + static_cast<ptrdiff_t>(first),
                     pieces_.begin() + static_cast<ptrdiff_t>(last));
      first = last;
      continue;
    }
    any = true;
    size_t tail = last;
    if (parts.back() == pack::kNone) {
      parts.pop_back();
      tail = parts.back();
      parts.pop_back();
    }
    const Gap opening = pieces_[first].gap;
    const size_t start = turned_.size();
    for (size_t k = parts.size(); k-- > 0;) {
      const size_t end = k + 1 < parts.size() ? parts[k + 1] : tail;
      for (size_t i = parts[k]; i < end; ++i) {
        turned_.push_back(pieces_[i]);
        if (i == parts[k]) turned_.back().gap = Gap::kSpace;
      }
    }
    turned_[start].gap = opening;
    for (size_t i = tail; i < last; ++i) {
      turned_.push_back(pieces_[i]);
      if (i == tail) turned_.back().gap = Gap::kSpace;
    }
    first = last;
  }
  if (any) pieces_.swap(turned_);
  return any;
}

}  // namespace sekisho::text
