#include "engine/workshop/probes.h"

#include <algorithm>

#include "engine/compile/parallel.h"
#include "engine/compile/phrases.h"
#include "engine/compile/strings.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/render.h"
#include "engine/workshop/samples.h"
#include "engine/workshop/tests.h"
#include "engine/workshop/usage.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using compile::TestCase;

using Said = std::vector<std::pair<uint32_t, decide::Verdict>>;  // by entry

constexpr size_t kCandidates = 48;  // tests of a concept that are tried for a frame, in either language
constexpr size_t kFrames = 6;       // frames of a concept, in either language
constexpr size_t kWords = 4;        // plain spellings of a phrase that are tried
constexpr size_t kLines = 200;      // tests that are read whole for a mutant of a rule

// What is said of an item, as far as a test can see.
Said Read(Scanner& scanner, const TestCase& test) {
  const Question question(test);
  Said out;
  for (const decide::ListVerdict& list : scanner.Classify(question.item, question.context).lists) {
    for (const decide::Candidate& c : list.candidates) out.emplace_back(c.entry, c.verdict);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first == b.first; }),
            out.end());
  return out;
}

// `count` of them, evenly spread.
template <typename T>
std::vector<T> Spread(std::vector<T> all, size_t count) {
  if (all.size() <= count) return all;
  std::vector<T> out;
  for (size_t i = 0; i < count; ++i) out.push_back(std::move(all[i * all.size() / count]));
  return out;
}

std::vector<std::string> Bare(const std::string& word, bool japanese) {
  if (japanese) return {word, Cat(word, "用部品"), Cat("軍用", word), Cat(word, "取付具"), Cat(word, "　Ｆ－１６用")};
  return {word, Cat("parts for ", word), Cat("military ", word), Cat(word, " bracket"), Cat(word, " for F-16")};
}

decide::Verdict Of(const Said& said, uint32_t entry) {
  const auto at = std::find_if(said.begin(), said.end(), [&](const auto& f) { return f.first == entry; });
  return at == said.end() ? decide::Verdict::kNoMatch : at->second;
}

// The line as a test of the first entry that is told apart, of `own` if that one is.
TestCase Told(const pack::Pack& pack, const Said& before, const Said& after, TestCase line, uint32_t own) {
  uint32_t told = pack::kNone;
  for (const Said* said : {&before, &after}) {
    for (const auto& [entry, verdict] : *said) {
      if (Of(before, entry) != Of(after, entry) && (told == pack::kNone || entry == own)) told = entry;
    }
  }
  const decide::Verdict verdict = Of(before, told);
  line.list = ListId(pack, pack.entries()[told].list);
  line.entry = Designator(pack, told);
  line.expectation = verdict == decide::Verdict::kNoMatch ? "no" : decide::VerdictName(verdict);
  return line;
}

}  // namespace

struct Prober::Frame {  // bytes of a test's description that a concept's word stands on
  uint32_t test, begin, end;
};

Prober::Prober(const compile::SourceMap& map, std::span<const TestCase> tests) : map_(map), tests_(tests) {}
Prober::~Prober() = default;

void Prober::Prepare(const std::shared_ptr<const pack::Pack>& pack, std::span<const Mutant> mutants,
                     std::vector<std::unique_ptr<Surgeon>>& surgeons, size_t threads) {
  std::vector<bool> wanted(pack->concepts().size());
  for (const Mutant& m : mutants) {
    if (m.killed) continue;
    if (m.kind == MutantKind::kSynonym) wanted[map_.phrases[m.target].concept_id] = true;
    if (m.kind == MutantKind::kDesignator) wanted[pack->patterns()[m.target].id] = true;
  }
  candidates_.assign(wanted.size(), {});
  frames_.assign(wanted.size(), {});
  text::Reader reader(*pack);
  match::Matcher matcher(*pack);
  text::Reading reading;
  std::vector<match::Hit> hits;
  for (uint32_t i = 0; i < tests_.size(); ++i) {
    if (!tests_[i].row.empty() || !reader.Read(tests_[i].description, tests_[i].part_number, reading).ok()) continue;
    matcher.Match(reading, hits);
    for (const match::Hit& hit : hits) {
      if (hit.kind != pack::TermKind::kConcept || hit.system || !wanted[hit.id]) continue;
      const text::Token &first = reading.tokens[hit.first], &last = reading.tokens[hit.last - 1];
      if (first.field != 0 || last.src_end <= first.src_begin) continue;
      std::vector<Frame>& of = candidates_[hit.id];
      if (of.empty() || of.back().test != i)
        of.push_back({i, first.src_begin, last.src_end});
      else if (of.back().begin == first.src_begin && of.back().end < last.src_end)
        of.back().end = last.src_end;
    }
  }
  std::vector<uint32_t> concepts;
  for (uint32_t id = 0; id < wanted.size(); ++id) {
    if (wanted[id]) concepts.push_back(id);
  }
  compile::ParallelFor(concepts.size(), threads,
                       [&](size_t i, size_t thread) { Find(concepts[i], *surgeons[thread]); });
}

