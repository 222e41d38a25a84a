#include "engine/decide/treaties.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sekisho::decide {
namespace {

using pack::kNone;

void AddOnce(Row<uint32_t>& to, uint32_t id) {
  if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
}

// Whether a profile may have a verdict on the list other than not_applicable.
bool Concerned(const ListVerdict& list) {
  return list.verdict == Verdict::kUnknown || std::any_of(list.candidates.begin(), list.candidates.end(),
                                                          [](const Candidate& c) { return Flagged(c.verdict); });
}

// The first eight bytes, zeros behind a shorter text.
uint64_t FirstBytes(std::string_view text) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), sizeof(bytes)));
  return bytes;
}

// The row to cite: one that applies before one that may, a certain flag before an uncertain one, then the list's order.
void Settle(TreatyFinding& out) {
  const auto rank = [](const TreatyHit& h) { return (h.open ? 2 : 0) + (h.uncertain ? 1 : 0); };
  const auto best = std::min_element(out.rows.begin(), out.rows.end(),
                                     [&](const TreatyHit& a, const TreatyHit& b) { return rank(a) < rank(b); });
  if (out.verdict != TreatyVerdict::kUndetermined) out.missing_facts.clear(), out.missing_measures.clear();
  if (out.verdict == TreatyVerdict::kExcluded) out.verify.clear();
  if (best == out.rows.end()) return;
  out.entry = best->entry;
  out.row = best->row;
  out.uncertain = best->uncertain;
}

}  // namespace

std::string_view TreatyVerdictName(TreatyVerdict verdict) {
  constexpr std::string_view kNames[] = {"excluded", "undetermined", "not_excluded", "not_applicable"};
  return kNames[static_cast<size_t>(verdict)];
}

Treaties::Treaties(const pack::Pack& pack, Judge& judge)
    : pack_(pack),
      judge_(judge),
      words_((pack.treaty_cells().size() + 63) / 64),
      cells_about_(pack.entries().size() * words_ * 2),
      entry_met_(pack.entries().size()),
      related_(words_),
      met_(pack.rules().size()),
      classified_(pack.FindConcept("classified")) {
  const std::string ones(sizeof(uint64_t), '\xFF');
  for (const pack::Text& text : pack.paragraphs()) {
    const std::string_view p = pack.text(text);
    starts_.push_back({FirstBytes(p), FirstBytes(std::string_view(ones).substr(0, p.size()))});
  }
}

// The profiles to judge, in the pack's order. Unasked, only those whose list was judged, and has something to say.
void Treaties::Choose(const Transaction& transaction, const Result& result) {
  chosen_.assign(transaction.treaties.begin(), transaction.treaties.end());
  std::sort(chosen_.begin(), chosen_.end());
  chosen_.erase(std::unique(chosen_.begin(), chosen_.end()), chosen_.end());
  if (!chosen_.empty()) return;
  for (uint32_t i = 0; i < pack_.treaties().size(); ++i) {
    const pack::Treaty& treaty = pack_.treaties()[i];
    const ListVerdict* list = treaty.hypothetical ? nullptr : FindList(result, treaty.list);
    if (list != nullptr && Concerned(*list)) chosen_.push_back(i);
  }
}

// Whether the designator is one of the paragraphs, or stands under one of them.
bool Treaties::Covers(pack::Range paragraphs, std::string_view designator) const {
  const uint64_t start = FirstBytes(designator);
  for (uint32_t i = paragraphs.first; i < paragraphs.first + paragraphs.count; ++i) {
    if ((start & starts_[i].mask) != starts_[i].bytes) continue;
    const std::string_view p = pack_.text(pack_.paragraphs()[i]);
    if (designator.starts_with(p) && (designator.size() == p.size() || designator[p.size()] == '(')) return true;
  }
  return false;
}

