/* POST /classify: one object of JSON, or NDJSON. NDJSON is answered line by line while it is read, in slices between
 * which the worker serves others, and no faster than the client reads: a request holds one buffer of results, however
 * long its input is. */
#include <sys/mman.h>

#include "item.h"
#include "module.h"

#define OUT_SIZE (64 * 1024)
#define LINE_SIZE (1024 * 1024) /* longer lines are refused, as by the command line */
#define SLICE_MS 5

typedef struct {
  const char* at; /* the rest of the input */
  const char* end;
  size_t line;
  const char* pending; /* the rest of a line of output: the scanner's, or `fault` */
  size_t pending_size;
  char* fault;
  sekisho_scanner* scanner;
  ngx_chain_t* free;
  ngx_chain_t* busy;
  unsigned newline : 1; /* is still owed for `pending` */
  unsigned ended : 1;
} work;

/* ---- one item ------------------------------------------------------------------------------------------------ */

/* The result of `text` stands in `pending`; false: it is a fault. */
static ngx_int_t judge(work* w, const char* text, size_t size, size_t line) {
  char fault[SEKISHO_NGX_FAULT_SIZE];
  sekisho_error error = SEKISHO_ERROR_INIT;
  const sekisho_result* result;
  sekisho_ngx_item item;
  ngx_int_t good = 0;
  if (size > LINE_SIZE) {
    item.json = NULL;
    ngx_sprintf((u_char*)fault, "longer than 1 MiB%Z");
  } else if (sekisho_ngx_item_read(&item, text, size, fault)) {
    good = sekisho_scanner_classify(&result, w->scanner, &item.item, &item.context, &error) == SEKISHO_OK &&
           sekisho_result_json(&w->pending, &w->pending_size, result) == SEKISHO_OK;
    if (!good) ngx_cpystrn((u_char*)fault, (u_char*)error.message, sizeof fault);
  }
  if (!good) {
    free(w->fault);
    w->fault = sekisho_ngx_fault_json(&item, line, fault);
    w->pending = w->fault != NULL ? w->fault : "{\"schema\":1,\"id\":null,\"error\":\"out of memory\"}";
    w->pending_size = ngx_strlen(w->pending);
  }
  sekisho_ngx_item_free(&item);
  return good;
}

static void next_line(work* w) {
  const char* end = memchr(w->at, '\n', (size_t)(w->end - w->at));
  const char* begin = w->at;
  if (end == NULL) end = w->end;
  w->at = end < w->end ? end + 1 : end;
  ++w->line;
  while (begin < end && (*begin == ' ' || *begin == '\t' || *begin == '\r')) ++begin;
  if (begin == end) return; /* an empty line */
  judge(w, begin, (size_t)(end - begin), w->line);
  w->newline = 1;
}

/* ---- output -------------------------------------------------------------------------------------------------- */

static ngx_chain_t* buffer(ngx_http_request_t* r, work* w) {
  ngx_chain_t* link = ngx_chain_get_free_buf(r->pool, &w->free);
  if (link == NULL) return NULL;
  if (link->buf->start == NULL) {
    link->buf->start = ngx_palloc(r->pool, OUT_SIZE);
    if (link->buf->start == NULL) return NULL;
    link->buf->end = link->buf->start + OUT_SIZE;
    link->buf->temporary = 1;
    link->buf->tag = (ngx_buf_tag_t)&ngx_http_sekisho_module;
  }
  link->buf->pos = link->buf->last = link->buf->start;
  link->buf->flush = 1;
  return link;
}

/* Fills the buffer until it is full, the input ends, or the slice of time is over. */
static void fill(work* w, ngx_buf_t* b) {
  struct timespec begin, now;
  clock_gettime(CLOCK_MONOTONIC, &begin);
  for (;;) {
    const size_t size = ngx_min(w->pending_size, (size_t)(b->end - b->last));
    b->last = ngx_cpymem(b->last, w->pending, size);
    w->pending += size;
    w->pending_size -= size;
    if (b->last == b->end) return;
    if (w->newline) *b->last++ = '\n';
    w->newline = 0;
    if (w->at == w->end) {
      w->ended = 1;
      b->last_buf = 1;
      b->temporary = b->pos != b->last; /* an empty one is a mark only */
      return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 >= SLICE_MS) return;
    next_line(w);
  }
}

static ngx_int_t pass_on(ngx_http_request_t* r, work* w, ngx_chain_t* out) {
  const ngx_int_t rc = ngx_http_output_filter(r, out);
  ngx_chain_update_chains(r->pool, &w->free, &w->busy, &out, (ngx_buf_tag_t)&ngx_http_sekisho_module);
  return rc;
}

/* Waits for the client, no longer than send_timeout. */
static void await(ngx_http_request_t* r) {
  ngx_http_core_loc_conf_t* core = ngx_http_get_module_loc_conf(r, ngx_http_core_module);
  ngx_event_t* write = r->connection->write;
  if (!write->delayed) ngx_add_timer(write, core->send_timeout);
  if (ngx_handle_write_event(write, core->send_lowat) != NGX_OK) ngx_http_finalize_request(r, NGX_ERROR);
}

