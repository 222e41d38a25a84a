#include "engine/facts/roles.h"

#include <algorithm>

namespace sekisho::facts {
namespace {

using pack::ConceptKind;

constexpr uint8_t kForHas = pack::kRoleFor | pack::kRoleHas;
constexpr uint8_t kAnyRole = pack::kRoleIs | kForHas;

bool HasTarget(const Facts& facts) {
  return std::any_of(facts.concepts.begin(), facts.concepts.end(),
                     [](const ConceptFact& f) { return (f.roles & pack::kRoleFor) != 0; });
}

}  // namespace

KnownConcepts::KnownConcepts(const pack::Pack& pack)
    : part(pack.FindConcept("part")),
      technical_data(pack.FindConcept("technical-data")),
      software(pack.FindConcept("software")),
      service(pack.FindConcept("service")),
      technical_assistance(pack.FindConcept("technical-assistance")),
      leaf(pack.concepts().size(), true) {
  for (const pack::Concept& c : pack.concepts()) {
    for (const uint32_t parent : pack.ids(c.parents)) leaf[parent] = false;
  }
}

std::string_view RoleReader::Text(uint32_t token) const {
  const text::Token& t = reading_->tokens[token];
  return std::string_view(reading_->text).substr(t.begin, t.end - t.begin);
}

// The caller's bytes of an element; a particle that closes it is not evidence.
Span RoleReader::SpanOf(const Element& e) const {
  Span span{reading_->tokens[e.first].field, UINT32_MAX, 0};
  const uint32_t last = e.closes_target ? e.last - 1 : e.last;
  for (uint32_t t = e.first; t < last; ++t) {
    span.begin = std::min(span.begin, reading_->tokens[t].src_begin);
    span.end = std::max(span.end, reading_->tokens[t].src_end);
  }
  return span;
}

void RoleReader::AddConcept(uint32_t concept_id, const Element& e, uint8_t roles, Facts& facts) const {
  const Span span = SpanOf(e);
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
    if (heads_.Has(segments_->concepts[e.concepts + k])) return true;
  }
  return false;
}

// A drawing, a program, a service: the item's kind is then theirs, whatever the caller said; of several that "and"
// joins, all are.
bool RoleReader::IsInformation(const Element& e, Facts& facts) const {
  if (!HasKind(e, ConceptKind::kInformation)) return false;
  const auto take = [&](pack::ItemKind kind) {
    const uint8_t before = information_ ? facts.kinds : uint8_t{0};
    facts.SetKind(kind);
    facts.kinds |= before;
  };
  for (uint32_t k = 0; k < e.count; ++k) {
    for (const pack::Ancestor& a : pack_.ancestors_of(segments_->concepts[e.concepts + k])) {
      if (a.concept_id == known_.technical_data) take(pack::ItemKind::kTechnology);
      if (a.concept_id == known_.software) take(pack::ItemKind::kSoftware);
      if (a.concept_id == known_.service) take(pack::ItemKind::kService);
      facts.assistance = facts.assistance || a.concept_id == known_.technical_assistance;
    }
  }
  if (facts.assistance && known_.technical_data != pack::kNone)
    AddConcept(known_.technical_data, e, pack::kRoleIs, facts);
  return true;
}

void RoleReader::ReadBeside(const Phrase& phrase, uint8_t otherwise, Facts& facts) {
  for (const uint32_t i : phrase.elements) {
    const Element& e = segments_->elements[i];
    Add(e, KinToHeads(e) ? pack::kRoleIs : otherwise, facts);
  }
}

