// One row to one result: the row's cells as the library wants them, on one thread's scanner.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
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
  Judge(const Taxonomy& taxonomy, const std::string& lists, const Limits& limits, const Defaults& defaults,
        std::string& error);
  // The result is valid until the next call.
  Judged Run(const Header& header, const Row& row);
  // Judges rows in one batch and gives each, in its order, with what was found, which is valid until `take` returns.
  // Throws what `take` throws.
  using Take = std::function<void(const Row&, const Judged&)>;
  void Run(const Header& header, std::span<const Row> rows, const Take& take);
  // Why the defaults themselves cannot be; empty if they can.
  std::string CheckDefaults();

 private:
  struct Input {  // a row as the library wants it; item and context point into the rest, and into the row
    std::string id;
    std::vector<std::pair<std::string, std::string>> texts;
    std::vector<sekisho_attribute> attributes;
    sekisho_item item;
    sekisho_context context;
  };
  class Giver;
  static std::string ReadAttributes(std::string_view json, Input& input);
  std::string ReadContext(const Header& header, const Row& row, sekisho_context& context) const;
  // Empty, or what is wrong with the row.
  std::string ReadRow(const Header& header, const Row& row, Input& input) const;

  Scanner scanner_;
  const Defaults& defaults_;
  std::vector<Input> inputs_;  // of the last call
  std::vector<sekisho_item> items_;
  std::vector<sekisho_context> contexts_;
};

// The row's id, or its number.
std::string RowId(const Header& header, const Row& row);

}  // namespace sekisho::cli
