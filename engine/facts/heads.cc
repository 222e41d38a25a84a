// The head of a phrase: the word that says what the thing is.
#include <algorithm>

#include "engine/facts/roles.h"

namespace sekisho::facts {
namespace {

using pack::ConceptKind;
using pack::Word;

bool SaysNothing(const Element& e) {
  return e.count == 0 && !e.Is(Word::kPartitive) &&
         (e.quantity || e.code || e.Is(Word::kTrailing) || e.Is(Word::kTailLead) || e.Is(Word::kIgnored) ||
          e.Is(Word::kCivil) || e.Is(Word::kDeactivated));
}

}  // namespace

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

bool RoleReader::IsNarrowest(const Element& e) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    if (!known_.leaf[segments_->concepts[e.concepts + k]]) return false;
  }
  return e.count != 0;
}

bool RoleReader::AnyNarrowest(const Element& e) const {
  const auto* const ids = segments_->concepts.data() + e.concepts;
  return std::any_of(ids, ids + e.count, [&](uint32_t id) { return known_.leaf[id]; });
}

// GOGGLE COLOUR: BLACK, 暗視ゴーグル　規格：甲: a word that nothing is known of, right before a colon.
bool RoleReader::IsLabel(const Element& e) const {
  if (e.count != 0 || e.words != 0 || e.last >= reading_->tokens.size()) return false;
  const text::Token &t = reading_->tokens[e.last - 1], &next = reading_->tokens[e.last];
  if (next.gap != text::Gap::kStop || next.field != t.field || next.src_begin <= t.src_end) return false;
  const std::string_view between = reading_->source[t.field].substr(t.src_end, next.src_begin - t.src_end);
  return between.find(':') != std::string_view::npos || between.find("：") != std::string_view::npos;
}

// KIT, 1 EA, P/N 123: whether nothing that names anything stands before a word of the phrase.
bool RoleReader::Opens(const ElementIds& phrase, size_t at) const {
  return std::all_of(phrase.begin(), phrase.begin() + static_cast<ptrdiff_t>(at), [&](uint32_t k) {
    const Element& e = segments_->elements[k];
    return SaysNothing(e) || (e.count == 0 && (e.Is(Word::kTransparent) || e.Is(Word::kCounter)));
  });
}

// Gearbox Apache, mission computer Tornado: a platform's name right behind a part, or what may be one, ambiguous words
// or one word that has no kinds below it in one of its senses; behind a part that opens the phrase a name of several
// words, too (gearbox Puma IFV). A plain noun would stand before the part.
bool RoleReader::IsNamedPlatform(const ElementIds& phrase, size_t at) const {
  if (at == 0 || reading_->cjk) return false;
  const Element& e = segments_->elements[phrase[at]];
  if (!HasKind(e, ConceptKind::kPlatform)) return false;
  size_t k = at - 1;  // over figures and codes: transmission NP218 Gripen
  const auto mute = [](const Element& code) { return code.count == 0 && (code.code || code.quantity); };
  while (k > 0 && mute(segments_->elements[phrase[k]])) --k;
  const Element& before = segments_->elements[phrase[k]];
  const bool part = HasOnlyKind(before, ConceptKind::kPart), one = e.last - e.first == 1;
  if ((part || before.part_word) && !e.ambiguous && (one || e.name) && AnyNarrowest(e) && Opens(phrase, k)) return true;
  if (!HasOnlyKind(e, ConceptKind::kPlatform)) return false;
  for (const ConceptKind other : {ConceptKind::kSubstance, ConceptKind::kInformation}) {
    if (HasKind(before, other)) return false;
  }
  const bool thing = HasOnlyKind(before, ConceptKind::kThing) && !e.ambiguous;
  if (!thing && !HasKind(before, ConceptKind::kPart)) return false;
  return e.ambiguous || (one && (part ? AnyNarrowest(e) : IsNarrowest(e)));
}

