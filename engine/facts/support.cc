#include "engine/facts/support.h"

#include <algorithm>
#include <tuple>

#include "engine/facts/calibers.h"

namespace sekisho::facts {
namespace {

using match::Hit;
using pack::kNone;
using pack::NeedKind;
using pack::TermKind;
using pack::Word;
using text::Script;
using text::Token;

bool IsWeak(const Hit& h) { return (h.flags & pack::kTermWeak) != 0; }

std::string_view FirstWord(const text::Reading& r, const Hit& h) {
  const Token& t = r.tokens[h.first];
  return std::string_view(r.text).substr(t.begin, t.end - t.begin);
}

bool SameWord(const text::Reading& r, const Hit& a, const Hit& b) {
  const uint32_t id = r.tokens[a.first].id;
  return a.last - a.first == b.last - b.first &&
         ((id != kNone && id == r.tokens[b.first].id) || FirstWord(r, a) == FirstWord(r, b));
}

// Whether the caller wrote the hit in letters of full width.
bool IsWide(const text::Reading& r, const Hit& h) {
  const Token& t = r.tokens[h.first];
  return t.script == Script::kLatin && t.src_end - t.src_begin > t.end - t.begin;
}

// What a group has in common: concept, strength, length, first word.
auto Key(const text::Reading& r, const Hit& h) {
  return std::make_tuple(h.id, IsWeak(h), h.pattern, h.last - h.first, HasDigit(r, h), r.tokens[h.first].id,
                         FirstWord(r, h));
}

auto Place(const Hit& h) { return std::make_tuple(h.first, h.last, h.kind, h.id); }

}  // namespace

bool HasDigit(const text::Reading& r, const Hit& h) {
  return std::any_of(r.tokens.begin() + h.first, r.tokens.begin() + h.last,
                     [](const Token& t) { return t.script == Script::kDigit; });
}

void Support::Reach::Take(const Hit& h) {
  first_end = std::min(first_end, h.last);
  last_begin = std::max(last_begin, h.first);
}

void Support::Reach::Take(const Reach& r) {
  first_end = std::min(first_end, r.first_end);
  last_begin = std::max(last_begin, r.last_begin);
}

bool Support::Among(const std::vector<Hit>& missing, const Hit& hit) {
  return std::binary_search(missing.begin(), missing.end(), hit,
                            [](const Hit& a, const Hit& b) { return Place(a) < Place(b); });
}

// Tanks (except military tanks), 軍用を除く: what an exception names supports nothing. It reaches to the next comma or
// bracket, and where it fills a bracket, to that one's end.
void Support::FindShutOut(const Selection& s) {
  shut_out_.clear();
  const auto exception = [](const Hit& h) { return h.Is(Word::kExceptionAfter) || h.Is(Word::kExceptionBefore); };
  if (std::none_of(s.kept.begin(), s.kept.end(), exception)) return;
  const std::vector<Token>& tokens = s.reading.tokens;
  shut_out_.assign(tokens.size(), false);
  for (const Hit& h : s.kept) {
    const auto end = tokens[h.first].gap == text::Gap::kOpen ? text::Gap::kClose : text::Gap::kComma;
    if (h.Is(Word::kExceptionAfter)) {
      for (size_t i = h.last; i < tokens.size() && tokens[i].gap < end && !shut_out_[i]; ++i) shut_out_[i] = true;
    }
    if (h.Is(Word::kExceptionBefore)) {
      for (size_t i = h.first; i > 0 && tokens[i].gap < text::Gap::kComma && !shut_out_[i - 1]; --i)
        shut_out_[i - 1] = true;
    }
  }
}

const std::vector<Hit>& Support::Missing(const Selection& s) {
  missing_.clear();
  named_.clear();
  all_ = partitives_ = Reach{};
  have_qualities_ = false;
  bare_.reset();
  bool civil = false, weak = false;
  FindShutOut(s);
  for (const Hit& h : s.kept) {
    civil = civil || h.Is(Word::kCivil);
    if (h.Is(Word::kPartitive)) partitives_.Take(h);
    if (h.kind != TermKind::kConcept) continue;
    if (IsShutOut(h)) {
      if (IsWeak(h)) missing_.push_back(h);
      continue;
    }
    weak = weak || IsWeak(h);
    all_.Take(h);
    named_.push_back(h);
  }
  if (!weak && missing_.empty()) return missing_;
  if (civil) {
    std::copy_if(named_.begin(), named_.end(), std::back_inserter(missing_), IsWeak);
  } else {
    MakeGroups(s);
    for (const Group& group : groups_) {
      if (IsWeak(group.hit)) Judge(s, group);
    }
  }
  std::sort(missing_.begin(), missing_.end(), [](const Hit& a, const Hit& b) { return Place(a) < Place(b); });
  return missing_;
}

void Support::MakeGroups(const Selection& s) {
  const text::Reading& r = s.reading;
  if (named_.size() > 1) {
    std::sort(named_.begin(), named_.end(), [&](const Hit& a, const Hit& b) {
      return a.id != b.id ? a.id < b.id : std::make_tuple(Key(r, a), a.first) < std::make_tuple(Key(r, b), b.first);
    });
  }
  groups_.clear();
  for (uint32_t i = 0; i < named_.size(); ++i) {
    const Hit& h = named_[i];
    if (groups_.empty() || h.id != groups_.back().hit.id || Key(r, groups_.back().hit) != Key(r, h))
      groups_.push_back({h, HasDigit(r, h), i, 0, {}});
    ++groups_.back().count;
    groups_.back().reach.Take(h);
  }
}

// Finds those of the group that have no support.
void Support::Judge(const Selection& s, const Group& group) {
  if (SupportedAnywhere(s, group.hit)) return;
  const auto hits = std::span<const Hit>(named_).subspan(group.first, group.count);
  Reach reach;
  const auto settled = [&] { return group.count == 1 && reach.Beside(group.hit); };
  TakeKin(s, group, reach);
  const pack::Range needs = pack_.concepts()[group.hit.id].needs;
  for (const pack::Need& need : pack_.needs().subspan(needs.first, needs.count)) {
    if (settled()) return;
    TakeNeeded(s, need, group.hit, reach);
  }
  const auto all = pack_.needs().subspan(needs.first, needs.count);
  const bool target =
      std::any_of(all.begin(), all.end(), [](const pack::Need& n) { return n.kind == NeedKind::kTarget; });
  for (const Hit& h : hits) {
    if (reach.Beside(h) || StandsAlone(s, group, h)) continue;
    if (!target || !(StandsAsTarget(s, h) || (group.digit && StandsBeforePart(s, h)))) missing_.push_back(h);
  }
}

// Pump for Stinger, overhaul of Phalanx: a name stands as what a part, information or an action is for, and ends its
// phrase (not: battery for Stinger flashlight).
bool Support::StandsAsTarget(const Selection& s, const Hit& hit) const {
  const text::Reading& r = s.reading;
  const bool goes_on = hit.last < r.tokens.size() && r.tokens[hit.last].gap < text::Gap::kComma;
  const bool ends = std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
    return h.first == hit.last && (h.Is(Word::kAnd) || h.Is(Word::kWith) || h.Is(Word::kTransparent) ||
                                   h.Is(Word::kTrailing) || h.Is(Word::kTargetAfter) || h.Is(Word::kTargetOf));
  });
  if (!r.cjk && goes_on && !ends) return false;
  const auto behind = [&](uint32_t end, Word word) {
    return std::find_if(s.hits.begin(), s.hits.end(), [&](const Hit& h) { return h.last == end && h.Is(word); });
  };
  const auto article = behind(hit.first, Word::kIgnored);  // for the T-80
  const uint32_t begin = article == s.hits.end() ? hit.first : article->first;
  const bool aimed = behind(begin, Word::kTargetAfter) != s.hits.end() ||
                     behind(begin, Word::kTargetOf) != s.hits.end() ||
                     std::any_of(s.hits.begin(), s.hits.end(),
                                 [&](const Hit& h) { return h.first == hit.last && h.Is(Word::kTargetBefore); });
  return aimed && std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
           if (h.first < hit.last && hit.first < h.last) return false;
           if (h.kind != TermKind::kConcept) return h.Is(Word::kAction) || h.Is(Word::kPartitive);
           const pack::ConceptKind kind = pack_.concepts()[h.id].kind;
           return !h.system && (kind == pack::ConceptKind::kPart || kind == pack::ConceptKind::kInformation);
         });
}

