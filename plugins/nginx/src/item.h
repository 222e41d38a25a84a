/* One JSON object of a request to one item of sekisho.h. */
#ifndef SEKISHO_NGINX_ITEM_H_
#define SEKISHO_NGINX_ITEM_H_

#include <jansson.h>
#include <sekisho.h>

#define SEKISHO_NGX_FAULT_SIZE 512
#define SEKISHO_NGX_ATTRIBUTES 64

typedef struct {
  json_t* json; /* owns all text below */
  sekisho_item item;
  sekisho_context context;
  sekisho_attribute attributes[SEKISHO_NGX_ATTRIBUTES];
} sekisho_ngx_item;

/* 1, or 0 with cause and hint in `fault` (UTF-8, ended by NUL). To be freed in both cases. */
int sekisho_ngx_item_read(sekisho_ngx_item* out, const char* text, size_t size, char* fault);
void sekisho_ngx_item_free(sekisho_ngx_item* item);

/* {"schema":1,"id":…,"line":…,"error":…} as the command line writes it (line 0: none); freed with free(). */
char* sekisho_ngx_fault_json(const sekisho_ngx_item* item, size_t line, const char* fault);

#endif