// Whether words of the item belong to articles of these entries: they call a rule on goods there.
bool Treaties::Related(pack::Range paragraphs) const {
  return judge_.AnyRule([&](const pack::Rule& rule) {
    return rule.item_kind == pack::ItemKind::kGoods && rule.entry != kNone &&
           Covers(paragraphs, pack_.text(pack_.entries()[rule.entry].designator)) && judge_.Concerns(rule);
  });
}

// The MT flag of an entry; of technical data and services, that of the articles that they are about.
Truth Treaties::MissileTechnology(const pack::TreatyRow& row, const pack::Entry& entry) const {
  if (!(entry.flags & pack::kEntryMt)) return Truth::kNo;
  const auto flag = [&](const pack::Entry& e) {
    return Covers(row.conditional, pack_.text(e.designator)) ? Truth::kOpen : Truth::kYes;
  };
  if (judge_.facts().kind == pack::ItemKind::kGoods) return flag(entry);
  Truth best = Truth::kNo;
  judge_.AnyRule([&](const pack::Rule& rule) {
    if (rule.item_kind != pack::ItemKind::kGoods || rule.entry == kNone) return false;
    const pack::Entry& e = pack_.entries()[rule.entry];
    if (e.list == entry.list && (e.flags & pack::kEntryMt) && judge_.Concerns(rule)) best = std::max(best, flag(e));
    return best == Truth::kYes;
  });
  return best;
}

// Judge::Meets, asked once of an item: profiles and candidates share rows. tried_open_ is what is open.
Truth Treaties::Meets(uint32_t id) {
  Met& met = met_[id];
  tried_open_.clear();
  if (met.item == item_ && met.truth != Truth::kOpen) return met.truth;
  met = {item_, judge_.Meets(pack_.rules()[id], tried_open_)};
  return met.truth;
}

// The best of the rules; what it leaves open goes to `out` where no other rule settles it.
Truth Treaties::Rules(pack::Range rules, TreatyFinding& out) {
  if (rules.count == 0) return Truth::kYes;
  Truth best = Truth::kNo;
  open_.clear();
  uint32_t lacking = kNone;
  for (const uint32_t id : pack_.ids(rules)) {
    Truth t = Meets(id);
    if (t == Truth::kYes && pack_.rules()[id].missing.count != 0) t = Truth::kOpen;
    if (t <= best) continue;
    best = t;
    open_.swap(tried_open_);
    lacking = id;
  }
  if (best == Truth::kOpen) {
    for (const uint32_t test : open_) AddOnce(out.missing_measures, test);
    for (const uint32_t fact : pack_.ids(pack_.rules()[lacking].missing)) AddOnce(out.missing_facts, fact);
  }
  return best;
}

// Whether the row stands in spite of its exceptions: no, when one holds; open, when one may.
Truth Treaties::Except(pack::Range rules, TreatyFinding& out) {
  if (rules.count == 0) return Truth::kYes;
  const Truth lifted = Rules(rules, out);
  return lifted == Truth::kYes ? Truth::kNo : lifted == Truth::kNo ? Truth::kYes : Truth::kOpen;
}

// Calls `each` for the cells of the profile whose bits are set, in the profile's order.
template <typename Do>
void Treaties::ForEachCell(const pack::Treaty& treaty, const uint64_t* cells, const Do& each) const {
  const uint32_t first = treaty.cells.first, last = first + treaty.cells.count;
  for (uint32_t word = first / 64; word * 64 < last; ++word) {
    for (uint64_t bits = cells[word]; bits != 0; bits &= bits - 1) {
      const uint32_t i = word * 64 + static_cast<uint32_t>(std::countr_zero(bits));
      if (first <= i && i < last) each(pack_.treaty_cells()[i]);
    }
  }
}

// Whether the item is about articles that another row of the profile shuts out.
Truth Treaties::Follows(const pack::Treaty& treaty, TreatyFinding& out) {
  Truth best = Truth::kNo;
  ForEachCell(treaty, CellsRelated(), [&](const pack::TreatyCell& cell) {
    const pack::TreatyRow& row = pack_.treaty_rows()[cell.row];
    if (row.flags != 0 || row.kinds != 0 || row.paragraphs.count == 0) return;
    Truth t = std::min(Rules(row.rules, out), Except(row.except, out));
    if (row.missing.count != 0) t = std::min(t, Truth::kOpen);
    best = std::max(best, t);
  });
  return best;
}

