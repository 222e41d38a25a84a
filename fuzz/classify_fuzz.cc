// A whole classification: evidence lies inside the caller's text, and the same input gives the same result twice. The
// first line is the description, the second the part number.
#include "engine/scanner.h"
#include "fuzz/check.h"

using namespace sekisho;

namespace {

std::vector<uint64_t> Shape(const decide::Result& r, const Item& item) {
  std::vector<uint64_t> out;
  for (const decide::ListVerdict& l : r.lists) {
    out.push_back(static_cast<uint64_t>(l.verdict));
    for (const decide::Candidate& c : l.candidates) {
      FUZZ_CHECK(c.verdict >= l.verdict);
      out.push_back(static_cast<uint64_t>(c.entry) << 8 | static_cast<uint64_t>(c.verdict));
      for (const decide::Evidence& e : c.evidence) {
        const std::string_view field = e.field == decide::Field::kPartNumber ? item.part_number : item.description;
        FUZZ_CHECK(e.begin < e.end && e.end <= field.size());
        out.push_back(static_cast<uint64_t>(e.begin) << 32 | e.end);
      }
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Scanner scanner(*pack::Pack::Open(SEKISHO_PACK_PATH), {});
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const size_t line = source.find('\n');
  Item item;
  item.description = source.substr(0, line);
  if (line != std::string_view::npos) item.part_number = source.substr(line + 1);
  const auto first = Shape(scanner.Classify(item, {}), item);
  FUZZ_CHECK(first == Shape(scanner.Classify(item, {}), item));
  return 0;
}
