// CSV after RFC 4180: quotes, commas and line ends inside quotes. A quote inside an unquoted cell (5" gun) is taken as
// it stands. After a broken row reading goes on with the line that follows the row's first, so that one quote does not
// swallow the rest.
#include "plugins/cli/readers.h"

namespace sekisho::cli {

namespace {

enum class Parse { kRow, kMoreNeeded, kBroken };

// One row from the start of `text`. `ended`: no more bytes will come.
class RowParser {
 public:
  RowParser(std::string_view text, bool ended) : text_(text), ended_(ended) {}

  Parse Run(std::vector<std::string>& cells) {
    cells.clear();
    for (;;) {
      std::string cell;
      const Parse parse = at_ < text_.size() && text_[at_] == '"' ? Quoted(cell) : Plain(cell);
      if (parse != Parse::kRow) return parse;
      cells.push_back(std::move(cell));
      if (at_ >= text_.size()) return ended_ ? Parse::kRow : Parse::kMoreNeeded;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      at_ += text_[at_] == '\r' ? 2 : 1;
      return Parse::kRow;
    }
  }
  size_t size() const { return at_; }
  const char* fault() const { return fault_; }

 private:
  // At a line end: LF, or CR LF. A CR that is the last byte so far may be either.
  bool AtLineEnd() const {
    return text_[at_] == '\n' || (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  Parse Plain(std::string& cell) {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && !AtLineEnd()) ++at_;
    if (at_ == text_.size() && !ended_) return Parse::kMoreNeeded;
    cell = text_.substr(begin, at_ - begin);
    if (at_ == text_.size() && !cell.empty() && cell.back() == '\r') cell.pop_back();
    return Parse::kRow;
  }

  Parse Quoted(std::string& cell) {
    ++at_;
    for (;;) {
      const size_t quote = text_.find('"', at_);
      if (quote == text_.npos) return Unfinished("a quote is opened and never closed (hint: add the closing quote)");
      cell += text_.substr(at_, quote - at_);
      at_ = quote + 1;
      if (at_ == text_.size()) return ended_ ? Parse::kRow : Parse::kMoreNeeded;
      if (text_[at_] == ',' || AtLineEnd()) return Parse::kRow;
      if (text_[at_] == '\r' && at_ + 1 == text_.size()) return ended_ ? (++at_, Parse::kRow) : Parse::kMoreNeeded;
      if (text_[at_] != '"') return Broken("text after a closing quote (hint: inside quotes, write a quote twice)");
      cell += '"';
      ++at_;
    }
  }

  Parse Unfinished(const char* fault) {
    if (!ended_) return Parse::kMoreNeeded;
    return Broken(fault);
  }
  Parse Broken(const char* fault) {
    fault_ = fault;
    return Parse::kBroken;
  }

  std::string_view text_;
  bool ended_;
  size_t at_ = 0;
  const char* fault_ = "";
};

class CsvReader : public RowReader {
 public:
  explicit CsvReader(std::unique_ptr<Source> source) : source_(std::move(source)) {}

  bool Start(std::string& error) {
    Row row;
    const std::string place = source_->name() + ":" + std::to_string(source_->line()) + ": ";
    if (!Read(row) || !row.error.empty()) {
      error = place + "the header: " + (row.error.empty() ? "no line names the columns" : row.error);
      return false;
    }
    return ReadHeader(source_->name(), row.line, std::move(row.cells), header_, error);
  }

  const Header& header() const override { return header_; }
  std::string error() const override { return source_->error(); }

  bool Next(Row& row) override {
    if (!Read(row)) return false;
    row.number = ++count_;
    CheckRow(header_, row);
    return true;
  }

 private:
  // The next row that is not an empty line; broken ones have `error` set.
  bool Read(Row& row) {
    bool ended = false;
    for (;;) {
      row = Row();
      row.line = source_->line();
      if (source_->ahead().empty() && !source_->More()) return false;
      RowParser parser(source_->ahead(), ended);
      const Parse parse = parser.Run(row.cells);
      if (parse == Parse::kRow) {
        Finish(row, parser.size());
        if (row.cells.size() == 1 && row.cells[0].empty()) continue;  // an empty line
        return true;
      }
      const bool too_long = source_->ahead().size() > kMaxRowBytes;
      if (parse == Parse::kBroken || too_long) {
        row.error = too_long ? kTooLong : parser.fault();
        row.cells.clear();
        source_->SkipLine();
        return true;
      }
      if (!source_->More()) ended = true;
    }
  }

  // A row over several lines with the wrong number of cells is most likely one stray quote: only its first line is
  // given up.
  void Finish(Row& row, size_t size) {
    const bool lines = source_->ahead().substr(0, size > 0 ? size - 1 : 0).find('\n') != std::string_view::npos;
    if (lines && !header_.names.empty() && row.cells.size() != header_.names.size()) {
      row.error = "the quotes join several lines into a row of " + std::to_string(row.cells.size()) +
                  " columns, the header has " + std::to_string(header_.names.size()) +
                  " (hint: a quote too many or too few)";
      row.cells.clear();
      return source_->SkipLine();
    }
    source_->Consume(size);
    if (size > kMaxRowBytes) {
      row.error = kTooLong;
      row.cells.clear();
    }
  }

  std::unique_ptr<Source> source_;
  Header header_;
  uint64_t count_ = 0;
};

}  // namespace

std::unique_ptr<RowReader> OpenCsv(std::unique_ptr<Source> source, std::string& error) {
  auto reader = std::make_unique<CsvReader>(std::move(source));
  if (!reader->Start(error)) return nullptr;
  return reader;
}

}  // namespace sekisho::cli
