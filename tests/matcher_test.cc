// What a classification is given of a line's hits: all that Match finds but what cannot matter.
#include "engine/match/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::match {
namespace {

auto Fields(const Hit& h) { return std::tie(h.first, h.last, h.kind, h.flags, h.id, h.pattern, h.system); }

// Of all hits those that MatchNamed is to give: none without a concept, and of what turns concepts off only what is
// about one of the line's own.
std::vector<Hit> Named(std::vector<Hit> hits) {
  const auto named = [](const Hit& h) { return h.kind == pack::TermKind::kConcept && !h.system; };
  const std::vector<Hit> all = hits;
  if (std::none_of(all.begin(), all.end(), named)) return {};
  std::erase_if(hits, [&](const Hit& h) {
    return h.kind == pack::TermKind::kOff &&
           std::none_of(all.begin(), all.end(), [&](const Hit& o) { return named(o) && o.id == h.id; });
  });
  return hits;
}

TEST(Matcher, AClassificationIsGivenAllThatCanMatter) {
  const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  text::Reader reader(*pack);
  Matcher matcher(*pack);
  std::ifstream in(std::string(SEKISHO_SOURCE_DIR) + "/taxonomy/sample/items.tsv");
  std::string line;
  size_t lines = 0, empty = 0, off = 0;
  while (std::getline(in, line)) {
    const std::string item = line.substr(line.find('\t') + 1);
    text::Reading reading;
    std::vector<Hit> all, given;
    ASSERT_TRUE(reader.Read(item, {}, reading).ok()) << line;
    ASSERT_EQ(matcher.Match(reading, all), matcher.MatchNamed(reading, given));
    const std::vector<Hit> expected = Named(all);
    ASSERT_EQ(given.size(), expected.size()) << line;
    for (size_t i = 0; i < given.size(); ++i) EXPECT_EQ(Fields(given[i]), Fields(expected[i])) << line;
    ++lines;
    empty += given.empty() ? 1 : 0;
    off += static_cast<size_t>(
        std::count_if(given.begin(), given.end(), [](const Hit& h) { return h.kind == pack::TermKind::kOff; }));
  }
  EXPECT_GT(lines, 200u);
  EXPECT_GT(empty, 0u);  // or the sample tries nothing
  EXPECT_GT(off, 0u);
}

}  // namespace
}  // namespace sekisho::match
