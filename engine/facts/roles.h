// What the item is, what it is for, what it has: a small machine over the elements of a line. docs/design/roles.md is
// its one page.
#pragma once

#include <vector>

#include "absl/container/inlined_vector.h"
#include "engine/facts/facts.h"
#include "engine/facts/kinship.h"
#include "engine/facts/segment.h"
#include "engine/pack/pack.h"
#include "engine/text/between.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

// Concepts that the grammar itself speaks of.
struct KnownConcepts {
  explicit KnownConcepts(const pack::Pack& pack);
  uint32_t part, technical_data, software, service, technical_assistance;
  std::vector<bool> leaf;  // of each concept: none is narrower
};

class RoleReader {
 public:
  RoleReader(const pack::Pack& pack, const KnownConcepts& known) : pack_(pack), known_(known), heads_(pack) {}
  // Sets the concepts, head, kind and genre of `facts`. `generous`: a head that nothing is known of is taken for a form
  // or a name of the thing that it stands behind (carbon fibre prepreg roll), and not for a part or a use of it.
  void Read(const text::Reading& reading, const Segments& segments, pack::ItemKind item_kind, bool generous,
            Facts& facts);

 private:
  // A noun phrase: elements between two function words, and what the function words make of it.
  enum class Place : uint8_t { kHead, kTarget, kWith, kDenied, kAside, kName };
  enum class HeadKind : uint8_t { kNothing, kContent, kPartitive, kNeutral };
  struct HeadOf {
    HeadKind kind = HeadKind::kNothing;
    uint32_t element = 0;
    bool transparent = false;
    bool action = false;
    bool likeness = false;  // a prototype: what it is of, and all that this is
    bool doubtful = false;  // nothing is known of it, and it stands behind a thing
    bool named = false;     // an unknown Latin name stands behind it: 暗視ゴーグル ACME
  };
  using ElementIds = absl::InlinedVector<uint32_t, 32>;  // a longer phrase asks for memory
  struct Phrase {
    ElementIds elements;
    Place place;
    bool joined = false;  // to the phrase before by "and" or "or"
    struct Known {        // its head, and of which elements that is: they come and go at the ends
      size_t count = 0;
      uint32_t front = 0, back = 0;
      HeadOf head;
    };
    mutable Known known = {};
  };

  void Split();
  void Close(Place place);
  void DenyJoined();
  void PromoteTargets();
  void AnnexAsides();
  void PromoteAside();
  void JoinTargets();
  void PassHeadOn();
  void PromoteContents();
  void AimAtAnnounced();
  size_t Announces(const Phrase& phrase) const;
  void AimAtPlatforms();
  void AimPartsAtNamed();
  size_t NamedBehindPart(const Phrase& phrase, const HeadOf& head);
  bool IsPart(const Element& element) const;
  bool MayBePart(const Element& element) const { return element.part_word || IsPart(element); }
  bool DividedBefore(uint32_t element) const;
  bool HasFigure(const Element& element) const;
  bool IsTypeNumber(const Element& element) const;
  bool WordsThenType(const Element& element) const;
  bool LabelledBefore(const Phrase& phrase, bool semicolon = true) const;
  bool IsOfPart(const Phrase& phrase) const;
  bool LabelsPart(size_t phrase) const;
  text::Brackets BracketsBefore(uint32_t element) const;
  void SplitHeadless();
  void SplitTargetFirst();
  std::vector<Phrase>::iterator LastTarget();
  size_t PurposeAt(const Phrase& target) const;
  bool IsLabel(const Element& element) const;
  bool IsOfFigure(const ElementIds& phrase, size_t at) const;
  bool NamesThing(const ElementIds& phrase) const;
  bool TellsProperty(uint32_t element, uint32_t& end) const;
  bool OpensProperty(uint32_t element);
  bool Opens(const ElementIds& phrase, size_t at) const;
  bool EndsPart(uint32_t element) const;
  void LeaveAccessory();
  bool IsNamedPlatform(const ElementIds& phrase, size_t at) const;
  const HeadOf& FindHead(const Phrase& phrase) const {
    const ElementIds& now = phrase.elements;
    Phrase::Known& known = phrase.known;
    if (now.empty()) return known = {}, known.head;
    if (known.count != now.size() || known.front != now.front() || known.back != now.back())
      known = {now.size(), now.front(), now.back(), SeekHead(now)};
    return known.head;
  }
  HeadOf SeekHead(const ElementIds& phrase) const;
  HeadOf BeforeName(const ElementIds& phrase, size_t name) const;
  HeadOf BeforeFigure(const ElementIds& phrase, size_t name) const;
  HeadOf OrBeforeFigure(const ElementIds& phrase, size_t name, HeadOf found) const;
  bool Names(const Phrase& phrase) const;
  void ReadName(const Phrase& phrase, Facts& facts);
  bool IsTargetAside(const Element& head) const;
  void ReadAside(const Phrase& phrase, Facts& facts);
  void ReadHeadPhrase(const Phrase& phrase, Facts& facts);
  void ReadTargetPhrase(const Phrase& phrase, Facts& facts);
  void ReadBeside(const Phrase& phrase, uint8_t otherwise, Facts& facts);
  void TakeKindOfCaller(pack::ItemKind kind, Facts& facts) const;
  std::string_view Text(uint32_t token) const;
  Span SpanOf(const Element& element) const;
  void Add(const Element& element, uint8_t roles, Facts& facts) const;
  void AddConcept(uint32_t concept_id, const Element& element, uint8_t roles, Facts& facts) const;
  bool KinToHeads(const Element& element) const;
  bool HasOnlyKind(const Element& element, pack::ConceptKind kind) const;
  bool IsMaterial(const Element& element) const;
  bool IsNarrowest(const Element& element) const;
  bool AnyNarrowest(const Element& element) const;
  bool HasKind(const Element& element, pack::ConceptKind kind) const;
  bool IsInformation(const Element& element, Facts& facts) const;

  const pack::Pack& pack_;
  const KnownConcepts& known_;
  const text::Reading* reading_ = nullptr;
  const Segments* segments_ = nullptr;
  std::vector<Phrase> phrases_;
  Phrase current_;
  uint32_t no_property_ = 0, properties_ = 0;  // up to these elements OpensProperty knows: none opens one, all do
  Kindred heads_;                              // concepts of the heads found so far
  bool generous_ = false;
  bool strange_ = false;  // a head in words of no phrase at all
  bool aboard_ = false;   // a platform is named beyond doubt: what stands with it may be fitted to it
  bool part_head_ = false, only_part_head_ = false, platform_head_ = false;  // what the item is by its head's concept
  bool part_word_ = false;                                                   // or by a word for a part that has none
  bool goods_ = false, part_ = false, neutral_ = false, information_ = false, target_found_ = false;
};

}  // namespace sekisho::facts
