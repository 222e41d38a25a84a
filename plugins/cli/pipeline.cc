#include "plugins/cli/pipeline.h"

#include <thread>

namespace sekisho::cli {

namespace {
constexpr size_t kBatchRows = 256;
constexpr size_t kBatchBytes = 1 << 20;
}  // namespace

void Pipeline::Stop(const std::exception_ptr& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_ = true;
  if (error_ == nullptr) error_ = error;
  changed_.notify_all();
}

void Pipeline::Read() {
  for (uint64_t number = 0;; ++number) {
    Batch batch;
    batch.number = number;
    size_t bytes = 0;
    Row row;
    while (batch.rows.size() < kBatchRows && bytes < kBatchBytes && reader_.Next(row)) {
      for (const std::string& cell : row.cells) bytes += cell.size();
      batch.rows.push_back(std::move(row));
    }
    std::unique_lock<std::mutex> lock(mutex_);
    if (batch.rows.empty()) {
      read_all_ = true;
      changed_.notify_all();
      return;
    }
    changed_.wait(lock, [&] { return stopped_ || on_the_way_ < 4 * threads_; });
    if (stopped_) return;
    ++on_the_way_;
    waiting_.push_back(std::move(batch));
    changed_.notify_all();
  }
}

void Pipeline::Work(const std::function<void(Batch&, size_t)>& work, size_t thread) {
  for (;;) {
    Batch batch;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || read_all_ || !waiting_.empty(); });
      if (stopped_ || waiting_.empty()) return;
      batch = std::move(waiting_.front());
      waiting_.pop_front();
    }
    work(batch, thread);
    const std::lock_guard<std::mutex> lock(mutex_);
    const uint64_t number = batch.number;
    done_.emplace(number, std::move(batch));
    changed_.notify_all();
  }
}

void Pipeline::Run(const std::function<void(Batch&, size_t)>& work, const std::function<bool(Batch&)>& write) {
  const auto guarded = [this](auto&& body) {
    try {
      body();
    } catch (...) {
      Stop(std::current_exception());
    }
  };
  std::vector<std::thread> threads;
  guarded([&] {
    threads.emplace_back([&] { guarded([&] { Read(); }); });
    for (size_t i = 0; i < threads_; ++i) threads.emplace_back([&, i] { guarded([&] { Work(work, i); }); });
    for (uint64_t next = 0;; ++next) {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [&] { return stopped_ || done_.count(next) > 0 || (read_all_ && on_the_way_ == 0); });
      if (done_.count(next) == 0) break;
      Batch batch = std::move(done_.extract(next).mapped());
      lock.unlock();
      if (!write(batch)) {
        Stop(nullptr);
        break;
      }
      lock.lock();
      --on_the_way_;
      changed_.notify_all();
    }
  });
  for (std::thread& thread : threads) thread.join();
  if (error_ != nullptr) std::rethrow_exception(error_);
}

}  // namespace sekisho::cli
