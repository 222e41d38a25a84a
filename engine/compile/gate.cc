#include "engine/compile/gate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/pack/hash.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

using pack::kNone;
using KeySet = absl::flat_hash_set<uint32_t>;

// Bits for each key of a set, at least: the more, the more rarely it says yes to a key that it has not. Every word asks
// the sets of single keys, few ask for pairs.
constexpr size_t kBitsAKey = 32, kBitsAPair = 16;
constexpr size_t kMinHalf = 3;          // letters of either half of a joined word: Reader::AddSplit
constexpr size_t kMaxStarts = 1 << 20;  // beginnings of designators worth listing

std::vector<uint64_t> Bitmap(const KeySet& keys, size_t bits) {
  std::vector<uint64_t> out(std::bit_ceil(std::max<size_t>(keys.size() * bits / 64, 1)));
  for (const uint32_t key : keys) out[pack::KeyWord(key, out.size())] |= pack::KeyBits(key);
  return out;
}

enum class Kind : uint8_t { kWord, kCharacter, kSymbol };  // a token of a phrase, as the gate sees it

class Builder {
 public:
  Builder(const Lexicon& lexicon, Tables& tables) : lexicon_(lexicon), tables_(tables) {}

  void Run() {
    ReadTokens();
    CountTokens();
    bool open = false;
    lexicon_.trie().ForEachPhrase(pack::TermKind::kConcept,
                           [&](std::span<const uint32_t> p) { open = !AddPhrase(p) || open; });
    lexicon_.trie().ForEachBeginning([&](uint32_t left, uint32_t right) { AddJoined(left, right); });
    if (open || !AddStarts()) return;
    tables_.gate_alone = Bitmap(alone_, kBitsAKey);
    tables_.gate_members = Bitmap(members_, kBitsAKey);
    tables_.gate_pairs = Bitmap(pairs_, kBitsAPair);
    tables_.gate_starts = Bitmap(starts_, kBitsAKey);
    tables_.gate_noise = Bitmap(noise_, kBitsAKey);
  }

 private:
  struct Word {
    Kind kind = Kind::kWord;
    bool latin = false;
    uint32_t code = 0;              // of a character
    std::vector<uint32_t> written;  // keys of all that a line may write for it
    size_t phrases = 0;             // how many have it
  };

  std::string_view Text(uint32_t token) const { return lexicon_.Text(token); }

  uint32_t KeyOf(const Word& w, std::string_view text) const {
    return w.kind == Kind::kCharacter ? pack::CharacterKey(w.code) : pack::StemKey(text);
  }

  // What each token is, and by what it may be written: itself, an abbreviation of it, a word that it is a half of.
  void ReadTokens() {
    words_.resize(tables_.tokens.size());
    for (uint32_t id = 0; id < words_.size(); ++id) {
      Word& w = words_[id];
      std::vector<text::RawToken> raw;
      text::Tokenize(Text(id), raw);
      const text::Script script = raw.empty() ? text::Script::kSymbol : raw[0].script;
      size_t at = 0;
      w.code = text::Decode(Text(id), at);
      w.latin = script == text::Script::kLatin;
      w.kind = script == text::Script::kSymbol             ? Kind::kSymbol
               : w.latin || script == text::Script::kDigit ? Kind::kWord
                                                           : Kind::kCharacter;
      w.written = {KeyOf(w, WithoutPoint(Text(id)))};
      if (tables_.tokens[id].flags & pack::kTokenEndsNoise) noise_.insert(w.written[0]);
    }
    for (uint32_t id = 0; id < words_.size(); ++id) {
      const pack::Token& token = tables_.tokens[id];
      for (const pack::Range part : {token.expansion, token.split}) {
        for (uint32_t i = 0; i < part.count; ++i) {
          words_[tables_.ids[part.first + i]].written.push_back(words_[id].written[0]);
        }
      }
    }
  }

  static std::string_view WithoutPoint(std::string_view text) { return text.starts_with('.') ? text.substr(1) : text; }

