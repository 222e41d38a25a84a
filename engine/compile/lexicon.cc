// Tokens and trie: growing them, and laying them out as the pack's tables.
#include "engine/compile/lexicon.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "engine/pack/hash.h"
#include "engine/text/tokens.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

size_t SlotCount(size_t records) { return std::bit_ceil(std::max<size_t>(records * 2, 2)); }

bool Before(const pack::Term& a, const pack::Term& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); }

bool IsLatin(std::string_view word) {
  std::vector<text::RawToken> raw;
  text::Tokenize(word, raw);
  return raw.size() == 1 && raw[0].script == text::Script::kLatin;
}

}  // namespace

uint32_t Lexicon::Intern(std::string_view word) {
  auto [it, fresh] = by_text_.try_emplace(std::string(word), static_cast<uint32_t>(tokens_.size()));
  if (fresh) {
    tokens_.emplace_back();
    tokens_.back().text = std::string(word);
    tokens_.back().latin = IsLatin(word);
  }
  return it->second;
}

uint32_t Lexicon::Find(std::string_view word) const {
  const auto it = by_text_.find(std::string(word));
  return it == by_text_.end() ? kNone : it->second;
}

bool Lexicon::IsInvariant(std::string_view word) const {
  const uint32_t token = Find(word);
  return token != kNone && (tokens_[token].flags & pack::kTokenInvariant) != 0;
}

void Lexicon::AddPhrase(std::span<const uint32_t> tokens, pack::Term term) {
  uint32_t node = 0;
  for (const uint32_t token : tokens) {
    auto [it, fresh] = children_.try_emplace({node, token}, static_cast<uint32_t>(nodes_.size()));
    if (fresh) {
      edges_.push_back({node, token, it->second});
      nodes_.emplace_back();
    }
    node = it->second;
    tokens_[token].flags |= pack::kTokenKnown;
  }
  std::vector<pack::Term>& terms = nodes_[node];
  const auto at = std::lower_bound(terms.begin(), terms.end(), term, Before);
  if (at != terms.end() && !Before(term, *at)) {
    at->flags &= term.flags;
  } else {
    terms.insert(at, term);
  }
}

void Lexicon::AddKey(std::string_view word, uint32_t pattern) { tokens_[Intern(word)].patterns.insert(pattern); }

void Lexicon::Flush(Tables& tables) const {
  FlushTokens(tables);
  FlushTrie(tables);
}

void Lexicon::FlushTokens(Tables& tables) const {
  std::vector<uint32_t> vocabulary;
  tables.token_slots.assign(SlotCount(tokens_.size()), {0, kNone});
  const size_t mask = tables.token_slots.size() - 1;
  for (uint32_t id = 0; id < tokens_.size(); ++id) {
    const Word& word = tokens_[id];
    pack::Token token{};
    token.text = tables.strings.Add(word.text);
    token.flags = word.flags;
    token.patterns = {static_cast<uint32_t>(tables.pattern_refs.size()), static_cast<uint32_t>(word.patterns.size())};
    tables.pattern_refs.insert(tables.pattern_refs.end(), word.patterns.begin(), word.patterns.end());
    token.expansion = tables.AddIds(word.expansion);
    tables.tokens.push_back(token);
    if (word.latin && (word.flags & pack::kTokenKnown)) vocabulary.push_back(id);
    const uint32_t hash = pack::HashToken(word.text);
    size_t slot = hash & mask;
    while (tables.token_slots[slot].token != kNone) slot = (slot + 1) & mask;
    tables.token_slots[slot] = {hash, id};
  }
  std::sort(vocabulary.begin(), vocabulary.end(),
            [&](uint32_t a, uint32_t b) { return tokens_[a].text < tokens_[b].text; });
  tables.vocabulary = std::move(vocabulary);
}

void Lexicon::FlushTrie(Tables& tables) const {
  for (const std::vector<pack::Term>& terms : nodes_) {
    tables.nodes.push_back({{static_cast<uint32_t>(tables.terms.size()), static_cast<uint32_t>(terms.size())}});
    tables.terms.insert(tables.terms.end(), terms.begin(), terms.end());
  }
  tables.edges.assign(SlotCount(edges_.size()), {0, 0, 0});
  const size_t mask = tables.edges.size() - 1;
  for (const Branch& edge : edges_) {
    size_t slot = pack::HashEdge(edge.from, edge.token) & mask;
    while (tables.edges[slot].to != 0) slot = (slot + 1) & mask;
    tables.edges[slot] = {edge.from, edge.token, edge.to};
  }
}

}  // namespace sekisho::compile
