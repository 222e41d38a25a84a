// What is read off an item: concepts in roles, quantities, designators. Rules are written in these terms alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/pack/layout.h"

namespace sekisho::facts {

struct Span {
  uint8_t field;        // 0 description, 1 part number, 2 nsn, 4 attributes: decide::Field
  uint32_t begin, end;  // bytes of the caller's field
};

struct ConceptFact {
  uint32_t concept_id;
  uint8_t roles;  // pack::kRoleIs | kRoleFor | kRoleHas
  Span span;
};

struct Quantity {
  uint32_t first, last;          // tokens of the reading; 0, 0 for an attribute
  uint32_t measure;              // pack::kNone: the text does not name it
  std::array<uint32_t, 7> also;  // other measures of the same name and dimension ("diameter"); kNone fills the rest
  uint32_t unit;
  pack::Decimal low, high;  // closed or open interval; equal for a plain figure
  bool has_low, has_high, low_open, high_open;
  bool size;  // one of several: 300x200x100 mm; without a name it stands for no measure
  Span span;
  bool Names(uint32_t m) const { return m == measure || std::find(also.begin(), also.end(), m) != also.end(); }
  // Whether a figure that the text does not name stands for a measure which these units imply.
  bool Implies(std::span<const uint32_t> units) const {
    return measure == pack::kNone && !size && std::find(units.begin(), units.end(), unit) != units.end();
  }
};

struct Designator {
  std::string_view system;  // "nsn", "cas", or a system of the taxonomy ("us-m-number")
  Span span;
};

struct StatedEntry {  // the line names the entry itself: ECCN 9A610.x
  uint32_t entry;
  Span span;
};

// What the head of the item is, as far as the grammar knows.
enum class Head : uint8_t {
  kNone,         // no head: nothing but names, numbers, codes
  kGoods,        // a thing, known or not
  kNeutral,      // pouch, case, book: an item of its own that no list wants
  kInformation,  // drawing, software, service
};

struct Facts {
  std::vector<ConceptFact> concepts;
  std::vector<Quantity> quantities;
  std::vector<Designator> designators;
  std::vector<StatedEntry> stated;
  std::vector<uint32_t> stated_lists;  // the line says that the item is on these, and names no entry
  Head head = Head::kNone;
  bool doubtful = false;  // nothing is known of the head, and it stands behind a thing whose form or name it may be
  Span doubtful_head{};   // that head
  bool genre = false;     // a toy, a game, a title: no concept counts
  pack::ItemKind kind = pack::ItemKind::kGoods;
  uint8_t kinds = 1u << static_cast<uint8_t>(pack::ItemKind::kGoods);  // of all heads: software and documentation
  bool Covers(pack::ItemKind k) const { return (kinds >> static_cast<uint8_t>(k) & 1) != 0; }
  void SetKind(pack::ItemKind k) { kind = k, kinds = static_cast<uint8_t>(1u << static_cast<uint8_t>(k)); }
  bool assistance = false;  // a service that hands technology over: technical assistance, 技術支援
  bool complete = true;     // false: a limit was hit, something may be missing
  void clear() {
    concepts.clear();
    quantities.clear();
    designators.clear();
    stated.clear();
    stated_lists.clear();
    head = Head::kNone;
    doubtful = genre = false;
    doubtful_head = {};
    SetKind(pack::ItemKind::kGoods);
    assistance = false;
    complete = true;
  }
};

}  // namespace sekisho::facts
