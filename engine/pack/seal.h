// The two sums in a pack's header.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::pack {

std::array<uint8_t, 32> Digest(std::string_view bytes);  // SHA-256 of the bytes with both sums zero
uint64_t Checksum(std::string_view bytes);  // XXH3, 64 bits, of the bytes with itself zero: at the speed of memory

// Writes both into the header; `bytes` is a pack, without a signature.
void Seal(std::string& bytes);

}  // namespace sekisho::pack
