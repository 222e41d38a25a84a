/* The nginx module: directives, the taxonomy before the fork, hot reload, scanners of a worker. */
#include "module.h"

static char* set_taxonomy(ngx_conf_t* cf, ngx_command_t* command, void* conf);
static char* set_classify(ngx_conf_t* cf, ngx_command_t* command, void* conf);
static char* set_handler(ngx_conf_t* cf, ngx_command_t* command, void* conf);
static char* fits_32_bits(ngx_conf_t* cf, void* post, void* value);

static ngx_conf_post_t of_32_bits = {fits_32_bits};

#define LIMIT(name, member, post)                                                                            \
  {                                                                                                          \
    ngx_string(name), NGX_HTTP_MAIN_CONF | NGX_HTTP_SRV_CONF | NGX_HTTP_LOC_CONF | NGX_CONF_TAKE1,           \
        ngx_conf_set_off_slot, NGX_HTTP_LOC_CONF_OFFSET, offsetof(sekisho_ngx_location, limits.member), post \
  }

static ngx_command_t commands[] = {
    {ngx_string("sekisho_taxonomy"), NGX_HTTP_MAIN_CONF | NGX_CONF_TAKE12, set_taxonomy, NGX_HTTP_MAIN_CONF_OFFSET, 0,
     NULL},
    {ngx_string("sekisho_lists"), NGX_HTTP_MAIN_CONF | NGX_HTTP_SRV_CONF | NGX_HTTP_LOC_CONF | NGX_CONF_TAKE1,
     ngx_conf_set_str_slot, NGX_HTTP_LOC_CONF_OFFSET, offsetof(sekisho_ngx_location, lists), NULL},
    LIMIT("sekisho_max_input_bytes", input_bytes, &of_32_bits),
    LIMIT("sekisho_max_matches", matches, &of_32_bits),
    LIMIT("sekisho_max_steps", steps, NULL),
    LIMIT("sekisho_max_memory_bytes", memory_bytes, NULL),
    {ngx_string("sekisho_classify"), NGX_HTTP_LOC_CONF | NGX_CONF_FLAG, set_classify, NGX_HTTP_LOC_CONF_OFFSET,
     offsetof(sekisho_ngx_location, classify), NULL},
    {ngx_string("sekisho_health"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, set_handler, 0, 0, sekisho_ngx_health},
    {ngx_string("sekisho_version"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, set_handler, 0, 0, sekisho_ngx_version},
    {ngx_string("sekisho_describe"), NGX_HTTP_LOC_CONF | NGX_CONF_NOARGS, set_handler, 0, 0, sekisho_ngx_describe},
    ngx_null_command};

/* ---- directives ---------------------------------------------------------------------------------------------- */

static char* set_taxonomy(ngx_conf_t* cf, ngx_command_t* command, void* conf) {
  sekisho_ngx_main* main = conf;
  ngx_str_t* words = cf->args->elts;
  ngx_str_t interval;
  (void)command;
  if (main->path.data != NULL) return "is duplicate";
  main->path = words[1];
  if (ngx_conf_full_name(cf->cycle, &main->path, 0) != NGX_OK) return NGX_CONF_ERROR;
  if (cf->args->nelts == 2) return NGX_CONF_OK;
  if (ngx_strcmp(words[2].data, "check=off") == 0) {
    main->check = 0;
    return NGX_CONF_OK;
  }
  if (ngx_strncmp(words[2].data, "check=", 6) != 0) return "takes a path and check=TIME or check=off";
  interval.data = words[2].data + 6;
  interval.len = words[2].len - 6;
  main->check = (ngx_msec_t)ngx_parse_time(&interval, 0);
  return main->check == (ngx_msec_t)NGX_ERROR || main->check < 100 ? "check= wants 100ms or more" : NGX_CONF_OK;
}

static char* set_classify(ngx_conf_t* cf, ngx_command_t* command, void* conf) {
  ngx_http_core_loc_conf_t* core = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
  char* said = ngx_conf_set_flag_slot(cf, command, conf);
  if (said == NGX_CONF_OK && ((sekisho_ngx_location*)conf)->classify) core->handler = sekisho_ngx_classify;
  return said;
}

static char* set_handler(ngx_conf_t* cf, ngx_command_t* command, void* conf) {
  ngx_http_core_loc_conf_t* core = ngx_http_conf_get_module_loc_conf(cf, ngx_http_core_module);
  (void)conf;
  core->handler = (ngx_http_handler_pt)command->post;
  return NGX_CONF_OK;
}

/* What nginx has read as a size, and the library takes as 32 bits. */
static char* fits_32_bits(ngx_conf_t* cf, void* post, void* value) {
  (void)cf, (void)post;
  return *(const off_t*)value <= (off_t)UINT32_MAX ? NGX_CONF_OK : "takes 4294967295 at most";
}

/* ---- configuration ------------------------------------------------------------------------------------------- */

static void free_slot(void* data) { sekisho_slot_free(((sekisho_ngx_main*)data)->slot); }

static void* create_main(ngx_conf_t* cf) {
  sekisho_ngx_main* main = ngx_pcalloc(cf->pool, sizeof *main);
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (main == NULL || cleanup == NULL) return NULL;
  main->check = 5000;
  if (ngx_array_init(&main->locations, cf->pool, 4, sizeof(sekisho_ngx_location*)) != NGX_OK) return NULL;
  cleanup->handler = free_slot;
  cleanup->data = main;
  return main;
}

static void free_idle(void* data) {
  sekisho_ngx_location* location = data;
  sekisho_ngx_lent* lent;
  for (lent = location->idle; lent != NULL; lent = lent->next) sekisho_scanner_free(lent->scanner);
}

static void* create_location(ngx_conf_t* cf) {
  sekisho_ngx_location* location = ngx_pcalloc(cf->pool, sizeof *location);
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(cf->pool, 0);
  if (location == NULL || cleanup == NULL) return NULL;
  location->classify = NGX_CONF_UNSET;
  location->limits.input_bytes = location->limits.matches = NGX_CONF_UNSET;
  location->limits.steps = location->limits.memory_bytes = NGX_CONF_UNSET;
  cleanup->handler = free_idle;
  cleanup->data = location;
  return location;
}

static void merge_limits(sekisho_ngx_limits* to, const sekisho_ngx_limits* from) {
  ngx_conf_merge_off_value(to->input_bytes, from->input_bytes, 0);
  ngx_conf_merge_off_value(to->matches, from->matches, 0);
  ngx_conf_merge_off_value(to->steps, from->steps, 0);
  ngx_conf_merge_off_value(to->memory_bytes, from->memory_bytes, 0);
}

static char* merge_location(ngx_conf_t* cf, void* parent, void* child) {
  sekisho_ngx_location* from = parent;
  sekisho_ngx_location* to = child;
  sekisho_ngx_main* main = ngx_http_conf_get_module_main_conf(cf, ngx_http_sekisho_module);
  sekisho_ngx_location** merged = ngx_array_push(&main->locations);
  ngx_conf_merge_value(to->classify, from->classify, 0);
  ngx_conf_merge_str_value(to->lists, from->lists, "");
  merge_limits(&to->limits, &from->limits);
  if (merged == NULL) return NGX_CONF_ERROR;
  *merged = to;
  return NGX_CONF_OK;
}

static int32_t make_scanner(sekisho_scanner** out, sekisho_taxonomy* taxonomy, const sekisho_ngx_location* location,
                            sekisho_error* error) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.lists = (const char*)location->lists.data;
  options.lists_size = location->lists.len;
  options.max_input_bytes = (uint32_t)location->limits.input_bytes;
  options.max_matches = (uint32_t)location->limits.matches;
  options.max_steps = (uint64_t)location->limits.steps;
  options.max_memory_bytes = (uint64_t)location->limits.memory_bytes;
  return sekisho_scanner_create(out, taxonomy, &options, error);
}

/* What the file is now. A file that is replaced while it is loaded is loaded once more at the next check. */
static ngx_int_t look(sekisho_ngx_main* main) {
  ngx_file_info_t info;
  ngx_int_t changed;
  if (main->path.len == 0 || ngx_file_info(main->path.data, &info) == NGX_FILE_ERROR) return 0;
  changed = main->file != ngx_file_uniq(&info) || main->changed != ngx_file_mtime(&info) ||
            main->size != ngx_file_size(&info);
  main->file = ngx_file_uniq(&info);
  main->changed = ngx_file_mtime(&info);
  main->size = ngx_file_size(&info);
  return changed;
}

/* Read, not mapped: a file that is overwritten in place must not change or vanish under the requests of a worker. */
static int32_t load_file(sekisho_taxonomy** out, const ngx_str_t* path, sekisho_error* error) {
  int32_t status = SEKISHO_E_IO;
  FILE* file = fopen((const char*)path->data, "rb");
  long size = -1;
  char* bytes = NULL;
  if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) {
    rewind(file);
    bytes = malloc((size_t)size + 1);
  }
  if (bytes != NULL && fread(bytes, 1, (size_t)size, file) == (size_t)size) {
    status = sekisho_taxonomy_load_memory(out, bytes, (size_t)size, error);
  } else {
    ngx_snprintf((u_char*)error->message, sizeof error->message, "%V cannot be read (hint: path, rights)%Z", path);
  }
  free(bytes);
  if (file != NULL) fclose(file);
  return status;
}

