// Treaties: profiles and rows of a taxonomy, and what a result says under each profile.
#include <algorithm>
#include <cstddef>
#include <vector>

#include "capi/boundary.h"
#include "capi/json_writer.h"
#include "capi/result.h"

using sekisho::capi::ClearStruct;
using sekisho::capi::Guard;
namespace decide = sekisho::decide;
namespace pack = sekisho::pack;

namespace sekisho::capi {

Missing ConditionAt(const sekisho_result& result, const decide::TreatyFinding& treaty, size_t index) {
  const pack::Pack& p = *result.taxonomy->pack;
  if (index < treaty.conditions.size()) {
    const pack::TreatyCondition& condition = p.treaty_conditions()[treaty.conditions[index]];
    return {p.text(condition.id), p.text(condition.en), p.text(condition.ja)};
  }
  const pack::TreatyRow& row = p.treaty_rows()[treaty.verify[index - treaty.conditions.size()]];
  return {p.text(row.id), p.text(row.verify_en), p.text(row.verify_ja)};
}

namespace {

void OptionalText(JsonWriter& json, std::string_view name, bool present, std::string_view text) {
  json.Key(name);
  present ? json.String(text) : json.Null();
}

// Each row once, with the entries that it concerns. Title and citation of a row are the taxonomy's: not repeated here.
void WriteRows(JsonWriter& json, const pack::Pack& p, const decide::TreatyFinding& treaty) {
  const decide::Row<decide::TreatyHit>& rows = treaty.rows;
  const auto same = [](const decide::TreatyHit& a, const decide::TreatyHit& b) {
    return a.row == b.row && a.open == b.open && a.uncertain == b.uncertain;
  };
  json.Key("rows");
  json.BeginArray();
  for (auto hit = rows.begin(); hit != rows.end(); ++hit) {
    if (std::any_of(rows.begin(), hit, [&](const decide::TreatyHit& h) { return same(h, *hit); })) continue;
    json.BeginObject();
    json.Member("row", p.text(p.treaty_rows()[hit->row].id));
    json.Member("verdict", decide::TreatyVerdictName(hit->open ? decide::TreatyVerdict::kUndetermined
                                                               : decide::TreatyVerdict::kExcluded));
    if (hit->uncertain) json.Bool("uncertain", true);
    json.Key("entries");
    json.BeginArray();
    for (auto h = hit; h != rows.end(); ++h) {
      if (same(*h, *hit)) json.String(p.text(p.entries()[h->entry].designator));
    }
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
}

// Words of conditions are the taxonomy's: not repeated here.
void WriteConditions(JsonWriter& json, const sekisho_result& result, const decide::TreatyFinding& treaty) {
  json.Key("conditions");
  json.BeginArray();
  for (size_t i = 0; i < ConditionCount(treaty); ++i) json.String(ConditionAt(result, treaty, i).id);
  json.EndArray();
}

// What is empty or false is left out, but for the first five members.
void WriteTreaty(JsonWriter& json, const sekisho_result& result, const decide::TreatyFinding& treaty) {
  const pack::Pack& p = *result.taxonomy->pack;
  const pack::TreatyRow* row = treaty.row != pack::kNone ? &p.treaty_rows()[treaty.row] : nullptr;
  json.BeginObject();
  json.Member("treaty", p.text(p.treaties()[treaty.treaty].id));
  json.Member("verdict", decide::TreatyVerdictName(treaty.verdict));
  OptionalText(json, "entry", treaty.entry != pack::kNone,
               treaty.entry != pack::kNone ? p.text(p.entries()[treaty.entry].designator) : "");
  OptionalText(json, "row", row != nullptr, row != nullptr ? p.text(row->id) : "");
  json.Bool("hypothetical", p.treaties()[treaty.treaty].hypothetical != 0);
  if (treaty.uncertain) json.Bool("uncertain", true);
  if (row != nullptr) json.Member("cite", p.text(row->cite));
  if (!treaty.rows.empty()) WriteRows(json, p, treaty);
  if (ConditionCount(treaty) > 0) WriteConditions(json, result, treaty);
  if (MissingCount(treaty) > 0) WriteMissing(json, result, treaty);
  json.EndObject();
}

}  // namespace

void WriteTreaties(JsonWriter& json, const sekisho_result& result) {
  json.Key("treaties");
  json.BeginArray();
  for (const decide::TreatyFinding& treaty : result.found->treaties) WriteTreaty(json, result, treaty);
  json.EndArray();
}

}  // namespace sekisho::capi

namespace {

int32_t FindTreaty(const decide::TreatyFinding** out, const sekisho_result* result, size_t treaty) {
  if (const int32_t s = sekisho::capi::Ready(result); s != SEKISHO_OK) return s;
  if (treaty >= result->found->treaties.size()) return SEKISHO_E_OUT_OF_RANGE;
  *out = &result->found->treaties[treaty];
  return SEKISHO_OK;
}

int32_t VerdictOf(decide::TreatyVerdict verdict) { return static_cast<int32_t>(verdict) + 1; }
static_assert(static_cast<int32_t>(decide::TreatyVerdict::kExcluded) + 1 == SEKISHO_TREATY_EXCLUDED);
static_assert(static_cast<int32_t>(decide::TreatyVerdict::kNotApplicable) + 1 == SEKISHO_TREATY_NOT_APPLICABLE);

}  // namespace

extern "C" {

const char* sekisho_treaty_verdict_name(int32_t verdict) {
  static constexpr const char* kNames[] = {"?", "excluded", "undetermined", "not_excluded", "not_applicable"};
  return kNames[verdict >= SEKISHO_TREATY_EXCLUDED && verdict <= SEKISHO_TREATY_NOT_APPLICABLE ? verdict : 0];
}

int32_t sekisho_taxonomy_treaty(sekisho_treaty_info* out, const sekisho_taxonomy* taxonomy, size_t index) {
  if (!ClearStruct(out) || !sekisho::capi::Lives(taxonomy)) return SEKISHO_E_INVALID_ARGUMENT;
  const pack::Pack& p = *taxonomy->pack;
  if (index >= p.treaties().size()) return SEKISHO_E_OUT_OF_RANGE;
  const pack::Treaty& treaty = p.treaties()[index];
  out->hypothetical = treaty.hypothetical != 0;
  out->row_count = treaty.cells.count;
  out->condition_count = treaty.conditions.count;
  SEKISHO_SET_TEXT(out, list, p.text(p.lists()[treaty.list].id));
  SEKISHO_SET_TEXT(out, treaty, p.text(treaty.id));
  SEKISHO_SET_TEXT(out, title_en, p.text(treaty.title_en));
  SEKISHO_SET_TEXT(out, title_ja, p.text(treaty.title_ja));
  SEKISHO_SET_TEXT(out, cite, p.text(treaty.cite));
  SEKISHO_SET_TEXT(out, remark_en, p.text(treaty.remark_en));
  SEKISHO_SET_TEXT(out, remark_ja, p.text(treaty.remark_ja));
  return SEKISHO_OK;
}

int32_t sekisho_taxonomy_treaty_row(sekisho_treaty_row_info* out, const sekisho_taxonomy* taxonomy, size_t treaty,
                                    size_t row) {
  if (!ClearStruct(out) || !sekisho::capi::Lives(taxonomy)) return SEKISHO_E_INVALID_ARGUMENT;
  const pack::Pack& p = *taxonomy->pack;
  if (treaty >= p.treaties().size() || row >= p.treaties()[treaty].cells.count) return SEKISHO_E_OUT_OF_RANGE;
  const pack::TreatyCell& cell = p.treaty_cells()[p.treaties()[treaty].cells.first + row];
  const pack::TreatyRow& of = p.treaty_rows()[cell.row];
  out->flag = static_cast<int32_t>(cell.flag);
  SEKISHO_SET_TEXT(out, row, p.text(of.id));
  SEKISHO_SET_TEXT(out, title_en, p.text(of.title_en));
  SEKISHO_SET_TEXT(out, title_ja, p.text(of.title_ja));
  SEKISHO_SET_TEXT(out, cite, p.text(of.cite));
  SEKISHO_SET_TEXT(out, question_en, p.text(of.verify_en));
  SEKISHO_SET_TEXT(out, question_ja, p.text(of.verify_ja));
  return SEKISHO_OK;
}

int32_t sekisho_taxonomy_treaty_condition(sekisho_treaty_condition_info* out, const sekisho_taxonomy* taxonomy,
                                          size_t treaty, size_t condition) {
  if (!ClearStruct(out) || !sekisho::capi::Lives(taxonomy)) return SEKISHO_E_INVALID_ARGUMENT;
  const pack::Pack& p = *taxonomy->pack;
  if (treaty >= p.treaties().size() || condition >= p.treaties()[treaty].conditions.count)
    return SEKISHO_E_OUT_OF_RANGE;
  const pack::TreatyCondition& of = p.treaty_conditions()[p.treaties()[treaty].conditions.first + condition];
  SEKISHO_SET_TEXT(out, id, p.text(of.id));
  SEKISHO_SET_TEXT(out, en, p.text(of.en));
  SEKISHO_SET_TEXT(out, ja, p.text(of.ja));
  SEKISHO_SET_TEXT(out, cite, p.text(of.cite));
  return SEKISHO_OK;
}

int32_t sekisho_result_treaty(sekisho_treaty_result* out, const sekisho_result* result, size_t treaty) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::TreatyFinding* found = nullptr;
  if (const int32_t s = FindTreaty(&found, result, treaty); s != SEKISHO_OK) return s;
  const pack::Pack& p = *result->taxonomy->pack;
  const pack::Treaty& of = p.treaties()[found->treaty];
  out->verdict = VerdictOf(found->verdict);
  out->hypothetical = of.hypothetical != 0;
  out->uncertain = found->uncertain;
  SEKISHO_SET_TEXT(out, treaty, p.text(of.id));
  SEKISHO_SET_TEXT(out, title_en, p.text(of.title_en));
  SEKISHO_SET_TEXT(out, title_ja, p.text(of.title_ja));
  if (found->entry != pack::kNone) SEKISHO_SET_TEXT(out, entry, p.text(p.entries()[found->entry].designator));
  if (found->row != pack::kNone) SEKISHO_SET_TEXT(out, row, p.text(p.treaty_rows()[found->row].id));
  out->row_count = found->rows.size();
  out->condition_count = sekisho::capi::ConditionCount(*found);
  out->missing_count = sekisho::capi::MissingCount(*found);
  return SEKISHO_OK;
}

int32_t sekisho_result_treaty_row(sekisho_treaty_row* out, const sekisho_result* result, size_t treaty, size_t row) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::TreatyFinding* found = nullptr;
  if (const int32_t s = FindTreaty(&found, result, treaty); s != SEKISHO_OK) return s;
  if (row >= found->rows.size()) return SEKISHO_E_OUT_OF_RANGE;
  const decide::TreatyHit& hit = found->rows[row];
  const pack::Pack& p = *result->taxonomy->pack;
  const pack::TreatyRow& of = p.treaty_rows()[hit.row];
  out->verdict = hit.open ? SEKISHO_TREATY_UNDETERMINED : SEKISHO_TREATY_EXCLUDED;
  out->uncertain = hit.uncertain;
  SEKISHO_SET_TEXT(out, row, p.text(of.id));
  SEKISHO_SET_TEXT(out, entry, p.text(p.entries()[hit.entry].designator));
  SEKISHO_SET_TEXT(out, title_en, p.text(of.title_en));
  SEKISHO_SET_TEXT(out, title_ja, p.text(of.title_ja));
  SEKISHO_SET_TEXT(out, cite, p.text(of.cite));
  return SEKISHO_OK;
}