// Of a row that covers the entry, today or as it has moved.
Truth Treaties::Applies(const pack::Treaty& treaty, const pack::TreatyRow& row, const pack::Entry& entry,
                        bool classified, TreatyFinding& out) {
  if (row.flags & pack::kRowByPerson) return Truth::kNo;
  if (row.kinds != 0 && !(row.kinds >> static_cast<uint32_t>(judge_.facts().kind) & 1)) return Truth::kNo;
  if ((row.flags & pack::kRowClassified) && !classified) return Truth::kNo;
  const bool goods = judge_.facts().kind == pack::ItemKind::kGoods;
  if (row.related.count != 0 && !goods && !Related(row.related)) return Truth::kNo;
  Truth truth = row.missing.count != 0 ? Truth::kOpen : Truth::kYes;
  if (row.flags & pack::kRowMt) truth = MissileTechnology(row, entry);
  const bool lacks = truth == Truth::kOpen;
  if (truth != Truth::kNo && (row.flags & pack::kRowFollows)) truth = std::min(truth, Follows(treaty, out));
  if (truth != Truth::kNo) truth = std::min(truth, Rules(row.rules, out));
  if (truth != Truth::kNo) truth = std::min(truth, Except(row.except, out));
  if (truth == Truth::kOpen && lacks) {
    for (const uint32_t fact : pack_.ids(row.missing)) AddOnce(out.missing_facts, fact);
  }
  return truth;
}

// A bit for each cell whose row can be about the entry: it covers it, today or as it has moved, or covers every entry;
// and behind these, where Covering finds them, a bit where it does so today. Found when an entry is met first.
const uint64_t* Treaties::CellsAbout(uint32_t entry) {
  uint64_t* const about = cells_about_.data() + entry * words_ * 2;
  if (entry_met_[entry]) return about;
  const std::string_view designator = pack_.text(pack_.entries()[entry].designator);
  for (size_t i = 0; i < pack_.treaty_cells().size(); ++i) {
    const pack::TreatyRow& row = pack_.treaty_rows()[pack_.treaty_cells()[i].row];
    const uint64_t bit = uint64_t{1} << (i % 64);
    const bool covers = row.paragraphs.count == 0 || Covers(row.paragraphs, designator);
    if (covers) about[words_ + i / 64] |= bit;
    if (covers || Covers(row.moved, designator)) about[i / 64] |= bit;
  }
  entry_met_[entry] = true;
  return about;
}

// The cells whose rows are about articles that words of the item belong to: these call a rule on goods there.
const uint64_t* Treaties::CellsRelated() {
  if (have_related_) return related_.data();
  have_related_ = true;
  std::fill(related_.begin(), related_.end(), 0);
  judge_.AnyRule([&](const pack::Rule& rule) {
    if (rule.item_kind != pack::ItemKind::kGoods || rule.entry == kNone || !judge_.Concerns(rule)) return false;
    const uint64_t* const about = CellsAbout(rule.entry);
    for (size_t i = 0; i < words_; ++i) related_[i] |= about[i];
    return false;
  });
  return related_.data();
}

