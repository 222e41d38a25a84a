// Decision logs: whatever the bytes are, each line is reported once; lines that are good make the same bytes when they
// are sealed again, and agree with themselves. The first byte of the input says whether its lines are sealed first.
#include <sstream>

#include "fuzz/check.h"
#include "plugins/cli/differences.h"
#include "plugins/cli/record.h"

using namespace sekisho;

namespace {

// Every line that is an object, sealed.
std::string Sealed(const std::string& text) {
  std::istringstream in(text);
  std::string out, sum;
  for (std::string line; std::getline(in, line);) {
    const cli::LogJson body = cli::LogJson::parse(line, nullptr, false);
    if (body.is_object() && !body.empty()) out += cli::Seal(cli::Dump(body), sum);
  }
  return out;
}

void CheckBody(const cli::LogJson& body) {
  cli::Judging options;
  cli::Row row;
  cli::ReadRun(body, options);
  cli::ReadRow(body, row);
  FUZZ_CHECK(cli::Compare(body, body).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool sealed = (data[0] & 1) != 0;
  if (sealed) text = Sealed(text);
  std::istringstream in(text);
  cli::LogReader reader(in);
  uint64_t lines = 0;
  for (cli::LogLine line; reader.Next(line);) {
    FUZZ_CHECK(line.number == ++lines);
    FUZZ_CHECK(!sealed || line.state == cli::LineState::kGood);
    if (line.state == cli::LineState::kGood || line.state == cli::LineState::kUnlinked) CheckBody(line.body);
  }
  const auto ends = static_cast<uint64_t>(std::count(text.begin(), text.end(), '\n'));
  FUZZ_CHECK(lines == ends + (text.empty() || text.back() == '\n' ? 0 : 1));
  return 0;
}
