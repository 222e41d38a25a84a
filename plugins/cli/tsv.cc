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

class TsvReader : public RowReader {
 public:
  explicit TsvReader(std::unique_ptr<Source> source) : source_(std::move(source)) {}

  bool Start(std::string& error) {
    std::string line;
    bool too_long = false;
    const uint64_t number = source_->line();
    source_->NextLine(line, too_long);
    return ReadHeader(source_->name(), number, Split(line), header_, error);
  }

  const Header& header() const override { return header_; }
  std::string error() const override { return source_->error(); }

  bool Next(Row& row) override {
    bool too_long = false;
    do {
      row = Row();
      row.line = source_->line();
      if (!source_->NextLine(line_, too_long)) return false;
    } while (line_.empty());
    row.number = ++count_;
    if (too_long) {
      row.error = kTooLong;
      return true;
    }
    row.cells = Split(line_);
    CheckRow(header_, row);
    return true;
  }

 private:
  std::unique_ptr<Source> source_;
  Header header_;
  std::string line_;
  uint64_t count_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> OpenTsv(std::unique_ptr<Source> source, std::string& error) {
  auto reader = std::make_unique<TsvReader>(std::move(source));
  if (!reader->Start(error)) return nullptr;
  return reader;
}

}  // namespace sekisho::cli
