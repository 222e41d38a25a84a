// The options of `sekisho taxonomy …`, and which of its commands was called.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "plugins/cli/commands.h"

namespace sekisho::cli {

class TaxonomyCommands {
 public:
  void Add(CLI::App& app);
  int Run() { return run_(); }

 private:
  CLI::App* Command(CLI::App& parent, const char* name, const char* what, std::function<int()> run);
  void AddCheck(CLI::App& parent);
  void AddCompile(CLI::App& parent);
  void AddCoverage(CLI::App& parent);
  void AddDiff(CLI::App& parent);
  void AddMutate(CLI::App& parent);
  void AddFormat(CLI::App& parent);
  void AddReading(CLI::App& parent);

  CheckCommand check_;
  TaxonomyOptions compile_, coverage_;
  DiffCommand diff_;
  MutateCommand mutate_;
  FormatCommand format_;
  ReadingCommand reading_;
  std::function<int()> run_;
};

}  // namespace sekisho::cli
