// The words of one field while they are put into reading order, and what the taxonomy's phrases say of them. Who cuts
// them: cutter.h. Who takes away and turns: noise.h, turn.h.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/text/line.h"
#include "engine/text/tokens.h"

namespace sekisho::text {

inline constexpr uint32_t kUnwalked = pack::kNone;  // the state is not known: the text is no word of the pack

inline bool IsComma(Gap gap) { return gap == Gap::kComma || gap == Gap::kCommaSpace; }

// A word before it is laid out: a raw token, and what the pack knows of it.
struct Piece : RawToken {
  uint32_t id = pack::kNone, flags = 0, root = 0, state = kUnwalked;  // as in Token
  bool split = false, abbreviation = false;
};

inline bool IsJapanese(const Piece& p) {
  return p.script == Script::kHan || p.script == Script::kHiragana || p.script == Script::kKatakana;
}

// Places are indices of the row, ranges [first, last) of it. A node is one of the pack's trie of phrases: 0 is its root
// as an argument, and none as a result.
class Words {
 public:
  Words(const pack::Pack& pack, const Line& line) : pack_(pack), line_(line) {}  // both outlive the words

  std::vector<Piece> row;
  std::string_view source;  // the caller's text of the field

  size_t size() const { return row.size(); }
  const Piece& operator[](size_t i) const { return row[i]; }
  std::string_view Text(const Piece& p) const { return line_.text().substr(p.begin, p.end - p.begin); }

  // The node behind `node` for a word, written out when it is an abbreviation; and for all of a range.
  uint32_t Step(uint32_t node, size_t i) const;
  uint32_t Walk(uint32_t node, size_t first, size_t last) const;
  // What the phrases mean that end at the node; nothing where none does.
  std::span<const pack::Term> TermsAt(uint32_t node) const;
  bool EndsPhrase(uint32_t node) const { return !TermsAt(node).empty(); }
  bool EndsWord(uint32_t node, pack::Word word) const;
  bool NamesConcept(uint32_t node) const;
  bool SaysHow(uint32_t node) const;
  bool MeansMore(uint32_t node, uint32_t other) const;

  // Where the longest phrase of a grammar class that ends at `end` begins; `end` when there is none.
  size_t PhraseBefore(size_t end, pack::Word word) const;
  // Where the shortest phrase of a grammar class that begins at `first` ends; `first` when there is none.
  size_t PhraseAfter(size_t first, pack::Word word) const;

  // Whether the word is an abbreviation to be written out.
  bool Expands(size_t i) const;

 private:
  bool IsUnit(uint32_t token) const;
  bool InsideDesignation(size_t i) const;

  const pack::Pack& pack_;
  const Line& line_;
};

}  // namespace sekisho::text
