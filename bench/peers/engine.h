// One engine of the comparison: compiles the rules, then says of each text which of them match.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/peers/rules.h"

namespace sekisho::peers {

class Engine {
 public:
  virtual ~Engine() = default;
  virtual std::string name() const = 0;
  // False, with the reason in `why`, when it cannot.
  virtual bool Compile(const std::vector<Rule>& rules, std::string& why) = 0;
  // How long the set-up took, where its result was kept from an earlier run.
  virtual std::optional<double> setup_seconds() const { return std::nullopt; }
  // Sets `out` to the ids of the rules that match, in any order, each perhaps more than once.
  // False of an engine that does more than to match: its ids are no rules.
  virtual bool matches_rules() const { return true; }
  virtual void Match(std::string_view text, std::vector<uint32_t>& out) = 0;
};

std::unique_ptr<Engine> OurEngine();                                                          // ours.cc
std::unique_ptr<Engine> HyperscanEngine(const std::string& name, const std::string& folder);  // hyperscan.cc
std::unique_ptr<Engine> Re2SetEngine();                                                       // re2_set.cc
std::unique_ptr<Engine> RegexSetEngine(const std::string& path);                              // regex_set.cc
std::unique_ptr<Engine> YaraEngine();                                                         // yara.cc

}  // namespace sekisho::peers
