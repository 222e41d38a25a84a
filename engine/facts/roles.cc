#include "engine/facts/roles.h"

#include <algorithm>

namespace sekisho::facts {
namespace {

using pack::ConceptKind;
using pack::Word;
using text::Gap;

constexpr uint8_t kForHas = pack::kRoleFor | pack::kRoleHas;
constexpr uint8_t kAnyRole = pack::kRoleIs | kForHas;

// English function words stand before what they rule, Japanese ones after it.
bool IsFunction(const Element& e) {
  for (const Word w : {Word::kTargetAfter, Word::kTargetOf, Word::kTargetBefore, Word::kWith, Word::kWithBefore,
                       Word::kWithoutAfter, Word::kWithoutBefore, Word::kAnd}) {
    if (e.Is(w)) return true;
  }
  return false;
}

bool SaysNothing(const Element& e) {
  return e.count == 0 && (e.quantity || e.code || e.Is(Word::kTrailing) || e.Is(Word::kTailLead) ||
                          e.Is(Word::kIgnored) || e.Is(Word::kCivil) || e.Is(Word::kDeactivated));
}

}  // namespace

KnownConcepts::KnownConcepts(const pack::Pack& pack)
    : part(pack.FindConcept("part")),
      technical_data(pack.FindConcept("technical-data")),
      software(pack.FindConcept("software")),
      service(pack.FindConcept("service")) {}

void RoleReader::Close(Place place) {
  if (!current_.elements.empty()) {
    current_.place = place;
    phrases_.push_back(current_);
  }
  current_.elements.clear();
}

// Cuts the line into phrases. A Japanese particle closes the phrase before it; an English preposition opens the one
// after it.
void RoleReader::Split() {
  phrases_.clear();
  current_.elements.clear();
  Place place = Place::kHead, outside = Place::kHead;
  bool bracket = false, cjk = reading_->cjk;
  ElementIds suspended;
  const auto leave_bracket = [&] {
    Close(place);
    current_.elements = suspended;
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
      suspended = current_.elements;
      current_.elements.clear();
      place = Place::kAside;
      bracket = true;
    } else if (t.gap == Gap::kClose && bracket) {
      leave_bracket();
    } else if (t.gap == Gap::kStop) {
      if (bracket) leave_bracket();
      Close(place);
      place = Place::kHead;
    } else if (t.gap == Gap::kComma || t.gap == Gap::kCommaSpace) {
      Close(place);
      if ((cjk && !bracket) || place == Place::kDenied) place = Place::kHead;
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
    }
  }
  if (bracket) leave_bracket();
  Close(place);
}

bool RoleReader::HasKind(const Element& e, ConceptKind kind) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    if (pack_.concepts()[segments_->concepts[e.concepts + k]].kind == kind) return true;
  }
  return false;
}

bool RoleReader::HasOnlyKind(const Element& e, ConceptKind kind) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    if (pack_.concepts()[segments_->concepts[e.concepts + k]].kind != kind) return false;
  }
  return e.count != 0;
}

// The last element that can be a head. Codes, sizes, quantities behind it are passed over; transparent words and
// actions, too, and remembered. A designation at the end (ROTOR BLADE UH-60, MONOCULAR AN/PVS-14) waits: the noun
// before it is the head if there is one.
RoleReader::HeadOf RoleReader::FindHead(const Phrase& phrase) const {
  HeadOf head, waiting;
  for (size_t k = phrase.elements.size(); k-- > 0;) {
    const Element& e = segments_->elements[phrase.elements[k]];
    head.element = phrase.elements[k];
    if (e.count != 0) {
      if (HasOnlyKind(e, ConceptKind::kQuality)) {
        head.action = head.action || e.Is(Word::kAction);  // 研究試作, prototype: both
        head.likeness = head.likeness || e.Is(Word::kTransparent);
        continue;
      }
      head.kind = HeadKind::kContent;
      if (!e.designation) return head;
      if (waiting.kind == HeadKind::kNothing) waiting = head;
      head.kind = HeadKind::kNothing;
      continue;
    }
    if (SaysNothing(e)) continue;
    if (e.Is(Word::kPartitive)) return head.kind = HeadKind::kPartitive, head;
    if (e.Is(Word::kNeutral)) return head.kind = HeadKind::kNeutral, head;
    if (e.Is(Word::kTransparent)) {
      head.transparent = true;
      continue;
    }
    if (e.Is(Word::kAction)) {
      head.action = true;
      continue;
    }
    // An unknown word beside the designation of a thing is its maker or its kind; beside that of a platform it may well
    // be a part.
    if (waiting.kind != HeadKind::kNothing && !HasKind(segments_->elements[waiting.element], ConceptKind::kPlatform))
      return waiting;
    const HeadOf before = BeforeName(phrase, k);
    if (before.kind != HeadKind::kNothing && (generous_ || !before.doubtful)) return before;
    head.kind = HeadKind::kContent, head.doubtful = before.kind != HeadKind::kNothing;
    return head;
  }
  if (waiting.kind == HeadKind::kNothing) return head;
  waiting.transparent = head.transparent;
  return waiting;
}

