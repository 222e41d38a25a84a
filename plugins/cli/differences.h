// What differs between two decisions on the same item.
#pragma once

#include <string>
#include <vector>

#include "plugins/cli/decision_log.h"

namespace sekisho::cli {

struct Difference {
  std::string what;           // "error", "verdict", "entry", "rule", "treaty", "notice"
  std::string where;          // "us-usml", "us-usml XII(c)(2)", "us-uk-126.17", …; or empty
  std::string before, after;  // empty: not there
};

// `before` and `after` as record.h writes items.
std::vector<Difference> Compare(const LogJson& before, const LogJson& after);

}  // namespace sekisho::cli
