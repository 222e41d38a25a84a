// The line cut into noun phrases, and each phrase's place: what the item is, what it is for, has, lacks.
#include <algorithm>

#include "engine/facts/roles.h"

namespace sekisho::facts {
namespace {

using pack::ConceptKind;
using pack::Word;
using text::Gap;

// English function words stand before what they rule, Japanese ones after it.
bool IsFunction(const Element& e) {
  for (const Word w : {Word::kTargetAfter, Word::kTargetOf, Word::kTargetBefore, Word::kWith, Word::kWithBefore,
                       Word::kWithoutAfter, Word::kWithoutBefore, Word::kAnd}) {
    if (e.Is(w)) return true;
  }
  return false;
}

// アルミナ製, 水冷式, ２型: of what, of what kind.
bool SaysOfWhat(const text::Reading& reading, const Element& e) {
  const text::Token& t = reading.tokens[e.last - 1];
  const std::string_view last = std::string_view(reading.text).substr(t.begin, t.end - t.begin);
  return last == "製" || last == "式" || last == "型";
}

}  // namespace

void RoleReader::Close(Place place) {
  if (!current_.elements.empty()) {
    current_.place = place;
    phrases_.push_back(current_);
    current_.joined = false;
  }
  current_.elements.clear();
}

// Whether a phrase names a thing that is known, and no platform, which a part's name may follow.
bool RoleReader::NamesThing(const Phrase& phrase) const {
  if (phrase.elements.empty()) return false;
  const HeadOf head = FindHead(phrase);
  if (head.kind != HeadKind::kContent || head.action || head.doubtful) return false;
  const Element& thing = segments_->elements[head.element];
  return thing.count != 0 && !HasKind(thing, ConceptKind::kPlatform);
}

// 凍結乾燥機　棚面積１０㎡, 圧力変換器　アルミナ製感圧素子, 受信機　妨害除去素子付: a part of a Japanese line, begun by
// `element` behind a space, that names nothing known and has a figure, or says of what it is made, tells a property of
// the thing before it, if all parts behind it do.
bool RoleReader::OpensProperty(uint32_t element) const {
  const auto& elements = segments_->elements;
  Phrase part{{}, Place::kWith};
  bool property = false;
  uint32_t i = element;
  for (; i < elements.size(); ++i) {
    const Element& e = elements[i];
    if (i > element && (reading_->tokens[e.first].gap >= Gap::kComma || reading_->SpaceBefore(e.first))) break;
    if (IsFunction(e) && e.count == 0) return e.Is(Word::kWithBefore) && i + 1 == elements.size();
    part.elements.push_back(i);
    property = property || e.quantity || SaysOfWhat(*reading_, e);
  }
  const HeadOf head = FindHead(part);
  property = property && (head.kind == HeadKind::kNothing || head.kind == HeadKind::kNeutral ||
                          (head.kind == HeadKind::kContent && elements[head.element].count == 0));
  const bool more = i < elements.size() && reading_->tokens[elements[i].first].gap < Gap::kComma;
  return property && (!more || OpensProperty(i));
}

// Cuts the line into phrases. A Japanese particle closes the phrase before it; an English preposition opens the one
// after it.
void RoleReader::Split() {
  phrases_.clear();
  current_.elements.clear();
  current_.joined = false;
  Place place = Place::kHead, outside = Place::kHead;
  bool bracket = false, property = false, cjk = reading_->cjk;
  ElementIds suspended;
  const auto leave_bracket = [&] {
    Close(place);
    current_.elements.swap(suspended);
    suspended.clear();
    place = outside;
    bracket = false;
  };
  for (uint32_t i = 0; i < segments_->elements.size(); ++i) {
    const Element& e = segments_->elements[i];
    const text::Token& t = reading_->tokens[e.first];
    if (t.field == 1 && (i == 0 || reading_->tokens[segments_->elements[i - 1].first].field == 0)) {
      if (bracket) leave_bracket();
      Close(place);
      place = Place::kName;
    } else if (i == 0) {
      // the line begins
    } else if (t.gap == Gap::kOpen && !bracket) {
      outside = place;
      suspended.swap(current_.elements);
      place = Place::kAside;
      bracket = true;
    } else if (t.gap == Gap::kClose && bracket) {
      leave_bracket();
    } else if (t.gap == Gap::kStop) {
      if (bracket) leave_bracket();
      Close(place);
      place = Place::kHead;
      property = false;
    } else if (t.gap == Gap::kComma || t.gap == Gap::kCommaSpace) {
      Close(place);
      property = false;
      if ((cjk && !bracket) || place == Place::kDenied) place = Place::kHead;
    } else if (cjk && !bracket && (place == Place::kHead || property) && reading_->SpaceBefore(e.first)) {
      if (property) Close(Place::kWith);
      property = (property || NamesThing(current_)) && OpensProperty(i);
      if (property) Close(Place::kHead);
      place = property ? Place::kWith : Place::kHead;
    }
    if (!IsFunction(e) || e.count != 0) {
      current_.elements.push_back(i);
      if (!e.closes_target) continue;
    }
    if (e.closes_target || e.Is(Word::kTargetBefore)) {
      const bool named = !current_.elements.empty();
      Close(named ? Place::kTarget : place);
      if (place != Place::kAside && place != Place::kName) place = Place::kHead;
    } else if (e.Is(Word::kWithBefore)) {
      Close(Place::kWith);
    } else if (e.Is(Word::kWithoutBefore)) {
      Close(Place::kDenied);
    } else {
      Close(place);
      if (e.Is(Word::kTargetAfter) || e.Is(Word::kTargetOf)) place = Place::kTarget;
      if (e.Is(Word::kWith)) place = Place::kWith;
      if (e.Is(Word::kWithoutAfter)) place = Place::kDenied;
      current_.joined = e.Is(Word::kAnd) && !phrases_.empty();
    }
  }
  if (bracket) leave_bracket();
  Close(place);
}

// F-16 (spare parts), Ｆ－１５（部品）: a bracket of a partitive alone belongs to the phrase before it.
void RoleReader::AnnexAsides() {
  const auto partitive = [&](uint32_t k) { return segments_->elements[k].Is(Word::kPartitive); };
  for (size_t i = 0; i + 1 < phrases_.size(); ++i) {  // a bracket is closed before the phrase that it stands in
    Phrase &aside = phrases_[i], &host = phrases_[i + 1];
    if (aside.place != Place::kAside || host.place != Place::kHead || host.elements.front() > aside.elements.front() ||
        !std::all_of(aside.elements.begin(), aside.elements.end(), partitive))
      continue;
    host.elements.insert(host.elements.end(), aside.elements.begin(), aside.elements.end());
    aside.elements.clear();
  }
  std::erase_if(phrases_, [](const Phrase& p) { return p.elements.empty(); });
}

// 品名「暗視ゴーグル」, ITEM [MACHINE GUN]: where nothing but words that say nothing stands outside of brackets, the
// first bracket with a head is the item.
void RoleReader::PromoteAside() {
  Phrase* item = nullptr;
  for (Phrase& p : phrases_) {
    const HeadOf head = FindHead(p);
    const bool silent = head.kind == HeadKind::kNothing && !head.action;
    if (p.place == Place::kAside && !silent && item == nullptr) item = &p;
    if (p.place != Place::kAside && !silent) return;
  }
  if (item != nullptr) item->place = Place::kHead;
}

// Ｆ－１５及びＦ－２用部品, F-15 and F-16 parts: platforms joined to what has a target, or is a part, are its targets
// too.
void RoleReader::JoinTargets() {
  const auto platform = [&](const Phrase& p) {
    const HeadOf head = FindHead(p);
    return head.kind == HeadKind::kContent && HasKind(segments_->elements[head.element], ConceptKind::kPlatform);
  };
  for (size_t i = phrases_.size(); i-- > 1;) {
    Phrase &first = phrases_[i - 1], &second = phrases_[i];
    if (!second.joined || first.place != Place::kHead || !platform(first)) continue;
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

// Software missile guidance, drawing, F-35 landing gear: behind a word for information that says no more of the thing
// before it, what stands in its phrase or behind commas is what it is about.
void RoleReader::AimInformation() {
  if (reading_->cjk || phrases_.empty() || phrases_.front().place != Place::kHead) return;
  const auto about = [&](const Phrase& p) {
    const HeadOf head = FindHead(p);
    const Element& h = segments_->elements[head.element];
    return head.kind == HeadKind::kContent && h.count != 0 && !HasKind(h, ConceptKind::kInformation);
  };
  Phrase& first = phrases_.front();
  size_t at = 0;
  while (at < first.elements.size() && segments_->elements[first.elements[at]].count == 0) ++at;
  if (at == first.elements.size()) return;
  const Element& word = segments_->elements[first.elements[at]];
  const bool plain = word.last - word.first == 1 && Text(word.first) == "manual";  // manual valve
  if (!HasOnlyKind(word, ConceptKind::kInformation) || plain) return;
  Phrase rest{{first.elements.begin() + static_cast<ptrdiff_t>(at) + 1, first.elements.end()}, Place::kTarget};
  if (!rest.elements.empty() && about(rest)) {
    first.elements.resize(at + 1);
    phrases_.insert(phrases_.begin() + 1, std::move(rest));
    return;
  }
  if (!rest.elements.empty()) return;
  const bool list = std::any_of(phrases_.begin(), phrases_.end(), [](const Phrase& p) { return p.joined; });
  for (size_t i = 1; i < phrases_.size() && !list; ++i) {
    const Gap gap = reading_->tokens[segments_->elements[phrases_[i].elements.front()].first].gap;
    if (phrases_[i].place != Place::kHead || (gap != Gap::kComma && gap != Gap::kCommaSpace)) return;
    if (about(phrases_[i])) phrases_[i].place = Place::kTarget;
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

// Rotor head, UH-60M, main: behind a comma the name of a platform is what the thing before is for, but where that is a
// platform itself (tank, M1A2); and so is any designation behind a part (barrel, M2HB).
void RoleReader::AimAtPlatforms() {
  bool thing = false, part = false, carrier = false;  // met: what the line is of; and it is a part; or it is neutral
  for (Phrase& p : phrases_) {
    if (p.place != Place::kHead) continue;
    const HeadOf head = FindHead(p);
    if (head.kind == HeadKind::kNeutral) carrier = true;  // case, M16 rifle
    if (head.kind != HeadKind::kContent) continue;
    const Element& h = segments_->elements[head.element];
    const Gap gap = reading_->tokens[segments_->elements[p.elements.front()].first].gap;
    const bool behind_comma = gap == Gap::kComma || gap == Gap::kCommaSpace;
    if (carrier && behind_comma && h.designation && &p == &phrases_.back()) {
      p.place = Place::kTarget;
    } else if (!thing) {
      if (HasOnlyKind(h, ConceptKind::kPlatform)) return;
      thing = true;
      part = HasOnlyKind(h, ConceptKind::kPart);
      heads_.clear();
      for (uint32_t k = 0; k < h.count; ++k) heads_.Add(segments_->concepts[h.concepts + k]);
    } else if (behind_comma && (HasKind(h, ConceptKind::kPlatform) || (part && h.designation)) && !KinToHeads(h)) {
      p.place = Place::kTarget;
    }
  }
  heads_.clear();
}

// トーションバー　戦車用: nothing stands behind the last 用, so the head is before its target.
void RoleReader::SplitHeadless() {
  if (!reading_->cjk || phrases_.empty()) return;
  if (std::any_of(phrases_.begin(), phrases_.end(), [](const Phrase& p) { return p.place == Place::kHead; })) return;
  Phrase& last = phrases_.back();
  if (last.place != Place::kTarget) return;
  if (last.elements.size() == 1) {  // ホイップアンテナ軍用 as one phrase: the thing itself
    const Element& e = segments_->elements[last.elements.front()];
    if (e.closes_target && !HasKind(e, ConceptKind::kPlatform) && !HasOnlyKind(e, ConceptKind::kQuality))
      last.place = Place::kHead;
    return;
  }
  Phrase head{{last.elements.begin(), last.elements.end() - 1}, Place::kHead};
  const HeadOf found = FindHead(head);
  // ソーナー装置　艦艇用: a space tells a system from a platform that its purpose follows (Ｆ－１５整備用).
  const uint32_t purpose = segments_->elements[last.elements.back()].first;
  const bool spaced = reading_->SpaceBefore(purpose);
  const Element& h = segments_->elements[found.element];
  const bool thing = found.kind == HeadKind::kPartitive ||
                     (found.kind == HeadKind::kContent &&
                      (!HasKind(h, ConceptKind::kPlatform) || (spaced && h.count != 0 && !h.designation)));
  if (!thing) return;
  last.elements.erase(last.elements.begin(), last.elements.end() - 1);
  phrases_.push_back(std::move(head));
}

}  // namespace sekisho::facts
