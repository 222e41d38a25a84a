// What no test notices may be noticed by a line that nobody has written yet. Probes are such lines: where a concept's
// words are known to count in a test, another of its words is put in their place. A probe that comes out differently
// without the word tells what test is missing; when none does although the word by itself is found, or the concept
// counts in them, the mutant is equivalent: other words find the lines in its stead.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/workshop/mutate.h"
#include "engine/workshop/surgeon.h"

namespace sekisho::workshop {

// Sets `telling` and `equivalent` of mutants that survived.
class Prober {
 public:
  Prober(const compile::SourceMap& map, std::span<const compile::TestCase> tests);
  ~Prober();

  // Where the concepts of these mutants' words count.
  void Prepare(const std::shared_ptr<const pack::Pack>& pack, std::span<const Mutant> mutants,
               std::vector<std::unique_ptr<Surgeon>>& surgeons, size_t threads);
  // `reach`: the tests that the mutant can reach.
  void Probe(Mutant& mutant, std::span<const uint32_t> reach, Surgeon& surgeon) const;

 private:
  struct Frame;
  void Find(uint32_t concept_id, Surgeon& surgeon);
  void ProbeWords(Mutant& mutant, uint32_t concept_id, std::span<const std::string> words, bool off,
                  Surgeon& surgeon) const;
  void ProbeRule(Mutant& mutant, std::span<const uint32_t> reach, Surgeon& surgeon) const;
  std::vector<compile::TestCase> Alone(uint32_t concept_id, const std::string& word) const;
  std::vector<compile::TestCase> Lines(uint32_t concept_id, const std::string& word, bool off) const;

  const compile::SourceMap& map_;
  std::span<const compile::TestCase> tests_;
  std::vector<std::vector<Frame>> candidates_, frames_;  // by concept
};

}  // namespace sekisho::workshop
