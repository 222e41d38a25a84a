/* A stream of batches of items as a stream of batches of verdicts. It holds no Python object and needs no lock of the
 * interpreter, so that whoever reads it may do so from any thread, one at a time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "native.h"

enum { TEXTS = 5 };

typedef struct Judged {
  Source source;
  int64_t done; /* rows of source.batch */
  int64_t rows; /* of a piece */
  sekisho_scanner* scanner;
  sekisho_arrow_options options;
  sekisho_context context;
  char* texts[TEXTS]; /* of the context */
  sekisho_error error;
} Judged;

void source_release(Source* source) {
  if (source->batch.release != NULL) source->batch.release(&source->batch);
  if (source->schema.release != NULL) source->schema.release(&source->schema);
  if (source->stream.release != NULL) source->stream.release(&source->stream);
}

static int errno_of(int32_t status) { return status == SEKISHO_E_NOMEM ? ENOMEM : EINVAL; }

static int get_schema(struct ArrowArrayStream* stream, struct ArrowSchema* out) {
  Judged* judged = stream->private_data;
  const int32_t status = sekisho_arrow_schema(out, judged->scanner, &judged->options, &judged->error);
  return status == SEKISHO_OK ? 0 : errno_of(status);
}

/* The next batch of the source, if the last one is used up; 0 also at the end, when there is none. */
static int pull(Judged* judged) {
  struct ArrowArrayStream* stream = &judged->source.stream;
  int status;
  if (judged->source.batch.release != NULL || stream->release == NULL) return 0;
  judged->done = 0;
  status = stream->get_next(stream, &judged->source.batch);
  if (status != 0) {
    const char* message = stream->get_last_error(stream);
    judged->source.batch.release = NULL;
    judged->error.message[0] = '\0';
    if (message != NULL) strncat(judged->error.message, message, sizeof(judged->error.message) - 1);
  }
  return status;
}

static int get_next(struct ArrowArrayStream* stream, struct ArrowArray* out) {
  Judged* judged = stream->private_data;
  struct ArrowArray* batch = &judged->source.batch;
  struct ArrowArray piece;
  int32_t status;
  const int pulled = pull(judged);
  memset(out, 0, sizeof(*out));
  if (pulled != 0) return pulled;
  if (batch->release == NULL) return 0; /* the end */
  piece = *batch;
  piece.offset += judged->done;
  piece.length = batch->length - judged->done < judged->rows ? batch->length - judged->done : judged->rows;
  piece.null_count = batch->null_count == 0 ? 0 : -1;
  status = sekisho_arrow_classify(out, judged->scanner, &piece, &judged->source.schema, &judged->context,
                                  &judged->options, &judged->error);
  if (status != SEKISHO_OK) return errno_of(status);
  judged->done += piece.length;
  if (judged->done >= batch->length) batch->release(batch);
  return 0;
}

static const char* get_last_error(struct ArrowArrayStream* stream) {
  return ((Judged*)stream->private_data)->error.message;
}

static void free_judged(Judged* judged) {
  int i;
  for (i = 0; i < TEXTS; ++i) free(judged->texts[i]);
  free(judged);
}

static void release(struct ArrowArrayStream* stream) {
  Judged* judged = stream->private_data;
  source_release(&judged->source);
  sekisho_scanner_free(judged->scanner);
  free_judged(judged);
  stream->release = NULL;
}

/* A context of its own, whose text outlives the caller's. */
static int copy_context(Judged* judged) {
  sekisho_context* c = &judged->context;
  const char** const texts[TEXTS] = {&c->as_of, &c->origin, &c->destination, &c->treaties, &c->via};
  const size_t sizes[TEXTS] = {c->as_of_size, c->origin_size, c->destination_size, c->treaties_size, c->via_size};
  int i;
  for (i = 0; i < TEXTS; ++i) {
    if (sizes[i] == 0) continue;
    judged->texts[i] = malloc(sizes[i]);
    if (judged->texts[i] == NULL) return 0;
    memcpy(judged->texts[i], *texts[i], sizes[i]);
    *texts[i] = judged->texts[i];
  }
  return 1;
}

int judged_stream(struct ArrowArrayStream* out, Source* source, sekisho_scanner* scanner,
                  const sekisho_context* context, uint32_t columns, int64_t rows) {
  static const sekisho_arrow_options kOptions = SEKISHO_ARROW_OPTIONS_INIT;
  static const sekisho_error kError = SEKISHO_ERROR_INIT;
  Judged* judged = calloc(1, sizeof(Judged));
  if (judged == NULL) return 0;
  judged->context = *context;
  if (!copy_context(judged)) {
    free_judged(judged);
    return 0;
  }
  judged->source = *source;
  judged->scanner = scanner;
  judged->rows = rows;
  judged->options = kOptions;
  judged->options.columns = columns;
  judged->options.max_rows = (uint64_t)rows;
  judged->error = kError;
  out->get_schema = get_schema;
  out->get_next = get_next;
  out->get_last_error = get_last_error;
  out->release = release;
  out->private_data = judged;
  return 1;
}
