// Signature blocks: any bytes are read or refused, and of a signed pack no edit is believed. Five bytes of the input
// each are an edit: where, and what to.
#include <cstring>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
#include "engine/pack/signature.h"
#include "fuzz/check.h"

using namespace sekisho;

namespace {

constexpr pack::Claim kClaim = {7, 20000, 20100};

pack::KeySeed Seed() {
  pack::KeySeed seed;
  seed.fill(1);
  return seed;
}

std::string SignedPack() {
  const std::string bare = compile::CompileFolder(SEKISHO_SOURCE_DIR "/tests/golden/base").pack;
  const auto pack = pack::Pack::FromString(bare);
  FUZZ_CHECK(pack.ok());
  return bare + pack::Sign((*pack)->raw_digest(), Seed(), kClaim);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string good = SignedPack();
  static const pack::Trust trust{{pack::PublicKeyOf(Seed())}, 7, 20100};
  pack::ReadSignature({reinterpret_cast<const char*>(data), size});
  std::string bytes = good;
  for (size_t i = 0; i + 5 <= size; i += 5) {
    uint32_t at = 0;
    std::memcpy(&at, data + i, 4);
    bytes[bytes.size() - 1 - at % bytes.size()] = static_cast<char>(data[i + 4]);  // from the end: the block is there
  }
  if (size % 5 == 1) bytes += static_cast<char>(data[size - 1]);
  const auto pack = pack::Pack::FromString(bytes);
  if (pack.ok()) FUZZ_CHECK((pack::Verify(**pack, trust).refusal == pack::Refusal::kNone) == (bytes == good));
  return 0;
}
