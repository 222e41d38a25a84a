#include "engine/compile/trie.h"

#include <algorithm>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "engine/compile/mix.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

bool Before(const pack::Term& a, const pack::Term& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); }

}  // namespace

// The texts that a phrase stands for come in an order in which most begin as the one before.
uint32_t Trie::Add(std::span<const uint32_t> tokens) {
  const auto kept =
      static_cast<size_t>(std::mismatch(tokens.begin(), tokens.end(), row_.begin(), row_.end()).first - tokens.begin());
  row_.assign(tokens.begin(), tokens.end());
  path_.resize(kept);
  uint32_t node = kept == 0 ? 0 : path_.back();
  for (const uint32_t token : tokens.subspan(kept)) {
    const auto [child, fresh] = children_.try_emplace(Key(node, token), static_cast<uint32_t>(nodes_.size()));
    if (fresh) nodes_.push_back({node, token});
    node = child->second;
    path_.push_back(node);
  }
  return node;
}

void Trie::AddTerm(uint32_t node, pack::Term term) {
  uint32_t* link = &nodes_[node].terms;
  while (*link != kNone && Before(terms_[*link].term, term)) link = &terms_[*link].next;
  if (*link != kNone && !Before(term, terms_[*link].term)) {
    terms_[*link].term.flags &= term.flags;
    return;
  }
  const uint32_t next = *link;
  *link = static_cast<uint32_t>(terms_.size());  // before `link` may move
  terms_.push_back({term, next});
}

bool Trie::Mark(uint32_t node, uint32_t round) {
  if (nodes_[node].round == round) return false;
  nodes_[node].round = round;
  return true;
}

uint32_t Trie::Child(uint32_t node, uint32_t token) const {
  const auto child = children_.find(Key(node, token));
  return child == children_.end() ? kNone : child->second;
}

Trie::Branches Trie::SortedBranches() const {
  Branches out;
  out.first.assign(nodes_.size() + 1, 0);
  for (uint32_t node = 1; node < nodes_.size(); ++node) ++out.first[nodes_[node].parent + 1];
  for (size_t i = 1; i < out.first.size(); ++i) out.first[i] += out.first[i - 1];
  out.all.resize(nodes_.size() - 1);
  std::vector<uint32_t> next(out.first.begin(), out.first.end() - 1);
  for (uint32_t node = 1; node < nodes_.size(); ++node)
    out.all[next[nodes_[node].parent]++] = {nodes_[node].token, node};
  for (uint32_t node = 0; node < nodes_.size(); ++node)
    std::sort(out.all.begin() + out.first[node], out.all.begin() + out.first[node + 1],
              [](const Branch& a, const Branch& b) { return a.token < b.token; });
  return out;
}

bool Trie::SameTerms(uint32_t a, uint32_t b) const {
  uint32_t x = nodes_[a].terms, y = nodes_[b].terms;
  for (; x != kNone && y != kNone; x = terms_[x].next, y = terms_[y].next) {
    const pack::Term &s = terms_[x].term, &t = terms_[y].term;
    if (s.kind != t.kind || s.flags != t.flags || s.id != t.id) return false;
  }
  return x == y;
}

// `(a|b|c) (d|e)` grows a branch for every pair; nodes from which the same phrases go on are one. Children come after
// their parents, so one pass from the last node up sees every child merged before its parent. Returns for every node
// the one that stands for it, and turns the branches to those.
std::vector<uint32_t> Trie::Merge(Branches& branches) const {
  std::vector<uint32_t> merged(nodes_.size());
  std::vector<uint64_t> hashes(nodes_.size());
  const auto hash = [&](uint32_t node) { return static_cast<size_t>(hashes[node]); };
  const auto same = [&](uint32_t a, uint32_t b) {
    return hashes[a] == hashes[b] && std::ranges::equal(branches.Of(a), branches.Of(b)) && SameTerms(a, b);
  };
  absl::flat_hash_set<uint32_t, decltype(hash), decltype(same)> kept(nodes_.size() / 4, hash, same);
  for (uint32_t node = static_cast<uint32_t>(nodes_.size()); node-- > 0;) {
    uint64_t h = 0;
    for (uint32_t link = nodes_[node].terms; link != kNone; link = terms_[link].next) {
      const pack::Term& t = terms_[link].term;
      h = Mix(h, uint64_t{t.id} << 32 | static_cast<uint64_t>(t.kind) << 16 | t.flags);
    }
    for (uint32_t i = branches.first[node]; i < branches.first[node + 1]; ++i) {
      Branch& branch = branches.all[i];
      branch.to = merged[branch.to];
      h = Mix(h, Key(branch.token, branch.to));
    }
    hashes[node] = h;
    merged[node] = node == 0 ? 0 : *kept.insert(node).first;
  }
  return merged;
}

void Trie::Flush(Tables& tables) const {
  Branches branches = SortedBranches();
  const std::vector<uint32_t> merged = Merge(branches);
  std::vector<uint32_t> number(nodes_.size());
  uint32_t count = 0;
  for (uint32_t node = 0; node < nodes_.size(); ++node) {
    if (merged[node] == node) number[node] = count++;
  }
  tables.nodes.reserve(count);
  for (uint32_t node = 0; node < nodes_.size(); ++node) {
    if (merged[node] != node) continue;
    pack::Node out{};
    out.terms.first = static_cast<uint32_t>(tables.terms.size());
    for (uint32_t link = nodes_[node].terms; link != kNone; link = terms_[link].next) {
      tables.terms.push_back(terms_[link].term);
      if (terms_[link].term.kind <= pack::TermKind::kWord) ++out.goods;
    }
    out.terms.count = static_cast<uint32_t>(tables.terms.size()) - out.terms.first;
    const std::span<const Branch> of_node = branches.Of(node);
    if (node == 0) {
      for (const Branch& branch : of_node) tables.tokens[branch.token].root = number[branch.to];
    } else if (!of_node.empty()) {
      out.edges = {static_cast<uint32_t>(tables.edges.size()), static_cast<uint32_t>(of_node.size())};
      for (const Branch& branch : of_node) {
        out.children |= pack::EdgeBit(branch.token);
        tables.edges.push_back({branch.token, number[branch.to]});
      }
    }
    tables.nodes.push_back(out);
  }
}

}  // namespace sekisho::compile
