// What stands behind the handles of sekisho.h.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/scanner.h"
#include "sekisho.h"

namespace sekisho::capi {

// The first member of every handle. It says of what kind the handle is, from its birth to its end, so that a handle of
// another kind and one that was freed are refused, as long as the memory they point to can be read.
template <uint64_t kind>
class Tag {
 public:
  Tag() : value_(kind) {}
  ~Tag() { value_ = 0; }  // volatile: a store that the compiler must not leave out
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;
  bool stands() const { return value_ == kind; }

 private:
  volatile uint64_t value_;
};

// What a scanner is doing.
enum class Work : uint32_t {
  kNone,
  kCall,      // a thread is inside
  kGiving,    // a thread is inside, and its caller looks at a result of a batch
  kLastCall,  // a thread is inside, and when it leaves, the scanner ends: it was freed meanwhile
};

// Whether `handle` is one that lives.
template <typename Handle>
bool Lives(const Handle* handle) {
  return handle != nullptr && reinterpret_cast<uintptr_t>(handle) % alignof(Handle) == 0 && handle->tag.stands();
}

}  // namespace sekisho::capi

struct sekisho_taxonomy {
  sekisho::capi::Tag<0x5345'4b49'5441'584fu> tag;
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
  sekisho::capi::Tag<0x5345'4b49'534c'4f54u> tag;
  // Under the lock of all slots (slot.cc):
  sekisho_taxonomy* current = nullptr;
  std::optional<sekisho::capi::Demand> demand;
  std::atomic<uint64_t> version{1};
};

struct sekisho_result {
  sekisho::capi::Tag<0x5345'4b49'5245'5355u> tag;
  const sekisho_taxonomy* taxonomy = nullptr;
  const std::atomic<sekisho::capi::Work>* work = nullptr;  // of the scanner
  const sekisho::decide::Result* found = nullptr;          // null before the first item and after a failure
  std::string item_text;                                   // all text of the item, one after the other
  std::string_view id, fields[4];                          // into item_text, in order of decide::Field
  std::vector<sekisho::Attribute> attributes;              // into item_text
  mutable std::string json, as_of;                         // made when asked for
  mutable bool has_json = false;
  struct Words {
    std::string en, ja;
  };
  // Of rules and of missing measures that were asked for; kept for good. Not of Abseil, whose tables break when memory
  // runs out.
  mutable std::unordered_map<uint32_t, std::string> rule_ids;
  mutable std::unordered_map<uint32_t, Words> measure_words;
  mutable Words head_words;  // of the item's unknown head; empty until asked for
};

struct sekisho_scanner {
  sekisho::capi::Tag<0x5345'4b49'5343'414eu> tag;
  sekisho_scanner(sekisho_taxonomy* t, sekisho::Options options);
  sekisho_taxonomy* taxonomy;
  std::vector<uint32_t> lists;  // that are judged by, in the pack's order
  uint32_t max_batch_items = 0;
  sekisho::Scanner scanner;
  std::atomic<sekisho::capi::Work> work{sekisho::capi::Work::kNone};
  sekisho_result result;
  std::string origin, destination;  // upper case
  std::string treaty_names;         // those of the last item, as given,
  std::vector<uint32_t> treaties;   // and read
  std::vector<std::string> via;     // upper case
  std::vector<std::string_view> via_views;
};

namespace sekisho::capi {

// Ends a scanner in which no thread is.
void End(sekisho_scanner* scanner);

// Takes the scanner for one call; owns() is false when another thread has it.
class Turn {
 public:
  explicit Turn(sekisho_scanner& scanner) : scanner_(scanner) {
    Work idle = Work::kNone;
    owns_ = scanner.work.compare_exchange_strong(idle, Work::kCall, std::memory_order_acquire);
  }
  ~Turn() {
    if (owns_ && scanner_.work.exchange(Work::kNone, std::memory_order_acq_rel) == Work::kLastCall) End(&scanner_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool owns() const { return owns_; }

  // Lets the caller look at the result while `look` runs. False when it freed the scanner.
  template <typename Look>
  bool Give(const Look& look) {
    scanner_.work.store(Work::kGiving, std::memory_order_release);
    look();
    Work giving = Work::kGiving;
    return scanner_.work.compare_exchange_strong(giving, Work::kCall, std::memory_order_acq_rel);
  }

 private:
  sekisho_scanner& scanner_;
  bool owns_;
};

}  // namespace sekisho::capi
