// What the workshop's reports share: one page each, with style, data and script inside, nothing from the network.
#pragma once

#include <string>
#include <string_view>

#include "engine/workshop/render.h"

namespace sekisho::workshop {

std::string Escaped(std::string_view text);
// A whole page: `body` and, when there is any, data for the script as `const DATA` and the script.
std::string Page(std::string_view title, std::string_view body, const Json* data, std::string_view script);
// A heading figure: "<div class=tile>…".
std::string Tile(std::string_view value, std::string_view label);

}  // namespace sekisho::workshop
