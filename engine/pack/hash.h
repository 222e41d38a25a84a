// The hashes of the pack's tables. They are part of the file format.
#pragma once

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

// ---- the gate (text::Gate, compile/gate.h): keys of words and characters, and bitmaps of them ---------------------

// A word without its last letters s, e, i, y, and no longer than 16 bytes: the same for a word and its plural, however
// that is built (text::Singular). Keys do not tell capitals from small letters.
inline std::string_view Stem(std::string_view word) {
  constexpr size_t kLongest = 16;
  const auto ending = [](char c) {
    return (c | 0x20) == 's' || (c | 0x20) == 'e' || (c | 0x20) == 'i' || (c | 0x20) == 'y';
  };
  while (!word.empty() && ending(word.back())) word.remove_suffix(1);
  return word.substr(0, kLongest);
}

inline uint32_t MixKeys(uint64_t a, uint64_t b) {
  uint64_t h = (a ^ 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u + (b ^ 0x94D049BB133111EBu) * 0xD6E8FEB86659FD93u;
  h ^= h >> 32;
  return static_cast<uint32_t>(h * 0x9E3779B97F4A7C15u >> 32);
}

inline uint32_t StemKey(std::string_view word) {
  const std::string_view stem = Stem(word);
  const auto load = [&]<typename T>(size_t at, T value) {
    std::memcpy(&value, stem.data() + at, sizeof(T));
    return static_cast<uint64_t>(value) | (0x2020202020202020 & static_cast<T>(~T{}));
  };
  const size_t n = stem.size();
  const uint64_t size = static_cast<uint64_t>(n) << 56;
  if (n >= 8) return MixKeys(load(0, uint64_t{}), load(n - 8, uint64_t{}) ^ size);
  if (n >= 4) return MixKeys(load(0, uint32_t{}), load(n - 4, uint32_t{}) ^ size);
  if (n == 0) return MixKeys(0, 0);
  return MixKeys(load(0, uint8_t{}) | load(n / 2, uint8_t{}) << 8 | load(n - 1, uint8_t{}) << 16, size);
}
inline uint32_t CharacterKey(uint32_t code) { return MixKeys(code, 1); }
inline uint32_t NeighboursKey(uint32_t first, uint32_t second) { return MixKeys(first, second); }
inline uint32_t PairKey(uint32_t a, uint32_t b) { return a < b ? MixKeys(a, b) : MixKeys(b, a); }

// How a designator may begin: the first bytes of its first token, and, where that is shorter, the first byte of the
// next token, kStartEnd where it may end there, or kStartAny for any of these.
inline constexpr size_t kStartBytes = 4;
inline constexpr unsigned char kStartEnd = 0, kStartAny = 1;
inline uint32_t StartKey(std::string_view token, unsigned char next) {
  uint64_t bytes = 0;
  for (const char c : token) bytes = bytes << 8 | static_cast<unsigned char>(c | 0x20);
  return MixKeys(bytes, next);
}

// A set of keys that may say yes to others: three bits of one word for each. HasKey asks one that is not empty.
inline uint64_t KeyBits(uint32_t key) {
  const uint32_t third = key * 0x9E3779B1u >> 26;
  return uint64_t{1} << (key & 63) | uint64_t{1} << (key >> 26) | uint64_t{1} << third;
}
inline size_t KeyWord(uint32_t key, size_t words) { return key >> 6 & (words - 1); }
inline bool HasKey(std::span<const uint64_t> set, uint32_t key) {
  const uint64_t bits = KeyBits(key);
  return (set[KeyWord(key, set.size())] & bits) == bits;
}

}  // namespace sekisho::pack