static void go_on(ngx_http_request_t* r) {
  work* w = ngx_http_get_module_ctx(r, ngx_http_sekisho_module);
  ngx_connection_t* c = r->connection;
  ngx_chain_t* out = NULL;
  if (c->write->timedout) {
    c->timedout = 1;
    ngx_http_finalize_request(r, NGX_HTTP_REQUEST_TIME_OUT);
    return;
  }
  if (c->write->timer_set) ngx_del_timer(c->write);
  if (!c->buffered && !r->buffered && !w->ended) {
    out = buffer(r, w);
    if (out == NULL) {
      ngx_http_finalize_request(r, NGX_ERROR);
      return;
    }
    fill(w, out->buf);
    if (ngx_buf_size(out->buf) == 0 && !w->ended) {
      out->next = w->free; /* a slice of empty lines has nothing to send */
      w->free = out;
      out = NULL;
    }
  }
  if ((out != NULL || c->buffered || r->buffered) && pass_on(r, w, out) == NGX_ERROR) {
    ngx_http_finalize_request(r, NGX_ERROR);
  } else if (c->buffered || r->buffered) {
    await(r);
  } else if (w->ended) {
    ngx_http_finalize_request(r, NGX_OK);
  } else {
    ngx_post_event(c->write, &ngx_posted_next_events); /* others first */
  }
}

/* ---- input --------------------------------------------------------------------------------------------------- */

typedef struct {
  void* at;
  size_t size;
  work* of;
} mapping;

static void release(void* data) {
  mapping* m = data;
  if (m->at != NULL) munmap(m->at, m->size);
  free(m->of->fault);
}

/* A body that nginx wrote to a file is mapped. */
static ngx_int_t map_file(ngx_http_request_t* r, work* w, mapping* m) {
  ngx_temp_file_t* file = r->request_body->temp_file;
  m->size = (size_t)file->file.offset;
  m->at = mmap(NULL, m->size, PROT_READ, MAP_PRIVATE, file->file.fd, 0);
  if (m->at == MAP_FAILED) {
    m->at = NULL;
    ngx_log_error(NGX_LOG_ERR, r->connection->log, ngx_errno, "sekisho: mmap of the request's body failed");
    return NGX_ERROR;
  }
  w->at = m->at;
  w->end = w->at + m->size;
  return NGX_OK;
}

static ngx_int_t join(ngx_http_request_t* r, work* w) {
  ngx_chain_t* link;
  size_t size = 0;
  u_char* text;
  for (link = r->request_body->bufs; link != NULL; link = link->next) size += (size_t)ngx_buf_size(link->buf);
  text = ngx_palloc(r->pool, size + 1);
  if (text == NULL) return NGX_ERROR;
  w->at = (const char*)text;
  w->end = w->at + size;
  for (link = r->request_body->bufs; link != NULL; link = link->next) {
    text = ngx_cpymem(text, link->buf->pos, (size_t)ngx_buf_size(link->buf));
  }
  return NGX_OK;
}

static work* begin(ngx_http_request_t* r) {
  work* w = ngx_pcalloc(r->pool, sizeof *w);
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(r->pool, sizeof(mapping));
  mapping* m;
  if (w == NULL || cleanup == NULL) return NULL;
  m = cleanup->data;
  m->at = NULL;
  m->of = w;
  cleanup->handler = release;
  w->scanner = sekisho_ngx_borrow(r);
  if (w->scanner == NULL) return NULL;
  if (r->request_body->temp_file != NULL) return map_file(r, w, m) == NGX_OK ? w : NULL;
  return join(r, w) == NGX_OK ? w : NULL;
}

/* ---- the handler --------------------------------------------------------------------------------------------- */

static ngx_int_t is_type(ngx_http_request_t* r, const char* type) {
  const ngx_table_elt_t* header = r->headers_in.content_type;
  const size_t size = ngx_strlen(type);
  return header != NULL && header->value.len >= size && ngx_strncasecmp(header->value.data, (u_char*)type, size) == 0 &&
         (header->value.len == size || header->value.data[size] == ';' || header->value.data[size] == ' ');
}

static ngx_int_t is_lines(ngx_http_request_t* r) {
  return is_type(r, "application/x-ndjson") || is_type(r, "application/jsonl");
}

static void body_is_here(ngx_http_request_t* r) {
  work* w;
  if (r->request_body == NULL || (w = begin(r)) == NULL) {
    ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
    return;
  }
  if (!is_lines(r)) {
    const ngx_int_t good = judge(w, w->at, (size_t)(w->end - w->at), 0);
    ngx_http_finalize_request(
        r, sekisho_ngx_answer(r, good ? NGX_HTTP_OK : NGX_HTTP_BAD_REQUEST, w->pending, w->pending_size));
    return;
  }
  ngx_http_set_ctx(r, w, ngx_http_sekisho_module);
  r->headers_out.status = NGX_HTTP_OK;
  ngx_str_set(&r->headers_out.content_type, "application/x-ndjson");
  r->headers_out.content_type_len = r->headers_out.content_type.len;
  if (ngx_http_send_header(r) == NGX_ERROR) {
    ngx_http_finalize_request(r, NGX_ERROR);
    return;
  }
  r->read_event_handler = ngx_http_test_reading; /* sees a client that goes away */
  r->write_event_handler = go_on;
  go_on(r);
}

ngx_int_t sekisho_ngx_classify(ngx_http_request_t* r) {
  ngx_int_t rc;
  if (r->method != NGX_HTTP_POST) {
    ngx_table_elt_t* allow = ngx_list_push(&r->headers_out.headers);
    if (allow == NULL) return NGX_HTTP_INTERNAL_SERVER_ERROR;
    allow->hash = 1;
    ngx_str_set(&allow->key, "Allow");
    ngx_str_set(&allow->value, "POST");
    return NGX_HTTP_NOT_ALLOWED;
  }
  if (!is_lines(r) && !is_type(r, "application/json")) return NGX_HTTP_UNSUPPORTED_MEDIA_TYPE;
  rc = ngx_http_read_client_request_body(r, body_is_here);
  return rc >= NGX_HTTP_SPECIAL_RESPONSE ? rc : NGX_DONE;
}
