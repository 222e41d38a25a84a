// Everything that can be said against a taxonomy folder: the compiler's diagnostics, what the workshop finds besides,
// and the tests that fail; as text, JSON or SARIF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/compile.h"

namespace sekisho::workshop {

struct CheckOptions {
  std::string folder;
  std::string file;      // only what concerns files whose name contains it
  bool lenient = false;  // go on past errors, without the faulty pieces
  size_t threads = 0;    // 0: one a processor
};

struct CheckReport {
  std::vector<compile::Diagnostic> diagnostics;  // in order of file, line, column; failing tests are E0801
  size_t errors = 0, warnings = 0, notes = 0;    // failing tests not counted
  size_t tests = 0, failed = 0;
  bool ran = false;  // false: the taxonomy has errors, nothing but the compiler has looked at it
};

CheckReport Check(const CheckOptions& options);

// {"errors": …, "diagnostics": [{"severity", "code", "file", "line", "column", "message", "hint"}]}
std::string CheckJson(const CheckReport& report);
// SARIF 2.1.0, one run; `folder` becomes the base of the files' URIs.
std::string CheckSarif(const CheckReport& report, const std::string& folder, std::string_view tool_version);

std::string_view CodeMeaning(std::string_view code);  // of the compiler's codes and the workshop's; empty when unknown

}  // namespace sekisho::workshop
