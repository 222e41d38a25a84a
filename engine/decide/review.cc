// Which findings stand: the nearest of kin, the releases of a list, the order in which the United States lists are
// read.
#include <algorithm>
#include <bit>

#include "engine/decide/judge.h"

namespace sekisho::decide {

using pack::kNone;

bool Judge::IsUnitedStates(const Finding& f) const {
  return pack_.lists()[pack_.entries()[f.entry].list].regime == pack::Regime::kUnitedStates;
}

// US lists: of rules that rest on the same words in the same role, those on the nearest concept stand, and those that
// ask for more.
void Judge::KeepNearest() {
  const auto farther = [&](const Finding& f) {
    return IsUnitedStates(f) && std::any_of(findings_.begin(), findings_.end(), [&](const Finding& g) {
             return IsUnitedStates(g) && g.fact == f.fact && g.role == f.role && g.distance < f.distance &&
                    g.evidence_count >= f.evidence_count;
           });
  };
  drop_.resize(findings_.size());
  for (size_t i = 0; i < findings_.size(); ++i) drop_[i] = farther(findings_[i]);
  size_t n = 0;
  for (size_t i = 0; i < findings_.size(); ++i) {
    if (!drop_[i]) findings_[n++] = findings_[i];
  }
  findings_.resize(n);
}

// Whether the entry is looked at before the rest of its list: all of the USML, and of the CCL the 600 series and 9x515
// (15 CFR 774 Supp. 4).
bool Judge::ReviewedFirst(const Finding& f) const {
  const pack::Entry& entry = pack_.entries()[f.entry];
  const std::string_view eccn = pack_.text(entry.designator);
  return pack_.lists()[entry.list].review == 0 || (eccn.size() > 4 && (eccn[2] == '6' || eccn.substr(2, 3) == "515"));
}

// 22 CFR 120.11: an enumerated entry beats a catch-all, the USML beats the CCL. Where an item is of two kinds, software
// and documentation, each has its own order.
void Judge::OrderOfReview() {
  const bool several = std::popcount(facts_->kinds) > 1;
  const auto review_among = [&](pack::ItemKind kind) {
    const auto among = [&](const Finding& f) {
      return IsUnitedStates(f) && (!several || pack_.rules()[f.rule].item_kind == kind);
    };
    uint32_t review = kNone;  // of the first list that has a full match
    bool first_matched = false;
    for (const Finding& f : findings_) {
      if (!among(f) || f.verdict != Verdict::kMatch) continue;
      review = std::min(review, pack_.lists()[pack_.entries()[f.entry].list].review);
      first_matched = first_matched || ReviewedFirst(f);
    }
    if (review == kNone) return;
    std::erase_if(findings_, [&](const Finding& f) {
      if (!among(f) || f.verdict == Verdict::kExcluded) return false;
      const uint32_t own = pack_.lists()[pack_.entries()[f.entry].list].review;
      return own > review || (own == review && f.verdict == Verdict::kCatchAll && (!ReviewedFirst(f) || first_matched));
    });
  };
  if (!several) return review_among(facts_->kind);
  for (const pack::ItemKind kind :
       {pack::ItemKind::kGoods, pack::ItemKind::kTechnology, pack::ItemKind::kSoftware, pack::ItemKind::kService})
    review_among(kind);
}

// 120.41(b)(2) and its like: a list's releases turn its catch-all findings into exclusions.
void Judge::Release(int32_t as_of) {
  for (Finding& f : findings_) {
    if (f.verdict != Verdict::kCatchAll) continue;
    const pack::List& list = pack_.lists()[pack_.entries()[f.entry].list];
    for (const uint32_t id : pack_.ids(list.releases)) {
      Finding release;
      if (!Holds(pack_.rules()[id], as_of, release)) continue;
      release.entry = f.entry;
      release.rule = id;
      release.verdict = Verdict::kExcluded;
      f = release;
      break;
    }
  }
}

}  // namespace sekisho::decide
