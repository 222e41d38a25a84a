// sekisho_result: the accessors.
#include "capi/result.h"

#include <algorithm>

#include "capi/boundary.h"

using sekisho::capi::ClearStruct;
using sekisho::capi::Guard;
using sekisho::capi::Ready;
namespace decide = sekisho::decide;
namespace pack = sekisho::pack;

int32_t sekisho::capi::Ready(const sekisho_result* result) {
  if (!Lives(result)) return SEKISHO_E_INVALID_ARGUMENT;
  const Work work = result->work->load(std::memory_order_acquire);
  if (work != Work::kNone && work != Work::kGiving) return SEKISHO_E_BUSY;
  return result->found == nullptr ? SEKISHO_E_INVALID_ARGUMENT : SEKISHO_OK;
}

namespace {

int32_t FindList(const decide::ListVerdict** out, const sekisho_result* result, size_t list) {
  if (const int32_t s = Ready(result); s != SEKISHO_OK) return s;
  if (list >= result->found->lists.size()) return SEKISHO_E_OUT_OF_RANGE;
  *out = &result->found->lists[list];
  return SEKISHO_OK;
}

int32_t FindCandidate(const decide::Candidate** out, const sekisho_result* result, size_t list, size_t candidate) {
  const decide::ListVerdict* found = nullptr;
  if (const int32_t s = FindList(&found, result, list); s != SEKISHO_OK) return s;
  if (candidate >= found->candidates.size()) return SEKISHO_E_OUT_OF_RANGE;
  *out = &found->candidates[candidate];
  return SEKISHO_OK;
}

}  // namespace

extern "C" {

int32_t sekisho_result_describe(sekisho_result_info* out, const sekisho_result* result) {
  if (!ClearStruct(out, offsetof(sekisho_result_info, treaty_count))) return SEKISHO_E_INVALID_ARGUMENT;
  if (const int32_t s = Ready(result); s != SEKISHO_OK) return s;
  return Guard(nullptr, [&] {
    sekisho_result_info full = SEKISHO_RESULT_INFO_INIT;
    decide::Verdict strictest = decide::Verdict::kNoMatch;
    for (const decide::ListVerdict& list : result->found->lists) strictest = std::min(strictest, list.verdict);
    full.verdict = sekisho::capi::VerdictOf(strictest);
    full.list_count = result->found->lists.size();
    full.notice_count = result->found->notices.size();
    full.treaty_count = result->found->treaties.size();
    SEKISHO_SET_TEXT(&full, id, result->id);
    SEKISHO_SET_TEXT(&full, as_of, sekisho::capi::AsOf(*result));
    sekisho::capi::WriteStruct(out, full);
    return SEKISHO_OK;
  });
}

int32_t sekisho_result_list(sekisho_list_result* out, const sekisho_result* result, size_t list) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::ListVerdict* found = nullptr;
  if (const int32_t s = FindList(&found, result, list); s != SEKISHO_OK) return s;
  const pack::Pack& p = *result->taxonomy->pack;
  const pack::List& of = p.lists()[found->list];
  out->verdict = sekisho::capi::VerdictOf(found->verdict);
  out->candidate_count = found->candidates.size();
  SEKISHO_SET_TEXT(out, list, p.text(of.id));
  SEKISHO_SET_TEXT(out, title_en, p.text(of.title_en));
  SEKISHO_SET_TEXT(out, title_ja, p.text(of.title_ja));
  return SEKISHO_OK;
}

int32_t sekisho_result_candidate(sekisho_candidate* out, const sekisho_result* result, size_t list, size_t candidate) {
  if (!ClearStruct(out, offsetof(sekisho_candidate, rule))) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::Candidate* found = nullptr;
  if (const int32_t s = FindCandidate(&found, result, list, candidate); s != SEKISHO_OK) return s;
  return Guard(nullptr, [&] {
    const pack::Pack& p = *result->taxonomy->pack;
    const pack::Entry& entry = p.entries()[found->entry];
    sekisho_candidate full = SEKISHO_CANDIDATE_INIT;
    full.verdict = sekisho::capi::VerdictOf(found->verdict);
    full.flags = sekisho::capi::FlagsOf(entry);
    full.score = found->score;
    SEKISHO_SET_TEXT(&full, entry, p.text(entry.designator));
    SEKISHO_SET_TEXT(&full, title_en, p.text(entry.title_en));
    SEKISHO_SET_TEXT(&full, title_ja, p.text(entry.title_ja));
    SEKISHO_SET_TEXT(&full, cite, p.text(entry.cite));
    if (found->rule != pack::kNone) {
      SEKISHO_SET_TEXT(&full, clause, p.text(p.rules()[found->rule].clause));
      SEKISHO_SET_TEXT(&full, note, p.text(p.rules()[found->rule].note));
      if (out->struct_size > offsetof(sekisho_candidate, rule)) {
        SEKISHO_SET_TEXT(&full, rule, sekisho::capi::RuleIdOf(*result, found->rule));
      }
    }
    full.evidence_count = found->evidence.size();
    full.missing_count = sekisho::capi::MissingCount(*found);
    sekisho::capi::WriteStruct(out, full);
    return SEKISHO_OK;
  });
}

