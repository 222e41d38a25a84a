// Records of a compiled taxonomy: treaty profiles, and the notices on transactions.
#pragma once

#include <cstdint>

#include "engine/pack/layout_base.h"

namespace sekisho::pack {

// What a column of an exclusion table says of a row. What is not certain counts as excluded, and is marked.
enum class ColumnFlag : uint32_t { kBlank, kExcluded, kProbable, kUnclear };  // "", "X", "X?", "?"
enum class Confidence : uint32_t { kHigh, kMedium, kLow };                    // how sure the source's flags are
enum TreatyRowFlags : uint32_t {
  kRowClassified = 1u << 0,  // only classified articles
  kRowMt = 1u << 1,          // only entries with the MT flag
  kRowByPerson = 1u << 2,    // no item text can tell: it never applies by itself, only its question is put
  kRowFollows = 1u << 3,     // data and services about articles that other rows of the profile shut out
};
struct TreatyRow {  // what an exclusion list shuts out
  Text id, title_en, title_ja, cite;
  Range paragraphs;   // into Paragraphs: the entries it covers, or beginnings of them; none: every entry
  Range moved;        // into Paragraphs: where the article stands today, in our reading (marked uncertain)
  Range related;      // into Paragraphs: of data, software and services, only those about articles of these entries
  Range conditional;  // into Paragraphs: entries whose MT flag holds for a part of them only,
  Range missing;      // into Ids: and the Facts that tell which part; without kRowMt: that tell whether the row applies
  Range except;       // into Ids: rules that lift the row
  Range rules;        // into Ids: one of these rules must hold; none: no test on facts
  Range notes;        // into Ids: TreatyNotes
  Text verify_en, verify_ja;  // what a person must make sure of where the row was not found to apply; or empty
  uint32_t flags;             // TreatyRowFlags
  uint32_t kinds;             // mask of ItemKind; 0: any
  Confidence confidence;
  int32_t from, to;
};
struct TreatyCell {  // a row of a profile, and what the profile's column says of it; never blank
  uint32_t row;
  ColumnFlag flag;
};
struct TreatyNote {
  Text id, en, ja;
};
struct TreatyCondition {  // what a person must verify before an item that is not excluded may use the exemption
  Text id, en, ja, cite;
  int32_t from, to;
};
struct Treaty {  // a profile
  Text id, title_en, title_ja, cite, remark_en, remark_ja;
  uint32_t list;          // whose entries are judged
  uint32_t hypothetical;  // 1: proposed, never judged unless asked for by name
  Range cells;            // into TreatyCells
  Range conditions;       // into TreatyConditions
  int32_t from, to;
};
enum class OccasionKind : uint32_t {
  kCountry,  // a country of the transaction
  kHop,      // one step of a transfer chain, by the country that sends ("*": any)
  kSale,     // "fms", "dcs"
};
struct Occasion {  // a dated notice on the transaction; it changes no verdict
  OccasionKind kind;
  uint32_t list;     // said when this list was judged,
  uint32_t flagged;  // 1: and has a flagged candidate
  Text key, code, en, ja;
  int32_t from, to;
};

}  // namespace sekisho::pack
