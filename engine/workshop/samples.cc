#include "engine/workshop/samples.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace sekisho::workshop {
namespace {

uint32_t Next(const pack::Pack& pack, uint32_t state, unsigned char byte) {
  const pack::Range range = pack.states()[state].moves;
  for (const pack::Move& move : pack.moves().subspan(range.first, range.count)) {
    if (byte >= move.low && byte <= move.high) return move.to;
  }
  return 0;
}

// Whether the pattern, and no other of its concept, is accepted here.
bool IsOwn(const pack::Pack& pack, uint32_t state, uint32_t pattern) {
  const pack::Range r = pack.states()[state].accepts;
  const auto ids = pack.accepts().subspan(r.first, r.count);
  const uint32_t concept_id = pack.patterns()[pattern].id;
  return std::find(ids.begin(), ids.end(), pattern) != ids.end() &&
         std::none_of(ids.begin(), ids.end(), [&](uint32_t id) {
           const pack::Pattern& other = pack.patterns()[id];
           return id != pattern && other.kind == pack::PatternKind::kConcept && other.id == concept_id;
         });
}

// A designation as it is printed: capitals, and a hyphen before the first number where the pattern has room for one.
std::string Printed(const pack::Pack& pack, std::string text, uint32_t pattern) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (size_t i = 1; i < text.size(); ++i) {
    if (!is_digit(text[i]) || is_digit(text[i - 1])) continue;
    std::string with = text;
    with.insert(i, "-");
    const uint32_t state = StateAfter(pack, with);
    if (state != 0 && IsOwn(pack, state, pattern)) text = std::move(with);
    break;
  }
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

}  // namespace

uint32_t StateAfter(const pack::Pack& pack, std::string_view text) {
  uint32_t state = text.empty() ? 0 : pack.starts()[static_cast<unsigned char>(text[0])];
  for (size_t i = 1; i < text.size() && state != 0; ++i) state = Next(pack, state, static_cast<unsigned char>(text[i]));
  return state;
}

std::string Sample(const pack::Pack& pack, uint32_t pattern) {
  struct From {
    uint32_t state;
    char byte;
  };
  std::map<uint32_t, From> seen;
  std::vector<uint32_t> queue;
  const auto reach = [&](uint32_t to, uint32_t from, unsigned byte) {
    if (to != 0 && seen.try_emplace(to, From{from, static_cast<char>(byte)}).second) queue.push_back(to);
  };
  for (unsigned byte = ' '; byte < 127; ++byte) reach(pack.starts()[byte], 0, byte);
  for (size_t at = 0; at < queue.size(); ++at) {
    const uint32_t from = queue[at];
    if (IsOwn(pack, from, pattern)) {
      std::string out;
      for (uint32_t state = from; state != 0; state = seen.at(state).state) out += seen.at(state).byte;
      std::reverse(out.begin(), out.end());
      return Printed(pack, std::move(out), pattern);
    }
    const pack::Range moves = pack.states()[from].moves;
    for (const pack::Move& m : pack.moves().subspan(moves.first, moves.count)) {
      for (unsigned byte = std::max<unsigned>(m.low, ' '); byte <= std::min<unsigned>(m.high, 126); ++byte)
        reach(m.to, from, byte);
    }
  }
  return "";
}

}  // namespace sekisho::workshop
