// Words against lines: everyday words that the taxonomy flags, phrases and patterns that no test calls, phrases that
// shorter ones make needless.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/compile/parallel.h"
#include "engine/compile/phrases.h"
#include "engine/compile/strings.h"
#include "engine/scanner.h"
#include "engine/workshop/lint.h"
#include "engine/workshop/mutants.h"
#include "engine/workshop/render.h"
#include "engine/workshop/tests.h"
#include "engine/workshop/usage.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

struct Flag {  // a benign word, and what flags it
  uint32_t concept_id = pack::kNone, entry = pack::kNone;
};

// What the first flagged candidate rests on.
Flag FlagOf(const decide::Result& result) {
  for (const decide::ListVerdict& list : result.lists) {
    for (const decide::Candidate& c : list.candidates) {
      if (!IsFlagged(c.verdict)) continue;
      for (const decide::Evidence& e : c.evidence) {
        if (e.concept_id != pack::kNone) return {e.concept_id, c.entry};
      }
    }
  }
  return {};
}

// benign/*.txt: everyday items, one a line. No entry of any list wants them.
void Benign(const LintInput& input, Findings& out) {
  const pack::Pack& pack = *input.pack;
  std::vector<NumberedLine> words;
  for (const char* file : {"benign/english.txt", "benign/japanese.txt"}) {
    for (NumberedLine& line : ReadLines(input.folder, file)) words.push_back(std::move(line));
  }
  std::vector<Flag> flags(words.size());
  std::vector<std::optional<Scanner>> scanners(compile::ThreadCount(input.threads));
  compile::ParallelFor(words.size(), input.threads, [&](size_t i, size_t thread) {
    if (!scanners[thread]) scanners[thread].emplace(input.pack, Options());
    Item item;
    item.description = words[i].text;
    Context context;
    context.judge_treaties = false;
    flags[i] = FlagOf(scanners[thread]->Classify(item, context));
  });
  std::map<uint32_t, std::vector<size_t>> by_concept;
  for (size_t i = 0; i < words.size(); ++i) {
    if (flags[i].entry != pack::kNone) by_concept[flags[i].concept_id].push_back(i);
  }
  for (const auto& [concept_id, found] : by_concept) {
    std::string shown;
    for (size_t i = 0; i < std::min<size_t>(found.size(), 5); ++i)
      shown += Cat(i == 0 ? "\"" : ", \"", words[found[i]].text, "\"");
    const uint32_t entry = flags[found[0]].entry;
    out.Add("W0703", input.compiled.map.concepts[concept_id],
            Cat(Concept(pack, concept_id), " flags ", found.size(), " of ", words.size(), " everyday words: ", shown,
                found.size() > 5 ? ", …" : "", " (", ListId(pack, pack.entries()[entry].list), " ",
                Designator(pack, entry), ")"),
            "make the phrase longer or weak, or add \"not\"");
  }
}

void Dead(const LintInput& input, Findings& out) {
  const compile::SourceMap& map = input.compiled.map;
  const pack::Pack& pack = *input.pack;
  const Usage usage = ReadUsage(input.pack, map, input.compiled.tests, input.threads);
  for (size_t i = 0; i < map.phrases.size(); ++i) {
    if (usage.phrases[i].empty())
      out.Add("N0704", map.phrases[i].spot,
              Cat("no test has \"", map.phrases[i].text, "\" of ", Concept(pack, map.phrases[i].concept_id)),
              "a line with it in the tests of an entry");
  }
  for (size_t i = 0; i < usage.patterns.size(); ++i) {
    const pack::Pattern& pattern = pack.patterns()[i];
    if (pattern.kind != pack::PatternKind::kConcept || !usage.patterns[i].empty()) continue;
    out.Add("N0705", map.concepts[pattern.id],
            Cat("no test has a designation like \"", pack.text(pattern.re2), "\" of ", Concept(pack, pattern.id)),
            "a line with one in the tests of an entry");
  }
}

