// The automaton of designators against RE2 on the same patterns: the reference that the matcher must equal.
#include "engine/compile/automaton.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "engine/compile/tables.h"
#include "engine/pack/pack.h"

namespace sekisho {
namespace {

uint32_t Step(const pack::Pack& p, uint32_t state, unsigned char byte) {
  const pack::Range range = p.states()[state].moves;
  for (const pack::Move& m : p.moves().subspan(range.first, range.count)) {
    if (m.low <= byte && byte <= m.high) return m.to;
  }
  return 0;
}

// The patterns that match the whole of `text`.
std::vector<uint32_t> ByAutomaton(const pack::Pack& p, std::string_view text) {
  uint32_t state = p.starts()[static_cast<unsigned char>(text[0])];
  for (size_t i = 1; i < text.size() && state != 0; ++i) state = Step(p, state, static_cast<unsigned char>(text[i]));
  const pack::Range accepts = p.states()[state].accepts;
  const auto ids = p.accepts().subspan(accepts.first, accepts.count);
  return {ids.begin(), ids.end()};
}

class AutomatonTest : public testing::Test {
 protected:
  AutomatonTest() : pack_(*pack::Pack::Open(SEKISHO_PACK_PATH)) {
    for (const pack::Pattern& p : pack_->patterns())
      patterns_.push_back(std::make_unique<RE2>(std::string(pack_->text(p.re2)), RE2::Quiet));
  }
  std::vector<uint32_t> ByRe2(const std::string& text) const {
    std::vector<uint32_t> out;
    for (uint32_t i = 0; i < patterns_.size(); ++i) {
      if (RE2::FullMatch(text, *patterns_[i])) out.push_back(i);
    }
    return out;
  }
  // A way through the automaton that ends where some pattern does, or after a few bytes.
  std::string Walk(std::mt19937& random) const {
    std::string text;
    std::vector<unsigned char> firsts;
    for (unsigned b = 0; b < 256; ++b) {
      if (pack_->starts()[b] != 0) firsts.push_back(static_cast<unsigned char>(b));
    }
    text += static_cast<char>(firsts[random() % firsts.size()]);
    for (uint32_t state = pack_->starts()[static_cast<unsigned char>(text[0])]; text.size() < 24;) {
      const pack::State& s = pack_->states()[state];
      if (s.moves.count == 0 || (s.accepts.count != 0 && random() % 3 == 0)) break;
      const pack::Move& m = pack_->moves()[s.moves.first + random() % s.moves.count];
      text += static_cast<char>(m.low + random() % (m.high - m.low + 1u));
      state = m.to;
    }
    return text;
  }

  std::shared_ptr<const pack::Pack> pack_;
  std::vector<std::unique_ptr<RE2>> patterns_;
};

TEST_F(AutomatonTest, FindsWhatRe2Finds) {
  std::mt19937 random(20261121);
  size_t matches = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string text = Walk(random);
    if (i % 2 == 1) text[random() % text.size()] = static_cast<char>("a1-/. z9"[random() % 8]);
    const std::vector<uint32_t> expected = ByRe2(text);
    matches += expected.size();
    ASSERT_EQ(ByAutomaton(*pack_, text), expected) << text;
  }
  EXPECT_GT(matches, 250u);
}

TEST_F(AutomatonTest, IsAsSmallAsItCanBe) {  // Moore: no two states with the same future
  std::vector<std::string> seen;
  for (const pack::State& s : pack_->states()) {
    std::string future;
    for (const pack::Move& m : pack_->moves().subspan(s.moves.first, s.moves.count))
      future += std::to_string(m.low) + "-" + std::to_string(m.high) + ">" + std::to_string(m.to) + " ";
    for (const uint32_t a : pack_->accepts().subspan(s.accepts.first, s.accepts.count))
      future += std::to_string(a) + "!";
    seen.push_back(std::move(future));
  }
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST(Automaton, WithoutPatternsItIsDead) {
  compile::Tables tables;
  compile::Fault fault;
  compile::Automaton().Flush(tables, fault);
  ASSERT_TRUE(fault.empty());
  EXPECT_EQ(tables.states.size(), 1u);
  EXPECT_EQ(tables.starts, std::vector<uint32_t>(256, 0));
}

TEST(Automaton, CountsRepeatAndEndless) {
  compile::Tables tables;
  compile::Automaton automaton;
  automaton.Add("a[0-9]+b?", 0);
  automaton.Add("a(?:1|2){2}", 1);
  automaton.Add("a[0-9]{1,3}", 2);
  compile::Fault fault;
  automaton.Flush(tables, fault);
  ASSERT_TRUE(fault.empty());
  const auto accepts = [&](std::string_view text) {
    uint32_t state = tables.starts[static_cast<unsigned char>(text[0])];
    for (const char c : text.substr(1)) {
      uint32_t next = 0;
      const pack::Range r = tables.states[state].moves;
      for (uint32_t m = r.first; m < r.first + r.count; ++m) {
        if (tables.moves[m].low <= c && c <= tables.moves[m].high) next = tables.moves[m].to;
      }
      state = next;
    }
    const pack::Range r = tables.states[state].accepts;
    return std::vector<uint32_t>(tables.accepts.begin() + r.first, tables.accepts.begin() + r.first + r.count);
  };
  using Ids = std::vector<uint32_t>;
  EXPECT_EQ(accepts("a1"), (Ids{0, 2}));
  EXPECT_EQ(accepts("a12"), (Ids{0, 1, 2}));
  EXPECT_EQ(accepts("a1234567"), (Ids{0}));
  EXPECT_EQ(accepts("a7b"), (Ids{0}));
  EXPECT_EQ(accepts("a"), (Ids{}));
  EXPECT_EQ(accepts("b1"), (Ids{}));
}

}  // namespace
}  // namespace sekisho
