// sekisho taxonomy compile, coverage: the commands of list authors reach past sekisho.h.
#include <cstdio>
#include <filesystem>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
#include "engine/workshop/coverage.h"
#include "plugins/cli/commands.h"
#include "plugins/cli/files.h"

namespace sekisho::cli {

namespace {

using compile::Compiled;
using compile::Diagnostic;

struct Faults {
  size_t errors = 0, warnings = 0;
};

Faults Report(const Compiled& compiled) {
  Faults faults;
  for (const Diagnostic& d : compiled.diagnostics) {
    ++(d.severity == compile::Severity::kError ? faults.errors : faults.warnings);
    std::fprintf(stderr, "%s\n", d.ToString().c_str());
  }
  return faults;
}

Compiled Compile(const TaxonomyOptions& options) {
  return options.lenient ? compile::CompileFolderLenient(options.folder) : compile::CompileFolder(options.folder);
}

}  // namespace

bool IsFolder(const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return true;
  Fault(folder + " is no folder (hint: name the folder that holds taxonomy.json)");
  return false;
}

int TaxonomyCompile(const TaxonomyOptions& options) {
  if (!IsFolder(options.folder)) return kExitUsage;
  const Compiled compiled = Compile(options);
  const Faults faults = Report(compiled);
  if (compiled.pack.empty()) {
    std::fprintf(stderr, "%zu errors: no pack was written\n", faults.errors);
    return kExitSomeBad;
  }
  return WriteAside(options.output, compiled.pack);
}

int TaxonomyCoverage(const TaxonomyOptions& options) {
  if (!IsFolder(options.folder)) return kExitUsage;
  Compiled compiled = compile::CompileFolderLenient(options.folder);
  if (compiled.pack.empty()) {
    Report(compiled);
    return Fault(options.folder + " does not compile (hint: sekisho taxonomy check says why)");
  }
  const auto opened = pack::Pack::FromString(std::move(compiled.pack));
  if (!opened.ok()) return Fault("the compiled pack: " + std::string(opened.status().message()));
  const workshop::Coverage coverage = workshop::Cover(**opened, compiled.tests);
  if (!options.html.empty()) {
    const int status = WriteAside(options.html, workshop::CoverageHtml(coverage));
    if (status != kExitOk) return status;
  }
  std::fputs((options.json ? workshop::CoverageJson(coverage) + "\n" : workshop::CoverageText(coverage)).c_str(),
             stdout);
  return kExitOk;
}

}  // namespace sekisho::cli
