// Writing a file so that readers of the old one keep it, and nobody ever sees half of the new one.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::cli {

// Returns the program's exit status; a failure has been said.
int WriteAside(const std::string& path, std::string_view content);

}  // namespace sekisho::cli
