// The engine as the addon uses it: a slot with the current taxonomy, and scanners lent to the threads of the pool. No
// Node-API here, so everything in this file may run outside the main thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sekisho.h"

namespace sekisho::node {

struct Failure {
  int32_t status = SEKISHO_OK;
  std::string message;
};

struct Item {
  std::string id, description, part_number, nsn, manufacturer;
  std::vector<std::pair<std::string, std::string>> attributes;
  int32_t kind = SEKISHO_KIND_GOODS;
};

struct Context {
  std::string as_of, origin, destination, treaties, via;
  int32_t classified = 0;
  int32_t sale = SEKISHO_SALE_UNKNOWN;
};

struct Outcome {  // the result as JSON, or why there is none
  std::string json;
  Failure failure;
};

struct Settings {
  std::string pack;  // empty: the taxonomy of the library
  std::string lists;
  uint32_t max_input_bytes = 0;  // these: zero for the library's default
  uint32_t max_matches = 0;
  uint64_t max_steps = 0;
  uint64_t max_memory_bytes = 0;
};

struct TaxonomyRelease {
  void operator()(sekisho_taxonomy* taxonomy) const { sekisho_taxonomy_release(taxonomy); }
};
using Taxonomy = std::unique_ptr<sekisho_taxonomy, TaxonomyRelease>;

class Engine {
 public:
  // Null, with `failure` filled in, when the pack cannot be loaded or a list is not in it.
  static std::shared_ptr<Engine> Open(Settings settings, Failure& failure);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Puts another pack in; a failed load keeps the one that is there. Classification under way ends with the old one.
  Failure Load(const std::string& path);
  // All items by one taxonomy, in order.
  std::vector<Outcome> Classify(const std::vector<Item>& items, const Context& context);
  Taxonomy Current() const;

 private:
  struct Lent {
    sekisho_scanner* scanner = nullptr;
    uint64_t version = 0;
  };
  explicit Engine(Settings settings) : settings_(std::move(settings)) {}
  Lent Borrow(Failure& failure);
  void Return(Lent lent);

  const Settings settings_;
  sekisho_slot* slot_ = nullptr;
  std::mutex mutex_;  // of idle_
  std::vector<Lent> idle_;
};

}  // namespace sekisho::node
