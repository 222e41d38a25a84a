#include "engine/workshop/mutate.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"
#include "engine/workshop/mutants.h"
#include "engine/workshop/probes.h"
#include "engine/workshop/render.h"
#include "engine/workshop/surgeon.h"
#include "engine/workshop/tests.h"
#include "engine/workshop/usage.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using compile::TestCase;

uint64_t Shuffled(uint64_t seed, uint64_t i) {  // splitmix64
  uint64_t z = seed * 0x9E3779B97F4A7C15u + (i + 1) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

void Sample(std::vector<Mutant>& mutants, const MutateOptions& options) {
  if (options.sample == 0 || options.sample >= mutants.size()) return;
  std::vector<std::pair<uint64_t, size_t>> order;
  for (size_t i = 0; i < mutants.size(); ++i) order.emplace_back(Shuffled(options.seed, i), i);
  std::sort(order.begin(), order.end());
  order.resize(options.sample);
  std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  std::vector<Mutant> kept;
  kept.reserve(order.size());
  for (const auto& [unused, i] : order) kept.push_back(std::move(mutants[i]));
  mutants = std::move(kept);
}

// By rule: the tests whose facts call it. Those of the rule's own entry come first: they are the likeliest to notice.
std::vector<std::vector<uint32_t>> TestsOfRules(const std::shared_ptr<const pack::Pack>& pack,
                                                std::span<const TestCase> tests, size_t threads) {
  struct Reader {
    explicit Reader(const std::shared_ptr<const pack::Pack>& p) : pack(*p) {
      taps.facts = [this](const facts::Facts& facts) { Note(facts); };
      Options options;
      options.taps = &taps;
      scanner.emplace(p, options);
    }
    void Note(const facts::Facts& facts) {
      for (const facts::ConceptFact& fact : facts.concepts) {
        if (facts.genre) return;
        for (const pack::Ancestor& a : pack.ancestors_of(fact.concept_id)) {
          for (const uint32_t rule : pack.ids(pack.concepts()[a.concept_id].rules)) {
            if (facts.Covers(pack.rules()[rule].item_kind)) rules.insert(rule);
          }
        }
      }
    }
    const pack::Pack& pack;
    Taps taps;
    std::optional<Scanner> scanner;
    absl::flat_hash_set<uint32_t> rules;
  };
  std::vector<std::unique_ptr<Reader>> readers(compile::ThreadCount(threads));
  std::vector<std::vector<uint32_t>> called(tests.size());
  compile::ParallelFor(tests.size(), threads, [&](size_t i, size_t thread) {
    if (readers[thread] == nullptr) readers[thread] = std::make_unique<Reader>(pack);
    Reader& reader = *readers[thread];
    reader.rules.clear();
    const Question question(tests[i]);
    reader.scanner->Classify(question.item, question.context);
    called[i].assign(reader.rules.begin(), reader.rules.end());
  });
  std::vector<std::vector<uint32_t>> out(pack->rules().size());
  for (uint32_t test = 0; test < called.size(); ++test) {
    for (const uint32_t rule : called[test]) out[rule].push_back(test);
  }
  for (uint32_t rule = 0; rule < out.size(); ++rule) {
    if (pack->rules()[rule].entry == pack::kNone) continue;
    const std::string_view entry = Designator(*pack, pack->rules()[rule].entry);
    std::stable_partition(out[rule].begin(), out[rule].end(), [&](uint32_t t) { return tests[t].entry == entry; });
  }
  return out;
}

bool Kills(Surgeon& surgeon, const Mutant& mutant, std::span<const TestCase> tests,
           const std::vector<uint32_t>& reach) {
  surgeon.Spoil(mutant);
  const bool killed = std::any_of(reach.begin(), reach.end(),
                                  [&](uint32_t t) { return !CheckTest(surgeon.scanner(), tests[t]).empty(); });
  surgeon.Heal();
  return killed;
}

void Sum(MutationReport& report) {
  for (const Mutant& m : report.mutants) {
    MutationReport::Count& count = report.by_kind[m.kind];
    count.equivalent += m.equivalent, report.total.equivalent += m.equivalent;
    if (m.equivalent) continue;
    ++count.all, ++report.total.all;
    count.killed += m.killed, report.total.killed += m.killed;
  }
  std::stable_sort(report.mutants.begin(), report.mutants.end(), [](const Mutant& a, const Mutant& b) {
    return std::tie(a.killed, a.equivalent, a.kind, a.tests) < std::tie(b.killed, b.equivalent, b.kind, b.tests);
  });
}

}  // namespace

