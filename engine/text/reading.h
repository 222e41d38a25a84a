// The line in reading order: canonical tokens with supply names turned round (SIGHT,NIGHT VISION -> night vision
// sight), abbreviations written out and a word cut at the 19th character completed, each token keeping the caller's
// bytes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/pack/pack.h"
#include "engine/text/canonical.h"
#include "engine/text/cutter.h"
#include "engine/text/gate.h"
#include "engine/text/line.h"
#include "engine/text/tokens.h"
#include "engine/text/turn.h"
#include "engine/text/words.h"

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
  explicit Reader(const pack::Pack& pack);
  Reader(const Reader&) = delete;  // its parts hold on to each other
  Reader& operator=(const Reader&) = delete;
  // InvalidArgument when a field is not UTF-8.
  absl::Status Read(std::string_view description, std::string_view part_number, Reading& out);
  // The same, but of a line that cannot name a concept it only says so.
  absl::Status ReadNamed(std::string_view description, std::string_view part_number, Reading& out);

 private:
  absl::StatusOr<bool> MayName(std::string_view source, Gate::Answer answer);
  absl::Status Finish(std::string_view part_number, Reading& out);
  void Append(uint8_t field, Reading& out);

  const pack::Pack& pack_;
  Folds folds_;
  Gate gate_;
  Line line_;
  Words words_;
  Cutter cutter_;
  Turner turner_;
};

}  // namespace sekisho::text
