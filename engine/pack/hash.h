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

}  // namespace sekisho::pack
