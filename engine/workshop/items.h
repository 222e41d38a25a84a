// Rows of items as the workshop's tools take them: what is classified, and what is known of it besides.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/scanner.h"

namespace sekisho::workshop {

struct ItemRow {
  std::string id, description, part_number, nsn, manufacturer, kind, as_of;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::map<std::string, std::string> labels;  // other columns
};

// One thread's way from rows to results. Treaties are left alone: they change no verdict.
class ItemScanner {
 public:
  ItemScanner(const std::shared_ptr<const pack::Pack>& pack, int32_t as_of)
      : scanner_(pack, Options()), as_of_(as_of) {}
  // Valid until the next call. The row's own date beats the scanner's.
  const decide::Result& Judge(const ItemRow& row);

 private:
  Scanner scanner_;
  int32_t as_of_;
  std::vector<Attribute> attributes_;
};

// A pack file, or a folder of source, compiled. An error says why, with a hint.
absl::StatusOr<std::shared_ptr<const pack::Pack>> OpenTaxonomy(const std::string& path);

}  // namespace sekisho::workshop
