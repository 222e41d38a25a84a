// The compiled taxonomy, as it lies in a file and in memory: plain records in little-endian order, reached by
// index, never by pointer, so that one mapping serves every process. The compiler writes these tables, the other
// rooms read them through pack::Pack. Whoever changes a record raises kFormatVersion.
#pragma once

#include <cstdint>
#include <type_traits>

#include "engine/pack/layout_base.h"
#include "engine/pack/layout_facts.h"
#include "engine/pack/layout_lists.h"
#include "engine/pack/layout_treaties.h"
#include "engine/pack/layout_words.h"

namespace sekisho::pack {

inline constexpr char kMagic[8] = {'S', 'E', 'K', 'I', 'S', 'H', 'O', '\n'};
inline constexpr uint32_t kFormatVersion = 7;

enum class Section : uint32_t {
  kStrings,
  kTokens,
  kTokenSlots,
  kEdges,
  kNodes,
  kTerms,
  kPatterns,
  kStates,
  kMoves,
  kAccepts,
  kStarts,
  kSystems,
  kConcepts,
  kAncestors,
  kNeeds,
  kIds,
  kUnits,
  kMeasures,
  kMeasureTests,
  kKnown,
  kLists,
  kEntries,
  kRules,
  kConditions,
  kFacts,
  kFolds,
  kNotices,
  kVocabulary,  // token ids in order of their text: completion of cut words
  kParagraphs,
  kTreatyRows,
  kTreatyCells,
  kTreatyNotes,
  kTreatyConditions,
  kTreaties,
  kOccasions,
  kGateFilter,  // the gate's keys (hash.h), all sizes a power of two, see text::Gate: a bitmap of those to look up,
  kGateKeys,    // a table of what each is,
  kGatePairs,   // and a table of pairs
  kCount
};
struct SectionEntry {
  uint64_t offset;  // from the start of the file, 8-byte aligned
  uint32_t count;   // records (bytes for kStrings)
  uint32_t size;    // bytes of one record
};
struct Header {
  char magic[8];
  uint32_t format;         // kFormatVersion
  uint32_t section_count;  // Section::kCount
  uint64_t file_size;
  uint8_t
      digest[32];  // SHA-256 of the file with this field and the next zero: the pack's name, verified with a signature
  uint64_t checksum;  // XXH3 (64 bits) of the file with this field zero: against accidents, verified at every opening
  Text version;       // of the taxonomy: "2026.11"
  int32_t as_of;      // default date of classification: days since 1970-01-01
  uint32_t zero;
  SectionEntry sections[static_cast<uint32_t>(Section::kCount)];
};

static_assert(std::is_trivially_copyable_v<Header> && sizeof(SectionEntry) == 16 && sizeof(Decimal) == 16);

}  // namespace sekisho::pack
