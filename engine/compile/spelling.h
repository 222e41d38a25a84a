// Plain phrases -> rows of tokens as the trie holds them: canonical, in the singular, with and without abbreviations
// written out.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/compile/phrases.h"
#include "engine/pack/layout.h"
#include "engine/text/canonical.h"

namespace sekisho::compile {

class Lexicon;

// What spelling has to know of words, as it stands before the first phrase: the lexicon itself grows with every one.
struct WordForms {
  absl::flat_hash_set<std::string> invariant;  // never singularised
  absl::flat_hash_map<std::string, std::vector<std::string>> written_out;
};
WordForms FormsOf(const Lexicon& lexicon);

struct Spelling {
  uint32_t end = 0;      // into SpelledPhrase::tokens: they begin where the ones before end
  bool tight = false;    // kTermTight
  bool derived = false;  // a variant made here, not written by the author
};

// Every row of tokens that finds a phrase. A row may stand twice.
struct SpelledPhrase {
  std::vector<std::string_view> words;  // each once, in the order in which they first occur; kept by the speller
  std::vector<uint32_t> tokens;         // into words
  std::vector<Spelling> spellings;
  Fault fault;  // then there are no spellings
};

// Spells phrases out. It remembers the pieces that it has met, mostly words and single kanji: the hundreds of thousands
// of texts that phrases stand for are made of few.
class Speller {
 public:
  Speller(std::span<const pack::Fold> folds, const WordForms& forms) : folds_(folds), forms_(forms) {}

  SpelledPhrase Spell(std::string_view written);

 private:
  struct Piece {                               // what stands between two seams, in tokens
    std::vector<uint32_t> plain, written_out;  // into words_
    bool tight = false, abbreviated = false;
  };
  struct Cut {
    size_t next;  // byte of the text where the next piece begins
    const Piece* piece;
  };

  void CutIntoPieces(std::string_view text, size_t kept);
  const Piece* PieceOf(std::string_view text);
  uint32_t WordOf(std::string_view word);
  void Emit(std::vector<uint32_t> Piece::*form, Spelling spelling, SpelledPhrase& out);

  text::Folds folds_;
  const WordForms& forms_;
  absl::flat_hash_map<std::string, uint32_t> word_ids_;
  std::deque<std::string> words_;  // never moved: spelled phrases look at them
  struct InPhrase {
    uint32_t phrase = 0, index = 0;  // of which phrase it is the index-th word
  };
  std::vector<InPhrase> in_phrase_;  // by word
  uint32_t phrase_ = 0;              // how many were spelled
  absl::flat_hash_map<std::string, size_t> piece_ids_;
  std::deque<Piece> pieces_;
  std::vector<Cut> cuts_;  // of the text at hand
};

// Canonical form and tokens of one word or phrase without any expansion.
std::vector<std::string> PlainTokens(std::string_view plain, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                     bool singular);

}  // namespace sekisho::compile
