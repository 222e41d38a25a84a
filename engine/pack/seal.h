// The two sums in a pack's header, over its bytes with both of them zero.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::pack {

std::array<uint8_t, 32> Digest(std::string_view bytes);  // SHA-256
uint64_t Checksum(std::string_view bytes);               // XXH3, 64 bits: at the speed of memory

// Writes both into the header; `bytes` is a pack, without a signature.
void Seal(std::string& bytes);

}  // namespace sekisho::pack
