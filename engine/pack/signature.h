// Signatures of packs: a block of fixed size behind the pack's last byte. It says who stands for this very pack
// (Ed25519 over its digest), which number it has in the row of packs of one publisher, and until when it may be used.
// docs/trust.md describes the bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pack/layout.h"

namespace sekisho::pack {

class Pack;

using PublicKey = std::array<uint8_t, 32>;
using KeySeed = std::array<uint8_t, 32>;  // secret: what an Ed25519 key pair is made of
using PackDigest = std::array<uint8_t, 32>;

inline constexpr size_t kSignatureSize = 160;
inline constexpr uint32_t kSignatureFormat = 1;

// What a signature says of a pack. `sequence`: a later pack of the publisher has a greater one. Days since 1970-01-01.
struct Claim {
  uint64_t sequence = 0;
  int32_t signed_on = 0;
  int32_t last_day = kOpenTo;  // the last day of use; kOpenTo: no end
};

struct Signature : Claim {
  PackDigest digest{};
  PublicKey key{};  // of the signer, as the block says; worth nothing by itself
  std::array<uint8_t, 64> bytes{};
};

// A new key pair's seed, of the system's randomness; and the public key of a seed.
KeySeed MakeSeed();
PublicKey PublicKeyOf(const KeySeed& seed);

// The block to append to a pack of that digest.
std::string Sign(const PackDigest& digest, const KeySeed& seed, const Claim& claim);

// The fields of a block; nothing when it is not one (size, magic, format). Nothing is verified.
std::optional<Signature> ReadSignature(std::string_view block);

struct Trust {                  // what a host asks of a pack
  std::vector<PublicKey> keys;  // any one of them
  uint64_t least_sequence = 0;
  int32_t today = 0;  // days since 1970-01-01
};

enum class Refusal { kNone, kUnsigned, kUntrustedKey, kBadSignature, kOlder, kExpired };
struct Verification {
  Refusal refusal = Refusal::kNone;
  std::string message;  // what is wrong and what to do, when it is refused
};
// In this order: signed at all, by a key of `trust`, for these bytes, not older than asked, not expired.
Verification Verify(const Pack& pack, const Trust& trust);

std::string Hex(const uint8_t* bytes, size_t size);
bool FromHex(std::string_view hex, std::array<uint8_t, 32>& out);

}  // namespace sekisho::pack
