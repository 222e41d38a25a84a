// A system that fails on demand: the calls of one thread for memory and for files, in a test program that stands before
// the C library (faulty_system.cc).
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace sekisho::tests {

// Counts the allocations of this thread while it lives; the `fails_at`-th (from 1) fails, and with `from_then_on` every
// later one, too. 0: none fails. One at a time.
class Allocations {
 public:
  explicit Allocations(uint64_t fails_at, bool from_then_on = false);
  ~Allocations();
  Allocations(const Allocations&) = delete;
  Allocations& operator=(const Allocations&) = delete;
  uint64_t asked() const;  // so far
  int64_t live() const;    // allocations less frees
};

// How the reading of files goes in this thread, while it lives.
struct Reading {
  size_t most_bytes = SIZE_MAX;                  // of one call
  bool interrupted = false;                      // every second call fails with EINTR
  size_t fails_at = SIZE_MAX;                    // from this place of the file on: EIO
  size_t ends_at = SIZE_MAX;                     // the file has been cut here meanwhile
  const std::atomic<bool>* waits_for = nullptr;  // a slow disk: no call returns before this is true
};
class FaultyReading {
 public:
  explicit FaultyReading(const Reading& how);
  ~FaultyReading();
  FaultyReading(const FaultyReading&) = delete;
  FaultyReading& operator=(const FaultyReading&) = delete;
};

}  // namespace sekisho::tests
