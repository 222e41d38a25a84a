// When two concepts are one kind of thing: a name beside the plain word for its kind (T56 engine, AH-64 helicopter).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/pack/pack.h"

namespace sekisho::facts {

class Kinship {
 public:
  explicit Kinship(const pack::Pack& pack)
      : pack_(pack), platform_(pack.FindConcept("platform")), weapon_(pack.FindConcept("weapon")) {}

  // One is an ancestor of the other, or the parent of one stands above the other too (the plain word for a kind hangs
  // beside its members), unless that parent is a mere heading. Parts are never kin by their parent.
  bool Kin(uint32_t a, uint32_t b) const;
  // A mere heading that holds unlike things.
  bool IsHeading(uint32_t concept_id) const { return concept_id == platform_ || concept_id == weapon_; }

 private:
  bool Above(uint32_t low, uint32_t high) const;
  bool SharesParent(uint32_t low, uint32_t other) const;

  const pack::Pack& pack_;
  uint32_t platform_, weapon_;
};

// Some concepts, and whether another is kin to one of them: what Kinship says of each, in one step for all.
class Kindred {
 public:
  explicit Kindred(const pack::Pack& pack) : pack_(pack), kinship_(pack), marks_(pack.concepts().size()) {}
  void Add(uint32_t concept_id);
  bool Has(uint32_t concept_id) const;  // a kin
  bool empty() const { return touched_.empty(); }
  void clear();

 private:
  void Set(uint32_t concept_id, uint8_t mark);

  const pack::Pack& pack_;
  Kinship kinship_;
  std::vector<uint8_t> marks_;     // of each concept
  std::vector<uint32_t> touched_;  // those with marks
};

}  // namespace sekisho::facts
