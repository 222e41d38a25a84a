// Loading a pack and looking things up in it. What makes a file trustworthy is in check.cc.
#include "engine/pack/pack.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace sekisho::pack {

namespace {

absl::Status SystemError(int error, std::string_view what, const std::string& path) {
  const std::string words = absl::StrCat(std::string(what), " pack ", path, ": ", std::strerror(error));
  if (error == ENOENT || error == ENOTDIR) return absl::NotFoundError(words);
  return error == ENOMEM ? absl::ResourceExhaustedError(words) : absl::UnavailableError(words);
}

// Fills `size` bytes from the file's begin.
absl::Status ReadAll(int fd, char* out, size_t size, const std::string& path) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(fd, out + done, size - done, static_cast<off_t>(done));
    if (got > 0) {
      done += static_cast<size_t>(got);
    } else if (got == 0) {
      return absl::DataLossError(absl::StrCat(path, " was cut to ", done, " bytes while it was read"));
    } else if (errno != EINTR) {
      return SystemError(errno, "cannot read", path);
    }
  }
  return absl::OkStatus();
}

absl::Status Of(const std::string& path, const absl::Status& s) {
  return absl::Status(s.code(), absl::StrCat(path, ": ", s.message()));
}

// Of a file too small for a header: the begin of a pack, or no pack at all.
absl::Status CheckBegin(int fd, size_t size, const std::string& path) {
  char begin[sizeof(kMagic)] = {};
  size = std::min(size, sizeof(begin));
  if (absl::Status s = ReadAll(fd, begin, size, path); !s.ok()) return s;
  if (std::memcmp(begin, kMagic, size) != 0) return absl::InvalidArgumentError(path + " is not a Sekisho pack");
  return absl::DataLossError(path + " was cut inside its header");
}

struct Descriptor {
  ~Descriptor() {
    if (fd >= 0) close(fd);
  }
  int fd = -1;
};

}  // namespace

absl::Status Pack::Take(const std::string& path, Source source) {
  const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};  // not to wait for a pipe's writer
  if (file.fd < 0) return SystemError(errno, "cannot open", path);
  struct stat st {};
  if (fstat(file.fd, &st) != 0 || !S_ISREG(st.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is not a regular file"));
  }
  const size_t size = static_cast<size_t>(st.st_size);
  if (size < sizeof(Header)) return CheckBegin(file.fd, size, path);
  Header header;  // first: what is no pack costs no memory
  if (absl::Status s = ReadAll(file.fd, reinterpret_cast<char*>(&header), sizeof(header), path); !s.ok()) return s;
  if (absl::Status s = CheckHeader(header, size); !s.ok()) return Of(path, s);
  void* memory = source == Source::kMap
                     ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.fd, 0)
                     : mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return SystemError(errno, "no memory for", path);
  mapping_ = memory;
  mapped_size_ = size;
  bytes_ = {static_cast<const char*>(memory), size};
  if (source == Source::kMap) return absl::OkStatus();
  if (absl::Status s = ReadAll(file.fd, static_cast<char*>(memory), size, path); !s.ok()) return s;
  if (mprotect(memory, size, PROT_READ) != 0) return SystemError(errno, "cannot protect", path);
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Pack>> Pack::FromFile(const std::string& path, Source source) {
  std::shared_ptr<Pack> pack(new Pack());
  if (absl::Status s = pack->Take(path, source); !s.ok()) return s;
  if (absl::Status s = pack->Check(); !s.ok()) return Of(path, s);
  return pack;
}

absl::StatusOr<std::shared_ptr<const Pack>> Pack::FromBytes(std::string_view bytes) {
  std::shared_ptr<Pack> pack(new Pack());
  pack->bytes_ = bytes;
  if (absl::Status s = pack->Check(); !s.ok()) return s;
  return pack;
}

absl::StatusOr<std::shared_ptr<const Pack>> Pack::FromString(std::string bytes) {
  std::shared_ptr<Pack> pack(new Pack());
  pack->owned_ = std::move(bytes);
  pack->bytes_ = pack->owned_;
  if (absl::Status s = pack->Check(); !s.ok()) return s;
  return pack;
}

Pack::~Pack() {
  if (mapping_ != nullptr) munmap(mapping_, mapped_size_);
}

std::string Pack::digest() const { return absl::StrCat("sha256:", Hex(header_->digest, sizeof(header_->digest))); }

PackDigest Pack::raw_digest() const {
  PackDigest digest;
  std::memcpy(digest.data(), header_->digest, digest.size());
  return digest;
}

uint32_t Pack::FindToken(std::string_view word, uint32_t hash) const {
  const auto slots = token_slots();
  if (slots.empty()) return kNone;
  const size_t mask = slots.size() - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    if (slots[i].token == kNone) return kNone;
    if (slots[i].hash == hash && text(tokens()[slots[i].token].text) == word) return slots[i].token;
  }
}

uint32_t Pack::SearchEdges(Range range, uint32_t token) const {
  const Edge* first = edges().data() + range.first;
  for (size_t n = range.count; n > 0;) {  // branch-free halves, then the last one
    const size_t half = n / 2;
    if (half == 0) return first->token == token ? first->to : 0;
    if (first[half].token <= token) first += half;
    n -= half;
  }
  return 0;
}

namespace {
template <typename Records>
uint32_t FindById(const Pack& pack, const Records& records, std::string_view id) {
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (pack.text(records[i].id) == id) return i;
  }
  return kNone;
}
}  // namespace

uint32_t Pack::FindConcept(std::string_view id) const { return FindById(*this, concepts(), id); }
uint32_t Pack::FindMeasure(std::string_view id) const { return FindById(*this, measures(), id); }
uint32_t Pack::FindUnit(std::string_view id) const { return FindById(*this, units(), id); }
uint32_t Pack::FindFact(std::string_view id) const { return FindById(*this, facts(), id); }

}  // namespace sekisho::pack
