// Column names, and which reader an input gets.
#include "plugins/cli/rows.h"

#include <algorithm>

#include "plugins/cli/readers.h"
#include "plugins/cli/source.h"

namespace sekisho::cli {

namespace {

constexpr std::array<std::string_view, kColumns> kNames = {
    "id",         "description", "part_number", "nsn",   "manufacturer", "kind",
    "attributes", "origin",      "destination", "as_of", "classified",
};

bool EndsWith(const std::string& path, std::string_view suffix) {
  if (path.size() < suffix.size()) return false;
  return std::equal(suffix.rbegin(), suffix.rend(), path.rbegin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b - 'A' + 'a' : b); });
}

// Whether the first line of a file is a header: one of its cells names a column that an item can be judged by.
bool NamesColumns(std::string_view line, char separator) {
  while (true) {
    const size_t end = line.find(separator);
    std::string_view cell = line.substr(0, end);
    if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') cell = cell.substr(1, cell.size() - 2);
    const std::optional<Column> column = FindColumn(cell);
    if (column == Column::kDescription || column == Column::kPartNumber) return true;
    if (end == line.npos) return false;
    line.remove_prefix(end + 1);
  }
}

// By the name's ending; otherwise by the first line. A .txt is a table if it begins as one.
InputFormat Guess(const std::string& path, const Source& source) {
  if (EndsWith(path, ".csv")) return InputFormat::kCsv;
  if (EndsWith(path, ".tsv") || EndsWith(path, ".tab")) return InputFormat::kTsv;
  if (EndsWith(path, ".jsonl") || EndsWith(path, ".ndjson")) return InputFormat::kJsonl;
  std::string_view start = source.ahead().substr(0, source.ahead().find('\n'));
  if (start.ends_with('\r')) start.remove_suffix(1);
  const size_t first = start.find_first_not_of(" \t\r");
  if (first != start.npos && start[first] == '{') return InputFormat::kJsonl;
  if (start.find('\t') != start.npos) return InputFormat::kTsv;
  return EndsWith(path, ".txt") && !NamesColumns(start, ',') ? InputFormat::kLines : InputFormat::kCsv;
}

}  // namespace

std::string_view ColumnName(Column column) { return kNames[static_cast<size_t>(column)]; }

std::optional<Column> FindColumn(std::string_view name) {
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  std::string folded(name);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  const auto* found = std::find(kNames.begin(), kNames.end(), folded);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Column>(found - kNames.begin());
}

std::unique_ptr<RowReader> OpenRows(const std::string& path, InputFormat format, std::string& error) {
  auto source = std::make_unique<Source>();
  if (!source->Open(path)) {
    error = source->error();
    return nullptr;
  }
  if (source->ahead().empty()) {
    error = source->name() + " is empty (hint: " +
            (format == InputFormat::kLines || EndsWith(path, ".txt")
                 ? "one item a line)"
                 : "the first line names the columns, at least description)");
    return nullptr;
  }
  if (format == InputFormat::kGuess) format = Guess(path, *source);
  std::unique_ptr<RowReader> reader;
  if (format == InputFormat::kJsonl) {
    reader = OpenJsonl(std::move(source), error);
  } else if (format == InputFormat::kLines) {
    reader = OpenLines(std::move(source));
  } else if (format == InputFormat::kTsv) {
    reader = OpenTsv(std::move(source), error);
  } else {
    reader = OpenCsv(std::move(source), error);
  }
  return reader;
}

}  // namespace sekisho::cli
