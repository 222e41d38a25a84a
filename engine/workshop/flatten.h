// A pack as plain lines of text without any index, so that two packs can be compared line by line.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/pack/pack.h"

namespace sekisho::workshop {

// (kind, name) -> content: ("entry", "us-usml XII(c)(2)") -> its title, flags and dates as JSON. Rules and patterns are
// all name.
using Lines = std::map<std::pair<std::string, std::string>, std::string>;
Lines Flatten(const pack::Pack& pack);

struct Phrase {
  std::string owner, words;  // "@night-vision-goggle", "(grammar) neutral", …; "night vision goggle"
  auto operator<=>(const Phrase&) const = default;
};
// Every row of words that the trie knows, in order.
std::vector<Phrase> Phrases(const pack::Pack& pack);

}  // namespace sekisho::workshop
