/* A host with the library's own version of ICU linked into it and shown to all (ENABLE_EXPORTS), so that the dynamic
 * linker finds the functions of the host before those of the distribution.
 *
 *     lender LIBRARY local|deep    judges the lines of standard input, and prints a line of JSON for each
 *
 * `deep` loads the library with RTLD_DEEPBIND: what it asks for is then sought among its own libraries first. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "sekisho.h"

static void* library;

/* dlsym gives functions as pointers to objects, which C does not turn into each other. */
static void find(void* function, const char* name) {
  void* found = dlsym(library, name);
  memcpy(function, &found, sizeof(found));
}

int main(int count, char** arguments) {
  int32_t (*load)(sekisho_taxonomy**, sekisho_error*);
  int32_t (*create)(sekisho_scanner**, sekisho_taxonomy*, const sekisho_scanner_options*, sekisho_error*);
  int32_t (*classify)(const sekisho_result**, sekisho_scanner*, const sekisho_item*, const sekisho_context*,
                      sekisho_error*);
  int32_t (*write_json)(const char**, size_t*, const sekisho_result*);
  sekisho_taxonomy* taxonomy = NULL;
  sekisho_scanner* scanner = NULL;
  static char line[1 << 16];
  if (count != 3) return 2;
  library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL | (strcmp(arguments[2], "deep") == 0 ? RTLD_DEEPBIND : 0));
  if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
  find(&load, "sekisho_taxonomy_load_builtin");
  find(&create, "sekisho_scanner_create");
  find(&classify, "sekisho_scanner_classify");
  find(&write_json, "sekisho_result_json");
  if (load(&taxonomy, NULL) != SEKISHO_OK || create(&scanner, taxonomy, NULL, NULL) != SEKISHO_OK) return 1;
  while (fgets(line, sizeof(line), stdin) != NULL) {
    sekisho_item item = SEKISHO_ITEM_INIT;
    const sekisho_result* result = NULL;
    const char* json = NULL;
    size_t size = 0;
    item.description = line;
    item.description_size = strcspn(line, "\n");
    if (classify(&result, scanner, &item, NULL, NULL) != SEKISHO_OK) return 1;
    if (write_json(&json, &size, result) != SEKISHO_OK) return 1;
    printf("%.*s\n", (int)size, json);
  }
  return 0;
}
