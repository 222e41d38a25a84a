#include "engine/facts/stated.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace sekisho::facts {
namespace {

using pack::kNone;
using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kReach = 12;  // tokens behind the word that speaks of a list of rows: 輸出令別表第一の4の項(1)
constexpr std::string_view kApplies = "該当", kNot = "非";
constexpr std::array<std::string_view, 5> kNegations = {"しない", "しません", "せず", "なし", "無し"};
constexpr std::array<std::string_view, 2> kAfterAll = {"ではない", "でない"};  // 非該当ではない

template <typename Words>
bool StartsWithAny(std::string_view s, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return s.starts_with(word); });
}

}  // namespace

StatedReader::StatedReader(const pack::Pack& pack) : pack_(pack) {
  for (uint32_t i = 0; i < pack.lists().size(); ++i) {
    const pack::List& l = pack.lists()[i];
    const uint32_t speaks = pack.FindConcept("stated-" + std::string(pack.text(l.id)));
    const uint32_t claims = pack.FindConcept("stated-on-" + std::string(pack.text(l.id)));
    if ((speaks == kNone && claims == kNone) || l.entries.count == 0) continue;
    const std::string_view first = pack.text(pack.entries()[l.entries.first].designator);
    const bool letter = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
    const bool eccn = first.size() >= 5 && first[1] >= 'A' && first[1] <= 'E';
    lists_.push_back({i,
                      speaks,
                      claims,
                      letter ? StatedForm::kParagraph
                      : eccn ? StatedForm::kEccn
                             : StatedForm::kRow,
                      {}});
  }
}

// Complete or not at all: memory may run out while it is made.
void StatedReader::Index(List& list) const {
  Designators all;
  const pack::Range range = pack_.lists()[list.list].entries;
  all.keys.reserve(range.count);
  for (uint32_t i = range.first; i < range.first + range.count; ++i) {
    const auto begin = static_cast<uint32_t>(all.parts.size());
    AddParts(pack_.text(pack_.entries()[i].designator), all.parts);
    all.keys.push_back({begin, static_cast<uint32_t>(all.parts.size()) - begin, i});
  }
  std::sort(all.keys.begin(), all.keys.end(), [&](const Key& a, const Key& b) { return all.Text(a) < all.Text(b); });
  list.entries = std::move(all);
}

// The entry of the parts read, or the nearest one above it, as of the day.
uint32_t StatedReader::Find(const List& list) {
  const Designators& all = list.entries;
  for (;;) {
    const auto before = [&](const Key& key) { return all.Text(key) < key_; };
    auto found = std::partition_point(all.keys.begin(), all.keys.end(), before);
    for (; found != all.keys.end() && all.Text(*found) == key_; ++found) {
      const pack::Entry& entry = pack_.entries()[found->entry];
      if (entry.from <= as_of_ && as_of_ < entry.to) return found->entry;
    }
    const size_t dot = key_.rfind('.');
    if (dot == std::string::npos) return kNone;
    key_.resize(dot);
  }
}

// 5(18) 非該当: the next word on whether the row applies denies it. Nothing is said of it in 5(18)該当、16の項非該当,
// nor where the denial is of another list: 5(18)、EAR非該当.
bool StatedReader::Denied(const List& list, uint32_t last) {
  const Token& t = text_.At(last - 1);
  const std::string_view source = text_.source(t.field);
  if (applies_.field != t.field || applies_.begin < t.src_end) {  // else it is still the next
    const size_t at = source.find(kApplies, t.src_end);
    applies_ = {t.field, at == source.npos ? UINT32_MAX : static_cast<uint32_t>(at), 0};
  }
  if (applies_.begin == UINT32_MAX) return false;
  const std::string_view behind = source.substr(applies_.begin + kApplies.size());
  const bool negated = source.substr(0, applies_.begin).ends_with(kNot);
  if (negated ? StartsWithAny(behind, kAfterAll) : !StartsWithAny(behind, kNegations)) return false;
  const Mention* const before = MentionBefore(t.field, applies_.begin);
  return before == nullptr || before->span.begin < t.src_end || before->list == list.list;
}

// The token behind a designator of the list's form at the token, or `token`; one that the list does not have (yet, or
// no more) is a claim all the same.
uint32_t StatedReader::ReadAt(const List& list, uint32_t token, Facts& facts) {
  const bool category = list.form == StatedForm::kParagraph && text_.BehindCategory(token);
  const bool close = BehindMention(list, token) || (category && BehindMention(list, token - 1));
  const uint32_t end = text_.Read(list.form, token, close, key_);
  if (end == token) return token;
  found_ = true;
  denied_ = Denied(list, end);
  if (denied_) return end;
  const uint32_t entry = Find(list);
  const Token& first = text_.At(token);
  if (entry == kNone)
    facts.stated_lists.push_back(list.list);
  else
    facts.stated.push_back({entry, {first.field, first.src_begin, text_.EndOf(end - 1)}});
  return end;
}

