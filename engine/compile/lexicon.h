// The words of the pack while it grows: tokens, the trie of phrases, the abbreviations.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/tables.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

class Lexicon {
 public:
  Lexicon() { nodes_.emplace_back(); }

  uint32_t Intern(std::string_view word);
  uint32_t Find(std::string_view word) const;  // kNone when absent
  const std::string& Text(uint32_t token) const { return tokens_[token].text; }
  void SetFlags(uint32_t token, uint32_t flags) { tokens_[token].flags |= flags; }
  bool IsInvariant(std::string_view word) const;

  // Puts the phrase into the trie. A second, equal term keeps the stronger of the two.
  void AddPhrase(std::span<const uint32_t> tokens, pack::Term term);
  void SetExpansion(uint32_t token, std::vector<uint32_t> words) { tokens_[token].expansion = std::move(words); }
  const std::vector<uint32_t>& Expansion(uint32_t token) const { return tokens_[token].expansion; }

  void Flush(Tables& tables) const;

  // Calls `take` with the tokens of every phrase that has a term of this kind, each once.
  void ForEachPhrase(pack::TermKind kind, const std::function<void(std::span<const uint32_t>)>& take) const;
  // Calls `take` with the first two tokens of phrases, each pair once.
  void ForEachBeginning(const std::function<void(uint32_t, uint32_t)>& take) const;

 private:
  struct Word {
    std::string text;
    uint32_t flags = 0;
    bool latin = false;
    std::vector<uint32_t> expansion;
  };
  struct Branch {
    uint32_t from, token, to;
  };

  std::vector<uint32_t> Split(const Word& word) const;
  void FlushTokens(Tables& tables) const;
  std::vector<uint32_t> MergedNodes() const;  // node -> the first node that is equal from there on
  void FlushTrie(Tables& tables) const;

  std::vector<Word> tokens_;
  absl::flat_hash_map<std::string, uint32_t> by_text_;
  std::vector<std::vector<pack::Term>> nodes_;
  std::vector<Branch> edges_;
  absl::flat_hash_map<std::pair<uint32_t, uint32_t>, uint32_t> children_;
};

}  // namespace sekisho::compile
