/* bare json|verdict|candidates ROUNDS < ITEMS.tsv: the engine without a host: every item ROUNDS times through the C ABI
 * on one thread. Prints the seconds of processor time. Column 2 is the description, 3 the part number. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sekisho.h"

enum { MAX_ITEMS = 4096, MAX_LINE = 65536 };

static size_t read_items(sekisho_item* items) {
  static char line[MAX_LINE];
  static char* lines[MAX_ITEMS]; /* the items point into them */
  size_t count = 0;
  if (fgets(line, sizeof(line), stdin) == NULL) return 0; /* the heading */
  while (count < MAX_ITEMS && fgets(line, sizeof(line), stdin) != NULL) {
    static const sekisho_item kEmpty = SEKISHO_ITEM_INIT;
    const char *description, *part_number;
    lines[count] = strdup(line);
    description = lines[count] == NULL ? NULL : strchr(lines[count], '\t');
    part_number = description == NULL ? NULL : strchr(++description, '\t');
    if (part_number++ == NULL) {
      fprintf(stderr, "bare: row %zu: out of memory, or not three columns\n", count + 1);
      exit(2);
    }
    items[count] = kEmpty;
    items[count].description = description;
    items[count].description_size = (size_t)(part_number - 1 - description);
    items[count].part_number = part_number;
    items[count].part_number_size = strcspn(part_number, "\t\n");
    ++count;
  }
  return count;
}

/* Reads all that the columns `candidates` and `notices` hold, but copies nothing. Bytes of text seen. */
static size_t read_candidates(const sekisho_result* result, const sekisho_result_info* info) {
  size_t bytes = 0, list, i, j;
  for (list = 0; list < info->list_count; ++list) {
    sekisho_list_result found = SEKISHO_LIST_RESULT_INIT;
    if (sekisho_result_list(&found, result, list) != SEKISHO_OK) exit(1);
    for (i = 0; i < found.candidate_count; ++i) {
      sekisho_candidate c = SEKISHO_CANDIDATE_INIT;
      if (sekisho_result_candidate(&c, result, list, i) != SEKISHO_OK) exit(1);
      bytes +=
          c.entry_size + c.title_en_size + c.title_ja_size + c.cite_size + c.clause_size + c.note_size + c.rule_size;
      for (j = 0; j < c.evidence_count; ++j) {
        sekisho_evidence e = SEKISHO_EVIDENCE_INIT;
        if (sekisho_result_evidence(&e, result, list, i, j) != SEKISHO_OK) exit(1);
        bytes += e.text_size + e.concept_id_size + e.measure_size + e.system_size;
      }
      for (j = 0; j < c.missing_count; ++j) {
        sekisho_note note = SEKISHO_NOTE_INIT;
        if (sekisho_result_missing(&note, result, list, i, j) != SEKISHO_OK) exit(1);
        bytes += note.id_size + note.en_size + note.ja_size;
      }
    }
  }
  for (i = 0; i < info->notice_count; ++i) {
    sekisho_note note = SEKISHO_NOTE_INIT;
    if (sekisho_result_notice(&note, result, i) != SEKISHO_OK) exit(1);
    bytes += note.id_size + note.en_size + note.ja_size;
  }
  return bytes;
}

int main(int argc, char** argv) {
  static sekisho_item items[MAX_ITEMS];
  const int json = argc > 1 && strcmp(argv[1], "json") == 0;
  const int candidates = argc > 1 && strcmp(argv[1], "candidates") == 0;
  const int rounds = argc > 2 ? atoi(argv[2]) : 1;
  const size_t count = read_items(items);
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  sekisho_taxonomy* taxonomy = NULL;
  sekisho_scanner* scanner = NULL;
  size_t bytes = 0;
  clock_t start;
  int round;
  if (!json) { /* nobody sees the treaties */
    context.treaties = "none";
    context.treaties_size = 4;
  }
  if (sekisho_taxonomy_load_builtin(&taxonomy, NULL) != SEKISHO_OK) return 1;
  if (sekisho_scanner_create(&scanner, taxonomy, NULL, NULL) != SEKISHO_OK) return 1;
  start = clock();
  for (round = 0; round < rounds; ++round) {
    size_t i;
    for (i = 0; i < count; ++i) {
      sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
      const sekisho_result* result = NULL;
      const char* text = NULL;
      size_t size = 0;
      if (sekisho_scanner_classify(&result, scanner, &items[i], &context, NULL) != SEKISHO_OK) return 1;
      if ((json ? sekisho_result_json(&text, &size, result) : sekisho_result_describe(&info, result)) != SEKISHO_OK)
        return 1;
      bytes += size + (size_t)info.verdict + (candidates ? read_candidates(result, &info) : 0);
    }
  }
  printf("%.6f\n", (double)(clock() - start) / CLOCKS_PER_SEC);
  fprintf(stderr, "%zu items, %zu\n", count * (size_t)rounds, bytes);
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
  return 0;
}
