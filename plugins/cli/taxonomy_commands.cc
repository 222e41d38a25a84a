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
  command->add_option("--html", coverage_.html, "write a map of every entry as one HTML page as well")
      ->type_name("FILE");
}

void TaxonomyCommands::AddDiff(CLI::App& parent) {
  CLI::App* command = Command(parent, "diff", "what a new taxonomy changes, in its data and for a file of items",
                              [this] { return TaxonomyDiff(diff_); });
  command->add_option("before", diff_.before, "pack, or folder of source")->type_name("OLD")->required();
  command->add_option("after", diff_.after, "pack, or folder of source")->type_name("NEW")->required();
  command->add_option("--items", diff_.items, "items to judge by both: CSV, TSV, JSONL or text")->type_name("FILE");
  command->add_option("--as-of", diff_.as_of, "judge by the law of this day")->type_name("YYYY-MM-DD");
  command->add_option("--before-as-of", diff_.before_as_of, "judge OLD by the law of another day")
      ->type_name("YYYY-MM-DD");
  command->add_option("--max-changed", diff_.max_changed, "gate: at most this share, 0.5%, or number of items change")
      ->type_name("N|N%");
  command->add_flag("--no-lost-match", diff_.no_lost_match, "gate: no item loses a match in any list");
  command->add_flag("--no-lost-flag", diff_.no_lost_flag, "gate: no item that was flagged in a list no longer is");
  command->add_flag("--all", diff_.all, "all rows of the table, not the first 20 of each part");
  command->add_option("--html", diff_.html, "write the report as one HTML page as well")->type_name("FILE");
  command->add_option("--output", diff_.output, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORMAT");
  AddThreads(*command, diff_.threads);
}

void TaxonomyCommands::AddMutate(CLI::App& parent) {
  CLI::App* command = Command(parent, "mutate", "spoil the taxonomy in small ways and see whether its tests notice",
                              [this] { return TaxonomyMutate(mutate_); });
  AddFolder(*command, mutate_.folder);
  command
      ->add_option("--kinds", mutate_.kinds,
                   "only these: drop-rule, drop-condition, drop-unless, drop-concept, swap-role, widen, narrow, "
                   "verdict, dates, synonym, designator")
      ->delimiter(',')
      ->type_name("KIND,…");
  command->add_option("--sample", mutate_.sample, "only so many mutants, chosen by the seed")->type_name("N");
  command->add_option("--seed", mutate_.seed, "default: 1")->type_name("N");
  command->add_option("--min-score", mutate_.min_score, "gate: the share of mutants that must be noticed")
      ->type_name("PERCENT");
  command->add_flag("--all", mutate_.all, "every survivor, not the worst 40");
  command->add_flag("--json", mutate_.json, "as JSON");
  AddThreads(*command, mutate_.threads);
}

void TaxonomyCommands::AddFormat(CLI::App& parent) {
  CLI::App* command = Command(parent, "format", "bring the source files into their canonical form",
                              [this] { return TaxonomyFormat(format_); });
  AddFolder(*command, format_.folder);
  command->add_flag("--check", format_.check, "change nothing; the status says whether anything would change");
}

void TaxonomyCommands::AddReading(CLI::App& parent) {
  CLI::App* command =
      Command(parent, "reading", "how a line is read: its words, figures, and what they say of the item",
              [this] { return TaxonomyReading(reading_); });
  command->add_option("text", reading_.text, "the item's description")->type_name("TEXT")->required();
  command->add_option("--part-number", reading_.part_number, "its part number")->type_name("PN");
  command->add_option("--taxonomy", reading_.taxonomy, "pack, or folder of source; default: taxonomy")
      ->type_name("TAXONOMY");
}

void TaxonomyCommands::Add(CLI::App& app) {
  CLI::App* command = app.add_subcommand("taxonomy", "what list authors do with a taxonomy folder");
  command->require_subcommand(1);
  AddCheck(*command);
  AddCompile(*command);
  AddCoverage(*command);
  AddDiff(*command);
  AddMutate(*command);
  AddFormat(*command);
  AddReading(*command);
}

}  // namespace sekisho::cli
