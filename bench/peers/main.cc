// `./dev bench peers`: every engine on the same rules and texts, rounds interleaved, match sets compared first. Prints
// a table and writes JSON: engine, rules, nanoseconds an item, set-up seconds, memory, and the ratio to ours.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/peers/engine.h"

namespace sekisho::peers {
namespace {

using Clock = std::chrono::steady_clock;

double Seconds(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

long ResidentKilobytes() {
  std::ifstream in("/proc/self/status");
  std::string line;
  while (std::getline(in, line)) {
    if (line.rfind("VmRSS:", 0) == 0) return std::atol(line.c_str() + 6);
  }
  return 0;
}

struct Entrant {
  std::unique_ptr<Engine> engine;
  double setup = 0;
  long memory = 0;              // kilobytes more than before its set-up
  size_t texts = 0;             // how many of the texts it runs on: slow engines get fewer
  std::vector<double> rounds;   // nanoseconds an item
  std::vector<double> against;  // of ours in the same round
};

double Median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return v.empty() ? 0 : v[v.size() / 2];
}

// The thread's processor time: a round that waits for its turn on a busy machine is not slower.
double ProcessorNanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double Round(Entrant& e, const std::vector<std::string>& texts, std::vector<uint32_t>& out) {
  const double start = ProcessorNanoseconds();
  for (size_t i = 0; i < e.texts; ++i) e.engine->Match(texts[i], out);
  return (ProcessorNanoseconds() - start) / static_cast<double>(e.texts);
}

std::vector<uint32_t> Sorted(std::vector<uint32_t> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// How many of the texts have another match set than ours; the first of them is told.
size_t Differences(Entrant& ours, Entrant& peer, const std::vector<Rule>& rules,
                   const std::vector<std::string>& texts) {
  size_t differ = 0;
  std::vector<uint32_t> a, b;
  for (size_t i = 0; i < peer.texts; ++i) {
    ours.engine->Match(texts[i], a);
    peer.engine->Match(texts[i], b);
    a = Sorted(a), b = Sorted(b);
    if (a == b) continue;
    if (differ++ == 0) {
      std::cerr << peer.engine->name() << " differs on: " << texts[i] << "\n";
      for (const uint32_t id : a) std::cerr << "  ours: " << rules[id].regex << "\n";
      for (const uint32_t id : b) std::cerr << "  peer: " << rules[id].regex << "\n";
    }
  }
  return differ;
}

bool Add(std::vector<Entrant>& entrants, std::unique_ptr<Engine> engine, size_t texts, const std::vector<Rule>& rules) {
  Entrant e;
  e.engine = std::move(engine);
  e.texts = texts;
  const long before = ResidentKilobytes();
  const auto start = Clock::now();
  std::string why;
  if (!e.engine->Compile(rules, why)) {
    std::cout << e.engine->name() << ": left out: " << why << "\n";
    return false;
  }
  e.setup = Seconds(start);
  e.memory = ResidentKilobytes() - before;
  entrants.push_back(std::move(e));
  return true;
}

nlohmann::json Compare(size_t count, size_t texts_count, int rounds, const std::string& libraries) {
  const std::vector<Rule> rules = MakeRules(count, 42);
  const std::vector<std::string> texts = MakeTexts(rules, texts_count, 7);
  std::vector<Entrant> entrants;
  if (!Add(entrants, OurEngine(), texts_count, rules)) std::exit(1);
  if (count <= 10000) {
    Add(entrants, HyperscanEngine("hyperscan", libraries + "/hyperscan/libhs.so.5"), texts_count, rules);
    Add(entrants, HyperscanEngine("vectorscan", libraries + "/vectorscan/libhs.so.5"), texts_count, rules);
    Add(entrants, Re2SetEngine(), std::min<size_t>(texts_count, 4'000'000 / count), rules);
  }
  if (count <= 2000) {
    Add(entrants, RegexSetEngine(libraries + "/regex_set/release/libsekisho_regex_set.so"),
        std::min<size_t>(texts_count, 1'000'000 / count), rules);
  }
  if (count <= 2000) Add(entrants, YaraEngine(), std::min<size_t>(texts_count, 1'000'000 / count), rules);
  std::vector<uint32_t> out;
  std::vector<size_t> differ(entrants.size());
  size_t matches = 0;
  for (const std::string& text : texts) {
    entrants[0].engine->Match(text, out);
    matches += out.empty() ? 0 : 1;
  }
  for (size_t i = 1; i < entrants.size(); ++i) differ[i] = Differences(entrants[0], entrants[i], rules, texts);
  for (int r = 0; r < rounds; ++r) {
    for (Entrant& e : entrants) {
      const double mine = Round(entrants[0], texts, out);
      const double ns = &e == &entrants[0] ? mine : Round(e, texts, out);
      e.rounds.push_back(ns);
      e.against.push_back(ns / mine);
    }
  }
  nlohmann::json rows = nlohmann::json::array();
  std::printf("\n%zu rules, %zu texts, %.1f %% match\n%-12s %12s %10s %10s %10s %8s\n", count, texts_count,
              100.0 * static_cast<double>(matches) / static_cast<double>(texts_count), "engine", "ns an item", "ratio",
              "set-up s", "memory MB", "differ");
  for (size_t i = 0; i < entrants.size(); ++i) {
    Entrant& e = entrants[i];
    std::printf("%-12s %12.0f %10.2f %10.2f %10.1f %8zu\n", e.engine->name().c_str(), Median(e.rounds),
                Median(e.against), e.setup, static_cast<double>(e.memory) / 1024, differ[i]);
    rows.push_back({{"engine", e.engine->name()},
                    {"rules", count},
                    {"texts", e.texts},
                    {"ns_per_item", Median(e.rounds)},
                    {"ratio_to_sekisho", Median(e.against)},
                    {"setup_s", e.setup},
                    {"memory_mb", static_cast<double>(e.memory) / 1024},
                    {"texts_that_differ", differ[i]}});
  }
  std::fflush(stdout);
  return rows;
}

}  // namespace
}  // namespace sekisho::peers

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: sekisho_peers LIBRARIES OUT.json RULES...\n";
    return 2;
  }
  nlohmann::json all = nlohmann::json::array();
  for (int i = 3; i < argc; ++i) {
    for (const auto& row : sekisho::peers::Compare(std::strtoul(argv[i], nullptr, 10), 20000, 7, argv[1]))
      all.push_back(row);
  }
  std::ofstream(argv[2]) << all.dump(1) << "\n";
  return 0;
}
