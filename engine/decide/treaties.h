// What a classification means under the exemptions between allies: for each profile, whether a row of its exclusion
// list shuts the item out; and the dated notices on the transaction, which change no verdict.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/judge.h"
#include "engine/decide/result.h"
#include "engine/pack/pack.h"

namespace sekisho::decide {

struct Transaction {                   // what the caller says of it; all of it may be empty
  bool judge = true;                   // false: no profile at all
  std::span<const uint32_t> treaties;  // into Pack::treaties(); empty: those that are not hypothetical
  bool classified = false;
  std::string_view origin, destination;   // ISO 3166-1 alpha-2
  std::span<const std::string_view> via;  // the chain of countries, first to last
  std::string_view sale;                  // "fms", "dcs"
};

// Scratch of one thread. Works on the item that the Judge decided last.
class Treaties {
 public:
  Treaties(const pack::Pack& pack, Judge& judge);
  // Fills result.treaties and adds to result.notices; touches nothing else.
  void Decide(const Transaction& transaction, Result& result);

 private:
  struct Reading {  // one candidate under one profile
    bool match = false;
    TreatyVerdict verdict = TreatyVerdict::kNotExcluded;
  };

  void Choose(const Transaction& transaction, const Result& result);
  TreatyFinding Judged(uint32_t treaty, const Transaction& transaction, const Result& result);
  Reading Read(const pack::Treaty& treaty, const Candidate& candidate, bool classified, int32_t as_of,
               TreatyFinding& out);
  Truth Applies(const pack::Treaty& treaty, const pack::TreatyRow& row, const pack::Entry& entry, bool classified,
                TreatyFinding& out);
  Truth MissileTechnology(const pack::TreatyRow& row, const pack::Entry& entry) const;
  Truth Meets(uint32_t rule);
  Truth Rules(pack::Range rules, TreatyFinding& out);
  Truth Except(pack::Range rules, TreatyFinding& out);
  Truth Follows(const pack::Treaty& treaty, TreatyFinding& out);
  const uint64_t* CellsAbout(uint32_t entry);
  const uint64_t* Covering(uint32_t entry) { return CellsAbout(entry) + words_; }
  const uint64_t* CellsRelated();
  static void AddOnce(Row<uint32_t>& to, uint32_t id) {
    if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
  }
  // Calls `each` for the cells of the profile whose bits are set, in the profile's order.
  template <typename Do>
  void ForEachCell(const pack::Treaty& treaty, const uint64_t* cells, const Do& each) const;
  bool Covers(pack::Range paragraphs, std::string_view designator) const;
  bool Related(pack::Range paragraphs) const;
  void Conditions(const pack::Treaty& treaty, int32_t as_of, TreatyFinding& out) const;
  void Notices(const Transaction& transaction, Result& result);
  void Say(const pack::Occasion& occasion, std::string_view from, std::string_view to, Result& result);
  void NotInForce(const pack::Treaty& treaty, Result& result);

  struct Start {  // of a paragraph: its first bytes, and where they count
    uint64_t bytes, mask;
  };

  const pack::Pack& pack_;
  Judge& judge_;
  size_t words_;                       // of a bit for each cell
  std::vector<uint64_t> cells_about_;  // two runs of words for each entry: CellsAbout, Covering,
  std::vector<char> entry_met_;        // once they are filled
  std::vector<uint64_t> related_;      // CellsRelated, of the item
  bool have_related_ = false;
  std::vector<Start> starts_;  // one for each of Pack::paragraphs(): most are ruled out by it
  struct Met {                 // what Meets said of a rule, and of which item
    uint32_t item = 0;
    Truth truth = Truth::kNo;
  };
  std::vector<Met> met_;
  uint32_t item_ = 0;
  uint32_t classified_ = pack::kNone;  // the concept @classified, if the taxonomy has it
  std::vector<uint32_t> chosen_, open_, tried_open_;
  std::vector<std::string_view> chain_;
  std::deque<std::string> notice_words_;  // of notices that name countries; until the next item
};

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

}  // namespace sekisho::decide