// NIGHT VISION GOGGLE ACME, 暗視ゴーグル ACME: a Latin word of no phrase at all behind a thing is its maker or its
// model, or else a part's name, and so is any unknown one behind a Japanese word; behind a platform (戦車 BRACKET) it
// is a part's. Of another unknown word the same is doubtful. `name` is the word's place in the phrase.
RoleReader::HeadOf RoleReader::BeforeName(const Phrase& phrase, size_t name) const {
  HeadOf head;
  bool labels = true, spaced = false, label = false;  // a label: 最大風速 before 15 m/s
  for (size_t k = name + 1; k-- > 0;) {
    const Element& e = segments_->elements[phrase.elements[k]];
    const text::Token& t = reading_->tokens[e.last - 1];
    const bool latin = t.script == text::Script::kLatin;
    if (e.count == 0 && e.Is(Word::kTransparent)) continue;
    if (e.count == 0 && (SaysNothing(e) || e.words == 0)) {
      const bool foreign = latin && (reading_->cjk || reading_->tokens[e.first].id == pack::kNone);
      label = k + 1 < phrase.elements.size() && (label || segments_->elements[phrase.elements[k + 1]].quantity);
      head.doubtful = head.doubtful || (!SaysNothing(e) && !foreign);
      labels = labels && (SaysNothing(e) || label);
      label = label && !SaysNothing(e);
      spaced = reading_->SpaceBefore(e.first);
      continue;
    }
    if (e.count == 0 || HasOnlyKind(e, ConceptKind::kQuality)) return {};
    // What has a name of its own: a part of the platform, what is made of the substance, 赤外線カメラケース.
    if (HasKind(e, ConceptKind::kPlatform) && !(head.doubtful && labels)) return {};
    if (HasKind(e, ConceptKind::kSubstance) && head.doubtful && !labels) return {};
    if (head.doubtful && reading_->cjk && !spaced) return {};
    head.doubtful = head.doubtful || (latin || t.script == text::Script::kDigit) == reading_->cjk;
    head.kind = HeadKind::kContent, head.element = phrase.elements[k], head.named = true;
    return head;
  }
  return {};
}

void RoleReader::AddConcept(uint32_t concept_id, const Element& e, uint8_t roles, Facts& facts) const {
  Span span{reading_->tokens[e.first].field, UINT32_MAX, 0};
  const uint32_t last = e.closes_target ? e.last - 1 : e.last;  // the particle is not evidence
  for (uint32_t t = e.first; t < last; ++t) {
    span.begin = std::min(span.begin, reading_->tokens[t].src_begin);
    span.end = std::max(span.end, reading_->tokens[t].src_end);
  }
  facts.concepts.push_back({concept_id, roles, span});
  for (const uint32_t implied : pack_.ids(pack_.concepts()[concept_id].implied))
    facts.concepts.push_back({implied, pack::kRoleHas, span});
}

void RoleReader::Add(const Element& e, uint8_t roles, Facts& facts) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    const uint32_t id = segments_->concepts[e.concepts + k];
    const bool quality = pack_.concepts()[id].kind == ConceptKind::kQuality;
    AddConcept(id, e, quality ? pack::kRoleHas : roles, facts);
  }
}

bool RoleReader::KinToHeads(const Element& e) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    for (const uint32_t h : heads_) {
      if (kinship_.Kin(segments_->concepts[e.concepts + k], h)) return true;
    }
  }
  return false;
}

