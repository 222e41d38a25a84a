/* A reader of the JSON that the library writes: valid, without spaces, no key twice in an object. So it needs no lexer,
 * no copy of texts and no search for doubles; what it finds is handed to the server as a tree of values, which the
 * server writes as jsonb. Whatever else it may meet, it leaves to the server's own reader. */
#include "jsonb.h"

#include <limits.h>

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

typedef struct Reader {
  const char* at;
  const char* end;
  char* room;       /* for pairs and elements; no text needs more than kRoomOfByte a byte */
  JsonbPair* stack; /* members of the containers that are open */
  int depth, size;
} Reader;

/* The shortest member of an array, "0,", needs sizeof(JsonbValue); the shortest of an object, "\"\":0,", a pair. */
enum { kRoomOfByte = sizeof(JsonbValue) / 2, kStack = 64, kMembers = 64, kDigits = 9 };

static bool read_value(Reader* reader, JsonbValue* out);

static bool next_is(Reader* reader, char c) {
  if (reader->at == reader->end || *reader->at != c) return false;
  ++reader->at;
  return true;
}

/* A text with escapes, up to `end`, its closing quote. \u00XX alone is written, for what has no other escape. */
static bool unescape(JsonbValue* out, const char* from, const char* end) {
  static const char kEscaped[] = "\"\\/nrtbf", kPlain[] = "\"\\/\n\r\t\b\f";
  char* to = palloc(end - from);
  out->val.string.val = to;
  while (from < end) {
    const char* escaped;
    if (*from != '\\') {
      *to++ = *from++;
      continue;
    }
    escaped = memchr(kEscaped, from[1], sizeof(kEscaped) - 1);
    if (escaped != NULL) {
      *to++ = kPlain[escaped - kEscaped];
      from += 2;
    } else if (end - from >= 6 && memcmp(from, "\\u00", 4) == 0 && from[4] >= '0' && from[4] <= '1') {
      hex_decode(from + 4, 2, to);
      if (*to++ == '\0') return false;
      from += 6;
    } else {
      return false;
    }
  }
  out->val.string.len = (int)(to - out->val.string.val);
  return true;
}

static bool read_string(Reader* reader, JsonbValue* out) {
  const char* begin = ++reader->at;
  const char* quote = memchr(begin, '"', reader->end - begin);
  out->type = jbvString;
  if (quote == NULL) return false;
  if (memchr(begin, '\\', quote - begin) == NULL) {
    reader->at = quote + 1;
    out->val.string.val = unconstify(char*, begin);
    out->val.string.len = (int)(quote - begin);
    return true;
  }
  for (quote = begin; quote < reader->end && *quote != '"';) quote += *quote == '\\' ? 2 : 1;
  if (quote >= reader->end) return false;
  reader->at = quote + 1;
  return unescape(out, begin, quote);
}

static bool read_number(Reader* reader, JsonbValue* out) {
  const char* begin = reader->at;
  const char* end = begin;
  int64 whole = 0;
  while (end < reader->end && *end >= '0' && *end <= '9')
    whole = end - begin < kDigits ? whole * 10 + *end++ - '0' : *end++;
  out->type = jbvNumeric;
  reader->at = end;
  if (end - begin <= kDigits && (end == reader->end || *end != '.')) {
    out->val.numeric = int64_to_numeric(whole);
    return end > begin;
  }
  while (reader->at < reader->end && strchr("0123456789.", *reader->at) != NULL) ++reader->at;
  out->val.numeric =
      DatumGetNumeric(DirectFunctionCall3(numeric_in, CStringGetDatum(pnstrdup(begin, reader->at - begin)),
                                          ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1)));
  return true;
}

