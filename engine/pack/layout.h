// The compiled taxonomy, as it lies in a file and in memory: plain records in little-endian order, reached by
// index, never by pointer, so that one mapping serves every process. The compiler writes these tables, the other
// rooms read them through pack::Pack. Whoever changes a record raises kFormatVersion.
#pragma once

#include <cstdint>
#include <type_traits>

namespace sekisho::pack {

inline constexpr char kMagic[8] = {'S', 'E', 'K', 'I', 'S', 'H', 'O', '\n'};
inline constexpr uint32_t kFormatVersion = 7;
inline constexpr uint32_t kNone = 0xFFFFFFFFu;   // "no such record"
inline constexpr int32_t kOpenFrom = INT32_MIN;  // effective dates: days since 1970-01-01, [from, to)
inline constexpr int32_t kOpenTo = INT32_MAX;

struct Text {  // bytes of the string pool
  uint32_t offset, size;
};
struct Range {  // a run of records of another table
  uint32_t first, count;
};

// ---- words ----------------------------------------------------------------------------------------------------

// What a single-token word is to the reader of the line, before any phrase is matched.
enum TokenFlags : uint32_t {
  kTokenInvariant = 1u << 0,    // never singularised (gas, lens, arms)
  kTokenTargetAfter = 1u << 1,  // for, of
  kTokenWith = 1u << 2,         // with, w
  kTokenAnd = 1u << 3,          // and, or
  kTokenWithout = 1u << 4,      // without, except
  kTokenTailLead = 1u << 5,     // caliber, type, model: what follows a comma is a tail, not an inverted modifier
  kTokenTargetOf = 1u << 7,     // of, in, to
  kTokenKnown = 1u << 6,        // occurs in some phrase (a cut stump never does)
  kTokenEndsNoise = 1u << 8,    // a phrase of noise or of a counter ends with it
};
struct Token {
  Text text;          // canonical
  uint32_t flags;     // TokenFlags
  uint32_t root;      // the node behind the root's edge with this token; 0: no phrase begins with it
  uint32_t singular;  // the token of its singular (itself, where it is one or never changes); kNone: no phrase has that
  uint32_t state;     // of the automaton of designators behind the word, where a designator begins with it
  Range expansion;    // into Ids: the tokens that this abbreviation stands for; count 0 = none
  Range split;        // into Ids: the two tokens that this joined word is made of (rangefinder); count 0 = none
};
struct TokenSlot {  // open addressing, power of two, linear probing; token == kNone is empty
  uint32_t hash, token;
};

// Phrases are paths of a trie over tokens; node 0 is the root, whose edges are the tokens' own (Token::root).
struct Edge {
  uint32_t token, to;
};
struct Node {
  Range edges;        // into Edges, by token, ascending
  Range terms;        // phrases that end here, by kind
  uint32_t goods;     // how many of the terms, the first ones, are of a kind up to kWord; the others are about figures
  uint32_t children;  // EdgeBit of each edge's token, so that most tokens that no edge has need no search
};
inline constexpr uint32_t EdgeBit(uint32_t token) { return 1u << (token * 0x9E3779B1u >> 27); }

enum class TermKind : uint16_t { kConcept, kOff, kWord, kUnit, kMeasure, kComparator };
enum TermFlags : uint16_t {
  kTermWeak = 1u << 0,   // needs support
  kTermTight = 1u << 1,  // written without a space between letters and digits (M4): a space in the text breaks it
};
struct Term {
  TermKind kind;
  uint16_t flags;  // TermFlags
  uint32_t id;     // concept, Word, unit, measure or Comparator
};

// Grammar classes, the `id` of TermKind::kWord.
enum class Word : uint32_t {
  kTargetAfter,    // for, of, used on: the target follows
  kTargetBefore,   // 用, の, 搭載, 向け: the target stands before
  kWith,           // with, including: what follows is said of the item
  kWithBefore,     // 付, 付き: what stands before is said of the item
  kWithoutAfter,   // without, less, except, other than: what follows is denied
  kWithoutBefore,  // なし, 以外, を除く: what stands before is denied
  kAnd,            // and, or, 及び
  kPartitive,      // parts, components, accessories, 部品: the item is a part of the rest
  kTransparent,    // assembly, kit, system, 装置: says nothing, the head is the word before
  kNeutral,        // pouch, case, tool, book: an item of its own that no list wants
  kAction,         // 取得, 整備, repair: the item is what it acts on
  kGenre,          // toy, game, title: nothing in the line is meant
  kTrailing,       // trailing codes: sizes, sides, colours
  kTailLead,       // caliber, type, model
  kIgnored,        // articles and the like
  kDeactivated,    // inert, deactivated, 模擬, 訓練用: unlike contexts, see facts::Context
  kCivil,          // non-military, civil, 民生用
  kPlain,          // ordinary words that only keep other phrases from matching inside them
  kGenreAside,     // a genre where it fills a bracket of its own: (PC), (Wii)
  kNoise,          // quantity, condition, price behind the name: QTY 2, NEW, USD 120.00, 数量２
  kCounter,        // what is counted: ea, pcs, 個; noise behind a figure
  kCaliberSuffix,  // win, mag, para: the name of a cartridge behind its calibre
  kTargetOf,  // of, in, to: like kTargetAfter, but inside a part of a supply name (ELBOW,TUBE TO BOSS) they open no
              // tail
  kFitting,   // cover, rack, lamp: a neutral word that is a part of the platform of its line
  kCount
};

// Quantity comparators. The id of TermKind::kComparator is Comparator | kComparatorAfter when it stands behind the
// quantity (300 km 以上).
enum class Comparator : uint32_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kAbout };
inline constexpr uint32_t kComparatorAfter = 16;

