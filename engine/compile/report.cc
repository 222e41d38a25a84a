// Diagnostics: collection, order, printing, and "did you mean".
#include "engine/compile/report.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

auto Key(const Diagnostic& d) { return std::tie(d.file, d.line, d.column, d.code, d.message); }

template <typename Name>
std::string Nearest(std::string_view wrong, std::span<const Name> names, std::string_view prefix) {
  const int limit = std::max<int>(1, std::min<int>(3, static_cast<int>(wrong.size()) / 3));
  int best = limit + 1;
  std::string_view found;
  for (const Name& name : names) {
    const int difference = static_cast<int>(name.size()) - static_cast<int>(wrong.size());
    if (difference >= best || -difference >= best) continue;
    const int distance = EditDistance(wrong, name);
    if (distance < best) best = distance, found = name;
  }
  if (best > limit) return "";
  return Cat("did you mean \"", prefix, found, "\"?");
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  return severity == Severity::kError ? "error" : severity == Severity::kWarning ? "warning" : "note";
}

std::string Diagnostic::ToString() const {
  std::string out = file;
  if (line > 0) out += Cat(":", line, ":", column);
  out += Cat(": ", SeverityName(severity), " ", code, ": ", message);
  if (!hint.empty()) out += Cat(" (hint: ", hint, ")");
  return out;
}

void Report::Add(std::string_view code, Place place, std::string message, std::string hint) {
  Diagnostic d;
  d.severity = code.substr(0, 1) == "W" ? Severity::kWarning : Severity::kError;
  d.code = std::string(code);
  if (place.source != nullptr) {
    d.file = place.source->file();
    const LineColumn at = place.source->Locate(place.offset);
    d.line = at.line, d.column = at.column;
  }
  d.message = std::move(message);
  d.hint = std::move(hint);
  if (d.severity == Severity::kError) ++errors_;
  diagnostics_.push_back(std::move(d));
}

void Report::AddFile(std::string_view code, std::string file, std::string message, std::string hint) {
  Add(code, Place{}, std::move(message), std::move(hint));
  diagnostics_.back().file = std::move(file);
}

std::vector<Diagnostic> Report::Take() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return Key(a) < Key(b); });
  auto same = [](const Diagnostic& a, const Diagnostic& b) { return Key(a) == Key(b); };
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end(), same), diagnostics_.end());
  return std::move(diagnostics_);
}

int EditDistance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string DidYouMean(std::string_view wrong, std::span<const std::string> names, std::string_view prefix) {
  return Nearest(wrong, names, prefix);
}

std::string DidYouMean(std::string_view wrong, std::span<const std::string_view> names, std::string_view prefix) {
  return Nearest(wrong, names, prefix);
}

}  // namespace sekisho::compile
