// Packs for tests: variants of one small pack that tell on themselves in every result, signed or not.
#pragma once

#include <gtest/gtest.h>

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
  // How many mappings of it (of this very file or of one that it replaced) the process holds.
  int Mappings() const {
    std::ifstream maps("/proc/self/maps");
    int count = 0;
    for (std::string line; std::getline(maps, line);) count += line.find(path_) != line.npos;
    return count;
  }

 private:
  std::string path_;
};

}  // namespace sekisho::tests
