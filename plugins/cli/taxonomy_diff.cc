// sekisho taxonomy diff: what a new taxonomy changes, with a gate for CI.
#include <cstdio>

#include "engine/workshop/diff.h"
#include "engine/workshop/tests.h"
#include "plugins/cli/commands.h"
#include "plugins/cli/files.h"
#include "plugins/cli/item_rows.h"

namespace sekisho::cli {
namespace {

// False, having said why, when the taxonomy cannot be had.
bool Open(const std::string& path, const std::string& as_of, workshop::Side& side) {
  auto opened = workshop::OpenTaxonomy(path);
  if (!opened.ok()) {
    Fault(std::string(opened.status().message()) + " (hint: a pack, or a folder that sekisho taxonomy check accepts)");
    return false;
  }
  side.pack = *std::move(opened);
  side.path = path, side.version = std::string(side.pack->version()), side.digest = side.pack->digest();
  if (as_of.empty()) return true;
  side.as_of = workshop::DaysOf(as_of);
  if (side.as_of != pack::kOpenFrom) return true;
  Fault("\"" + as_of + "\" is no date (hint: YYYY-MM-DD)");
  return false;
}

}  // namespace

int TaxonomyDiff(const DiffCommand& options) {
  workshop::Gate gate;
  gate.no_lost_match = options.no_lost_match, gate.no_lost_flag = options.no_lost_flag;
  for (const std::string& limit : options.max_changed) {
    const auto read = workshop::ParseLimit(limit, gate);
    if (!read) return Fault("--max-changed " + limit + " (hint: a share, 0.5%, or a number of items, 12)");
    gate = *read;
  }
  const bool gated = gate.max_share || gate.max_count || gate.no_lost_match || gate.no_lost_flag;
  if (gated && options.items.empty()) return Fault("a gate looks at items (hint: --items FILE)");
  workshop::Diff diff;
  if (!Open(options.before, options.before_as_of.empty() ? options.as_of : options.before_as_of, diff.before) ||
      !Open(options.after, options.as_of, diff.after))
    return kExitUsage;
  diff.data = workshop::DiffData(*diff.before.pack, *diff.after.pack);
  std::vector<workshop::ItemRow> items;
  if (!options.items.empty()) {
    auto read = ReadItems(options.items, InputFormat::kGuess);
    if (!read) return kExitUsage;
    items = *std::move(read);
    workshop::DiffItems(items, options.threads, diff);
  }
  const std::vector<std::string> violations = workshop::Violations(diff, gate);
  if (!options.html.empty()) {
    const int status = WriteAside(options.html, workshop::DiffHtml(diff, items, violations));
    if (status != kExitOk) return status;
  }
  if (options.output == "json")
    std::printf("%s\n", workshop::DiffJson(diff, items, violations).c_str());
  else
    std::fputs(workshop::DiffText(diff, items, options.all ? 0 : 20).c_str(), stdout);
  for (const std::string& v : violations) std::fprintf(stderr, "gate: %s\n", v.c_str());
  return violations.empty() ? kExitOk : kExitSomeBad;
}

}  // namespace sekisho::cli
