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

constexpr size_t kMinHalf = 3;  // letters of either half of a joined word

size_t SlotCount(size_t records) {
  return std::bit_ceil(std::max<size_t>(records * 2, 2));
}  // at most half full: most words of a text are not there, and a miss ends at the first empty slot

bool Before(const pack::Term& a, const pack::Term& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); }

bool IsLatin(std::string_view word) {
  std::vector<text::RawToken> raw;
  text::Tokenize(word, raw);
  return raw.size() == 1 && raw[0].script == text::Script::kLatin;
}

}  // namespace

uint32_t Lexicon::Intern(std::string_view word) {
  if (const uint32_t known = Find(word); known != kNone) return known;
  const auto id = static_cast<uint32_t>(tokens_.size());
  by_text_.emplace(std::string(word), id);
  tokens_.emplace_back();
  tokens_.back().text = std::string(word);
  tokens_.back().latin = IsLatin(word);
  return id;
}

uint32_t Lexicon::Find(std::string_view word) const {
  const auto it = by_text_.find(absl::string_view(word.data(), word.size()));  // no copy: asked for every word
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
  const auto word = static_cast<pack::Word>(term.id);
  if (term.kind == pack::TermKind::kWord && (word == pack::Word::kNoise || word == pack::Word::kCounter))
    tokens_[tokens.back()].flags |= pack::kTokenEndsNoise;
  std::vector<pack::Term>& terms = nodes_[node];
  const auto at = std::lower_bound(terms.begin(), terms.end(), term, Before);
  if (at != terms.end() && !Before(term, *at)) {
    at->flags &= term.flags;
  } else {
    terms.insert(at, term);
  }
}

void Lexicon::Flush(Tables& tables) const {
  FlushTokens(tables);
  FlushTrie(tables);
}

// The two words that a joined one is made of, where some phrase begins with them: a text may join what another phrase
// wrote apart.
std::vector<uint32_t> Lexicon::Split(const Word& word) const {
  if (!word.latin || !(word.flags & pack::kTokenKnown)) return {};
  for (size_t k = kMinHalf; k + kMinHalf <= word.text.size(); ++k) {
    const uint32_t left = Find(word.text.substr(0, k)), right = Find(word.text.substr(k));
    if (left == kNone || right == kNone) continue;
    const auto first = children_.find({0, left});
    if (first != children_.end() && children_.contains({first->second, right})) return {left, right};
  }
  return {};
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
    const bool plural = word.latin && !(word.flags & pack::kTokenInvariant);
    token.singular = plural ? Find(text::Singular(word.text)) : id;
    token.expansion = tables.AddIds(word.expansion);
    token.split = tables.AddIds(Split(word));
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

// `(a|b|c) (d|e)` grows a branch for every pair; nodes from which the same phrases go on are one. Children come after
// their parents, so one pass from the last node up sees every child merged before its parent.
std::vector<uint32_t> Lexicon::MergedNodes() const {
  std::vector<std::vector<std::pair<uint32_t, uint32_t>>> children(nodes_.size());
  for (const Branch& edge : edges_) children[edge.from].emplace_back(edge.token, edge.to);
  std::vector<uint32_t> merged(nodes_.size());
  absl::flat_hash_map<std::string, uint32_t> seen;
  for (uint32_t node = static_cast<uint32_t>(nodes_.size()); node-- > 0;) {
    std::string signature;
    const auto put = [&](uint32_t v) { signature.append(reinterpret_cast<const char*>(&v), sizeof(v)); };
    for (const pack::Term& t : nodes_[node]) {
      put(static_cast<uint32_t>(t.kind) << 16 | t.flags);
      put(t.id);
    }
    put(kNone);
    for (auto& [token, to] : children[node]) to = merged[to];
    std::sort(children[node].begin(), children[node].end());
    for (const auto& [token, to] : children[node]) {
      put(token);
      put(to);
    }
    merged[node] = node == 0 ? 0 : seen.try_emplace(std::move(signature), node).first->second;
  }
  return merged;
}

void Lexicon::FlushTrie(Tables& tables) const {
  const std::vector<uint32_t> merged = MergedNodes();
  std::vector<uint32_t> number(nodes_.size());
  for (uint32_t node = 0; node < nodes_.size(); ++node) {
    if (merged[node] != node) continue;
    number[node] = static_cast<uint32_t>(tables.nodes.size());
    const pack::Range terms{static_cast<uint32_t>(tables.terms.size()), static_cast<uint32_t>(nodes_[node].size())};
    const auto goods = std::count_if(nodes_[node].begin(), nodes_[node].end(),
                                     [](const pack::Term& t) { return t.kind <= pack::TermKind::kWord; });
    tables.nodes.push_back({{0, 0}, terms, static_cast<uint32_t>(goods), 0});
    tables.terms.insert(tables.terms.end(), nodes_[node].begin(), nodes_[node].end());
  }
  std::vector<Branch> kept;
  for (const Branch& edge : edges_) {
    if (merged[edge.from] == edge.from) kept.push_back({number[edge.from], edge.token, number[merged[edge.to]]});
  }
  std::sort(kept.begin(), kept.end(),
            [](const Branch& a, const Branch& b) { return std::tie(a.from, a.token) < std::tie(b.from, b.token); });
  for (const Branch& edge : kept) {
    if (edge.from == 0) {
      tables.tokens[edge.token].root = edge.to;
      continue;
    }
    pack::Node& node = tables.nodes[edge.from];
    if (node.edges.count++ == 0) node.edges.first = static_cast<uint32_t>(tables.edges.size());
    node.children |= pack::EdgeBit(edge.token);
    tables.edges.push_back({edge.token, edge.to});
  }
}

void Lexicon::ForEachPhrase(pack::TermKind kind, const std::function<void(std::span<const uint32_t>)>& take) const {
  std::vector<const Branch*> into(nodes_.size(), nullptr);
  for (const Branch& edge : edges_) into[edge.to] = &edge;
  std::vector<uint32_t> phrase;
  for (uint32_t node = 1; node < nodes_.size(); ++node) {
    const auto of_kind = [&](const pack::Term& t) { return t.kind == kind; };
    if (std::none_of(nodes_[node].begin(), nodes_[node].end(), of_kind)) continue;
    phrase.clear();
    for (const Branch* edge = into[node]; edge != nullptr; edge = into[edge->from]) phrase.push_back(edge->token);
    std::reverse(phrase.begin(), phrase.end());
    take(phrase);
  }
}

void Lexicon::ForEachBeginning(const std::function<void(uint32_t, uint32_t)>& take) const {
  std::vector<uint32_t> first(nodes_.size(), kNone);  // the token of a node right below the root
  for (const Branch& edge : edges_) {
    if (edge.from == 0) first[edge.to] = edge.token;
  }
  for (const Branch& edge : edges_) {
    if (first[edge.from] != kNone) take(first[edge.from], edge.token);
  }
}

}  // namespace sekisho::compile
