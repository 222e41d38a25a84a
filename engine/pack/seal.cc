#include "engine/pack/seal.h"

#include <sodium.h>

#include <cstddef>
#include <cstring>

#define XXH_INLINE_ALL  // no library to load, no symbol to clash
#include <xxhash.h>

#include "engine/pack/layout.h"

namespace sekisho::pack {
namespace {

constexpr size_t kSums = offsetof(Header, digest), kAfter = offsetof(Header, checksum) + sizeof(Header::checksum);
static_assert(kAfter - kSums == 40);
constexpr unsigned char kZeros[kAfter - kSums] = {};

}  // namespace

std::array<uint8_t, 32> Digest(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, p, kSums);
  crypto_hash_sha256_update(&state, kZeros, sizeof(kZeros));
  crypto_hash_sha256_update(&state, p + kAfter, bytes.size() - kAfter);
  std::array<uint8_t, 32> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return digest;
}

uint64_t Checksum(std::string_view bytes) {
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  XXH3_64bits_update(&state, bytes.data(), offsetof(Header, checksum));
  XXH3_64bits_update(&state, kZeros, sizeof(Header::checksum));
  XXH3_64bits_update(&state, bytes.data() + kAfter, bytes.size() - kAfter);
  return XXH3_64bits_digest(&state);
}

void Seal(std::string& bytes) {
  const auto digest = Digest(bytes);
  std::memcpy(bytes.data() + offsetof(Header, digest), digest.data(), digest.size());
  const uint64_t checksum = Checksum(bytes);
  std::memcpy(bytes.data() + offsetof(Header, checksum), &checksum, sizeof(checksum));
}

}  // namespace sekisho::pack
