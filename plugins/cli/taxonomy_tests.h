// Runs the tests that stand in a taxonomy against its compiled pack.
#pragma once

#include <memory>
#include <string>

#include "engine/compile/compile.h"
#include "engine/scanner.h"

namespace sekisho::cli {

class TestRun {
 public:
  explicit TestRun(std::shared_ptr<const pack::Pack> pack) : scanner_(std::move(pack), Options()) {}
  // Empty when the test holds; otherwise "file:line: …", with what came instead.
  std::string Check(const compile::TestCase& test);
  size_t count() const { return count_; }
  size_t failed() const { return failed_; }

 private:
  std::string CheckRow(const compile::TestCase& test, const Item& item, Context& context);

  ::sekisho::Scanner scanner_;
  size_t count_ = 0, failed_ = 0;
};

}  // namespace sekisho::cli
