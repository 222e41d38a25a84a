// Supply names put into reading order: SIGHT,NIGHT VISION -> night vision sight.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/text/words.h"

namespace sekisho::text {

// Scratch of one thread.
class Turner {
 public:
  explicit Turner(Words& words) : words_(words) {}  // outlive it

  // `line`: the tokens that the words were cut from. Whether a name was turned.
  bool Turn(const Tokens& line);

 private:
  bool TurnBare();
  bool IsName(size_t first, size_t last, bool japanese_line);
  bool FindParts(size_t first, size_t last);
  bool FindJapaneseParts(size_t first, size_t last);
  bool NamesFigure(size_t i);
  void AddPart(size_t i, size_t last);
  void EndLastPart(size_t last);
  void Copy(size_t first, size_t last);
  void CopyTurned(size_t first, size_t last);

  Words& words_;
  std::vector<size_t> parts_;  // of a supply name: where each begins
  size_t tail_ = pack::kNone;  // what stays behind all of them; kNone when nothing does
  std::vector<Piece> turned_;
};

}  // namespace sekisho::text
