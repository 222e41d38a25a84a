#include "engine/text/turn.h"

#include <algorithm>
#include <string_view>

#include "engine/text/supply_name.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxCommas = 5;    // a supply name has no more; beyond that the line is a list
constexpr size_t kMaxBareName = 4;  // words behind the first one of a supply name without commas
constexpr size_t kMinNameWord = 3;  // letters of a word in a supply name inside a Japanese line

constexpr uint32_t kOpensTail = pack::kTokenTargetAfter | pack::kTokenWith | pack::kTokenWithout;

ptrdiff_t Offset(size_t i) { return static_cast<ptrdiff_t>(i); }

// N,N-dimethyl, O,S-diethyl: the comma before `i` stands between the locants of a chemical name.
bool IsLocant(const Words& w, size_t i, size_t last) {
  const auto letter = [&](size_t k) { return w[k].script == Script::kLatin && w[k].end - w[k].begin == 1; };
  return w[i].gap == Gap::kComma && letter(i) && letter(i - 1) && i + 1 < last &&
         (w[i + 1].gap == Gap::kHyphen || w[i + 1].gap == Gap::kComma || w[i + 1].gap == Gap::kDot);
}

bool IsEquals(const Words& w, size_t i) { return w[i].script == Script::kSymbol && w.Text(w[i]) == "="; }

// 暗視ゴーグル GOGGLE,NIGHT VISION: a run of Latin words with a comma inside a Japanese line is a supply name when no
// space follows its first comma, and words of letters stand on both sides.
bool NamesInJapanese(const Words& w, size_t first, size_t last) {
  const auto word = [&](size_t i) { return w[i].script == Script::kLatin && w[i].end - w[i].begin >= kMinNameWord; };
  for (size_t i = first + 1; i < last; ++i) {
    if (IsComma(w[i].gap)) return w[i].gap == Gap::kComma && word(first) && word(i);
  }
  return false;
}

// ルータ、スイッチ: the comma of lists stands before `second`, and both names together, [second, end) first, mean no
// more than the first one alone.
bool Enumerates(const Words& w, size_t first, size_t second, size_t end) {
  const uint32_t behind = w[second - 1].src_end;
  const std::string_view between = w.source.substr(behind, w[second].src_begin - behind);
  if (between.find("、") == std::string_view::npos && between.find("､") == std::string_view::npos) return false;
  const uint32_t alone = w.Walk(0, first, second);
  for (size_t begin = second; begin < end; ++begin) {
    const uint32_t node = w.Walk(0, begin, end);
    if (node != 0 && w.MeansMore(w.Walk(node, first, second), alone)) return false;
  }
  return true;
}

}  // namespace

// CMM E0,MPE = 1.7 um: the equals sign at `i` stands behind a figure's name, which is no part.
bool Turner::NamesFigure(size_t i) {
  if (!IsEquals(words_, i) || parts_.size() == 1) return false;
  for (tail_ = i - 1; tail_ > parts_.back() && words_[tail_].gap < Gap::kSpace;) --tail_;
  if (tail_ == parts_.back()) parts_.pop_back();
  return true;
}

// What begins at `i`, behind a comma, as a part or as the tail.
void Turner::AddPart(size_t i, size_t last) {
  const Words& w = words_;
  const Piece& p = w[i];
  const size_t first = parts_.front();
  const bool figures = p.gap == Gap::kCommaSpace && HasDigit(w, i, last);  // in prose: GNSS module, VCC 2.7 V
  const bool denied = w.PhraseAfter(i, pack::Word::kWithoutAfter) != i;    // other than toys
  const bool opens =
      (p.flags & (pack::kTokenTailLead | kOpensTail)) != 0 ||                          // gearbox, for UH-60 helicopter
      (p.gap == Gap::kCommaSpace && parts_.size() > 1 && EndOfNothing(w, i) == last);  // RECEIVER,UPPER, BLACK
  const size_t second = parts_.size() > 1 ? parts_[1] : i;
  const bool names = figures && !opens && p.script != Script::kDigit;
  const size_t named = names ? NameBeforeFigures(w, first, second, i, last) : i;
  if (named > i && !denied) {
    parts_.push_back(i);
    if (named < last && !IsComma(w[named].gap)) tail_ = named;
  } else if (figures || denied || opens || p.script == Script::kDigit) {
    tail_ = i;
  } else {
    parts_.push_back(i);
  }
}

// Adjectives behind the last part become one, which is read first: reinforced detonating cord. What says nothing of
// the name stays behind it.
void Turner::EndLastPart(size_t last) {
  const size_t first = parts_.front(), second = parts_[1], part = parts_.back();
  const size_t adjectives = tail_ == pack::kNone ? AdjectivesAt(words_, first, second, part, last) : pack::kNone;
  if (adjectives != pack::kNone) {
    parts_.push_back(adjectives);
    return;
  }
  const size_t end = tail_ == pack::kNone ? last : tail_, named = EndOfName(words_, first, second, part, end);
  if (named < end) tail_ = named;
}

