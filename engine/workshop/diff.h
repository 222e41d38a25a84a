// What a new taxonomy changes: in its data, and in the verdicts of a file of items.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/decide/result.h"
#include "engine/pack/pack.h"
#include "engine/workshop/items.h"

namespace sekisho::workshop {

struct DataChange {
  std::string kind;           // list, entry, rule, notice, concept, phrase, pattern, measure, unit, fact, …
  std::string name;           // "us-usml XX(a)(10)"; of a rule its entry, of a phrase its concept
  std::string before, after;  // empty: it did not exist, or does not any more
};

struct EntryChange {  // of one item
  std::string entry;
  decide::Verdict before = decide::Verdict::kNoMatch, after = decide::Verdict::kNoMatch;
  std::string rule;   // that decides now, or decided: "us-usml XX(a)(10), rule 1: {…}"
  std::string cause;  // entry or rule added or removed; or what the rule looks at
  std::string words;  // the item's words that the rule rests on, with their concept
};

struct ListChange {  // of one item in one list: the verdict has changed, or an entry has
  size_t item = 0;   // into the items
  std::string list;
  decide::Verdict before = decide::Verdict::kNoMatch, after = decide::Verdict::kNoMatch;
  std::vector<EntryChange> entries;
  std::string moved_to;  // a list of the same regime that is looked at earlier, and matches now: this one is silent
  // newly flagged, no longer flagged, moved to us-usml, stricter, weaker, other entries
  std::string Direction() const;
};

struct Side {
  std::string path, version, digest;
  std::shared_ptr<const pack::Pack> pack;
  int32_t as_of = pack::kOpenFrom;  // kOpenFrom: the pack's own day
};

struct Diff {
  Side before, after;
  std::vector<DataChange> data;
  size_t items = 0, changed_items = 0, lost_matches = 0, lost_flags = 0, new_flags = 0;
  std::vector<ListChange> changes;  // in the items' order
};

std::vector<DataChange> DiffData(const pack::Pack& before, const pack::Pack& after);
void DiffItems(std::span<const ItemRow> items, size_t threads, Diff& diff);

struct Gate {
  std::optional<double> max_share;  // of items that change, 0..1
  std::optional<size_t> max_count;
  bool no_lost_match = false, no_lost_flag = false;
};
std::optional<Gate> ParseLimit(const std::string& text, Gate gate);  // "0.5%" or "12" into the gate; none when neither
// What the gate objects to; empty: it is passed.
std::vector<std::string> Violations(const Diff& diff, const Gate& gate);

std::string DiffText(const Diff& diff, std::span<const ItemRow> items, size_t limit);  // rows of a part; 0: all
std::string DiffJson(const Diff& diff, std::span<const ItemRow> items, const std::vector<std::string>& violations);
std::string DiffHtml(const Diff& diff, std::span<const ItemRow> items, const std::vector<std::string>& violations);

}  // namespace sekisho::workshop