/* A taxonomy that has every list that some location asks for; NULL with `error` filled in. */
static sekisho_taxonomy* load(const sekisho_ngx_main* main, sekisho_error* error) {
  sekisho_ngx_location* const* locations = main->locations.elts;
  sekisho_taxonomy* taxonomy = NULL;
  ngx_uint_t i;
  int32_t status =
      main->path.len == 0 ? sekisho_taxonomy_load_builtin(&taxonomy, error) : load_file(&taxonomy, &main->path, error);
  for (i = 0; status == SEKISHO_OK && i < main->locations.nelts; ++i) {
    sekisho_scanner* scanner = NULL;
    if (locations[i]->lists.len == 0) continue;
    status = make_scanner(&scanner, taxonomy, locations[i], error);
    sekisho_scanner_free(scanner);
  }
  if (status == SEKISHO_OK) return taxonomy;
  sekisho_taxonomy_release(taxonomy);
  return NULL;
}

/* Before the fork, so that workers share the pages. A pack that cannot be loaded is a fault of the configuration: after
 * `nginx -s reload` the old one goes on serving. */
static ngx_int_t load_taxonomy(ngx_conf_t* cf) {
  sekisho_ngx_main* main = ngx_http_conf_get_module_main_conf(cf, ngx_http_sekisho_module);
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy;
  look(main);
  taxonomy = load(main, &error);
  if (taxonomy != NULL) sekisho_slot_create(&main->slot, taxonomy, &error);
  sekisho_taxonomy_release(taxonomy);
  if (main->slot != NULL) return NGX_OK;
  ngx_conf_log_error(NGX_LOG_EMERG, cf, 0, "sekisho: %V: %s", &main->path, error.message);
  return NGX_ERROR;
}

