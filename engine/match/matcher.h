// All phrases and designators of the taxonomy in one reading, in one pass: from every token a walk through the trie of
// phrases and one through the automaton of designators.
#pragma once

#include <cstdint>
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
};

// Scratch of one thread.
class Matcher {
 public:
  struct End {  // where a phrase ends that names a unit, a measure or a comparator
    uint32_t node, first, last;
  };

  explicit Matcher(const pack::Pack& pack) : pack_(pack) {}
  // Every phrase and designator in order of start, then of length. False when a limit was hit and a hit may be missing.
  bool Match(const text::Reading& reading, std::vector<Hit>& hits) {
    const bool complete = MatchGoods(reading, hits);
    MatchFigures(reading, hits);
    return complete;
  }
  // The two halves of it, since most lines need the first alone: concepts and words of the grammar,
  bool MatchGoods(const text::Reading& reading, std::vector<Hit>& hits);
  // and what is said of figures; of the reading matched last.
  void MatchFigures(const text::Reading& reading, std::vector<Hit>& hits) const;

 private:
  void Walk(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t i, std::vector<Hit>& hits);
  void TakeTerms(const text::Reading& reading, uint32_t node, uint32_t first, uint32_t last, std::vector<Hit>& hits);
  void Designators(const text::Reading& reading, uint32_t first, std::vector<Hit>& hits) const;
  void Accept(uint32_t state, uint32_t first, uint32_t last, size_t found, std::vector<Hit>& hits) const;

  const pack::Pack& pack_;
  std::vector<End> figures_;
};

}  // namespace sekisho::match
