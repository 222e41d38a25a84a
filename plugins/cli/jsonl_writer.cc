// One JSON object a row: the library's own, with what the row carries; or the error.
#include <nlohmann/json.hpp>

#include "plugins/cli/writers.h"

namespace sekisho::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

// Columns that we do not know, as a JSON object; empty when there are none.
std::string Carried(const Header& header, const Row& row) {
  if (!row.carried.empty()) return row.carried;
  Json carried = Json::object();
  for (size_t i = 0; i < row.cells.size() && i < header.names.size(); ++i) {
    if (!FindColumn(header.names[i]).has_value()) carried[header.names[i]] = row.cells[i];
  }
  return carried.empty() ? "" : Dump(carried);
}

class JsonlWriter : public RowWriter {
 public:
  void Write(const Header& header, const Row& row, const Judged& judged, std::string& out) const override {
    const size_t begin = out.size();
    if (judged.result != nullptr) {
      const char* text = nullptr;
      size_t size = 0;
      if (sekisho_result_json(&text, &size, judged.result) == SEKISHO_OK) out.append(text, size);
    }
    if (out.size() == begin) {
      const std::string error = judged.error.empty() ? "out of memory" : judged.error;
      out += Dump(Json{{"schema", 1}, {"id", RowId(header, row)}, {"line", row.line}, {"error", error}});
    }
    if (const std::string carried = Carried(header, row); !carried.empty()) {
      out.pop_back();
      out += ",\"carried\":" + carried + "}";
    }
    out += '\n';
  }
};

}  // namespace

std::unique_ptr<RowWriter> MakeJsonlWriter() { return std::make_unique<JsonlWriter>(); }

}  // namespace sekisho::cli
