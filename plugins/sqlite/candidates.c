/* One row a candidate, and one for each list that could not be judged: a query that counts rows must not read an
 * unknown as nothing found. Every cursor has a scanner of its own, so that the functions of the same query do not end
 * its result. */
#include "candidates.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

enum {
  COLUMN_LIST,
  COLUMN_ENTRY,
  COLUMN_VERDICT,
  COLUMN_SCORE,
  COLUMN_TITLE_EN,
  COLUMN_TITLE_JA,
  COLUMN_CITE,
  COLUMN_CLAUSE,
  COLUMN_NOTE,
  COLUMN_RULE,
  COLUMN_FLAGS,
  COLUMN_MISSING,
  COLUMN_EVIDENCE,
  COLUMN_DESCRIPTION, /* hidden: the arguments */
  COLUMN_PART_NUMBER
};

static const char kTable[] =
    "CREATE TABLE x(list TEXT, entry TEXT, verdict TEXT, score REAL, title_en TEXT, title_ja TEXT, cite TEXT, clause "
    "TEXT,"
    " note TEXT, rule TEXT, flags TEXT, missing TEXT, evidence TEXT, description HIDDEN, part_number HIDDEN)";

typedef struct Table {
  sqlite3_vtab base;
  Engine* engine;
} Table;

typedef struct Cursor {
  sqlite3_vtab_cursor base;
  sekisho_scanner* scanner;
  unsigned settings; /* that the scanner was made by */
  const sekisho_result* result;
  sekisho_result_info info;
  size_t list, candidate;
  sekisho_list_result of; /* the list at hand */
  sqlite3_int64 row;
} Cursor;

static int fail(sqlite3_vtab* table, const char* message) {
  sqlite3_free(table->zErrMsg);
  table->zErrMsg = sqlite3_mprintf("sekisho: %s", message);
  return SQLITE_ERROR;
}

static int connect_table(sqlite3* db, void* engine, int argc, const char* const* argv, sqlite3_vtab** out,
                         char** message) {
  Table* table;
  int status = sqlite3_declare_vtab(db, kTable);
  (void)argc, (void)argv, (void)message;
  if (status != SQLITE_OK) return status;
  table = sqlite3_malloc(sizeof(Table));
  if (table == NULL) return SQLITE_NOMEM;
  memset(table, 0, sizeof(*table));
  table->engine = engine;
  *out = &table->base;
  return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab* table) {
  sqlite3_free(table);
  return SQLITE_OK;
}

/* The arguments have to be there; they come in the order of their columns. */
static int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
  int i, at[2] = {-1, -1}, given = 0;
  (void)table;
  for (i = 0; i < info->nConstraint; ++i) {
    const int argument = info->aConstraint[i].iColumn - COLUMN_DESCRIPTION;
    const unsigned char op = info->aConstraint[i].op;
    if (argument < 0 || (op != SQLITE_INDEX_CONSTRAINT_EQ && op != SQLITE_INDEX_CONSTRAINT_IS)) continue;
    if (!info->aConstraint[i].usable) return SQLITE_CONSTRAINT; /* another order of joins has it */
    at[argument] = i;
  }
  for (i = 0; i < 2; ++i) {
    if (at[i] < 0) continue;
    info->aConstraintUsage[at[i]].argvIndex = ++given;
    info->aConstraintUsage[at[i]].omit = 1;
    info->idxNum |= 1 << i;
  }
  info->estimatedCost = at[0] < 0 ? 1e12 : 100;
  info->estimatedRows = 2;
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab* table, sqlite3_vtab_cursor** out) {
  Cursor* cursor = sqlite3_malloc(sizeof(Cursor));
  (void)table;
  if (cursor == NULL) return SQLITE_NOMEM;
  memset(cursor, 0, sizeof(*cursor));
  *out = &cursor->base;
  return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor* base) {
  Cursor* cursor = (Cursor*)base;
  sekisho_scanner_free(cursor->scanner);
  sqlite3_free(cursor);
  return SQLITE_OK;
}