static bool read_word(Reader* reader, JsonbValue* out) {
  static const struct {
    const char* word;
    int size;
    enum jbvType type;
    bool value;
  } kWords[] = {{"null", 4, jbvNull, false}, {"true", 4, jbvBool, true}, {"false", 5, jbvBool, false}};
  size_t i;
  for (i = 0; i < lengthof(kWords); ++i) {
    if (reader->end - reader->at < kWords[i].size || memcmp(reader->at, kWords[i].word, kWords[i].size) != 0) continue;
    reader->at += kWords[i].size;
    out->type = kWords[i].type;
    out->val.boolean = kWords[i].value;
    return true;
  }
  return false;
}

static JsonbPair* push(Reader* reader) {
  if (reader->depth == reader->size) {
    reader->size *= 2;
    reader->stack = repalloc(reader->stack, reader->size * sizeof(JsonbPair));
  }
  return &reader->stack[reader->depth++];
}

static void* take(Reader* reader, size_t size) {
  void* out = reader->room;
  reader->room += size;
  return out;
}

static bool read_array(Reader* reader, JsonbValue* out) {
  const int base = reader->depth;
  JsonbValue* elements;
  int i;
  check_stack_depth();
  ++reader->at;
  while (!next_is(reader, ']')) {
    JsonbValue element;
    if (reader->depth > base && !next_is(reader, ',')) return false;
    if (!read_value(reader, &element)) return false;
    push(reader)->value = element;
  }
  out->type = jbvArray;
  out->val.array.nElems = reader->depth - base;
  out->val.array.rawScalar = false;
  out->val.array.elems = elements = take(reader, sizeof(*elements) * out->val.array.nElems);
  for (i = base; i < reader->depth; ++i) *elements++ = reader->stack[i].value;
  reader->depth = base;
  return true;
}

/* jsonb has an object's keys by length, then by bytes. */
static bool before(const JsonbValue* a, const JsonbValue* b) {
  if (a->val.string.len != b->val.string.len) return a->val.string.len < b->val.string.len;
  return memcmp(a->val.string.val, b->val.string.val, a->val.string.len) < 0;
}

static bool read_object(Reader* reader, JsonbValue* out) {
  const int base = reader->depth;
  const JsonbPair* members;
  JsonbPair* pairs;
  int order[kMembers];
  int i, count;
  check_stack_depth();
  ++reader->at;
  while (!next_is(reader, '}')) {
    JsonbPair pair;
    if (reader->depth > base && !next_is(reader, ',')) return false;
    if (reader->at == reader->end || *reader->at != '"' || !read_string(reader, &pair.key)) return false;
    if (!next_is(reader, ':') || !read_value(reader, &pair.value)) return false;
    *push(reader) = pair;
  }
  members = &reader->stack[base];
  count = reader->depth - base;
  if (count > kMembers) return false;
  for (i = 0; i < count; ++i) {
    int place = i;
    for (; place > 0 && before(&members[i].key, &members[order[place - 1]].key); --place)
      order[place] = order[place - 1];
    order[place] = i;
  }
  pairs = take(reader, sizeof(*pairs) * count);
  for (i = 0; i < count; ++i) pairs[i] = members[order[i]];
  out->type = jbvObject;
  out->val.object.nPairs = count;
  out->val.object.pairs = pairs;
  reader->depth = base;
  return true;
}

static bool read_value(Reader* reader, JsonbValue* out) {
  if (reader->at == reader->end) return false;
  switch (*reader->at) {
    case '{':
      return read_object(reader, out);
    case '[':
      return read_array(reader, out);
    case '"':
      return read_string(reader, out);
    case '0' ... '9':
      return read_number(reader, out);
    default:
      return read_word(reader, out);
  }
}

Jsonb* jsonb_of_json(const char* json, size_t size) {
  Reader reader = {json, json + size, NULL, NULL, 0, kStack};
  JsonbValue root;
  if (size < MaxAllocSize / kRoomOfByte) {
    reader.room = palloc(size * kRoomOfByte + sizeof(JsonbPair));
    reader.stack = palloc(kStack * sizeof(JsonbPair));
    if (read_value(&reader, &root) && reader.at == reader.end && root.type == jbvObject)
      return JsonbValueToJsonb(&root);
  }
  return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(pnstrdup(json, size))));
}
