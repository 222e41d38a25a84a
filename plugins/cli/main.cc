// sekisho: the command line. Options to commands; what the commands do is in files of their own.
#include <CLI/CLI.hpp>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <exception>
#include <limits>
#include <map>
#include <system_error>

#include "plugins/cli/commands.h"
#include "plugins/cli/taxonomy_commands.h"

namespace sekisho::cli {

int Fault(const std::string& message) {
  std::fprintf(stderr, "sekisho: %s\n", message.c_str());
  return kExitUsage;
}

int Version() {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy("", error);
  if (taxonomy == nullptr) return Fault("the built-in taxonomy: " + error);
  const sekisho_taxonomy_info info = Describe(taxonomy);
  std::printf("sekisho %s, ABI %u, Unicode %s\ntaxonomy %s as of %s\n%s\n", sekisho_version(), sekisho_abi_version(),
              sekisho_unicode_version(), std::string(SEKISHO_TEXT(info, version)).c_str(),
              std::string(SEKISHO_TEXT(info, as_of)).c_str(), std::string(SEKISHO_TEXT(info, digest)).c_str());
  return kExitOk;
}

namespace {

// Up to 64 bits. Left alone, CLI11 takes -1 and what is too great for the greatest number there is.
CLI::Validator WholeNumber() {
  return CLI::Validator(
      [](const std::string& text) {
        uint64_t value = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool whole = fault == std::errc() && end == text.data() + text.size();
        return whole ? "" : "\"" + text + "\" is no whole number, or too great";
      },
      "");
}

void AddDemand(CLI::App& command, Demand& options) {
  command.add_option("--trusted", options.trusted, "only a pack signed with one of this file's keys")
      ->type_name("KEYS");
  command.add_option("--least-sequence", options.least_sequence, "refuse packs of a lower sequence number")
      ->check(WholeNumber())
      ->type_name("N");
}

void AddLimits(CLI::App& command, Limits& limits) {
  const auto add = [&](const char* name, auto& value, const char* words) {
    command.add_option(name, value, words)
        ->check(WholeNumber())
        ->check(CLI::Range(uint64_t{1}, uint64_t{std::numeric_limits<std::decay_t<decltype(value)>>::max()})
                    .description(""))
        ->type_name("N");
  };
  add("--max-input-bytes", limits.input_bytes, "an item with more text is unknown; otherwise 65536");
  add("--max-matches", limits.matches, "phrases of a text: beyond them no list is better than unknown; otherwise 4096");
  add("--max-steps", limits.steps, "steps of matching a text: as with its phrases; otherwise 16777216");
  add("--max-memory-bytes", limits.memory_bytes, "an item that wants more is unknown; otherwise 67108864");
}

void AddJudging(CLI::App& command, Judging& options) {
  AddDemand(command, options);
  command.add_option("--taxonomy", options.taxonomy, "a compiled taxonomy instead of the built-in one")
      ->type_name("PACK");
  command.add_option("--lists", options.lists, "judge by these lists only: us-usml,us-ccl,jp-etco,jp-feo")
      ->type_name("LIST,…");
  AddLimits(command, options.limits);
  command.add_option("--as-of", options.defaults.as_of, "judge by the law of this day")->type_name("YYYY-MM-DD");
  command.add_option("--origin", options.defaults.origin, "country of origin, two letters")->type_name("CC");
  command.add_option("--destination", options.defaults.destination, "country of destination, two letters")
      ->type_name("CC");
  command.add_option("--via", options.defaults.via, "a chain of transfers, JP,US,QA: raises notices")
      ->type_name("CC,…");
  command
      .add_option("--sale", options.defaults.sale,
                  "fms (Foreign Military Sales) or dcs (direct commercial sale): changes a notice")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, int32_t>{{"fms", SEKISHO_SALE_FMS}, {"dcs", SEKISHO_SALE_DCS}},
                                  CLI::ignore_case)
              .description(""))
      ->type_name("KIND");
}

void AddTreaties(CLI::App& command, Judging& options) {
  command
      .add_option("--treaties", options.defaults.treaties,
                  "judge by these treaty profiles; otherwise by all that are in force; none: by none")
      ->type_name("PROFILE,…");
}

void AddRecord(CLI::App& command, ClassifyOptions& options) {
  command.add_option("--record", options.record, "append every decision to this log before it is given out")
      ->type_name("LOG");
  command.add_flag("--record-text", options.record_text, "with the items' text, so that replay needs nothing else");
}

