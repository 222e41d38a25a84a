/* Settings, taxonomy and scanner of a backend. The library is entered and left within one call: no frame of it is on
 * the stack where an error can be raised, since the server leaves by longjmp. */
#include "engine.h"

#include <limits.h>

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"

static char* setting_pack;
static char* setting_trusted_keys;
static char* setting_lists;
static char* setting_as_of;

/* Of an item; 0: the library's own. The server's whole numbers end at INT_MAX. */
typedef struct Limits {
  int input_bytes, matches, steps, memory_bytes;
} Limits;
static Limits setting_limits;

/* What is loaded, and the settings that it was loaded by. A setting that changes is met by comparison, since it may be
 * set and reset around a single function call. */
static sekisho_taxonomy* taxonomy;
static sekisho_scanner* scanner;
static char* loaded_pack;
static char* loaded_trusted_keys;
static char* loaded_lists;
static Limits loaded_limits;

/* The last item and its result: a query that asks several things of a row has it judged once. The treaties are the end
 * of the key, which does not count where nothing is asked of them. */
static const sekisho_result* last_result;
static StringInfoData last_key, next_key;
static int last_item_size, next_item_size;
#define LONGEST_KEY 4096

/* A superuser's, as the pack is: they guard the server, and nobody shall make the record blind for his parts. */
static void define_limit(const char* name, const char* what, const char* beyond, int* value, int unit) {
  DefineCustomIntVariable(name, what, beyond, value, 0, 0, INT_MAX, PGC_SUSET, unit, NULL, NULL, NULL);
}

static void define_limits(void) {
  define_limit("sekisho.max_input_bytes", "Most bytes of text of an item.",
               "An item with more is unknown. 0: 65,536 bytes.", &setting_limits.input_bytes, GUC_UNIT_BYTE);
  define_limit("sekisho.max_matches", "Most phrases and designators of a text.",
               "Beyond them a list without a candidate is unknown. 0: 4,096.", &setting_limits.matches, 0);
  define_limit("sekisho.max_steps", "Most words and bytes of a text that are followed to match it.",
               "Beyond them a list without a candidate is unknown. 0: 16,777,216.", &setting_limits.steps, 0);
  define_limit("sekisho.max_memory_bytes", "Most memory for the words, matches and result of an item.",
               "An item that wants more is unknown. 0: 64 MB.", &setting_limits.memory_bytes, GUC_UNIT_BYTE);
}

void engine_define_settings(void) {
  DefineCustomStringVariable("sekisho.pack", "Compiled taxonomy to judge by.", "Empty: the one built into the library.",
                             &setting_pack, "", PGC_SUSET, 0, NULL, NULL, NULL);
  DefineCustomStringVariable("sekisho.trusted_keys", "Public keys, one of which must have signed the pack.",
                             "Each 64 hexadecimal digits, separated by commas. Empty: any pack is taken.",
                             &setting_trusted_keys, "", PGC_SUSET, 0, NULL, NULL, NULL);
  DefineCustomStringVariable("sekisho.lists", "Control lists to judge by, as in us-usml,jp-etco.",
                             "Empty: all of the taxonomy.", &setting_lists, "", PGC_USERSET, 0, NULL, NULL, NULL);
  DefineCustomStringVariable("sekisho.as_of", "Day by whose law items are judged, as YYYY-MM-DD.",
                             "Empty: the day of the taxonomy.", &setting_as_of, "", PGC_USERSET, 0, NULL, NULL, NULL);
  define_limits();
  MarkGUCPrefixReserved("sekisho");
}

static int sqlstate_of(int32_t status) {
  switch (status) {
    case SEKISHO_E_INVALID_ARGUMENT:
    case SEKISHO_E_UNKNOWN_LIST:
    case SEKISHO_E_UNKNOWN_TREATY:
    case SEKISHO_E_BAD_ATTRIBUTE:
      return ERRCODE_INVALID_PARAMETER_VALUE;
    case SEKISHO_E_BAD_DATE:
      return ERRCODE_INVALID_DATETIME_FORMAT;
    case SEKISHO_E_NOMEM:
      return ERRCODE_OUT_OF_MEMORY;
    case SEKISHO_E_NOT_FOUND:
      return ERRCODE_UNDEFINED_FILE;
    case SEKISHO_E_IO:
      return ERRCODE_IO_ERROR;
    case SEKISHO_E_NOT_A_PACK:
    case SEKISHO_E_PACK_VERSION:
    case SEKISHO_E_UNSIGNED:
    case SEKISHO_E_UNTRUSTED_KEY:
    case SEKISHO_E_BAD_SIGNATURE:
    case SEKISHO_E_PACK_OLDER:
    case SEKISHO_E_PACK_EXPIRED:
      return ERRCODE_CONFIG_FILE_ERROR;
    case SEKISHO_E_PACK_DAMAGED:
      return ERRCODE_DATA_CORRUPTED;
    default:
      return ERRCODE_INTERNAL_ERROR;
  }
}