int32_t sekisho_result_treaty_condition(sekisho_note* out, const sekisho_result* result, size_t treaty,
                                        size_t condition) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::TreatyFinding* found = nullptr;
  if (const int32_t s = FindTreaty(&found, result, treaty); s != SEKISHO_OK) return s;
  if (condition >= sekisho::capi::ConditionCount(*found)) return SEKISHO_E_OUT_OF_RANGE;
  const sekisho::capi::Missing words = sekisho::capi::ConditionAt(*result, *found, condition);
  SEKISHO_SET_TEXT(out, id, words.id);
  SEKISHO_SET_TEXT(out, en, words.en);
  SEKISHO_SET_TEXT(out, ja, words.ja);
  return SEKISHO_OK;
}

int32_t sekisho_result_treaty_missing(sekisho_note* out, const sekisho_result* result, size_t treaty, size_t missing) {
  if (!ClearStruct(out)) return SEKISHO_E_INVALID_ARGUMENT;
  const decide::TreatyFinding* found = nullptr;
  if (const int32_t s = FindTreaty(&found, result, treaty); s != SEKISHO_OK) return s;
  if (missing >= sekisho::capi::MissingCount(*found)) return SEKISHO_E_OUT_OF_RANGE;
  return Guard(nullptr, [&] {
    const sekisho::capi::Missing words = sekisho::capi::MissingAt(*result, *found, missing);
    SEKISHO_SET_TEXT(out, id, words.id);
    SEKISHO_SET_TEXT(out, en, words.en);
    SEKISHO_SET_TEXT(out, ja, words.ja);
    return SEKISHO_OK;
  });
}

}  // extern "C"
