// Which tests exercise which phrases and designator patterns.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::workshop {

struct Usage {                                  // tests by index, ascending
  std::vector<std::vector<uint32_t>> phrases;   // by SourceMap::phrases
  std::vector<std::vector<uint32_t>> patterns;  // by Pack::patterns()
};

Usage ReadUsage(const std::shared_ptr<const pack::Pack>& pack, const compile::SourceMap& map,
                std::span<const compile::TestCase> tests, size_t threads);

// The keys (compile::PhraseKey) of the rows of tokens under which the trie can have found the hit; none for a pattern
// or a word of the grammar. A joined word stands for itself and for its two halves.
void PhraseKeys(const pack::Pack& pack, const text::Reading& reading, const match::Hit& hit,
                std::vector<uint64_t>& keys);

}  // namespace sekisho::workshop
