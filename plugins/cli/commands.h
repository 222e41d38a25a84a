// The commands and their options. Each returns the program's exit status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/workshop/check.h"
#include "plugins/cli/judge.h"
#include "plugins/cli/rows.h"

namespace sekisho::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitSomeBad = 1;  // some rows malformed; errors or failing tests in a taxonomy
inline constexpr int kExitUsage = 2;    // wrong options, unreadable input
inline constexpr int kExitDamaged = 3;  // a decision log that was cut or altered

enum class OutputFormat { kTable, kJsonl, kCsv };

struct Demand {                      // what is asked of a pack before it is believed
  std::vector<std::string> trusted;  // files of public keys; none: nothing is asked
  uint64_t least_sequence = 0;
  std::string today;  // empty: by the clock
};
// The status of sekisho_taxonomy_verify, with `error` set; INVALID_ARGUMENT also for key files that cannot be read.
int32_t VerifyTaxonomy(const Taxonomy& taxonomy, const Demand& demand, std::string& error);

struct Judging : Demand {  // options of both classify and explain
  std::string taxonomy, lists;
  Limits limits;
  Defaults defaults;
};

// Loads options.taxonomy, and holds it to the demand where there is one.
Taxonomy LoadTaxonomy(const Judging& options, std::string& error);

struct ClassifyOptions : Judging {
  std::string file = "-";
  InputFormat input = InputFormat::kGuess;
  OutputFormat output = OutputFormat::kTable;
  unsigned threads = 0;  // 0: one a processor
  std::string record;    // a decision log to append to; empty: none
  bool record_text = false;
};
int Classify(const ClassifyOptions& options);

struct ReplayOptions : Demand {
  std::string log, taxonomy, items, as_of, output = "text";
};
int Replay(const ReplayOptions& options);

struct ExplainOptions : Judging {
  std::string text, part_number;
};
int Explain(const ExplainOptions& options);

struct TreatyOptions : Judging {  // defaults.treaties is made from profile and against
  std::string file, profile, against, html, output = "text";
  std::optional<std::string> value_column;  // otherwise "value", if there is one
  InputFormat input = InputFormat::kGuess;
};
int Treaty(TreatyOptions options);

struct TreatiesOptions {
  std::string taxonomy, output = "text";
};
int Treaties(const TreatiesOptions& options);

struct CheckCommand : workshop::CheckOptions {
  std::string output = "text";         // text, json, sarif
  bool strict = false, notes = false;  // warnings fail the check; list the advice
};
int TaxonomyCheck(const CheckCommand& options);

struct TaxonomyOptions {
  std::string folder = "taxonomy", output, html;
  bool lenient = false, json = false;
};

struct DiffCommand {
  std::string before, after, items, as_of, before_as_of, html, output = "text";
  std::vector<std::string> max_changed;
  bool no_lost_match = false, no_lost_flag = false, all = false;
  size_t threads = 0;
};
int TaxonomyDiff(const DiffCommand& options);

struct MutateCommand {
  std::string folder;
  std::vector<std::string> kinds;
  size_t sample = 0, threads = 0;
  uint64_t seed = 1;
  double min_score = 0;
  bool json = false, all = false;
};
int TaxonomyMutate(const MutateCommand& options);

struct FormatCommand {
  std::string folder;
  bool check = false;
};
int TaxonomyFormat(const FormatCommand& options);

struct ReadingCommand {
  std::string text, part_number, taxonomy = "taxonomy";
};
int TaxonomyReading(const ReadingCommand& options);

struct EvalCommand {
  std::string file, taxonomy = "taxonomy", against, as_of;
  bool json = false;
  size_t threads = 0;
};
int Eval(const EvalCommand& options);
int TaxonomyCompile(const TaxonomyOptions& options);
int TaxonomyCoverage(const TaxonomyOptions& options);

struct TrustOptions : Demand {
  std::string path;  // the pack; keygen: the name of the key files
  std::string key, signed_on, last_day, output, source;
  uint64_t sequence = 0;
};
int TaxonomyKeygen(const TrustOptions& options);
int TaxonomySign(const TrustOptions& options);
int TaxonomyVerify(const TrustOptions& options);

int Version();

// False, having said so, when it is none.
bool IsFolder(const std::string& folder);

// "sekisho: …" to standard error; returns kExitUsage.
int Fault(const std::string& message);

}  // namespace sekisho::cli