/* "cause (hint: what to do)" comes as message and hint. */
static void report(int level, const sekisho_error* error) {
  char* message = pstrdup(error->message);
  char* hint = strstr(message, " (hint: ");
  if (hint != NULL) {
    *hint = '\0';
    hint += strlen(" (hint: ");
    const size_t size = strlen(hint);
    if (size > 0 && hint[size - 1] == ')') hint[size - 1] = '\0';
  }
  ereport(level,
          (errcode(sqlstate_of(error->status)), errmsg("sekisho: %s", message), hint ? errhint("%s.", hint) : 0));
}

void engine_fail(int32_t status, const sekisho_error* error) {
  sekisho_error unnamed = SEKISHO_ERROR_INIT;
  if (error == NULL) {
    unnamed.status = status;
    strlcpy(unnamed.message, sekisho_status_name(status), sizeof(unnamed.message));
    error = &unnamed;
  }
  report(ERROR, error);
}

/* "hex,hex" to bytes, SEKISHO_KEY_SIZE for each key. */
static int32_t read_keys(sekisho_trust* trust, sekisho_error* error) {
  const char* digits = setting_trusted_keys;
  uint8_t* keys = palloc(strlen(digits) / 2 + SEKISHO_KEY_SIZE);
  trust->keys = keys;
  while (*digits != '\0') {
    const size_t size = strspn(digits, "0123456789abcdefABCDEF");
    if (size != 2 * SEKISHO_KEY_SIZE || (digits[size] != ',' && digits[size] != '\0')) {
      error->status = SEKISHO_E_UNTRUSTED_KEY;
      strlcpy(error->message,
              "sekisho.trusted_keys is no list of public keys (hint: a key is 64 hexadecimal digits; a comma stands "
              "between two, without spaces)",
              sizeof(error->message));
      return error->status;
    }
    hex_decode(digits, size, (char*)keys + SEKISHO_KEY_SIZE * trust->key_count++);
    digits += size + (digits[size] == ',');
  }
  return SEKISHO_OK;
}

static int32_t load(sekisho_taxonomy** out, sekisho_error* error) {
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  const size_t path_size = strlen(setting_pack);
  int32_t status = read_keys(&trust, error);
  if (status != SEKISHO_OK) return status;
  if (trust.key_count == 0 && path_size > 0) return sekisho_taxonomy_load_file(out, setting_pack, path_size, error);
  if (path_size > 0) return sekisho_taxonomy_load_trusted(out, setting_pack, path_size, &trust, error);
  status = sekisho_taxonomy_load_builtin(out, error);
  if (status == SEKISHO_OK && trust.key_count > 0) {
    status = sekisho_taxonomy_verify(*out, &trust, error);
    if (status != SEKISHO_OK) sekisho_taxonomy_release(*out);
  }
  return status;
}

static bool same(const char* loaded, const char* setting) { return loaded != NULL && strcmp(loaded, setting) == 0; }

static bool same_limits(void) { return memcmp(&loaded_limits, &setting_limits, sizeof(Limits)) == 0; }

static void keep(char** loaded, const char* setting) {
  char* copy = MemoryContextStrdup(TopMemoryContext, setting);
  if (*loaded != NULL) pfree(*loaded);
  *loaded = copy;
}

static void drop_scanner(void) {
  last_result = NULL;
  sekisho_scanner_free(scanner);
  scanner = NULL;
}

/* The taxonomy that the settings name, or an error: nothing is ever judged by another one in its place. */
static void use_taxonomy(int level) {
  sekisho_taxonomy* fresh = NULL;
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (taxonomy != NULL && same(loaded_pack, setting_pack) && same(loaded_trusted_keys, setting_trusted_keys)) return;
  drop_scanner();
  sekisho_taxonomy_release(taxonomy);
  taxonomy = NULL;
  keep(&loaded_pack, setting_pack);
  keep(&loaded_trusted_keys, setting_trusted_keys);
  if (load(&fresh, &error) != SEKISHO_OK) report(level, &error);
  taxonomy = fresh;
}

