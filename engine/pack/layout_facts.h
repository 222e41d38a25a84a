// Records of a compiled taxonomy: concepts and quantities, what a line is read as.
#pragma once

#include <cstdint>

#include "engine/pack/layout_base.h"
#include "engine/pack/layout_words.h"

namespace sekisho::pack {

enum class ConceptKind : uint32_t { kThing, kPart, kPlatform, kSubstance, kQuality, kInformation };
struct Ancestor {
  uint32_t concept_id, distance;  // self first, distance 0
};
enum class NeedKind : uint32_t { kMeasure, kDesignator, kPlatform, kConcept, kPair, kTarget };
struct Need {
  NeedKind kind;
  uint32_t id;  // measure or concept
};
struct Concept {
  Text id, label_en, label_ja;
  ConceptKind kind;
  Range ancestors;  // into Ancestors
  Range parents;    // into Ids
  Range needs;      // into Needs
  Range implied;    // into Ids: concepts that it has
  Range known;      // into Known: measures known of it
  Range fsc;        // into Ids: Federal Supply Classes
  Range rules;      // into Ids: rules to try when this very concept is present
};

// ---- quantities

struct Decimal {  // mantissa * 10^exponent, exact
  int64_t mantissa;
  int32_t exponent;
  uint32_t zero;
};
struct Unit {  // value in base units = value * num / den * 10^exponent + offset (offset in base units)
  Text id;
  uint32_t dimension;  // equal numbers can be compared
  int32_t exponent;
  int64_t num, den;
  Decimal offset;
};
struct Measure {
  Text id, label_en, label_ja;
  uint32_t unit;  // base unit
  uint32_t zero;
  Range implied;  // into Ids: units whose bare quantity means this measure
};
struct MeasureTest {  // the measure, in unit, compared with value
  uint32_t measure, unit;
  Comparator op;
  uint32_t zero;
  Decimal value;
};
struct Known {  // a measure known of a concept
  uint32_t measure, unit;
  Decimal value;
};

}  // namespace sekisho::pack
