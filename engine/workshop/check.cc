#include "engine/workshop/check.h"

#include <algorithm>
#include <iterator>
#include <span>
#include <tuple>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/tests.h"

namespace sekisho::workshop {
namespace {

using compile::Diagnostic;
using compile::Severity;

void RunAllTests(const CheckOptions& options, const LintInput& input, CheckReport& report) {
  std::vector<compile::TestCase> some;
  std::span<const compile::TestCase> tests = input.compiled.tests;
  if (!options.file.empty()) {
    std::copy_if(tests.begin(), tests.end(), std::back_inserter(some),
                 [&](const compile::TestCase& test) { return test.file.find(options.file) != std::string::npos; });
    tests = some;
  }
  report.tests = tests.size();
  for (TestFailure& failure : RunTests(input.pack, tests, options.threads)) {
    const compile::TestCase& test = tests[failure.test];
    report.diagnostics.push_back({Severity::kError, "E0801", test.file, test.line, test.column,
                                  std::move(failure.message),
                                  "mend the rule or the words, or the test if it is wrong"});
    ++report.failed;
  }
}

void Sort(std::vector<Diagnostic>& diagnostics) {
  const auto key = [](const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.code, d.message); };
  std::stable_sort(diagnostics.begin(), diagnostics.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

}  // namespace

CheckReport Check(const CheckOptions& options) {
  CheckReport report;
  compile::Compiled compiled =
      options.lenient ? compile::CompileFolderLenient(options.folder) : compile::CompileFolder(options.folder);
  report.diagnostics = std::move(compiled.diagnostics);
  if (!compiled.pack.empty()) {
    auto pack = pack::Pack::FromString(std::move(compiled.pack));
    if (pack.ok()) {
      const LintInput input{options.folder, compiled, *std::move(pack), options.threads};
      for (Diagnostic& d : Lint(input)) report.diagnostics.push_back(std::move(d));
      RunAllTests(options, input, report);
      report.ran = true;
    } else {
      report.diagnostics.push_back(
          {Severity::kError, "E0101", options.folder, 0, 0,
           compile::Cat("the compiled pack cannot be read: ", std::string(pack.status().message())),
           "a fault of the compiler: please report it"});
    }
  }
  std::erase_if(report.diagnostics,
                [&](const Diagnostic& d) { return d.file.find(options.file) == std::string::npos; });
  Sort(report.diagnostics);
  for (const Diagnostic& d : report.diagnostics) {
    if (d.code == "E0801") continue;
    ++(d.severity == Severity::kError     ? report.errors
       : d.severity == Severity::kWarning ? report.warnings
                                          : report.notes);
  }
  return report;
}

std::string_view CodeMeaning(std::string_view code) {
  for (const compile::CodeInfo& info : compile::kCodes) {
    if (info.code == code) return info.meaning;
  }
  for (const compile::CodeInfo& info : kLintCodes) {
    if (info.code == code) return info.meaning;
  }
  return "";
}

}  // namespace sekisho::workshop
