#include "engine/facts/kinship.h"

#include <algorithm>

namespace sekisho::facts {

bool Kinship::Above(uint32_t low, uint32_t high) const {
  const auto up = pack_.ancestors_of(low);
  return std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) { return a.concept_id == high; });
}

bool Kinship::SharesParent(uint32_t low, uint32_t other) const {
  const auto parents = pack_.ids(pack_.concepts()[low].parents);
  return std::any_of(parents.begin(), parents.end(),
                     [&](uint32_t p) { return p != platform_ && p != weapon_ && Above(other, p); });
}

bool Kinship::Kin(uint32_t a, uint32_t b) const {
  if (Above(a, b) || Above(b, a)) return true;
  const auto part = [&](uint32_t c) { return pack_.concepts()[c].kind == pack::ConceptKind::kPart; };
  return !part(a) && !part(b) && (SharesParent(a, b) || SharesParent(b, a));
}

}  // namespace sekisho::facts
