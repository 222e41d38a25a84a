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
#include "bench/peers/shipped.h"

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
  size_t differ = 0;            // texts whose match set is another than ours
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

// How many of the texts have another match set than ours, or, where ours may find more, one that has something that
// ours has not; the first of them is told.
size_t Differences(Entrant& ours, Entrant& peer, const Contest& c) {
  size_t differ = 0;
  std::vector<uint32_t> a, b;
  for (size_t i = 0; i < peer.texts; ++i) {
    ours.engine->Match(c.texts[i], a);
    peer.engine->Match(c.texts[i], b);
    for (std::vector<uint32_t>* ids : {&a, &b}) {
      for (uint32_t& id : *ids) id = c.rules[id].group;
      *ids = Sorted(*ids);
    }
    if (c.ours_may_find_more ? std::includes(a.begin(), a.end(), b.begin(), b.end()) : a == b) continue;
    if (differ++ == 0) {
      std::cerr << peer.engine->name() << " differs on: " << c.texts[i] << "\n";
      for (const uint32_t id : a) std::cerr << "  ours: " << c.names[id] << "\n";
      for (const uint32_t id : b) std::cerr << "  peer: " << c.names[id] << "\n";
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
  e.setup = e.engine->setup_seconds().value_or(Seconds(start));
  e.memory = ResidentKilobytes() - before;
  entrants.push_back(std::move(e));
  return true;
}

nlohmann::json Report(const Contest& c, const std::vector<Entrant>& entrants, double matching) {
  nlohmann::json rows = nlohmann::json::array();
  std::printf("\n%s: %zu rules, %zu texts, %.1f %% match\n%-22s %12s %10s %10s %10s %8s\n", c.label.c_str(),
              c.rules.size(), c.texts.size(), 100.0 * matching, "engine", "ns an item", "ratio", "set-up s",
              "memory MB", "differ");
  for (const Entrant& e : entrants) {
    std::printf("%-22s %12.0f %10.2f %10.1f %10.1f %8zu\n", e.engine->name().c_str(), Median(e.rounds),
                Median(e.against), e.setup, static_cast<double>(e.memory) / 1024, e.differ);
    rows.push_back({{"contest", c.label},
                    {"engine", e.engine->name()},
                    {"rules", c.rules.size()},
                    {"texts", e.texts},
                    {"ns_per_item", Median(e.rounds)},
                    {"ratio_to_sekisho", Median(e.against)},
                    {"setup_s", e.setup},
                    {"memory_mb", static_cast<double>(e.memory) / 1024},
                    {"texts_that_differ", e.differ}});
  }
  std::fflush(stdout);
  return rows;
}

// The first entrant is ours.
nlohmann::json Run(const Contest& c, std::vector<Entrant>& entrants, int rounds) {
  std::vector<uint32_t> out;
  size_t matches = 0;
  for (const std::string& text : c.texts) {
    entrants[0].engine->Match(text, out);
    matches += out.empty() ? 0 : 1;
  }
  for (size_t i = 1; i < entrants.size(); ++i) {
    if (entrants[i].engine->matches_rules()) entrants[i].differ = Differences(entrants[0], entrants[i], c);
  }
  for (int r = 0; r < rounds; ++r) {
    for (Entrant& e : entrants) {
      const double mine = Round(entrants[0], c.texts, out);
      const double ns = &e == &entrants[0] ? mine : Round(e, c.texts, out);
      e.rounds.push_back(ns);
      e.against.push_back(ns / mine);
    }
  }
  return Report(c, entrants, static_cast<double>(matches) / static_cast<double>(c.texts.size()));
}

// Who takes part up to how many rules: the slowest would take hours, or more memory than there is.
constexpr size_t kMostOfAll = 10'000;

nlohmann::json Generated(size_t count, const std::string& libraries) {
  constexpr size_t kTexts = 20'000;
  Contest c;
  c.label = "generated";
  c.rules = MakeRules(count, 42);
  c.texts = MakeTexts(c.rules, kTexts, 7);
  for (const Rule& rule : c.rules) c.names.push_back(rule.regex);
  const auto fewer = [&](size_t share) { return std::max<size_t>(std::min(kTexts, share / count), 20); };
  std::vector<Entrant> entrants;
  if (!Add(entrants, OurEngine(), kTexts, c.rules)) std::exit(1);
  Add(entrants, HyperscanEngine("hyperscan", libraries), kTexts, c.rules);
  if (count <= kMostOfAll) {
    Add(entrants, HyperscanEngine("vectorscan", libraries), kTexts, c.rules);
    Add(entrants, Re2SetEngine(), fewer(4'000'000), c.rules);
    Add(entrants, RegexSetEngine(libraries + "/regex_set/release/libsekisho_regex_set.so"), fewer(1'000'000), c.rules);
    Add(entrants, YaraEngine(), fewer(1'000'000), c.rules);
  }
  return Run(c, entrants, 7);
}

// The shipped taxonomy's own phrases and designators over item lines: Hyperscan with them as regular expressions, ours
// as it is, and ours with all that a classification does.
nlohmann::json Shipped(const std::string& taxonomy, const std::string& items, const std::string& libraries) {
  Contest c = ShippedContest(taxonomy, items, kMostOfAll);
  std::vector<Entrant> entrants;
  for (const bool whole : {false, true}) {
    if (!Add(entrants, ShippedEngine(taxonomy, c, whole), c.texts.size(), c.rules)) std::exit(1);
  }
  Add(entrants, HyperscanEngine("hyperscan", libraries), c.texts.size(), c.rules);
  return Run(c, entrants, 5);
}

}  // namespace
}  // namespace sekisho::peers

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: sekisho_peers LIBRARIES OUT.json RULES...\n"
                 "RULES: how many are generated, or TAXONOMY:ITEMS.tsv for those of a taxonomy's folder\n";
    return 2;
  }
  nlohmann::json all = nlohmann::json::array();
  for (int i = 3; i < argc; ++i) {
    const std::string rules = argv[i];
    const size_t colon = rules.find(':');
    if (colon == rules.npos && std::strtoul(argv[i], nullptr, 10) == 0) {
      std::cerr << "sekisho_peers: \"" << rules << "\" is neither a number of rules nor TAXONOMY:ITEMS.tsv\n";
      return 2;
    }
    const auto rows = colon == rules.npos
                          ? sekisho::peers::Generated(std::strtoul(argv[i], nullptr, 10), argv[1])
                          : sekisho::peers::Shipped(rules.substr(0, colon), rules.substr(colon + 1), argv[1]);
    all.insert(all.end(), rows.begin(), rows.end());
  }
  std::ofstream(argv[2]) << all.dump(1) << "\n";
  return 0;
}
