// Treaties, row by row: which entries a row is about, and whether it applies to the item.
#include <algorithm>
#include <cstring>

#include "engine/decide/treaties.h"

namespace sekisho::decide {
namespace {

using pack::kNone;

// The first eight bytes, zeros behind a shorter text.
uint64_t FirstBytes(std::string_view text) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, text.data(), std::min(text.size(), sizeof(bytes)));
  return bytes;
}

}  // namespace

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

}  // namespace sekisho::decide
