// What one item may take of memory: its words and facts are charged by their size, the parts of its result as they ask
// for it. Of sizes, not of what the vectors of a scanner have kept from other items: the same item gives the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory_resource>
#include <new>

namespace sekisho {

class Allowance : public std::pmr::memory_resource {
 public:
  struct Exceeded : std::bad_alloc {};

  explicit Allowance(uint64_t most) : most_(most), left_(most) {}
  void Reset() { left_ = most_; }                                // for another item
  void Lift() { left_ = std::numeric_limits<uint64_t>::max(); }  // for what has to be said of this one
  void Charge(uint64_t bytes) {
    if (bytes > left_) throw Exceeded();
    left_ -= bytes;
  }

 private:
  void* do_allocate(size_t bytes, size_t alignment) override {
    Charge(bytes);
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* place, size_t bytes, size_t alignment) override {
    std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
  }
  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }

  const uint64_t most_;
  uint64_t left_;
};

}  // namespace sekisho
