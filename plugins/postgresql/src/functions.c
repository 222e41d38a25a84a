/* The SQL functions: sekisho_json, sekisho_classify, sekisho_verdict, sekisho_candidates, sekisho_version. */
#include <postgres.h>

#include "catalog/pg_type.h"
#include "engine.h"
#include "funcapi.h"
#include "jsonb.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

void _PG_init(void);
PG_FUNCTION_INFO_V1(sekisho_pg_json);
PG_FUNCTION_INFO_V1(sekisho_pg_classify);
PG_FUNCTION_INFO_V1(sekisho_pg_verdict);
PG_FUNCTION_INFO_V1(sekisho_pg_candidates);
PG_FUNCTION_INFO_V1(sekisho_pg_version);

void _PG_init(void) {
  engine_define_settings();
  if (process_shared_preload_libraries_in_progress) engine_preload();
}

Datum sekisho_pg_json(PG_FUNCTION_ARGS) {
  const char* json;
  size_t size;
  engine_check(sekisho_result_json(&json, &size, classify_arguments(fcinfo, 0, true)), NULL);
  PG_RETURN_TEXT_P(cstring_to_text_with_len(json, (int)size));
}

/* Items of which nothing is found have the same JSON, all of them: it is parsed once. */
static Jsonb* parse_nothing_found(const char* json, size_t size) {
  static char* last_json;
  static size_t last_size;
  static Jsonb* last;
  Jsonb* out;
  if (last == NULL || last_size != size || memcmp(last_json, json, size) != 0) {
    Jsonb* fresh = jsonb_of_json(json, size);
    MemoryContext before = MemoryContextSwitchTo(TopMemoryContext);
    char* fresh_json = pnstrdup(json, size);
    Jsonb* fresh_copy = palloc(VARSIZE(fresh));
    memcpy(fresh_copy, fresh, VARSIZE(fresh));
    MemoryContextSwitchTo(before);
    if (last != NULL) {
      pfree(last);
      pfree(last_json);
    }
    last = fresh_copy;
    last_json = fresh_json;
    last_size = size;
  }
  out = palloc(VARSIZE(last));
  memcpy(out, last, VARSIZE(last));
  return out;
}

Datum sekisho_pg_classify(PG_FUNCTION_ARGS) {
  const sekisho_result* result = classify_arguments(fcinfo, 0, true);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  const char* json;
  size_t size;
  engine_check(sekisho_result_describe(&info, result), NULL);
  engine_check(sekisho_result_json(&json, &size, result), NULL);
  if (info.verdict == SEKISHO_NO_MATCH) PG_RETURN_JSONB_P(parse_nothing_found(json, size));
  PG_RETURN_JSONB_P(jsonb_of_json(json, size));
}

static int32_t verdict_of_list(const sekisho_result* result, size_t list_count, const char* name, size_t name_size) {
  StringInfoData known;
  size_t i;
  for (i = 0; i < list_count; ++i) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    engine_check(sekisho_result_list(&list, result, i), NULL);
    if (list.list_size == name_size && memcmp(list.list, name, name_size) == 0) return list.verdict;
  }
  initStringInfo(&known);
  for (i = 0; i < list_count; ++i) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    engine_check(sekisho_result_list(&list, result, i), NULL);
    if (i > 0) appendStringInfoString(&known, ", ");
    appendBinaryStringInfo(&known, list.list, (int)list.list_size);
  }
  ereport(ERROR,
          (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("sekisho: no list \"%s\"", pnstrdup(name, name_size)),
           errhint("Judged by %s; NULL gives the strictest of them.", known.data)));
}

Datum sekisho_pg_verdict(PG_FUNCTION_ARGS) {
  const sekisho_result* result = classify_arguments(fcinfo, 1, false);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  int32_t verdict;
  engine_check(sekisho_result_describe(&info, result), NULL);
  verdict = info.verdict;
  if (!PG_ARGISNULL(0)) {
    text* list = PG_GETARG_TEXT_PP(0);
    verdict = verdict_of_list(result, info.list_count, VARDATA_ANY(list), VARSIZE_ANY_EXHDR(list));
  }
  PG_RETURN_TEXT_P(cstring_to_text(sekisho_verdict_name(verdict)));
}

enum { LIST, VERDICT, ENTRY, SCORE, TITLE, TITLE_JA, CITE, CLAUSE, NOTE, RULE, FLAGS, MISSING, EVIDENCE, COLUMNS };

typedef struct Row {
  Datum values[COLUMNS];
  bool nulls[COLUMNS];
} Row;

static Datum text_of(const char* text, size_t size) {
  return PointerGetDatum(cstring_to_text_with_len(text, (int)size));
}

static void set_text(Row* row, int column, const char* text, size_t size) {
  row->nulls[column] = size == 0;
  if (size > 0) row->values[column] = text_of(text, size);
}

static void set_array(Row* row, int column, Datum* texts, size_t count) {
  row->nulls[column] = false;
  row->values[column] = PointerGetDatum(construct_array(texts, (int)count, TEXTOID, -1, false, TYPALIGN_INT));
}

