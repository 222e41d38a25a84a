// The gate's keys while they are gathered, and their way into the pack's tables (engine/pack/hash.h).
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/compile/lexicon.h"
#include "engine/compile/tables.h"

namespace sekisho::compile {

class GateKeys {
 public:
  // Every word, character or pair of neighbours of a line is asked for these, ...
  void Add(uint64_t key, uint32_t kind);
  // ... and for these only where another key said so.
  void AddAside(uint64_t key, uint32_t kind) { kinds_[key] |= kind; }
  void AddPair(uint64_t a, uint64_t b);
  size_t size() const { return kinds_.size(); }
  void Flush(Tables& tables) const;

 private:
  absl::flat_hash_map<uint64_t, uint32_t> kinds_;
  absl::flat_hash_set<uint64_t> asked_, pairs_;
};

// How the designators may begin; false when they are too many to list, or some begins with neither a letter nor a
// digit.
bool AddStarts(const Lexicon& lexicon, const Tables& tables, GateKeys& keys);  // gate_starts.cc

}  // namespace sekisho::compile
