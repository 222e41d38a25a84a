// How designators may begin: every token that is the first of one, with what may stand behind it.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "engine/compile/automaton.h"
#include "engine/compile/gate_keys.h"
#include "engine/pack/hash.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxStarts = 1 << 20;  // worth listing

enum class Class : uint8_t { kLetter, kDigit, kGap, kOther };

Class ClassOf(unsigned char c) {
  if (text::IsAsciiDigit(c)) return Class::kDigit;
  if (c >= 0x80 || text::IsAsciiLetter(c)) return Class::kLetter;
  return std::string_view(" -/.,|").find(static_cast<char>(c)) == std::string_view::npos ? Class::kOther : Class::kGap;
}

class Starts {
 public:
  Starts(const Lexicon& lexicon, const Tables& tables, GateKeys& keys)
      : tables_(tables), keys_(keys), most_(keys.size() + kMaxStarts) {
    for (uint32_t id = 0; id < tables.tokens.size(); ++id) {
      const pack::Range expansion = tables.tokens[id].expansion;
      if (expansion.count != 0)
        written_out_.emplace_back(lexicon.Text(id)[0], lexicon.Text(tables.ids[expansion.first])[0]);
    }
    std::sort(written_out_.begin(), written_out_.end());
    written_out_.erase(std::unique(written_out_.begin(), written_out_.end()), written_out_.end());
  }

  bool Run() {
    for (unsigned c = 1; c < 256; ++c) {
      const auto byte = static_cast<unsigned char>(c);
      if (tables_.starts[byte] == 0) continue;
      const Class kind = ClassOf(byte);
      if (kind != Class::kLetter && kind != Class::kDigit) return false;
      std::string token(1, static_cast<char>(byte));
      if (!Walk(token, kind, tables_.starts[byte])) return false;
    }
    return true;
  }

 private:
  // The bytes that may come next, over any gap.
  void NextBytes(uint32_t state, std::array<bool, 256>& next) const {
    for (unsigned c = 1; c < 256; ++c) {
      const auto byte = static_cast<unsigned char>(c);
      const uint32_t to = Automaton::Step(tables_, state, byte);
      if (to == 0) continue;
      if (ClassOf(byte) == Class::kGap) {
        NextBytes(to, next);
      } else {
        next[byte] = true;
      }
    }
  }

  void AddNext(const std::string& token, unsigned char next) {
    keys_.AddAside(pack::StartKey(token, next), pack::kKeyStart);
  }

  void Add(const std::string& token, uint32_t state) {
    keys_.Add(pack::StartKey(token, pack::kStartAny), pack::kKeyStart);
    if (token.size() == pack::kStartBytes) return;
    if (tables_.states[state].accepts.count != 0) AddNext(token, pack::kStartEnd);
    std::array<bool, 256> next{};
    NextBytes(state, next);
    for (unsigned c = 1; c < 256; ++c) {
      if (next[c]) AddNext(token, static_cast<unsigned char>(c));
    }
    for (const auto& [written, meant] : written_out_) {
      if (next[static_cast<unsigned char>(meant)]) AddNext(token, static_cast<unsigned char>(written));
    }
  }

  // All beginnings from this state on; false when they are too many.
  bool Walk(std::string& token, Class kind, uint32_t state) {
    if (keys_.size() > most_) return false;
    Add(token, state);
    if (token.size() == pack::kStartBytes) return true;
    for (unsigned c = 1; c < 256; ++c) {
      const auto byte = static_cast<unsigned char>(c);
      const uint32_t to = ClassOf(byte) == kind ? Automaton::Step(tables_, state, byte) : 0;
      if (to == 0) continue;
      token.push_back(static_cast<char>(byte));
      if (!Walk(token, kind, to)) return false;
      token.pop_back();
    }
    return true;
  }

  const Tables& tables_;
  GateKeys& keys_;
  const size_t most_;
  std::vector<std::pair<char, char>> written_out_;  // the first bytes of an abbreviation and of what it stands for
};

}  // namespace

bool AddStarts(const Lexicon& lexicon, const Tables& tables, GateKeys& keys) {
  return tables.states.empty() || Starts(lexicon, tables, keys).Run();
}

}  // namespace sekisho::compile
