// A whole file of items for the workshop's tools.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/workshop/items.h"
#include "plugins/cli/rows.h"

namespace sekisho::cli {

// None, having said why, when the file cannot be read or has a malformed row: what is measured is measured on all of
// it.
std::optional<std::vector<workshop::ItemRow>> ReadItems(const std::string& file, InputFormat format);

}  // namespace sekisho::cli
