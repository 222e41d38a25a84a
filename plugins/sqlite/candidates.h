/* The table-valued function sekisho_candidates(description [, part_number]). */
#ifndef SEKISHO_SQLITE_CANDIDATES_H_
#define SEKISHO_SQLITE_CANDIDATES_H_

#include "engine.h"

/* An SQLite status. */
int register_candidates(sqlite3* db, Engine* engine);

#endif
