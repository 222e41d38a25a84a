/* What the parts of the module share: the taxonomy of a configuration, and scanners of a worker. */
#ifndef SEKISHO_NGINX_MODULE_H_
#define SEKISHO_NGINX_MODULE_H_

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include <sekisho.h>

typedef struct {    /* of the http block */
  ngx_str_t path;   /* empty: the taxonomy of the library */
  ngx_msec_t check; /* how often workers look whether the file changed; 0: never */
  sekisho_slot* slot;
  ngx_array_t locations; /* of sekisho_ngx_location*: a taxonomy has to have the lists that they ask for */
  ngx_event_t timer;
  ngx_file_uniq_t file; /* what was loaded: inode, time, size */
  time_t changed;
  off_t size;
} sekisho_ngx_main;

typedef struct sekisho_ngx_lent sekisho_ngx_lent;
struct sekisho_ngx_lent { /* a scanner; in a list of those that no request has now */
  sekisho_scanner* scanner;
  uint64_t version;
  sekisho_ngx_lent* next;
};

typedef struct { /* of an item; 0: the library's own */
  off_t input_bytes;
  off_t matches;
  off_t steps;
  off_t memory_bytes;
} sekisho_ngx_limits;

typedef struct { /* of a location */
  ngx_flag_t classify;
  ngx_str_t lists;
  sekisho_ngx_limits limits;
  sekisho_ngx_lent* idle;
} sekisho_ngx_location;

extern ngx_module_t ngx_http_sekisho_module;

/* A scanner of the current taxonomy until the request ends; NULL is logged. */
sekisho_scanner* sekisho_ngx_borrow(ngx_http_request_t* r);

ngx_int_t sekisho_ngx_classify(ngx_http_request_t* r);
ngx_int_t sekisho_ngx_health(ngx_http_request_t* r);
ngx_int_t sekisho_ngx_version(ngx_http_request_t* r);
ngx_int_t sekisho_ngx_describe(ngx_http_request_t* r);

/* A whole answer of JSON, copied. Returns what a content handler returns. */
ngx_int_t sekisho_ngx_answer(ngx_http_request_t* r, ngx_uint_t status, const char* json, size_t size);

#endif
