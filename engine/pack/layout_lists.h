// Records of a compiled taxonomy: lists, their entries and rules, and what is said beside a verdict.
#pragma once

#include <cstdint>

#include "engine/pack/layout_base.h"

namespace sekisho::pack {

enum class Regime : uint32_t { kUnitedStates, kJapan };
struct List {
  Text id, title_en, title_ja;
  Regime regime;
  uint32_t review;  // order of review inside the regime: 0 is looked at first
  Range entries;    // into Entries
  Range releases;   // into Ids: rules that release from any catch-all paragraph of the list (120.41(b)(2))
  Range missing;    // into Ids: facts that every catch-all result lacks
};
enum EntryFlags : uint32_t {
  kEntrySme = 1u << 0,
  kEntryMt = 1u << 1,
  kEntryHeading = 1u << 2,
  kEntryReserved = 1u << 3,
  kEntryUndecidable = 1u << 4,
};
struct Entry {
  uint32_t list;
  Text designator, title_en, title_ja, cite, undecidable;
  uint32_t flags;  // EntryFlags
  int32_t from, to;
};
enum class RuleVerdict : uint8_t { kMatch, kPossible, kCatchAll, kExcluded };
enum class ItemKind : uint8_t { kGoods, kTechnology, kSoftware, kService };
struct Rule {
  uint32_t entry;  // kNone for a list's releases
  RuleVerdict verdict;
  ItemKind item_kind;
  uint16_t zero;
  Range conditions;  // into Conditions
  Range missing;     // into Ids: Facts
  Text clause, note;
  int32_t from, to;
};

// Roles of a concept, as a mask.
inline constexpr uint8_t kRoleIs = 1, kRoleFor = 2, kRoleHas = 4, kRoleAny = 7;
enum class ConditionKind : uint8_t { kConcept, kAnyGoods, kMeasure };
struct Condition {
  uint8_t group;  // 0: must hold; n > 0: the n-th `unless`, which turns the rule off when all of its conditions hold
  ConditionKind kind;
  uint8_t roles;  // kRoleIs | kRoleFor | kRoleHas
  uint8_t zero;
  Range ids;  // kConcept: into Ids (any one); kMeasure: into MeasureTests (all)
};

struct Fact {  // something that can be missing
  Text id, en, ja;
};
struct Notice {  // said of an item that has a flagged candidate in the list, among the entries whose designator starts
                 // with `prefix`
  uint32_t list;
  Text code, prefix, en, ja;
  int32_t from, to;
};

}  // namespace sekisho::pack
