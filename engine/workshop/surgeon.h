// One thread's patient on the table: a scanner over a pack that can be spoilt, and words that can be kept from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "engine/scanner.h"
#include "engine/workshop/mutants.h"

namespace sekisho::workshop {

class Surgeon {
 public:
  Surgeon(const std::string& bytes, const std::vector<std::vector<uint64_t>>& own_keys);
  Surgeon(const Surgeon&) = delete;
  Surgeon& operator=(const Surgeon&) = delete;

  void Spoil(const Mutant& mutant);
  void Mute(uint32_t concept_id);  // takes all words and designations of the concept away
  void Heal();                     // after either
  Scanner& scanner() { return *scanner_; }
  const pack::Pack& pack() const { return *patient_.pack(); }

 private:
  void TakeAway(const text::Reading& reading, std::vector<match::Hit>& hits);

  Patient patient_;
  const std::vector<std::vector<uint64_t>>& own_keys_;
  Taps taps_;
  std::optional<Scanner> scanner_;
  absl::flat_hash_set<uint64_t> gone_;
  uint32_t muted_ = pack::kNone;
  std::vector<uint64_t> keys_;
};

}  // namespace sekisho::workshop
