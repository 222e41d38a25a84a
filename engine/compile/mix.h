// splitmix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014) as a hash of rows of
// numbers.
#pragma once

#include <cstdint>

namespace sekisho::compile {

inline uint64_t Mix(uint64_t h, uint64_t v) {
  h = (h ^ v) + 0x9E3779B97F4A7C15u;
  h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
  h = (h ^ (h >> 27)) * 0x94D049BB133111EBu;
  return h ^ (h >> 31);
}

}  // namespace sekisho::compile
