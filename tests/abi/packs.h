// Packs for tests: variants of one small pack that tell on themselves in every result, signed or not.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/pack/pack.h"
#include "engine/pack/seal.h"

namespace sekisho::tests {

inline std::string Contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline pack::KeySeed SeedOf(uint8_t byte) {
  pack::KeySeed seed;
  seed.fill(byte);
  return seed;
}

// The pack with another version, and with `mark` as the first letter of every entry's title: two of them can be told
// apart at both ends of a result.
inline std::string Variant(std::string bytes, char mark) {
  const auto pack = pack::Pack::FromString(bytes);
  EXPECT_TRUE(pack.ok()) << pack.status().message();
  pack::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const size_t pool = header.sections[static_cast<size_t>(pack::Section::kStrings)].offset;
  bytes[pool + header.version.offset] = mark;
  for (const pack::Entry& entry : (*pack)->entries()) bytes[pool + entry.title_en.offset] = mark;
  pack::Seal(bytes);
  return bytes;
}

inline std::string Signed(const std::string& bytes, const pack::KeySeed& seed, const pack::Claim& claim) {
  const auto pack = pack::Pack::FromString(bytes);
  EXPECT_TRUE(pack.ok()) << pack.status().message();
  return bytes + pack::Sign((*pack)->raw_digest(), seed, claim);
}

// A file that is gone at the end of the test. Put replaces it as a roll-out does: aside, then renamed.
class PackFile {
 public:
  explicit PackFile(const std::string& name)
      : path_((std::filesystem::temp_directory_path() / (name + std::to_string(getpid()) + ".pack")).string()) {}
  ~PackFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  PackFile(const PackFile&) = delete;
  PackFile& operator=(const PackFile&) = delete;
  const std::string& path() const { return path_; }
  void Put(const std::string& bytes) const {
    const std::string aside = path_ + ".new";
    std::ofstream(aside, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    std::filesystem::rename(aside, path_);
  }

 private:
  std::string path_;
};

// The bytes that the process has read packs into: private memory that can only be read, of no file.
inline size_t ReadOnlyMemory() {
  std::ifstream maps("/proc/self/maps");
  size_t bytes = 0;
  for (std::string line; std::getline(maps, line);) {
    unsigned long begin = 0, end = 0, node = 0;
    char access[5] = {}, name[2] = {};
    const int read = std::sscanf(line.c_str(), "%lx-%lx %4s %*x %*x:%*x %lu %1s", &begin, &end, access, &node, name);
    if (read == 4 && std::string(access) == "r--p" && node == 0) bytes += end - begin;
  }
  return bytes;
}

}  // namespace sekisho::tests