// 棚面積１０㎡: a word glued before the name of a figure is a part of that name, whatever it says alone.
bool RoleReader::IsOfFigure(const ElementIds& phrase, size_t at) const {
  if (at == 0 || at + 1 >= phrase.size()) return false;
  const Element &e = segments_->elements[phrase[at]], &figure = segments_->elements[phrase[at + 1]];
  const text::Token &name = reading_->tokens[figure.first], &word = reading_->tokens[e.first];
  const auto japanese = [](const text::Token& t) {
    return t.script >= text::Script::kHan && t.script <= text::Script::kKatakana;
  };
  return figure.quantity && japanese(name) && japanese(word) && figure.first == e.last &&
         !reading_->SpaceBefore(figure.first);
}

// The last element that can be a head. Codes, sizes, quantities behind it are passed over; transparent words and
// actions, too, and remembered. A designation at the end (ROTOR BLADE UH-60, MONOCULAR AN/PVS-14) waits: the noun
// before it is the head if there is one.
RoleReader::HeadOf RoleReader::SeekHead(const ElementIds& phrase) const {
  HeadOf head, waiting;
  for (size_t k = phrase.size(); k-- > 0;) {
    const Element& e = segments_->elements[phrase[k]];
    head.element = phrase[k];
    if (e.count != 0) {
      if (HasOnlyKind(e, ConceptKind::kQuality)) {
        head.action = head.action || e.Is(Word::kAction);  // 研究試作, prototype: both
        head.likeness = head.likeness || e.Is(Word::kTransparent);
        continue;
      }
      head.kind = HeadKind::kContent;
      const bool part_by_word = HasOnlyKind(e, ConceptKind::kPart) && WordsThenType(e);  // feed tray M240 as one phrase
      if ((!e.designation || part_by_word) && !IsNamedPlatform(phrase, k)) return OrBeforeFigure(phrase, k, head);
      if (waiting.kind != HeadKind::kNothing && HasOnlyKind(e, ConceptKind::kPart)) return head;  // barrel 30mm M230
      if (waiting.kind == HeadKind::kNothing) waiting = head;
      head.kind = HeadKind::kNothing;
      continue;
    }
    if (SaysNothing(e) || (k > 0 && IsLabel(e)) || IsOfFigure(phrase, k)) continue;
    if (e.Is(Word::kPartitive) && e.Is(Word::kIgnored) && k == 0 && waiting.kind != HeadKind::kNothing) continue;
    if (e.Is(Word::kPartitive)) return head.kind = HeadKind::kPartitive, head;  // but SPARE F-16
    if (e.Is(Word::kNeutral)) {                                                 // a rack; but a rack for F-16
      head.kind = e.Is(Word::kFitting) && aboard_ ? HeadKind::kPartitive : HeadKind::kNeutral;
      return OrBeforeFigure(phrase, k, head);
    }
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
    return OrBeforeFigure(phrase, k, head);
  }
  if (waiting.kind == HeadKind::kNothing) return head;
  waiting.transparent = head.transparent;
  return waiting;
}

// Graphite: a substance and no thing, whatever else is said by it.
bool RoleReader::IsMaterial(const Element& e) const {
  for (uint32_t k = 0; k < e.count; ++k) {
    const ConceptKind kind = pack_.concepts()[segments_->concepts[e.concepts + k]].kind;
    if (kind != ConceptKind::kSubstance && kind != ConceptKind::kQuality) return false;
  }
  return HasKind(e, ConceptKind::kSubstance);
}

// The thing or the substance whose figures stand before the word at `name`; of a platform that word may be a part.
RoleReader::HeadOf RoleReader::BeforeFigure(const ElementIds& phrase, size_t name) const {
  HeadOf head;
  bool sized = false;
  for (size_t k = name; k-- > 0;) {
    const Element& e = segments_->elements[phrase[k]];
    sized = sized || e.quantity;
    if (!sized || e.count == 0 || HasOnlyKind(e, ConceptKind::kQuality)) continue;
    if (HasKind(e, ConceptKind::kPlatform) || HasKind(e, ConceptKind::kInformation)) break;
    head.kind = HeadKind::kContent, head.element = phrase[k], head.named = true;
    break;
  }
  return head;
}