// T-72 pump: a type's number right before a word for a part, ambiguous or not; behind it stands the part's own number
// (bracket F404). A thread's (M2 screw) and one with a space inside (at 4 bar) are none.
bool Support::StandsBeforePart(const Selection& s, const Hit& hit) const {
  const text::Reading& r = s.reading;
  if (FirstWord(r, hit) == "m") return false;
  for (uint32_t t = hit.first + 1; t < hit.last; ++t) {
    if (r.tokens[t].gap > text::Gap::kSlash) return false;
  }
  return std::any_of(s.hits.begin(), s.hits.end(), [&](const Hit& h) {
    return h.first == hit.last && h.kind == TermKind::kConcept && !h.system &&
           pack_.concepts()[h.id].kind == pack::ConceptKind::kPart;
  });
}

// By the item's Federal Supply Class, by a figure: wherever in the line.
bool Support::SupportedAnywhere(const Selection& s, const Hit& hit) const {
  const pack::Concept& c = pack_.concepts()[hit.id];
  const auto classes = pack_.ids(c.fsc);
  if (s.supply_class != 0 && std::find(classes.begin(), classes.end(), s.supply_class) != classes.end()) return true;
  if (s.quantities.empty()) return false;
  const auto needs = pack_.needs().subspan(c.needs.first, c.needs.count);
  return std::any_of(needs.begin(), needs.end(), [&](const pack::Need& need) {
    if (need.kind != NeedKind::kMeasure) return false;
    const auto implied = pack_.ids(pack_.measures()[need.id].implied);
    return std::any_of(s.quantities.begin(), s.quantities.end(), [&](const Quantity& q) {
      if (q.Names(need.id)) return true;
      return q.Implies(implied) && (need.id != caliber_ || q.unit != millimetre_ || IsBore(q.low));  // not 24 mm
    });
  });
}

