// All phrases and designators of the taxonomy in one reading, in one pass: a trie walk from every token, and RE2 for
// the designator patterns that a token's key calls for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace re2 {
class RE2;
}

namespace sekisho::match {

struct Hit {
  uint32_t first, last;  // tokens [first, last) of the reading
  pack::TermKind kind;   // kConcept, or kWord and the others of a term
  uint16_t flags;        // pack::TermFlags
  uint32_t id;           // of its kind; for a system, the index in Pack::systems()
  bool pattern = false;  // found by a designator pattern
  bool system = false;   // only a type designation
};

// The designator patterns of a pack, compiled on first use, shared by all threads.
class Patterns {
 public:
  explicit Patterns(std::shared_ptr<const pack::Pack> pack);
  ~Patterns();
  // The end (a byte of `text`) of the longest match of pattern `id` that starts at `begin`; kNone when there is none or
  // RE2 ran out of its budget, in which case `exhausted` is set.
  uint32_t LongestMatch(uint32_t id, std::string_view text, uint32_t begin, bool& exhausted) const;

 private:
  struct Lazy;
  const re2::RE2* Get(uint32_t id) const;
  std::shared_ptr<const pack::Pack> pack_;
  std::unique_ptr<Lazy[]> compiled_;
};

// Scratch of one thread.
class Matcher {
 public:
  Matcher(const pack::Pack& pack, const Patterns& patterns) : pack_(pack), patterns_(patterns) {}
  // Every phrase and designator in order of start, then of length. False when a limit was hit and a hit may be missing.
  bool Match(const text::Reading& reading, std::vector<Hit>& hits) const;

 private:
  void Walk(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t i, std::vector<Hit>& hits) const;
  void TakeTerms(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t last,
                 std::vector<Hit>& hits) const;
  uint32_t LongestWhole(const text::Reading& reading, uint32_t id, uint32_t first, bool& exhausted) const;
  bool Designators(const text::Reading& reading, uint32_t first, std::vector<Hit>& hits) const;

  const pack::Pack& pack_;
  const Patterns& patterns_;
};

}  // namespace sekisho::match
