// Counts for `sekisho treaty`: what each profile says of each item.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plugins/cli/judge.h"
#include "plugins/cli/rows.h"
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

class TreatyCounter {
 public:
  using Complain = std::function<void(const std::string&)>;  // of one row: place, cause, hint

  // Items without a destination of their own have `destination`.
  TreatyCounter(TreatyReport& report, std::string value_column, std::string destination, Complain complain);

  // Every row of both profiles that their columns do not say the same of.
  void CompareRows(const Taxonomy& taxonomy);
  void Count(const Header& header, const Row& row, const Judged& judged);
  // After the last: ranks.
  void Finish();
  bool saw_value_column() const { return saw_value_column_; }

 private:
  double Value(const Header& header, const Row& row);
  bool ValueText(const Header& header, const Row& row, std::string& text);
  void Day(const sekisho_result* result, ItemReport& item);
  void Notices(const sekisho_result* result, ItemReport& item);
  void Under(const sekisho_result* result, ProfileReport& profile, ItemReport& item);
  void Rows(const sekisho_result* result, size_t treaty, const sekisho_treaty_result& t, const ItemReport& item,
            ProfileReport& profile);
  void Missing(const sekisho_result* result, size_t treaty, const sekisho_treaty_result& t, const ItemReport& item,
               ProfileReport& profile, ItemReport::Under& under);
  RowDifference& Difference(const std::string& id, const std::string& text);
  void Differences();
  void Bad(const Header& header, const Row& row, const std::string& cause);

  TreatyReport& report_;
  std::string column_, destination_;
  Complain complain_;
  bool saw_value_column_ = false;
};

}  // namespace sekisho::cli
