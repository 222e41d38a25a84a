// lists/<list>/*.json into the tables.
#pragma once

#include "engine/compile/build.h"

namespace sekisho::compile {

// The lists that the manifest names, in its order.
void CompileLists(Build& b, const std::vector<const Node*>& names);

// A rule of an entry, or (entry kNone) a release of a list: its id, or kNone when it is faulty and left out. rules.cc
uint32_t CompileRule(Build& b, const Node& node, uint32_t entry);

// "missing": ids of facts; measures count as facts under their own label. rules.cc
std::vector<uint32_t> MissingFacts(Build& b, const Node* node);

// "effective": [from, to) as dates or null. False when faulty. rules.cc
bool Effective(Build& b, const Node& owner, int32_t& from, int32_t& to);

// Whether `node` is one of `words`; E0509 otherwise. `index`: which.
bool OneOf(Build& b, const Node& node, std::span<const std::string_view> words, std::string_view what, size_t& index);

// The tests of an entry; which kinds there are. tests.cc
struct TestKinds {
  bool positive = false, negative = false;
};
TestKinds ReadTests(Build& b, const Node& entry, const std::string& list, const std::string& designator);

// Lines of tests/<list>/*.json: `tests` is what an entry would hold under "tests". tests.cc
void ReadMoreTests(Build& b, const Node& tests, const std::string& list, const std::string& designator);

// The tests of a treaty row: lines that it shuts out, may shut out, and neighbours that it does not. tests.cc
TestKinds ReadRowTests(Build& b, const Node& row, const std::string& list, const std::string& id);

}  // namespace sekisho::compile
