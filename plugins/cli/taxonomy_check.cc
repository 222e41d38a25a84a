// sekisho taxonomy check: what is wrong with a taxonomy folder, for people and for machines.
#include <cstdio>
#include <map>

#include "engine/workshop/check.h"
#include "plugins/cli/commands.h"

namespace sekisho::cli {
namespace {

using compile::Diagnostic;
using compile::Severity;
using workshop::CheckReport;

// Advice is summed up by code, unless asked for.
void PrintText(const CheckReport& report, bool notes) {
  std::map<std::string, size_t> advice;
  for (const Diagnostic& d : report.diagnostics) {
    if (d.severity == Severity::kNote && !notes)
      ++advice[d.code];
    else
      std::fprintf(d.code == "E0801" ? stdout : stderr, "%s\n", d.ToString().c_str());
  }
  for (const auto& [code, count] : advice)
    std::printf("%s: %zu times %s (--notes lists them)\n", code.c_str(), count,
                std::string(workshop::CodeMeaning(code)).c_str());
  std::printf("%zu errors, %zu warnings\n", report.errors, report.warnings);
  if (report.ran)
    std::printf("%zu tests, %zu failed\n", report.tests, report.failed);
  else
    std::printf("no tests were run: the taxonomy has errors (hint: --lenient runs those of the rest)\n");
}

}  // namespace

int TaxonomyCheck(const CheckCommand& options) {
  if (!IsFolder(options.folder)) return kExitUsage;
  const CheckReport report = workshop::Check(options);
  if (options.output == "json")
    std::printf("%s\n", workshop::CheckJson(report).c_str());
  else if (options.output == "sarif")
    std::printf("%s\n", workshop::CheckSarif(report, options.folder, sekisho_version()).c_str());
  else
    PrintText(report, options.notes);
  const bool sound = report.ran && report.errors == 0 && report.failed == 0;
  return sound && !(options.strict && report.warnings > 0) ? kExitOk : kExitSomeBad;
}

}  // namespace sekisho::cli
