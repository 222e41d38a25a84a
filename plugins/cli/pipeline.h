// Rows through a number of threads and out again in their order, with a bounded number of them on the way.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "plugins/cli/writers.h"

namespace sekisho::cli {

struct Batch {
  uint64_t number = 0;
  std::vector<Row> rows;
  std::string output;
  std::vector<std::string> records;  // for the decision log
  Tally tally;
};

class Pipeline {
 public:
  // `work` runs on the thread it is given the index of; `write` on the calling thread, in order, and ends the run by
  // returning false.
  Pipeline(RowReader& reader, size_t threads) : reader_(reader), threads_(threads) {}
  // Rethrows what a thread threw.
  void Run(const std::function<void(Batch&, size_t thread)>& work, const std::function<bool(Batch&)>& write);

 private:
  void Read();
  void Work(const std::function<void(Batch&, size_t)>& work, size_t thread);
  void Stop(const std::exception_ptr& error);

  RowReader& reader_;
  const size_t threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  std::map<uint64_t, Batch> done_;
  uint64_t on_the_way_ = 0;  // read and not yet written
  bool read_all_ = false, stopped_ = false;
  std::exception_ptr error_;
};

}  // namespace sekisho::cli
