/* The library behind the SQL functions: loading, settings, one item. */
#include "engine.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

static size_t size_of(const char* text) { return text == NULL ? 0 : strlen(text); }

static int32_t load(sekisho_taxonomy** out, const char* path, sekisho_error* error) {
  if (path == NULL) return sekisho_taxonomy_load_builtin(out, error);
  return sekisho_taxonomy_load_file(out, path, strlen(path), error);
}

sekisho_scanner* engine_scanner(const Engine* engine, sekisho_error* error) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  sekisho_scanner* scanner = NULL;
  options.lists = engine->lists;
  options.lists_size = size_of(engine->lists);
  options.max_input_bytes = (uint32_t)engine->limits[LIMIT_INPUT_BYTES];
  options.max_matches = (uint32_t)engine->limits[LIMIT_MATCHES];
  options.max_steps = (uint64_t)engine->limits[LIMIT_STEPS];
  options.max_memory_bytes = (uint64_t)engine->limits[LIMIT_MEMORY_BYTES];
  sekisho_scanner_create(&scanner, engine->taxonomy, &options, error);
  return scanner;
}

Engine* engine_open(char** message) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  Engine* engine = sqlite3_malloc(sizeof(Engine));
  if (engine == NULL) return NULL;
  memset(engine, 0, sizeof(*engine));
  engine->owners = 1;
  if (load(&engine->taxonomy, NULL, &error) == SEKISHO_OK) engine->scanner = engine_scanner(engine, &error);
  if (engine->scanner != NULL) return engine;
  *message = sqlite3_mprintf("sekisho: %s", error.message);
  engine_release(engine);
  return NULL;
}

void engine_release(void* pointer) {
  Engine* engine = pointer;
  if (--engine->owners > 0) return;
  sekisho_scanner_free(engine->scanner);
  sekisho_taxonomy_release(engine->taxonomy);
  sqlite3_free(engine->path);
  sqlite3_free(engine->lists);
  sqlite3_free(engine->as_of);
  sqlite3_free(engine);
}

char** engine_setting(Engine* engine, const char* name) {
  if (strcmp(name, "taxonomy") == 0) return &engine->path;
  if (strcmp(name, "lists") == 0) return &engine->lists;
  return strcmp(name, "as_of") == 0 ? &engine->as_of : NULL;
}

/* Whether the settings as they are now work together: a taxonomy that loads, lists that it has, a day that is one. */
static int32_t try_settings(Engine* engine, sekisho_error* error) {
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  const sekisho_result* result = NULL;
  if (load(&engine->taxonomy, engine->path, error) != SEKISHO_OK) return error->status;
  engine->scanner = engine_scanner(engine, error);
  if (engine->scanner == NULL) return error->status;
  context.as_of = engine->as_of;
  context.as_of_size = size_of(engine->as_of);
  return sekisho_scanner_classify(&result, engine->scanner, &item, &context, error);
}

int32_t engine_set(Engine* engine, char** setting, char* value, sekisho_error* error) {
  sekisho_taxonomy* taxonomy = engine->taxonomy;
  sekisho_scanner* scanner = engine->scanner;
  char* before = *setting;
  int32_t status;
  *setting = value;
  engine->taxonomy = NULL;
  engine->scanner = NULL;
  status = try_settings(engine, error);
  if (status != SEKISHO_OK) { /* as it was before */
    sekisho_scanner_free(engine->scanner);
    sekisho_taxonomy_release(engine->taxonomy);
    engine->scanner = scanner;
    engine->taxonomy = taxonomy;
    *setting = before;
    sqlite3_free(value);
    return status;
  }
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
  sqlite3_free(before);
  ++engine->settings;
  return SEKISHO_OK;
}

int engine_limit(const char* name, sqlite3_int64* most) {
  static const struct {
    const char* name;
    sqlite3_int64 most; /* of the library's type, or of SQLite's, whichever ends first */
  } kLimits[LIMIT_COUNT] = {[LIMIT_INPUT_BYTES] = {"max_input_bytes", UINT32_MAX},
                            [LIMIT_MATCHES] = {"max_matches", UINT32_MAX},
                            [LIMIT_STEPS] = {"max_steps", INT64_MAX},
                            [LIMIT_MEMORY_BYTES] = {"max_memory_bytes", INT64_MAX}};
  int i;
  for (i = 0; i < LIMIT_COUNT; ++i) {
    if (strcmp(name, kLimits[i].name) != 0) continue;
    *most = kLimits[i].most;
    break;
  }
  return i;
}

int32_t engine_set_limit(Engine* engine, int limit, sqlite3_int64 value, sekisho_error* error) {
  const sqlite3_int64 before = engine->limits[limit];
  sekisho_scanner* scanner;
  engine->limits[limit] = value;
  scanner = engine_scanner(engine, error);
  if (scanner == NULL) {
    engine->limits[limit] = before;
    return error->status;
  }
  sekisho_scanner_free(engine->scanner);
  engine->scanner = scanner;
  ++engine->settings;
  return SEKISHO_OK;
}

int32_t engine_classify(const sekisho_result** out, const Engine* engine, sekisho_scanner* scanner,
                        sqlite3_value* description, sqlite3_value* part_number, sekisho_error* error) {
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  *out = NULL;
  item.description = (const char*)sqlite3_value_text(description); /* before its size */
  item.description_size = (size_t)sqlite3_value_bytes(description);
  if (part_number != NULL) {
    item.part_number = (const char*)sqlite3_value_text(part_number);
    item.part_number_size = (size_t)sqlite3_value_bytes(part_number);
  }
  context.as_of = engine->as_of;
  context.as_of_size = size_of(engine->as_of);
  return sekisho_scanner_classify(out, scanner, &item, &context, error);
}
