#include "engine/workshop/items.h"

#include <filesystem>

#include "engine/compile/compile.h"
#include "engine/compile/strings.h"
#include "engine/workshop/tests.h"

namespace sekisho::workshop {

const decide::Result& ItemScanner::Judge(const ItemRow& row) {
  attributes_.clear();
  for (const auto& [name, quantity] : row.attributes) attributes_.push_back({name, quantity});
  Item item;
  item.description = row.description, item.part_number = row.part_number;
  item.nsn = row.nsn, item.manufacturer = row.manufacturer;
  item.kind = KindOf(row.kind);
  item.attributes = attributes_;
  Context context;
  context.as_of = row.as_of.empty() ? as_of_ : DaysOf(row.as_of);
  context.judge_treaties = false;
  return scanner_.Classify(item, context);
}

absl::StatusOr<std::shared_ptr<const pack::Pack>> OpenTaxonomy(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(path, ignored)) return pack::Pack::Open(path);
  compile::Compiled compiled = compile::CompileFolder(path);
  if (!compiled.pack.empty()) return pack::Pack::FromString(std::move(compiled.pack));
  std::string why = compile::Cat(path, " does not compile");
  for (const compile::Diagnostic& d : compiled.diagnostics) {
    if (d.severity == compile::Severity::kError) {
      why += compile::Cat(": ", d.ToString());
      break;
    }
  }
  return absl::InvalidArgumentError(why);
}

}  // namespace sekisho::workshop
