// The line in reading order: canonical tokens with supply names turned round (SIGHT,NIGHT VISION -> night vision
// sight), abbreviations written out and a word cut at the 19th character completed, each token keeping the caller's
// bytes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/pack/pack.h"
#include "engine/text/canonical.h"
#include "engine/text/gate.h"
#include "engine/text/line.h"
#include "engine/text/tokens.h"

namespace sekisho::text {

struct Token {
  uint32_t begin, end;          // bytes of Reading::text
  uint32_t src_begin, src_end;  // bytes of the caller's field
  uint32_t id;                  // of the singular word in the pack; kNone when no phrase has it
  uint32_t root;                // the node of the trie behind it; 0 when no phrase begins with it
  uint32_t state;               // of the automaton behind its text, where a designator begins here; kUnwalked
  Script script;
  Gap gap;        // before the token
  uint8_t field;  // 0 description, 1 part number
  bool minus;     // a minus sign stands before the number
  bool title;     // RawToken::title
  bool split;     // pack::Token::split: two words in one
};
inline constexpr uint32_t kUnwalked = pack::kNone;  // the state is not known: the text is no word of the pack

inline bool IsComma(Gap gap) { return gap == Gap::kComma || gap == Gap::kCommaSpace; }

struct Reading {
  std::string text;  // canonical words in reading order, gaps as one character
  std::vector<Token> tokens;
  std::array<std::string_view, 2> source;  // the caller's fields, for as long as the caller keeps them
  bool turned = false;                     // a supply name was turned round
  bool cjk = false;                        // has CJK characters
  bool nameless = false;                   // ReadNamed: words there are, but none that can name a concept; no tokens
  // Whether the caller wrote white space right before a token that follows another one of its field. Between Japanese
  // characters Token::gap does not tell: their spaces are folded away, and so are letters (ー).
  bool SpaceBefore(uint32_t token) const;
  void clear();
};

// Scratch of one thread.
class Reader {
 public:
  explicit Reader(const pack::Pack& pack) : pack_(pack), folds_(pack.folds()), gate_(pack, folds_) {}
  // InvalidArgument when a field is not UTF-8.
  absl::Status Read(std::string_view description, std::string_view part_number, Reading& out);
  // The same, but of a line that cannot name a concept it only says so.
  absl::Status ReadNamed(std::string_view description, std::string_view part_number, Reading& out);

 private:
  struct Piece : RawToken {  // a token before it is laid out
    uint32_t id = pack::kNone, flags = 0, root = 0, state = kUnwalked;
    bool split = false, abbreviation = false;
  };
  void Load();
  absl::StatusOr<bool> MayName(std::string_view source, Gate::Answer answer);
  absl::Status Finish(std::string_view part_number, Reading& out);
  void Take(uint32_t id, Piece& piece) const;
  void HashWords();
  void LookUp(Piece& piece, std::string_view word) { LookUp(piece, word, pack::HashToken(word)); }
  void LookUp(Piece& piece, std::string_view word, uint32_t hash);
  void AddSplit(const Piece& piece, std::string_view word);
  bool BetweenDigits(const Piece& piece, const RawToken& next) const;
  void Cut(const Piece& piece, std::string_view word, size_t size, Gap gap);
  bool SplitMillimetres(const Piece& piece, std::string_view word, const RawToken& next);
  bool SplitTimes(const Piece& piece, std::string_view word, const RawToken& next);
  bool IsOneName(const Piece& piece, std::string_view word) const;
  bool IsQuotationMark(std::string_view symbol) const;
  void DropPrefix();
  void DropInitials();
  void DropNoise();
  static void DropLetterFlags(Piece& piece);
  bool HasDigit(size_t first, size_t last) const;
  uint32_t Step(uint32_t node, size_t piece) const;
  uint32_t Walk(uint32_t node, size_t first, size_t last) const;
  std::span<const pack::Term> TermsAt(uint32_t node) const;
  bool EndsPhrase(uint32_t node) const { return !TermsAt(node).empty(); }
  bool EndsWord(uint32_t node, pack::Word word) const;
  size_t DesignationAt(size_t first, size_t last) const;
  size_t PhraseBefore(size_t end, pack::Word word) const;
  size_t PhraseAfter(size_t first, pack::Word word) const;
  bool IsLocant(size_t i, size_t last) const;
  size_t FigureAt(size_t first, size_t last) const;
  bool JoinsFirst(size_t begin, size_t end, size_t first, size_t second) const;
  size_t NameBeforeFigures(size_t first, size_t part, size_t last) const;
  size_t FigureBefore(size_t end) const;
  bool BehindTimes(size_t figure) const;
  bool BehindLatin(size_t figure) const;
  size_t StockNumberEnd(size_t first, size_t last) const;
  size_t CountEnd(size_t first) const;
  size_t ActionEnd(size_t first) const;
  bool IsSet(size_t i) const;
  size_t EndOfNothing(size_t first) const;
  bool SaysNothing(size_t first, size_t last, bool strange) const;
  size_t EndBeforeName(size_t first, size_t last) const;
  size_t NameAt(size_t first, size_t last) const;
  bool IsTypeAndName(size_t first, size_t last) const;
  bool NamesConcept(uint32_t node) const;
  bool SaysHow(uint32_t node) const;
  size_t AdjectivesAt(size_t first, size_t second, size_t part, size_t last) const;
  size_t EndOfName(size_t first, size_t second, size_t part, size_t last) const;
  bool IsEquals(size_t i) const;
  bool Turnable(size_t first, size_t last);
  static bool IsJapanese(const Piece& piece);
  bool NamesInJapanese(size_t first, size_t last) const;
  bool MeansMore(uint32_t node, uint32_t other) const;
  bool Enumerates(size_t first, size_t second, size_t end) const;
  bool TurnableInJapanese(size_t first, size_t last);
  bool TurnBare();
  bool Turn();
  void CompleteCutWord();
  bool IsUnit(uint32_t token) const;
  bool InsideDesignation(size_t i) const;
  bool Expands(size_t i) const;
  void Append(uint8_t field, Reading& out);

  const pack::Pack& pack_;
  Folds folds_;
  Gate gate_;
  Line line_;
  std::string_view field_;  // the caller's text of the line
  std::vector<Piece> pieces_, turned_;
  std::vector<uint32_t> hashes_;  // of the words as they were cut
  std::vector<size_t> parts_;     // of a supply name
};

}  // namespace sekisho::text