  void CountTokens() {
    lexicon_.trie().ForEachPhrase(pack::TermKind::kConcept, [&](std::span<const uint32_t> phrase) {
      for (size_t i = 0; i < phrase.size(); ++i) {
        ++words_[phrase[i]].phrases;
        if (const auto key = Neighbours(phrase, i)) ++neighbours_[*key];
      }
    });
  }

  // The key of the character at `i` and the one behind it.
  std::optional<uint32_t> Neighbours(std::span<const uint32_t> phrase, size_t i) const {
    if (i + 1 >= phrase.size()) return std::nullopt;
    const Word &a = words_[phrase[i]], &b = words_[phrase[i + 1]];
    if (a.kind != Kind::kCharacter || b.kind != Kind::kCharacter || a.written.size() > 1 || b.written.size() > 1)
      return std::nullopt;
    return pack::NeighboursKey(a.code, b.code);
  }

  // Two characters side by side if it has such, else its two rarest words, else its only one. False when it has none.
  bool AddPhrase(std::span<const uint32_t> phrase) {
    std::optional<uint32_t> rarest;
    for (size_t i = 0; i < phrase.size(); ++i) {
      const auto key = Neighbours(phrase, i);
      if (key && (!rarest || neighbours_[*key] < neighbours_[*rarest])) rarest = key;
    }
    if (rarest) return alone_.insert(*rarest), true;
    std::vector<uint32_t> usable;
    for (const uint32_t token : phrase) {
      if (words_[token].kind != Kind::kSymbol) usable.push_back(token);
    }
    if (usable.empty()) return false;
    std::stable_sort(usable.begin(), usable.end(),
                     [&](uint32_t a, uint32_t b) { return words_[a].phrases < words_[b].phrases; });
    const Word& first = words_[usable[0]];
    const auto other = std::find_if(usable.begin(), usable.end(),
                                    [&](uint32_t t) { return words_[t].written[0] != first.written[0]; });
    if (other == usable.end()) {
      alone_.insert(first.written.begin(), first.written.end());
    } else {
      AddPair(first, words_[*other]);
    }
    return true;
  }

  void AddPair(const Word& a, const Word& b) {
    members_.insert(a.written.begin(), a.written.end());
    members_.insert(b.written.begin(), b.written.end());
    for (const uint32_t x : a.written) {
      for (const uint32_t y : b.written) {
        if (x == y) {
          alone_.insert(x);  // one word that stands for both
        } else {
          pairs_.insert(pack::PairKey(x, y));
        }
      }
    }
  }

  // Whether the reader knows the word, so that it never takes it apart (Reader::LookUp).
  bool Known(const std::string& word) const {
    uint32_t id = lexicon_.Find(word);
    uint32_t flags = id == kNone ? 0 : tables_.tokens[id].flags;
    if (id != kNone) {
      id = tables_.tokens[id].singular;
    } else if (word.back() == 's') {
      id = lexicon_.Find(text::Singular(word));
    }
    if (id != kNone) flags |= tables_.tokens[id].flags;
    return (flags & pack::kTokenKnown) != 0;
  }

  // nightvision: an unknown word that the reader takes apart.
  void AddJoined(uint32_t left, uint32_t right) {
    if (!words_[left].latin || !words_[right].latin) return;
    const std::string_view a = Text(left), b = Text(right);
    if (a.size() < kMinHalf || b.size() + 1 < kMinHalf) return;
    const std::string stump(b.substr(0, b.size() - 1));
    for (const std::string& half : {std::string(b), std::string(b) + "s", std::string(b) + "es", stump + "ies"}) {
      const std::string joined = std::string(a) + half;
      if ((half == b || text::Singular(half) == b) && !Known(joined)) alone_.insert(pack::StemKey(joined));
    }
  }

  // ---- designators ----------------------------------------------------------------------------------------------

  uint32_t Step(uint32_t state, unsigned char byte) const {
    const pack::Range range = tables_.states[state].moves;
    for (uint32_t i = range.first; i < range.first + range.count; ++i) {
      if (tables_.moves[i].low <= byte && byte <= tables_.moves[i].high) return tables_.moves[i].to;
    }
    return 0;
  }

