// TSV: tab and line end separate, nothing is quoted.
#include "plugins/cli/readers.h"

namespace sekisho::cli {

namespace {

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> cells;
  size_t begin = 0;
  for (size_t tab; (tab = line.find('\t', begin)) != line.npos; begin = tab + 1) {
    cells.emplace_back(line, begin, tab - begin);
  }
  cells.emplace_back(line, begin);
  return cells;
}

class TsvReader : public LineReader {
 public:
  explicit TsvReader(std::unique_ptr<Source> source) : LineReader(std::move(source)) {}

  bool Start(std::string& error) {
    std::string line;
    bool too_long = false;
    const uint64_t number = source_->line();
    source_->NextLine(line, too_long);
    return ReadHeader(source_->name(), number, Split(line), header_, error);
  }

 private:
  void Fill(const std::string& line, Row& row) override {
    row.cells = Split(line);
    CheckRow(header_, row);
  }
};

}  // namespace

std::unique_ptr<RowReader> OpenTsv(std::unique_ptr<Source> source, std::string& error) {
  auto reader = std::make_unique<TsvReader>(std::move(source));
  if (!reader->Start(error)) return nullptr;
  return reader;
}

}  // namespace sekisho::cli