/* ---- hot reload without a signal ------------------------------------------------------------------------------- */

static void check_file(ngx_event_t* event) {
  sekisho_ngx_main* main = event->data;
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (ngx_exiting || ngx_quit || ngx_terminate) return;
  if (look(main)) {
    sekisho_taxonomy* taxonomy = load(main, &error);
    if (taxonomy != NULL && sekisho_slot_set(main->slot, taxonomy) == SEKISHO_OK) {
      ngx_log_error(NGX_LOG_NOTICE, event->log, 0, "sekisho: loaded %V", &main->path);
    } else {
      ngx_log_error(NGX_LOG_ERR, event->log, 0, "sekisho: keeping the old taxonomy: %V: %s", &main->path,
                    error.message);
    }
    sekisho_taxonomy_release(taxonomy);
  }
  ngx_add_timer(event, main->check);
}

static ngx_int_t start_worker(ngx_cycle_t* cycle) {
  sekisho_ngx_main* main = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_sekisho_module);
  if (main == NULL || main->path.len == 0 || main->check == 0) return NGX_OK;
  main->timer.handler = check_file;
  main->timer.data = main;
  main->timer.log = cycle->log;
  main->timer.cancelable = 1; /* does not hold up a worker that is to end */
  ngx_add_timer(&main->timer, main->check);
  return NGX_OK;
}

/* ---- scanners ------------------------------------------------------------------------------------------------ */

typedef struct {
  sekisho_ngx_location* location;
  sekisho_ngx_lent* lent;
} loan;

static void give_back(void* data) {
  loan* of = data;
  of->lent->next = of->location->idle;
  of->location->idle = of->lent;
}

/* One from the idle ones. One of an older taxonomy is ended; its frame is used for the new one. */
static sekisho_ngx_lent* take_idle(sekisho_ngx_location* location, uint64_t version) {
  sekisho_ngx_lent* lent = location->idle;
  if (lent == NULL) return ngx_pcalloc(ngx_cycle->pool, sizeof *lent);
  location->idle = lent->next;
  if (lent->version != version) {
    sekisho_scanner_free(lent->scanner);
    lent->scanner = NULL;
  }
  return lent;
}

sekisho_scanner* sekisho_ngx_borrow(ngx_http_request_t* r) {
  sekisho_ngx_main* main = ngx_http_get_module_main_conf(r, ngx_http_sekisho_module);
  sekisho_ngx_location* location = ngx_http_get_module_loc_conf(r, ngx_http_sekisho_module);
  ngx_pool_cleanup_t* cleanup = ngx_pool_cleanup_add(r->pool, sizeof(loan));
  const uint64_t version = sekisho_slot_version(main->slot);
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy = NULL;
  sekisho_ngx_lent* lent;
  if (cleanup == NULL || (lent = take_idle(location, version)) == NULL) return NULL;
  ((loan*)cleanup->data)->location = location;
  ((loan*)cleanup->data)->lent = lent;
  cleanup->handler = give_back;
  if (lent->scanner != NULL) return lent->scanner;
  lent->version = version;
  if (sekisho_slot_acquire(&taxonomy, main->slot) != SEKISHO_OK ||
      make_scanner(&lent->scanner, taxonomy, location, &error) != SEKISHO_OK) {
    ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "sekisho: no scanner: %s", error.message);
  }
  sekisho_taxonomy_release(taxonomy);
  return lent->scanner;
}

/* ---- the module ---------------------------------------------------------------------------------------------- */

static ngx_http_module_t context = {NULL, load_taxonomy, create_main,     NULL,
                                    NULL, NULL,          create_location, merge_location};

ngx_module_t ngx_http_sekisho_module = {NGX_MODULE_V1, &context, commands,     NGX_HTTP_MODULE,
                                        NULL,          NULL,     start_worker, NULL,
                                        NULL,          NULL,     NULL,         NGX_MODULE_V1_PADDING};
