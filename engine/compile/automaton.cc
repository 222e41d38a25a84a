#include "engine/compile/automaton.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {

// Thompson's construction, by recursive descent over the text of one pattern.
class PatternReader {
 public:
  PatternReader(Automaton& automaton, std::string_view text) : a_(automaton), text_(text) {}

  // Reads alternatives from `from` on up to the end or a closing bracket; the node where all of them end.
  uint32_t Alternatives(uint32_t from) {
    const uint32_t end = a_.NewNode();
    while (true) {
      a_.nodes_[Sequence(from)].free.push_back(end);
      if (at_ >= text_.size() || text_[at_] != '|') return end;
      ++at_;
    }
  }

 private:
  uint32_t Sequence(uint32_t from) {
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') from = Counted(from);
    return from;
  }

  // One piece as often as its count allows: it is read again from its text for each time.
  uint32_t Counted(uint32_t from) {
    const size_t begin = at_;
    uint32_t to = Piece(from);
    const size_t counts = at_;
    size_t min = 1, max = 1;
    const bool endless = Count(min, max);
    const size_t after = at_;
    const auto again = [&](uint32_t node) {
      at_ = begin;
      node = Piece(node);
      at_ = after;
      return node;
    };
    if (after == counts) return to;
    std::vector<uint32_t> exits;
    if (min == 0) exits.push_back(from);
    for (size_t k = 1; k < max; ++k) {
      if (k >= min) exits.push_back(to);
      to = again(to);
    }
    const uint32_t end = a_.NewNode();
    a_.nodes_[to].free.push_back(end);
    if (endless) a_.nodes_[again(end)].free.push_back(end);
    for (const uint32_t exit : exits) a_.nodes_[exit].free.push_back(end);
    return end;
  }

  // `?`, `+`, `{2}`, `{1,3}`; true when there is no bound above.
  bool Count(size_t& min, size_t& max) {
    if (at_ >= text_.size()) return false;
    if (text_[at_] == '?') return ++at_, min = 0, false;
    if (text_[at_] == '+') return ++at_, true;
    if (text_[at_] != '{') return false;
    const size_t end = text_.find('}', at_);
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    const size_t comma = inside.find(',');
    int low = 0, high = 0;
    ParseInt(inside.substr(0, comma), low);
    high = low;
    if (comma != inside.npos) ParseInt(inside.substr(comma + 1), high);
    min = static_cast<size_t>(low), max = static_cast<size_t>(high);
    at_ = end + 1;
    return false;
  }

  uint32_t Piece(uint32_t from) {
    if (text_[at_] == '(') {
      at_ += 3;  // (?:
      const uint32_t inner = a_.NewNode();
      a_.nodes_[from].free.push_back(inner);
      const uint32_t end = Alternatives(inner);
      ++at_;
      return end;
    }
    const uint32_t to = a_.NewNode();
    if (text_[at_] != '[') {
      const auto byte = static_cast<uint8_t>(text_[at_++]);
      a_.nodes_[from].arcs.push_back({byte, byte, to});
      return to;
    }
    for (++at_; text_[at_] != ']'; ++at_) {
      const auto low = static_cast<uint8_t>(text_[at_]);
      const bool range = low != '-' && text_[at_ + 1] == '-' && text_[at_ + 2] != ']';
      if (range) at_ += 2;
      a_.nodes_[from].arcs.push_back({low, static_cast<uint8_t>(text_[at_]), to});
    }
    ++at_;
    return to;
  }

  Automaton& a_;
  std::string_view text_;
  size_t at_ = 0;
};

namespace {

constexpr size_t kMaxStates = 500'000;

struct Move {
  uint8_t low, high;
  uint32_t to;
  bool operator==(const Move&) const = default;
};
struct State {
  std::vector<Move> moves;        // by byte, no two overlap
  std::vector<uint32_t> accepts;  // patterns that end here, ascending
};

// Joins neighbouring moves to the same state.
void Append(std::vector<Move>& moves, uint8_t low, uint8_t high, uint32_t to) {
  if (!moves.empty() && moves.back().to == to && moves.back().high + 1 == low) {
    moves.back().high = high;
  } else {
    moves.push_back({low, high, to});
  }
}

// Moore: states are one as long as nothing tells them apart; the classes are split until none changes.
std::vector<uint32_t> Classes(const std::vector<State>& states, uint32_t& count) {
  std::vector<uint32_t> of(states.size(), 0), next(states.size());
  for (count = 1;;) {
    absl::flat_hash_map<std::string, uint32_t> seen;
    for (size_t s = 0; s < states.size(); ++s) {
      std::string signature;
      const auto put = [&](uint32_t v) { signature.append(reinterpret_cast<const char*>(&v), sizeof(v)); };
      put(of[s]);
      for (const uint32_t pattern : states[s].accepts) put(pattern);
      put(pack::kNone);
      std::vector<Move> moves;
      for (const Move& m : states[s].moves) Append(moves, m.low, m.high, of[m.to]);
      for (const Move& m : moves) put(static_cast<uint32_t>(m.low << 8 | m.high)), put(m.to);
      next[s] = seen.try_emplace(std::move(signature), static_cast<uint32_t>(seen.size())).first->second;
    }
    of.swap(next);
    if (seen.size() == count) return of;
    count = static_cast<uint32_t>(seen.size());
  }
}

}  // namespace

void Automaton::Add(std::string_view re2, uint32_t pattern) {
  const uint32_t start = NewNode();
  starts_.push_back(start);
  const uint32_t end = PatternReader(*this, re2).Alternatives(start);
  nodes_[end].pattern = pattern;
}

