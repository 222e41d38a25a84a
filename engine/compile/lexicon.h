// The words of the pack while it grows: tokens, abbreviations, and the trie of phrases over them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/tables.h"
#include "engine/compile/trie.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

class Lexicon {
 public:
  uint32_t Intern(std::string_view word);
  uint32_t Find(std::string_view word) const;  // kNone when absent
  const std::string& Text(uint32_t token) const { return tokens_[token].text; }
  void SetFlags(uint32_t token, uint32_t flags) { tokens_[token].flags |= flags; }
  bool IsInvariant(std::string_view word) const;

  std::vector<uint32_t> InternAll(std::span<const std::string_view> words);
  size_t size() const { return tokens_.size(); }

  // A phrase is one or more rows of tokens; each goes into the trie with a term. A second, equal term of a row keeps
  // the stronger of the two.
  void BeginPhrase() { ++phrase_; }
  // What tells the row from all others; kNone, and nothing is done, when the phrase has had the row before.
  uint32_t AddRow(std::span<const uint32_t> tokens, pack::Term term);

  void SetExpansion(uint32_t token, std::vector<uint32_t> words) { tokens_[token].expansion = std::move(words); }
  const std::vector<uint32_t>& Expansion(uint32_t token) const { return tokens_[token].expansion; }

  void Flush(Tables& tables) const;

  const Trie& trie() const { return trie_; }

 private:
  struct Word {
    std::string text;
    uint32_t flags = 0;
    bool latin = false;
    std::vector<uint32_t> expansion;
  };

  std::vector<uint32_t> Split(const Word& word) const;
  void FlushTokens(Tables& tables) const;

  std::vector<Word> tokens_;
  absl::flat_hash_map<std::string, uint32_t> by_text_;
  Trie trie_;
  uint32_t phrase_ = 0;  // how many were begun
};

}  // namespace sekisho::compile
