#include "engine/compile/lexicon.h"

#include <algorithm>
#include <bit>

#include "engine/pack/hash.h"
#include "engine/text/tokens.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

size_t SlotCount(size_t records) {
  return std::bit_ceil(std::max<size_t>(records * 2, 2));
}  // at most half full: most words of a text are not there, and a miss ends at the first empty slot

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

std::vector<uint32_t> Lexicon::InternAll(std::span<const std::string_view> words) {
  std::vector<uint32_t> out;
  out.reserve(words.size());
  for (const std::string_view word : words) out.push_back(Intern(word));
  return out;
}

uint32_t Lexicon::AddRow(std::span<const uint32_t> tokens, pack::Term term) {
  const uint32_t node = trie_.Add(tokens);
  if (!trie_.Mark(node, phrase_)) return kNone;
  for (const uint32_t token : tokens) tokens_[token].flags |= pack::kTokenKnown;
  const auto word = static_cast<pack::Word>(term.id);
  if (term.kind == pack::TermKind::kWord && (word == pack::Word::kNoise || word == pack::Word::kCounter))
    tokens_[tokens.back()].flags |= pack::kTokenEndsNoise;
  trie_.AddTerm(node, term);
  return node;
}

void Lexicon::Flush(Tables& tables) const {
  FlushTokens(tables);
  trie_.Flush(tables);
}

// The two words that a joined one is made of, where some phrase begins with them: a text may join what another phrase
// wrote apart.
std::vector<uint32_t> Lexicon::Split(const Word& word) const {
  if (!word.latin || !(word.flags & pack::kTokenKnown)) return {};
  for (size_t k = text::kMinHalf; k + text::kMinHalf <= word.text.size(); ++k) {
    const uint32_t left = Find(word.text.substr(0, k)), right = Find(word.text.substr(k));
    if (left == kNone || right == kNone) continue;
    const uint32_t first = trie_.Child(0, left);
    if (first != kNone && trie_.Child(first, right) != kNone) return {left, right};
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

}  // namespace sekisho::compile
