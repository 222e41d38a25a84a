// Supply names put into reading order: SIGHT,NIGHT VISION -> night vision sight.
#include <algorithm>

#include "engine/text/reading.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxCommas = 5;    // a supply name has no more; beyond that the line is a list
constexpr size_t kMaxBareName = 4;  // words behind the first one of a supply name without commas
constexpr size_t kMinNameWord = 3;  // letters of a word in a supply name inside a Japanese line

}  // namespace

// N,N-dimethyl, O,S-diethyl: the comma before `i` stands between the locants of a chemical name.
bool Reader::IsLocant(size_t i, size_t last) const {
  const auto letter = [&](size_t k) {
    return pieces_[k].script == Script::kLatin && pieces_[k].end - pieces_[k].begin == 1;
  };
  return pieces_[i].gap == Gap::kComma && letter(i) && letter(i - 1) && i + 1 < last &&
         (pieces_[i + 1].gap == Gap::kHyphen || pieces_[i + 1].gap == Gap::kComma || pieces_[i + 1].gap == Gap::kDot);
}

bool Reader::IsEquals(size_t i) const {
  return pieces_[i].script == Script::kSymbol && line_.text()[pieces_[i].begin] == '=';
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
    if (IsEquals(i) && parts.size() > 1) {  // a figure's name: CMM E0,MPE = 1.7 um
      for (tail = i - 1; tail > parts.back() && pieces_[tail].gap < Gap::kSpace;) --tail;
      if (tail == parts.back()) parts.pop_back();
      if (parts.size() == 1) return false;
      continue;
    }
    if (!IsComma(p.gap) || decimal || IsLocant(i, last)) {
      if (parts.size() == 1 && (p.flags & (kOpensTail | pack::kTokenTargetOf))) return false;
      if (p.flags & kOpensTail) tail = i;
      continue;
    }
    spaced = spaced || p.gap == Gap::kCommaSpace;
    const bool figures = p.gap == Gap::kCommaSpace && HasDigit(i, last);  // in prose: GNSS module, VCC 2.7 V
    const bool denied = PhraseAfter(i, pack::Word::kWithoutAfter) != i;   // other than toys
    const bool opens =
        (p.flags & (pack::kTokenTailLead | kOpensTail)) != 0 ||                      // gearbox, for UH-60 helicopter
        (p.gap == Gap::kCommaSpace && parts.size() > 1 && EndOfNothing(i) == last);  // RECEIVER,UPPER, BLACK
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
  const size_t adjectives =
      tail == pack::kNone && parts.size() > 1 ? AdjectivesAt(first, parts[1], parts.back(), last) : pack::kNone;
  if (adjectives != pack::kNone) {
    parts.push_back(adjectives);  // read first: reinforced detonating cord
  } else if (parts.size() > 1) {
    const size_t end = tail == pack::kNone ? last : tail, named = EndOfName(first, parts[1], parts.back(), end);
    if (named < end) tail = named;
  }
  if (parts.size() > kMaxCommas + 1 || (spaced && list)) return false;
  if (tail != pack::kNone) {
    parts.push_back(tail);
    parts.push_back(pack::kNone);  // ends the turnable parts
  }
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

// Whether the phrase that ends at a node means a concept that the one at the other does not.
bool Reader::MeansMore(uint32_t node, uint32_t other) const {
  const auto known = TermsAt(other), all = TermsAt(node);
  return std::any_of(all.begin(), all.end(), [&](const pack::Term& t) {
    return t.kind == pack::TermKind::kConcept && std::none_of(known.begin(), known.end(), [&](const pack::Term& k) {
             return k.kind == pack::TermKind::kConcept && k.id == t.id;
           });
  });
}

// ルータ、スイッチ: the comma of lists stands before `second`, and both names together, [second, end) first, mean no
// more than the first one alone.
bool Reader::Enumerates(size_t first, size_t second, size_t end) const {
  const Piece& before = pieces_[second - 1];
  const std::string_view between = field_.substr(before.src_end, pieces_[second].src_begin - before.src_end);
  if (between.find("、") == std::string_view::npos && between.find("､") == std::string_view::npos) return false;
  const uint32_t alone = Walk(0, first, second);
  for (size_t begin = second; begin < end; ++begin) {
    const uint32_t node = Walk(0, begin, end);
    if (node != 0 && MeansMore(Walk(node, first, second), alone)) return false;
  }
  return true;
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
  return JoinsFirst(second, end, first, second) && !Enumerates(first, second, end);
}

// SIGHT NIGHT VISION, HELMET BALLISTIC: a supply name that lost its comma: the words behind the first one make a phrase
// of the taxonomy with it, but name nothing by themselves (carrier aircraft), and none begins with it. Ends before
// figures and words that say nothing of themselves. A name in natural order may end in a plural (satellite systems).
bool Reader::TurnBare() {
  const size_t last = pieces_.size();
  if (last < 2 || pieces_[0].root == 0 || pieces_[1].gap != Gap::kSpace || SaysHow(Walk(0, 0, 1))) return false;
  const auto belongs = [&](const Piece& p) {
    return p.script == Script::kLatin && (p.gap == Gap::kSpace || p.gap == Gap::kHyphen);
  };
  const auto plural = [&](const Piece& p) { return p.id != pack::kNone && line_.text()[p.end - 1] == 's'; };
  size_t end = 1;
  while (end < last && end <= kMaxBareName && belongs(pieces_[end])) ++end;
  for (size_t k = 2; k <= end; ++k) {
    if (EndsPhrase(Walk(0, 0, k))) return false;
  }
  for (; end > 1; --end) {
    if (end < last && (pieces_[end].gap == Gap::kHyphen || IsSet(end) || EndOfNothing(end) == end)) continue;
    if (plural(pieces_[end - 1]) || (end == 2 && !SaysHow(Walk(0, 1, 2)))) continue;
    const uint32_t node = Walk(0, 1, end);
    const bool thing = NamesConcept(node) && !SaysHow(node);
    if (node == 0 || thing || !EndsPhrase(Walk(node, 0, 1))) continue;
    std::swap(pieces_[0].gap, pieces_[1].gap);
    std::rotate(pieces_.begin(), pieces_.begin() + 1, pieces_.begin() + static_cast<ptrdiff_t>(end));
    return true;
  }
  return false;
}

bool Reader::Turn() {
  const Tokens& line = line_.tokens();
  if (!line.Has(Gap::kComma) && !line.Has(Gap::kCommaSpace)) return !line.cjk() && TurnBare();
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
