#include "values.h"

#include <string_view>

namespace sekisho::node {

namespace {

napi_value At(napi_env env, napi_value array, uint32_t index) {
  napi_value value = nullptr;
  napi_get_element(env, array, index, &value);
  return value;
}

uint32_t Length(napi_env env, napi_value array) {
  uint32_t length = 0;
  napi_get_array_length(env, array, &length);
  return length;
}

int32_t Number(napi_env env, napi_value value) {
  int32_t number = 0;
  napi_get_value_int32(env, value, &number);
  return number;
}

uint64_t Big(napi_env env, napi_value value) {
  uint64_t number = 0;
  bool lossless = false;
  napi_get_value_bigint_uint64(env, value, &number, &lossless);
  return number;
}

Item ItemFrom(napi_env env, napi_value row) {
  Item item;
  item.id = Text(env, At(env, row, 0));
  item.description = Text(env, At(env, row, 1));
  item.part_number = Text(env, At(env, row, 2));
  item.nsn = Text(env, At(env, row, 3));
  item.manufacturer = Text(env, At(env, row, 4));
  item.kind = Number(env, At(env, row, 5));
  const napi_value pairs = At(env, row, 6);
  for (uint32_t i = 0; i + 1 < Length(env, pairs); i += 2) {
    item.attributes.emplace_back(Text(env, At(env, pairs, i)), Text(env, At(env, pairs, i + 1)));
  }
  return item;
}

void Set(napi_env env, napi_value object, const char* name, napi_value value) {
  napi_set_named_property(env, object, name, value);
}

napi_value Lists(napi_env env, const sekisho_taxonomy* taxonomy, uint32_t count) {
  napi_value lists = nullptr;
  napi_create_array_with_length(env, count, &lists);
  for (uint32_t i = 0; i < count; ++i) {
    sekisho_list_info info = SEKISHO_LIST_INFO_INIT;
    if (sekisho_taxonomy_list(&info, taxonomy, i) != SEKISHO_OK) continue;
    napi_value list = nullptr;
    napi_create_object(env, &list);
    Set(env, list, "list", String(env, {info.list, info.list_size}));
    Set(env, list, "title", String(env, {info.title_en, info.title_en_size}));
    Set(env, list, "titleJa", String(env, {info.title_ja, info.title_ja_size}));
    napi_set_element(env, lists, i, list);
  }
  return lists;
}

}  // namespace

// Lone surrogates become U+FFFD, three bytes of UTF-8: spans.js counts them so.
std::string Text(napi_env env, napi_value value) {
  size_t size = 0;
  if (napi_get_value_string_utf8(env, value, nullptr, 0, &size) != napi_ok) return "";
  std::string text(size, '\0');
  napi_get_value_string_utf8(env, value, text.data(), size + 1, &size);
  return text;
}

std::vector<Item> Items(napi_env env, napi_value rows) {
  std::vector<Item> items;
  const uint32_t count = Length(env, rows);
  items.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    napi_handle_scope scope = nullptr;  // a long batch must not pile up handles
    napi_open_handle_scope(env, &scope);
    items.push_back(ItemFrom(env, At(env, rows, i)));
    napi_close_handle_scope(env, scope);
  }
  return items;
}

Context ContextFrom(napi_env env, napi_value fields) {
  Context context;
  context.as_of = Text(env, At(env, fields, 0));
  context.origin = Text(env, At(env, fields, 1));
  context.destination = Text(env, At(env, fields, 2));
  context.treaties = Text(env, At(env, fields, 3));
  context.via = Text(env, At(env, fields, 4));
  context.classified = Number(env, At(env, fields, 5));
  context.sale = Number(env, At(env, fields, 6));
  return context;
}

Settings SettingsFrom(napi_env env, napi_value fields) {
  Settings settings;
  settings.pack = Text(env, At(env, fields, 0));
  settings.lists = Text(env, At(env, fields, 1));
  settings.max_input_bytes = static_cast<uint32_t>(Big(env, At(env, fields, 2)));
  settings.max_matches = static_cast<uint32_t>(Big(env, At(env, fields, 3)));
  settings.max_steps = Big(env, At(env, fields, 4));
  settings.max_memory_bytes = Big(env, At(env, fields, 5));
  return settings;
}

napi_value String(napi_env env, std::string_view text) {
  napi_value value = nullptr;
  napi_create_string_utf8(env, text.data(), text.size(), &value);
  return value;
}

napi_value Fault(napi_env env, const Failure& failure) {
  napi_value fault = nullptr, status = nullptr;
  napi_create_array_with_length(env, 3, &fault);
  napi_create_int32(env, failure.status, &status);
  napi_set_element(env, fault, 0, status);
  napi_set_element(env, fault, 1, String(env, sekisho_status_name(failure.status)));
  napi_set_element(env, fault, 2, String(env, failure.message));
  return fault;
}

napi_value Array(napi_env env, const std::vector<Outcome>& outcomes) {
  napi_value array = nullptr;
  napi_create_array_with_length(env, outcomes.size(), &array);
  for (uint32_t i = 0; i < outcomes.size(); ++i) {
    napi_handle_scope scope = nullptr;
    napi_open_handle_scope(env, &scope);
    const Outcome& outcome = outcomes[i];
    const bool ok = outcome.failure.status == SEKISHO_OK;
    napi_set_element(env, array, i, ok ? String(env, outcome.json) : Fault(env, outcome.failure));
    napi_close_handle_scope(env, scope);
  }
  return array;
}

napi_value Describe(napi_env env, const sekisho_taxonomy* taxonomy) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  napi_value object = nullptr;
  napi_create_object(env, &object);
  if (sekisho_taxonomy_describe(&info, taxonomy) != SEKISHO_OK) return object;
  Set(env, object, "version", String(env, {info.version, info.version_size}));
  Set(env, object, "digest", String(env, {info.digest, info.digest_size}));
  Set(env, object, "asOf", String(env, {info.as_of, info.as_of_size}));
  Set(env, object, "lists", Lists(env, taxonomy, info.list_count));
  return object;
}

}  // namespace sekisho::node
