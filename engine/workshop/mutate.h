// Mutation testing: the taxonomy is spoilt in one small way after the other, and its own tests should notice each.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"

namespace sekisho::workshop {

enum class MutantKind : uint8_t {
  kDropRule,       // the rule never holds
  kDropCondition,  // a condition beside the first one always holds
  kDropUnless,     // an `unless` never holds
  kDropConcept,    // one of several concepts of a condition is gone
  kSwapRole,       // is -> for, for -> is, has -> is
  kWiden,          // a bound is halved or doubled, so that more meets it
  kNarrow,         // … so that less does
  kVerdict,        // match -> possible, possible -> match, catch_all -> possible, excluded -> possible
  kDates,          // the rule's dates are gone
  kSynonym,        // a phrase is gone
  kDesignator,     // a designator pattern is gone
  kCount
};
std::string_view KindName(MutantKind kind);

struct Mutant {
  MutantKind kind = MutantKind::kDropRule;
  uint32_t target = 0;  // rule, condition, comparison, phrase or pattern, by kind
  uint32_t detail = 0;  // which of its parts
  uint32_t rule = 0;    // pack::kNone: of a concept
  bool killed = false;
  uint32_t tests = 0;                        // that reach it; none: nothing could notice
  bool equivalent = false;                   // no line could notice: other words of the concept find all that it finds
  std::optional<compile::TestCase> telling;  // of a survivor: a line that would notice, and what is said of it today
  bool expected = false;  // the line is a test's with another word of the concept, and comes out as that one does
  std::string what;       // "us-usml XII(c)(2), rule 1: drops \"has\": \"@gen-3\""
  compile::Spot spot;
};

struct MutateOptions {
  size_t sample = 0;  // 0: all
  uint64_t seed = 1;
  std::vector<MutantKind> kinds;  // empty: all
  size_t threads = 0;
};

struct MutationReport {
  std::vector<Mutant> mutants;  // survivors first, worst first: no test reaches them, then by the number that do
  struct Count {
    size_t killed = 0, all = 0, equivalent = 0;  // `all` without the equivalent ones
  };
  std::map<MutantKind, Count> by_kind;
  Count total;
};

// `compiled` must hold its pack. Deterministic: the same taxonomy, sample and seed give the same report.
MutationReport Mutate(const compile::Compiled& compiled, const MutateOptions& options);

std::string MutationText(const MutationReport& report, const compile::SourceMap& map, size_t limit);
std::string MutationJson(const MutationReport& report, const compile::SourceMap& map);

}  // namespace sekisho::workshop