// Whether something known is what the phrase is about.
bool RoleReader::Names(const Phrase& phrase) const {
  const HeadOf head = FindHead(phrase);
  return head.kind == HeadKind::kContent && !head.action && segments_->elements[head.element].count != 0;
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

// Gearbox (F-16), battery [AN/PVS-14], trigger (rifle): a platform in a bracket, or any thing beside a part, is what
// the item is for; but beside another platform (KC-46 (767)) it is not.
bool RoleReader::IsTargetAside(const Element& head) const {
  if (KinToHeads(head)) return false;
  if (only_part_head_ && HasOnlyKind(head, ConceptKind::kThing)) return true;
  return part_head_ ? HasKind(head, ConceptKind::kPlatform) || head.designation
                    : HasKind(head, ConceptKind::kPlatform) && !platform_head_;
}

// `side arms [firearms]`: beside a head that says nothing a bracket tells its sense; a platform in it is what the item
// is for, and so is all beside a part: parts (machine gun).
void RoleReader::ReadAside(const Phrase& phrase, Facts& facts) {
  const HeadOf head = FindHead(phrase);
  const Element& h = segments_->elements[head.element];
  if (goods_ && head.kind == HeadKind::kContent && !heads_.empty() && IsTargetAside(h)) {
    for (const uint32_t i : phrase.elements) Add(segments_->elements[i], kForHas, facts);
    return;
  }
  if (!heads_.empty() || !goods_ || head.kind != HeadKind::kContent) return ReadBeside(phrase, pack::kRoleHas, facts);
  const bool target = part_ || HasKind(h, ConceptKind::kPlatform);
  // Trigger (rifle), 高速スイッチ（クライトロン）: behind a word for a part it may be either.
  const bool either = part_word_ && !MayBePart(h) && !HasTarget(facts);
  const uint8_t named = target ? kForHas : either ? kAnyRole : uint8_t{pack::kRoleIs};
  const uint8_t beside = target || either ? kForHas : uint8_t{pack::kRoleHas};
  for (const uint32_t i : phrase.elements) Add(segments_->elements[i], i == head.element ? named : beside, facts);
}

void RoleReader::ReadHeadPhrase(const Phrase& phrase, Facts& facts) {
  const HeadOf head = FindHead(phrase);
  if (head.kind == HeadKind::kNothing && !head.transparent) return ReadBeside(phrase, pack::kRoleHas, facts);
  if (head.kind == HeadKind::kNeutral) {
    neutral_ = true;
    for (const uint32_t i : phrase.elements) Add(segments_->elements[i], pack::kRoleHas, facts);
    return;
  }
  const Element& h = segments_->elements[head.element];
  if (head.doubtful && !segments_->turned_off && !facts.doubtful) {
    facts.doubtful = true;
    if (!generous_) facts.doubtful_head = SpanOf(h);
  }
  part_ = part_ || head.kind == HeadKind::kPartitive;
  if (head.kind == HeadKind::kPartitive && known_.part != pack::kNone) AddConcept(known_.part, h, pack::kRoleIs, facts);
  if (head.kind == HeadKind::kContent && IsInformation(h, facts)) {
    information_ = true;
  } else {
    goods_ = true;
    part_word_ = part_word_ || h.part_word;
    strange_ = strange_ || (h.count == 0 && h.words == 0 && reading_->tokens[h.first].id == pack::kNone);
  }
  // A kit, a unit, a section of a platform is not the platform.
  const bool of_platform = head.transparent && HasKind(h, ConceptKind::kPlatform);
  if (head.kind == HeadKind::kContent && h.count != 0 && !of_platform) {
    Add(h, head.named ? kAnyRole : uint8_t{pack::kRoleIs}, facts);
    for (uint32_t k = 0; k < h.count; ++k) heads_.Add(segments_->concepts[h.concepts + k]);
    part_head_ = part_head_ || HasKind(h, ConceptKind::kPart);
    only_part_head_ = only_part_head_ || HasOnlyKind(h, ConceptKind::kPart);
    platform_head_ = platform_head_ || HasKind(h, ConceptKind::kPlatform);
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

void RoleReader::Read(const text::Reading& reading, const Segments& segments, pack::ItemKind item_kind, bool generous,
                      Facts& facts) {
  reading_ = &reading;
  segments_ = &segments;
  generous_ = generous;
  strange_ = false;
  heads_.clear();
  facts.concepts.clear();
  facts.doubtful = facts.assistance = false;
  goods_ = part_ = neutral_ = information_ = false;
  part_head_ = only_part_head_ = part_word_ = platform_head_ = false;
  facts.SetKind(item_kind);
  facts.genre = segments.genre;
  aboard_ = std::any_of(segments.elements.begin(), segments.elements.end(), [&](const Element& e) {
    return !e.ambiguous && HasOnlyKind(e, ConceptKind::kPlatform) && (reading.cjk || e.designation || IsNarrowest(e));
  });
  Split();
  AnnexAsides();
  PromoteAside();
  JoinTargets();
  PromoteTargets();
  PassHeadOn();
  PromoteContents();
  AimAtAnnounced();
  AimPartsAtNamed();
  AimAtPlatforms();
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
        if (information_ && !goods_ && !HasTarget(facts) && Names(p)) {  // 技術資料（１２式地対艦誘導弾）
          ReadTargetPhrase(p, facts);
        } else {
          ReadAside(p, facts);
        }
        break;
      case Place::kName:
        ReadName(p, facts);
        break;
    }
  }
  facts.head = goods_ ? Head::kGoods : information_ ? Head::kInformation : neutral_ ? Head::kNeutral : Head::kNone;
  if (facts.head == Head::kGoods) facts.SetKind(item_kind);
  if (item_kind != pack::ItemKind::kGoods) TakeKindOfCaller(item_kind, facts);
}

// The caller says that it is technology, software or a service: the thing described is its target, and where the text
// has no word for it the caller's counts.
void RoleReader::TakeKindOfCaller(pack::ItemKind kind, Facts& facts) const {
  uint32_t said = known_.technical_data;
  if (kind == pack::ItemKind::kSoftware) said = known_.software;
  if (kind == pack::ItemKind::kService) said = known_.service;
  const ConceptFact* thing = nullptr;  // or else the first that is known
  for (ConceptFact& f : facts.concepts) {
    if ((f.roles & pack::kRoleIs) == 0) continue;
    f.roles |= pack::kRoleFor;
    thing = thing == nullptr ? &f : thing;
  }
  facts.head = Head::kInformation;
  if (information_ && !goods_) return;
  facts.SetKind(kind);
  if (said == pack::kNone || facts.concepts.empty()) return;
  facts.concepts.push_back({said, pack::kRoleIs, thing == nullptr ? facts.concepts.front().span : thing->span});
}

}  // namespace sekisho::facts
