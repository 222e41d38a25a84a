/* The engine as a backend holds it: one taxonomy (shared with the other backends), one scanner, and the settings that
 * say which. Whatever fails here is raised as an error of the server, after the library has returned. */
#ifndef SEKISHO_POSTGRESQL_ENGINE_H_
#define SEKISHO_POSTGRESQL_ENGINE_H_

#include <postgres.h>

#include "fmgr.h"
#include "sekisho.h"

/* Declares sekisho.pack, sekisho.trusted_keys, sekisho.lists, sekisho.as_of and the limits, sekisho.max_…. */
void engine_define_settings(void);

/* Loads the taxonomy in the postmaster, so that its children share it. What fails is logged; the first query tells. */
void engine_preload(void);

/* The taxonomy of the settings. */
const sekisho_taxonomy* engine_taxonomy(void);

/* Judges an item; where the context has no day, by that of the settings. `treaties`: whether the result is asked for
 * them. The result lasts until the next call. */
const sekisho_result* engine_classify(const sekisho_item* item, sekisho_context* context, bool treaties);

/* Raises what a function of the library reported; without an error, by the name of the status. */
void engine_fail(int32_t status, const sekisho_error* error);

static inline void engine_check(int32_t status, const sekisho_error* error) {
  if (unlikely(status != SEKISHO_OK)) engine_fail(status, error);
}

/* Judges the item that the arguments of a SQL function describe, from `first` on: description, part_number, nsn,
 * manufacturer, kind, attributes, origin, destination, via, sale, classified, treaties, as_of. NULL: not known. */
const sekisho_result* classify_arguments(FunctionCallInfo fcinfo, int first, bool treaties);

#endif
