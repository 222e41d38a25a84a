// Parts beside the name of what they are for, without a word that says so: GEARBOX UH-60, rotor head, UH-60M.
#include <algorithm>
#include <iterator>

#include "engine/facts/roles.h"

namespace sekisho::facts {

using pack::ConceptKind;
using pack::Word;
using text::Gap;

// Whether a dash, a slash, a mark of quotation or a code (P/N 123) parts an element from the one before it.
bool RoleReader::DividedBefore(uint32_t element) const {
  const uint32_t at = segments_->elements[element].first;
  if (at == 0 || element == 0) return false;
  const Element& before = segments_->elements[element - 1];
  if (before.code || (before.count == 0 && before.Is(Word::kTailLead))) return true;
  const std::string_view between = text::Between(*reading_, at);
  constexpr std::string_view kMarks[] = {"-", "/", "_",  "\"", "'",  "<",  "“", "‘",
                                         "–", "—", "／", "－", "＜", "〜", "~"};
  return std::any_of(std::begin(kMarks), std::end(kMarks),
                     [&](std::string_view mark) { return between.find(mark) != std::string_view::npos; });
}

namespace {

// Between a part and the name of what it is for: ASSY, P/N 123.
bool SaysNothing(const Element& e) {
  return e.count == 0 && (e.code || e.quantity || e.Is(Word::kTransparent) || e.Is(Word::kTailLead) ||
                          e.Is(Word::kIgnored) || e.Is(Word::kTrailing));
}

}  // namespace

// GEARBOX P/N 123 UH-60 HELICOPTER, HATCH - SUBMARINE, 歯車　９０式戦車: where the name begins, with the plain word for
// its kind, that is the head of a phrase behind a part: in phrase.elements; 0 where none is. Without a mark between
// them only a designation is a name: HATCH SUBMARINE may be anything.
size_t RoleReader::NamedBehindPart(const Phrase& phrase, const HeadOf& head) {
  const auto element = [&](size_t k) -> const Element& { return segments_->elements[phrase.elements[k]]; };
  size_t name = phrase.elements.size();
  while (name > 0 && phrase.elements[name - 1] != head.element) --name;
  if (name < 2 || HasKind(element(name - 1), ConceptKind::kPart)) return 0;
  const auto numbered = [&](const Element& e) {  // ６２式機関銃
    return e.designation || (reading_->cjk && e.count != 0 && HasFigure(e));
  };
  const auto at_head = static_cast<ptrdiff_t>(name) - 1;
  const bool head_designated = element(name - 1).designation;
  bool named = numbered(element(--name));
  const bool platform = HasKind(element(name), ConceptKind::kPlatform);
  const bool thing = HasOnlyKind(element(name), ConceptKind::kThing);
  heads_.clear();
  const Element& h = segments_->elements[head.element];
  for (uint32_t k = 0; k < h.count; ++k) heads_.Add(segments_->concepts[h.concepts + k]);
  for (; name > 0 && element(name - 1).count != 0 && KinToHeads(element(name - 1)); --name)
    named = named || numbered(element(name - 1));
  heads_.clear();
  if (name == 0) return 0;
  const bool divided = reading_->cjk
                           ? reading_->SpaceBefore(element(name).first) || DividedBefore(phrase.elements[name])
                           : DividedBefore(phrase.elements[name]);
  size_t part = name;  // behind the part
  while (part > 0 && SaysNothing(element(part - 1))) --part;
  if (part == 0) return 0;
  const Element& before = element(part - 1);
  const bool is_part =
      MayBePart(before) || (before.count == 0 && before.Is(Word::kPartitive) && !before.Is(Word::kIgnored));
  // FIRE CONTROL SYSTEM M1A2 TANK: the line opens with a thing that a platform carries.
  const bool fitted =
      part == 1 && named && !head_designated && !reading_->cjk && HasOnlyKind(before, ConceptKind::kThing) &&
      std::all_of(phrase.elements.begin() + static_cast<ptrdiff_t>(name), phrase.elements.begin() + at_head + 1,
                  [&](uint32_t k) { return HasOnlyKind(segments_->elements[k], ConceptKind::kPlatform); });
  if (fitted) return name;
  if (!is_part || (before.part_word && part != 1)) return 0;
  const bool aimed = reading_->cjk ? divided && (named || platform) : named || (divided && (platform || thing));
  return aimed ? name : 0;
}

bool RoleReader::HasFigure(const Element& e) const {
  return std::any_of(reading_->tokens.begin() + e.first, reading_->tokens.begin() + e.last,
                     [](const text::Token& t) { return t.script == text::Script::kDigit; });
}

// A part by all that it is, or by all but what is said of it.
bool RoleReader::IsPart(const Element& e) const {
  bool part = false;
  for (uint32_t k = 0; k < e.count; ++k) {
    const ConceptKind kind = pack_.concepts()[segments_->concepts[e.concepts + k]].kind;
    if (kind != ConceptKind::kPart && kind != ConceptKind::kQuality) return false;
    part = part || kind == ConceptKind::kPart;
  }
  return part;
}

// A part before the name of what it is for, as if a preposition stood between.
void RoleReader::AimPartsAtNamed() {
  for (size_t i = 0; i < phrases_.size(); ++i) {
    if (phrases_[i].place != Place::kHead) continue;
    const HeadOf head = FindHead(phrases_[i]);
    if (head.kind != HeadKind::kContent || segments_->elements[head.element].count == 0) continue;
    const size_t name = NamedBehindPart(phrases_[i], head);
    if (name == 0) continue;
    ElementIds& all = phrases_[i].elements;
    Phrase target{{all.begin() + static_cast<ptrdiff_t>(name), all.end()}, Place::kTarget};
    all.resize(name);
    phrases_.insert(phrases_.begin() + static_cast<ptrdiff_t>(i) + 1, std::move(target));
  }
}

// F-16: GEARBOX, GEARBOX | F-16: whether a colon or a bar stands before a phrase; or a semicolon, where no more than
// these two make the line.
bool RoleReader::LabelledBefore(const Phrase& phrase, bool semicolon) const {
  const std::string_view between = text::Between(*reading_, segments_->elements[phrase.elements.front()].first);
  const auto has = [&](std::string_view mark) { return between.find(mark) != std::string_view::npos; };
  constexpr std::string_view kMarks[] = {":", "：", "|", "｜"};
  if (std::any_of(std::begin(kMarks), std::end(kMarks), has)) return true;
  return semicolon && phrases_.size() == 2 && (has(";") || has("；"));
}

// Whether a phrase is of what a thing has: a part, or plain "parts", or a document.
bool RoleReader::IsOfPart(const Phrase& phrase) const {
  const HeadOf head = FindHead(phrase);
  const Element& h = segments_->elements[head.element];
  if (head.kind != HeadKind::kContent) return head.kind == HeadKind::kPartitive;
  return h.part_word || (HasKind(h, ConceptKind::kPart) && !HasKind(h, ConceptKind::kPlatform)) ||
         HasOnlyKind(h, ConceptKind::kInformation);
}

// F-16: gearbox, M61A1 | pump: whether the `i`-th phrase, which names a platform, stands before the part for it. Of
// another thing a part may be told that it has (carbine: barrel 16 in; sling): no figure, and nothing else.
bool RoleReader::LabelsPart(size_t i) const {
  if (i + 1 == phrases_.size()) return false;
  const Phrase& next = phrases_[i + 1];
  if (next.place != Place::kHead || !LabelledBefore(next) || !IsOfPart(next)) return false;
  const Element& h = segments_->elements[FindHead(phrases_[i]).element];
  if (HasKind(h, ConceptKind::kPlatform)) return true;
  const bool thing = HasOnlyKind(h, ConceptKind::kThing) && LabelledBefore(next, false);
  return (h.designation || thing) && phrases_.size() == 2 &&
         std::none_of(next.elements.begin(), next.elements.end(),
                      [&](uint32_t k) { return segments_->elements[k].quantity; });
}

// Rotor head, UH-60M, main: behind a comma the name of a platform is what the thing before is for, but where that is a
// platform itself (tank, M1A2); and so is any designation behind a part (barrel, M2HB). A colon or a bar may stand for
// the comma, behind which any thing is what the part is for; and between them the platform may come first
// (F-16: gearbox).
void RoleReader::AimAtPlatforms() {
  bool thing = false, part = false, carrier = false;  // met: what the line is of; and it is a part; or it is neutral
  bool targeted = std::any_of(phrases_.begin(), phrases_.end(), [](const Phrase& p) {
    return p.place == Place::kTarget;  // a mark announces none any more: pump for F-16 | Block 50
  });
  for (size_t i = 0; i < phrases_.size(); ++i) {
    Phrase& p = phrases_[i];
    if (p.place != Place::kHead) continue;
    const HeadOf head = FindHead(p);
    if (head.kind == HeadKind::kNeutral) carrier = true;  // case, M16 rifle
    if (head.kind == HeadKind::kPartitive && !thing) {    // rack, F-16 wing
      thing = part = true;
      continue;
    }
    if (head.kind != HeadKind::kContent) continue;
    const Element& h = segments_->elements[head.element];
    const Gap gap = reading_->tokens[segments_->elements[p.elements.front()].first].gap;
    const bool marked = part && !targeted && !KinToHeads(h) && LabelledBefore(p);
    const bool behind_comma = gap == Gap::kComma || gap == Gap::kCommaSpace || marked;
    const bool named = h.designation || (marked && HasOnlyKind(h, ConceptKind::kThing));
    const bool carried = carrier && h.designation && i + 1 == phrases_.size();
    const bool aimed = thing && (HasKind(h, ConceptKind::kPlatform) || (part && named)) && !KinToHeads(h);
    const bool labels = !thing && !targeted && LabelsPart(i);
    if ((behind_comma && (carried || aimed)) || labels) {
      p.place = Place::kTarget;
      targeted = true;
    } else if (!thing) {
      if (HasOnlyKind(h, ConceptKind::kPlatform)) break;
      thing = true;
      part = IsOfPart(p);
      heads_.clear();
      for (uint32_t k = 0; k < h.count; ++k) heads_.Add(segments_->concepts[h.concepts + k]);
    }
  }
  heads_.clear();
}

}  // namespace sekisho::facts
