/* The trigger function sekisho_track(key, description [, part_number [, nsn [, manufacturer]]]), whose arguments name
 * columns. It reads the row here, by the columns' output functions: it runs with the rights of the extension's owner,
 * and must not call a cast or an operator that the owner of the table has made. sekisho_put does the rest. */
#include <postgres.h>

#include "access/htup_details.h"
#include "catalog/pg_index.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/relcache.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(sekisho_pg_track);

enum { KEY, DESCRIPTION, COLUMNS = 5 };

typedef struct Row {
  char* texts[COLUMNS]; /* NULL: the column is, or was not named */
} Row;

static void refuse(const Trigger* trigger, int code, const char* cause, const char* hint) {
  ereport(ERROR, (errcode(code), errmsg("sekisho: trigger \"%s\": %s", trigger->tgname, cause), errhint("%s", hint)));
}

static void check_event(const TriggerData* data) {
  if (!TRIGGER_FIRED_AFTER(data->tg_event) ||
      (!TRIGGER_FIRED_FOR_ROW(data->tg_event) && !TRIGGER_FIRED_BY_TRUNCATE(data->tg_event)))
    refuse(data->tg_trigger, ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED, "is none for each row after the change",
           "Create it AFTER INSERT OR UPDATE OR DELETE, FOR EACH ROW.");
  if (data->tg_trigger->tgnargs <= DESCRIPTION || data->tg_trigger->tgnargs > COLUMNS)
    refuse(
        data->tg_trigger, ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED, "has too few or too many arguments",
        "They name columns: sekisho_track('id', 'description', 'part_number', 'nsn', 'manufacturer'); the last three "
        "may be left out.");
}

/* Whether a row is found by the column alone. */
static bool is_unique(Relation table, int column) {
  List* indexes = RelationGetIndexList(table);
  ListCell* cell;
  bool found = false;
  foreach (cell, indexes) {
    HeapTuple tuple = SearchSysCache1(INDEXRELID, ObjectIdGetDatum(lfirst_oid(cell)));
    if (HeapTupleIsValid(tuple)) {
      const Form_pg_index index = (Form_pg_index)GETSTRUCT(tuple);
      found |= index->indisunique && index->indisvalid && index->indnkeyatts == 1 &&
               index->indkey.values[0] == column && heap_attisnull(tuple, Anum_pg_index_indpred, NULL);
      ReleaseSysCache(tuple);
    }
  }
  list_free(indexes);
  return found;
}

static void find_columns(int columns[COLUMNS], const TriggerData* data) {
  const Trigger* trigger = data->tg_trigger;
  int i;
  for (i = 0; i < trigger->tgnargs; ++i) {
    columns[i] = SPI_fnumber(data->tg_relation->rd_att, trigger->tgargs[i]);
    if (columns[i] <= 0)
      refuse(trigger, ERRCODE_UNDEFINED_COLUMN, psprintf("the table has no column \"%s\"", trigger->tgargs[i]),
             "Create the trigger again with the columns' names.");
  }
  if (!is_unique(data->tg_relation, columns[KEY]))
    refuse(trigger, ERRCODE_INVALID_TABLE_DEFINITION,
           psprintf("column \"%s\" has no unique index of its own", trigger->tgargs[KEY]),
           "Parts are told apart by the first column named: make it the primary key, or unique.");
}

static void read_row(Row* row, HeapTuple tuple, const TriggerData* data, const int columns[COLUMNS]) {
  int i;
  memset(row, 0, sizeof(*row));
  for (i = 0; i < data->tg_trigger->tgnargs; ++i)
    row->texts[i] = SPI_getvalue(tuple, data->tg_relation->rd_att, columns[i]);
  if (row->texts[KEY] == NULL)
    refuse(data->tg_trigger, ERRCODE_NOT_NULL_VIOLATION, "the part has no key", "Declare the key column NOT NULL.");
}

static bool equal_rows(const Row* a, const Row* b) {
  int i;
  for (i = 0; i < COLUMNS; ++i) {
    if ((a->texts[i] == NULL) != (b->texts[i] == NULL)) return false;
    if (a->texts[i] != NULL && strcmp(a->texts[i], b->texts[i]) != 0) return false;
  }
  return true;
}

/* sekisho_put(source, cause, gone, part, description, part_number, nsn, manufacturer), which stands in the schema of
 * the trigger function. */
static SPIPlanPtr plan_of(Oid trigger_function) {
  static SPIPlanPtr plan;
  static Oid planned_for;
  Oid types[] = {REGCLASSOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
  char* schema;
  if (plan != NULL && planned_for == trigger_function) return plan;
  schema = get_namespace_name(get_func_namespace(trigger_function));
  plan = SPI_prepare(psprintf("SELECT %s.sekisho_put($1, $2, $3, $4, $5, $6, $7, $8)", quote_identifier(schema)), 8,
                     types);
  if (plan == NULL) elog(ERROR, "sekisho: SPI_prepare: %s", SPI_result_code_string(SPI_result));
  SPI_keepplan(plan);
  planned_for = trigger_function;
  return plan;
}

static void put(Oid function, Oid source, const char* cause, const char* gone, const Row* row) {
  Datum values[3 + COLUMNS] = {ObjectIdGetDatum(source), CStringGetTextDatum(cause), 0};
  char nulls[3 + COLUMNS];
  int i, status;
  memset(nulls, 'n', sizeof(nulls));
  nulls[0] = nulls[1] = ' ';
  if (gone != NULL) {
    values[2] = CStringGetTextDatum(gone);
    nulls[2] = ' ';
  }
  for (i = 0; row != NULL && i < COLUMNS; ++i) {
    if (row->texts[i] == NULL) continue;
    values[3 + i] = CStringGetTextDatum(row->texts[i]);
    nulls[3 + i] = ' ';
  }
  status = SPI_execute_plan(plan_of(function), values, nulls, false, 0);
  if (status != SPI_OK_SELECT) elog(ERROR, "sekisho: SPI_execute_plan: %s", SPI_result_code_string(status));
}

static void track_row(Oid function, const TriggerData* data) {
  const Oid source = RelationGetRelid(data->tg_relation);
  int columns[COLUMNS];
  Row before, after;
  find_columns(columns, data);
  read_row(&before, data->tg_trigtuple, data, columns);
  if (TRIGGER_FIRED_BY_INSERT(data->tg_event)) {
    put(function, source, "insert", NULL, &before);
  } else if (TRIGGER_FIRED_BY_DELETE(data->tg_event)) {
    put(function, source, "delete", before.texts[KEY], NULL);
  } else {
    read_row(&after, data->tg_newtuple, data, columns);
    if (!equal_rows(&before, &after)) put(function, source, "update", before.texts[KEY], &after);
  }
}

Datum sekisho_pg_track(PG_FUNCTION_ARGS) {
  const TriggerData* data = (const TriggerData*)fcinfo->context;
  if (!CALLED_AS_TRIGGER(fcinfo))
    ereport(ERROR, (errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
                    errmsg("sekisho_track was not called by a trigger"), errhint("Name it in CREATE TRIGGER.")));
  check_event(data);
  if (SPI_connect() != SPI_OK_CONNECT) elog(ERROR, "sekisho: SPI_connect failed");
  if (TRIGGER_FIRED_BY_TRUNCATE(data->tg_event)) {
    put(fcinfo->flinfo->fn_oid, RelationGetRelid(data->tg_relation), "truncate", NULL, NULL);
  } else {
    track_row(fcinfo->flinfo->fn_oid, data);
  }
  SPI_finish();
  return PointerGetDatum(NULL);
}
