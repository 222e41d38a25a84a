// Each stage of one classification by itself, and all of it: `./dev bench [--benchmark_filter=…]`. The items are those
// of the file in SEKISHO_BENCH_ITEMS (id, description, part number by tab), or the bundled sample.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "engine/facts/quantities.h"
#include "engine/facts/roles.h"
#include "engine/facts/segment.h"
#include "engine/match/matcher.h"
#include "engine/scanner.h"
#include "engine/text/canonical.h"
#include "engine/text/reading.h"

namespace sekisho {
namespace {

struct Line {
  std::string description, part_number;
};

const std::vector<Line>& Lines() {
  static const std::vector<Line> lines = [] {
    const char* path = std::getenv("SEKISHO_BENCH_ITEMS");
    std::ifstream in(path != nullptr ? path : SEKISHO_SAMPLE_PATH);
    std::vector<Line> out;
    std::string line;
    std::getline(in, line);  // the header
    while (out.size() < 20000 && std::getline(in, line)) {
      const size_t first = line.find('\t'), second = line.find('\t', first + 1);
      if (first == line.npos) continue;
      out.push_back({line.substr(first + 1, second - first - 1), second == line.npos ? "" : line.substr(second + 1)});
    }
    return out;
  }();
  return lines;
}

std::shared_ptr<const pack::Pack> Taxonomy() {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  return pack;
}

void OpenPack(benchmark::State& state) {
  for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(pack::Pack::Open(SEKISHO_PACK_PATH));
}
BENCHMARK(OpenPack)->Unit(benchmark::kMillisecond);

template <text::Way way>
void Canonical(benchmark::State& state) {
  const text::Folds folds(Taxonomy()->folds());
  text::Canonical canonical;
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(text::Canonicalize(Lines()[i].description, folds, canonical, way));
    if (++i == Lines().size()) i = 0;
  }
}
BENCHMARK(Canonical<text::Way::kFast>);
BENCHMARK(Canonical<text::Way::kReference>);

void Read(benchmark::State& state) {
  text::Reader reader(*Taxonomy());
  text::Reading reading;
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(reader.Read(Lines()[i].description, Lines()[i].part_number, reading));
    if (++i == Lines().size()) i = 0;
  }
}
BENCHMARK(Read);

std::vector<text::Reading> Readings() {
  text::Reader reader(*Taxonomy());
  std::vector<text::Reading> out(Lines().size());
  for (size_t i = 0; i < out.size(); ++i) (void)reader.Read(Lines()[i].description, Lines()[i].part_number, out[i]);
  return out;
}

template <bool all>
void Match(benchmark::State& state) {
  match::Matcher matcher(*Taxonomy());
  const std::vector<text::Reading> readings = Readings();
  std::vector<match::Hit> hits;
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(all ? matcher.Match(readings[i], hits) : matcher.MatchNamed(readings[i], hits));
    if (++i == readings.size()) i = 0;
  }
}
BENCHMARK(Match<false>);
BENCHMARK(Match<true>);

void Facts(benchmark::State& state) {
  const auto pack = Taxonomy();
  match::Matcher matcher(*pack);
  const facts::KnownUnits units(*pack);
  const facts::KnownConcepts concepts(*pack);
  facts::Segmenter segmenter(*pack);
  facts::RoleReader roles(*pack, concepts);
  const std::vector<text::Reading> readings = Readings();
  std::vector<std::vector<match::Hit>> hits(readings.size());
  for (size_t i = 0; i < readings.size(); ++i) matcher.MatchNamed(readings[i], hits[i]);
  facts::Segments segments;
  facts::Facts facts;
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    facts.clear();
    if (hits[i].empty()) {  // as the scanner does
      if (++i == readings.size()) i = 0;
      continue;
    }
    facts::ReadQuantities(*pack, units, readings[i], hits[i], facts.quantities);
    segmenter.Segment(readings[i], hits[i], facts.quantities, 0, segments);
    roles.Read(readings[i], segments, pack::ItemKind::kGoods, false, facts);
    benchmark::DoNotOptimize(facts.concepts.data());
    if (++i == readings.size()) i = 0;
  }
}
BENCHMARK(Facts);

template <bool treaties>
void Classify(benchmark::State& state) {
  Scanner scanner(Taxonomy(), {});
  Context context;
  context.judge_treaties = treaties;
  size_t i = 0;
  for ([[maybe_unused]] auto _ : state) {
    Item item;
    item.description = Lines()[i].description;
    item.part_number = Lines()[i].part_number;
    benchmark::DoNotOptimize(&scanner.Classify(item, context));
    if (++i == Lines().size()) i = 0;
  }
}
BENCHMARK(Classify<true>);
BENCHMARK(Classify<false>);

}  // namespace
}  // namespace sekisho

BENCHMARK_MAIN();
