// The readers of CSV, TSV, JSONL and plain lines: rows in order, each with its place; a row without an error has the
// header's cells, and they are text. The first byte of the input names the format, the rest is the file.
#include <sys/mman.h>
#include <unistd.h>

#include "engine/text/utf8.h"
#include "fuzz/check.h"
#include "plugins/cli/rows.h"

using namespace sekisho;

namespace {

void CheckRow(const cli::Header& header, const cli::Row& row) {
  FUZZ_CHECK(header.json || row.cells.size() == header.names.size());
  for (const std::string& cell : row.cells) FUZZ_CHECK(text::FindInvalidUtf8(cell) == std::string_view::npos);
  FUZZ_CHECK(text::FindInvalidUtf8(row.carried) == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static const int file = memfd_create("rows", 0);
  if (ftruncate(file, 0) != 0 || pwrite(file, data + 1, size - 1, 0) != static_cast<ssize_t>(size - 1)) return 0;
  std::string error;
  const auto format = static_cast<cli::InputFormat>(data[0] % 5);
  const auto reader = cli::OpenRows("/proc/self/fd/" + std::to_string(file), format, error);
  FUZZ_CHECK((reader == nullptr) == !error.empty());
  if (reader == nullptr) return 0;
  uint64_t number = 0, line = 0;
  for (cli::Row row; reader->Next(row);) {
    FUZZ_CHECK(row.number == ++number && row.line >= line);
    line = row.line;
    if (row.error.empty()) CheckRow(reader->header(), row);
  }
  return 0;
}
