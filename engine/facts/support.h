// Which ambiguous words have support: 弾 beside a gun's name, "mount" beside a tank. One word asks what all others ask
// that are the same word, so that the time grows with the line and not with its square.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/facts/facts.h"
#include "engine/facts/kinship.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

// What a round of selection has made of the line.
struct Selection {
  const text::Reading& reading;
  const std::vector<match::Hit>& hits;     // all
  const std::vector<match::Hit>& kept;     // those that stand: their spans are the same or apart
  const std::vector<match::Hit>& systems;  // type designations that only support
  const std::vector<uint32_t>& owner;      // token -> 0 when nothing stands on it
  const std::vector<Quantity>& quantities;
  uint32_t supply_class;
};

// Whether a figure stands among the hit's words.
bool HasDigit(const text::Reading& reading, const match::Hit& hit);

class Support {
 public:
  explicit Support(const pack::Pack& pack)
      : pack_(pack),
        kinship_(pack),
        part_(pack.FindConcept("part")),
        caliber_(pack.FindMeasure("caliber")),
        millimetre_(pack.FindUnit("mm")) {}

  // The ambiguous concepts among what stands that nothing supports, in order of place. Valid until the next call.
  const std::vector<match::Hit>& Missing(const Selection& selection);
  // Whether `hit`, found by place, is among what Missing gave.
  static bool Among(const std::vector<match::Hit>& missing, const match::Hit& hit);

 private:
  // Where some hits stand, as far as anyone beside them asks: they support what does not overlap them all.
  struct Reach {
    uint32_t first_end = UINT32_MAX, last_begin = 0;
    void Take(const match::Hit& h);
    void Take(const Reach& r);
    bool Beside(const match::Hit& h) const { return first_end <= h.first || last_begin >= h.last; }
  };
  // Hits of which the same holds: one concept by one word.
  struct Group {
    match::Hit hit;  // one of them
    bool digit;
    uint32_t first, count;  // in named_
    Reach reach;
  };

  void FindShutOut(const Selection& s);
  bool IsShutOut(const match::Hit& hit) const { return !shut_out_.empty() && shut_out_[hit.first]; }
  void MakeGroups(const Selection& s);
  void Judge(const Selection& s, const Group& group);
  bool SupportedAnywhere(const Selection& s, const match::Hit& hit) const;
  bool SaysKind(const Selection& s, const Group& group, const Group& other) const;
  void TakeKin(const Selection& s, const Group& group, Reach& reach) const;
  void TakeNeeded(const Selection& s, const pack::Need& need, const match::Hit& hit, Reach& reach);
  void TakeQualities(const Selection& s, uint32_t needed, Reach& reach);
  bool StandsAsTarget(const Selection& s, const match::Hit& hit) const;
  bool StandsBeforePart(const Selection& s, const match::Hit& hit) const;
  bool StandsAlone(const Selection& s, const Group& group, const match::Hit& hit);
  bool IsA(uint32_t concept_id, uint32_t ancestor) const;
  bool IsPlatform(uint32_t concept_id) const {
    return pack_.concepts()[concept_id].kind == pack::ConceptKind::kPlatform;
  }

  const pack::Pack& pack_;
  Kinship kinship_;
  uint32_t part_;  // what a partitive head is
  uint32_t caliber_, millimetre_;
  std::vector<match::Hit> named_;  // concepts that stand, those of a group side by side
  std::vector<Group> groups_;
  std::vector<std::pair<uint32_t, Reach>> qualities_;  // of any hit, one that fell too
  std::vector<match::Hit> missing_;
  std::vector<bool> shut_out_;  // token -> it says what the item is not; empty when none does
  Reach all_, partitives_;
  bool have_qualities_ = false;
  std::optional<bool> bare_;  // a Japanese line of concepts and grammar words alone
};

}  // namespace sekisho::facts