// Fire truck beside vehicle, airship beside helicopter: an ambiguous word that says its kind itself, being or holding
// the ordinary word for it, learns nothing from that word once more, nor from a plain word for another of its kind.
bool Support::SaysKind(const Selection& s, const Group& group, const Group& other) const {
  if (group.digit || other.digit) return false;
  const Hit& hit = group.hit;
  const bool above = IsA(hit.id, other.hit.id) || IsA(other.hit.id, hit.id);
  auto h = std::partition_point(s.hits.begin(), s.hits.end(), [&](const Hit& o) { return o.first < hit.first; });
  for (; h != s.hits.end() && h->first < hit.last; ++h) {
    if (h->kind != TermKind::kConcept || h->system || IsWeak(*h) || h->last > hit.last) continue;
    if (h->id == other.hit.id || (!above && kinship_.Kin(h->id, other.hit.id))) return true;
  }
  return false;
}

// A name and the plain word for its kind hold each other up (F135 engine, Leopard tank), two ambiguous designations do
// not (A-1, B-1).
void Support::TakeKin(const Selection& s, const Group& group, Reach& reach) const {
  const Hit& hit = group.hit;
  uint32_t known = kNone;  // the concept asked about last
  bool kin = false;
  for (const Group& other : groups_) {
    if (other.hit.id == hit.id || SameWord(s.reading, other.hit, hit) ||
        (IsWeak(other.hit) && other.digit && group.digit))
      continue;
    if (other.hit.id != known) kin = kinship_.Kin(other.hit.id, hit.id);
    known = other.hit.id;
    if (kin && !SaysKind(s, group, other)) reach.Take(other.reach);
  }
}

bool Support::IsA(uint32_t concept_id, uint32_t ancestor) const {
  const auto up = pack_.ancestors_of(concept_id);
  return std::any_of(up.begin(), up.end(), [&](const pack::Ancestor& a) { return a.concept_id == ancestor; });
}

void Support::TakeNeeded(const Selection& s, const pack::Need& need, const Hit& hit, Reach& reach) {
  const auto take = [&](auto&& test) {
    for (const Group& g : groups_) {
      if (test(g.hit)) reach.Take(g.reach);
    }
  };
  switch (need.kind) {
    case NeedKind::kMeasure:  // SupportedAnywhere
    case NeedKind::kTarget:   // StandsAsTarget
      break;
    case NeedKind::kDesignator:
      for (const Hit& h : s.systems) reach.Take(h);
      take([](const Hit& h) { return !IsWeak(h) && h.pattern; });
      break;
    case NeedKind::kPlatform:
      take([&](const Hit& h) { return !IsWeak(h) && IsPlatform(h.id); });
      break;
    case NeedKind::kConcept:
      if (need.id == part_) reach.Take(partitives_);  // plain "parts"
      take([&](const Hit& h) { return !IsWeak(h) && IsA(h.id, need.id); });
      TakeQualities(s, need.id, reach);
      break;
    case NeedKind::kPair:
      take([&](const Hit& h) { return IsWeak(h) && h.id != hit.id; });
      break;
  }
}

// A quality counts inside a longer phrase too: "military" in "military radio".
void Support::TakeQualities(const Selection& s, uint32_t needed, Reach& reach) {
  if (!have_qualities_) {
    have_qualities_ = true;
    qualities_.clear();
    for (const Hit& h : s.hits) {
      if (h.kind != TermKind::kConcept || h.system || IsWeak(h) || IsShutOut(h) ||
          pack_.concepts()[h.id].kind != pack::ConceptKind::kQuality)
        continue;
      const auto at = std::lower_bound(qualities_.begin(), qualities_.end(), h.id,
                                       [](const auto& known, uint32_t id) { return known.first < id; });
      if (at != qualities_.end() && at->first == h.id) {
        at->second.Take(h);
      } else {
        qualities_.insert(at, {h.id, Reach{}})->second.Take(h);
      }
    }
  }
  for (const auto& [id, where] : qualities_) {
    if (IsA(id, needed)) reach.Take(where);
  }
}

// Ｐ－１（量産）, Ｔ－４の定期修理, Ｃ－２: a platform's designation in a Japanese line of grammar words alone, or in
// letters as wide as the Japanese ones.
bool Support::StandsAlone(const Selection& s, const Group& group, const Hit& hit) {
  const text::Reading& r = s.reading;
  if (!(r.cjk || IsWide(r, hit)) || !group.digit || !IsPlatform(hit.id) || all_.Beside(hit)) return false;
  if (!bare_) {
    bare_ = true;
    for (size_t i = 0; i < r.tokens.size() && *bare_; ++i)
      bare_ = s.owner[i] != 0 || r.tokens[i].script == Script::kDigit || r.tokens[i].field != 0;
  }
  return *bare_;
}

}  // namespace sekisho::facts