// The frames of a concept: tests that fail when it is muted.
void Prober::Find(uint32_t concept_id, Surgeon& surgeon) {
  for (const bool japanese : {false, true}) {
    std::vector<Frame> candidates;
    for (const Frame& frame : candidates_[concept_id]) {
      if (IsJapanese(tests_[frame.test].description) == japanese) candidates.push_back(frame);
    }
    size_t found = 0;
    surgeon.Mute(concept_id);
    for (const Frame& frame : Spread(std::move(candidates), kCandidates)) {
      if (CheckTest(surgeon.scanner(), tests_[frame.test]).empty()) continue;
      frames_[concept_id].push_back(frame);
      if (++found == kFrames) break;
    }
    surgeon.Heal();
  }
}

// A word in its concept's frames, and by itself. A word that turns the concept off stands behind the line or before it.
std::vector<TestCase> Prober::Lines(uint32_t concept_id, const std::string& word, bool off) const {
  const bool japanese = IsJapanese(word);
  std::vector<TestCase> out;
  for (const Frame& frame : frames_[concept_id]) {
    const TestCase& test = tests_[frame.test];
    if (!off && IsJapanese(test.description) != japanese &&
        std::any_of(frames_[concept_id].begin(), frames_[concept_id].end(),
                    [&](const Frame& f) { return IsJapanese(tests_[f.test].description) == japanese; }))
      continue;
    TestCase line = test;
    if (off) {
      if (test.expectation == "no" || test.expectation == "excluded") continue;
      const std::string_view space = japanese ? "　" : " ";
      line.expectation = "no";
      line.description = Cat(test.description, space, word);
      out.push_back(line);
      line.description = Cat(word, space, test.description);
    } else {
      line.description.replace(frame.begin, frame.end - frame.begin, word);
    }
    out.push_back(std::move(line));
  }
  return out;
}

// A word by itself, and in a few plain lines: once for each thing that is said of its concept in a frame.
std::vector<TestCase> Prober::Alone(uint32_t concept_id, const std::string& word) const {
  std::vector<TestCase> out;
  for (const std::string& text : Bare(word, IsJapanese(word))) {
    TestCase line;
    line.description = text;
    for (const Frame& frame : frames_[concept_id]) {
      const TestCase& test = tests_[frame.test];
      if (test.expectation == "no" || !test.kind.empty() || test.classified) continue;
      line.list = test.list, line.entry = test.entry, line.expectation = test.expectation;
      out.push_back(line);
    }
    if (line.entry.empty()) out.push_back(std::move(line));
  }
  return out;
}

void Prober::ProbeWords(Mutant& mutant, uint32_t concept_id, std::span<const std::string> words, bool off,
                        Surgeon& surgeon) const {
  bool counts = false;
  for (const std::string& word : words) {
    std::vector<TestCase> lines = off ? std::vector<TestCase>() : Alone(concept_id, word);
    for (TestCase& line : Lines(concept_id, word, off)) lines.push_back(std::move(line));
    for (TestCase& line : lines) {
      const auto before = Read(surgeon.scanner(), line);
      surgeon.Spoil(mutant);
      const auto after = Read(surgeon.scanner(), line);
      const bool noticed = !line.entry.empty() && !CheckTest(surgeon.scanner(), line).empty();
      surgeon.Heal();
      if (before == after) {
        if (counts) continue;
        counts = off || (line.description == word && !before.empty());  // found by other words, of whichever concept
        if (counts) continue;
        surgeon.Mute(concept_id);
        counts = Read(surgeon.scanner(), line) != before;
        surgeon.Heal();
        continue;
      }
      const bool expected = noticed && CheckTest(surgeon.scanner(), line).empty();
      if (mutant.telling && !expected) continue;
      mutant.telling = expected ? std::move(line) : Told(surgeon.pack(), before, after, std::move(line), pack::kNone);
      mutant.expected = expected;
      if (expected) return;
    }
  }
  mutant.equivalent = counts && !mutant.telling;
}

// A mutant of a rule: a test whose line comes out differently, though in nothing that the test is about.
void Prober::ProbeRule(Mutant& mutant, std::span<const uint32_t> reach, Surgeon& surgeon) const {
  const uint32_t own = surgeon.pack().rules()[mutant.rule].entry;
  for (const uint32_t t : Spread(std::vector<uint32_t>(reach.begin(), reach.end()), kLines)) {
    if (!tests_[t].row.empty()) continue;
    const Said before = Read(surgeon.scanner(), tests_[t]);
    surgeon.Spoil(mutant);
    const Said after = Read(surgeon.scanner(), tests_[t]);
    surgeon.Heal();
    if (before == after) continue;
    const bool of_own = Of(before, own) != Of(after, own);
    if (!mutant.telling || of_own) mutant.telling = Told(surgeon.pack(), before, after, tests_[t], own);
    if (of_own) return;
  }
}

void Prober::Probe(Mutant& mutant, std::span<const uint32_t> reach, Surgeon& surgeon) const {
  if (mutant.kind == MutantKind::kDesignator) {
    const std::vector<std::string> sample = {Sample(surgeon.pack(), mutant.target)};
    if (sample[0].empty())
      mutant.equivalent = true;
    else
      ProbeWords(mutant, surgeon.pack().patterns()[mutant.target].id, sample, false, surgeon);
  } else if (mutant.kind == MutantKind::kSynonym) {
    const compile::WrittenPhrase& phrase = map_.phrases[mutant.target];
    compile::Fault fault;
    ProbeWords(mutant, phrase.concept_id, Spread(compile::ExpandPhrase(phrase.text, fault), kWords), phrase.off,
               surgeon);
  } else {
    ProbeRule(mutant, reach, surgeon);
  }
}

}  // namespace sekisho::workshop
