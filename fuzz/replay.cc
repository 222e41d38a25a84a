// Replays files, and mutations of them, through a fuzz target: what CI does with the committed corpora, without
// libFuzzer.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

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
  int mutations = 200;  // of each file, from a fixed seed
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    if (std::string(argv[i]) == "--mutations" && i + 1 < argc) {
      mutations = std::atoi(argv[++i]);
    } else if (std::filesystem::is_directory(argv[i])) {
      for (const auto& entry : std::filesystem::directory_iterator(argv[i])) files.push_back(entry.path());
    } else if (std::filesystem::exists(argv[i])) {
      files.emplace_back(argv[i]);
    } else {
      std::fprintf(stderr, "%s is no file or folder\n", argv[i]);
      return 2;
    }
  }
  std::sort(files.begin(), files.end());
  std::mt19937 random(20261121);
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string seed{std::istreambuf_iterator<char>(in), {}};
    Run(seed);
    for (int n = 0; n < mutations; ++n) Run(Mutated(seed, random));
  }
  std::printf("%zu files, %zu runs\n", files.size(), files.size() * (static_cast<size_t>(mutations) + 1));
  return files.empty() ? 1 : 0;
}
