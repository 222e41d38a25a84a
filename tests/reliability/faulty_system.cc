// The program's own malloc, mmap and pread: libraries find them before those of the C library, which do the work.
#include "tests/reliability/faulty_system.h"

#include <dlfcn.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* p, size_t size);
void* __libc_memalign(size_t alignment, size_t size);
void __libc_free(void* p);
}

namespace sekisho::tests {
namespace {

struct State {
  bool counts;
  uint64_t fails_at, asked;
  bool from_then_on;
  int64_t live;
  const Reading* reading;
  bool was_interrupted;
};
thread_local constinit State state{};

bool Fails() {
  if (!state.counts) return false;
  const uint64_t n = ++state.asked;
  const bool fails = state.fails_at != 0 && (n == state.fails_at || (state.from_then_on && n > state.fails_at));
  if (fails) errno = ENOMEM;
  return fails;
}
void* Given(void* p) {
  if (state.counts && p != nullptr) ++state.live;
  return p;
}

}  // namespace

Allocations::Allocations(uint64_t fails_at, bool from_then_on) {
  state.fails_at = fails_at, state.from_then_on = from_then_on;
  state.asked = 0, state.live = 0, state.counts = true;
}
Allocations::~Allocations() { state.counts = false; }
uint64_t Allocations::asked() const { return state.asked; }
int64_t Allocations::live() const { return state.live; }

FaultyReading::FaultyReading(const Reading& how) { state.reading = &how, state.was_interrupted = false; }
FaultyReading::~FaultyReading() { state.reading = nullptr; }

}  // namespace sekisho::tests

using sekisho::tests::Fails;
using sekisho::tests::Given;
using sekisho::tests::state;

#pragma GCC visibility push(default)  // libraries shall find them
extern "C" {

void* malloc(size_t size) { return Fails() ? nullptr : Given(__libc_malloc(size)); }
void* calloc(size_t count, size_t size) { return Fails() ? nullptr : Given(__libc_calloc(count, size)); }
void* memalign(size_t alignment, size_t size) { return Fails() ? nullptr : Given(__libc_memalign(alignment, size)); }
void* aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }
int posix_memalign(void** out, size_t alignment, size_t size) {
  *out = memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}
void* realloc(void* p, size_t size) {
  if (Fails()) return nullptr;
  void* out = __libc_realloc(p, size);
  return p == nullptr ? Given(out) : out;
}
void free(void* p) {
  if (state.counts && p != nullptr) --state.live;
  __libc_free(p);
}

void* mmap(void* at, size_t size, int protection, int flags, int fd, off_t offset) noexcept {
  static const auto real = reinterpret_cast<decltype(&mmap)>(dlsym(RTLD_NEXT, "mmap"));
  if (Fails()) return MAP_FAILED;
  void* out = real(at, size, protection, flags, fd, offset);
  if (state.counts && out != MAP_FAILED) ++state.live;
  return out;
}
int munmap(void* at, size_t size) noexcept {
  static const auto real = reinterpret_cast<decltype(&munmap)>(dlsym(RTLD_NEXT, "munmap"));
  if (state.counts) --state.live;
  return real(at, size);
}
int mprotect(void* at, size_t size, int protection) noexcept {
  static const auto real = reinterpret_cast<decltype(&mprotect)>(dlsym(RTLD_NEXT, "mprotect"));
  if (Fails()) return -1;
  return real(at, size, protection);
}

ssize_t pread(int fd, void* out, size_t size, off_t place) {
  static const auto real = reinterpret_cast<decltype(&pread)>(dlsym(RTLD_NEXT, "pread"));
  if (state.reading == nullptr) return real(fd, out, size, place);
  const sekisho::tests::Reading& how = *state.reading;
  const size_t at = static_cast<size_t>(place);
  while (how.waits_for != nullptr && !*how.waits_for) usleep(1000);
  if (how.interrupted && (state.was_interrupted = !state.was_interrupted)) {
    errno = EINTR;
    return -1;
  }
  if (at + size > how.fails_at) {
    errno = EIO;
    return -1;
  }
  size = std::min({size, how.most_bytes, how.ends_at - std::min(at, how.ends_at)});
  return size == 0 ? 0 : real(fd, out, size, place);
}

}  // extern "C"
#pragma GCC visibility pop
