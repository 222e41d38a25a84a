// What can be wrong with a taxonomy that compiles: rules that can never hold, words that nobody tests, everyday words
// that would be flagged. The compiler's own diagnostics are not repeated.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/codes.h"
#include "engine/compile/compile.h"
#include "engine/pack/pack.h"

namespace sekisho::workshop {

// W: a fault. N: advice, summed up unless asked for.
inline constexpr auto kLintCodes = std::to_array<compile::CodeInfo>({
    {"E0801", "a test that fails"},
    {"W0701", "a rule that can never hold"},
    {"W0702", "a rule that another rule of its entry makes needless"},
    {"W0703", "everyday words that a concept flags"},
    {"W0704", "dates that leave a gap or overlap"},
    {"W0705", "an entry that the list's register does not have"},
    {"W0706", "a designator of the register without an entry"},
    {"N0701", "a concept that no rule uses"},
    {"N0702", "a concept with words of one language only"},
    {"N0703", "an entry tested in one language only"},
    {"N0704", "a phrase that no test exercises"},
    {"N0705", "a designator pattern that no test exercises"},
    {"N0706", "a phrase that a shorter one of its concept makes needless"},
});

struct LintInput {
  std::string folder;  // of the source: registers and benign words stand there
  const compile::Compiled& compiled;
  std::shared_ptr<const pack::Pack> pack;
  size_t threads = 0;
};

// In no particular order.
std::vector<compile::Diagnostic> Lint(const LintInput& input);

// ---- the parts ------------------------------------------------------------------------------------------------

class Findings {
 public:
  explicit Findings(const compile::SourceMap& map) : map_(map) {}
  void Add(std::string_view code, const compile::Spot& spot, std::string message, std::string hint);
  void AddFile(std::string_view code, std::string file, int line, std::string message, std::string hint);
  std::vector<compile::Diagnostic> Take() { return std::move(diagnostics_); }

 private:
  const compile::SourceMap& map_;
  std::vector<compile::Diagnostic> diagnostics_;
};

void LintRules(const LintInput& input, Findings& out);     // W0701, W0702, W0704
void LintConcepts(const LintInput& input, Findings& out);  // N0701, N0702
void LintEntries(const LintInput& input, Findings& out);   // W0705, W0706, N0703
void LintWords(const LintInput& input, Findings& out);     // W0703, N0704, N0705, N0706

// The lines of folder/file that are neither empty nor begin with '#', with their numbers; empty when there is no file.
struct NumberedLine {
  int number;
  std::string text;
};
std::vector<NumberedLine> ReadLines(const std::string& folder, const std::string& file);
bool IsJapanese(std::string_view text);  // has kana or kanji

}  // namespace sekisho::workshop
