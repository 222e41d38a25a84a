// What is said of an item: verdicts per list, candidates with evidence, notices. Ids are those of the pack.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/layout.h"

namespace sekisho::decide {

// In order of strictness: a list's verdict is the least of its candidates'.
enum class Verdict : uint8_t { kMatch, kPossible, kCatchAll, kUnknown, kExcluded, kNoMatch };
inline bool Flagged(Verdict verdict) { return verdict <= Verdict::kCatchAll; }
std::string_view VerdictName(Verdict verdict);  // "match", "possible", "catch_all", "unknown", "excluded", "no_match"

enum class Field : uint8_t { kDescription, kPartNumber, kNsn, kManufacturer, kAttributes };
std::string_view FieldName(Field field);  // "description", "part_number", "nsn", "manufacturer", "attributes"

enum class Role : uint8_t { kIs, kFor, kHas };
std::string_view RoleName(Role role);  // "is", "for", "has"

struct Evidence {
  Field field = Field::kDescription;
  Role role = Role::kHas;
  uint32_t begin = 0, end = 0;        // bytes of the caller's field
  uint32_t concept_id = pack::kNone;  // what the bytes name, or
  uint32_t measure = pack::kNone;     // what they measure, or
  std::string_view system;            // the designation system they belong to ("nsn", "cas", …)
};

// A result's parts take their memory from one resource (a scanner's arena), which is given back as a whole; copies of
// them take theirs from the heap.
using Memory = std::pmr::memory_resource*;
template <typename T>
using Row = std::pmr::vector<T>;

struct Candidate {
  explicit Candidate(Memory memory) : missing_facts(memory), missing_measures(memory), evidence(memory) {}
  uint32_t entry = pack::kNone;
  uint32_t rule = pack::kNone;  // the rule that decided; none: the line states the entry itself
  Verdict verdict = Verdict::kNoMatch;
  float score = 0;                 // 0..1: how much of what the rule asks was said, for ordering only
  bool doubts_head = false;        // what the head of the line means (Result::unknown_head) is missing, too
  Row<uint32_t> missing_facts;     // into Pack::facts()
  Row<uint32_t> missing_measures;  // into Pack::measure_tests(): the comparison that the text leaves open
  Row<Evidence> evidence;
};

struct ListVerdict {
  uint32_t list = pack::kNone;
  Verdict verdict = Verdict::kNoMatch;
  Row<Candidate> candidates;  // strictest first, then by score, then in the law's order
};

struct Notice {
  std::string_view code;  // stable; docs/notices.md lists them
  std::string_view en, ja;
};

// Under a treaty profile, in order of strictness.
enum class TreatyVerdict : uint8_t { kExcluded, kUndetermined, kNotExcluded, kNotApplicable };
std::string_view TreatyVerdictName(
    TreatyVerdict verdict);  // "excluded", "undetermined", "not_excluded", "not_applicable"

struct TreatyHit {  // a row that shuts an entry out, or may
  uint32_t entry, row;
  bool open;       // it may: something that it asks is not said
  bool uncertain;  // the source's flag is not certain, or the paragraph has moved since
};

struct TreatyFinding {
  explicit TreatyFinding(Memory memory)
      : rows(memory), conditions(memory), verify(memory), missing_facts(memory), missing_measures(memory) {}
  uint32_t treaty = pack::kNone;
  TreatyVerdict verdict = TreatyVerdict::kNotApplicable;
  uint32_t entry = pack::kNone, row = pack::kNone;  // that decide; no row: none applies
  bool uncertain = false;                           // the row's hit is
  Row<TreatyHit> rows;
  Row<uint32_t> conditions;        // into Pack::treaty_conditions(): still to be verified by a person,
  Row<uint32_t> verify;            // and rows whose question is
  Row<uint32_t> missing_facts;     // kUndetermined: what would tell
  Row<uint32_t> missing_measures;  // into Pack::measure_tests()
};

struct Result {
  Memory memory = std::pmr::get_default_resource();  // of what is put into it; outlives it
  std::vector<ListVerdict> lists;                    // one for each list asked for, in the pack's order
  std::vector<TreatyFinding> treaties;               // one for each profile judged, in the pack's order
  std::vector<Notice> notices;
  Evidence unknown_head;  // where candidates doubt it: the bytes of the word that says what the item is
  int32_t as_of = 0;
};

const ListVerdict* FindList(const Result& result, uint32_t list);  // null when it was not judged

}  // namespace sekisho::decide
