// The pack loader: whatever bytes it accepts can be classified with. A prefix of the input says which bytes of a good
// pack to overwrite, so that the digest, the bounds and the tables all get their share; the digest is made right again
// for half of the inputs.
#include <cstring>

#include "engine/compile/compile.h"
#include "engine/pack/seal.h"
#include "engine/scanner.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string good = compile::CompileFolder(SEKISHO_SOURCE_DIR "/tests/golden/base").pack;
  if (size < 6 || good.empty()) return 0;
  std::string bytes = good;
  const bool sign = (data[0] & 1) != 0;
  for (size_t i = 1; i + 5 <= size; i += 5) {
    uint32_t at = 0;
    std::memcpy(&at, data + i, 4);
    bytes[at % bytes.size()] = static_cast<char>(data[i + 4]);
  }
  if (data[0] & 2) bytes.resize(bytes.size() - size % 64);
  if (sign && bytes.size() > sizeof(pack::Header)) pack::Seal(bytes);
  auto pack = pack::Pack::FromString(std::move(bytes));
  if (!pack.ok()) return 0;
  Scanner scanner(*pack, {});
  for (const char* line : {"m2 browning machine gun, 12.7 mm", "ＭＡＣＨＩＮＥ　ＧＵＮ", "sarin 107-44-8 F-16"}) {
    Item item;
    item.description = line;
    scanner.Classify(item, {});
  }
  return 0;
}
