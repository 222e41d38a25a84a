/* sekisho._native: the C ABI for the Python side of the package, which checks and names the arguments. */
#include "native.h"

#include <stdlib.h>
#include <string.h>

static PyObject* error_type; /* sekisho.Error */

static PyObject* raise(int32_t status, const char* message) {
  PyObject* value = status == SEKISHO_E_NOMEM ? PyErr_NoMemory() : PyObject_CallFunction(error_type, "s", message);
  PyObject* name = value == NULL ? NULL : PyUnicode_FromString(sekisho_status_name(status));
  if (name != NULL && PyObject_SetAttrString(value, "status", name) == 0) PyErr_SetObject(error_type, value);
  Py_XDECREF(name);
  Py_XDECREF(value);
  return NULL;
}

/* ---- Engine -------------------------------------------------------------------------------------------------- */

enum { IDLE = 64 };

typedef struct Engine {
  PyObject_HEAD sekisho_taxonomy* taxonomy;
  PyObject* lists;                 /* a str, or NULL: all */
  sekisho_scanner_options options; /* its text is that of `lists` */
  int idle_count;                  /* scanners that no thread is using; looked at under the interpreter's lock */
  sekisho_scanner* idle[IDLE];
} Engine;

static sekisho_scanner* take_scanner(Engine* engine) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_scanner* scanner = NULL;
  if (engine->idle_count > 0) return engine->idle[--engine->idle_count];
  if (engine->taxonomy == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "the engine has not been initialised");
    return NULL;
  }
  if (sekisho_scanner_create(&scanner, engine->taxonomy, &engine->options, &error) != SEKISHO_OK) {
    raise(error.status, error.message);
  }
  return scanner;
}

static void put_scanner(Engine* engine, sekisho_scanner* scanner) {
  if (engine->idle_count < IDLE) {
    engine->idle[engine->idle_count++] = scanner;
  } else {
    sekisho_scanner_free(scanner);
  }
}

/* Engine(path or None, lists or None, limits as read_options takes them) */
static int engine_init(PyObject* self, PyObject* args, PyObject* keywords) {
  Engine* engine = (Engine*)self;
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_scanner* first;
  PyObject *path, *lists, *limits;
  int32_t status;
  (void)keywords;
  if (engine->taxonomy != NULL) {
    PyErr_SetString(PyExc_RuntimeError, "the engine has been initialised before");
    return -1;
  }
  if (!PyArg_ParseTuple(args, "OOO", &path, &lists, &limits)) return -1;
  if (!read_options(lists, limits, &engine->options)) return -1;
  if (path == Py_None) {
    status = sekisho_taxonomy_load_builtin(&engine->taxonomy, &error);
  } else {
    PyObject* bytes = NULL;
    char* name = NULL;
    Py_ssize_t size = 0;
    if (!PyUnicode_FSConverter(path, &bytes)) return -1;
    PyBytes_AsStringAndSize(bytes, &name, &size);
    Py_BEGIN_ALLOW_THREADS;
    status = sekisho_taxonomy_load_file(&engine->taxonomy, name, (size_t)size, &error);
    Py_END_ALLOW_THREADS;
    Py_DECREF(bytes);
  }
  if (status != SEKISHO_OK) {
    raise(status, error.message);
    return -1;
  }
  engine->lists = lists == Py_None ? NULL : Py_NewRef(lists);
  first = take_scanner(engine); /* an unknown list is told at once */
  if (first == NULL) return -1;
  put_scanner(engine, first);
  return 0;
}

static void engine_free(PyObject* self) {
  Engine* engine = (Engine*)self;
  PyTypeObject* type = Py_TYPE(self);
  freefunc free_object = (freefunc)PyType_GetSlot(type, Py_tp_free);
  while (engine->idle_count > 0) sekisho_scanner_free(engine->idle[--engine->idle_count]);
  sekisho_taxonomy_release(engine->taxonomy);
  Py_XDECREF(engine->lists);
  free_object(self);
  Py_DECREF(type);
}

/* classify(item, context) -> str: JSON */
static PyObject* engine_classify(PyObject* self, PyObject* args) {
  Engine* engine = (Engine*)self;
  PyObject *item_tuple, *context_tuple, *out = NULL;
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context;
  sekisho_scanner* scanner;
  if (!PyArg_ParseTuple(args, "OO", &item_tuple, &context_tuple)) return NULL;
  scanner = take_scanner(engine);
  if (scanner == NULL) return NULL;
  if (read_item(item_tuple, &item) && read_context(context_tuple, &context)) {
    sekisho_error error = SEKISHO_ERROR_INIT;
    const sekisho_result* result = NULL;
    const char* json = NULL;
    size_t size = 0;
    int32_t status;
    Py_BEGIN_ALLOW_THREADS;
    status = sekisho_scanner_classify(&result, scanner, &item, &context, &error);
    if (status == SEKISHO_OK) status = sekisho_result_json(&json, &size, result);
    Py_END_ALLOW_THREADS;
    out = status == SEKISHO_OK ? PyUnicode_FromStringAndSize(json, (Py_ssize_t)size) : raise(status, error.message);
  }
  PyMem_Free((void*)item.attributes);
  put_scanner(engine, scanner);
  return out;
}

static PyObject* pair(const char* data, size_t size) { return PyUnicode_FromStringAndSize(data, (Py_ssize_t)size); }

