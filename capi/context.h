// The caller's sekisho_context as the engine wants it.
#pragma once

#include <cstdint>

#include "capi/handles.h"

namespace sekisho::capi {

// What `out` refers to belongs to the scanner (or to the caller, for the time of the call). A null `in` is empty.
int32_t ReadContext(sekisho_scanner& scanner, Context& out, const sekisho_context* in, sekisho_error* error);

}  // namespace sekisho::capi
