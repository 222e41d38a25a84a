// sekisho taxonomy reading: how the engine reads a line. What authors look at when a line has no entry, or a wrong one.
#include <cstdio>
#include <string>

#include "engine/compile/grammar.h"
#include "engine/scanner.h"
#include "engine/workshop/items.h"
#include "engine/workshop/render.h"
#include "plugins/cli/commands.h"

namespace sekisho::cli {
namespace {

constexpr const char* kHeads[] = {"none: names, numbers and codes alone", "goods",
                                  "neutral: an item that no list wants",
                                  "information: technology, software or a service"};

std::string NameOf(const pack::Pack& pack, const match::Hit& h) {
  if (h.system) return "designation system";
  if (h.kind == pack::TermKind::kWord) return "grammar: " + std::string(compile::WordClasses()[h.id]);
  if (h.kind == pack::TermKind::kOff) return "not " + workshop::Concept(pack, h.id);
  return workshop::Concept(pack, h.id) + (h.flags & pack::kTermWeak ? ", weak" : "");
}

void PrintWords(const pack::Pack& pack, const text::Reading& reading, const std::vector<match::Hit>& hits) {
  std::printf("reads  %s\n", reading.text.c_str());
  for (const match::Hit& h : hits) {
    if (h.kind != pack::TermKind::kConcept && h.kind != pack::TermKind::kWord && h.kind != pack::TermKind::kOff)
      continue;
    const uint32_t begin = reading.tokens[h.first].begin, end = reading.tokens[h.last - 1].end;
    std::printf("word   %-32s %s\n", reading.text.substr(begin, end - begin).c_str(), NameOf(pack, h).c_str());
  }
}

void PrintFacts(const pack::Pack& pack, const facts::Facts& facts, const ReadingCommand& line) {
  const std::string_view fields[] = {line.text, line.part_number};
  const auto words = [&](const facts::Span& s) {
    return s.field < 2 ? std::string(fields[s.field].substr(s.begin, s.end - s.begin)) : std::string();
  };
  for (const facts::ConceptFact& f : facts.concepts) {
    std::string roles;
    if (f.roles & pack::kRoleIs) roles += "is ";
    if (f.roles & pack::kRoleFor) roles += "for ";
    if (f.roles & pack::kRoleHas) roles += "has ";
    std::printf("fact   %-32s %s%s\n", words(f.span).c_str(), roles.c_str(),
                workshop::Concept(pack, f.concept_id).c_str());
  }
  for (const facts::Quantity& q : facts.quantities) {
    const std::string of = q.measure == pack::kNone ? "a measure that is not named"
                                                    : std::string(pack.text(pack.measures()[q.measure].id));
    std::printf("figure %-32s %s\n", words(q.span).c_str(), of.c_str());
  }
  for (const facts::Designator& d : facts.designators)
    std::printf("code   %-32s %s\n", words(d.span).c_str(), std::string(d.system).c_str());
  std::printf("head   %s%s\n", kHeads[static_cast<int>(facts.head)],
              facts.genre ? "; a toy, a game or a title: no concept counts" : "");
}

}  // namespace

int TaxonomyReading(const ReadingCommand& options) {
  const auto pack = workshop::OpenTaxonomy(options.taxonomy);
  if (!pack.ok())
    return Fault(std::string(pack.status().message()) +
                 " (hint: a pack, or a folder that sekisho taxonomy check accepts)");
  bool read = false;
  Taps taps;
  taps.hits = [&](const text::Reading& reading, const std::vector<match::Hit>& hits) {
    if (!read) PrintWords(**pack, reading, hits);  // not those of attributes
    read = true;
  };
  taps.facts = [&](const facts::Facts& facts) { PrintFacts(**pack, facts, options); };
  Options how;
  how.taps = &taps;
  ::sekisho::Scanner scanner(*pack, how);  // not the C handle
  Item item;
  item.description = options.text, item.part_number = options.part_number;
  const decide::Result& result = scanner.Classify(item, {});
  for (const decide::Notice& n : result.notices) std::printf("note   %s\n", std::string(n.en).c_str());
  return read ? kExitOk : kExitSomeBad;
}

}  // namespace sekisho::cli