// A drawing, a program, a service: the item's kind is then theirs, whatever the caller said.
bool RoleReader::IsInformation(const Element& e, Facts& facts) const {
  if (!HasKind(e, ConceptKind::kInformation)) return false;
  for (uint32_t k = 0; k < e.count; ++k) {
    for (const pack::Ancestor& a : pack_.ancestors_of(segments_->concepts[e.concepts + k])) {
      if (a.concept_id == known_.technical_data) facts.kind = pack::ItemKind::kTechnology;
      if (a.concept_id == known_.software) facts.kind = pack::ItemKind::kSoftware;
      if (a.concept_id == known_.service) facts.kind = pack::ItemKind::kService;
    }
  }
  return true;
}

void RoleReader::ReadBeside(const Phrase& phrase, uint8_t otherwise, Facts& facts) {
  for (const uint32_t i : phrase.elements) {
    const Element& e = segments_->elements[i];
    Add(e, KinToHeads(e) ? pack::kRoleIs : otherwise, facts);
  }
}

// A part number names the item where its concept is kin to the head or the text has no head; a platform's designation
// in it may as well be a part number that looks so (SC-70), and is only noted.
void RoleReader::ReadName(const Phrase& phrase, Facts& facts) {
  for (const uint32_t i : phrase.elements) {
    const Element& e = segments_->elements[i];
    const uint8_t thing = strange_ && heads_.empty() ? kAnyRole : kForHas;
    const uint8_t beside = HasKind(e, ConceptKind::kPlatform) ? uint8_t{pack::kRoleHas} : thing;
    Add(e, KinToHeads(e) || !goods_ ? pack::kRoleIs : beside, facts);
  }
}

// `side arms [firearms]`: beside a head that says nothing a bracket tells its sense; a platform in it is what the item
// is for.
void RoleReader::ReadAside(const Phrase& phrase, Facts& facts) {
  const HeadOf head = FindHead(phrase);
  if (!heads_.empty() || !goods_ || head.kind != HeadKind::kContent) return ReadBeside(phrase, pack::kRoleHas, facts);
  const Element& h = segments_->elements[head.element];
  const bool platform = HasKind(h, ConceptKind::kPlatform);
  for (const uint32_t i : phrase.elements) {
    Add(segments_->elements[i],
        platform            ? kForHas
        : i == head.element ? uint8_t{pack::kRoleIs}
                            : uint8_t{pack::kRoleHas},
        facts);
  }
}

void RoleReader::ReadHeadPhrase(const Phrase& phrase, Facts& facts) {
  const HeadOf head = FindHead(phrase);
  if (head.kind == HeadKind::kNothing && !head.transparent) return ReadBeside(phrase, pack::kRoleHas, facts);
  if (head.kind == HeadKind::kNeutral) {
    neutral_ = true;
    for (const uint32_t i : phrase.elements) Add(segments_->elements[i], pack::kRoleHas, facts);
    return;
  }
  facts.doubtful = facts.doubtful || (head.doubtful && !segments_->turned_off);
  const Element& h = segments_->elements[head.element];
  if (head.kind == HeadKind::kPartitive && known_.part != pack::kNone) AddConcept(known_.part, h, pack::kRoleIs, facts);
  if (head.kind == HeadKind::kContent && IsInformation(h, facts)) {
    information_ = true;
  } else {
    goods_ = true;
    strange_ = strange_ || (h.count == 0 && h.words == 0 && reading_->tokens[h.first].id == pack::kNone);
  }
  // A kit, a unit, a section of a platform is not the platform.
  const bool of_platform = head.transparent && HasKind(h, ConceptKind::kPlatform);
  if (head.kind == HeadKind::kContent && h.count != 0 && !of_platform) {
    Add(h, head.named ? kAnyRole : uint8_t{pack::kRoleIs}, facts);
    heads_.insert(heads_.end(), segments_->concepts.begin() + h.concepts,
                  segments_->concepts.begin() + h.concepts + h.count);
  } else if (of_platform) {
    Add(h, kForHas, facts);
  }
  for (const uint32_t i : phrase.elements) {
    const Element& e = segments_->elements[i];
    if (e.count == 0 || (i == head.element && head.kind == HeadKind::kContent)) continue;
    Add(e, head.kind == HeadKind::kContent && !of_platform && KinToHeads(e) ? pack::kRoleIs : kForHas, facts);
  }
}

