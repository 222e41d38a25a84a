// sekisho treaty: reads the items, judges them under one or two profiles, reports.
#include <cstdio>

#include "plugins/cli/commands.h"
#include "plugins/cli/files.h"
#include "plugins/cli/treaty_count.h"

namespace sekisho::cli {

namespace {

std::string Text(std::string_view view) { return std::string(view); }

// The profile's own words; false, having said so, when the taxonomy has none of that name.
bool DescribeProfile(const Taxonomy& taxonomy, const std::string& id, TreatyReport& report) {
  sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
  std::string known;
  for (size_t i = 0; sekisho_taxonomy_treaty(&info, taxonomy.get(), i) == SEKISHO_OK; ++i) {
    known += (known.empty() ? "" : ", ") + Text(SEKISHO_TEXT(info, treaty));
    if (SEKISHO_TEXT(info, treaty) != id) continue;
    ProfileReport profile;
    profile.id = id;
    profile.title = Text(SEKISHO_TEXT(info, title_en)), profile.title_ja = Text(SEKISHO_TEXT(info, title_ja));
    profile.cite = Text(SEKISHO_TEXT(info, cite));
    profile.remark = Text(SEKISHO_TEXT(info, remark_en)), profile.remark_ja = Text(SEKISHO_TEXT(info, remark_ja));
    profile.list = Text(SEKISHO_TEXT(info, list));
    profile.hypothetical = info.hypothetical != 0;
    report.profiles.push_back(std::move(profile));
    return true;
  }
  Fault("no treaty \"" + id + "\" (hint: the taxonomy has " + known + ")");
  return false;
}

int WriteReport(const TreatyReport& report, const TreatyOptions& options) {
  if (!options.html.empty()) {
    const int status = WriteAside(options.html, TreatyHtml(report));
    if (status != kExitOk) return status;
  }
  const std::string text = options.output == "json" ? TreatyJson(report) : TreatyText(report);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) return kExitUsage;
  return report.errors + report.bad_values > 0 ? kExitSomeBad : kExitOk;
}

// What the options say that this command cannot do with; empty: nothing.
std::string CheckOptions(const TreatyOptions& options, const TreatyReport& report) {
  for (const ProfileReport& p : report.profiles) {
    if (options.lists.empty() || ("," + options.lists + ",").find("," + p.list + ",") != std::string::npos) continue;
    return "--lists " + options.lists + " leaves out " + p.list + ", which " + p.id +
           " is about (hint: add it, or leave --lists out)";
  }
  if (options.against == options.profile)
    return "--against names the profile itself (hint: another one, " + options.profile + " has no row that differs)";
  return "";
}

// A default column may be absent; one that was asked for may not.
std::string NoValueColumn(const TreatyOptions& options, const Header& header) {
  std::string names;
  for (const std::string& name : header.names) names += (names.empty() ? "" : ", ") + name;
  return options.file + " has no column \"" + *options.value_column +
         "\" (hint: " + (header.json ? "no row has such a key" : "its columns are " + names) + ")";
}

// Says what is wrong with single rows, but not with thousands.
class Complaints {
 public:
  void Say(const std::string& message) {
    if (++count_ <= kMost) std::fprintf(stderr, "sekisho: %s\n", message.c_str());
  }
  void End() const {
    if (count_ > kMost)
      std::fprintf(stderr, "sekisho: and %llu more of this kind\n", static_cast<unsigned long long>(count_ - kMost));
  }

 private:
  static constexpr uint64_t kMost = 20;
  uint64_t count_ = 0;
};

}  // namespace

int Treaty(TreatyOptions options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options, error);
  if (taxonomy == nullptr) return Fault(error);
  TreatyReport report;
  options.defaults.treaties = options.profile + (options.against.empty() ? "" : "," + options.against);
  if (!DescribeProfile(taxonomy, options.profile, report)) return kExitUsage;
  if (!options.against.empty() && !DescribeProfile(taxonomy, options.against, report)) return kExitUsage;
  Judge judge(taxonomy, options.lists, options.limits, options.defaults, error);
  if (error.empty()) error = judge.CheckDefaults();
  if (error.empty()) error = CheckOptions(options, report);
  if (!error.empty()) return Fault(error);
  const std::unique_ptr<RowReader> reader = OpenRows(options.file, options.input, error);
  if (reader == nullptr) return Fault(error);
  const sekisho_taxonomy_info info = Describe(taxonomy);
  report.file = options.file == "-" ? "standard input" : options.file;
  report.as_of = options.defaults.as_of.empty() ? Text(SEKISHO_TEXT(info, as_of)) : options.defaults.as_of;
  report.version = Text(SEKISHO_TEXT(info, version)), report.digest = Text(SEKISHO_TEXT(info, digest));

  Complaints complaints;
  TreatyCounter counter(report, options.value_column.value_or("value"), options.defaults.destination,
                        [&](const std::string& message) { complaints.Say(message); });
  if (report.profiles.size() == 2) counter.CompareRows(taxonomy);
  Row row;
  while (reader->Next(row)) {
    counter.Count(reader->header(), row, judge.Run(reader->header(), row));
    row = Row();
  }
  if (!reader->error().empty()) return Fault(reader->error());
  if (options.value_column && !counter.saw_value_column() && report.read.items > 0)
    return Fault(NoValueColumn(options, reader->header()));
  complaints.End();
  counter.Finish();
  return WriteReport(report, options);
}

}  // namespace sekisho::cli
