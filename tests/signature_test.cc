// Signatures of packs: each refusal for its own reason, and the bytes as docs/trust.md has them.
#include "engine/pack/signature.h"

#include <gmock/gmock.h>

#include <cstddef>
#include <cstring>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
#include "engine/pack/seal.h"

namespace sekisho::pack {
namespace {

constexpr char kBase[] = SEKISHO_SOURCE_DIR "/tests/golden/base";

const std::string& BasePack() {
  static const std::string pack = compile::CompileFolder(kBase).pack;
  return pack;
}

KeySeed SeedOf(uint8_t byte) {
  KeySeed seed;
  seed.fill(byte);
  return seed;
}

std::string SignedPack(const Claim& claim = {7, 20000, 20100}, uint8_t key = 1) {
  const auto pack = Pack::FromString(BasePack());
  return BasePack() + Sign((*pack)->raw_digest(), SeedOf(key), claim);
}

Trust TrustIn(uint8_t key) { return {{PublicKeyOf(SeedOf(9)), PublicKeyOf(SeedOf(key))}, 7, 20100}; }

Refusal RefusalOf(const std::string& bytes, const Trust& trust) {
  const auto pack = Pack::FromString(bytes);
  EXPECT_TRUE(pack.ok()) << pack.status().message();
  const Verification v = Verify(**pack, trust);
  EXPECT_EQ(v.message.empty(), v.refusal == Refusal::kNone);
  return v.refusal;
}

TEST(Signature, BelievedWhenAllFits) {
  EXPECT_EQ(RefusalOf(SignedPack(), TrustIn(1)), Refusal::kNone);
  EXPECT_EQ(RefusalOf(SignedPack({7, 20000, kOpenTo}), {{PublicKeyOf(SeedOf(1))}, 0, INT32_MAX}), Refusal::kNone);
}

TEST(Signature, EachRefusalHasItsReason) {
  EXPECT_EQ(RefusalOf(BasePack(), TrustIn(1)), Refusal::kUnsigned);
  EXPECT_EQ(RefusalOf(SignedPack(), TrustIn(2)), Refusal::kUntrustedKey);
  EXPECT_EQ(RefusalOf(SignedPack({6, 20000, 20100}), TrustIn(1)), Refusal::kOlder);
  EXPECT_EQ(RefusalOf(SignedPack({7, 20000, 20099}), TrustIn(1)), Refusal::kExpired);
}

TEST(Signature, PackKeepsItsDigestAndBytes) {
  const auto bare = Pack::FromString(BasePack()), with = Pack::FromString(SignedPack());
  EXPECT_EQ((*bare)->digest(), (*with)->digest());
  EXPECT_EQ((*bare)->bytes(), (*with)->bytes());
}

TEST(Signature, SigningIsReproducible) { EXPECT_EQ(SignedPack(), SignedPack()); }

// Every byte of the block that is altered makes it no block, an untrusted key's, or a bad signature: never another
// claim.
TEST(Signature, NoByteOfTheBlockCanBeAltered) {
  const std::string good = SignedPack();
  for (size_t i = 0; i < kSignatureSize; ++i) {
    std::string bad = good;
    bad[BasePack().size() + i] = static_cast<char>(bad[BasePack().size() + i] ^ 1);
    const auto pack = Pack::FromString(bad);
    if (i < 16) {
      EXPECT_EQ(pack.status().code(), absl::StatusCode::kDataLoss) << i;
    } else {
      const bool key = i >= 48 && i < 80;
      EXPECT_EQ(RefusalOf(bad, TrustIn(1)), key ? Refusal::kUntrustedKey : Refusal::kBadSignature) << i;
    }
  }
}

TEST(Signature, AnAlteredPackIsDamagedAndAnotherPackHasABadSignature) {
  std::string bad = SignedPack();
  bad[sizeof(Header) + 100] = static_cast<char>(bad[sizeof(Header) + 100] ^ 1);
  EXPECT_EQ(Pack::FromString(bad).status().code(), absl::StatusCode::kDataLoss);
  const std::string block = SignedPack().substr(BasePack().size());
  const auto other = Pack::Open(SEKISHO_PACK_PATH);
  ASSERT_TRUE(other.ok()) << other.status().message();
  EXPECT_EQ(RefusalOf(std::string((*other)->bytes()) + block, TrustIn(1)), Refusal::kBadSignature);
}

// The checksum guards against accidents alone: who alters the content mends it too. The digest under the signature does
// not fit then.
TEST(Signature, AlteredContentUnderAMendedChecksumIsABadSignature) {
  std::string pack = BasePack();
  const Header header = *reinterpret_cast<const Header*>(pack.data());
  pack[header.sections[static_cast<size_t>(Section::kStrings)].offset] ^= 1;
  const uint64_t checksum = Checksum(pack);
  std::memcpy(pack.data() + offsetof(Header, checksum), &checksum, sizeof(checksum));
  const auto opened = Pack::FromString(pack);
  ASSERT_TRUE(opened.ok()) << opened.status().message();
  EXPECT_EQ(RefusalOf(pack + Sign((*opened)->raw_digest(), SeedOf(1), {7, 20000, 20100}), TrustIn(1)),
            Refusal::kBadSignature);
}

TEST(Signature, CutBlocksAreDamage) {
  const std::string good = SignedPack();
  for (size_t cut = 1; cut < kSignatureSize; ++cut) {
    EXPECT_EQ(Pack::FromString(good.substr(0, good.size() - cut)).status().code(), absl::StatusCode::kDataLoss) << cut;
  }
}

// RFC 8032, section 7.1, TEST 1: the key pair is the standard's.
TEST(Signature, KeysAreThoseOfTheStandard) {
  KeySeed seed;
  ASSERT_TRUE(FromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", seed));
  const PublicKey key = PublicKeyOf(seed);
  EXPECT_EQ(Hex(key.data(), key.size()), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

TEST(Signature, HexIsExact) {
  KeySeed seed;
  EXPECT_FALSE(FromHex(std::string(62, 'a'), seed));
  EXPECT_FALSE(FromHex(std::string(66, 'a'), seed));
  EXPECT_FALSE(FromHex(std::string(63, 'a') + "g", seed));
}

}  // namespace
}  // namespace sekisho::pack