int32_t sekisho_result_evidence(sekisho_evidence* out, const sekisho_result* result, size_t list, size_t candidate,
                                size_t evidence) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::Candidate* of = nullptr;
  if (const int32_t s = FindCandidate(&of, result, list, candidate); s != SEKISHO_OK) return s;
  if (evidence >= of->evidence.size()) return SEKISHO_E_OUT_OF_RANGE;
  const decide::Evidence& found = of->evidence[evidence];
  const pack::Pack& p = *result->taxonomy->pack;
  out->field = static_cast<int32_t>(found.field);
  out->role = static_cast<int32_t>(found.role);
  out->begin = found.begin;
  out->end = found.end;
  SEKISHO_SET_TEXT(out, text, sekisho::capi::EvidenceText(*result, found));
  if (found.concept_id != pack::kNone) {
    const pack::Concept& concept_ = p.concepts()[found.concept_id];
    SEKISHO_SET_TEXT(out, concept_id, p.text(concept_.id));
    SEKISHO_SET_TEXT(out, label_en, p.text(concept_.label_en));
    SEKISHO_SET_TEXT(out, label_ja, p.text(concept_.label_ja));
  } else if (found.measure != pack::kNone) {
    const pack::Measure& measure = p.measures()[found.measure];
    SEKISHO_SET_TEXT(out, measure, p.text(measure.id));
    SEKISHO_SET_TEXT(out, label_en, p.text(measure.label_en));
    SEKISHO_SET_TEXT(out, label_ja, p.text(measure.label_ja));
  } else {
    SEKISHO_SET_TEXT(out, system, found.system);
    SEKISHO_SET_TEXT(out, label_en, found.system);
    SEKISHO_SET_TEXT(out, label_ja, found.system);
  }
  return SEKISHO_OK;
}

int32_t sekisho_result_missing(sekisho_note* out, const sekisho_result* result, size_t list, size_t candidate,
                               size_t missing) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::Candidate* of = nullptr;
  if (const int32_t s = FindCandidate(&of, result, list, candidate); s != SEKISHO_OK) return s;
  if (missing >= sekisho::capi::MissingCount(*of)) return SEKISHO_E_OUT_OF_RANGE;
  return Guard(nullptr, [&] {
    const sekisho::capi::Missing found = sekisho::capi::MissingAt(*result, *of, missing);
    SEKISHO_SET_TEXT(out, id, found.id);
    SEKISHO_SET_TEXT(out, en, found.en);
    SEKISHO_SET_TEXT(out, ja, found.ja);
    return SEKISHO_OK;
  });
}

int32_t sekisho_result_notice(sekisho_note* out, const sekisho_result* result, size_t notice) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  if (const int32_t s = Ready(result); s != SEKISHO_OK) return s;
  if (notice >= result->found->notices.size()) return SEKISHO_E_OUT_OF_RANGE;
  const decide::Notice& found = result->found->notices[notice];
  SEKISHO_SET_TEXT(out, id, found.code);
  SEKISHO_SET_TEXT(out, en, found.en);
  SEKISHO_SET_TEXT(out, ja, found.ja);
  return SEKISHO_OK;
}

int32_t sekisho_result_json(const char** out, size_t* out_size, const sekisho_result* result) {
  if (out == nullptr || out_size == nullptr) return SEKISHO_E_INVALID_ARGUMENT;
  *out = nullptr;
  *out_size = 0;
  if (const int32_t s = Ready(result); s != SEKISHO_OK) return s;
  return Guard(nullptr, [&] {
    if (!result->has_json) sekisho::capi::WriteJson(*result);
    result->has_json = true;
    *out = result->json.data();
    *out_size = result->json.size();
    return SEKISHO_OK;
  });
}

}  // extern "C"
