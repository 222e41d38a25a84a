// What the checks of a pack have in common.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace sekisho::pack {

absl::Status Damaged(const std::string& what);

}  // namespace sekisho::pack
