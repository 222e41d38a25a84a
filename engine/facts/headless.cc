// Lines without a head: only targets stand in them, and the head is among the words of one of them.
#include <algorithm>

#include "engine/facts/roles.h"

namespace sekisho::facts {

using pack::ConceptKind;

// F/F-16 pump: an English line that opens with its target has its head right behind the platform.
void RoleReader::SplitTargetFirst() {
  if (phrases_.front().place != Place::kTarget) return;
  Phrase& target = phrases_.front();
  size_t behind = target.elements.size();
  while (behind > 0 && !HasOnlyKind(segments_->elements[target.elements[behind - 1]], ConceptKind::kPlatform)) --behind;
  if (behind == 0 || behind == target.elements.size()) return;
  Phrase head{{target.elements.begin() + static_cast<ptrdiff_t>(behind), target.elements.end()}, Place::kHead};
  const HeadKind kind = FindHead(head).kind;
  if (kind != HeadKind::kContent && kind != HeadKind::kPartitive) return;
  target.elements.resize(behind);
  phrases_.push_back(std::move(head));
}

// The target that ends a Japanese line without a head; behind it a bracket or a quantity may stand (（その１）, 一式)
// where it ends in 用 (not: 砲艦外交の本). phrases_.end() when there is none.
std::vector<RoleReader::Phrase>::iterator RoleReader::LastTarget() {
  const auto heads = [](const Phrase& p) { return p.place == Place::kHead; };
  const auto silent = [&](const Phrase& p) {
    if (!heads(p)) return p.place == Place::kAside;
    const HeadOf head = FindHead(p);
    return head.kind == HeadKind::kNothing && !head.action && !head.transparent;
  };
  if (std::any_of(phrases_.begin(), phrases_.end(), [&](const Phrase& p) { return heads(p) && !silent(p); }))
    return phrases_.end();
  const auto last = std::find_if_not(phrases_.rbegin(), phrases_.rend(), silent);
  if (last == phrases_.rend() || last->place != Place::kTarget) return phrases_.end();
  const auto target = last.base() - 1;
  const uint32_t end = segments_->elements[target->elements.back()].last;  // phrases stand in another order than words
  const bool closed = Text(end - 1) == "用" || (end < reading_->tokens.size() && Text(end) == "用");
  return last == phrases_.rbegin() || closed ? target : phrases_.end();
}

// Where the purpose begins in a target that the head stands in: behind its last space, or at its last word.
size_t RoleReader::PurposeAt(const Phrase& target) const {
  const size_t last = target.elements.size() - 1;
  for (size_t k = last; k > 0; --k) {
    if (reading_->SpaceBefore(segments_->elements[target.elements[k]].first)) return k;
  }
  return last;
}

// トーションバー　戦車用: nothing stands behind the last 用, so the head is before its target.
void RoleReader::SplitHeadless() {
  if (phrases_.empty()) return;
  if (!reading_->cjk) {
    const auto heads = [](const Phrase& p) { return p.place == Place::kHead; };
    if (std::none_of(phrases_.begin(), phrases_.end(), heads)) SplitTargetFirst();
    return;
  }
  const auto last = LastTarget();
  if (last == phrases_.end()) return;
  if (last->elements.size() == 1) {  // ホイップアンテナ軍用 as one phrase: the thing itself
    const Element& e = segments_->elements[last->elements.front()];
    if (e.closes_target && !HasKind(e, ConceptKind::kPlatform) && !HasOnlyKind(e, ConceptKind::kQuality))
      last->place = Place::kHead;
    return;
  }
  const auto purpose = last->elements.begin() + static_cast<ptrdiff_t>(PurposeAt(*last));
  Phrase head{{last->elements.begin(), purpose}, Place::kHead};
  const HeadOf found = FindHead(head);
  // ソーナー装置　艦艇用: a space tells a system from a platform that its purpose follows (Ｆ－１５整備用).
  const bool spaced = reading_->SpaceBefore(segments_->elements[*purpose].first);
  const Element& h = segments_->elements[found.element];
  const bool thing = found.kind == HeadKind::kPartitive ||
                     (found.kind == HeadKind::kContent &&
                      (!HasKind(h, ConceptKind::kPlatform) || (spaced && h.count != 0 && !h.designation)));
  const bool action = found.kind == HeadKind::kNothing && found.action;  // 修理　Ｆ－１５用: what it is done to
  if (!thing && !action) return;
  last->elements.erase(last->elements.begin(), purpose);
  if (action) {
    last->place = Place::kHead;
  } else {
    phrases_.push_back(std::move(head));
  }
}

}  // namespace sekisho::facts
