/* Nothing but the header: it has to compile alone, as C and as C++. */
#include "sekisho.h"

int sekisho_header_alone(void);
int sekisho_header_alone(void) {
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  sekisho_arrow_options columns = SEKISHO_ARROW_OPTIONS_INIT;
  return (int)(error.struct_size + item.struct_size + context.struct_size + options.struct_size + columns.struct_size);
}
