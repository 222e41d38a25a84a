// The hashes of the pack's tables. They are part of the file format.
#pragma once

#include <cstdint>
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

}  // namespace sekisho::pack
