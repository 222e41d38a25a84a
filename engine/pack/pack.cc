// Mapping a pack and looking things up in it. What makes a file trustworthy is in check.cc.
#include "engine/pack/pack.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace sekisho::pack {

absl::StatusOr<std::shared_ptr<const Pack>> Pack::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open pack ", path));
  struct stat st {};
  if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
    close(fd);
    return absl::InvalidArgumentError(absl::StrCat(path, " is not a regular file"));
  }
  if (st.st_size < static_cast<off_t>(sizeof(Header))) {
    close(fd);
    return absl::DataLossError(absl::StrCat(path, " is too short for a pack (", st.st_size, " bytes)"));
  }
  const size_t size = static_cast<size_t>(st.st_size);
  void* mapping = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  const int error = errno;
  close(fd);
  if (mapping == MAP_FAILED) return absl::ErrnoToStatus(error, absl::StrCat("cannot map pack ", path));
  std::shared_ptr<Pack> pack(new Pack());
  pack->mapping_ = mapping;
  pack->mapped_size_ = size;
  pack->bytes_ = {static_cast<const char*>(mapping), size};
  if (absl::Status s = pack->Check(); !s.ok()) {
    return absl::Status(s.code(), absl::StrCat(path, ": ", s.message()));
  }
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

uint32_t Pack::FindEdge(uint32_t from, uint32_t token) const {
  if (from == 0) return tokens()[token].root;
  const Range range = nodes()[from].edges;
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

}  // namespace sekisho::pack
