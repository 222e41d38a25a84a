// What stands around the name of an item and says nothing of it: how many, in what state, at what price.
#include <algorithm>

#include "engine/text/reading.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxNoiseWords = 3;

}  // namespace

// `DESC=`, `2x`, `3 x`, `* 2`: how many and what column, not what.
void Reader::DropPrefix() {
  const auto word = [&](size_t i) {
    return i < pieces_.size() ? line_.text().substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin) : "";
  };
  size_t drop = 0;
  if (pieces_.size() < 3) return;  // what would be left?
  if (word(0) == "desc" && word(1) == "=") drop = 2;
  if (drop == 0 && pieces_[0].script == Script::kDigit && word(1) == "x" && pieces_[2].script == Script::kLatin)
    drop = 2;
  pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<ptrdiff_t>(drop));
  if (drop != 0 && !pieces_.empty()) pieces_.front().gap = Gap::kStop;
}

// NIGHT VISION (NV) GOGGLE: initials of the words before a bracket, inside of it and in the middle of a name, say them
// again.
void Reader::DropInitials() {
  for (size_t i = 1; i + 1 < pieces_.size(); ++i) {
    if (pieces_[i].gap != Gap::kOpen || pieces_[i + 1].gap != Gap::kClose) continue;
    const std::string_view initials = line_.text().substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin);
    if (initials.size() < 2 || initials.size() > i || pieces_[i].script != Script::kLatin ||
        pieces_[i + 1].script != Script::kLatin)
      continue;
    bool all = true;
    for (size_t k = 0; k < initials.size() && all; ++k) {
      const Piece& word = pieces_[i - initials.size() + k];
      all = word.script == Script::kLatin && word.gap != Gap::kClose && line_.text()[word.begin] == initials[k];
    }
    if (!all) continue;
    pieces_[i + 1].gap = Gap::kSpace;
    pieces_.erase(pieces_.begin() + static_cast<ptrdiff_t>(i));
  }
}

// Where the longest phrase of noise or of a counter that ends at `end` begins; `end` when there is none.
size_t Reader::PhraseBefore(size_t end, pack::Word word) const {
  if (end == 0 || !(pieces_[end - 1].flags & pack::kTokenEndsNoise)) return end;
  for (size_t first = end > kMaxNoiseWords ? end - kMaxNoiseWords : 0; first < end; ++first) {
    if (EndsWord(Walk(0, first, end), word)) return first;
  }
  return end;
}

// Where the shortest phrase of a grammar class that begins at `first` ends; `first` when there is none.
size_t Reader::PhraseAfter(size_t first, pack::Word word) const {
  uint32_t node = 0;
  for (size_t i = first; i < pieces_.size() && i < first + kMaxNoiseWords; ++i) {
    node = Step(node, i);
    if (node == 0) return first;
    if (EndsWord(node, word)) return i + 1;
  }
  return first;
}

// Where a figure (2, 120.00, 1,000) that ends at `end` begins; `end` when there is none.
size_t Reader::FigureBefore(size_t end) const {
  size_t first = end;
  while (first > 0 && pieces_[first - 1].script == Script::kDigit &&
         (first == end || pieces_[first].gap == Gap::kDot || pieces_[first].gap == Gap::kComma))
    --first;
  return first;
}

// ×２機, x 2 EA: whether a times sign stands before the figure; not in 9A610.x 3 pcs.
bool Reader::BehindTimes(size_t figure) const {
  if (figure == 0) return false;
  const Piece& before = pieces_[figure - 1];
  if (pieces_[figure].gap != Gap::kNone && before.gap != Gap::kSpace) return false;
  return line_.text().substr(before.begin, before.end - before.begin) == "x";
}

// Ｆ－２機, M2丁: the figure is a type's, not how many.
bool Reader::BehindLatin(size_t figure) const {
  return figure > 0 && pieces_[figure].gap <= Gap::kHyphen && pieces_[figure - 1].script == Script::kLatin &&
         !BehindTimes(figure);
}

// Takes quantity, condition and price off the end: QTY 2, 10 EA, USD 120.00, 数量２, NEW. A line of nothing else stays
// as it is.
void Reader::DropNoise() {
  size_t end = pieces_.size();
  for (size_t before = end + 1; end < before;) {
    before = end;
    const size_t behind = FigureBefore(end), cut = PhraseBefore(behind, pack::Word::kNoise);
    // 外２件: one kanji is noise before a count alone, not in 赤外.
    if (cut < behind && (end < pieces_.size() || behind - cut > 1 || !IsJapanese(pieces_[cut]))) end = cut;
    const size_t counter = PhraseBefore(end, pack::Word::kCounter), figure = FigureBefore(counter);
    if (counter == end || figure == counter) continue;
    const bool apart = pieces_[figure].gap == Gap::kSpace || pieces_[figure].gap >= Gap::kComma ||
                       (pieces_[counter].script == Script::kHan && !BehindLatin(figure));
    if (apart && pieces_[counter].gap <= Gap::kSpace) end = BehindTimes(figure) ? figure - 1 : figure;
  }
  if (end > 0 && end < pieces_.size()) pieces_.resize(end);
}

}  // namespace sekisho::text
