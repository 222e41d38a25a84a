// Plain text: every line is an item's description, and there is no header.
#include "plugins/cli/readers.h"

namespace sekisho::cli {

namespace {

bool IsBlank(std::string_view line) {
  constexpr std::string_view kWideSpace = "\xE3\x80\x80";
  while (!line.empty()) {
    const bool wide = line.starts_with(kWideSpace);
    if (!wide && line.front() != ' ' && line.front() != '\t') return false;
    line.remove_prefix(wide ? kWideSpace.size() : 1);
  }
  return true;
}

class LineReader : public RowReader {
 public:
  explicit LineReader(std::unique_ptr<Source> source) : source_(std::move(source)) {
    header_.names = {std::string(ColumnName(Column::kDescription))};
    header_.index[static_cast<size_t>(Column::kDescription)] = 0;
  }

  const Header& header() const override { return header_; }
  std::string error() const override { return source_->error(); }

  bool Next(Row& row) override {
    bool too_long = false;
    do {
      row = Row();
      row.line = source_->line();
      if (!source_->NextLine(line_, too_long)) return false;
    } while (!too_long && IsBlank(line_));
    row.number = ++count_;
    if (too_long) {
      row.error = kTooLong;
      return true;
    }
    row.cells = {line_};
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

std::unique_ptr<RowReader> OpenLines(std::unique_ptr<Source> source) {
  return std::make_unique<LineReader>(std::move(source));
}

}  // namespace sekisho::cli