// The words of the line that speak of a list, in the caller's order.
void StatedReader::Listen(const Facts& facts) {
  mentions_.clear();
  for (const ConceptFact& f : facts.concepts) {
    for (const List& list : lists_) {
      if (f.concept_id != list.speaks && f.concept_id != list.claims) continue;
      mentions_.push_back({f.span, list.list, f.concept_id == list.claims});
    }
  }
  std::sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
    return std::tie(a.span.field, a.span.begin, a.span.end, a.list, a.claims) <
           std::tie(b.span.field, b.span.begin, b.span.end, b.list, b.claims);
  });
}

// The last mention of a list that begins before `place` of the field.
const StatedReader::Mention* StatedReader::MentionBefore(uint8_t field, uint32_t place) const {
  const auto next = std::partition_point(mentions_.begin(), mentions_.end(), [&](const Mention& m) {
    return std::tie(m.span.field, m.span.begin) < std::tie(field, place);
  });
  return next == mentions_.begin() || std::prev(next)->span.field != field ? nullptr : &*std::prev(next);
}

// Whether the token stands right behind words that speak of the list.
bool StatedReader::BehindMention(const List& list, uint32_t token) const {
  if (token == 0) return false;
  const Token& back = text_.At(token - 1);
  if (back.field != text_.At(token).field) return false;
  const Mention* const m = MentionBefore(back.field, back.src_end);
  return m != nullptr && m->list == list.list && m->span.end == back.src_end;
}

// ECCN 9A61O, USML Category VIII: right behind the words stands what can only be meant for a designator.
bool StatedReader::Attempted(const List& list, uint32_t token) const {
  if (list.form == StatedForm::kEccn) return text_.At(token).script == Script::kDigit && BehindMention(list, token);
  if (text_.CategoryAt(token).empty()) return false;
  return BehindMention(list, token) || (text_.BehindCategory(token) && BehindMention(list, token - 1));
}

// ECCNs and paragraphs cannot be taken for anything else: wherever they stand.
void StatedReader::ReadAnywhere(const List& list, Facts& facts) {
  bool attempted = false;
  for (uint32_t t = 0, read = 0; t < text_.size(); ++t) {
    const bool glued = t > 0 && text_.At(t).gap == Gap::kNone && text_.At(t - 1).script <= Script::kDigit;
    if (glued && !BehindMention(list, t)) continue;
    const uint32_t end = ReadAt(list, t, facts);
    if (end == t) {
      attempted = attempted || (t > read && Attempted(list, t));
    } else {
      read = end;
      t = end - 1;
    }
  }
  if (attempted) facts.stated_lists.push_back(list.list);
}

// Two figures name a row: they are read behind words that speak of the list only, and behind each other.
void StatedReader::ReadRows(const List& list, Facts& facts) {
  uint32_t read = 0;
  for (const Mention& m : mentions_) {
    if (m.list != list.list) continue;
    uint32_t t = std::max(read, text_.FirstBehind(m.span.field, m.span.end));
    const uint32_t last = std::min(text_.size(), t + kReach);
    for (bool open = true; t < last && (open || t == read); ++t) {
      const uint32_t end = ReadAt(list, t, facts);
      if (end == t) continue;
      open = denied_;  // 16の項 非該当、5の項(18) 該当
      read = end;
      t = end - 1;
    }
  }
}

void StatedReader::Read(const text::Reading& reading, int32_t as_of, Facts& facts) {
  Listen(facts);
  if (mentions_.empty()) return;
  text_.Open(reading);
  as_of_ = as_of;
  for (List& list : lists_) {
    const auto of_list = [&](const Mention& m) { return m.list == list.list; };
    if (std::none_of(mentions_.begin(), mentions_.end(), of_list)) continue;
    if (list.entries.keys.empty()) Index(list);
    found_ = false;
    applies_ = {};
    list.form == StatedForm::kRow ? ReadRows(list, facts) : ReadAnywhere(list, facts);
    const auto claims = [&](const Mention& m) { return of_list(m) && m.claims; };
    if (!found_ && std::any_of(mentions_.begin(), mentions_.end(), claims)) facts.stated_lists.push_back(list.list);
  }
}

}  // namespace sekisho::facts
