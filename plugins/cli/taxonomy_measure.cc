// sekisho taxonomy mutate, sekisho taxonomy format, sekisho eval: how good the tests, the form and the verdicts are.
#include <cstdio>

#include "engine/compile/compile.h"
#include "engine/workshop/eval.h"
#include "engine/workshop/format.h"
#include "engine/workshop/mutate.h"
#include "engine/workshop/tests.h"
#include "plugins/cli/commands.h"
#include "plugins/cli/item_rows.h"

namespace sekisho::cli {

int TaxonomyMutate(const MutateCommand& options) {
  if (!IsFolder(options.folder)) return kExitUsage;
  workshop::MutateOptions how;
  how.sample = options.sample, how.seed = options.seed, how.threads = options.threads;
  for (const std::string& name : options.kinds) {
    auto kind = static_cast<workshop::MutantKind>(0);
    while (kind != workshop::MutantKind::kCount && workshop::KindName(kind) != name)
      kind = static_cast<workshop::MutantKind>(static_cast<int>(kind) + 1);
    if (kind == workshop::MutantKind::kCount)
      return Fault("no kind of mutant \"" + name + "\" (hint: --help names them)");
    how.kinds.push_back(kind);
  }
  const compile::Compiled compiled = compile::CompileFolder(options.folder);
  if (compiled.pack.empty()) return Fault(options.folder + " does not compile (hint: sekisho taxonomy check says why)");
  const workshop::MutationReport report = workshop::Mutate(compiled, how);
  if (options.json)
    std::printf("%s\n", workshop::MutationJson(report, compiled.map).c_str());
  else
    std::fputs(workshop::MutationText(report, compiled.map, options.all ? 0 : 40).c_str(), stdout);
  if (report.total.all == 0) return Fault("nothing to spoil (hint: choose other kinds)");
  const double score = 100.0 * static_cast<double>(report.total.killed) / static_cast<double>(report.total.all);
  if (score >= options.min_score) return kExitOk;
  std::fprintf(stderr, "gate: the score is %.1f %%, and %.1f %% is asked for\n", score, options.min_score);
  return kExitSomeBad;
}

int TaxonomyFormat(const FormatCommand& options) {
  if (!IsFolder(options.folder)) return kExitUsage;
  const workshop::FormatReport report = workshop::FormatFolder(options.folder, !options.check);
  for (const std::string& file : report.changed)
    std::printf("%s %s\n", options.check ? "would change" : "changed", file.c_str());
  for (const std::string& fault : report.faults) std::fprintf(stderr, "%s\n", fault.c_str());
  return report.faults.empty() && (!options.check || report.changed.empty()) ? kExitOk : kExitSomeBad;
}

namespace {

// False, having said why.
bool Measure(const std::string& path, const std::vector<workshop::ItemRow>& rows, const EvalCommand& options,
             workshop::Evaluation& out) {
  auto opened = workshop::OpenTaxonomy(path);
  if (!opened.ok()) {
    Fault(std::string(opened.status().message()) + " (hint: a pack, or a folder that sekisho taxonomy check accepts)");
    return false;
  }
  const int32_t as_of = options.as_of.empty() ? pack::kOpenFrom : workshop::DaysOf(options.as_of);
  if (!options.as_of.empty() && as_of == pack::kOpenFrom) {
    Fault("\"" + options.as_of + "\" is no date (hint: YYYY-MM-DD)");
    return false;
  }
  out = workshop::Evaluate(*opened, rows, as_of, options.threads);
  return true;
}

}  // namespace

int Eval(const EvalCommand& options) {
  const auto rows = ReadItems(options.file, InputFormat::kGuess);
  if (!rows) return kExitUsage;
  workshop::Evaluation now, before;
  if (!Measure(options.taxonomy, *rows, options, now)) return kExitUsage;
  const bool against = !options.against.empty();
  if (against && !Measure(options.against, *rows, options, before)) return kExitUsage;
  if (now.rows == 0)
    return Fault(options.file +
                 " has no labels (hint: a column label_controlled with yes, dual, no; or a column named after a list)");
  const auto* other = against ? &before : nullptr;
  std::fputs(
      (options.json ? workshop::EvaluationJson(now, other) + "\n" : workshop::EvaluationText(now, other)).c_str(),
      stdout);
  return kExitOk;
}

}  // namespace sekisho::cli
