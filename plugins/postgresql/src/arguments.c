/* Reads the arguments that all functions have in common. */
#include <postgres.h>

#include "engine.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/jsonb.h"

enum { DESCRIPTION, PART_NUMBER, NSN, MANUFACTURER, KIND, ATTRIBUTES, ORIGIN, DESTINATION, VIA, SALE, CLASSIFIED };
enum { TREATIES = CLASSIFIED + 1, AS_OF };

#define SIZE_OF_DAY 32

static void read_text(const char** out, size_t* size, FunctionCallInfo fcinfo, int argument) {
  text* given;
  if (PG_ARGISNULL(argument)) return;
  given = PG_GETARG_TEXT_PP(argument);
  *out = VARDATA_ANY(given);
  *size = VARSIZE_ANY_EXHDR(given);
}

/* The place of a word among `words`; NULL is the first. */
static int32_t read_choice(FunctionCallInfo fcinfo, int argument, const char* name, const char* const* words) {
  const char *given = NULL, *known = words[0];
  size_t size = 0;
  int32_t i;
  if (PG_ARGISNULL(argument)) return 0;
  read_text(&given, &size, fcinfo, argument);
  for (i = 0; words[i] != NULL; ++i) {
    if (strlen(words[i]) == size && memcmp(words[i], given, size) == 0) return i;
    if (i > 0) known = psprintf("%s, %s", known, words[i]);
  }
  ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                  errmsg("sekisho: no %s \"%s\"", name, text_to_cstring(PG_GETARG_TEXT_PP(argument))),
                  errhint("It is one of %s.", known)));
}

static void read_day(char day[SIZE_OF_DAY], sekisho_context* context, FunctionCallInfo fcinfo, int argument) {
  DateADT given;
  int year, month, day_of_month;
  if (PG_ARGISNULL(argument)) return;
  given = PG_GETARG_DATEADT(argument);
  if (DATE_NOT_FINITE(given))
    ereport(ERROR, (errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE), errmsg("sekisho: as_of is infinite"),
                    errhint("Leave it out to judge by the day of the taxonomy.")));
  j2date(given + POSTGRES_EPOCH_JDATE, &year, &month, &day_of_month);
  context->as_of = day;
  context->as_of_size = (size_t)snprintf(day, SIZE_OF_DAY, "%04d-%02d-%02d", year, month, day_of_month);
}

static void refuse_attributes(const char* what) {
  ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("sekisho: %s", what),
                  errhint("Attributes are an object of texts with units, as in {\"range\": \"310 km\"}.")));
}

/* {"range": "310 km"} to name and quantity; the texts stay in the jsonb. */
static void read_attributes(sekisho_item* item, FunctionCallInfo fcinfo, int argument) {
  Jsonb* given;
  JsonbIterator* iterator;
  JsonbValue value;
  JsonbIteratorToken token;
  sekisho_attribute *all, *next;
  if (PG_ARGISNULL(argument)) return;
  given = PG_GETARG_JSONB_P(argument);
  if (!JB_ROOT_IS_OBJECT(given)) refuse_attributes("attributes is no JSON object");
  all = next = palloc0(sizeof(sekisho_attribute) * (JB_ROOT_COUNT(given) + 1));
  iterator = JsonbIteratorInit(&given->root);
  while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE) {
    if (token == WJB_KEY) {
      next->struct_size = sizeof(*next);
      next->name = value.val.string.val;
      next->name_size = value.val.string.len;
    } else if (token == WJB_VALUE) {
      if (value.type != jbvString)
        refuse_attributes(psprintf("attribute \"%s\" is no text", pnstrdup(next->name, next->name_size)));
      next->quantity = value.val.string.val;
      next->quantity_size = value.val.string.len;
      ++next;
    }
  }
  item->attributes = all;
  item->attribute_count = (size_t)(next - all);
}

const sekisho_result* classify_arguments(FunctionCallInfo fcinfo, int first, bool treaties) {
  static const char* const kinds[] = {"goods", "technology", "software", "service", NULL};
  static const char* const sales[] = {"unknown", "fms", "dcs", NULL};
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  char day[SIZE_OF_DAY];
  read_text(&item.description, &item.description_size, fcinfo, first + DESCRIPTION);
  read_text(&item.part_number, &item.part_number_size, fcinfo, first + PART_NUMBER);
  read_text(&item.nsn, &item.nsn_size, fcinfo, first + NSN);
  read_text(&item.manufacturer, &item.manufacturer_size, fcinfo, first + MANUFACTURER);
  item.kind = read_choice(fcinfo, first + KIND, "kind", kinds);
  read_attributes(&item, fcinfo, first + ATTRIBUTES);
  read_text(&context.origin, &context.origin_size, fcinfo, first + ORIGIN);
  read_text(&context.destination, &context.destination_size, fcinfo, first + DESTINATION);
  read_text(&context.via, &context.via_size, fcinfo, first + VIA);
  context.sale = read_choice(fcinfo, first + SALE, "sale", sales);
  context.classified = !PG_ARGISNULL(first + CLASSIFIED) && PG_GETARG_BOOL(first + CLASSIFIED);
  read_text(&context.treaties, &context.treaties_size, fcinfo, first + TREATIES);
  read_day(day, &context, fcinfo, first + AS_OF);
  return engine_classify(&item, &context, treaties || context.treaties_size > 0);
}
