// One row to one result: the row's cells as the library wants them, on one thread's scanner.
#pragma once

#include <string>
#include <vector>

#include "plugins/cli/library.h"
#include "plugins/cli/rows.h"

namespace sekisho::cli {

struct Defaults {  // context of rows that have none of their own
  std::string as_of, origin, destination, treaties, via;
  int32_t sale = SEKISHO_SALE_UNKNOWN;
};

struct Judged {  // either a result or an error
  const sekisho_result* result = nullptr;
  std::string error;
};

class Judge {
 public:
  Judge(const Taxonomy& taxonomy, const std::string& lists, const Defaults& defaults, std::string& error);
  // The result is valid until the next call.
  Judged Run(const Header& header, const Row& row);
  // Why the defaults themselves cannot be; empty if they can.
  std::string CheckDefaults();

 private:
  std::string ReadAttributes(std::string_view json);
  std::string ReadContext(const Header& header, const Row& row, sekisho_context& context) const;

  Scanner scanner_;
  const Defaults& defaults_;
  std::vector<std::pair<std::string, std::string>> texts_;
  std::vector<sekisho_attribute> attributes_;
};

// The row's id, or its number.
std::string RowId(const Header& header, const Row& row);

}  // namespace sekisho::cli
