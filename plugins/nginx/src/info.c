/* GET: health, versions, and the words for what results name by id: lists, treaties, their rows and conditions. */
#include <jansson.h>

#include "module.h"

ngx_int_t sekisho_ngx_answer(ngx_http_request_t* r, ngx_uint_t status, const char* json, size_t size) {
  ngx_buf_t* buf = ngx_create_temp_buf(r->pool, size + 1);
  ngx_chain_t out = {buf, NULL};
  ngx_int_t rc;
  if (buf == NULL) return NGX_HTTP_INTERNAL_SERVER_ERROR;
  buf->last = ngx_cpymem(buf->last, json, size);
  *buf->last++ = '\n';
  buf->last_buf = r == r->main;
  buf->last_in_chain = 1;
  r->headers_out.status = status;
  r->headers_out.content_length_n = (off_t)size + 1;
  ngx_str_set(&r->headers_out.content_type, "application/json");
  r->headers_out.content_type_len = r->headers_out.content_type.len;
  rc = ngx_http_send_header(r);
  if (rc == NGX_ERROR || rc > NGX_OK || r->header_only) return rc;
  return ngx_http_output_filter(r, &out);
}

static ngx_int_t answer_json(ngx_http_request_t* r, json_t* object) {
  char* text = json_dumps(object, JSON_COMPACT);
  const ngx_int_t rc =
      text == NULL ? NGX_HTTP_INTERNAL_SERVER_ERROR : sekisho_ngx_answer(r, NGX_HTTP_OK, text, ngx_strlen(text));
  free(text);
  json_decref(object);
  return rc;
}

/* NGX_OK when the request is a GET or HEAD, whose body (if any) is gone. */
static ngx_int_t only_get(ngx_http_request_t* r) {
  if (!(r->method & (NGX_HTTP_GET | NGX_HTTP_HEAD))) return NGX_HTTP_NOT_ALLOWED;
  return ngx_http_discard_request_body(r);
}

ngx_int_t sekisho_ngx_health(ngx_http_request_t* r) {
  static const char kOk[] = "{\"status\":\"ok\"}";
  const ngx_int_t rc = only_get(r);
  return rc != NGX_OK ? rc : sekisho_ngx_answer(r, NGX_HTTP_OK, kOk, sizeof kOk - 1);
}

static void put(json_t* object, const char* key, const char* text, size_t size) {
  json_object_set_new(object, key, json_stringn(text, size));
}

#define PUT(object, info, field) put(object, #field, (info).field, (info).field##_size)

static sekisho_taxonomy* current(ngx_http_request_t* r) {
  sekisho_ngx_main* main = ngx_http_get_module_main_conf(r, ngx_http_sekisho_module);
  sekisho_taxonomy* taxonomy = NULL;
  sekisho_slot_acquire(&taxonomy, main->slot);
  return taxonomy;
}

static json_t* versions(const sekisho_taxonomy* taxonomy) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  json_t* object = json_object();
  json_t* of = json_object();
  sekisho_taxonomy_describe(&info, taxonomy);
  PUT(of, info, version);
  PUT(of, info, digest);
  PUT(of, info, as_of);
  json_object_set_new(object, "sekisho", json_string(sekisho_version()));
  json_object_set_new(object, "abi", json_integer(sekisho_abi_version()));
  json_object_set_new(object, "unicode", json_string(sekisho_unicode_version()));
  json_object_set_new(object, "nginx", json_string(NGINX_VERSION));
  json_object_set_new(object, "taxonomy", of);
  return object;
}

ngx_int_t sekisho_ngx_version(ngx_http_request_t* r) {
  sekisho_taxonomy* taxonomy;
  json_t* object;
  const ngx_int_t rc = only_get(r);
  if (rc != NGX_OK) return rc;
  taxonomy = current(r);
  object = versions(taxonomy);
  sekisho_taxonomy_release(taxonomy);
  return answer_json(r, object);
}

static json_t* lists_of(const sekisho_taxonomy* taxonomy) {
  json_t* lists = json_array();
  size_t i;
  for (i = 0;; ++i) {
    sekisho_list_info info = SEKISHO_LIST_INFO_INIT;
    json_t* list;
    if (sekisho_taxonomy_list(&info, taxonomy, i) != SEKISHO_OK) return lists;
    list = json_object();
    PUT(list, info, list);
    PUT(list, info, title_en);
    PUT(list, info, title_ja);
    json_array_append_new(lists, list);
  }
}

static json_t* rows_of(const sekisho_taxonomy* taxonomy, size_t treaty) {
  json_t* rows = json_array();
  size_t i;
  for (i = 0;; ++i) {
    sekisho_treaty_row_info info = SEKISHO_TREATY_ROW_INFO_INIT;
    json_t* row;
    if (sekisho_taxonomy_treaty_row(&info, taxonomy, treaty, i) != SEKISHO_OK) return rows;
    row = json_object();
    PUT(row, info, row);
    PUT(row, info, title_en);
    PUT(row, info, title_ja);
    PUT(row, info, cite);
    PUT(row, info, question_en);
    PUT(row, info, question_ja);
    json_array_append_new(rows, row);
  }
}

static json_t* conditions_of(const sekisho_taxonomy* taxonomy, size_t treaty) {
  json_t* conditions = json_array();
  size_t i;
  for (i = 0;; ++i) {
    sekisho_treaty_condition_info info = SEKISHO_TREATY_CONDITION_INFO_INIT;
    json_t* condition;
    if (sekisho_taxonomy_treaty_condition(&info, taxonomy, treaty, i) != SEKISHO_OK) return conditions;
    condition = json_object();
    PUT(condition, info, id);
    PUT(condition, info, en);
    PUT(condition, info, ja);
    PUT(condition, info, cite);
    json_array_append_new(conditions, condition);
  }
}

static json_t* treaties_of(const sekisho_taxonomy* taxonomy) {
  json_t* treaties = json_array();
  size_t i;
  for (i = 0;; ++i) {
    sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
    json_t* treaty;
    if (sekisho_taxonomy_treaty(&info, taxonomy, i) != SEKISHO_OK) return treaties;
    treaty = json_object();
    PUT(treaty, info, treaty);
    PUT(treaty, info, title_en);
    PUT(treaty, info, title_ja);
    PUT(treaty, info, cite);
    PUT(treaty, info, remark_en);
    PUT(treaty, info, remark_ja);
    json_object_set_new(treaty, "hypothetical", json_boolean(info.hypothetical));
    json_object_set_new(treaty, "rows", rows_of(taxonomy, i));
    json_object_set_new(treaty, "conditions", conditions_of(taxonomy, i));
    json_array_append_new(treaties, treaty);
  }
}

ngx_int_t sekisho_ngx_describe(ngx_http_request_t* r) {
  sekisho_taxonomy* taxonomy;
  json_t* object;
  const ngx_int_t rc = only_get(r);
  if (rc != NGX_OK) return rc;
  taxonomy = current(r);
  object = versions(taxonomy);
  json_object_set_new(object, "lists", lists_of(taxonomy));
  json_object_set_new(object, "treaties", treaties_of(taxonomy));
  sekisho_taxonomy_release(taxonomy);
  return answer_json(r, object);
}
