// Amounts of money as spreadsheets have them.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::cli {

struct Money {
  double value = 0;
  std::string currency;  // "USD", "JPY", "EUR", "GBP" or three letters as written; empty: not said
};

// "USD 41,200,000.50", "¥3,850,000", "1億2,000万円", "１２００円". False where the text is none of these.
bool ReadAmount(std::string_view text, Money& out);

}  // namespace sekisho::cli
