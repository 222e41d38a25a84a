// All phrases and designators of the taxonomy in one reading, in one pass: from every token a walk through the trie of
// phrases and one through the automaton of designators.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::match {

struct Hit {
  uint32_t first, last;  // tokens [first, last) of the reading
  pack::TermKind kind;   // kConcept, or kWord and the others of a term
  uint16_t flags;        // pack::TermFlags
  uint32_t id;           // of its kind; for a system, the index in Pack::systems()
  bool pattern = false;  // found by a designator pattern
  bool system = false;   // only a type designation
  bool Is(pack::Word w) const { return kind == pack::TermKind::kWord && id == static_cast<uint32_t>(w); }
};

// Of one text. What goes beyond them is not looked for.
struct Limits {
  uint64_t matches = 4096;             // phrases and designators found
  uint64_t steps = uint64_t{1} << 24;  // words followed through the phrases, and bytes through the designators
};

// Scratch of one thread.
class Matcher {
 public:
  explicit Matcher(const pack::Pack& pack, const Limits& limits = {}) : pack_(pack), limits_(limits) {}

  // Every phrase and designator in order of start, then of length. False when a limit was hit and a hit may be missing.
  bool Match(const text::Reading& reading, std::vector<Hit>& hits);

  // The same for a classification: none at all where no concept is named, which is so in most lines, and of the phrases
  // that turn concepts off those that are about the line's own.
  bool MatchNamed(const text::Reading& reading, std::vector<Hit>& hits);

 private:
  struct End {  // where a phrase ends
    uint32_t node, first, last;
  };

  bool Walk(const text::Reading& reading);
  void Walk(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t i);
  void TakeEnd(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t last);
  void Designators(const text::Reading& reading, uint32_t first, std::vector<Hit>& hits);
  void Accept(uint32_t state, uint32_t first, uint32_t last, size_t found, std::vector<Hit>& hits) const;
  void TakeTerms(const text::Reading& reading, std::vector<Hit>& hits) const;
  template <typename Take>
  void ForEachOff(const text::Reading& reading, const Take& take) const;
  void TakeOff(const text::Reading& reading, std::vector<Hit>& hits);
  void TakeAllOff(const text::Reading& reading, std::vector<Hit>& hits) const;

  const pack::Pack& pack_;
  const Limits limits_;
  uint64_t steps_ = 0;
  std::vector<End> ends_;
  std::vector<Hit> found_;  // designators
  bool named_ = false;      // a concept, by a phrase or a designator
  std::vector<uint32_t> named_ids_;
};

}  // namespace sekisho::match