// Whether words [first, last) are a supply name, with its parts and its tail: what says a calibre, a size or a purpose,
// and what follows that.
bool Turner::FindParts(size_t first, size_t last) {
  const Words& w = words_;
  parts_.assign(1, first);
  tail_ = pack::kNone;
  if (w.PhraseAfter(first, pack::Word::kExceptionAfter) != first) return false;  // excluding howitzers, mortars
  bool spaced = false, list = false;
  for (size_t i = first + 1; i < last && tail_ == pack::kNone; ++i) {
    const Piece& p = w[i];
    const bool decimal = p.gap == Gap::kComma && p.script == Script::kDigit && w[i - 1].script == Script::kDigit;
    if (p.gap >= Gap::kStop) return false;
    if (p.flags & pack::kTokenAnd) list = true;
    if (NamesFigure(i)) {
      if (parts_.size() == 1) return false;
    } else if (!IsComma(p.gap) || decimal || IsLocant(w, i, last)) {
      if (parts_.size() == 1 && (p.flags & (kOpensTail | pack::kTokenTargetOf))) return false;
      if (p.flags & kOpensTail) tail_ = i;
    } else {
      spaced = spaced || p.gap == Gap::kCommaSpace;
      AddPart(i, last);
    }
  }
  if (parts_.size() > 1) EndLastPart(last);
  if (parts_.size() > kMaxCommas + 1 || (spaced && list)) return false;
  if (parts_.size() == 1 && tail_ != pack::kNone) return w[tail_].gap == Gap::kComma;  // TORPEDO,MK 48
  return parts_.size() > 1;
}

// 測距機，レーザ: a Japanese name is turned round as well where its second part and its first make a phrase of the
// taxonomy together, up to the first one's end; otherwise commas make a list, and what ends in 用 is a target as it
// stands.
bool Turner::FindJapaneseParts(size_t first, size_t last) {
  const Words& w = words_;
  parts_.assign(1, first);
  tail_ = pack::kNone;
  for (size_t i = first + 1; i < last; ++i) {
    if (IsComma(w[i].gap)) parts_.push_back(i);
  }
  if (parts_.size() == 1 || parts_.size() > kMaxCommas + 1) return false;
  const size_t second = parts_[1], end = parts_.size() > 2 ? parts_[2] : last;
  if (w.Text(w[end - 1]) == "用") return false;
  return JoinsFirst(w, second, end, first, second) && !Enumerates(w, first, second, end);
}

// SIGHT NIGHT VISION, HELMET BALLISTIC: a supply name that lost its comma: the words behind the first one make a phrase
// of the taxonomy with it, but name nothing by themselves (carrier aircraft), and none begins with it. Ends before
// figures and words that say nothing of themselves. A name in natural order may end in a plural (satellite systems).
bool Turner::TurnBare() {
  const Words& w = words_;
  const size_t last = w.size();
  if (last < 2 || w[0].root == 0 || w[1].gap != Gap::kSpace || w.SaysHow(w.Walk(0, 0, 1))) return false;
  const auto belongs = [&](const Piece& p) {
    return p.script == Script::kLatin && (p.gap == Gap::kSpace || p.gap == Gap::kHyphen);
  };
  const auto plural = [&](const Piece& p) { return p.id != pack::kNone && w.Text(p).back() == 's'; };
  size_t end = 1;
  while (end < last && end <= kMaxBareName && belongs(w[end])) ++end;
  for (size_t k = 2; k <= end; ++k) {
    if (w.EndsPhrase(w.Walk(0, 0, k))) return false;
  }
  for (; end > 1; --end) {
    if (end < last && (w[end].gap == Gap::kHyphen || IsSet(w, end) || EndOfNothing(w, end) == end)) continue;
    if (plural(w[end - 1]) || (end == 2 && !w.SaysHow(w.Walk(0, 1, 2)))) continue;
    const uint32_t node = w.Walk(0, 1, end);
    const bool thing = w.NamesConcept(node) && !w.SaysHow(node);
    if (node == 0 || thing || !w.EndsPhrase(w.Walk(node, 0, 1))) continue;
    auto& row = words_.row;
    std::swap(row[0].gap, row[1].gap);
    std::rotate(row.begin(), row.begin() + 1, row.begin() + Offset(end));
    return true;
  }
  return false;
}

// Whether the run of words of one script, [first, last), is a supply name, with its parts and its tail.
bool Turner::IsName(size_t first, size_t last, bool japanese_line) {
  if (!japanese_line) return FindParts(first, last);
  if (IsJapanese(words_[first])) return FindJapaneseParts(first, last);
  const bool ends = last == words_.size() || words_[last].gap >= Gap::kStop;
  return ends && NamesInJapanese(words_, first, last) && FindParts(first, last);
}

void Turner::Copy(size_t first, size_t last) {
  turned_.insert(turned_.end(), words_.row.begin() + Offset(first), words_.row.begin() + Offset(last));
}

// The last part first, the tail behind all.
void Turner::CopyTurned(size_t first, size_t last) {
  const auto copy = [&](size_t begin, size_t end, Gap gap) {
    if (begin == end) return;
    const size_t at = turned_.size();
    Copy(begin, end);
    turned_[at].gap = gap;
  };
  Gap gap = words_[first].gap;
  const size_t tail = std::min(tail_, last);
  size_t end = tail;
  for (size_t k = parts_.size(); k-- > 0; end = parts_[k], gap = Gap::kSpace) copy(parts_[k], end, gap);
  copy(tail, last, Gap::kSpace);
}

bool Turner::Turn(const Tokens& line) {
  if (!line.Has(Gap::kComma) && !line.Has(Gap::kCommaSpace)) return !line.cjk() && TurnBare();
  const Words& w = words_;
  const bool japanese = line.cjk() && std::any_of(w.row.begin(), w.row.end(), IsJapanese);
  bool any = false;
  turned_.clear();
  for (size_t first = 0, last = 0; first < w.size(); first = last) {
    last = first + 1;
    while (last < w.size() && w[last].gap < Gap::kStop && IsJapanese(w[last]) == IsJapanese(w[first])) ++last;
    const size_t name = IsJapanese(w[first]) ? first : NameAt(w, first, last);
    Copy(first, name);
    if (IsName(name, last, japanese)) {
      CopyTurned(name, last);
      any = true;
    } else {
      Copy(name, last);
    }
  }
  if (any) words_.row.swap(turned_);
  return any;
}

}  // namespace sekisho::text
