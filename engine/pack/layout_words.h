// Records of a compiled taxonomy: words, phrases and designators, what a line is matched with.
#pragma once

#include <cstdint>

#include "engine/pack/layout_base.h"

namespace sekisho::pack {

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
  kWithoutAfter,   // without, less: what follows is denied
  kWithoutBefore,  // なし: what stands before is denied
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
  kExceptionAfter,   // except, other than: denied like kWithoutAfter, and of another kind: it tells nothing of the item
  kExceptionBefore,  // 以外, を除く: the same of what stands before
  kCount
};

// Quantity comparators. The id of TermKind::kComparator is Comparator | kComparatorAfter when it stands behind the
// quantity (300 km 以上).
enum class Comparator : uint32_t { kLess, kLessEqual, kGreater, kGreaterEqual, kEqual, kAbout };
inline constexpr uint32_t kComparatorAfter = 16;

// ---- designators

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

// ---- code points

inline constexpr uint32_t kFoldConfusable = 0x80000000u;  // folded only in words that mix scripts
inline constexpr uint32_t kFoldDigit =
    0x40000000u;  // a letter that was meant for a digit inside a designation (PVS-I4)
struct Fold {     // a code point, with one of the marks above or none, and what it becomes; to == 0: removed
  uint32_t from, to;
};

}  // namespace sekisho::pack
