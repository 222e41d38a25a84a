// Independent pieces of work on all processors. What the pieces are does not depend on how many threads there are.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace sekisho::compile {

inline size_t ThreadCount(size_t wanted) {  // 0: one a processor
  return wanted != 0 ? wanted : std::max<size_t>(1, std::thread::hardware_concurrency());
}

// Calls work(i, thread) for every i below `count`; thread < ThreadCount(threads). Rethrows the first exception.
template <typename Work>
void ParallelFor(size_t count, size_t threads, const Work& work) {
  constexpr size_t kRun = 16;  // pieces taken at a time
  const size_t workers = std::min(ThreadCount(threads), (count + kRun - 1) / kRun);
  if (workers <= 1) {
    for (size_t i = 0; i < count; ++i) work(i, 0);
    return;
  }
  std::atomic<size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  const auto run = [&](size_t thread) {
    try {
      for (size_t first = next.fetch_add(kRun); first < count; first = next.fetch_add(kRun)) {
        for (size_t i = first; i < std::min(first + kRun, count); ++i) work(i, thread);
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex);
      if (error == nullptr) error = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> others;
  for (size_t thread = 1; thread < workers; ++thread) others.emplace_back(run, thread);
  run(0);
  for (std::thread& other : others) other.join();
  if (error != nullptr) std::rethrow_exception(error);
}

}  // namespace sekisho::compile
