// The caller's sekisho_item as the engine wants it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capi/handles.h"

namespace sekisho::capi {

// The item's text is copied into `result`, which `out` then refers to.
int32_t ReadItem(sekisho_result& result, Item& out, const sekisho_item* in, const pack::Pack& p, sekisho_error* error);

// Whether an attribute is a measure of the pack with a quantity; `index` is for the message.
int32_t CheckAttribute(const Attribute& attribute, size_t index, const pack::Pack& p, sekisho_error* error);

}  // namespace sekisho::capi