std::map<std::string, InputFormat> InputFormats() {
  return {{"csv", InputFormat::kCsv},
          {"tsv", InputFormat::kTsv},
          {"jsonl", InputFormat::kJsonl},
          {"lines", InputFormat::kLines}};
}

void AddClassify(CLI::App& app, ClassifyOptions& options) {
  CLI::App* command = app.add_subcommand("classify", "classify the items of a CSV, TSV, JSONL or text file");
  const std::map<std::string, OutputFormat> outputs = {
      {"table", OutputFormat::kTable}, {"jsonl", OutputFormat::kJsonl}, {"csv", OutputFormat::kCsv}};
  command->add_option("file", options.file, "the file, or - for standard input")->type_name("[FILE|-]");
  command
      ->add_option("--input", options.input,
                   "csv, tsv, jsonl or lines (an item a line); otherwise by the file's name or first line")
      ->transform(CLI::CheckedTransformer(InputFormats(), CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  command->add_option("--output", options.output, "table (the default), jsonl or csv")
      ->transform(CLI::CheckedTransformer(outputs, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  AddRecord(*command, options);
  AddJudging(*command, options);
  AddTreaties(*command, options);
  command->add_option("--threads", options.threads, "number of threads; otherwise one a processor")
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
}

void AddReplay(CLI::App& app, ReplayOptions& options) {
  CLI::App* command = app.add_subcommand("replay", "judge the items of a decision log again; print what differs");
  command->add_option("log", options.log, "the decision log")->type_name("LOG")->required();
  command->add_option("--taxonomy", options.taxonomy, "a compiled taxonomy instead of the built-in one")
      ->type_name("PACK");
  AddDemand(*command, options);
  command->add_option("--items", options.items, "where the text of the items is, if the log has only its digests")
      ->type_name("FILE");
  command->add_option("--as-of", options.as_of, "judge by the law of this day; otherwise by that of the decision")
      ->type_name("YYYY-MM-DD");
  command->add_option("--output", options.output, "text (the default) or jsonl")
      ->check(CLI::IsMember({"text", "jsonl"}).description(""))
      ->type_name("FORMAT");
}

void AddExplain(CLI::App& app, ExplainOptions& options) {
  CLI::App* command = app.add_subcommand("explain", "classify one item and say why, in a few lines");
  command->add_option("text", options.text, "the item's description")->type_name("TEXT")->required();
  command->add_option("--part-number", options.part_number, "its part number")->type_name("PN");
  AddJudging(*command, options);
  AddTreaties(*command, options);
}

void AddTreaty(CLI::App& app, TreatyOptions& options) {
  CLI::App* command = app.add_subcommand("treaty", "what a treaty profile would mean for a file of items: a report");
  command->add_option("items", options.file, "CSV, TSV, JSONL or text, or - for standard input")
      ->type_name("ITEMS")
      ->required();
  command->add_option("--profile", options.profile, "the profile: us-jp-dtct, us-uk-126.17, …")
      ->type_name("PROFILE")
      ->required();
  command->add_option("--against", options.against, "a second profile to compare with, row by row")
      ->type_name("PROFILE");
  command->add_option("--value-column", options.value_column, "the column with the items' values (default: value)")
      ->type_name("NAME");
  command
      ->add_option("--input", options.input,
                   "csv, tsv, jsonl or lines (an item a line); otherwise by the file's name or first line")
      ->transform(CLI::CheckedTransformer(InputFormats(), CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  command->add_option("--html", options.html, "write the report as one HTML page as well")->type_name("FILE");
  command->add_option("--output", options.output, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORMAT");
  AddJudging(*command, options);
}

void AddTreatyList(CLI::App& app, TreatiesOptions& options) {
  CLI::App* command = app.add_subcommand(
      "treaties", "the treaty profiles: their rows, conditions and questions, by the ids of results");
  command->add_option("--taxonomy", options.taxonomy, "a compiled taxonomy instead of the built-in one")
      ->type_name("PACK");
  command->add_option("--output", options.output, "text (the default) or json")
      ->check(CLI::IsMember({"text", "json"}).description(""))
      ->type_name("FORMAT");
}

void AddEval(CLI::App& app, EvalCommand& options) {
  CLI::App* command = app.add_subcommand("eval", "measure precision and recall on a file of labelled items");
  command->add_option("labelled", options.file, "CSV, TSV or JSONL with label columns (docs/workshop.md)")
      ->type_name("LABELLED")
      ->required();
  command->add_option("--taxonomy", options.taxonomy, "pack or folder of source (default: taxonomy)")
      ->type_name("PACK|FOLDER");
  command->add_option("--against", options.against, "a second taxonomy to compare with")->type_name("PACK|FOLDER");
  command->add_option("--as-of", options.as_of, "judge by the law of this day")->type_name("YYYY-MM-DD");
  command->add_flag("--json", options.json, "as JSON");
  command->add_option("--threads", options.threads, "number of threads; otherwise one a processor")
      ->check(CLI::Range(1, 256).description(""))
      ->type_name("N");
}

void AddTrust(CLI::App& taxonomy, TrustOptions& options) {
  CLI::App* keygen = taxonomy.add_subcommand("keygen", "make a pair of keys, NAME.key and NAME.pub");
  keygen->add_option("name", options.path, "without ending")->type_name("NAME")->required();
  CLI::App* sign = taxonomy.add_subcommand("sign", "sign a pack, in place or to another file");
  sign->add_option("--key", options.key, "the secret key's file")->type_name("KEY")->required();
  sign->add_option("--sequence", options.sequence, "a number greater than that of every pack signed before")
      ->check(WholeNumber())
      ->type_name("N")
      ->required();
  sign->add_option("--last-day", options.last_day, "the last day of use; otherwise there is none")
      ->type_name("YYYY-MM-DD");
  sign->add_option("--signed-on", options.signed_on, "the day of signing; otherwise today")->type_name("YYYY-MM-DD");
  sign->add_option("-o,--output", options.output, "the signed pack to write")->type_name("OUT");
  CLI::App* verify = taxonomy.add_subcommand("verify", "say who signed a pack, and whether it may be believed");
  AddDemand(*verify, options);
  verify->get_option("--trusted")->required();
  verify->add_option("--today", options.today, "the day to hold the last day of use against")->type_name("YYYY-MM-DD");
  verify->add_option("--source", options.source, "also: does this folder compile to the same bytes?")
      ->type_name("FOLDER");
  for (CLI::App* c : {sign, verify}) c->add_option("pack", options.path, "the pack")->type_name("PACK")->required();
}

// The command that was called, when it is one about signatures.
int RunTrust(const CLI::App& command, const TrustOptions& trust) {
  if (command.got_subcommand("keygen")) return TaxonomyKeygen(trust);
  return command.got_subcommand("sign") ? TaxonomySign(trust) : TaxonomyVerify(trust);
}

bool IsTrust(const CLI::App& command) {
  return command.got_subcommand("keygen") || command.got_subcommand("sign") || command.got_subcommand("verify");
}

int Run(int argc, char** argv) {
  CLI::App app{"Sekisho: which export-control list entries an item may fall under, and why."};
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 all well, 1 some rows were bad (or a taxonomy has faults, a pack is refused, a replay differs),\n"
      "2 wrong usage or unreadable input, 3 a decision log was cut or altered.");
  ClassifyOptions classify;
  ReplayOptions replay;
  ExplainOptions explain;
  TreatyOptions treaty;
  TreatiesOptions treaties;
  TaxonomyCommands taxonomy;
  TrustOptions trust;
  EvalCommand eval;
  AddClassify(app, classify);
  AddReplay(app, replay);
  AddExplain(app, explain);
  AddTreaty(app, treaty);
  AddTreatyList(app, treaties);
  taxonomy.Add(app);
  AddEval(app, eval);
  AddTrust(*app.get_subcommand("taxonomy"), trust);
  app.add_subcommand("version", "versions of program, ABI, Unicode data and built-in taxonomy");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? kExitOk : kExitUsage;
  }
  if (app.got_subcommand("classify")) return Classify(classify);
  if (app.got_subcommand("replay")) return Replay(replay);
  if (app.got_subcommand("explain")) return Explain(explain);
  if (app.got_subcommand("treaty")) return Treaty(treaty);
  if (app.got_subcommand("treaties")) return Treaties(treaties);
  if (app.got_subcommand("eval")) return Eval(eval);
  if (app.got_subcommand("version")) return Version();
  const CLI::App& command = *app.get_subcommand("taxonomy");
  return IsTrust(command) ? RunTrust(command, trust) : taxonomy.Run();
}

}  // namespace

}  // namespace sekisho::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is a failed write, not a death
  try {
    return sekisho::cli::Run(argc, argv);
  } catch (const std::exception& e) {
    return sekisho::cli::Fault(e.what());
  }
}