// Subset construction: a state is the sorted set of nodes that read bytes or accept.
class Automaton::Subsets {
 public:
  explicit Subsets(const Automaton& automaton) : nodes_(automaton.nodes_), mark_(nodes_.size(), 0) {
    StateOf({});                          // 0: dead
    start_ = StateOf(automaton.starts_);  // dead too, where there are no patterns
  }
  // Every state that can be reached. False when there are too many.
  bool Build() {
    for (uint32_t s = 1; s < states_.size(); ++s) {
      if (states_.size() > kMaxStates) return false;
      State state = Read(s);
      states_[s] = std::move(state);
    }
    return true;
  }
  const std::vector<State>& states() const { return states_; }
  uint32_t start() const { return start_; }

 private:
  // The state of the nodes that are reached from these without reading.
  uint32_t StateOf(std::vector<uint32_t> open) {
    std::vector<uint32_t> set;
    ++epoch_;
    while (!open.empty()) {
      const uint32_t n = open.back();
      open.pop_back();
      if (mark_[n] == epoch_) continue;
      mark_[n] = epoch_;
      if (!nodes_[n].arcs.empty() || nodes_[n].pattern != pack::kNone) set.push_back(n);
      open.insert(open.end(), nodes_[n].free.begin(), nodes_[n].free.end());
    }
    std::sort(set.begin(), set.end());
    const auto [it, fresh] = number_.try_emplace(set, static_cast<uint32_t>(states_.size()));
    if (fresh) {
      states_.emplace_back();
      sets_.push_back(std::move(set));
    }
    return it->second;
  }
  // What a state accepts, and where each byte leads.
  State Read(uint32_t s) {
    State state;
    std::array<std::vector<uint32_t>, 256> by_byte;
    for (const uint32_t n : sets_[s]) {
      if (nodes_[n].pattern != pack::kNone) state.accepts.push_back(nodes_[n].pattern);
      for (const Arc& arc : nodes_[n].arcs) {
        for (int b = arc.low; b <= arc.high; ++b) by_byte[static_cast<size_t>(b)].push_back(arc.to);
      }
    }
    std::sort(state.accepts.begin(), state.accepts.end());
    uint32_t to = 0;
    for (size_t b = 0; b < 256; ++b) {
      if (by_byte[b].empty()) continue;
      if (b == 0 || by_byte[b - 1] != by_byte[b]) to = StateOf(by_byte[b]);
      Append(state.moves, static_cast<uint8_t>(b), static_cast<uint8_t>(b), to);
    }
    return state;
  }

  const std::vector<Node>& nodes_;
  std::vector<uint32_t> mark_;  // of nodes: when they were seen last
  uint32_t epoch_ = 0, start_ = 0;
  std::vector<State> states_;
  std::vector<std::vector<uint32_t>> sets_;  // of each state
  absl::flat_hash_map<std::vector<uint32_t>, uint32_t> number_;
};

void Automaton::Flush(DesignatorTables& tables, Fault& fault) const {
  Subsets subsets(*this);
  if (!subsets.Build()) {
    fault = {"E0307", "the designators together grow beyond all measure", "split or narrow the widest of them"};
    return;
  }
  const std::vector<State>& states = subsets.states();
  uint32_t count = 0;
  const std::vector<uint32_t> of = Classes(states, count);
  std::vector<uint32_t> first(count, pack::kNone), place(count);  // of a class: its first state, its place in the pack
  uint32_t used = 0;
  for (uint32_t s = 0; s < states.size(); ++s) {
    if (first[of[s]] != pack::kNone) continue;
    first[of[s]] = s;
    place[of[s]] = used++;
  }
  tables.states.resize(count);
  for (uint32_t c = 0; c < count; ++c) {
    pack::State& out = tables.states[place[c]];
    const State& state = states[first[c]];
    out.accepts = {static_cast<uint32_t>(tables.accepts.size()), static_cast<uint32_t>(state.accepts.size())};
    tables.accepts.insert(tables.accepts.end(), state.accepts.begin(), state.accepts.end());
    std::vector<Move> moves;
    for (const Move& m : state.moves) Append(moves, m.low, m.high, place[of[m.to]]);
    out.moves = {static_cast<uint32_t>(tables.moves.size()), static_cast<uint32_t>(moves.size())};
    for (const Move& m : moves) tables.moves.push_back({m.low, m.high, 0, m.to});
  }
  tables.starts.assign(256, 0);
  for (const Move& m : states[subsets.start()].moves) {
    for (int b = m.low; b <= m.high; ++b) tables.starts[static_cast<size_t>(b)] = place[of[m.to]];
  }
}

uint32_t Automaton::Step(const Tables& tables, uint32_t state, unsigned char byte) {
  const pack::Range range = tables.states[state].moves;
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    if (tables.moves[i].low <= byte && byte <= tables.moves[i].high) return tables.moves[i].to;
  }
  return 0;
}

void Automaton::WalkWords(Tables& tables) {
  if (tables.states.empty()) return;  // the designators grew beyond all measure
  for (pack::Token& token : tables.tokens) {
    const std::string_view word = std::string_view(tables.strings.bytes()).substr(token.text.offset, token.text.size);
    token.state = tables.starts[static_cast<unsigned char>(word[0])];
    for (size_t i = 1; i < word.size() && token.state != 0; ++i) {
      token.state = Step(tables, token.state, static_cast<unsigned char>(word[i]));
    }
  }
}

}  // namespace sekisho::compile
