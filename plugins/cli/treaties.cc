// sekisho treaties: the profiles with the words of every row and condition. Results name them by id only.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "plugins/cli/commands.h"
#include "plugins/cli/text.h"
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string Text(std::string_view view) { return std::string(view); }

Json RowsOf(const Taxonomy& taxonomy, size_t treaty, size_t count) {
  Json rows = Json::array();
  for (size_t r = 0; r < count; ++r) {
    sekisho_treaty_row_info row = SEKISHO_TREATY_ROW_INFO_INIT;
    sekisho_taxonomy_treaty_row(&row, taxonomy.get(), treaty, r);
    Json one = {{"row", Text(SEKISHO_TEXT(row, row))},
                {"flag", ColumnFlag(row.flag)},
                {"title", Text(SEKISHO_TEXT(row, title_en))},
                {"title_ja", Text(SEKISHO_TEXT(row, title_ja))},
                {"cite", Text(SEKISHO_TEXT(row, cite))}};
    if (row.question_en_size > 0)
      one["question"] = {{"en", Text(SEKISHO_TEXT(row, question_en))}, {"ja", Text(SEKISHO_TEXT(row, question_ja))}};
    rows.push_back(std::move(one));
  }
  return rows;
}

Json ConditionsOf(const Taxonomy& taxonomy, size_t treaty, size_t count) {
  Json conditions = Json::array();
  for (size_t c = 0; c < count; ++c) {
    sekisho_treaty_condition_info condition = SEKISHO_TREATY_CONDITION_INFO_INIT;
    sekisho_taxonomy_treaty_condition(&condition, taxonomy.get(), treaty, c);
    conditions.push_back({{"id", Text(SEKISHO_TEXT(condition, id))},
                          {"en", Text(SEKISHO_TEXT(condition, en))},
                          {"ja", Text(SEKISHO_TEXT(condition, ja))},
                          {"cite", Text(SEKISHO_TEXT(condition, cite))}});
  }
  return conditions;
}

Json AllOf(const Taxonomy& taxonomy) {
  const sekisho_taxonomy_info about = Describe(taxonomy);
  Json out = {
      {"schema", 1},
      {"taxonomy", {{"version", Text(SEKISHO_TEXT(about, version))}, {"digest", Text(SEKISHO_TEXT(about, digest))}}},
      {"treaties", Json::array()}};
  sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
  for (size_t t = 0; sekisho_taxonomy_treaty(&info, taxonomy.get(), t) == SEKISHO_OK; ++t) {
    Json one = {{"treaty", Text(SEKISHO_TEXT(info, treaty))},     {"title", Text(SEKISHO_TEXT(info, title_en))},
                {"title_ja", Text(SEKISHO_TEXT(info, title_ja))}, {"cite", Text(SEKISHO_TEXT(info, cite))},
                {"list", Text(SEKISHO_TEXT(info, list))},         {"hypothetical", info.hypothetical != 0}};
    if (info.remark_en_size > 0)
      one["remark"] = {{"en", Text(SEKISHO_TEXT(info, remark_en))}, {"ja", Text(SEKISHO_TEXT(info, remark_ja))}};
    one["rows"] = RowsOf(taxonomy, t, info.row_count);
    one["conditions"] = ConditionsOf(taxonomy, t, info.condition_count);
    out["treaties"].push_back(std::move(one));
  }
  return out;
}

std::string InWords(const Json& all) {
  const auto text = [](const Json& of, const char* key) { return of[key].get<std::string>(); };
  std::string out;
  for (const Json& treaty : all["treaties"]) {
    out += (out.empty() ? "" : "\n") + text(treaty, "treaty") + ": " + text(treaty, "title") + ", " +
           text(treaty, "cite") + "\n";
    if (treaty.contains("remark")) out += "  " + text(treaty["remark"], "en") + "\n";
    for (const Json& row : treaty["rows"]) {
      out += "  " + Fit(text(row, "row"), 8) + Fit(text(row, "flag"), 4) + text(row, "title") + "; " +
             text(row, "cite") + "\n";
    }
    for (const Json& condition : treaty["conditions"])
      out += "  to verify  " + text(condition, "en") + "; " + text(condition, "cite") + "\n";
  }
  return out + "\nX: excluded. X?, ?: the flag is not certain, and counts as excluded.\n";
}

}  // namespace

int Treaties(const TreatiesOptions& options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options.taxonomy, error);
  if (taxonomy == nullptr) return Fault(error);
  const Json all = AllOf(taxonomy);
  const std::string text = options.output == "json" ? all.dump(1) + "\n" : InWords(all);
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  return written ? kExitOk : kExitUsage;
}

}  // namespace sekisho::cli
