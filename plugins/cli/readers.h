// The readers of the formats, and what CSV and TSV have in common.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/cli/rows.h"
#include "plugins/cli/source.h"

namespace sekisho::cli {

std::unique_ptr<RowReader> OpenCsv(std::unique_ptr<Source> source, std::string& error);
std::unique_ptr<RowReader> OpenTsv(std::unique_ptr<Source> source, std::string& error);
std::unique_ptr<RowReader> OpenJsonl(std::unique_ptr<Source> source, std::string& error);
std::unique_ptr<RowReader> OpenLines(std::unique_ptr<Source> source);

// The header of a file from the cells of its first line. False with `error` set.
bool ReadHeader(const std::string& file, uint64_t line, std::vector<std::string> names, Header& out,
                std::string& error);

// The reader of a format in which every line is a row: lines with their places, empty ones passed over.
class LineReader : public RowReader {
 public:
  const Header& header() const final { return header_; }
  std::string error() const final { return source_->error(); }
  bool Next(Row& row) final;

 protected:
  explicit LineReader(std::unique_ptr<Source> source) : source_(std::move(source)) {}
  virtual bool IsEmpty(std::string_view line) const { return line.empty(); }
  virtual void Fill(const std::string& line, Row& row) = 0;  // cells, or an error

  std::unique_ptr<Source> source_;
  Header header_;

 private:
  std::string line_;
  uint64_t count_ = 0;
};

// Sets row.error if the cells do not fit the header or hold what no text holds.
void CheckRow(const Header& header, Row& row);

inline constexpr char kTooLong[] = "the row is longer than 1 MiB (hint: is a line end or a closing quote missing?)";

}  // namespace sekisho::cli
