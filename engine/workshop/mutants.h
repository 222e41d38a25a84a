// The mutants themselves: which there are, and how one is put into a private copy of the pack and taken out again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
#include "engine/workshop/mutate.h"

namespace sekisho::workshop {

// Every mutant of the kinds asked for that could change anything, in the pack's order.
std::vector<Mutant> AllMutants(const pack::Pack& pack, const compile::SourceMap& map,
                               const std::vector<MutantKind>& kinds);
std::string Describe(const pack::Pack& pack, const compile::SourceMap& map, const Mutant& mutant);

// By phrase: the keys under which it alone is found.
std::vector<std::vector<uint64_t>> OwnKeys(const compile::SourceMap& map);

// A copy of a pack that can be spoilt.
class Patient {
 public:
  explicit Patient(const std::string& bytes);
  const std::shared_ptr<const pack::Pack>& pack() const { return pack_; }
  void Spoil(const Mutant& mutant);  // every kind but kSynonym, whose phrase is taken out of the hits
  void Heal();                       // undoes the last one

 private:
  template <typename Record>
  Record* Table(pack::Section section);
  template <typename Record>
  void Set(Record& at, const Record& value);
  void SpoilRule(const Mutant& mutant);
  void SpoilComparison(const Mutant& mutant);
  void SpoilPattern(uint32_t pattern);

  std::string bytes_;
  std::shared_ptr<const pack::Pack> pack_;
  std::vector<std::function<void()>> undo_;
};

}  // namespace sekisho::workshop
