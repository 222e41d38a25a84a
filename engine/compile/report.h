// Collects diagnostics with their places, and finds the name that was probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/compile/source.h"

namespace sekisho::compile {

class Report {
 public:
  // Severity follows the code's first letter.
  void Add(std::string_view code, Place place, std::string message, std::string hint = "");
  void AddFile(std::string_view code, std::string file, std::string message, std::string hint = "");
  bool has_errors() const { return errors_ > 0; }
  int errors() const { return errors_; }
  std::vector<Diagnostic> Take();  // in order of file, line, column; equal ones once

 private:
  std::vector<Diagnostic> diagnostics_;
  int errors_ = 0;
};

int EditDistance(std::string_view a, std::string_view b);
// "did you mean …?" for the nearest of `names`, or empty when none is near.
std::string DidYouMean(std::string_view wrong, std::span<const std::string> names, std::string_view prefix = "");
std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names, std::string_view prefix = "");

}  // namespace sekisho::compile
