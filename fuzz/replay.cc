// Replays files, and mutations of them, through a fuzz target: what CI does with the committed corpora, without
// libFuzzer.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr int kMutations = 200;  // of each file, from a fixed seed

void Run(const std::string& s) { LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(s.data()), s.size()); }

std::string Mutated(std::string s, std::mt19937& random) {
  for (int n = 1 + static_cast<int>(random() % 4); n > 0; --n) {
    const size_t at = s.empty() ? 0 : random() % s.size();
    switch (random() % 4) {
      case 0:
        s.insert(at, 1, static_cast<char>(random()));
        break;
      case 1:
        if (!s.empty()) s[at] = static_cast<char>(random());
        break;
      case 2:
        if (!s.empty()) s.erase(at, 1 + random() % 4);
        break;
      default:
        s.insert(at, s.substr(at, random() % 16));
        break;
    }
  }
  return s;
}

}  // namespace

int main(int argc, char** argv) {
  size_t files = 0, runs = 0;
  std::mt19937 random(20261121);
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) {
      std::fprintf(stderr, "%s is not a folder\n", argv[i]);
      return 2;
    }
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string seed{std::istreambuf_iterator<char>(in), {}};
      Run(seed);
      for (int n = 0; n < kMutations; ++n) Run(Mutated(seed, random));
      ++files;
      runs += kMutations + 1;
    }
  }
  std::printf("%zu files, %zu runs\n", files, runs);
  return files == 0 ? 1 : 0;
}