static void use_scanner(void) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  sekisho_error error = SEKISHO_ERROR_INIT;
  use_taxonomy(ERROR);
  if (scanner != NULL && same(loaded_lists, setting_lists) && same_limits()) return;
  if (GetDatabaseEncoding() != PG_UTF8)
    ereport(ERROR,
            (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
             errmsg("sekisho works in databases with the encoding UTF8; this one has %s", GetDatabaseEncodingName()),
             errhint("Titles and notices are English and Japanese. Create a database with ENCODING 'UTF8'.")));
  drop_scanner();
  keep(&loaded_lists, setting_lists);
  loaded_limits = setting_limits;
  options.max_input_bytes = (uint32_t)setting_limits.input_bytes;
  options.max_matches = (uint32_t)setting_limits.matches;
  options.max_steps = (uint64_t)setting_limits.steps;
  options.max_memory_bytes = (uint64_t)setting_limits.memory_bytes;
  options.lists = setting_lists;
  options.lists_size = strlen(setting_lists);
  engine_check(sekisho_scanner_create(&scanner, taxonomy, &options, &error), &error);
}

void engine_preload(void) { use_taxonomy(LOG); }

const sekisho_taxonomy* engine_taxonomy(void) {
  use_taxonomy(ERROR);
  return taxonomy;
}

/* Writes item and context to `next_key`; false where they are not worth it. */
static bool make_key(const sekisho_item* item, const sekisho_context* context) {
  const int32_t kinds[] = {item->kind, context->classified, context->sale};
  const char* texts[] = {item->description, item->part_number,    item->nsn,    item->manufacturer, context->as_of,
                         context->origin,   context->destination, context->via, context->treaties};
  const size_t sizes[] = {item->description_size,    item->part_number_size, item->nsn_size,
                          item->manufacturer_size,   context->as_of_size,    context->origin_size,
                          context->destination_size, context->via_size,      context->treaties_size};
  const size_t last = lengthof(sizes) - 1;
  size_t i, sum = 0;
  for (i = 0; i <= last; ++i) sum += sizes[i];
  if (item->attribute_count > 0 || sum > LONGEST_KEY) return false;
  if (next_key.data == NULL) {
    MemoryContext before = MemoryContextSwitchTo(TopMemoryContext);
    initStringInfo(&next_key);
    initStringInfo(&last_key);
    MemoryContextSwitchTo(before);
  }
  resetStringInfo(&next_key);
  appendBinaryStringInfo(&next_key, (const char*)kinds, sizeof(kinds));
  appendBinaryStringInfo(&next_key, (const char*)sizes, sizeof(*sizes) * last);
  for (i = 0; i < last; ++i)
    if (sizes[i] > 0) appendBinaryStringInfo(&next_key, texts[i], (int)sizes[i]);
  next_item_size = next_key.len;
  if (sizes[last] > 0) appendBinaryStringInfo(&next_key, texts[last], (int)sizes[last]);
  return true;
}

static bool is_last(bool treaties) {
  const int size = treaties ? next_key.len : next_item_size;
  return last_result != NULL && last_item_size == next_item_size && (!treaties || last_key.len == size) &&
         memcmp(last_key.data, next_key.data, size) == 0;
}

static void keep_key(void) {
  const StringInfoData spare = last_key;
  last_key = next_key;
  last_item_size = next_item_size;
  next_key = spare;
}

const sekisho_result* engine_classify(const sekisho_item* item, sekisho_context* context, bool treaties) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  bool keyed;
  use_scanner();
  if (context->as_of_size == 0) {
    context->as_of = setting_as_of;
    context->as_of_size = strlen(setting_as_of);
  }
  if (!treaties && context->treaties_size == 0) {
    context->treaties = "none";
    context->treaties_size = strlen("none");
  }
  keyed = make_key(item, context);
  if (keyed && is_last(treaties)) return last_result;
  last_result = NULL;
  last_item_size = 0;
  engine_check(sekisho_scanner_classify(&last_result, scanner, item, context, &error), &error);
  if (keyed) keep_key();
  return last_result;
}
