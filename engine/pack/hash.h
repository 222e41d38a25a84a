// The hashes of the pack's tables. They are part of the file format.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace sekisho::pack {

class TokenHash {  // FNV-1a with a final mix; a word's beginnings on the way
 public:
  void Add(char c) { h_ = (h_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ull; }
  uint32_t Value() const { return static_cast<uint32_t>((h_ ^ h_ >> 32) * 0x9E3779B1u); }

 private:
  uint64_t h_ = 0xcbf29ce484222325ull;
};

inline uint32_t HashToken(std::string_view text) {
  TokenHash hash;
  for (const char c : text) hash.Add(c);
  return hash.Value();
}

// ---- the gate (text::Gate, compile/gate.h): keys of words and characters, and sets of them -------------------------

// Multiply and fold, twice: every bit of either number tells in the upper 40 bits, and those below are not for use.
inline constexpr uint64_t kMixFirst = 0xBF58476D1CE4E5B9, kMixSecond = 0xD6E8FEB86659FD93,
                          kMixLast = 0x9E3779B97F4A7C15;
inline uint64_t Mix(uint64_t a, uint64_t b) {
  const uint64_t h = a * kMixFirst ^ b * kMixSecond;
  return (h ^ h >> 32) * kMixLast;
}

// A word without its last letters s, e, i, y: the same for a word and its plural, however that is built
// (text::Singular). Keys do not tell capitals from small letters.
constexpr bool EndsStem(char c) {
  return (c | 0x20) == 's' || (c | 0x20) == 'e' || (c | 0x20) == 'i' || (c | 0x20) == 'y';
}

// The first bytes of a word, up to eight, in small letters.
inline uint64_t FirstBytes(std::string_view word) {
  uint64_t bytes = 0;
  const size_t size = word.size() < sizeof(bytes) ? word.size() : sizeof(bytes);
  std::memcpy(&bytes, word.data(), size);
  return size == 0 ? 0 : bytes | 0x2020202020202020u >> (64 - 8 * size);
}

// Keys are numbers of 64 bits. A stem's is of its first sixteen bytes.
inline uint64_t StemKey(uint64_t first_bytes, uint64_t next_bytes) { return Mix(first_bytes, next_bytes); }
inline uint64_t StemKey(std::string_view word) {
  while (!word.empty() && EndsStem(word.back())) word.remove_suffix(1);
  return StemKey(FirstBytes(word), FirstBytes(word.substr(std::min<size_t>(word.size(), 8))));
}
inline uint64_t CharacterKey(uint32_t code) { return Mix(code, 1); }
inline uint64_t NeighboursKey(uint32_t first, uint32_t second) { return Mix(uint64_t{first} << 32 | second, 2); }
inline uint64_t PairKey(uint64_t a, uint64_t b) { return Mix(a + b, a ^ b); }

// How a designator may begin: the first bytes of its first token, and, where that is shorter, the first byte of the
// next token, kStartEnd where it may end there, or kStartAny for any of these.
inline constexpr size_t kStartBytes = 4;
inline constexpr unsigned char kStartEnd = 0, kStartAny = 1;
constexpr uint64_t StartTag(unsigned char next) { return uint64_t{3} << 8 | next; }
inline uint64_t StartKey(uint64_t first_bytes, unsigned char next) {
  return Mix(first_bytes & 0xFFFFFFFF, StartTag(next));
}
inline uint64_t StartKey(std::string_view token, unsigned char next) { return StartKey(FirstBytes(token), next); }

// A set of keys that may say yes to others: two bits of one word for each. None of the sets that are asked is empty.
inline uint64_t KeyBits(uint64_t key) { return uint64_t{1} << (key >> 58) | uint64_t{1} << (key >> 52 & 63); }
inline constexpr int kKeyWordShift = 30;
inline size_t KeyWord(uint64_t key, size_t words) { return key >> kKeyWordShift & (words - 1); }
inline bool HasKey(std::span<const uint64_t> set, uint64_t key) {
  const uint64_t word = set[KeyWord(key, set.size())];
  return (word >> (key >> 58) & word >> (key >> 52 & 63) & 1) != 0;
}

// What a key is, in the low bits of its entry in a table of open addressing, a power of two of them and some empty. An
// entry has 28 bits of its key, so that a yes by chance is of no account.
enum KeyKind : uint32_t {
  kKeyAlone = 1u << 0,   // a word or two characters side by side that say a phrase alone
  kKeyMember = 1u << 1,  // one of a pair
  kKeyStart = 1u << 2,   // how a designator begins
  kKeyNoise = 1u << 3,   // ends a phrase of noise or of a counter
};
inline constexpr uint32_t kKeyKinds = 15, kNoKey = 0;
inline uint32_t KeyEntry(uint64_t key) { return static_cast<uint32_t>(key >> 20) & ~kKeyKinds; }
inline size_t KeySlot(uint64_t key, size_t slots) { return key >> 36 & (slots - 1); }
inline uint32_t KindsOf(std::span<const uint32_t> table, uint64_t key) {
  const uint32_t entry = KeyEntry(key);
  for (size_t i = KeySlot(key, table.size());; i = (i + 1) & (table.size() - 1)) {
    if (table[i] == kNoKey || (table[i] & ~kKeyKinds) == entry) return table[i] & kKeyKinds;
  }
}

// The same of pairs, of which there is one kind and very many: 16 bits of each.
inline uint16_t PairEntry(uint64_t key) { return static_cast<uint16_t>(key >> 24 | 1); }
inline bool HasPair(std::span<const uint16_t> table, uint64_t key) {
  for (size_t i = KeySlot(key, table.size());; i = (i + 1) & (table.size() - 1)) {
    if (table[i] == kNoKey || table[i] == PairEntry(key)) return table[i] != kNoKey;
  }
}

}  // namespace sekisho::pack
