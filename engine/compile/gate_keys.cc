#include "engine/compile/gate_keys.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "engine/pack/hash.h"

namespace sekisho::compile {
namespace {

// Bits of the filter for each key, at least: with two of them set, one key in some three hundred is looked up in vain.
constexpr size_t kBitsAKey = 32;

// The same tables whatever order a hash map has.
std::vector<uint64_t> Sorted(const auto& keys) {
  std::vector<uint64_t> out(keys.begin(), keys.end());
  std::sort(out.begin(), out.end());
  return out;
}

size_t SlotCount(size_t keys) { return std::bit_ceil(std::max<size_t>(keys * 2, 2)); }  // at most half full

}  // namespace

void GateKeys::Add(uint64_t key, uint32_t kind) {
  kinds_[key] |= kind;
  asked_.insert(key);
}

void GateKeys::AddPair(uint64_t a, uint64_t b) {
  if (a == b) return Add(a, pack::kKeyAlone);  // one word that stands for both
  Add(a, pack::kKeyMember);
  Add(b, pack::kKeyMember);
  pairs_.insert(pack::PairKey(a, b));
}

void GateKeys::Flush(Tables& tables) const {
  tables.gate_filter.assign(std::bit_ceil(std::max<size_t>(asked_.size() * kBitsAKey / 64, 1)), 0);
  for (const uint64_t key : asked_) {
    tables.gate_filter[pack::KeyWord(key, tables.gate_filter.size())] |= pack::KeyBits(key);
  }
  std::vector<uint64_t> keys;
  for (const auto& [key, kind] : kinds_) keys.push_back(key);
  tables.gate_keys.assign(SlotCount(keys.size()), pack::kNoKey);
  for (const uint64_t key : Sorted(keys)) {
    size_t slot = pack::KeySlot(key, tables.gate_keys.size());
    while (tables.gate_keys[slot] != pack::kNoKey && (tables.gate_keys[slot] & ~pack::kKeyKinds) != pack::KeyEntry(key))
      slot = (slot + 1) & (tables.gate_keys.size() - 1);
    tables.gate_keys[slot] |= pack::KeyEntry(key) | kinds_.at(key);
  }
  tables.gate_pairs.assign(SlotCount(pairs_.size()), pack::kNoKey);
  for (const uint64_t key : Sorted(pairs_)) {
    size_t slot = pack::KeySlot(key, tables.gate_pairs.size());
    while (tables.gate_pairs[slot] != pack::kNoKey && tables.gate_pairs[slot] != pack::PairEntry(key))
      slot = (slot + 1) & (tables.gate_pairs.size() - 1);
    tables.gate_pairs[slot] = pack::PairEntry(key);
  }
}

}  // namespace sekisho::compile
