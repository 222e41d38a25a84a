// From hits to elements: which hits stand (the longest wins, boundaries inside kana runs, support for ambiguous words),
// and the line as a row of elements, each a concept, a grammar word, a quantity or something unknown.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/facts/facts.h"
#include "engine/facts/support.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

inline bool IsCjk(text::Script s) {
  return s == text::Script::kHan || s == text::Script::kHiragana || s == text::Script::kKatakana;
}

struct Element {
  uint32_t first, last;      // tokens
  uint32_t concepts, count;  // into Segments::concepts
  uint32_t words;            // bit (1 << pack::Word) for each grammar class
  bool quantity = false;
  bool code = false;           // an unknown number, single letter or letters with digits: names nothing
  bool designation = false;    // a concept named by letters with digits (AN/PVS-14, leopard 2), not by words
  bool ambiguous = false;      // words that name a thing only in company: apache, tornado
  bool closes_target = false;  // a concept whose phrase ends in a particle of its own: P-1用
  bool part_word = false;      // no concept, but in words that name a part in company which the line lacks: pump, valve
  bool name = false;           // a concept in several words that make a name: Puma IFV, Carl Gustaf; no landing craft
  bool Is(pack::Word w) const { return (words >> static_cast<uint32_t>(w) & 1) != 0; }
};

struct Segments {
  std::vector<Element> elements;
  std::vector<uint32_t> concepts;
  std::vector<match::Hit> systems;  // type designations that only support
  bool genre = false;               // a toy, a game, a title: nothing in the line is meant
  bool turned_off = false;          // a word of another world turned a concept off: golf, vaccine, printer
};

// What stands on a token; kLabel: a word that a label may end in (ITEM, LOT), kNamed: a concept, kFirm: one that needs
// no support.
enum Cover : uint32_t { kFree, kCovered, kLabel, kNamed, kFirm };

class Segmenter {
 public:
  explicit Segmenter(const pack::Pack& pack) : pack_(pack), support_(pack) {}
  void Segment(const text::Reading& reading, const std::vector<match::Hit>& hits,
               const std::vector<Quantity>& quantities, uint32_t supply_class, Segments& out);

 private:
  struct Span {
    uint32_t first, last;
    bool plain;  // an ordinary phrase
  };
  void Gather(const text::Reading& reading, const std::vector<match::Hit>& hits,
              const std::vector<Quantity>& quantities, Segments& out);
  void NoteTurnedOff(const text::Reading& reading, const std::vector<match::Hit>& hits);
  void Select(const text::Reading& reading);
  void DropInsideKana(const text::Reading& reading);
  bool DropUnsupported(const text::Reading& reading, const std::vector<match::Hit>& hits,
                       const std::vector<Quantity>& quantities, uint32_t supply_class);
  bool IsGenre(const text::Reading& reading, const std::vector<Quantity>& quantities) const;
  bool EndsInParticle(const text::Reading& reading, const Element& element) const;
  bool Names(const match::Hit& hit, pack::ConceptKind kind) const;
  uint32_t PartWordAt(const std::vector<match::Hit>& hits, size_t hit, uint32_t token) const;
  bool IsName(const std::vector<match::Hit>& hits, size_t hit, const Element& element,
              const std::vector<uint32_t>& concepts) const;
  bool RunsOver(size_t hit, const Quantity& quantity) const;
  void Build(const text::Reading& reading, const std::vector<match::Hit>& hits, const std::vector<Quantity>& quantities,
             Segments& out) const;

  const pack::Pack& pack_;
  Support support_;
  std::vector<match::Hit> kept_;  // in order of start
  std::vector<match::Hit> candidates_, systems_;
  std::vector<uint32_t> owner_;  // token -> index + 1 of the span in spans_ that covers it; at last, a Cover
  std::vector<Span> spans_;
  std::vector<uint32_t> turned_off_;  // concepts
  std::vector<uint8_t> targets_;      // of tokens, where something is turned off
};

}  // namespace sekisho::facts
