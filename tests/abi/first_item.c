/* The smallest program: classifies one item with the built-in taxonomy and prints the verdicts. */
#include <stdio.h>
#include <string.h>

#include "sekisho.h"

int main(void) {
  const char* text = "GOGGLE,NIGHT VISION AN/PVS-14";
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_taxonomy* taxonomy = NULL;
  sekisho_scanner* scanner = NULL;
  const sekisho_result* result = NULL;
  const char* json = NULL;
  size_t json_size = 0;

  item.description = text;
  item.description_size = strlen(text);
  if (sekisho_taxonomy_load_builtin(&taxonomy, &error) < 0 ||
      sekisho_scanner_create(&scanner, taxonomy, NULL, &error) < 0 ||
      sekisho_scanner_classify(&result, scanner, &item, NULL, &error) < 0 ||
      sekisho_result_json(&json, &json_size, result) < 0) {
    fprintf(stderr, "%s: %s\n", sekisho_status_name(error.status), error.message);
    return 1;
  }
  printf("%.*s\n", (int)json_size, json);
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
  return 0;
}
