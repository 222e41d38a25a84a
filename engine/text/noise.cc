#include "engine/text/noise.h"

namespace sekisho::text {
namespace {

// Where a figure (2, 120.00, 1,000) that ends at `end` begins; `end` when there is none.
size_t FigureBefore(const Words& w, size_t end) {
  size_t first = end;
  while (first > 0 && w[first - 1].script == Script::kDigit &&
         (first == end || w[first].gap == Gap::kDot || w[first].gap == Gap::kComma))
    --first;
  return first;
}

// ×２機, x 2 EA: whether a times sign stands before the figure; not in 9A610.x 3 pcs.
bool BehindTimes(const Words& w, size_t figure) {
  if (figure == 0) return false;
  const Piece& before = w[figure - 1];
  if (w[figure].gap != Gap::kNone && before.gap != Gap::kSpace) return false;
  return w.Text(before) == "x";
}

// Ｆ－２機, M2丁: the figure is a type's, not how many.
bool BehindLatin(const Words& w, size_t figure) {
  return figure > 0 && w[figure].gap <= Gap::kHyphen && w[figure - 1].script == Script::kLatin &&
         !BehindTimes(w, figure);
}

}  // namespace

void DropPrefix(Words& w) {
  const auto word = [&](size_t i) { return i < w.size() ? w.Text(w[i]) : ""; };
  size_t drop = 0;
  if (w.size() < 3) return;  // what would be left?
  if (word(0) == "desc" && word(1) == "=") drop = 2;
  if (drop == 0 && w[0].script == Script::kDigit && word(1) == "x" && w[2].script == Script::kLatin) drop = 2;
  w.row.erase(w.row.begin(), w.row.begin() + static_cast<ptrdiff_t>(drop));
  if (drop != 0 && !w.row.empty()) w.row.front().gap = Gap::kStop;
}

void DropInitials(Words& w) {
  for (size_t i = 1; i + 1 < w.size(); ++i) {
    if (w[i].gap != Gap::kOpen || w[i + 1].gap != Gap::kClose) continue;
    const std::string_view initials = w.Text(w[i]);
    if (initials.size() < 2 || initials.size() > i || w[i].script != Script::kLatin ||
        w[i + 1].script != Script::kLatin)
      continue;
    bool all = true;
    for (size_t k = 0; k < initials.size() && all; ++k) {
      const Piece& word = w[i - initials.size() + k];
      all = word.script == Script::kLatin && word.gap != Gap::kClose && w.Text(word).front() == initials[k];
    }
    if (!all) continue;
    w.row[i + 1].gap = Gap::kSpace;
    w.row.erase(w.row.begin() + static_cast<ptrdiff_t>(i));
  }
}

void DropNoise(Words& w) {
  size_t end = w.size();
  for (size_t before = end + 1; end < before;) {
    before = end;
    const size_t behind = FigureBefore(w, end), cut = w.PhraseBefore(behind, pack::Word::kNoise);
    // 外２件: one kanji is noise before a count alone, not in 赤外.
    if (cut < behind && (end < w.size() || behind - cut > 1 || !IsJapanese(w[cut]))) end = cut;
    const size_t counter = w.PhraseBefore(end, pack::Word::kCounter), figure = FigureBefore(w, counter);
    if (counter == end || figure == counter) continue;
    const bool apart = w[figure].gap == Gap::kSpace || w[figure].gap >= Gap::kComma ||
                       (w[counter].script == Script::kHan && !BehindLatin(w, figure));
    if (apart && w[counter].gap <= Gap::kSpace) end = BehindTimes(w, figure) ? figure - 1 : figure;
  }
  if (end > 0 && end < w.size()) w.row.resize(end);
}

}  // namespace sekisho::text
