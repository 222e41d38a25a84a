#include "engine/workshop/lint.h"

#include <fstream>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/text/utf8.h"

namespace sekisho::workshop {

void Findings::Add(std::string_view code, const compile::Spot& spot, std::string message, std::string hint) {
  AddFile(code, spot.file < map_.files.size() ? map_.files[spot.file] : "", spot.line, std::move(message),
          std::move(hint));
  diagnostics_.back().column = spot.column;
}

void Findings::AddFile(std::string_view code, std::string file, int line, std::string message, std::string hint) {
  compile::Diagnostic d;
  d.severity = code[0] == 'E'   ? compile::Severity::kError
               : code[0] == 'W' ? compile::Severity::kWarning
                                : compile::Severity::kNote;
  d.code = std::string(code);
  d.file = std::move(file);
  d.line = line, d.column = line > 0 ? 1 : 0;
  d.message = std::move(message), d.hint = std::move(hint);
  diagnostics_.push_back(std::move(d));
}

std::vector<NumberedLine> ReadLines(const std::string& folder, const std::string& file) {
  std::vector<NumberedLine> out;
  std::ifstream in(compile::Cat(folder, "/", file));
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::string_view text = compile::Trim(line);
    if (!text.empty() && text[0] != '#') out.push_back({number, std::string(text)});
  }
  return out;
}

bool IsJapanese(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const uint32_t c = text::Decode(text, i);
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF66 && c <= 0xFF9F)) return true;
  }
  return false;
}

std::vector<compile::Diagnostic> Lint(const LintInput& input) {
  Findings out(input.compiled.map);
  LintRules(input, out);
  LintConcepts(input, out);
  LintEntries(input, out);
  LintWords(input, out);
  return out.Take();
}

}  // namespace sekisho::workshop
