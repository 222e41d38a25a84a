// The phrases and designators of a taxonomy's folder as rules, and Sekisho with that taxonomy.
#pragma once

#include <memory>
#include <string>

#include "bench/peers/engine.h"

namespace sekisho::peers {

// Each phrase of a concept, as its author wrote it, and each designator as a regular expression over canonical text;
// the groups are the concepts. Texts: the canonical descriptions of the items' file, at most 20,000. Ends the program
// with a message when the folder or the file cannot be read.
Contest ShippedContest(const std::string& taxonomy, const std::string& items, size_t most);

// `whole`: everything from the text to verdicts with evidence of all lists, instead of matching alone.
std::unique_ptr<Engine> ShippedEngine(const std::string& taxonomy, const Contest& contest, bool whole);

}  // namespace sekisho::peers
