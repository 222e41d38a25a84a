// sekisho taxonomy compile, coverage: the commands of list authors reach past sekisho.h.
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
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
  const pack::Pack& pack = **opened;

  std::set<uint32_t> ruled;
  for (const pack::Rule& rule : pack.rules()) ruled.insert(rule.entry);
  std::set<std::pair<std::string, std::string>> tested;
  for (const compile::TestCase& test : compiled.tests) tested.emplace(test.list, test.entry);
  nlohmann::ordered_json out = {{"lists", nlohmann::ordered_json::array()}};
  if (!options.json)
    std::printf("%-10s %8s %10s %11s %11s\n", "list", "entries", "decidable", "with rules", "with tests");
  for (const pack::List& list : pack.lists()) {
    size_t decidable = 0, with_rules = 0, with_tests = 0;
    const std::string id(pack.text(list.id));
    for (uint32_t e = list.entries.first; e < list.entries.first + list.entries.count; ++e) {
      const pack::Entry& entry = pack.entries()[e];
      decidable += (entry.flags & (pack::kEntryHeading | pack::kEntryReserved | pack::kEntryUndecidable)) == 0;
      with_rules += ruled.count(e);
      with_tests += tested.count({id, std::string(pack.text(entry.designator))});
    }
    out["lists"].push_back({{"list", id},
                            {"entries", list.entries.count},
                            {"decidable", decidable},
                            {"with_rules", with_rules},
                            {"with_tests", with_tests}});
    if (!options.json) {
      std::printf("%-10s %8u %10zu %11zu %11zu\n", id.c_str(), list.entries.count, decidable, with_rules, with_tests);
    }
  }
  if (options.json) std::printf("%s\n", out.dump().c_str());
  return kExitOk;
}

}  // namespace sekisho::cli
