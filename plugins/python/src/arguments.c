/* What Python says of items, transactions and scanners, as the structs of the C ABI. Text is not copied: it belongs to
 * the objects that it came from. The readers return false with an exception set. */
#include "native.h"

/* A str, or None for an empty one. */
static int text(PyObject* object, const char** data, size_t* size) {
  Py_ssize_t length = 0;
  *data = NULL;
  *size = 0;
  if (object == Py_None) return 1;
  *data = PyUnicode_AsUTF8AndSize(object, &length);
  *size = (size_t)length;
  return *data != NULL;
}
#define TEXT(object, to, name) text(object, &(to).name, &(to).name##_size)

int read_context(PyObject* tuple, sekisho_context* out) {
  PyObject *as_of, *origin, *destination, *treaties, *via;
  int classified, sale;
  static const sekisho_context kEmpty = SEKISHO_CONTEXT_INIT;
  *out = kEmpty;
  if (!PyArg_ParseTuple(tuple, "OOOOOpi", &as_of, &origin, &destination, &treaties, &via, &classified, &sale)) return 0;
  out->classified = classified;
  out->sale = sale;
  return TEXT(as_of, *out, as_of) && TEXT(origin, *out, origin) && TEXT(destination, *out, destination) &&
         TEXT(treaties, *out, treaties) && TEXT(via, *out, via);
}

/* A dict of str, as an array that the caller frees. */
static int read_attributes(PyObject* dict, sekisho_item* out) {
  static const sekisho_attribute kEmpty = SEKISHO_ATTRIBUTE_INIT;
  PyObject *name, *quantity;
  Py_ssize_t at = 0;
  sekisho_attribute* read;
  if (dict == Py_None || PyDict_Size(dict) == 0) return 1;
  if (!PyDict_Check(dict)) {
    PyErr_SetString(PyExc_TypeError, "attributes: not a dict");
    return 0;
  }
  read = PyMem_Malloc(sizeof(sekisho_attribute) * (size_t)PyDict_Size(dict));
  if (read == NULL) return PyErr_NoMemory() != NULL;
  out->attributes = read;
  while (PyDict_Next(dict, &at, &name, &quantity)) {
    sekisho_attribute* attribute = &read[out->attribute_count++];
    *attribute = kEmpty;
    if (!TEXT(name, *attribute, name) || !TEXT(quantity, *attribute, quantity)) return 0;
  }
  return 1;
}

int read_item(PyObject* tuple, sekisho_item* out) {
  PyObject *id, *description, *part_number, *nsn, *manufacturer, *attributes;
  static const sekisho_item kEmpty = SEKISHO_ITEM_INIT;
  int kind;
  *out = kEmpty;
  if (!PyArg_ParseTuple(tuple, "OOOOOiO", &id, &description, &part_number, &nsn, &manufacturer, &kind, &attributes)) {
    return 0;
  }
  out->kind = kind;
  return TEXT(id, *out, id) && TEXT(description, *out, description) && TEXT(part_number, *out, part_number) &&
         TEXT(nsn, *out, nsn) && TEXT(manufacturer, *out, manufacturer) && read_attributes(attributes, out);
}

int read_options(PyObject* lists, PyObject* limits, sekisho_scanner_options* out) {
  static const sekisho_scanner_options kEmpty = SEKISHO_SCANNER_OPTIONS_INIT;
  unsigned int input_bytes, matches;
  unsigned long long steps, memory_bytes;
  *out = kEmpty;
  if (!PyArg_ParseTuple(limits, "IIKK", &input_bytes, &matches, &steps, &memory_bytes)) return 0;
  out->max_input_bytes = input_bytes;
  out->max_matches = matches;
  out->max_steps = steps;
  out->max_memory_bytes = memory_bytes;
  return TEXT(lists, *out, lists);
}
