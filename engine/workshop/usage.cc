#include "engine/workshop/usage.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/parallel.h"
#include "engine/workshop/samples.h"

namespace sekisho::workshop {
namespace {

using compile::TestCase;

// Reads lines as far as their hits.
struct Matching {
  explicit Matching(const pack::Pack& pack) : reader(pack), matcher(pack) {}
  bool Run(const TestCase& test) {
    if (!reader.Read(test.description, test.part_number, reading).ok()) return false;
    matcher.Match(reading, hits);
    return true;
  }
  text::Reader reader;
  match::Matcher matcher;
  text::Reading reading;
  std::vector<match::Hit> hits;
};

void Paths(const pack::Pack& pack, const text::Reading& reading, const match::Hit& hit, uint32_t at,
           std::vector<uint32_t>& path, std::vector<uint64_t>& keys) {
  if (at == hit.last) {
    keys.push_back(compile::PhraseKey(hit.id, hit.kind == pack::TermKind::kOff, path));
    return;
  }
  const uint32_t id = reading.tokens[at].id;
  if (id == pack::kNone) return;
  const pack::Range split = pack.tokens()[id].split;
  if (split.count == 2) {
    const auto halves = pack.ids(split);
    path.insert(path.end(), halves.begin(), halves.end());
    Paths(pack, reading, hit, at + 1, path, keys);
    path.resize(path.size() - 2);
  }
  path.push_back(id);
  Paths(pack, reading, hit, at + 1, path, keys);
  path.pop_back();
}

// The patterns of the hit's concept that match where it stands.
void PatternsOf(const pack::Pack& pack, const text::Reading& reading, const match::Hit& hit,
                std::vector<uint32_t>& out) {
  const uint32_t begin = reading.tokens[hit.first].begin, end = reading.tokens[hit.last - 1].end;
  const uint32_t state = StateAfter(pack, std::string_view(reading.text).substr(begin, end - begin));
  const pack::Range accepts = pack.states()[state].accepts;
  for (const uint32_t id : pack.accepts().subspan(accepts.first, accepts.count)) {
    const pack::Pattern& pattern = pack.patterns()[id];
    if (pattern.id == hit.id && (pattern.kind == pack::PatternKind::kSystem) == hit.system) out.push_back(id);
  }
}

struct OfTest {
  std::vector<uint64_t> keys;
  std::vector<uint32_t> patterns;
};

template <typename T>
void SortUnique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

void PhraseKeys(const pack::Pack& pack, const text::Reading& reading, const match::Hit& hit,
                std::vector<uint64_t>& keys) {
  if (hit.pattern || (hit.kind != pack::TermKind::kConcept && hit.kind != pack::TermKind::kOff)) return;
  std::vector<uint32_t> path;
  Paths(pack, reading, hit, hit.first, path, keys);
}

Usage ReadUsage(const std::shared_ptr<const pack::Pack>& pack, const compile::SourceMap& map,
                std::span<const TestCase> tests, size_t threads) {
  std::vector<std::optional<Matching>> matching(compile::ThreadCount(threads));
  std::vector<OfTest> used(tests.size());
  compile::ParallelFor(tests.size(), threads, [&](size_t i, size_t thread) {
    std::optional<Matching>& m = matching[thread];
    if (!m) m.emplace(*pack);
    if (!m->Run(tests[i])) return;
    for (const match::Hit& hit : m->hits) {
      PhraseKeys(*pack, m->reading, hit, used[i].keys);
      if (hit.pattern) PatternsOf(*pack, m->reading, hit, used[i].patterns);
    }
    SortUnique(used[i].keys);
    SortUnique(used[i].patterns);
  });
  Usage out;
  out.phrases.resize(map.phrases.size());
  out.patterns.resize(pack->patterns().size());
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> tests_of;
  for (uint32_t i = 0; i < used.size(); ++i) {
    for (const uint64_t key : used[i].keys) tests_of[key].push_back(i);
    for (const uint32_t pattern : used[i].patterns) out.patterns[pattern].push_back(i);
  }
  for (const compile::Spelling64& spelling : map.spellings) {
    const auto found = tests_of.find(spelling.key);
    if (found == tests_of.end()) continue;
    std::vector<uint32_t>& list = out.phrases[spelling.phrase];
    list.insert(list.end(), found->second.begin(), found->second.end());
  }
  for (std::vector<uint32_t>& list : out.phrases) SortUnique(list);
  return out;
}

}  // namespace sekisho::workshop
