// What a result keeps of its item, and the pieces that accessors and JSON share.
#pragma once

#include <cstdint>
#include <string_view>

#include "capi/handles.h"
#include "sekisho.h"

namespace sekisho::capi {

// What every accessor asks first: that the result lives, has an item, and no thread is at work on it.
int32_t Ready(const sekisho_result* result);
// Drops the last item.
void Forget(sekisho_result& result);
// Copies the item's text into the result and lets `item` refer to the copy.
void KeepItem(sekisho_result& result, std::string_view id, Item& item);

int32_t VerdictOf(decide::Verdict verdict);
uint32_t FlagsOf(const pack::Entry& entry);

// The caller's bytes that an evidence rests on.
std::string_view EvidenceText(const sekisho_result& result, const decide::Evidence& evidence);

struct Missing {  // views of the pack, or of the result
  std::string_view id, en, ja;
};
// The `index`-th of what a candidate misses: what the head means, where it is not known, then facts, then measures.
Missing MissingAt(const sekisho_result& result, const decide::Candidate& candidate, size_t index);
Missing MissingAt(const sekisho_result& result, const decide::TreatyFinding& treaty, size_t index);
// The `index`-th of a profile's conditions, then of the questions of rows.
Missing ConditionAt(const sekisho_result& result, const decide::TreatyFinding& treaty, size_t index);
inline size_t MissingCount(const decide::Candidate& candidate) {
  return (candidate.doubts_head ? 1 : 0) + candidate.missing_facts.size() + candidate.missing_measures.size();
}
inline size_t MissingCount(const decide::TreatyFinding& treaty) {
  return treaty.missing_facts.size() + treaty.missing_measures.size();
}
inline size_t ConditionCount(const decide::TreatyFinding& treaty) {
  return treaty.conditions.size() + treaty.verify.size();
}
// The name of a rule.
std::string_view RuleIdOf(const sekisho_result& result, uint32_t rule);
// The members "treaties" and "missing" of the JSON.
void WriteTreaties(class JsonWriter& json, const sekisho_result& result);
void WriteMissing(class JsonWriter& json, const sekisho_result& result, const decide::TreatyFinding& treaty);

// "2026-11-21": the day that counted.
std::string_view AsOf(const sekisho_result& result);

// The result as JSON, in result.json.
void WriteJson(const sekisho_result& result);

}  // namespace sekisho::capi
