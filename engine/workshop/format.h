// The canonical form of a source file: one way to break lines, to indent and to order the fields, comments kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace sekisho::workshop {

// JSON with comments. The same data in the same order of entries, concepts and tests: the compiled pack stays the same
// to the byte. Formatting twice changes nothing more. InvalidArgument, with the byte, when the text is not JSON.
absl::StatusOr<std::string> Format(std::string_view text);

struct FormatReport {
  std::vector<std::string> changed;  // files that are (or were) in another form, relative to the folder
  std::vector<std::string> faults;   // "file: why", not touched
};
// All .json files of the folder. `write` false: says which would change.
FormatReport FormatFolder(const std::string& folder, bool write);

}  // namespace sekisho::workshop
