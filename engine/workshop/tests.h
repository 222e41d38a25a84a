// Runs the tests that stand in a taxonomy against its compiled pack.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/decide/result.h"
#include "engine/scanner.h"

namespace sekisho::workshop {

struct TestFailure {
  size_t test = 0;      // into the tests that were run
  std::string message;  // what was expected of which text, and what came
};

// Those that do not hold, in the tests' order. `threads` 0: one a processor.
std::vector<TestFailure> RunTests(const std::shared_ptr<const pack::Pack>& pack,
                                  std::span<const compile::TestCase> tests, size_t threads);

// Empty when the test holds; otherwise what was expected, and what came.
std::string CheckTest(Scanner& scanner, const compile::TestCase& test);

// What the engine is asked for a test; borrows from it.
struct Question {
  explicit Question(const compile::TestCase& test);
  Item item;
  Context context;
  std::vector<Attribute> attributes;
};

// The verdict that the test is about.
decide::Verdict VerdictOf(const pack::Pack& pack, const decide::Result& result, std::string_view list,
                          std::string_view entry);
bool Holds(std::string_view expectation, decide::Verdict verdict);
bool IsFlagged(decide::Verdict verdict);  // match, possible, catch_all

int32_t DaysOf(const std::string& date);  // "2025-09-15"; pack::kOpenFrom when it is none
pack::ItemKind KindOf(std::string_view name);

}  // namespace sekisho::workshop