/* Goes on to the next list that has a row to show, from the one at hand on. */
static void find_row(Cursor* cursor) {
  for (; cursor->list < cursor->info.list_count; ++cursor->list, cursor->candidate = 0) {
    const sekisho_list_result empty = SEKISHO_LIST_RESULT_INIT;
    cursor->of = empty;
    sekisho_result_list(&cursor->of, cursor->result, cursor->list);
    if (cursor->candidate < cursor->of.candidate_count) return;
    if (cursor->candidate == 0 && cursor->of.verdict == SEKISHO_UNKNOWN) return;
  }
}

static int filter(sqlite3_vtab_cursor* base, int plan, const char* text, int argc, sqlite3_value** argv) {
  const sekisho_result_info empty = SEKISHO_RESULT_INFO_INIT;
  Cursor* cursor = (Cursor*)base;
  Engine* engine = ((Table*)base->pVtab)->engine;
  sekisho_error error = SEKISHO_ERROR_INIT;
  (void)text;
  cursor->info = empty;
  cursor->list = cursor->candidate = 0;
  cursor->row = 0;
  if ((plan & 1) == 0) return fail(base->pVtab, "what item? (hint: sekisho_candidates(description, part_number))");
  if (cursor->scanner == NULL || cursor->settings != engine->settings) {
    sekisho_scanner_free(cursor->scanner);
    cursor->scanner = engine_scanner(engine, &error);
    if (cursor->scanner == NULL) return fail(base->pVtab, error.message);
    cursor->settings = engine->settings;
  }
  if (engine_classify(&cursor->result, engine, cursor->scanner, argv[0], argc > 1 ? argv[1] : NULL, &error) !=
      SEKISHO_OK) {
    return fail(base->pVtab, error.message);
  }
  sekisho_result_describe(&cursor->info, cursor->result);
  find_row(cursor);
  return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor* base) {
  Cursor* cursor = (Cursor*)base;
  ++cursor->candidate;
  ++cursor->row;
  find_row(cursor);
  return SQLITE_OK;
}

static int at_end(sqlite3_vtab_cursor* base) {
  const Cursor* cursor = (const Cursor*)base;
  return cursor->list >= cursor->info.list_count;
}

static void put(sqlite3_context* context, const char* text, size_t size) {
  sqlite3_result_text(context, text == NULL ? "" : text, (int)size, SQLITE_TRANSIENT);
}
#define PUT(context, object, name) put(context, (object).name, (object).name##_size)

static void put_flags(sqlite3_context* context, uint32_t flags) {
  static const char* const kNames[] = {"", "SME", "MT", "SME, MT"};
  const uint32_t index = (flags & SEKISHO_FLAG_SME ? 1u : 0u) | (flags & SEKISHO_FLAG_MT ? 2u : 0u);
  sqlite3_result_text(context, kNames[index], -1, SQLITE_STATIC);
}

static void put_string(sqlite3_context* context, sqlite3_str* text) {
  char* out = sqlite3_str_finish(text);
  if (out == NULL) {
    sqlite3_result_text(context, "", 0, SQLITE_STATIC);
  } else {
    sqlite3_result_text(context, out, -1, sqlite3_free);
  }
}

static void put_missing(sqlite3_context* context, const Cursor* cursor, size_t count) {
  sqlite3_str* out = sqlite3_str_new(NULL);
  size_t i;
  for (i = 0; i < count; ++i) {
    sekisho_note note = SEKISHO_NOTE_INIT;
    sekisho_result_missing(&note, cursor->result, cursor->list, cursor->candidate, i);
    sqlite3_str_appendf(out, "%s%.*s", i == 0 ? "" : "; ", (int)note.en_size, note.en);
  }
  put_string(context, out);
}

