/* The engine alone, as the yardstick: bare FILE (verdict|json). Reads lines "description TAB part_number", then judges
 * all of them in one thread and prints how many are not no_match, and the processor time that it took, in seconds. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sekisho.h"

static char* read_all(const char* path, size_t* size) {
  FILE* file = fopen(path, "rb");
  char* bytes;
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) return NULL;
  *size = (size_t)ftell(file);
  rewind(file);
  bytes = malloc(*size + 1);
  if (bytes == NULL || fread(bytes, 1, *size, file) != *size) return NULL;
  fclose(file);
  return bytes;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int judge(sekisho_scanner* scanner, const char* line, const char* end, int json) {
  const char* tab = memchr(line, '\t', (size_t)(end - line));
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  const sekisho_result* result;
  const char* text;
  size_t size;
  item.description = line;
  item.description_size = (size_t)((tab ? tab : end) - line);
  if (tab) item.part_number = tab + 1, item.part_number_size = (size_t)(end - tab - 1);
  if (sekisho_scanner_classify(&result, scanner, &item, NULL, NULL) != SEKISHO_OK) exit(1);
  if (json && sekisho_result_json(&text, &size, result) != SEKISHO_OK) exit(1);
  if (sekisho_result_describe(&info, result) != SEKISHO_OK) exit(1);
  return info.verdict != SEKISHO_NO_MATCH;
}

int main(int argc, char** argv) {
  sekisho_taxonomy* taxonomy;
  sekisho_scanner* scanner;
  size_t size = 0;
  char* bytes = argc == 3 ? read_all(argv[1], &size) : NULL;
  long found = 0;
  double start;
  const char *line, *end;
  if (bytes == NULL || sekisho_taxonomy_load_builtin(&taxonomy, NULL) != SEKISHO_OK ||
      sekisho_scanner_create(&scanner, taxonomy, NULL, NULL) != SEKISHO_OK)
    return 1;
  start = seconds();
  for (line = bytes; line < bytes + size; line = end + 1) {
    end = memchr(line, '\n', (size_t)(bytes + size - line));
    if (end == NULL) end = bytes + size;
    found += judge(scanner, line, end, strcmp(argv[2], "json") == 0);
  }
  printf("%ld %.6f\n", found, seconds() - start);
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
  free(bytes);
  return 0;
}
