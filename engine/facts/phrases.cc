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

// (diethylamino)ethanol: the bracket before the element closes inside of it.
bool ClosesItself(const text::Reading& reading, const Element& e) {
  return std::any_of(reading.tokens.begin() + e.first + 1, reading.tokens.begin() + e.last,
                     [](const text::Token& t) { return t.gap == Gap::kClose; });
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

// The brackets between an element and the one before it.
text::Brackets RoleReader::BracketsBefore(uint32_t element) const {
  const uint32_t at = segments_->elements[element].first;
  const text::Brackets found = text::CountBrackets(text::Between(*reading_, at));
  if (found.opened + found.closed != 0) return found;
  return reading_->tokens[at].gap == Gap::kOpen ? text::Brackets{0, 1} : text::Brackets{1, 0};  // not as it stood there
}

// Whether a phrase names a thing that is known, and no platform, which a part's name may follow. It is asked again and
// again while the phrase grows: only its last elements are looked at.
bool RoleReader::NamesThing(const ElementIds& phrase) const {
  constexpr size_t kNameElements = 64;
  if (phrase.empty()) return false;
  const auto tail = static_cast<ptrdiff_t>(std::min(kNameElements, phrase.size()));
  const HeadOf head = SeekHead(ElementIds(phrase.end() - tail, phrase.end()));
  if (head.kind != HeadKind::kContent || head.action || head.doubtful) return false;
  const Element& thing = segments_->elements[head.element];
  return thing.count != 0 && !HasKind(thing, ConceptKind::kPlatform);
}

// 棚面積１０㎡, アルミナ製感圧素子, 妨害除去素子付: whether a part of a Japanese line, from `element` up to a space, a
// comma or `end`, names nothing known and has a figure, or says of what it is made.
bool RoleReader::TellsProperty(uint32_t element, uint32_t& end) const {
  const auto& elements = segments_->elements;
  ElementIds part;
  bool property = false;
  for (end = element; end < elements.size(); ++end) {
    const Element& e = elements[end];
    if (end > element && (reading_->tokens[e.first].gap >= Gap::kComma || reading_->SpaceBefore(e.first))) break;
    if (IsFunction(e) && e.count == 0) {
      const bool last = end + 1 == elements.size();
      end = static_cast<uint32_t>(elements.size());
      return e.Is(Word::kWithBefore) && last;
    }
    part.push_back(end);
    property = property || e.quantity || SaysOfWhat(*reading_, e);
  }
  const HeadOf head = SeekHead(part);
  return property && (head.kind == HeadKind::kNothing || head.kind == HeadKind::kNeutral ||
                      (head.kind == HeadKind::kContent && elements[head.element].count == 0));
}

// 凍結乾燥機　棚面積１０㎡: behind a space a part tells a property of the thing before it, if all parts behind it do,
// up to a comma. What was found out of them is kept.
bool RoleReader::OpensProperty(uint32_t element) {
  const auto& elements = segments_->elements;
  if (element < no_property_ || element < properties_) return element < properties_;
  uint32_t part = element, end = element;
  do {
    part = end;
    if (!TellsProperty(part, end)) return no_property_ = part + 1, false;
  } while (end < elements.size() && reading_->tokens[elements[end].first].gap < Gap::kComma);
  return properties_ = end, true;
}

// Whether nothing of the item's part of the line stands behind an element but figures.
bool RoleReader::EndsPart(uint32_t element) const {
  const auto& elements = segments_->elements;
  for (uint32_t i = element + 1; i < elements.size(); ++i) {
    if (reading_->tokens[elements[i].first].gap >= Gap::kComma) return true;
    const Element& e = elements[i];
    if (e.count != 0 || !(e.quantity || e.code || e.Is(Word::kCounter) || e.Is(Word::kTrailing))) return false;
  }
  return true;
}

// 無人潜水機　３０００ｍ　マニピュレータ付: what stands before the last space is no accessory, where it has a head.
void RoleReader::LeaveAccessory() {
  ElementIds& all = current_.elements;
  size_t last = all.size();
  while (last > 0 && !reading_->SpaceBefore(segments_->elements[all[last - 1]].first)) --last;
  if (last < 2) return;
  const auto accessory = all.begin() + static_cast<ptrdiff_t>(last) - 1;
  const ElementIds rest(accessory, all.end());
  const HeadKind head = SeekHead(ElementIds(all.begin(), accessory)).kind;
  if (head != HeadKind::kContent && head != HeadKind::kPartitive) return;
  all.erase(accessory, all.end());
  Close(Place::kHead);
  current_.elements = rest;
}

// 迫撃砲及びりゅう弾砲を除く: what is joined to the last phrase by "and" is shut out with it.
void RoleReader::DenyJoined() {
  for (size_t i = phrases_.size(); i-- > 1 && phrases_[i].joined && phrases_[i - 1].place == Place::kHead;)
    phrases_[i - 1].place = Place::kDenied;
}

// Cuts the line into phrases. A Japanese particle closes the phrase before it; an English preposition opens the one
// after it.
void RoleReader::Split() {
  phrases_.clear();
  current_.elements.clear();
  current_.joined = false;
  no_property_ = properties_ = 0;
  Place place = Place::kHead, outside = Place::kHead;
  bool bracket = false, property = false, cjk = reading_->cjk;
  bool shut_out = false;  // the bracket lists what is none: (excluding howitzers, mortars)
  int depth = 0;          // of the brackets, where one stands in another: 軸受（護衛艦「あさひ」用）
  ElementIds suspended;
  const auto leave_bracket = [&] {
    Close(place);
    current_.elements.swap(suspended);
    suspended.clear();
    place = outside;
    bracket = shut_out = false;
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
    } else if (t.gap == Gap::kOpen || t.gap == Gap::kClose) {
      const text::Brackets found = BracketsBefore(i);
      depth -= found.closed;
      if (bracket && depth <= 0) leave_bracket();
      if (found.opened != 0 && !bracket && !ClosesItself(*reading_, e)) {
        outside = place;
        suspended.swap(current_.elements);
        place = Place::kAside;
        bracket = true;
        depth = 0;
      }
      depth += found.opened;
    } else if (t.gap == Gap::kStop) {
      if (bracket) leave_bracket();
      Close(place);
      place = Place::kHead;
      property = false;
    } else if (t.gap == Gap::kComma || t.gap == Gap::kCommaSpace) {
      Close(place);
      property = false;
      if ((cjk && !bracket) || (place == Place::kDenied && !shut_out)) place = Place::kHead;
    } else if (cjk && !bracket && (place == Place::kHead || property) && reading_->SpaceBefore(e.first)) {
      if (property) Close(Place::kWith);
      property = OpensProperty(i) && (property || NamesThing(current_.elements));
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
      if (cjk && !bracket && place == Place::kHead && EndsPart(i)) LeaveAccessory();
      Close(Place::kWith);
    } else if (e.Is(Word::kWithoutBefore)) {
      Close(Place::kDenied);
      if (e.Is(Word::kExceptionBefore)) DenyJoined();
    } else {
      Close(place);
      if (e.Is(Word::kTargetAfter) || e.Is(Word::kTargetOf)) place = Place::kTarget;
      if (e.Is(Word::kWith)) place = Place::kWith;
      if (e.Is(Word::kWithoutAfter)) {
        place = Place::kDenied;
        shut_out = bracket && e.Is(Word::kExceptionAfter);
      }
      current_.joined = e.Is(Word::kAnd) && !phrases_.empty();
    }
  }
  if (bracket) leave_bracket();
  Close(place);
}

