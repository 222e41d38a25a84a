// Rows of items, as the readers give them and the writers take them, whatever the file's format is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::cli {

enum class Column {
  kId,
  kDescription,
  kPartNumber,
  kNsn,
  kManufacturer,
  kKind,
  kAttributes,
  kOrigin,
  kDestination,
  kAsOf,
  kClassified,
};
inline constexpr size_t kColumns = static_cast<size_t>(Column::kClassified) + 1;
std::string_view ColumnName(Column column);
// "Part Number" is "part_number", too.
std::optional<Column> FindColumn(std::string_view name);

struct Header {
  std::vector<std::string> names;   // of all cells of a row, as the file writes them
  std::array<int, kColumns> index;  // the cell of a known column; -1: the file has none
  bool json = false;                // JSONL: rows may carry keys besides
  Header() { index.fill(-1); }
};

struct Row {
  uint64_t line = 0;               // where it starts in the file, from 1
  uint64_t number = 0;             // among the rows, from 1: its id if it has none
  std::vector<std::string> cells;  // in order of the header
  std::string carried;             // JSONL: the keys that we do not know, as a JSON object; or empty
  std::string error;               // not empty: malformed, and why
};

inline std::string_view Cell(const Header& header, const Row& row, Column column) {
  const int i = header.index[static_cast<size_t>(column)];
  return i >= 0 && static_cast<size_t>(i) < row.cells.size() ? std::string_view(row.cells[static_cast<size_t>(i)])
                                                             : std::string_view();
}

class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual const Header& header() const = 0;
  // False at the end, or when the input cannot be read any further: then error() says why.
  virtual bool Next(Row& row) = 0;
  virtual std::string error() const = 0;
};

enum class InputFormat { kGuess, kCsv, kTsv, kJsonl, kLines };

// Opens `path` ("-": standard input). Null with `error` set: no such file, a directory, empty, no usable columns.
std::unique_ptr<RowReader> OpenRows(const std::string& path, InputFormat format, std::string& error);

inline constexpr size_t kMaxRowBytes = 1 << 20;  // longer rows are malformed

}  // namespace sekisho::cli
