// The pack's tables while they grow, and their way into one file.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

class StringPool {  // every text once
 public:
  pack::Text Add(std::string_view text);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  absl::flat_hash_map<std::string, uint32_t> offsets_;
};

struct DesignatorTables {  // the automaton
  std::vector<pack::State> states;
  std::vector<pack::Move> moves;
  std::vector<uint32_t> accepts;
  std::vector<uint32_t> starts;
};

struct Tables : DesignatorTables {
  StringPool strings;
  std::vector<pack::Token> tokens;
  std::vector<pack::TokenSlot> token_slots;
  std::vector<pack::Edge> edges;
  std::vector<pack::Node> nodes;
  std::vector<pack::Term> terms;
  std::vector<pack::Pattern> patterns;
  std::vector<pack::Text> systems;
  std::vector<pack::Concept> concepts;
  std::vector<pack::Ancestor> ancestors;
  std::vector<pack::Need> needs;
  std::vector<uint32_t> ids;
  std::vector<pack::Unit> units;
  std::vector<pack::Measure> measures;
  std::vector<pack::MeasureTest> measure_tests;
  std::vector<pack::Known> known;
  std::vector<pack::List> lists;
  std::vector<pack::Entry> entries;
  std::vector<pack::Rule> rules;
  std::vector<pack::Condition> conditions;
  std::vector<pack::Fact> facts;
  std::vector<pack::Fold> folds;
  std::vector<pack::Notice> notices;
  std::vector<uint32_t> vocabulary;
  std::vector<pack::Text> paragraphs;
  std::vector<pack::TreatyRow> treaty_rows;
  std::vector<pack::TreatyCell> treaty_cells;
  std::vector<pack::TreatyNote> treaty_notes;
  std::vector<pack::TreatyCondition> treaty_conditions;
  std::vector<pack::Treaty> treaties;
  std::vector<pack::Occasion> occasions;
  std::vector<uint64_t> gate_filter;
  std::vector<uint32_t> gate_keys;
  std::vector<uint16_t> gate_pairs;
  pack::Text version{};
  int32_t as_of = 0;

  pack::Range AddIds(std::span<const uint32_t> values);
};

// The bytes of the pack: the same tables give the same bytes.
std::string WritePack(const Tables& tables);

}  // namespace sekisho::compile
