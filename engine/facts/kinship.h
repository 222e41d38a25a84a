// When two concepts are one kind of thing: a name beside the plain word for its kind (T56 engine, AH-64 helicopter).
#pragma once

#include <cstdint>

#include "engine/pack/pack.h"

namespace sekisho::facts {

class Kinship {
 public:
  explicit Kinship(const pack::Pack& pack)
      : pack_(pack), platform_(pack.FindConcept("platform")), weapon_(pack.FindConcept("weapon")) {}

  // One is an ancestor of the other, or the parent of one stands above the other too (the plain word for a kind hangs
  // beside its members), unless that parent is a mere heading. Parts are never kin by their parent.
  bool Kin(uint32_t a, uint32_t b) const;

 private:
  bool Above(uint32_t low, uint32_t high) const;
  bool SharesParent(uint32_t low, uint32_t other) const;

  const pack::Pack& pack_;
  uint32_t platform_, weapon_;  // headings that hold unlike things
};

}  // namespace sekisho::facts