MutationReport Mutate(const compile::Compiled& compiled, const MutateOptions& options) {
  const Patient healthy(compiled.pack);
  const std::shared_ptr<const pack::Pack>& pack = healthy.pack();
  std::vector<TestCase> tests = compiled.tests;  // a test that fails anyway notices nothing
  const std::vector<TestFailure> failing = RunTests(pack, tests, options.threads);
  for (auto it = failing.rbegin(); it != failing.rend(); ++it)
    tests.erase(tests.begin() + static_cast<std::ptrdiff_t>(it->test));

  MutationReport report;
  report.mutants = AllMutants(*pack, compiled.map, options.kinds);
  Sample(report.mutants, options);
  const std::vector<std::vector<uint64_t>> own_keys = OwnKeys(compiled.map);
  const Usage usage = ReadUsage(pack, compiled.map, tests, options.threads);
  const std::vector<std::vector<uint32_t>> of_rules = TestsOfRules(pack, tests, options.threads);
  std::vector<std::unique_ptr<Surgeon>> surgeons(compile::ThreadCount(options.threads));
  for (std::unique_ptr<Surgeon>& surgeon : surgeons) surgeon = std::make_unique<Surgeon>(compiled.pack, own_keys);
  const auto reach = [&](const Mutant& m) -> const std::vector<uint32_t>& {
    return m.kind == MutantKind::kSynonym      ? usage.phrases[m.target]
           : m.kind == MutantKind::kDesignator ? usage.patterns[m.target]
                                               : of_rules[m.rule];
  };
  compile::ParallelFor(report.mutants.size(), options.threads, [&](size_t i, size_t thread) {
    Mutant& m = report.mutants[i];
    m.tests = static_cast<uint32_t>(reach(m).size());
    m.killed = Kills(*surgeons[thread], m, tests, reach(m));
  });
  Prober prober(compiled.map, tests);
  prober.Prepare(pack, report.mutants, surgeons, options.threads);
  compile::ParallelFor(report.mutants.size(), options.threads, [&](size_t i, size_t thread) {
    Mutant& m = report.mutants[i];
    if (!m.killed) prober.Probe(m, reach(m), *surgeons[thread]);
  });
  for (Mutant& m : report.mutants) m.what = Describe(*pack, compiled.map, m);
  Sum(report);
  return report;
}

std::string MutationText(const MutationReport& report, const compile::SourceMap& map, size_t limit) {
  const auto line = [](std::string_view name, const MutationReport::Count& c) {
    char text[128];
    std::snprintf(text, sizeof(text), "%-16.*s %7zu mutants, %7zu killed  %5.1f %%%s\n", static_cast<int>(name.size()),
                  name.data(), c.all, c.killed,
                  c.all == 0 ? 0 : 100.0 * static_cast<double>(c.killed) / static_cast<double>(c.all),
                  c.equivalent == 0 ? "" : Cat(", ", c.equivalent, " equivalent").c_str());
    return std::string(text);
  };
  std::string out;
  size_t shown = 0;
  for (const Mutant& m : report.mutants) {
    if (m.killed || m.equivalent || (limit > 0 && shown++ >= limit)) break;
    out += Cat(m.spot.file < map.files.size() ? map.files[m.spot.file] : "", ":", m.spot.line, ":", m.spot.column, ": ",
               KindName(m.kind), ": ", m.what,
               m.tests == 0 ? " (no test reaches it)" : Cat(" (", m.tests, " tests do not notice)"), "\n");
    if (m.telling)
      out += Cat("  would notice: \"", m.telling->description, "\" ", m.telling->list, " ", m.telling->entry, " ",
                 m.telling->expectation, "\n");
  }
  for (const auto& [kind, count] : report.by_kind) out += line(KindName(kind), count);
  return out + line("all", report.total);
}

namespace {

// As a test is written, with its place; `from`: the test whose line it was.
Json TellingJson(const Mutant& m) {
  const TestCase& t = *m.telling;
  Json out = {{"list", t.list}, {"entry", t.entry}, {"expectation", t.expectation}, {"description", t.description}};
  if (!t.part_number.empty()) out["part_number"] = t.part_number;
  if (!t.kind.empty()) out["kind"] = t.kind;
  if (!t.as_of.empty()) out["as_of"] = t.as_of;
  for (const auto& [name, quantity] : t.attributes) out["attributes"][name] = quantity;
  if (!t.file.empty()) out["from"] = Cat(t.file, ":", t.line);
  out["expected"] = m.expected;
  return out;
}

}  // namespace

std::string MutationJson(const MutationReport& report, const compile::SourceMap& map) {
  const auto count = [](const MutationReport::Count& c) {
    return Json{{"mutants", c.all},
                {"killed", c.killed},
                {"equivalent", c.equivalent},
                {"score", c.all == 0 ? 1.0 : static_cast<double>(c.killed) / static_cast<double>(c.all)}};
  };
  Json out = {{"total", count(report.total)},
              {"kinds", Json::object()},
              {"survivors", Json::array()},
              {"equivalent", Json::array()}};
  for (const auto& [kind, c] : report.by_kind) out["kinds"][std::string(KindName(kind))] = count(c);
  for (const Mutant& m : report.mutants) {
    if (m.killed) break;
    Json one = {{"kind", KindName(m.kind)}, {"file", map.files[m.spot.file]},
                {"line", m.spot.line},      {"column", m.spot.column},
                {"what", m.what},           {"tests", m.tests}};
    if (m.telling) one["telling"] = TellingJson(m);
    out[m.equivalent ? "equivalent" : "survivors"].push_back(std::move(one));
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sekisho::workshop
