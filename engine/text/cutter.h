// Cuts a normalised field into words, looks each up in the pack, and takes apart or completes what was written as one
// word or cut short.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/text/gate.h"
#include "engine/text/line.h"
#include "engine/text/words.h"

namespace sekisho::text {

// Scratch of one thread.
class Cutter {
 public:
  Cutter(const pack::Pack& pack, const Gate& gate, Line& line, Words& words)
      : pack_(pack), gate_(gate), line_(line), words_(words) {}  // all outlive it

  // The words of the normalised line, which is that of `source`.
  void Cut(std::string_view source);
  // STOCK ASSEMBLY,SHOU: completes a word that was cut at the 19th character.
  void CompleteCutWord();

 private:
  void Take(uint32_t id, Piece& piece) const;
  void HashWords();
  void LookUp(Piece& piece, std::string_view word) { LookUp(piece, word, pack::HashToken(word)); }
  void LookUp(Piece& piece, std::string_view word, uint32_t hash);
  bool IsOneName(const Piece& piece, std::string_view word) const;
  bool IsQuotationMark(std::string_view symbol) const;
  // joined.cc
  void AddSplit(const Piece& piece, std::string_view word);
  void AddHalves(const Piece& piece, std::string_view word, size_t size, Gap gap);
  bool BetweenDigits(const Piece& piece, const RawToken& next) const;
  bool SplitMillimetres(const Piece& piece, std::string_view word, const RawToken& next);
  bool SplitTimes(const Piece& piece, std::string_view word, const RawToken& next);

  const pack::Pack& pack_;
  const Gate& gate_;
  Line& line_;
  Words& words_;
  std::vector<uint32_t> hashes_;  // of the words as they were cut
};

}  // namespace sekisho::text
