#include "plugins/cli/item_rows.h"

#include <nlohmann/json.hpp>

#include "plugins/cli/commands.h"

namespace sekisho::cli {
namespace {

// Empty when the row is read; otherwise what is wrong with it.
std::string ReadRow(const Header& header, const Row& row, workshop::ItemRow& out) {
  if (!row.error.empty()) return row.error;
  const auto cell = [&](Column column) { return std::string(Cell(header, row, column)); };
  out.id = RowId(header, row);
  out.description = cell(Column::kDescription), out.part_number = cell(Column::kPartNumber);
  out.nsn = cell(Column::kNsn), out.manufacturer = cell(Column::kManufacturer);
  out.kind = cell(Column::kKind), out.as_of = cell(Column::kAsOf);
  if (const std::string attributes = cell(Column::kAttributes); !attributes.empty()) {
    const auto object = nlohmann::json::parse(attributes, nullptr, false);
    if (!object.is_object()) return "column attributes is no JSON object";
    for (const auto& [name, quantity] : object.items()) {
      if (!quantity.is_string()) return "column attributes: \"" + name + "\" is no text with a unit";
      out.attributes.emplace_back(name, quantity.get<std::string>());
    }
  }
  for (size_t i = 0; i < std::min(header.names.size(), row.cells.size()); ++i)
    out.labels[header.names[i]] = row.cells[i];
  const auto carried = nlohmann::json::parse(row.carried.empty() ? "{}" : row.carried, nullptr, false);
  for (const auto& [name, value] : carried.items()) {
    if (value.is_string()) out.labels[name] = value.get<std::string>();
  }
  return "";
}

}  // namespace

std::optional<std::vector<workshop::ItemRow>> ReadItems(const std::string& file, InputFormat format) {
  std::string error;
  const std::unique_ptr<RowReader> reader = OpenRows(file, format, error);
  if (reader == nullptr) return Fault(error), std::nullopt;
  std::vector<workshop::ItemRow> out;
  Row row;
  while (reader->Next(row)) {
    workshop::ItemRow item;
    if (const std::string wrong = ReadRow(reader->header(), row, item); !wrong.empty())
      return Fault(file + ", line " + std::to_string(row.line) + ": " + wrong +
                   " (hint: correct the row or leave it out)"),
             std::nullopt;
    out.push_back(std::move(item));
  }
  if (!reader->error().empty()) return Fault(reader->error()), std::nullopt;
  return out;
}

}  // namespace sekisho::cli
