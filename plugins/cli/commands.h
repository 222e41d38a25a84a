// The commands and their options. Each returns the program's exit status.
#pragma once

#include <cstdint>
#include <string>

#include "plugins/cli/judge.h"
#include "plugins/cli/rows.h"

namespace sekisho::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitSomeBad = 1;  // some rows malformed; errors or failing tests in a taxonomy
inline constexpr int kExitUsage = 2;    // wrong options, unreadable input

enum class OutputFormat { kTable, kJsonl, kCsv };

struct Judging {  // options of both classify and explain
  std::string taxonomy, lists;
  Defaults defaults;
};

struct ClassifyOptions : Judging {
  std::string file = "-";
  InputFormat input = InputFormat::kGuess;
  OutputFormat output = OutputFormat::kTable;
  unsigned threads = 0;  // 0: one a processor
};
int Classify(const ClassifyOptions& options);

struct ExplainOptions : Judging {
  std::string text, part_number;
};
int Explain(const ExplainOptions& options);

struct TreatyOptions : Judging {  // defaults.treaties is made from profile and against
  std::string file, profile, against, value_column = "value", html, output = "text";
  InputFormat input = InputFormat::kGuess;
};
int Treaty(TreatyOptions options);

struct TaxonomyOptions {
  std::string folder = "taxonomy", output, file;  // file: only diagnostics and tests of files whose name contains it
  bool lenient = false, json = false;
};
int TaxonomyCheck(const TaxonomyOptions& options);
int TaxonomyCompile(const TaxonomyOptions& options);
int TaxonomyCoverage(const TaxonomyOptions& options);

int Version();

// "sekisho: …" to standard error; returns kExitUsage.
int Fault(const std::string& message);

}  // namespace sekisho::cli
