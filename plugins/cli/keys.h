// Key files: one key a line, "ed25519-public" or "ed25519-secret" and 64 hexadecimal digits; # begins a comment.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace sekisho::cli {

using KeyBytes = std::array<uint8_t, 32>;
enum class KeyKind { kPublic, kSecret };

// All keys of the file; empty with `error` set when it cannot be read, holds none, or holds anything else.
std::vector<KeyBytes> ReadKeys(const std::string& path, KeyKind kind, std::string& error);

// A new file; never over one that is there. A secret key's can be read by its owner only. Empty, or what is wrong.
std::string WriteKey(const std::string& path, KeyKind kind, const KeyBytes& key);

}  // namespace sekisho::cli
