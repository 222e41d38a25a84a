// The readers of the formats, and what CSV and TSV have in common.
#pragma once

#include <memory>
#include <string>
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

// Sets row.error if the cells do not fit the header or hold what no text holds.
void CheckRow(const Header& header, Row& row);

inline constexpr char kTooLong[] = "the row is longer than 1 MiB (hint: is a line end or a closing quote missing?)";

}  // namespace sekisho::cli
