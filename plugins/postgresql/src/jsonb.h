/* JSON that the library has written, as jsonb. */
#ifndef SEKISHO_POSTGRESQL_JSONB_H_
#define SEKISHO_POSTGRESQL_JSONB_H_

#include <postgres.h>

#include "utils/jsonb.h"

/* What jsonb_in makes of the same text, in the current memory context. `json` may go afterwards. */
Jsonb* jsonb_of_json(const char* json, size_t size);

#endif
