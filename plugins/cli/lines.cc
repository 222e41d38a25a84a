// Plain text: every line is an item's description, and there is no header.
#include "plugins/cli/readers.h"

namespace sekisho::cli {

namespace {

class ListReader : public LineReader {
 public:
  explicit ListReader(std::unique_ptr<Source> source) : LineReader(std::move(source)) {
    header_.names = {std::string(ColumnName(Column::kDescription))};
    header_.index[static_cast<size_t>(Column::kDescription)] = 0;
  }

 private:
  bool IsEmpty(std::string_view line) const override {  // also of nothing but spaces
    constexpr std::string_view kWideSpace = "\xE3\x80\x80";
    while (!line.empty()) {
      const bool wide = line.starts_with(kWideSpace);
      if (!wide && line.front() != ' ' && line.front() != '\t') return false;
      line.remove_prefix(wide ? kWideSpace.size() : 1);
    }
    return true;
  }

  void Fill(const std::string& line, Row& row) override {
    row.cells = {line};
    CheckRow(header_, row);
  }
};

}  // namespace

std::unique_ptr<RowReader> OpenLines(std::unique_ptr<Source> source) {
  return std::make_unique<ListReader>(std::move(source));
}

}  // namespace sekisho::cli