  enum class Class : uint8_t { kLetter, kDigit, kGap, kOther };
  static Class ClassOf(unsigned char c) {
    if (text::IsAsciiDigit(c)) return Class::kDigit;
    if (c >= 0x80 || text::IsAsciiLetter(c)) return Class::kLetter;
    return std::string_view(" -/.,|").find(static_cast<char>(c)) == std::string_view::npos ? Class::kOther
                                                                                           : Class::kGap;
  }

  // The bytes that may come next, over any gap.
  void NextBytes(uint32_t state, std::array<bool, 256>& next) const {
    for (unsigned c = 1; c < 256; ++c) {
      const uint32_t to = Step(state, static_cast<unsigned char>(c));
      if (to == 0) continue;
      if (ClassOf(static_cast<unsigned char>(c)) == Class::kGap) {
        NextBytes(to, next);
      } else {
        next[c] = true;
      }
    }
  }

  void AddStart(const std::string& token, bool longest, uint32_t state) {
    starts_.insert(pack::StartKey(token, pack::kStartAny));
    if (longest) return;
    if (tables_.states[state].accepts.count != 0) starts_.insert(pack::StartKey(token, pack::kStartEnd));
    std::array<bool, 256> next{};
    NextBytes(state, next);
    for (unsigned c = 1; c < 256; ++c) {
      if (next[c]) starts_.insert(pack::StartKey(token, static_cast<unsigned char>(c)));
    }
    for (const auto& [written, meant] : abbreviated_) {  // what the reader writes out
      if (next[meant]) starts_.insert(pack::StartKey(token, written));
    }
  }

  // All beginnings from this state on; false when they are too many.
  bool WalkStarts(std::string& token, Class kind, uint32_t state) {
    if (starts_.size() > kMaxStarts) return false;
    const bool longest = token.size() == pack::kStartBytes;
    AddStart(token, longest, state);
    if (longest) return true;
    for (unsigned c = 1; c < 256; ++c) {
      if (ClassOf(static_cast<unsigned char>(c)) != kind) continue;
      const uint32_t to = Step(state, static_cast<unsigned char>(c));
      if (to == 0) continue;
      token.push_back(static_cast<char>(c));
      if (!WalkStarts(token, kind, to)) return false;
      token.pop_back();
    }
    return true;
  }

  bool AddStarts() {
    if (tables_.states.empty()) return true;
    for (const pack::Token& token : tables_.tokens) {
      if (token.expansion.count == 0) continue;
      const uint32_t id = static_cast<uint32_t>(&token - tables_.tokens.data());
      const uint32_t first = tables_.ids[token.expansion.first];
      abbreviated_.emplace_back(static_cast<unsigned char>(Text(id)[0]), static_cast<unsigned char>(Text(first)[0]));
      for (uint32_t i = 0; i < token.expansion.count; ++i) {  // written out, it may begin a designator
        if (tables_.tokens[tables_.ids[token.expansion.first + i]].state != 0) alone_.insert(words_[id].written[0]);
      }
    }
    std::sort(abbreviated_.begin(), abbreviated_.end());
    abbreviated_.erase(std::unique(abbreviated_.begin(), abbreviated_.end()), abbreviated_.end());
    for (unsigned c = 1; c < 256; ++c) {
      const uint32_t state = tables_.starts[c];
      if (state == 0) continue;
      const Class kind = ClassOf(static_cast<unsigned char>(c));
      if (kind != Class::kLetter && kind != Class::kDigit) return false;
      std::string token(1, static_cast<char>(c));
      if (!WalkStarts(token, kind, state)) return false;
    }
    return true;
  }

  const Lexicon& lexicon_;
  Tables& tables_;
  std::vector<Word> words_;
  absl::flat_hash_map<uint32_t, size_t> neighbours_;
  std::vector<std::pair<unsigned char, unsigned char>> abbreviated_;  // first byte as written, and written out
  KeySet alone_, members_, pairs_, starts_, noise_;
};

}  // namespace

void BuildGate(const Lexicon& lexicon, Tables& tables) { Builder(lexicon, tables).Run(); }

}  // namespace sekisho::compile
