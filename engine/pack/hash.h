// The hashes of the pack's tables. They are part of the file format.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::pack {

inline uint32_t HashToken(std::string_view text) {  // FNV-1a with a final mix
  uint64_t h = 0xcbf29ce484222325ull;
  for (unsigned char c : text) h = (h ^ c) * 0x100000001b3ull;
  h ^= h >> 32;
  return static_cast<uint32_t>(h * 0x9E3779B1u);
}

inline uint32_t HashEdge(uint32_t from, uint32_t token) {
  uint64_t h = (static_cast<uint64_t>(from) << 32 | token) * 0x9E3779B97F4A7C15ull;
  return static_cast<uint32_t>(h >> 32);
}

}  // namespace sekisho::pack
