#include "engine/compile/gate.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/gate_keys.h"
#include "engine/pack/hash.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

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
    AddWrittenOut();
    if (!open && AddStarts(lexicon_, tables_, keys_)) keys_.Flush(tables_);
  }

 private:
  struct Word {
    Kind kind = Kind::kWord;
    bool latin = false;
    uint32_t code = 0;              // of a character
    std::vector<uint64_t> written;  // keys of all that a line may write for it
    size_t phrases = 0;             // how many have it
  };

  std::string_view Text(uint32_t token) const { return lexicon_.Text(token); }

  uint64_t KeyOf(const Word& w, std::string_view text) const {
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
      if (tables_.tokens[id].flags & pack::kTokenEndsNoise) keys_.AddAside(w.written[0], pack::kKeyNoise);
    }
    for (uint32_t id = 0; id < words_.size(); ++id) {
      const pack::Token& token = tables_.tokens[id];
      for (const pack::Range part : {token.expansion, token.split}) {
        for (const uint32_t full : Ids(part)) words_[full].written.push_back(words_[id].written[0]);
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
  std::optional<uint64_t> Neighbours(std::span<const uint32_t> phrase, size_t i) const {
    if (i + 1 >= phrase.size()) return std::nullopt;
    const Word &a = words_[phrase[i]], &b = words_[phrase[i + 1]];
    if (a.kind != Kind::kCharacter || b.kind != Kind::kCharacter || a.written.size() > 1 || b.written.size() > 1)
      return std::nullopt;
    return pack::NeighboursKey(a.code, b.code);
  }

  // Two characters side by side if it has such, else its two rarest words, else its only one. False when it has none.
  bool AddPhrase(std::span<const uint32_t> phrase) {
    std::optional<uint64_t> rarest;
    for (size_t i = 0; i < phrase.size(); ++i) {
      const auto key = Neighbours(phrase, i);
      if (key && (!rarest || neighbours_[*key] < neighbours_[*rarest])) rarest = key;
    }
    if (rarest) return keys_.Add(*rarest, pack::kKeyAlone), true;
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
      for (const uint64_t key : first.written) keys_.Add(key, pack::kKeyAlone);
    } else {
      AddPair(first, words_[*other]);
    }
    return true;
  }

  void AddPair(const Word& a, const Word& b) {
    for (const uint64_t x : a.written) {
      for (const uint64_t y : b.written) keys_.AddPair(x, y);
    }
  }

  // Whether the reader knows the word, so that it never takes it apart (Cutter::LookUp).
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
    if (a.size() < text::kMinHalf || b.size() + 1 < text::kMinHalf) return;
    const std::string stump(b.substr(0, b.size() - 1));
    for (const std::string& half : {std::string(b), std::string(b) + "s", std::string(b) + "es", stump + "ies"}) {
      const std::string joined = std::string(a) + half;
      if ((half == b || text::Singular(half) == b) && !Known(joined)) keys_.Add(pack::StemKey(joined), pack::kKeyAlone);
    }
  }

  // An abbreviation that begins a designator once it is written out.
  void AddWrittenOut() {
    if (tables_.states.empty()) return;
    for (uint32_t id = 0; id < words_.size(); ++id) {
      for (const uint32_t full : Ids(tables_.tokens[id].expansion)) {
        if (tables_.tokens[full].state != 0) keys_.Add(words_[id].written[0], pack::kKeyAlone);
      }
    }
  }

  std::span<const uint32_t> Ids(pack::Range range) const {
    return std::span<const uint32_t>(tables_.ids).subspan(range.first, range.count);
  }

  const Lexicon& lexicon_;
  Tables& tables_;
  std::vector<Word> words_;
  absl::flat_hash_map<uint64_t, size_t> neighbours_;
  GateKeys keys_;
};

}  // namespace

void BuildGate(const Lexicon& lexicon, Tables& tables) { Builder(lexicon, tables).Run(); }

}  // namespace sekisho::compile
