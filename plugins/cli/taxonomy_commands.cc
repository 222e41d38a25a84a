#include "plugins/cli/taxonomy_commands.h"

namespace sekisho::cli {
namespace {

void AddFolder(CLI::App& command, std::string& folder) {
  folder = "taxonomy";
  command.add_option("folder", folder, "default: taxonomy")->type_name("FOLDER");
}

void AddThreads(CLI::App& command, size_t& threads) {
  command.add_option("--threads", threads, "number of threads; otherwise one a processor")
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
}

}  // namespace

CLI::App* TaxonomyCommands::Command(CLI::App& parent, const char* name, const char* what, std::function<int()> run) {
  CLI::App* command = parent.add_subcommand(name, what);
  command->callback([this, run = std::move(run)] { run_ = run; });
  return command;
}

void TaxonomyCommands::AddCheck(CLI::App& parent) {
  CLI::App* command = Command(parent, "check", "report every fault of the folder and run all its tests",
                              [this] { return TaxonomyCheck(check_); });
  AddFolder(*command, check_.folder);
  AddThreads(*command, check_.threads);
  command->add_flag("--lenient", check_.lenient, "go on past errors, without the faulty pieces");
  command->add_flag("--strict", check_.strict, "warnings fail the check, too");
  command->add_flag("--notes", check_.notes, "list all advice instead of summing it up");
  command->add_option("--file", check_.file, "only what concerns files whose name contains this")
      ->type_name("SUBSTRING");
  command->add_option("--output", check_.output, "text (the default), json or sarif")
      ->check(CLI::IsMember({"text", "json", "sarif"}).description(""))
      ->type_name("FORMAT");
}

void TaxonomyCommands::AddCompile(CLI::App& parent) {
  CLI::App* command =
      Command(parent, "compile", "compile the folder to a pack", [this] { return TaxonomyCompile(compile_); });
  AddFolder(*command, compile_.folder);
  command->add_flag("--lenient", compile_.lenient, "go on past errors, without the faulty pieces");
  command->add_option("-o,--output", compile_.output, "the pack to write")->type_name("OUT")->required();
}

void TaxonomyCommands::AddCoverage(CLI::App& parent) {
  CLI::App* command = Command(parent, "coverage", "count entries with rules and tests, for each list",
                              [this] { return TaxonomyCoverage(coverage_); });
  AddFolder(*command, coverage_.folder);
  command->add_flag("--json", coverage_.json, "as JSON");
}

void TaxonomyCommands::Add(CLI::App& app) {
  CLI::App* command = app.add_subcommand("taxonomy", "what list authors do with a taxonomy folder");
  command->require_subcommand(1);
  AddCheck(*command);
  AddCompile(*command);
  AddCoverage(*command);
}

}  // namespace sekisho::cli
