#include "engine/decide/treaties.h"

#include <algorithm>

namespace sekisho::decide {
namespace {

using pack::kNone;

// Whether a profile may have a verdict on the list other than not_applicable.
bool Concerned(const ListVerdict& list) {
  return list.verdict == Verdict::kUnknown || std::any_of(list.candidates.begin(), list.candidates.end(),
                                                          [](const Candidate& c) { return Flagged(c.verdict); });
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
  const bool complete = list != nullptr && list->verdict != Verdict::kUnknown && judge_.facts().complete;
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
