// The trie of phrases while it grows: rows of tokens from the root, and the terms where they end.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/tables.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

class Trie {
 public:
  Trie() : nodes_(1) {}

  // The node behind the row of tokens, made where there is none.
  uint32_t Add(std::span<const uint32_t> tokens);
  // A second, equal term keeps the stronger of the two.
  void AddTerm(uint32_t node, pack::Term term);
  // Whether the node has not been marked in this round yet; rounds are numbered from 1.
  bool Mark(uint32_t node, uint32_t round);
  uint32_t Child(uint32_t node, uint32_t token) const;  // kNone when there is none

  // Lays nodes, edges and terms out; equal branches become one.
  void Flush(Tables& tables) const;

  // Calls `take` with the tokens of every phrase that has a term of this kind, each once.
  template <typename Take>
  void ForEachPhrase(pack::TermKind kind, const Take& take) const;
  // Calls `take` with the first two tokens of phrases, each pair once.
  template <typename Take>
  void ForEachBeginning(const Take& take) const;

 private:
  struct Node {
    uint32_t parent = 0, token = 0;  // the edge that leads here
    uint32_t terms = pack::kNone;    // the first of them
    uint32_t round = 0;
  };
  struct Link {  // a term of a node, in the order of kind and id
    pack::Term term;
    uint32_t next;
  };
  struct Branch {
    uint32_t token, to;
    bool operator==(const Branch&) const = default;
  };
  struct Branches {               // of every node, by token
    std::vector<uint32_t> first;  // by node, and one more
    std::vector<Branch> all;
    std::span<const Branch> Of(uint32_t node) const {
      return std::span(all).subspan(first[node], first[node + 1] - first[node]);
    }
  };

  static uint64_t Key(uint32_t node, uint32_t token) { return uint64_t{node} << 32 | token; }
  Branches SortedBranches() const;
  std::vector<uint32_t> Merge(Branches& branches) const;
  bool SameTerms(uint32_t a, uint32_t b) const;

  std::vector<Node> nodes_;
  std::vector<Link> terms_;
  absl::flat_hash_map<uint64_t, uint32_t> children_;
  std::vector<uint32_t> row_, path_;  // the row added last, and the nodes behind its tokens
};

template <typename Take>
void Trie::ForEachPhrase(pack::TermKind kind, const Take& take) const {
  std::vector<uint32_t> phrase;
  for (uint32_t node = 1; node < nodes_.size(); ++node) {
    uint32_t link = nodes_[node].terms;
    while (link != pack::kNone && terms_[link].term.kind != kind) link = terms_[link].next;
    if (link == pack::kNone) continue;
    phrase.clear();
    for (uint32_t n = node; n != 0; n = nodes_[n].parent) phrase.push_back(nodes_[n].token);
    std::reverse(phrase.begin(), phrase.end());
    take(std::span<const uint32_t>(phrase));
  }
}

template <typename Take>
void Trie::ForEachBeginning(const Take& take) const {
  for (uint32_t node = 1; node < nodes_.size(); ++node) {
    const uint32_t parent = nodes_[node].parent;
    if (parent != 0 && nodes_[parent].parent == 0) take(nodes_[parent].token, nodes_[node].token);
  }
}

}  // namespace sekisho::compile