// Whether another phrase of the concept finds whatever `phrase` finds in `plain`, one of the texts it stands for. A
// word that turns its concept off is found wherever it stands; any other must leave the head of the line to the other
// one, and hide nothing.
bool FindsTheSame(const LintInput& input, const compile::WrittenPhrase& phrase, const std::vector<uint64_t>& own,
                  const text::Reading& reading, const std::vector<match::Hit>& hits) {
  const auto end = static_cast<uint32_t>(reading.tokens.size());
  const match::Hit* other = nullptr;
  std::vector<uint64_t> keys;
  const auto is_own = [&](const match::Hit& hit) {
    keys.clear();
    PhraseKeys(*input.pack, reading, hit, keys);
    return std::any_of(keys.begin(), keys.end(),
                       [&](uint64_t key) { return std::find(own.begin(), own.end(), key) != own.end(); });
  };
  for (const match::Hit& hit : hits) {
    const bool of_concept = !hit.pattern && !hit.system && hit.id == phrase.concept_id;
    if (phrase.off) {
      if (of_concept && hit.kind == pack::TermKind::kOff && !is_own(hit)) return true;
    } else if (of_concept && hit.kind == pack::TermKind::kConcept && !(hit.flags & pack::kTermWeak) && hit.first > 0 &&
               hit.last == end && !is_own(hit) && (other == nullptr || hit.first < other->first)) {
      other = &hit;
    }
  }
  return other != nullptr && std::none_of(hits.begin(), hits.end(), [&](const match::Hit& hit) {
           return hit.kind != pack::TermKind::kOff && hit.first < other->first && !is_own(hit);
         });
}

// Phrases that add nothing: they could go, and no line would be read otherwise.
void Shadowed(const LintInput& input, Findings& out) {
  constexpr size_t kSpellings = 16;  // more are not looked at: who writes so many means one of them
  const compile::SourceMap& map = input.compiled.map;
  const std::vector<std::vector<uint64_t>> own = OwnKeys(map);
  std::vector<std::string> covered(map.phrases.size());
  struct Scratch {
    explicit Scratch(const pack::Pack& pack) : reader(pack), matcher(pack) {}
    text::Reader reader;
    match::Matcher matcher;
    text::Reading reading;
    std::vector<match::Hit> hits;
  };
  std::vector<std::optional<Scratch>> scratch(compile::ThreadCount(input.threads));
  compile::ParallelFor(map.phrases.size(), input.threads, [&](size_t i, size_t thread) {
    if (!scratch[thread]) scratch[thread].emplace(*input.pack);
    Scratch& s = *scratch[thread];
    const compile::WrittenPhrase& phrase = map.phrases[i];
    compile::Fault fault;
    const std::vector<std::string> plain = compile::ExpandPhrase(phrase.text, fault);
    if (plain.empty() || plain.size() > kSpellings || own[i].empty()) return;
    const bool all = std::all_of(plain.begin(), plain.end(), [&](const std::string& text) {
      if (!s.reader.Read(text, {}, s.reading).ok()) return false;
      s.matcher.Match(s.reading, s.hits);
      return FindsTheSame(input, phrase, own[i], s.reading, s.hits);
    });
    if (all) covered[i] = phrase.text;
  });
  for (size_t i = 0; i < covered.size(); ++i) {
    if (!covered[i].empty())
      out.Add("N0706", map.phrases[i].spot,
              Cat("\"", covered[i], "\" of ", Concept(*input.pack, map.phrases[i].concept_id),
                  map.phrases[i].off ? " is turned off by a shorter word already"
                                     : " is found by a shorter phrase already"),
              "it can go, unless a longer phrase of another concept is to be kept from its words");
  }
}

}  // namespace

void LintWords(const LintInput& input, Findings& out) {
  Benign(input, out);
  Dead(input, out);
  Shadowed(input, out);
}

}  // namespace sekisho::workshop
