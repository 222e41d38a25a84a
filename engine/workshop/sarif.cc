// A check's report for machines: JSON, and SARIF 2.1.0 for code hosts and editors.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "engine/workshop/check.h"
#include "nlohmann/json.hpp"

namespace sekisho::workshop {
namespace {

using Json = nlohmann::ordered_json;
using compile::Diagnostic;

// A path as the path of a URI: what is not unreserved is percent-encoded.
std::string UriPath(std::string_view path) {
  static constexpr std::string_view kPlain = "-._~/";
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const auto u = static_cast<unsigned char>(c);
    if ((u < 0x80 && std::isalnum(u) != 0) || kPlain.find(c) != kPlain.npos) {
      out += c;
    } else {
      out += '%', out += kHex[u >> 4], out += kHex[u & 15];
    }
  }
  return out;
}

// Columns are bytes to us and characters to SARIF.
class Columns {
 public:
  explicit Columns(const std::string& folder) : folder_(folder) {}
  int Of(const Diagnostic& d) {
    auto [it, fresh] = lines_.try_emplace(d.file);
    if (fresh) {
      std::ifstream in(folder_ + "/" + d.file);
      for (std::string line; std::getline(in, line);) it->second.push_back(line);
    }
    if (d.line < 1 || static_cast<size_t>(d.line) > it->second.size()) return std::max(d.column, 1);
    const std::string_view before = std::string_view(it->second[static_cast<size_t>(d.line) - 1])
                                        .substr(0, static_cast<size_t>(std::max(d.column, 1)) - 1);
    return 1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  }

 private:
  const std::string folder_;
  std::map<std::string, std::vector<std::string>> lines_;
};

Json Location(const Diagnostic& d, Columns& columns) {
  Json physical = {{"artifactLocation", {{"uri", UriPath(d.file)}, {"uriBaseId", "TAXONOMY"}}}};
  if (d.line > 0) physical["region"] = {{"startLine", d.line}, {"startColumn", columns.Of(d)}};
  return Json{{"physicalLocation", std::move(physical)}};
}

Json Rules(const CheckReport& report, std::map<std::string, size_t>& index) {
  for (const Diagnostic& d : report.diagnostics) index.emplace(d.code, 0);
  Json rules = Json::array();
  for (auto& [code, position] : index) {
    position = rules.size();
    const char* level = code[0] == 'E' ? "error" : code[0] == 'W' ? "warning" : "note";
    rules.push_back({{"id", code},
                     {"shortDescription", {{"text", CodeMeaning(code)}}},
                     {"defaultConfiguration", {{"level", level}}}});
  }
  return rules;
}

}  // namespace

std::string CheckJson(const CheckReport& report) {
  Json out = {{"errors", report.errors},     {"warnings", report.warnings}, {"notes", report.notes},
              {"tests_run", report.ran},     {"tests", report.tests},       {"failed", report.failed},
              {"diagnostics", Json::array()}};
  for (const Diagnostic& d : report.diagnostics) {
    out["diagnostics"].push_back({{"severity", compile::SeverityName(d.severity)},
                                  {"code", d.code},
                                  {"file", d.file},
                                  {"line", d.line},
                                  {"column", d.column},
                                  {"message", d.message},
                                  {"hint", d.hint}});
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::string CheckSarif(const CheckReport& report, const std::string& folder, std::string_view tool_version) {
  std::map<std::string, size_t> index;
  Columns columns(folder);
  Json rules = Rules(report, index), results = Json::array();
  for (const Diagnostic& d : report.diagnostics) {
    const std::string text = d.hint.empty() ? d.message : d.message + " (hint: " + d.hint + ")";
    results.push_back({{"ruleId", d.code},
                       {"ruleIndex", index[d.code]},
                       {"level", compile::SeverityName(d.severity)},
                       {"message", {{"text", text}}},
                       {"locations", Json::array({Location(d, columns)})}});
  }
  std::error_code ignored;
  std::string base = std::filesystem::absolute(folder, ignored).lexically_normal().generic_string();
  if (base.empty() || base.back() != '/') base += '/';
  const Json driver = {{"name", "sekisho taxonomy check"}, {"version", tool_version}, {"rules", std::move(rules)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"originalUriBaseIds", {{"TAXONOMY", {{"uri", "file://" + UriPath(base)}}}}},
                    {"results", std::move(results)}};
  const Json out = {
      {"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  return out.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sekisho::workshop