// Of drawings and the like only the nearest target that is known counts: a drawing of a wing spar of an F-16 tells of a
// spar.
void RoleReader::ReadTargetPhrase(const Phrase& phrase, Facts& facts) {
  const HeadOf head = FindHead(phrase);
  const bool neutral = head.kind == HeadKind::kNeutral || (information_ && !goods_ && target_found_);
  target_found_ = target_found_ || (head.kind == HeadKind::kContent && segments_->elements[head.element].count != 0);
  for (const uint32_t i : phrase.elements) {
    Add(segments_->elements[i], neutral ? pack::kRoleHas : kForHas, facts);
  }
}

// Ｆ－１５の能力向上, repair of F-16: where the head is an action alone, the item is what it acts on: the first target
// in English (training on the F-16 for crews), the last one in Japanese.
void RoleReader::PromoteTargets() {
  bool action = false;
  for (Phrase& p : phrases_) {
    if (p.place != Place::kHead) continue;
    const HeadOf head = FindHead(p);
    if (head.kind != HeadKind::kNothing || head.transparent) return;
    action = action || head.action;
  }
  if (!action) return;
  Phrase* item = nullptr;
  for (Phrase& p : phrases_) {
    if (p.place != Place::kTarget || FindHead(p).kind == HeadKind::kNothing) continue;
    if (item == nullptr || reading_->cjk) item = &p;
  }
  if (item != nullptr) item->place = Place::kHead;
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

// Prototype of an electronic warfare system, kit of gyroscopes: a word that says nothing of itself passes the head on
// to what it is of; a section of a platform stays no platform, its prototype is one.
void RoleReader::PassHeadOn() {
  const auto opened_by_of = [&](const Phrase& p) {
    const uint32_t first = segments_->elements[p.elements.front()].first;
    if (first == 0) return false;
    const text::Token& t = reading_->tokens[first - 1];
    return std::string_view(reading_->text).substr(t.begin, t.end - t.begin) == "of";
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

void RoleReader::Read(const text::Reading& reading, const Segments& segments, pack::ItemKind item_kind, bool generous,
                      Facts& facts) {
  reading_ = &reading;
  segments_ = &segments;
  generous_ = generous;
  strange_ = false;
  heads_.clear();
  facts.concepts.clear();
  facts.doubtful = false;
  goods_ = neutral_ = information_ = false;
  facts.kind = item_kind;
  facts.genre = segments.genre;
  Split();
  AnnexAsides();
  PromoteTargets();
  PassHeadOn();
  SplitHeadless();
  for (const Phrase& p : phrases_) {
    if (p.place == Place::kHead) ReadHeadPhrase(p, facts);
  }
  target_found_ = false;
  const bool last_first = reading.cjk;  // Japanese: the target nearest to the head stands last
  for (size_t k = 0; k < phrases_.size(); ++k) {
    const Phrase& p = phrases_[last_first ? phrases_.size() - 1 - k : k];
    if (p.place == Place::kTarget) ReadTargetPhrase(p, facts);
  }
  for (const Phrase& p : phrases_) {
    switch (p.place) {
      case Place::kHead:
      case Place::kTarget:
      case Place::kDenied:
        break;
      case Place::kWith:
        ReadBeside(p, pack::kRoleHas, facts);
        break;
      case Place::kAside:
        ReadAside(p, facts);
        break;
      case Place::kName:
        ReadName(p, facts);
        break;
    }
  }
  facts.head = goods_ ? Head::kGoods : information_ ? Head::kInformation : neutral_ ? Head::kNeutral : Head::kNone;
  if (facts.head == Head::kGoods) facts.kind = item_kind;
  if (item_kind != pack::ItemKind::kGoods) {
    // The caller says that it is technology: the thing described is its target.
    for (ConceptFact& f : facts.concepts) {
      if (f.roles & pack::kRoleIs) f.roles |= pack::kRoleFor;
    }
    facts.head = Head::kInformation;
    facts.kind = item_kind;
  }
}

}  // namespace sekisho::facts
