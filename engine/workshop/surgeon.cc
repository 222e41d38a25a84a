#include "engine/workshop/surgeon.h"

#include <algorithm>

#include "engine/workshop/usage.h"

namespace sekisho::workshop {

Surgeon::Surgeon(const std::string& bytes, const std::vector<std::vector<uint64_t>>& own_keys)
    : patient_(bytes), own_keys_(own_keys) {
  taps_.hits = [this](const text::Reading& reading, std::vector<match::Hit>& hits) { TakeAway(reading, hits); };
  Options options;
  options.taps = &taps_;
  scanner_.emplace(patient_.pack(), options);
}

void Surgeon::Spoil(const Mutant& mutant) {
  if (mutant.kind == MutantKind::kSynonym)
    gone_.insert(own_keys_[mutant.target].begin(), own_keys_[mutant.target].end());
  else
    patient_.Spoil(mutant);
}

void Surgeon::Mute(uint32_t concept_id) { muted_ = concept_id; }

void Surgeon::Heal() {
  patient_.Heal();
  gone_.clear();
  muted_ = pack::kNone;
}

void Surgeon::TakeAway(const text::Reading& reading, std::vector<match::Hit>& hits) {
  if (gone_.empty() && muted_ == pack::kNone) return;
  std::erase_if(hits, [&](const match::Hit& hit) {
    if (muted_ != pack::kNone) return hit.kind == pack::TermKind::kConcept && !hit.system && hit.id == muted_;
    keys_.clear();
    PhraseKeys(*patient_.pack(), reading, hit, keys_);
    return std::any_of(keys_.begin(), keys_.end(), [&](uint64_t key) { return gone_.contains(key); });
  });
}

}  // namespace sekisho::workshop