Treaties::Reading Treaties::Read(const pack::Treaty& treaty, const Candidate& candidate, bool classified, int32_t as_of,
                                 TreatyFinding& out) {
  Reading reading;
  reading.match = candidate.verdict == Verdict::kMatch;
  const pack::Entry& entry = pack_.entries()[candidate.entry];
  const uint64_t* const covering = Covering(candidate.entry);
  ForEachCell(treaty, CellsAbout(candidate.entry), [&](const pack::TreatyCell& cell) {
    const pack::TreatyRow& row = pack_.treaty_rows()[cell.row];
    if (!InForce(row.from, row.to, as_of)) return;
    const auto at = static_cast<size_t>(&cell - pack_.treaty_cells().data());
    const bool covers = (covering[at / 64] >> (at % 64) & 1) != 0;
    const Truth truth = Applies(treaty, row, entry, classified, out);
    if (truth == Truth::kNo) {
      if (covers && row.verify_en.size != 0) AddOnce(out.verify, cell.row);
      return;
    }
    const bool open = truth == Truth::kOpen;
    out.rows.push_back({candidate.entry, cell.row, open, !covers || cell.flag != pack::ColumnFlag::kExcluded});
    reading.verdict = std::min(reading.verdict, open ? TreatyVerdict::kUndetermined : TreatyVerdict::kExcluded);
  });
  if (!reading.match) {  // what would settle which reading is right
    for (const uint32_t fact : candidate.missing_facts) AddOnce(out.missing_facts, fact);
    for (const uint32_t test : candidate.missing_measures) AddOnce(out.missing_measures, test);
  }
  return reading;
}

void Treaties::Conditions(const pack::Treaty& treaty, int32_t as_of, TreatyFinding& out) const {
  for (uint32_t i = treaty.conditions.first; i < treaty.conditions.first + treaty.conditions.count; ++i) {
    const pack::TreatyCondition& condition = pack_.treaty_conditions()[i];
    if (InForce(condition.from, condition.to, as_of)) out.conditions.push_back(i);
  }
}

// A full match that is excluded settles it. What is only possible must agree in every reading.
TreatyFinding Treaties::Judged(uint32_t id, const Transaction& transaction, const Result& result) {
  const pack::Treaty& treaty = pack_.treaties()[id];
  TreatyFinding out(result.memory);
  out.treaty = id;
  const ListVerdict* list = FindList(result, treaty.list);
  if (!InForce(treaty.from, treaty.to, result.as_of)) return out;
  const bool complete = list != nullptr && list->verdict != Verdict::kUnknown;
  const bool classified = transaction.classified || (classified_ != kNone && judge_.Present(classified_));
  bool matched = false, excluded_match = false;
  size_t readings = 0, excluded = 0, admitted = 0;
  if (list != nullptr) {
    for (const Candidate& c : list->candidates) {
      if (!Flagged(c.verdict)) continue;
      const Reading reading = Read(treaty, c, classified, result.as_of, out);
      ++readings;
      if (out.entry == kNone) out.entry = c.entry;
      matched = matched || reading.match;
      excluded_match = excluded_match || (reading.match && reading.verdict == TreatyVerdict::kExcluded);
      excluded += reading.verdict == TreatyVerdict::kExcluded;
      admitted += reading.verdict == TreatyVerdict::kNotExcluded;
    }
  }
  if (readings == 0) {
    out.verdict = complete ? TreatyVerdict::kNotApplicable : TreatyVerdict::kUndetermined;
  } else if (excluded_match || excluded == readings) {
    out.verdict = TreatyVerdict::kExcluded;
  } else {
    out.verdict = admitted == readings && complete ? TreatyVerdict::kNotExcluded : TreatyVerdict::kUndetermined;
  }
  Settle(out);
  if (out.verdict == TreatyVerdict::kNotExcluded || out.verdict == TreatyVerdict::kUndetermined)
    Conditions(treaty, result.as_of, out);
  return out;
}

void Treaties::Decide(const Transaction& transaction, Result& result) {
  result.treaties.clear();
  notice_words_.clear();
  ++item_;
  have_related_ = false;
  if (transaction.judge) {
    const bool asked = !transaction.treaties.empty();
    Choose(transaction, result);
    for (const uint32_t id : chosen_) {
      TreatyFinding finding = Judged(id, transaction, result);
      const pack::Treaty& treaty = pack_.treaties()[id];
      if (asked && !InForce(treaty.from, treaty.to, result.as_of)) NotInForce(treaty, result);
      if (asked || finding.verdict != TreatyVerdict::kNotApplicable) result.treaties.push_back(std::move(finding));
    }
  }
  Notices(transaction, result);
}

}  // namespace sekisho::decide
