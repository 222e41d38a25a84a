// All designator patterns of a taxonomy as one deterministic automaton over bytes: the matcher walks it once from a
// token's start and learns every pattern that ends on the way (subset construction, then Moore's partition refinement;
// Hopcroft, Motwani and Ullman, Introduction to Automata Theory, 2.3.5 and 4.4).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/compile/phrases.h"
#include "engine/compile/tables.h"

namespace sekisho::compile {

class Automaton {
 public:
  // `re2`: what DesignatorRe2 writes: bytes, classes, (?:|), ?, + and counts.
  void Add(std::string_view re2, uint32_t pattern);
  // Lays the automaton out. E0307 when it would grow beyond all measure.
  void Flush(DesignatorTables& tables, Fault& fault) const;
  // The state behind a byte; 0: none.
  static uint32_t Step(const Tables& tables, uint32_t state, unsigned char byte);
  // The state behind each of the pack's words, once both are laid out.
  static void WalkWords(Tables& tables);

 private:
  friend class PatternReader;
  class Subsets;
  struct Arc {
    uint8_t low, high;
    uint32_t to;
  };
  struct Node {  // of the nondeterministic automaton
    std::vector<Arc> arcs;
    std::vector<uint32_t> free;  // moves that read nothing
    uint32_t pattern = pack::kNone;
  };
  uint32_t NewNode() {
    nodes_.emplace_back();
    return static_cast<uint32_t>(nodes_.size() - 1);
  }

  std::vector<Node> nodes_;
  std::vector<uint32_t> starts_;  // one for each pattern
};

}  // namespace sekisho::compile
