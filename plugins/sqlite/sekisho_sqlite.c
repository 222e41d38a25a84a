/* The loadable extension: sekisho, sekisho_verdict, sekisho_version, sekisho_config, and the table sekisho_candidates.
 * None is declared deterministic (what they say changes with the taxonomy) or innocuous. */
#include <string.h>

#include "candidates.h"
#include "engine.h"

SQLITE_EXTENSION_INIT1

static Engine* engine_of(sqlite3_context* context) { return sqlite3_user_data(context); }

static void fail(sqlite3_context* context, const char* message) {
  char* text = sqlite3_mprintf("sekisho: %s", message);
  sqlite3_result_error(context, text == NULL ? "sekisho: out of memory" : text, -1);
  sqlite3_free(text);
}

/* sekisho(description [, part_number]) */
static void classify(sqlite3_context* context, int argc, sqlite3_value** argv) {
  Engine* engine = engine_of(context);
  sekisho_error error = SEKISHO_ERROR_INIT;
  const sekisho_result* result = NULL;
  const char* json = NULL;
  size_t size = 0;
  if (engine_classify(&result, engine, engine->scanner, argv[0], argc > 1 ? argv[1] : NULL, &error) != SEKISHO_OK) {
    fail(context, error.message);
  } else if (sekisho_result_json(&json, &size, result) != SEKISHO_OK) {
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_text64(context, json, size, SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

/* sekisho_verdict(list, description [, part_number]) */
static void verdict(sqlite3_context* context, int argc, sqlite3_value** argv) {
  Engine* engine = engine_of(context);
  sekisho_error error = SEKISHO_ERROR_INIT;
  const sekisho_result* result = NULL;
  const char* name = (const char*)sqlite3_value_text(argv[0]);
  const size_t name_size = (size_t)sqlite3_value_bytes(argv[0]);
  sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
  size_t i;
  if (engine_classify(&result, engine, engine->scanner, argv[1], argc > 2 ? argv[2] : NULL, &error) != SEKISHO_OK) {
    fail(context, error.message);
    return;
  }
  if (name == NULL) return;
  for (i = 0; sekisho_result_list(&list, result, i) == SEKISHO_OK; ++i) {
    if (list.list_size != name_size || memcmp(list.list, name, name_size) != 0) continue;
    sqlite3_result_text(context, sekisho_verdict_name(list.verdict), -1, SQLITE_STATIC);
    return;
  }
  fail(context, "no such list in use (hint: one of us-usml, us-ccl, jp-etco, jp-feo that sekisho_config('lists') has)");
}

/* sekisho_version() */
static void version(sqlite3_context* context, int argc, sqlite3_value** argv) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  char* text;
  (void)argc, (void)argv;
  sekisho_taxonomy_describe(&info, engine_of(context)->taxonomy);
  text = sqlite3_mprintf(
      "{\"engine\":\"%s\",\"abi\":%u,\"taxonomy\":\"%.*s\",\"digest\":\"%.*s\",\"as_of\":\"%.*s\",\"unicode\":\"%s\"}",
      sekisho_version(), sekisho_abi_version(), (int)info.version_size, info.version, (int)info.digest_size,
      info.digest, (int)info.as_of_size, info.as_of, sekisho_unicode_version());
  if (text == NULL) {
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_text(context, text, -1, sqlite3_free);
  }
}

/* What a setting that is text says; where there is a value (`argc` 2), after it was set. */
static void config_text(sqlite3_context* context, char** setting, int argc, sqlite3_value** argv) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (argc > 1) {
    const char* given = (const char*)sqlite3_value_text(argv[1]);
    char* value = given == NULL ? NULL : sqlite3_mprintf("%s", given);
    if (given != NULL && value == NULL) {
      sqlite3_result_error_nomem(context);
      return;
    }
    if (engine_set(engine_of(context), setting, value, &error) != SEKISHO_OK) {
      fail(context, error.message);
      return;
    }
  }
  sqlite3_result_text(context, *setting, -1, SQLITE_TRANSIENT); /* NULL where nothing is set */
}

static void refuse_limit(sqlite3_context* context, sqlite3_value** argv, sqlite3_int64 most) {
  char* text = sqlite3_mprintf("%s: \"%s\" is no whole number from 0 to %lld (hint: 0 or NULL is the default)",
                               sqlite3_value_text(argv[0]), sqlite3_value_text(argv[1]), most);
  fail(context, text == NULL ? "out of memory" : text);
  sqlite3_free(text);
}

/* A limit: the same with a whole number, of which 0 is the default as well. */
static void config_limit(sqlite3_context* context, int limit, sqlite3_int64 most, int argc, sqlite3_value** argv) {
  Engine* engine = engine_of(context);
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (argc > 1) {
    const int type = sqlite3_value_numeric_type(argv[1]);
    const sqlite3_int64 value = type == SQLITE_NULL ? 0 : sqlite3_value_int64(argv[1]);
    if ((type != SQLITE_INTEGER && type != SQLITE_NULL) || value < 0 || value > most) {
      refuse_limit(context, argv, most);
      return;
    }
    if (engine_set_limit(engine, limit, value, &error) != SEKISHO_OK) {
      fail(context, error.message);
      return;
    }
  }
  if (engine->limits[limit] != 0) sqlite3_result_int64(context, engine->limits[limit]);
}

/* sekisho_config(name [, value]): what is set, or sets it for this connection; NULL is the default. */
static void config(sqlite3_context* context, int argc, sqlite3_value** argv) {
  const char* name = (const char*)sqlite3_value_text(argv[0]);
  char** setting = name == NULL ? NULL : engine_setting(engine_of(context), name);
  sqlite3_int64 most = 0;
  const int limit = name == NULL ? LIMIT_COUNT : engine_limit(name, &most);
  if (setting != NULL) {
    config_text(context, setting, argc, argv);
  } else if (limit != LIMIT_COUNT) {
    config_limit(context, limit, most, argc, argv);
  } else {
    fail(context,
         "no such setting (hint: taxonomy, lists, as_of, max_input_bytes, max_matches, max_steps or max_memory_bytes)");
  }
}

typedef void (*Function)(sqlite3_context*, int, sqlite3_value**);

static int register_function(sqlite3* db, Engine* engine, const char* name, int argc, int flags, Function function) {
  ++engine->owners;
  return sqlite3_create_function_v2(db, name, argc, SQLITE_UTF8 | flags, engine, function, NULL, NULL, engine_release);
}

__attribute__((visibility("default"))) int sqlite3_sekisho_init(sqlite3* db, char** message,
                                                                const sqlite3_api_routines* api) {
  static const struct {
    const char* name;
    int argc, flags;
    Function function;
  } kFunctions[] = {{"sekisho", 1, 0, classify},
                    {"sekisho", 2, 0, classify},
                    {"sekisho_verdict", 2, 0, verdict},
                    {"sekisho_verdict", 3, 0, verdict},
                    {"sekisho_version", 0, 0, version},
                    {"sekisho_config", 1, SQLITE_DIRECTONLY, config},
                    {"sekisho_config", 2, SQLITE_DIRECTONLY, config}};
  Engine* engine;
  size_t i;
  int status;
  SQLITE_EXTENSION_INIT2(api);
  engine = engine_open(message);
  if (engine == NULL) return SQLITE_ERROR;
  status = register_candidates(db, engine);
  for (i = 0; status == SQLITE_OK && i < sizeof(kFunctions) / sizeof(kFunctions[0]); ++i) {
    status = register_function(db, engine, kFunctions[i].name, kFunctions[i].argc, kFunctions[i].flags,
                               kFunctions[i].function);
  }
  engine_release(engine); /* the functions own it now */
  return status;
}
