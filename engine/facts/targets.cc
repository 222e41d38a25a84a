// What the phrases of a line are to each other, once they are cut: which is the item, and which what it is for.
#include <algorithm>

#include "engine/facts/roles.h"

namespace sekisho::facts {

using pack::ConceptKind;
using pack::Word;
using text::Gap;

// Ｆ－１５及びＦ－２用部品, F-15 and F-16 parts: platforms joined to what has a target, or is a part, are its targets
// too; and so is a designation with a Japanese comma before the next one (Ｆ－１５、Ｆ－２用部品).
void RoleReader::JoinTargets() {
  const auto platform = [&](const Phrase& p) {
    const HeadOf head = FindHead(p);
    return head.kind == HeadKind::kContent && HasKind(segments_->elements[head.element], ConceptKind::kPlatform);
  };
  const auto designated = [&](const Phrase& p) {
    return p.elements.size() == 1 && segments_->elements[p.elements.front()].designation;
  };
  for (size_t i = phrases_.size(); i-- > 1;) {
    Phrase &first = phrases_[i - 1], &second = phrases_[i];
    const bool listed = reading_->cjk && second.place == Place::kTarget && designated(first) && designated(second) &&
                        reading_->tokens[segments_->elements[second.elements.front()].first].gap == Gap::kComma;
    if (!(second.joined || listed) || first.place != Place::kHead || !platform(first)) continue;
    const bool part_of_platform = second.place == Place::kHead && FindHead(second).kind == HeadKind::kPartitive &&
                                  HasKind(segments_->elements[second.elements.front()], ConceptKind::kPlatform);
    if ((second.place == Place::kTarget && platform(second)) || part_of_platform) first.place = Place::kTarget;
  }
}

// Ｆ－１５の能力向上, repair of F-16: where the head is an action alone, the item is what it acts on: the first target
// in English (training on the F-16 for crews), the last one in Japanese, and what "and" joins to it.
void RoleReader::PromoteTargets() {
  bool action = false;
  for (size_t i = 0; i < phrases_.size(); ++i) {
    if (phrases_[i].place != Place::kHead) continue;
    if (i + 1 < phrases_.size() && phrases_[i + 1].joined && phrases_[i + 1].place == Place::kTarget) continue;
    const HeadOf head = FindHead(phrases_[i]);
    if (head.kind != HeadKind::kNothing || head.transparent) return;
    action = action || head.action;
  }
  if (!action) return;
  size_t item = phrases_.size();
  for (size_t i = 0; i < phrases_.size(); ++i) {
    if (phrases_[i].place != Place::kTarget || FindHead(phrases_[i]).kind == HeadKind::kNothing) continue;
    if (item == phrases_.size() || reading_->cjk) item = i;
  }
  if (item == phrases_.size()) return;
  phrases_[item].place = Place::kHead;
  for (size_t i = item; phrases_[i].joined && i-- > 0 && phrases_[i].place == Place::kTarget;)
    phrases_[i].place = Place::kHead;
  for (size_t i = item + 1; i < phrases_.size() && phrases_[i].joined && phrases_[i].place == Place::kTarget; ++i)
    phrases_[i].place = Place::kHead;
}

// Prototype of an electronic warfare system, kit of gyroscopes: a word that says nothing of itself passes the head on
// to what it is of; a section of a platform stays no platform, its prototype is one.
void RoleReader::PassHeadOn() {
  const auto opened_by_of = [&](const Phrase& p) {
    const uint32_t first = segments_->elements[p.elements.front()].first;
    if (first == 0) return false;
    return Text(first - 1) == "of";
  };
  const auto names = [&](uint32_t i) {
    const Element& e = segments_->elements[i];
    return e.count != 0 && !HasOnlyKind(e, ConceptKind::kQuality);
  };
  for (size_t i = 0; i + 1 < phrases_.size(); ++i) {
    const Phrase& empty = phrases_[i];
    Phrase& next = phrases_[i + 1];
    if (empty.place != Place::kHead || next.place != Place::kTarget || !opened_by_of(next)) continue;
    const HeadOf head = FindHead(empty), found = FindHead(next);
    if (head.kind != HeadKind::kNothing || std::any_of(empty.elements.begin(), empty.elements.end(), names)) continue;
    if (found.kind != HeadKind::kContent) continue;
    if (HasKind(segments_->elements[found.element], ConceptKind::kPlatform) && !head.likeness) continue;
    next.place = Place::kHead;
  }
}

// Whether the phrase's first word that means something is one for information, or for parts in the plural: its place.
// A manual valve and a part number are none.
size_t RoleReader::Announces(const Phrase& phrase) const {
  size_t at = 0;
  const auto element = [&](size_t k) -> const Element& { return segments_->elements[phrase.elements[k]]; };
  while (at < phrase.elements.size() && element(at).count == 0 && !element(at).Is(Word::kPartitive)) ++at;
  if (at == phrase.elements.size()) return at;
  const Element& word = element(at);
  const std::string_view last = Text(word.last - 1);
  const bool announces = word.count == 0 ? at == 0 && last.ends_with('s')
                                         : HasOnlyKind(word, ConceptKind::kInformation) &&
                                               (word.last - word.first != 1 || last != "manual");
  return announces ? at : phrase.elements.size();
}

// Software missile guidance, parts howitzers; drawing, F-35 landing gear: behind a word for information or for parts
// what stands in its phrase, or behind commas, is its target, as if a preposition stood between.
void RoleReader::AimAtAnnounced() {
  if (reading_->cjk || phrases_.empty() || phrases_.front().place != Place::kHead) return;
  const auto named = [&](const Phrase& p) {
    const HeadOf head = FindHead(p);
    const Element& h = segments_->elements[head.element];
    return head.kind == HeadKind::kContent && h.count != 0 && !HasKind(h, ConceptKind::kInformation);
  };
  Phrase& first = phrases_.front();
  const size_t at = Announces(first);
  if (at == first.elements.size()) return;
  if (at + 1 < first.elements.size()) {
    Phrase rest{{first.elements.begin() + static_cast<ptrdiff_t>(at) + 1, first.elements.end()}, Place::kTarget};
    if (!named(rest)) return;
    first.elements.resize(at + 1);
    phrases_.insert(phrases_.begin() + 1, std::move(rest));
    return;
  }
  if (std::any_of(phrases_.begin(), phrases_.end(), [](const Phrase& p) { return p.joined; })) return;  // a list
  for (size_t i = 1; i < phrases_.size(); ++i) {
    const Gap gap = reading_->tokens[segments_->elements[phrases_[i].elements.front()].first].gap;
    if (phrases_[i].place != Place::kHead || (gap != Gap::kComma && gap != Gap::kCommaSpace)) return;
    if (named(phrases_[i])) phrases_[i].place = Place::kTarget;
  }
}

// Box containing hand grenades: in a thing of no list the contents are the item, but not what a substance is made of.
void RoleReader::PromoteContents() {
  const auto opened_by = [&](const Phrase& p, std::string_view word) {
    const uint32_t first = segments_->elements[p.elements.front()].first;
    return first != 0 && Text(first - 1) == word;
  };
  const auto listed = [&](const Phrase& p) {
    const HeadOf head = FindHead(p);
    return p.place == Place::kHead && head.kind == HeadKind::kContent && segments_->elements[head.element].count != 0;
  };
  if (std::any_of(phrases_.begin(), phrases_.end(), listed)) return;
  for (Phrase& p : phrases_) {
    if (p.place != Place::kWith || !(opened_by(p, "containing") || opened_by(p, "comprising"))) continue;
    const HeadOf head = FindHead(p);
    if (head.kind == HeadKind::kContent && !HasKind(segments_->elements[head.element], ConceptKind::kSubstance))
      p.place = Place::kHead;
  }
}

}  // namespace sekisho::facts
