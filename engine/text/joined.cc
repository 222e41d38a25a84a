// Two words written as one, taken apart before anything is looked for: 12.7mmM33, SH-60Kx2, nightvision.
#include <algorithm>

#include "engine/text/cutter.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxJoined = 40;  // letters of a word worth taking apart
constexpr size_t kMostCount = 3;   // digits of a count

}  // namespace

// Whether digits are glued to a word on both sides.
bool Cutter::BetweenDigits(const Piece& piece, const RawToken& next) const {
  return next.gap == Gap::kNone && next.script == Script::kDigit && piece.gap == Gap::kNone && !words_.row.empty() &&
         words_.row.back().script == Script::kDigit;
}

// Adds a word as two: its first `size` bytes, and the rest behind `gap`.
void Cutter::AddHalves(const Piece& piece, std::string_view word, size_t size, Gap gap) {
  Piece first{piece}, rest{piece};
  first.end = rest.begin = piece.begin + static_cast<uint32_t>(size);
  first.src_end = line_.At(first.end - 1).end;
  rest.src_begin = line_.At(rest.begin).begin;
  rest.gap = gap;
  LookUp(first, word.substr(0, size));
  LookUp(rest, word.substr(size));
  words_.row.push_back(first);
  words_.row.push_back(rest);
}

// 12.7mmM33: the letter of a type glued to a bore's unit is a word of its own, where no phrase goes on with
// both and the type's number (20mmM61).
bool Cutter::SplitMillimetres(const Piece& piece, std::string_view word, const RawToken& next) {
  constexpr size_t kUnit = 2;  // letters of mm
  if (word != "mmm" || !BetweenDigits(piece, next)) return false;
  const uint32_t glued = pack_.FindToken(word), bore = words_.row.back().id;
  if (glued != pack::kNone && bore != pack::kNone) {
    const uint32_t number = pack_.FindToken(line_.text().substr(next.begin, next.end - next.begin));
    const uint32_t node = pack_.FindEdge(pack_.FindEdge(0, bore), glued);
    if (node != 0 && number != pack::kNone && pack_.FindEdge(node, number) != 0) return false;
  }
  AddHalves(piece, word, kUnit, Gap::kSpace);
  return true;
}

// SH-60K×2, M2HBx2, 7.62mmx51: the times sign behind the letters that end a type or a unit, where no phrase goes on
// with these letters behind the number before them.
bool Cutter::SplitTimes(const Piece& piece, std::string_view word, const RawToken& next) {
  if (word.size() < 2 || word.back() != 'x' || next.end - next.begin > kMostCount || !BetweenDigits(piece, next))
    return false;
  const uint32_t known = pack_.FindToken(word), number = words_.row.back().id;
  if (known != pack::kNone && number != pack::kNone && pack_.FindEdge(pack_.FindEdge(0, number), known) != 0)
    return false;
  AddHalves(piece, word, word.size() - 1, Gap::kNone);
  return true;
}

// nightvision, antitank: an unknown word that is two known ones, which begin some phrase together, is those two.
void Cutter::AddSplit(const Piece& piece, std::string_view word) {
  const bool unknown = piece.script == Script::kLatin && !(piece.flags & pack::kTokenKnown) &&
                       word.size() >= 2 * kMinHalf && word.size() <= kMaxJoined && gate_.MayBeJoined(word);
  pack::TokenHash hash;
  for (size_t k = 0; unknown && k + kMinHalf <= word.size(); hash.Add(word[k++])) {
    const uint32_t left = k < kMinHalf ? pack::kNone : pack_.FindToken(word.substr(0, k), hash.Value());
    if (left == pack::kNone || !(pack_.tokens()[left].flags & pack::kTokenKnown)) continue;
    const uint32_t right = pack_.FindToken(Singular(word.substr(k)));
    const uint32_t node = right == pack::kNone ? 0 : pack_.FindEdge(0, left);
    if (node == 0 || pack_.FindEdge(node, right) == 0) continue;
    Piece half{piece};
    half.flags = 0, half.state = kUnwalked;
    Take(left, half);
    half.end = piece.begin + static_cast<uint32_t>(k);
    half.src_end = line_.At(half.end - 1).end;
    words_.row.push_back(half);
    half.flags = 0;
    Take(right, half);
    half.begin = half.end;
    half.end = piece.end;
    half.src_begin = line_.At(half.begin).begin;
    half.src_end = piece.src_end;
    half.gap = Gap::kHyphen;
    words_.row.push_back(half);
    return;
  }
  words_.row.push_back(piece);
}

}  // namespace sekisho::text
