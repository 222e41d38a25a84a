#include "plugins/cli/judge.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace sekisho::cli {

namespace {

// -1: no such kind.
int32_t KindOf(std::string_view name) {
  static constexpr std::string_view kNames[] = {"goods", "technology", "software", "service"};
  if (name.empty()) return SEKISHO_KIND_GOODS;
  const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
  return found == std::end(kNames) ? -1 : static_cast<int32_t>(found - std::begin(kNames));
}

// -1: neither yes nor no.
int32_t TruthOf(std::string_view text) {
  for (const std::string_view yes : {"true", "1", "yes", "TRUE", "True", "Yes"}) {
    if (text == yes) return 1;
  }
  for (const std::string_view no : {"", "false", "0", "no", "FALSE", "False", "No"}) {
    if (text == no) return 0;
  }
  return -1;
}

std::string Wrong(Column column, std::string_view value, const char* hint) {
  return "column " + std::string(ColumnName(column)) + ": \"" + std::string(value.substr(0, 60)) + "\" (hint: " + hint +
         ")";
}

}  // namespace

Judge::Judge(const Taxonomy& taxonomy, const std::string& lists, const Defaults& defaults, std::string& error)
    : scanner_(MakeScanner(taxonomy, lists, error)), defaults_(defaults) {}

std::string Judge::ReadAttributes(std::string_view json) {
  texts_.clear();
  attributes_.clear();
  if (json.empty()) return "";
  constexpr char kHint[] = "an object of texts, as in {\"range\": \"310 km\"}";
  const auto object = nlohmann::json::parse(json, nullptr, false);
  if (!object.is_object()) return Wrong(Column::kAttributes, json, kHint);
  for (const auto& [name, quantity] : object.items()) {
    if (!quantity.is_string()) {
      return Wrong(Column::kAttributes, name, "its value must be text with a unit, as in {\"range\": \"310 km\"}");
    }
    texts_.emplace_back(name, quantity.get<std::string>());
  }
  for (const auto& [name, quantity] : texts_) {
    sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
    SEKISHO_PUT(attribute, name, name);
    SEKISHO_PUT(attribute, quantity, quantity);
    attributes_.push_back(attribute);
  }
  return "";
}

std::string Judge::ReadContext(const Header& header, const Row& row, sekisho_context& context) const {
  const auto own = [&](Column column, const std::string& other) {
    const std::string_view cell = Cell(header, row, column);
    return cell.empty() ? std::string_view(other) : cell;
  };
  SEKISHO_PUT(context, as_of, own(Column::kAsOf, defaults_.as_of));
  SEKISHO_PUT(context, origin, own(Column::kOrigin, defaults_.origin));
  SEKISHO_PUT(context, destination, own(Column::kDestination, defaults_.destination));
  SEKISHO_PUT(context, treaties, defaults_.treaties);
  SEKISHO_PUT(context, via, defaults_.via);
  context.sale = defaults_.sale;
  const std::string_view classified = Cell(header, row, Column::kClassified);
  context.classified = TruthOf(classified);
  return context.classified < 0 ? Wrong(Column::kClassified, classified, "true or false") : "";
}

Judged Judge::Run(const Header& header, const Row& row) {
  if (!row.error.empty()) return {nullptr, row.error};
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  const std::string id = RowId(header, row);
  SEKISHO_PUT(item, id, id);
  SEKISHO_PUT(item, description, Cell(header, row, Column::kDescription));
  SEKISHO_PUT(item, part_number, Cell(header, row, Column::kPartNumber));
  SEKISHO_PUT(item, nsn, Cell(header, row, Column::kNsn));
  SEKISHO_PUT(item, manufacturer, Cell(header, row, Column::kManufacturer));
  if (item.description_size + item.part_number_size == 0) {
    return {nullptr, "neither description nor part_number says anything (hint: give the item's name)"};
  }
  const std::string_view kind = Cell(header, row, Column::kKind);
  item.kind = KindOf(kind);
  if (item.kind < 0) return {nullptr, Wrong(Column::kKind, kind, "goods, technology, software or service")};
  if (std::string e = ReadAttributes(Cell(header, row, Column::kAttributes)); !e.empty()) return {nullptr, e};
  item.attributes = attributes_.data();
  item.attribute_count = attributes_.size();
  if (std::string e = ReadContext(header, row, context); !e.empty()) return {nullptr, e};

  Judged judged;
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (sekisho_scanner_classify(&judged.result, scanner_.get(), &item, &context, &error) != SEKISHO_OK) {
    judged.error = error.message;
  }
  return judged;
}

std::string Judge::CheckDefaults() {
  sekisho_item item = SEKISHO_ITEM_INIT;
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  ReadContext(Header(), Row(), context);
  sekisho_error error = SEKISHO_ERROR_INIT;
  const sekisho_result* result = nullptr;
  const bool ok = sekisho_scanner_classify(&result, scanner_.get(), &item, &context, &error) == SEKISHO_OK;
  return ok ? "" : error.message;
}

std::string RowId(const Header& header, const Row& row) {
  const std::string_view id = Cell(header, row, Column::kId);
  return id.empty() ? std::to_string(row.number) : std::string(id);
}

}  // namespace sekisho::cli
