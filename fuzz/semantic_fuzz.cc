// The semantic fuzzer: real items, rewritten in ways that say the same, must keep every verdict. The input is no text
// but a program: two bytes choose the item, one the noise behind it, and three each a rewriting, its place and its
// kind. SEKISHO_FUZZ_ITEMS names a TSV file of items of your own; otherwise the bundled sample is used.
#include <cstdlib>
#include <fstream>

#include "engine/scanner.h"
#include "fuzz/check.h"
#include "fuzz/rewritings.h"

using namespace sekisho;

namespace {

struct Named {
  std::string description, part_number;
};

std::vector<Named> ReadItems() {
  const char* own = std::getenv("SEKISHO_FUZZ_ITEMS");
  std::ifstream in(own != nullptr ? own : SEKISHO_SOURCE_DIR "/taxonomy/sample/items.tsv");
  std::vector<Named> items;
  std::string line;
  std::getline(in, line);  // id, description, part_number
  while (std::getline(in, line)) {
    const size_t description = line.find('\t') + 1, part_number = line.find('\t', description) + 1;
    if (description == 0 || part_number == 0) continue;
    items.push_back({line.substr(description, part_number - 1 - description),
                     line.substr(part_number, line.find('\t', part_number) - part_number)});
  }
  FUZZ_CHECK(!items.empty());
  return items;
}

std::string Verdicts(Scanner& scanner, const std::string& description, const std::string& part_number) {
  Item item;
  item.description = description;
  item.part_number = part_number;
  const pack::Pack& pack = scanner.pack();
  std::string out;
  for (const decide::ListVerdict& list : scanner.Classify(item, {}).lists) {
    out.append(pack.text(pack.lists()[list.list].id)).append(" ").append(decide::VerdictName(list.verdict));
    for (const decide::Candidate& c : list.candidates) {
      out.append(", ").append(pack.text(pack.entries()[c.entry].designator)).append(" ");
      out.append(decide::VerdictName(c.verdict));
    }
    out += "\n";
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::vector<Named> items = ReadItems();
  static Scanner scanner(*pack::Pack::Open(SEKISHO_PACK_PATH), {});
  if (size < 3) return 0;
  const Named& item = items[(data[0] | data[1] << 8) % items.size()];
  std::u32string line = fuzz::FromUtf8(item.description);
  for (size_t i = 3; i + 3 <= size && i < 3 + 3 * 32; i += 3) {
    fuzz::Rewrite(line, data[i] % fuzz::kRewritings, data[i + 1], data[i + 2]);
  }
  fuzz::AddNoise(line, data[2]);
  const std::string rewritten = fuzz::ToUtf8(line);
  const std::string before = Verdicts(scanner, item.description, item.part_number);
  const std::string after = Verdicts(scanner, rewritten, item.part_number);
  if (before == after) return 0;
  std::fprintf(stderr, "the verdicts change:\n%s\n%s%s\n%s", item.description.c_str(), before.c_str(),
               rewritten.c_str(), after.c_str());
  std::abort();
}
