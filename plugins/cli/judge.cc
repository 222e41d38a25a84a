#include "plugins/cli/judge.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>

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

Judge::Judge(const Taxonomy& taxonomy, const std::string& lists, const Limits& limits, const Defaults& defaults,
             std::string& error)
    : scanner_(MakeScanner(taxonomy, lists, limits, error)), defaults_(defaults) {}

std::string Judge::ReadAttributes(std::string_view json, Input& input) {
  input.texts.clear();
  input.attributes.clear();
  if (json.empty()) return "";
  constexpr char kHint[] = "an object of texts, as in {\"range\": \"310 km\"}";
  const auto object = nlohmann::json::parse(json, nullptr, false);
  if (!object.is_object()) return Wrong(Column::kAttributes, json, kHint);
  for (const auto& [name, quantity] : object.items()) {
    if (!quantity.is_string()) {
      return Wrong(Column::kAttributes, name, "its value must be text with a unit, as in {\"range\": \"310 km\"}");
    }
    input.texts.emplace_back(name, quantity.get<std::string>());
  }
  for (const auto& [name, quantity] : input.texts) {
    sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
    SEKISHO_PUT(attribute, name, name);
    SEKISHO_PUT(attribute, quantity, quantity);
    input.attributes.push_back(attribute);
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

std::string Judge::ReadRow(const Header& header, const Row& row, Input& input) const {
  if (!row.error.empty()) return row.error;
  sekisho_item& item = input.item = SEKISHO_ITEM_INIT;
  input.context = SEKISHO_CONTEXT_INIT;
  input.id = RowId(header, row);
  SEKISHO_PUT(item, id, input.id);
  SEKISHO_PUT(item, description, Cell(header, row, Column::kDescription));
  SEKISHO_PUT(item, part_number, Cell(header, row, Column::kPartNumber));
  SEKISHO_PUT(item, nsn, Cell(header, row, Column::kNsn));
  SEKISHO_PUT(item, manufacturer, Cell(header, row, Column::kManufacturer));
  if (item.description_size + item.part_number_size == 0) {
    return "neither description nor part_number says anything (hint: give the item's name)";
  }
  const std::string_view kind = Cell(header, row, Column::kKind);
  item.kind = KindOf(kind);
  if (item.kind < 0) return Wrong(Column::kKind, kind, "goods, technology, software or service");
  if (std::string e = ReadAttributes(Cell(header, row, Column::kAttributes), input); !e.empty()) return e;
  item.attributes = input.attributes.data();
  item.attribute_count = input.attributes.size();
  return ReadContext(header, row, input.context);
}

Judged Judge::Run(const Header& header, const Row& row) {
  inputs_.resize(std::max<size_t>(inputs_.size(), 1));
  Judged judged;
  if (judged.error = ReadRow(header, row, inputs_[0]); !judged.error.empty()) return judged;
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (sekisho_scanner_classify(&judged.result, scanner_.get(), &inputs_[0].item, &inputs_[0].context, &error) !=
      SEKISHO_OK) {
    judged.error = error.message;
  }
  return judged;
}

// Gives rows in their order: those of the batch as it comes to them, and those that never got into it in between.
class Judge::Giver {
 public:
  Giver(std::span<const Row> rows, const std::vector<std::string>& errors, const Take& take)
      : rows_(rows), errors_(errors), take_(take) {}

  static int32_t Item(void* self, size_t, int32_t, const sekisho_result* result, const sekisho_error* error) {
    auto& giver = *static_cast<Giver*>(self);
    try {
      giver.GiveErrors();
      giver.take_(giver.rows_[giver.next_++], {result, result == nullptr ? error->message : ""});
      return 0;
    } catch (...) {  // nothing may pass through the library
      giver.thrown_ = std::current_exception();
      return 1;
    }
  }
  void GiveErrors() {
    for (; next_ < rows_.size() && !errors_[next_].empty(); ++next_) take_(rows_[next_], {nullptr, errors_[next_]});
  }
  void Rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::span<const Row> rows_;
  const std::vector<std::string>& errors_;
  const Take& take_;
  size_t next_ = 0;
  std::exception_ptr thrown_;
};

void Judge::Run(const Header& header, std::span<const Row> rows, const Take& take) {
  inputs_.resize(std::max(inputs_.size(), rows.size()));
  items_.clear();
  contexts_.clear();
  std::vector<std::string> errors(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    if (errors[i] = ReadRow(header, rows[i], inputs_[i]); !errors[i].empty()) continue;
    items_.push_back(inputs_[i].item);
    contexts_.push_back(inputs_[i].context);
  }
  Giver giver(rows, errors, take);
  sekisho_error error = SEKISHO_ERROR_INIT;
  const int32_t status = sekisho_scanner_classify_batch(scanner_.get(), items_.data(), items_.size(), contexts_.data(),
                                                        contexts_.size(), Giver::Item, &giver, &error);
  giver.Rethrow();
  if (status != SEKISHO_OK) throw std::runtime_error(error.message);
  giver.GiveErrors();
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
