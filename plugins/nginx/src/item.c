/* The keys are those of the command line's JSONL, with those of a transaction. Keys that are not known are refused: a
 * misspelt "description" must not count as an item without one. */
#include "item.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  const char** data;
  size_t* size;
} text_field;

static int fail(char* fault, const char* key, const char* hint) {
  snprintf(fault, SEKISHO_NGX_FAULT_SIZE, "the key \"%.60s\" is not as it must be (hint: %s)", key, hint);
  return 0;
}

static int text_of(text_field field, const char* key, const json_t* value, char* fault) {
  if (json_is_null(value)) return 1;
  if (!json_is_string(value)) return fail(fault, key, "text in quotes");
  *field.data = json_string_value(value);
  *field.size = json_string_length(value);
  return 1;
}

/* The place of `name` among `names`, which end with NULL; -1 when it is none of them. */
static int choice(const char* const* names, const json_t* name) {
  int i;
  for (i = 0; names[i] != NULL && json_is_string(name); ++i) {
    if (strcmp(names[i], json_string_value(name)) == 0) return i;
  }
  return -1;
}

static int read_kind(sekisho_ngx_item* out, const json_t* value, char* fault) {
  static const char* const kNames[] = {"goods", "technology", "software", "service", NULL};
  if (json_is_null(value)) return 1;
  out->item.kind = choice(kNames, value);
  return out->item.kind >= 0 || fail(fault, "kind", "goods, technology, software or service");
}

static int read_sale(sekisho_ngx_item* out, const json_t* value, char* fault) {
  static const char* const kNames[] = {"", "fms", "dcs", NULL};
  if (json_is_null(value)) return 1;
  out->context.sale = choice(kNames, value);
  return out->context.sale >= 0 || fail(fault, "sale", "fms or dcs");
}

static int read_attributes(sekisho_ngx_item* out, json_t* value, char* fault) {
  const char* name;
  json_t* quantity;
  if (json_is_null(value)) return 1;
  if (!json_is_object(value)) return fail(fault, "attributes", "an object, {\"range\": \"310 km\"}");
  if (json_object_size(value) > SEKISHO_NGX_ATTRIBUTES) return fail(fault, "attributes", "64 at most");
  json_object_foreach(value, name, quantity) {
    sekisho_attribute* attribute = &out->attributes[out->item.attribute_count];
    const sekisho_attribute none = SEKISHO_ATTRIBUTE_INIT;
    if (!json_is_string(quantity)) return fail(fault, name, "text with a unit, as in {\"range\": \"310 km\"}");
    *attribute = none;
    attribute->name = name;
    attribute->name_size = strlen(name);
    attribute->quantity = json_string_value(quantity);
    attribute->quantity_size = json_string_length(quantity);
    ++out->item.attribute_count;
  }
  out->item.attributes = out->attributes;
  return 1;
}

static int read_classified(sekisho_ngx_item* out, const json_t* value, char* fault) {
  if (!json_is_boolean(value) && !json_is_null(value)) return fail(fault, "classified", "true or false");
  out->context.classified = json_is_true(value);
  return 1;
}

#define FIELD(of, name)                      \
  {                                          \
#name, { &(of).name, &(of).name##_size } \
  }

static int read_member(sekisho_ngx_item* out, const char* key, json_t* value, char* fault) {
  const struct {
    const char* key;
    text_field field;
  } texts[] = {FIELD(out->item, id),        FIELD(out->item, description),    FIELD(out->item, part_number),
               FIELD(out->item, nsn),       FIELD(out->item, manufacturer),   FIELD(out->context, as_of),
               FIELD(out->context, origin), FIELD(out->context, destination), FIELD(out->context, treaties),
               FIELD(out->context, via)};
  size_t i;
  for (i = 0; i < sizeof texts / sizeof *texts; ++i) {
    if (strcmp(texts[i].key, key) == 0) return text_of(texts[i].field, key, value, fault);
  }
  if (strcmp(key, "kind") == 0) return read_kind(out, value, fault);
  if (strcmp(key, "sale") == 0) return read_sale(out, value, fault);
  if (strcmp(key, "attributes") == 0) return read_attributes(out, value, fault);
  if (strcmp(key, "classified") == 0) return read_classified(out, value, fault);
  return fail(fault, key,
              "the keys are id, description, part_number, nsn, manufacturer, kind, attributes, origin, destination, "
              "as_of, classified, treaties, via, sale");
}

int sekisho_ngx_item_read(sekisho_ngx_item* out, const char* text, size_t size, char* fault) {
  const sekisho_item item = SEKISHO_ITEM_INIT;
  const sekisho_context context = SEKISHO_CONTEXT_INIT;
  json_error_t error;
  const char* key;
  json_t* value;
  out->item = item;
  out->context = context;
  out->json = json_loadb(text, size, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
  if (out->json == NULL) {
    snprintf(fault, SEKISHO_NGX_FAULT_SIZE, "not JSON at byte %d: %s", error.position, error.text);
    return 0;
  }
  if (!json_is_object(out->json)) {
    snprintf(fault, SEKISHO_NGX_FAULT_SIZE, "not a JSON object (hint: {\"description\": \"…\"})");
    return 0;
  }
  json_object_foreach(out->json, key, value) {
    if (!read_member(out, key, value, fault)) return 0;
  }
  if (out->item.description_size + out->item.part_number_size == 0) {
    snprintf(fault, SEKISHO_NGX_FAULT_SIZE,
             "neither description nor part_number says anything (hint: give the item's name)");
    return 0;
  }
  return 1;
}

void sekisho_ngx_item_free(sekisho_ngx_item* item) {
  json_decref(item->json);
  item->json = NULL;
}

char* sekisho_ngx_fault_json(const sekisho_ngx_item* item, size_t line, const char* fault) {
  json_t* id = json_is_object(item->json) ? json_object_get(item->json, "id") : NULL;
  json_t* error = json_string(fault);
  json_t* object = json_object();
  char* out;
  if (error == NULL) error = json_string("the input holds what is not text");
  json_object_set_new(object, "schema", json_integer(1));
  json_object_set(object, "id", json_is_string(id) ? id : json_null());
  if (line > 0) json_object_set_new(object, "line", json_integer((json_int_t)line));
  json_object_set_new(object, "error", error);
  out = json_dumps(object, JSON_COMPACT);
  json_decref(object);
  return out;
}