static void put_candidate(ReturnSetInfo* set, const sekisho_result* result, const sekisho_list_result* list,
                          size_t list_at, size_t at) {
  sekisho_candidate c = SEKISHO_CANDIDATE_INIT;
  const char* verdict;
  Row row = {0};
  Datum* texts;
  size_t i, count = 0;
  engine_check(sekisho_result_candidate(&c, result, list_at, at), NULL);
  verdict = sekisho_verdict_name(c.verdict);
  set_text(&row, LIST, list->list, list->list_size);
  set_text(&row, VERDICT, verdict, strlen(verdict));
  set_text(&row, ENTRY, c.entry, c.entry_size);
  row.values[SCORE] = Float4GetDatum(c.score);
  set_text(&row, TITLE, c.title_en, c.title_en_size);
  set_text(&row, TITLE_JA, c.title_ja, c.title_ja_size);
  set_text(&row, CITE, c.cite, c.cite_size);
  set_text(&row, CLAUSE, c.clause, c.clause_size);
  set_text(&row, NOTE, c.note, c.note_size);
  set_text(&row, RULE, c.rule, c.rule_size);
  texts = palloc(sizeof(Datum) * (c.missing_count + c.evidence_count + 2));
  if (c.flags & SEKISHO_FLAG_SME) texts[count++] = CStringGetTextDatum("SME");
  if (c.flags & SEKISHO_FLAG_MT) texts[count++] = CStringGetTextDatum("MT");
  set_array(&row, FLAGS, texts, count);
  for (i = 0; i < c.missing_count; ++i) {
    sekisho_note note = SEKISHO_NOTE_INIT;
    engine_check(sekisho_result_missing(&note, result, list_at, at, i), NULL);
    texts[i] = text_of(note.en, note.en_size);
  }
  set_array(&row, MISSING, texts, c.missing_count);
  for (i = 0; i < c.evidence_count; ++i) {
    sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
    engine_check(sekisho_result_evidence(&evidence, result, list_at, at, i), NULL);
    texts[i] = text_of(evidence.text, evidence.text_size);
  }
  set_array(&row, EVIDENCE, texts, c.evidence_count);
  tuplestore_putvalues(set->setResult, set->setDesc, row.values, row.nulls);
}

/* A list that could not be judged has no candidates; it has a row all the same, whose entry is NULL, with the notices
 * that say why: a join shall not lose the item. */
static void put_unjudged(ReturnSetInfo* set, const sekisho_result* result, const sekisho_list_result* list,
                         size_t notice_count) {
  const char* verdict = sekisho_verdict_name(list->verdict);
  Datum* notices = palloc(sizeof(Datum) * (notice_count + 1));
  Row row;
  size_t i;
  memset(row.nulls, true, sizeof(row.nulls));
  for (i = 0; i < notice_count; ++i) {
    sekisho_note note = SEKISHO_NOTE_INIT;
    engine_check(sekisho_result_notice(&note, result, i), NULL);
    notices[i] = text_of(note.en, note.en_size);
  }
  set_text(&row, LIST, list->list, list->list_size);
  set_text(&row, VERDICT, verdict, strlen(verdict));
  set_array(&row, MISSING, notices, notice_count);
  tuplestore_putvalues(set->setResult, set->setDesc, row.values, row.nulls);
}

Datum sekisho_pg_candidates(PG_FUNCTION_ARGS) {
  ReturnSetInfo* set = (ReturnSetInfo*)fcinfo->resultinfo;
  const sekisho_result* result = classify_arguments(fcinfo, 0, false);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  size_t i, j;
  engine_check(sekisho_result_describe(&info, result), NULL);
  if (info.verdict == SEKISHO_NO_MATCH && set != NULL && IsA(set, ReturnSetInfo)) {
    set->isDone = ExprEndResult; /* most items: spares the server an empty table */
    PG_RETURN_NULL();
  }
  InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC); /* as looked up once by the query */
  for (i = 0; i < info.list_count; ++i) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    engine_check(sekisho_result_list(&list, result, i), NULL);
    for (j = 0; j < list.candidate_count; ++j) put_candidate(set, result, &list, i, j);
    if (list.candidate_count == 0 && list.verdict == SEKISHO_UNKNOWN)
      put_unjudged(set, result, &list, info.notice_count);
  }
  return (Datum)0;
}

static void add_member(StringInfo json, const char* name, const char* value, size_t size) {
  appendStringInfo(json, "%s\"%s\": ", json->data[json->len - 1] == '{' ? "" : ", ", name);
  escape_json(json, pnstrdup(value, size));
}

Datum sekisho_pg_version(PG_FUNCTION_ARGS) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  StringInfoData json;
  engine_check(sekisho_taxonomy_describe(&info, engine_taxonomy()), NULL);
  initStringInfo(&json);
  appendStringInfoChar(&json, '{');
  add_member(&json, "engine", sekisho_version(), strlen(sekisho_version()));
  appendStringInfo(&json, ", \"abi\": %u", sekisho_abi_version());
  add_member(&json, "unicode", sekisho_unicode_version(), strlen(sekisho_unicode_version()));
  appendStringInfoString(&json, ", \"taxonomy\": {");
  add_member(&json, "version", info.version, info.version_size);
  add_member(&json, "digest", info.digest, info.digest_size);
  add_member(&json, "as_of", info.as_of, info.as_of_size);
  if (info.signer_size > 0) add_member(&json, "signer", info.signer, info.signer_size);
  appendStringInfoString(&json, "}}");
  PG_RETURN_JSONB_P(jsonb_of_json(json.data, json.len));
}
