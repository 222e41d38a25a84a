/* What the functions of one connection share: the taxonomy in use, and what is asked of it. */
#ifndef SEKISHO_SQLITE_ENGINE_H_
#define SEKISHO_SQLITE_ENGINE_H_

#include "sekisho.h"
#include "sqlite3ext.h"

enum { LIMIT_INPUT_BYTES, LIMIT_MATCHES, LIMIT_STEPS, LIMIT_MEMORY_BYTES, LIMIT_COUNT };

typedef struct Engine {
  int owners; /* functions and modules of the connection that refer to it; a connection is one thread at a time */
  unsigned settings; /* how often they were changed */
  sekisho_taxonomy* taxonomy;
  sekisho_scanner* scanner;          /* of the scalar functions */
  char *path, *lists, *as_of;        /* as set; NULL: built in, all, the taxonomy's */
  sqlite3_int64 limits[LIMIT_COUNT]; /* as set; 0: the library's */
} Engine;

/* NULL, with `message` (to be freed by sqlite3_free) set, on failure. */
Engine* engine_open(char** message);
void engine_release(void* engine);

/* A scanner by the settings of now. NULL on failure. */
sekisho_scanner* engine_scanner(const Engine* engine, sekisho_error* error);
/* The setting of that name, for reading and changing; NULL: there is none. */
char** engine_setting(Engine* engine, const char* name);
/* Takes over `value` (of sqlite3_malloc; NULL: the default), or nothing at all when that fails. */
int32_t engine_set(Engine* engine, char** setting, char* value, sekisho_error* error);

/* The limit of that name, and the greatest value that it takes; LIMIT_COUNT: there is none. */
int engine_limit(const char* name, sqlite3_int64* most);
int32_t engine_set_limit(Engine* engine, int limit, sqlite3_int64 value, sekisho_error* error);

/* The item of the arguments, classified; a status of the library. */
int32_t engine_classify(const sekisho_result** out, const Engine* engine, sekisho_scanner* scanner,
                        sqlite3_value* description, sqlite3_value* part_number, sekisho_error* error);

#endif
