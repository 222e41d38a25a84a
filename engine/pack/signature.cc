// The bytes of a signature block, and whether a pack may be believed.
#include "engine/pack/signature.h"

#include <sodium.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "engine/pack/pack.h"
#include "engine/pack/seal.h"

namespace sekisho::pack {
namespace {

// The block as it lies in the file, little-endian like the pack.
struct Block {
  char magic[8];
  uint32_t format, size;
  uint8_t digest[32];
  uint8_t key[32];
  uint64_t sequence;
  int32_t signed_on, last_day;
  uint8_t signature[64];
};
static_assert(sizeof(Block) == kSignatureSize && offsetof(Block, signature) == 96);
constexpr char kSignatureMagic[8] = {'S', 'E', 'K', 'I', 'S', 'I', 'G', '\n'};
constexpr std::string_view kPurpose =
    "Sekisho pack signature";  // no signature of anything else can be passed off as one

std::string Message(const Block& block) {
  std::string message(kPurpose);
  message.append(reinterpret_cast<const char*>(&block), offsetof(Block, signature));
  return message;
}

const unsigned char* Bytes(const std::string& s) { return reinterpret_cast<const unsigned char*>(s.data()); }

Block ToBlock(const Signature& s) {
  Block block{};
  std::memcpy(block.magic, kSignatureMagic, sizeof(block.magic));
  block.format = kSignatureFormat;
  block.size = kSignatureSize;
  std::copy(s.digest.begin(), s.digest.end(), block.digest);
  std::copy(s.key.begin(), s.key.end(), block.key);
  block.sequence = s.sequence;
  block.signed_on = s.signed_on;
  block.last_day = s.last_day;
  std::copy(s.bytes.begin(), s.bytes.end(), block.signature);
  return block;
}

bool IsGenuine(const Signature& s) {
  const std::string message = Message(ToBlock(s));
  return crypto_sign_verify_detached(s.bytes.data(), Bytes(message), message.size(), s.key.data()) == 0;
}

std::string Date(int32_t days) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  char text[32];
  const int size = std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {text, static_cast<size_t>(size)};
}

}  // namespace

KeySeed MakeSeed() {
  if (sodium_init() < 0) std::abort();  // no source of randomness: there is no key to give out
  KeySeed seed;
  randombytes_buf(seed.data(), seed.size());
  return seed;
}

PublicKey PublicKeyOf(const KeySeed& seed) {
  PublicKey key;
  unsigned char secret[crypto_sign_SECRETKEYBYTES];
  crypto_sign_seed_keypair(key.data(), secret, seed.data());
  sodium_memzero(secret, sizeof(secret));
  return key;
}

std::string Sign(const PackDigest& digest, const KeySeed& seed, const Claim& claim) {
  Signature s;
  static_cast<Claim&>(s) = claim;
  s.digest = digest;
  unsigned char secret[crypto_sign_SECRETKEYBYTES];
  crypto_sign_seed_keypair(s.key.data(), secret, seed.data());
  const std::string message = Message(ToBlock(s));
  crypto_sign_detached(s.bytes.data(), nullptr, Bytes(message), message.size(), secret);
  sodium_memzero(secret, sizeof(secret));
  const Block block = ToBlock(s);
  return std::string(reinterpret_cast<const char*>(&block), sizeof(block));
}

std::optional<Signature> ReadSignature(std::string_view bytes) {
  Block block;
  if (bytes.size() != sizeof(block)) return std::nullopt;
  std::memcpy(&block, bytes.data(), sizeof(block));
  if (std::memcmp(block.magic, kSignatureMagic, sizeof(block.magic)) != 0 || block.format != kSignatureFormat ||
      block.size != kSignatureSize)
    return std::nullopt;
  Signature s;
  std::copy(std::begin(block.digest), std::end(block.digest), s.digest.begin());
  std::copy(std::begin(block.key), std::end(block.key), s.key.begin());
  std::copy(std::begin(block.signature), std::end(block.signature), s.bytes.begin());
  s.sequence = block.sequence;
  s.signed_on = block.signed_on;
  s.last_day = block.last_day;
  return s;
}

Verification Verify(const Pack& pack, const Trust& trust) {
  const std::optional<Signature>& s = pack.signature();
  if (!s.has_value()) {
    return {Refusal::kUnsigned, "the pack is not signed, and a signed one is demanded (hint: sekisho taxonomy sign)"};
  }
  if (std::find(trust.keys.begin(), trust.keys.end(), s->key) == trust.keys.end()) {
    return {Refusal::kUntrustedKey, absl::StrCat("the pack is signed with key ", Hex(s->key.data(), s->key.size()),
                                                 ", which is not trusted here (hint: trusted keys are ",
                                                 trust.keys.size(), "; ask the publisher which key is theirs)")};
  }
  if (s->digest != pack.raw_digest() || s->digest != Digest(pack.bytes()) || !IsGenuine(*s)) {
    return {Refusal::kBadSignature,
            "the signature does not fit the pack: one of them was altered after signing (hint: fetch the pack again "
            "from its publisher)"};
  }
  if (s->sequence < trust.least_sequence) {
    return {Refusal::kOlder,
            absl::StrCat("the pack has sequence number ", s->sequence, ", and at least ", trust.least_sequence,
                         " is demanded: an older taxonomy would undo an update (hint: sign it anew "
                         "with a greater number if going back is meant)")};
  }
  if (trust.today > s->last_day) {
    return {Refusal::kExpired, absl::StrCat("the pack was to be used until ", Date(s->last_day), ", and today is ",
                                            Date(trust.today), " (hint: get the publisher's current pack)")};
  }
  return {};
}

std::string Hex(const uint8_t* bytes, size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * size);
  for (size_t i = 0; i < size; ++i) out.append({kDigits[bytes[i] >> 4], kDigits[bytes[i] & 15]});
  return out;
}

bool FromHex(std::string_view hex, std::array<uint8_t, 32>& out) {
  size_t size = 0;
  return hex.size() == 64 &&
         sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, &size, nullptr) == 0 &&
         size == out.size();
}

}  // namespace sekisho::pack
