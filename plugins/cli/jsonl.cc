// JSONL: one object a line. Known keys become cells, whose header is that of all known columns; others are carried as
// JSON.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "plugins/cli/readers.h"

namespace sekisho::cli {

namespace {

using Json = nlohmann::ordered_json;
constexpr int kMaxDepth = 64;

// "[json.exception.parse_error.101] parse error at line 1, column 5: …" without the bracket and the line.
std::string ParseFault(const std::string& what) {
  const size_t column = what.find("column ");
  if (column != what.npos) return "not JSON at " + what.substr(column) + " (hint: one object on each line)";
  const size_t bracket = what.find("] ");
  return "not JSON: " + (bracket == what.npos ? what : what.substr(bracket + 2));
}

// Parses; refuses what nests too deeply and keys that come twice.
bool Parse(const std::string& line, Json& out, std::string& fault) {
  bool deep = false;
  std::string twice;
  std::vector<std::string> keys;
  const auto check = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kMaxDepth) return !(deep = true);
    if (event != Json::parse_event_t::key || depth != 1) return true;
    std::string key = value.get<std::string>();
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) twice = key;
    keys.push_back(std::move(key));
    return true;
  };
  try {
    out = Json::parse(line, check);
  } catch (const nlohmann::json::exception& e) {
    fault = ParseFault(e.what());
    return false;
  }
  if (deep) fault = "the JSON nests more than " + std::to_string(kMaxDepth) + " deep";
  if (!twice.empty()) fault = "the key \"" + twice + "\" comes twice (hint: keep one)";
  if (fault.empty() && !out.is_object()) fault = "not a JSON object (hint: {\"description\": \"…\"})";
  return fault.empty();
}

class JsonlReader : public LineReader {
 public:
  explicit JsonlReader(std::unique_ptr<Source> source) : LineReader(std::move(source)) {
    header_.json = true;
    for (size_t i = 0; i < kColumns; ++i) {
      header_.names.emplace_back(ColumnName(static_cast<Column>(i)));
      header_.index[i] = static_cast<int>(i);
    }
  }

 private:
  bool IsEmpty(std::string_view line) const override { return line.find_first_not_of(" \t") == line.npos; }

  void Fill(const std::string& line, Row& row) override {
    row.cells.resize(kColumns);
    Json object;
    if (!Parse(line, object, row.error)) return;
    FillCells(object, row);
    CheckRow(header_, row);
  }

  static void FillCells(const Json& object, Row& row) {
    Json carried = Json::object();
    for (const auto& [key, value] : object.items()) {
      const std::optional<Column> column = FindColumn(key);
      if (!column.has_value()) {
        carried[key] = value;
      } else if (!FillCell(*column, value, row.cells[static_cast<size_t>(*column)])) {
        row.error = "the key \"" + key + "\" has a value of a wrong type (hint: " +
                    (*column == Column::kAttributes ? "an object, {\"range\": \"310 km\"}" : "text in quotes") + ")";
      }
    }
    if (!carried.empty()) row.carried = carried.dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto missing = [&](Column c) { return object.find(std::string(ColumnName(c))) == object.end(); };
    if (row.error.empty() && missing(Column::kDescription) && missing(Column::kPartNumber) &&
        row.cells[static_cast<size_t>(Column::kDescription)].empty()) {
      row.error = "no key \"description\" (nor \"part_number\"); the keys are " + Keys(object);
    }
  }

  static bool FillCell(Column column, const Json& value, std::string& cell) {
    if (value.is_null()) return true;
    if (column == Column::kAttributes) {
      if (!value.is_object()) return false;
      cell = value.dump(-1, ' ', false, Json::error_handler_t::replace);
      return true;
    }
    if (value.is_string()) {
      cell = value.get<std::string>();
      return true;
    }
    if (!value.is_number() && !value.is_boolean()) return false;
    if (column == Column::kDescription) return false;
    cell = value.dump();
    return true;
  }

  static std::string Keys(const Json& object) {
    std::string out;
    for (const auto& [key, value] : object.items()) {
      if (out.size() > 200) return out + ", …";
      out += (out.empty() ? "\"" : ", \"") + key.substr(0, 60) + "\"";
    }
    return out.empty() ? "none" : out;
  }
};

}  // namespace

std::unique_ptr<RowReader> OpenJsonl(std::unique_ptr<Source> source, std::string&) {
  return std::make_unique<JsonlReader>(std::move(source));
}

}  // namespace sekisho::cli
