// Phrases as authors write them -> rows of tokens as the trie holds them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/lexicon.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

struct Fault {  // what is wrong with a phrase or a pattern
  std::string code, message, hint;
  bool empty() const { return code.empty(); }
};

// The plain phrases that `(a|b)`, `(x )?` and `x?` stand for.
std::vector<std::string> ExpandPhrase(std::string_view written, Fault& fault);

struct Spelling {
  std::vector<std::string> tokens;  // canonical, singular
  bool tight = false;               // kTermTight
  bool derived = false;             // a variant made here, not written by the author
};

// Every spelling that finds the phrase: as written, and with abbreviations written out. Each once.
std::vector<Spelling> SpellPhrase(std::string_view written, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                  Fault& fault);

// Canonical form and tokens of one word or phrase without any expansion.
std::vector<std::string> PlainTokens(std::string_view plain, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                     bool singular);

}  // namespace sekisho::compile
