// What one classification costs, counted: the bundled sample (or the lines of a file) once to warm up, then once more
// inside CountedRound, around which callgrind counts instructions (tests/speed). Prints how many items that were and
// how often memory was asked for.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include "engine/scanner.h"

namespace {
std::atomic<size_t> allocations{0};
}

void* operator new(size_t size) {
  ++allocations;
  if (void* p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, size_t) noexcept { std::free(p); }

namespace sekisho {
namespace {

struct Line {
  std::string description, part_number;
};

std::vector<Line> Read(const char* path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);  // the header
  std::vector<Line> out;
  while (out.size() < 20000 && std::getline(in, line)) {
    const size_t first = line.find('\t'), second = line.find('\t', first + 1);
    out.push_back({line.substr(first + 1, second - first - 1), second == line.npos ? "" : line.substr(second + 1)});
  }
  return out;
}

void Classify(Scanner& scanner, const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    Item item;
    item.description = line.description;
    item.part_number = line.part_number;
    scanner.Classify(item, {});
  }
}

}  // namespace

[[gnu::noinline]] void CountedRound(Scanner& scanner, const std::vector<Line>& lines) { Classify(scanner, lines); }

}  // namespace sekisho

int main(int argc, char** argv) {
  auto pack = sekisho::pack::Pack::Open(SEKISHO_PACK_PATH);
  if (!pack.ok()) return std::fprintf(stderr, "%s\n", std::string(pack.status().message()).c_str()), 1;
  const auto lines = sekisho::Read(argc > 1 ? argv[1] : SEKISHO_SAMPLE_PATH);
  sekisho::Scanner scanner(*pack, {});
  sekisho::Classify(scanner, lines);
  const size_t before = allocations;
  sekisho::CountedRound(scanner, lines);
  std::printf("items %zu\nallocations %zu\n", lines.size(), allocations - before);
  return 0;
}
