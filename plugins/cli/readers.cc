// What the readers have in common: the header, lines, and what makes a row malformed.
#include "plugins/cli/readers.h"

#include "plugins/cli/text.h"

namespace sekisho::cli {

namespace {

std::string Quoted(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    if (out.size() > 200) return out + ", …";
    out += (out.empty() ? "\"" : ", \"") + name.substr(0, 60) + "\"";
  }
  return out;
}

// A first line that was split by the wrong character.
std::string FormatHint(const std::vector<std::string>& names) {
  if (names.size() == 1 && names[0].find('\t') != names[0].npos) return "is this a TSV file? Then add --input tsv";
  if (names.size() == 1 && names[0].find(',') != names[0].npos) return "is this a CSV file? Then add --input csv";
  if (names.size() == 1 && names[0].find(';') != names[0].npos) return "the separator of CSV is the comma";
  if (!names.empty() && names[0].find('{') != names[0].npos) return "is this a JSONL file? Then add --input jsonl";
  const std::string rename =
      "the first line names the columns; rename the one that holds the item's name to description";
  return names.size() == 1 ? rename + "; is this a plain list, an item a line? Then add --input lines" : rename;
}

std::string TextFault(std::string_view text) {
  if (const size_t at = text.find('\0'); at != text.npos) {
    return "a NUL byte at byte " + std::to_string(at + 1) +
           " (hint: is this UTF-16 or a binary file? Save it as UTF-8)";
  }
  if (const size_t at = FindInvalidUtf8(text); at != text.npos) {
    return "not UTF-8 at byte " + std::to_string(at + 1) +
           " (hint: save the file as UTF-8; is it Shift_JIS or Latin-1?)";
  }
  return "";
}

}  // namespace

bool ReadHeader(const std::string& file, uint64_t line, std::vector<std::string> names, Header& out,
                std::string& error) {
  const std::string place = file + ":" + std::to_string(line) + ": ";
  for (size_t i = 0; i < names.size(); ++i) {
    if (const std::string fault = TextFault(names[i]); !fault.empty()) {
      error = place + "the header: " + fault;
      return false;
    }
    const std::optional<Column> column = FindColumn(names[i]);
    if (!column.has_value()) continue;
    int& index = out.index[static_cast<size_t>(*column)];
    if (index >= 0) {
      error = place + "two columns \"" + std::string(ColumnName(*column)) + "\" (hint: rename one of them)";
      return false;
    }
    index = static_cast<int>(i);
  }
  const auto has = [&](Column column) { return out.index[static_cast<size_t>(column)] >= 0; };
  if (!has(Column::kDescription) && !has(Column::kPartNumber)) {
    error = place + "no column \"description\" (nor \"part_number\"); the columns are " + Quoted(names) +
            " (hint: " + FormatHint(names) + ")";
    return false;
  }
  out.names = std::move(names);
  return true;
}

bool LineReader::Next(Row& row) {
  bool too_long = false;
  do {
    row = Row();
    row.line = source_->line();
    if (!source_->NextLine(line_, too_long)) return false;
  } while (!too_long && IsEmpty(line_));
  row.number = ++count_;
  if (too_long) {
    row.error = kTooLong;
  } else {
    Fill(line_, row);
  }
  return true;
}

void CheckRow(const Header& header, Row& row) {
  if (!row.error.empty()) return;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    std::string fault = TextFault(row.cells[i]);
    if (fault.empty()) continue;
    row.error =
        (i < header.names.size() ? "column " + header.names[i] : "column " + std::to_string(i + 1)) + ": " + fault;
    return;
  }
  if (row.cells.size() != header.names.size()) {
    row.error = "the row has " + std::to_string(row.cells.size()) + " columns, the header has " +
                std::to_string(header.names.size()) + " (hint: a separator too few or too many)";
  }
}

}  // namespace sekisho::cli
