/* What the parts of sekisho._native share. The limited API of CPython 3.10: one wheel serves that version and later
 * ones. */
#ifndef SEKISHO_PYTHON_NATIVE_H_
#define SEKISHO_PYTHON_NATIVE_H_

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "sekisho.h"

/* Of the Arrow C stream interface, which sekisho.h does not need. */
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};
#endif

/* ---- arguments.c: each is false with an exception set --------------------------------------------------------- */

/* (as_of, origin, destination, treaties, via, classified, sale) */
int read_context(PyObject* tuple, sekisho_context* out);
/* (id, description, part_number, nsn, manufacturer, kind, attributes); the caller frees attributes: PyMem_Free. */
int read_item(PyObject* tuple, sekisho_item* out);
/* `lists`: a str or None; `limits`: (max_input_bytes, max_matches, max_steps, max_memory_bytes), in range. */
int read_options(PyObject* lists, PyObject* limits, sekisho_scanner_options* out);

/* ---- stream.c ------------------------------------------------------------------------------------------------- */

typedef struct Source { /* where batches come from: a stream, or one batch */
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray batch;
} Source;

void source_release(Source* source);

/* Judges the batches of `source`, which it takes over, as does it `scanner`, in pieces of `rows`. Runs without Python.
 * False: out of memory, and nothing is taken over. */
int judged_stream(struct ArrowArrayStream* out, Source* source, sekisho_scanner* scanner,
                  const sekisho_context* context, uint32_t columns, int64_t rows);

#endif
