// What stands behind the handles of sekisho.h.
#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/pack/pack.h"
#include "engine/scanner.h"
#include "sekisho.h"

struct sekisho_taxonomy {
  explicit sekisho_taxonomy(std::shared_ptr<const sekisho::pack::Pack> p);
  std::atomic<uint64_t> owners{1};
  std::shared_ptr<const sekisho::pack::Pack> pack;
  std::string digest, as_of;
  std::string signer, signed_on, last_day;  // of the signature, unverified
};

namespace sekisho::capi {
struct Demand {  // sekisho_trust, copied
  std::vector<pack::PublicKey> keys;
  uint64_t least_sequence = 0;
  std::optional<int32_t> today;  // or the clock's
};
int32_t ReadTrust(Demand& out, const sekisho_trust* trust, sekisho_error* error);
int32_t Check(const sekisho_taxonomy& taxonomy, const Demand& demand, sekisho_error* error);
}  // namespace sekisho::capi

struct sekisho_slot {
  std::mutex mutex;  // held for the exchange of a pointer, and where signatures are demanded for their check
  sekisho_taxonomy* current;
  std::optional<sekisho::capi::Demand> demand;
  std::atomic<uint64_t> version{1};
};

struct sekisho_result {
  const sekisho_taxonomy* taxonomy = nullptr;
  const std::atomic<bool>* busy = nullptr;         // of the scanner
  const sekisho::decide::Result* found = nullptr;  // null before the first item and after a failure
  std::string item_text;                           // all text of the item, one after the other
  std::string_view id, fields[4];                  // into item_text, in order of decide::Field
  std::vector<sekisho::Attribute> attributes;      // into item_text
  mutable std::string json, as_of;                 // made when asked for
  mutable bool has_json = false;
  struct Words {
    std::string en, ja;
  };
  mutable absl::flat_hash_map<uint32_t, std::unique_ptr<std::string>> rule_ids;  // of rules that were asked for; kept
  mutable absl::flat_hash_map<uint32_t, std::unique_ptr<Words>> measure_words;   // of missing measures; kept for good
};

struct sekisho_scanner {
  sekisho_scanner(sekisho_taxonomy* t, sekisho::Options options);
  sekisho_taxonomy* taxonomy;
  std::vector<uint32_t> lists;  // that are judged by, in the pack's order
  sekisho::Scanner scanner;
  std::atomic<bool> busy{false};
  sekisho_result result;
  std::string origin, destination;  // upper case
  std::string treaty_names;         // those of the last item, as given,
  std::vector<uint32_t> treaties;   // and read
  std::vector<std::string> via;     // upper case
  std::vector<std::string_view> via_views;
};

namespace sekisho::capi {

// Takes the scanner for one call; owns() is false when another thread has it.
class Turn {
 public:
  explicit Turn(std::atomic<bool>& busy) : busy_(busy), owns_(!busy.exchange(true, std::memory_order_acquire)) {}
  ~Turn() {
    if (owns_) busy_.store(false, std::memory_order_release);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool owns() const { return owns_; }

 private:
  std::atomic<bool>& busy_;
  const bool owns_;
};

}  // namespace sekisho::capi