/* What matched, as it stands in the item: "AN/PVS-14 [night-vision-goggle]; …". */
static void put_evidence(sqlite3_context* context, const Cursor* cursor, size_t count) {
  sqlite3_str* out = sqlite3_str_new(NULL);
  size_t i;
  for (i = 0; i < count; ++i) {
    sekisho_evidence e = SEKISHO_EVIDENCE_INIT;
    sekisho_result_evidence(&e, cursor->result, cursor->list, cursor->candidate, i);
    sqlite3_str_appendf(out, "%s%.*s [%.*s%.*s%.*s]", i == 0 ? "" : "; ", (int)e.text_size, e.text,
                        (int)e.concept_id_size, e.concept_id, (int)e.measure_size, e.measure, (int)e.system_size,
                        e.system);
  }
  put_string(context, out);
}

/* The row of a list that was not judged: why. */
static void put_notices(sqlite3_context* context, const Cursor* cursor) {
  sqlite3_str* out = sqlite3_str_new(NULL);
  size_t i;
  for (i = 0; i < cursor->info.notice_count; ++i) {
    sekisho_note note = SEKISHO_NOTE_INIT;
    sekisho_result_notice(&note, cursor->result, i);
    sqlite3_str_appendf(out, "%s%.*s", i == 0 ? "" : "; ", (int)note.en_size, note.en);
  }
  put_string(context, out);
}

static void put_candidate(sqlite3_context* context, const Cursor* cursor, int column) {
  sekisho_candidate c = SEKISHO_CANDIDATE_INIT;
  sekisho_result_candidate(&c, cursor->result, cursor->list, cursor->candidate);
  switch (column) {
    case COLUMN_ENTRY:
      PUT(context, c, entry);
      break;
    case COLUMN_VERDICT:
      sqlite3_result_text(context, sekisho_verdict_name(c.verdict), -1, SQLITE_STATIC);
      break;
    case COLUMN_SCORE:
      sqlite3_result_double(context, c.score);
      break;
    case COLUMN_TITLE_EN:
      PUT(context, c, title_en);
      break;
    case COLUMN_TITLE_JA:
      PUT(context, c, title_ja);
      break;
    case COLUMN_CITE:
      PUT(context, c, cite);
      break;
    case COLUMN_CLAUSE:
      PUT(context, c, clause);
      break;
    case COLUMN_NOTE:
      PUT(context, c, note);
      break;
    case COLUMN_RULE:
      PUT(context, c, rule);
      break;
    case COLUMN_FLAGS:
      put_flags(context, c.flags);
      break;
    case COLUMN_MISSING:
      put_missing(context, cursor, c.missing_count);
      break;
    case COLUMN_EVIDENCE:
      put_evidence(context, cursor, c.evidence_count);
      break;
    default: /* the arguments: SQLite has them */
      break;
  }
}

static int column(sqlite3_vtab_cursor* base, sqlite3_context* context, int which) {
  const Cursor* cursor = (const Cursor*)base;
  if (which == COLUMN_LIST) {
    PUT(context, cursor->of, list);
  } else if (cursor->of.candidate_count > 0) {
    put_candidate(context, cursor, which);
  } else if (which == COLUMN_VERDICT) {
    sqlite3_result_text(context, sekisho_verdict_name(cursor->of.verdict), -1, SQLITE_STATIC);
  } else if (which == COLUMN_MISSING) {
    put_notices(context, cursor);
  }
  return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor* base, sqlite3_int64* out) {
  *out = ((const Cursor*)base)->row;
  return SQLITE_OK;
}

int register_candidates(sqlite3* db, Engine* engine) {
  static const sqlite3_module kModule = {.xConnect = connect_table, /* no xCreate: a function, not a table to make */
                                         .xBestIndex = best_index,
                                         .xDisconnect = disconnect_table,
                                         .xOpen = open_cursor,
                                         .xClose = close_cursor,
                                         .xFilter = filter,
                                         .xNext = next,
                                         .xEof = at_end,
                                         .xColumn = column,
                                         .xRowid = row_id};
  ++engine->owners;
  return sqlite3_create_module_v2(db, "sekisho_candidates", &kModule, engine, engine_release);
}
