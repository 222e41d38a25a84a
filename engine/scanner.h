// The engine's front door: one item in, one result out. Wires the rooms together: text -> match -> facts -> decide.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/decide/result.h"
#include "engine/facts/facts.h"
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho {

struct Attribute {
  std::string_view name, quantity;  // "range", "310 km"
};

struct Item {  // all text UTF-8, borrowed for the call
  std::string_view description, part_number, nsn, manufacturer;
  pack::ItemKind kind = pack::ItemKind::kGoods;
  std::span<const Attribute> attributes;
};

struct Context {
  int32_t as_of = pack::kOpenFrom;       // days since 1970-01-01; kOpenFrom: the pack's default
  std::string_view origin, destination;  // ISO 3166-1 alpha-2, or empty
  bool classified = false;
  bool judge_treaties = true;             // false: Result::treaties stays empty
  std::span<const uint32_t> treaties;     // into Pack::treaties(); empty: all that are not hypothetical
  std::span<const std::string_view> via;  // a chain of transfers, first country to last
  std::string_view sale;                  // "fms", "dcs", or empty
};

// For tools that look into the engine's work (and for nothing else): called for every line that names a concept.
struct Taps {
  std::function<void(const text::Reading&, std::vector<match::Hit>&)> hits;  // may take some away
  std::function<void(const facts::Facts&)> facts;
};

// Of one item. Where one is hit, no list is better than `unknown`, and a notice says which.
struct Limits {
  uint64_t input_bytes = 64 * 1024;            // all its text; more is not read
  uint64_t memory_bytes = uint64_t{64} << 20;  // of its words, matches, facts and result; more is not judged
  match::Limits match;
};

struct Options {
  Limits limits;
  std::vector<uint32_t> lists;  // empty: every list of the pack
  const Taps* taps = nullptr;   // outlive the scanner
};

// Scratch and result of one thread. The pack is shared.
class Scanner {
 public:
  Scanner(std::shared_ptr<const pack::Pack> pack, Options options);
  ~Scanner();
  Scanner(Scanner&&) noexcept;

  // Never fails: what cannot be judged (limits, invalid UTF-8) has the verdict `unknown` in every list and a notice
  // that says why. The result is valid until the next call.
  const decide::Result& Classify(const Item& item, const Context& context);

  const pack::Pack& pack() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sekisho