// AN/ALR-56, M61A1: a designation that holds no word.
bool RoleReader::IsTypeNumber(const Element& e) const {
  constexpr uint32_t kMostLetters = 3;
  return e.designation &&
         std::all_of(reading_->tokens.begin() + e.first, reading_->tokens.begin() + e.last, [](const text::Token& t) {
           return t.script == text::Script::kDigit || t.end - t.begin <= kMostLetters;
         });
}

// Feed tray M240: a designation of two words or more and then a type's number of a letter and figures.
bool RoleReader::WordsThenType(const Element& e) const {
  constexpr uint32_t kTokens = 4;  // at least: two words, a letter, figures
  if (!e.designation || e.last - e.first < kTokens) return false;
  const auto* const t = reading_->tokens.data() + e.last;
  return t[-1].script == text::Script::kDigit && t[-2].script == text::Script::kLatin && t[-1].gap <= Gap::kHyphen &&
         t[-3].script == text::Script::kLatin && t[-2].gap == Gap::kSpace &&
         reading_->tokens[e.first].script == text::Script::kLatin;
}

// F-16 (spare parts), Ｆ－１５（部品）: a bracket of a partitive alone belongs to the phrase before it; so does one of
// a part alone behind a platform or a type's number (F-16 (gearbox), M61A1 (pump); no 12 gauge shell (tracer)).
void RoleReader::AnnexAsides() {
  const auto element = [&](uint32_t k) -> const Element& { return segments_->elements[k]; };
  const auto partitive = [&](uint32_t k) { return element(k).Is(Word::kPartitive); };
  const auto part = [&](uint32_t k) {
    return (MayBePart(element(k)) && !element(k).name) || element(k).Is(Word::kTransparent);
  };
  const auto one_word = [&](const Phrase& p) {
    return p.elements.size() == 1 && element(p.elements[0]).last - element(p.elements[0]).first == 1;
  };
  const auto holds = [&](const Phrase& p, const Phrase& aside) {
    const HeadOf head = FindHead(p);
    const Element& h = element(head.element);
    if (head.kind != HeadKind::kContent || head.transparent || head.named) return false;
    if (HasKind(h, ConceptKind::kPart)) return false;
    if (HasOnlyKind(h, ConceptKind::kPlatform)) return !reading_->cjk || HasFigure(h);
    return (HasKind(h, ConceptKind::kPlatform) || IsTypeNumber(h)) && one_word(aside);
  };
  for (size_t i = 0; i + 1 < phrases_.size(); ++i) {  // a bracket is closed before the phrase that it stands in
    Phrase &aside = phrases_[i], &host = phrases_[i + 1];
    if (aside.place != Place::kAside || host.place != Place::kHead || host.elements.front() > aside.elements.front())
      continue;
    const bool parts = std::all_of(aside.elements.begin(), aside.elements.end(), partitive);
    const bool a_part = std::all_of(aside.elements.begin(), aside.elements.end(), part) &&
                        MayBePart(element(aside.elements.back())) && holds(host, aside);
    if (!parts && !a_part) continue;
    host.elements.insert(host.elements.end(), aside.elements.begin(), aside.elements.end());
    aside.elements.clear();
  }
  std::erase_if(phrases_, [](const Phrase& p) { return p.elements.empty(); });
}

// 品名「暗視ゴーグル」, 修理（Ｆ－１５）, ITEM [MACHINE GUN]: where nothing but words that say nothing, or what is
// done, stands outside of brackets, the first bracket with a head is the item.
void RoleReader::PromoteAside() {
  Phrase* item = nullptr;
  for (Phrase& p : phrases_) {
    const HeadOf head = FindHead(p);
    const bool silent = head.kind == HeadKind::kNothing && !head.action;
    if (p.place == Place::kAside && !silent && item == nullptr) item = &p;
    if (p.place != Place::kAside && head.kind != HeadKind::kNothing) return;
  }
  if (item != nullptr) item->place = Place::kHead;
}

}  // namespace sekisho::facts
