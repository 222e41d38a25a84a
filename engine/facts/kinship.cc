#include "engine/facts/kinship.h"

#include <algorithm>

namespace sekisho::facts {
namespace {

// What a concept is to those of a Kindred: one of them, above one, above one that is no part, the parent of one.
constexpr uint8_t kMember = 1, kAbove = 2, kAboveThing = 4, kParent = 8;

bool IsPart(const pack::Pack& pack, uint32_t concept_id) {
  return pack.concepts()[concept_id].kind == pack::ConceptKind::kPart;
}

}  // namespace

bool Kinship::Above(uint32_t low, uint32_t high) const {
  const auto up = pack_.ancestors_of(low);
  return std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) { return a.concept_id == high; });
}

bool Kinship::SharesParent(uint32_t low, uint32_t other) const {
  const auto parents = pack_.ids(pack_.concepts()[low].parents);
  return std::any_of(parents.begin(), parents.end(), [&](uint32_t p) { return !IsHeading(p) && Above(other, p); });
}

bool Kinship::Kin(uint32_t a, uint32_t b) const {
  if (Above(a, b) || Above(b, a)) return true;
  return !IsPart(pack_, a) && !IsPart(pack_, b) && (SharesParent(a, b) || SharesParent(b, a));
}

void Kindred::Set(uint32_t concept_id, uint8_t mark) {
  if (marks_[concept_id] == 0) touched_.push_back(concept_id);
  marks_[concept_id] |= mark;
}

void Kindred::clear() {
  for (const uint32_t id : touched_) marks_[id] = 0;
  touched_.clear();
}

void Kindred::Add(uint32_t concept_id) {
  if ((marks_[concept_id] & kMember) != 0) return;
  const bool thing = !IsPart(pack_, concept_id);
  Set(concept_id, kMember);
  for (const pack::Ancestor& a : pack_.ancestors_of(concept_id))
    Set(a.concept_id, thing ? kAbove | kAboveThing : kAbove);
  if (!thing) return;
  for (const uint32_t p : pack_.ids(pack_.concepts()[concept_id].parents)) {
    if (!kinship_.IsHeading(p)) Set(p, kParent);
  }
}

bool Kindred::Has(uint32_t concept_id) const {
  if (touched_.empty()) return false;
  if ((marks_[concept_id] & kAbove) != 0) return true;
  const auto up = pack_.ancestors_of(concept_id);
  const uint8_t below = IsPart(pack_, concept_id) ? kMember : kMember | kParent;
  if (std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) { return (marks_[a.concept_id] & below) != 0; }))
    return true;
  if (IsPart(pack_, concept_id)) return false;
  const auto parents = pack_.ids(pack_.concepts()[concept_id].parents);
  return std::any_of(parents.begin(), parents.end(),
                     [&](uint32_t p) { return !kinship_.IsHeading(p) && (marks_[p] & kAboveThing) != 0; });
}

}  // namespace sekisho::facts