// ---- designators ----------------------------------------------------------------------------------------------

enum class PatternKind : uint16_t {
  kConcept,  // names a concept
  kSystem,   // only a type designation (M.., Mk.., …式): support
};
struct Pattern {
  Text re2;  // over the reading text, lower case, as the reference of the automaton; it starts and ends with a token
  PatternKind kind;
  uint16_t flags;  // TermFlags
  uint32_t id;     // concept, or index of the system's name in Systems
};

// All patterns are one deterministic automaton over the bytes of the reading text. State 0 is dead; Starts has the
// state behind each first byte.
struct Move {
  uint8_t low, high;  // the bytes that it reads
  uint16_t zero;
  uint32_t to;
};
struct State {
  Range moves;    // into Moves, by byte, no two overlap
  Range accepts;  // into Accepts: patterns that end here
};

// ---- concepts -------------------------------------------------------------------------------------------------

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

// ---- quantities -----------------------------------------------------------------------------------------------

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

// ---- lists ----------------------------------------------------------------------------------------------------

enum class Regime : uint32_t { kUnitedStates, kJapan };
struct List {
  Text id, title_en, title_ja;
  Regime regime;
  uint32_t review;  // order of review inside the regime: 0 is looked at first
  Range entries;    // into Entries
  Range releases;   // into Ids: rules that release from any catch-all paragraph of the list (120.41(b)(2))
  Range missing;    // into Ids: facts that every catch-all result lacks
};
enum EntryFlags : uint32_t {
  kEntrySme = 1u << 0,
  kEntryMt = 1u << 1,
  kEntryHeading = 1u << 2,
  kEntryReserved = 1u << 3,
  kEntryUndecidable = 1u << 4,
};
struct Entry {
  uint32_t list;
  Text designator, title_en, title_ja, cite, undecidable;
  uint32_t flags;  // EntryFlags
  int32_t from, to;
};
enum class RuleVerdict : uint8_t { kMatch, kPossible, kCatchAll, kExcluded };
enum class ItemKind : uint8_t { kGoods, kTechnology, kSoftware, kService };
struct Rule {
  uint32_t entry;  // kNone for a list's releases
  RuleVerdict verdict;
  ItemKind item_kind;
  uint16_t zero;
  Range conditions;  // into Conditions
  Range missing;     // into Ids: Facts
  Text clause, note;
  int32_t from, to;
};

// Roles of a concept, as a mask.
inline constexpr uint8_t kRoleIs = 1, kRoleFor = 2, kRoleHas = 4, kRoleAny = 7;
enum class ConditionKind : uint8_t { kConcept, kAnyGoods, kMeasure };
struct Condition {
  uint8_t group;  // 0: must hold; n > 0: the n-th `unless`, which turns the rule off when all of its conditions hold
  ConditionKind kind;
  uint8_t roles;  // kRoleIs | kRoleFor | kRoleHas
  uint8_t zero;
  Range ids;  // kConcept: into Ids (any one); kMeasure: into MeasureTests (all)
};

struct Fact {  // something that can be missing
  Text id, en, ja;
};
struct Notice {  // said of an item that has a flagged candidate in the list, among the entries whose designator starts
                 // with `prefix`
  uint32_t list;
  Text code, prefix, en, ja;
  int32_t from, to;
};
inline constexpr uint32_t kFoldConfusable = 0x80000000u;  // folded only in words that mix scripts
inline constexpr uint32_t kFoldDigit =
    0x40000000u;  // a letter that was meant for a digit inside a designation (PVS-I4)
struct Fold {     // a code point, with one of the marks above or none, and what it becomes; to == 0: removed
  uint32_t from, to;
};

// ---- treaties -------------------------------------------------------------------------------------------------

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

// ---- the file -------------------------------------------------------------------------------------------------

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