// Behind the figures of a thing stands what is said of it as often as another thing: rate table 360 deg/s slip ring.
// `found`, the head at `name`, is doubtful then. A substance there is what the thing has in it (furnace 50 kW
// graphite), and what is no item by itself is what a substance comes in (hydrogen peroxide 90% drum).
RoleReader::HeadOf RoleReader::OrBeforeFigure(const ElementIds& phrase, size_t name, HeadOf found) const {
  HeadOf before = BeforeFigure(phrase, name);
  if (before.kind == HeadKind::kNothing) return found;
  const bool substance = HasKind(segments_->elements[before.element], ConceptKind::kSubstance);
  const bool neutral = found.kind == HeadKind::kNeutral;
  if (neutral ? substance : !substance && IsMaterial(segments_->elements[found.element])) {
    before.named = false;
    return before;
  }
  if (neutral || found.kind == HeadKind::kPartitive) return found;
  before.doubtful = found.doubtful = true;
  return generous_ ? before : found;
}

// NIGHT VISION GOGGLE ACME, 暗視ゴーグル ACME: a Latin word of no phrase at all behind a thing is its maker or its
// model, or else a part's name, and so is any unknown one behind a Japanese word; behind a platform (戦車 BRACKET) it
// is a part's. Of another unknown word the same is doubtful. `name` is the word's place in the phrase.
RoleReader::HeadOf RoleReader::BeforeName(const ElementIds& phrase, size_t name) const {
  HeadOf head;
  bool labels = true, spaced = false;
  bool label = false, sized = false;  // a label: 最大風速 before 15 m/s; a figure before the name: rocket 122 mm Grad
  for (size_t k = name + 1; k-- > 0;) {
    const Element& e = segments_->elements[phrase[k]];
    const text::Token& t = reading_->tokens[e.last - 1];
    const bool latin = t.script == text::Script::kLatin;
    if (e.count == 0 && e.Is(Word::kTransparent)) continue;
    constexpr uint32_t kAside = 1u << static_cast<uint32_t>(Word::kGenreAside);  // (PC), but M232 MACS
    if (e.count == 0 && (SaysNothing(e) || (e.words & ~kAside) == 0)) {
      const bool foreign = latin && (reading_->cjk || reading_->tokens[e.first].id == pack::kNone);
      label = k + 1 < phrase.size() && (label || segments_->elements[phrase[k + 1]].quantity);
      head.doubtful = head.doubtful || (!SaysNothing(e) && !foreign);
      sized = sized || e.quantity;
      labels = labels && (SaysNothing(e) || label);
      label = label && !SaysNothing(e);
      spaced = reading_->SpaceBefore(e.first);
      continue;
    }
    if (e.count == 0 || HasOnlyKind(e, ConceptKind::kQuality)) return {};
    // What has a name of its own: a part of the platform, what is made of the substance, 赤外線カメラケース.
    const bool nickname = e.designation && !head.doubtful && !label && name - k == 1;  // Su-57E Felon
    if (HasKind(e, ConceptKind::kPlatform) && !(head.doubtful && labels) && !sized && !nickname) return {};
    head.doubtful = head.doubtful || (nickname && HasKind(e, ConceptKind::kPlatform));
    if (HasKind(e, ConceptKind::kSubstance) && head.doubtful && !labels) return {};
    if (head.doubtful && reading_->cjk && !spaced) return {};
    head.doubtful = head.doubtful || sized || (latin || t.script == text::Script::kDigit) == reading_->cjk;
    head.kind = HeadKind::kContent, head.element = phrase[k], head.named = true;
    return head;
  }
  return {};
}

}  // namespace sekisho::facts