/* versions() -> dict */
static PyObject* engine_versions(PyObject* self, PyObject* unused) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  (void)unused;
  if (sekisho_taxonomy_describe(&info, ((Engine*)self)->taxonomy) != SEKISHO_OK) return PyErr_NoMemory();
  return Py_BuildValue("{s:s,s:I,s:N,s:N,s:N,s:s}", "engine", sekisho_version(), "abi", sekisho_abi_version(),
                       "taxonomy", pair(info.version, info.version_size), "digest", pair(info.digest, info.digest_size),
                       "as_of", pair(info.as_of, info.as_of_size), "unicode", sekisho_unicode_version());
}

/* lists() -> list of str, of the taxonomy */
static PyObject* engine_lists(PyObject* self, PyObject* unused) {
  PyObject* out = PyList_New(0);
  sekisho_list_info info = SEKISHO_LIST_INFO_INIT;
  size_t i;
  (void)unused;
  for (i = 0; out != NULL && sekisho_taxonomy_list(&info, ((Engine*)self)->taxonomy, i) == SEKISHO_OK; ++i) {
    PyObject* name = pair(info.list, info.list_size);
    if (name == NULL || PyList_Append(out, name) != 0) Py_CLEAR(out);
    Py_XDECREF(name);
  }
  return out;
}

/* ---- columns ------------------------------------------------------------------------------------------------- */

static void free_stream(PyObject* capsule) {
  struct ArrowArrayStream* stream = PyCapsule_GetPointer(capsule, "arrow_array_stream");
  if (stream->release != NULL) stream->release(stream); /* nobody took it */
  free(stream);
}

/* Moves what the capsules hold into `source`. */
static int take_source(Source* source, PyObject* capsules) {
  PyObject *first, *second = NULL;
  memset(source, 0, sizeof(*source));
  if (!PyArg_ParseTuple(capsules, "O|O", &first, &second)) return 0;
  if (second == NULL) {
    struct ArrowArrayStream* stream = PyCapsule_GetPointer(first, "arrow_array_stream");
    int status;
    if (stream == NULL) return 0;
    if (stream->release == NULL) {
      PyErr_SetString(PyExc_ValueError, "the stream has been read before");
      return 0;
    }
    source->stream = *stream;
    stream->release = NULL;
    Py_BEGIN_ALLOW_THREADS;
    status = source->stream.get_schema(&source->stream, &source->schema);
    Py_END_ALLOW_THREADS;
    if (status == 0) return 1;
    source->schema.release = NULL;
    PyErr_Format(PyExc_ValueError, "the stream has no schema: %s", source->stream.get_last_error(&source->stream));
    return 0;
  } else {
    struct ArrowSchema* schema = PyCapsule_GetPointer(first, "arrow_schema");
    struct ArrowArray* array = schema == NULL ? NULL : PyCapsule_GetPointer(second, "arrow_array");
    if (array == NULL) return 0;
    source->schema = *schema;
    source->batch = *array;
    schema->release = NULL;
    array->release = NULL;
    return 1;
  }
}

/* stream(capsules, columns, rows, context) -> capsule: of a stream, or of a schema and an array */
static PyObject* engine_stream(PyObject* self, PyObject* args) {
  PyObject *capsules, *context_tuple, *out;
  unsigned int columns;
  long long rows;
  sekisho_context context;
  Source source;
  sekisho_scanner* scanner;
  struct ArrowArrayStream* stream;
  if (!PyArg_ParseTuple(args, "OILO", &capsules, &columns, &rows, &context_tuple)) return NULL;
  if (!read_context(context_tuple, &context)) return NULL;
  scanner = take_scanner((Engine*)self);
  if (scanner == NULL) return NULL;
  stream = calloc(1, sizeof(*stream));
  if (stream == NULL || !take_source(&source, capsules) ||
      !judged_stream(stream, &source, scanner, &context, columns, rows)) {
    if (stream != NULL) source_release(&source);
    if (!PyErr_Occurred()) PyErr_NoMemory();
    free(stream);
    put_scanner((Engine*)self, scanner);
    return NULL;
  }
  out = PyCapsule_New(stream, "arrow_array_stream", free_stream);
  if (out == NULL) {
    stream->release(stream);
    free(stream);
  }
  return out;
}

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef engine_methods[] = {{"classify", engine_classify, METH_VARARGS, NULL},
                                       {"versions", engine_versions, METH_NOARGS, NULL},
                                       {"lists", engine_lists, METH_NOARGS, NULL},
                                       {"stream", engine_stream, METH_VARARGS, NULL},
                                       {NULL, NULL, 0, NULL}};

static PyType_Slot engine_slots[] = {
    {Py_tp_init, engine_init}, {Py_tp_dealloc, engine_free}, {Py_tp_methods, engine_methods}, {0, NULL}};

static PyType_Spec engine_spec = {"sekisho._native.Engine", sizeof(Engine), 0, Py_TPFLAGS_DEFAULT, engine_slots};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "sekisho._native", NULL, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__native(void) {
  PyObject* out = PyModule_Create(&module);
  PyObject* engine = PyType_FromSpec(&engine_spec);
  error_type = PyErr_NewExceptionWithDoc(
      "sekisho.Error", "The library refused; `status` is the name of its status, such as SEKISHO_E_BAD_DATE.",
      PyExc_ValueError, NULL);
  if (out == NULL || engine == NULL || error_type == NULL || PyModule_AddObjectRef(out, "Engine", engine) != 0 ||
      PyModule_AddObjectRef(out, "Error", error_type) != 0) {
    Py_CLEAR(out);
  }
  Py_XDECREF(engine);
  return out;
}
