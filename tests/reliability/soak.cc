// soak PACK MINUTES: a program that does not stop, in short: on every core threads judge items one by one and in
// batches while another exchanges the taxonomy, with good packs and bad ones. Every result is compared with what one
// thread said of the item beforehand; at the end the program may not be larger than it was after its first minute.
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "sekisho.h"
#include "tests/abi/arrow_arrays.h"
#include "tests/abi/judged.h"

namespace {

using Clock = std::chrono::steady_clock;
using sekisho::tests::Array;
using sekisho::tests::Judge;
using sekisho::tests::ScannerOf;

constexpr double kMostGrowth = 16e6;  // bytes: allocators keep a little of everything

const std::vector<std::string> kItems = {
    "GOGGLE,NIGHT VISION AN/PVS-14",
    "ロケット　射程３１０ｋｍ　搭載量５００キログラム",
    "torpedo, mk 48 adcap",
    "RIFLE,5.56 MILLIMETER M4",
    "mount for M2 browning",
    "５．５６ｍｍ普通弾",
    "office chair, black",
    "invalid \xFF\xFE",
    "F-35 用 ギアボックス; helicopter tail rotor blade AH-64",
};

[[noreturn]] void Die(const char* what) {
  std::fprintf(stderr, "soak: %s\n", what);
  std::exit(1);
}

double ResidentBytes() {
  std::ifstream in("/proc/self/statm");
  double pages = 0, resident = 0;
  in >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// While a pack is loaded, two are mapped: the least of many readings over several loads.
double SteadyBytes() {
  double least = ResidentBytes();
  for (int i = 0; i < 60; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    least = std::min(least, ResidentBytes());
  }
  return least;
}

struct Counts {
  std::atomic<uint64_t> items{0}, batches{0}, wrong{0}, loads{0}, refusals{0};
};

// The JSON column of a batch of all items, one after the other.
std::string JudgeBatch(sekisho_scanner* scanner, const Array& items) {
  sekisho_arrow_options options = SEKISHO_ARROW_OPTIONS_INIT;
  options.columns = SEKISHO_ARROW_JSON;
  ArrowArray out;
  if (sekisho_arrow_classify(&out, scanner, &items->array, &items->schema, nullptr, &options, nullptr) != SEKISHO_OK)
    return "";
  const ArrowArray& json = *out.children[out.n_children - 1];
  const auto* offsets = static_cast<const int32_t*>(json.buffers[1]);
  std::string text(static_cast<const char*>(json.buffers[2]), static_cast<size_t>(offsets[json.length]));
  out.release(&out);
  return text;
}

Array Batch() {
  sekisho::tests::Texts texts(kItems.begin(), kItems.end());
  std::vector<Array> columns;
  columns.push_back(sekisho::tests::TextArray("description", texts));
  return sekisho::tests::StructArray(std::move(columns), static_cast<int64_t>(kItems.size()));
}

void Work(sekisho_slot* slot, const std::vector<std::string>& expected, const std::atomic<bool>& stop, Counts& counts) {
  std::string all;
  for (const std::string& one : expected) all += one;
  const Array batch = Batch();
  uint64_t version = 0;
  sekisho_scanner* scanner = nullptr;
  while (!stop) {
    if (const uint64_t now = sekisho_slot_version(slot); now != version) {
      sekisho_scanner_free(scanner);
      scanner = ScannerOf(slot);
      version = now;
    }
    for (size_t i = 0; i < kItems.size(); ++i) counts.wrong += Judge(scanner, kItems[i]) == expected[i] ? 0 : 1;
    counts.wrong += JudgeBatch(scanner, batch) == all ? 0 : 1;
    counts.items += kItems.size();
    ++counts.batches;
  }
  sekisho_scanner_free(scanner);
}

// The same pack again and again, and in between one that is damaged.
void Exchange(sekisho_slot* slot, const std::string& pack, const std::string& bad, const std::atomic<bool>& stop,
              Counts& counts) {
  for (uint64_t i = 0; !stop; ++i) {
    const std::string& path = i % 3 == 2 ? bad : pack;
    const int32_t status = sekisho_slot_load_file(slot, path.data(), path.size(), nullptr);
    if (status == SEKISHO_OK && &path == &bad) ++counts.wrong;
    if (status != SEKISHO_OK && &path == &pack) ++counts.wrong;
    ++(status == SEKISHO_OK ? counts.loads : counts.refusals);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) Die("PACK MINUTES");
  const double minutes = std::atof(argv[2]);
  std::ifstream in(argv[1], std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (bytes.empty() || minutes <= 0) Die("no such pack, or no minutes");
  // Copies: a build beside a long run may write the pack anew.
  const std::string stem =
      (std::filesystem::temp_directory_path() / ("sekisho-soak-" + std::to_string(getpid()))).string();
  const std::string pack = stem + ".pack", bad = stem + "-bad.pack";
  std::ofstream(pack, std::ios::binary) << bytes;
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(bad, std::ios::binary) << bytes;

  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_slot* slot = nullptr;
  if (sekisho_taxonomy_load_file(&taxonomy, pack.data(), pack.size(), nullptr) != SEKISHO_OK) Die("no pack");
  if (sekisho_slot_create(&slot, taxonomy, nullptr) != SEKISHO_OK) Die("no slot");
  sekisho_taxonomy_release(taxonomy);
  std::vector<std::string> expected;
  sekisho_scanner* scanner = ScannerOf(slot);
  for (const std::string& item : kItems) {
    if (expected.emplace_back(Judge(scanner, item)).empty()) Die("no result");
  }
  sekisho_scanner_free(scanner);

  Counts counts;
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  const unsigned cores = std::max(2u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < cores; ++i) threads.emplace_back([&] { Work(slot, expected, stop, counts); });
  threads.emplace_back([&] { Exchange(slot, pack, bad, stop, counts); });

  const double warm = std::min(1.0, minutes / 4);
  const auto begin = Clock::now();
  const auto after = [&](double m) {
    return begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(m * 60));
  };
  std::this_thread::sleep_until(after(warm));
  const double first = SteadyBytes();
  double most = first;
  while (Clock::now() < after(minutes)) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    most = std::max(most, ResidentBytes());
  }
  const double last = SteadyBytes();
  stop = true;
  for (std::thread& t : threads) t.join();
  sekisho_slot_free(slot);
  std::filesystem::remove(pack);
  std::filesystem::remove(bad);
  std::printf(
      "%.1f minutes, %u threads: %llu items, %llu batches, %llu loads, %llu refused loads, %llu wrong results\n",
      minutes, cores, static_cast<unsigned long long>(counts.items), static_cast<unsigned long long>(counts.batches),
      static_cast<unsigned long long>(counts.loads), static_cast<unsigned long long>(counts.refusals),
      static_cast<unsigned long long>(counts.wrong));
  std::printf("resident memory: %.1f MB after %.2f minutes, %.1f MB at the end, %.1f MB at most\n", first / 1e6, warm,
              last / 1e6, most / 1e6);
  const bool right = counts.wrong == 0 && counts.items > 0 && counts.loads > 0 && counts.refusals > 0;
  return right && last - first < kMostGrowth ? 0 : 1;
}
