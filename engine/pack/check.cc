// What a file must satisfy before a byte of it is believed: magic, version, sizes, checksum, and, in check_indices.cc,
// every index of every record. Readers after this need no bounds check.
#include "engine/pack/check.h"

#include <cstring>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "engine/pack/pack.h"
#include "engine/pack/seal.h"

namespace sekisho::pack {
namespace {

constexpr uint32_t kRecordSizes[] = {1,
                                     sizeof(Token),
                                     sizeof(TokenSlot),
                                     sizeof(Edge),
                                     sizeof(Node),
                                     sizeof(Term),
                                     sizeof(Pattern),
                                     sizeof(State),
                                     sizeof(Move),
                                     4,
                                     4,
                                     sizeof(Text),
                                     sizeof(Concept),
                                     sizeof(Ancestor),
                                     sizeof(Need),
                                     4,
                                     sizeof(Unit),
                                     sizeof(Measure),
                                     sizeof(MeasureTest),
                                     sizeof(Known),
                                     sizeof(List),
                                     sizeof(Entry),
                                     sizeof(Rule),
                                     sizeof(Condition),
                                     sizeof(Fact),
                                     sizeof(Fold),
                                     sizeof(Notice),
                                     4,
                                     sizeof(Text),
                                     sizeof(TreatyRow),
                                     sizeof(TreatyCell),
                                     sizeof(TreatyNote),
                                     sizeof(TreatyCondition),
                                     sizeof(Treaty),
                                     sizeof(Occasion),
                                     8,
                                     4,
                                     2};
static_assert(std::size(kRecordSizes) == static_cast<size_t>(Section::kCount));

}  // namespace

absl::Status Damaged(const std::string& what) {
  return absl::DataLossError(absl::StrCat("the pack is damaged: ", what));
}

// A file is a pack, or a pack and a signature block behind it.
absl::Status Pack::TakeSignature() {
  if (bytes_.size() == header_->file_size) return absl::OkStatus();
  signature_ = ReadSignature(bytes_.substr(header_->file_size));
  if (!signature_.has_value()) return Damaged("what stands behind its end is no signature block that can be read");
  bytes_ = bytes_.substr(0, header_->file_size);
  return absl::OkStatus();
}

absl::Status CheckHeader(const Header& header, size_t size) {
  if (std::memcmp(header.magic, kMagic, sizeof(kMagic)) != 0) return absl::InvalidArgumentError("not a Sekisho pack");
  if (header.format != kFormatVersion || header.section_count != static_cast<uint32_t>(Section::kCount)) {
    return absl::FailedPreconditionError(absl::StrCat("pack of format ", header.format, ", this engine reads format ",
                                                      kFormatVersion,
                                                      "; compile the taxonomy again with this version"));
  }
  if (size > kMostBytes) return Damaged(absl::StrCat(size, " bytes are more than a pack can have"));
  if (size == header.file_size || (size > kSignatureSize && size - kSignatureSize == header.file_size))
    return absl::OkStatus();
  return Damaged(absl::StrCat(size, " bytes where ", header.file_size, " are expected; it may have been cut short"));
}

absl::Status Pack::Check() {
  if (reinterpret_cast<uintptr_t>(bytes_.data()) % 8 != 0)
    return absl::InvalidArgumentError("pack bytes are not 8-byte aligned");
  if (bytes_.size() < sizeof(kMagic) || std::memcmp(bytes_.data(), kMagic, sizeof(kMagic)) != 0) {
    return absl::InvalidArgumentError("not a Sekisho pack");
  }
  if (bytes_.size() < sizeof(Header)) return Damaged("cut inside its header");
  header_ = reinterpret_cast<const Header*>(bytes_.data());
  if (absl::Status s = CheckHeader(*header_, bytes_.size()); !s.ok()) return s;
  if (absl::Status s = TakeSignature(); !s.ok()) return s;
  for (size_t i = 0; i < std::size(kRecordSizes); ++i) {
    const SectionEntry& s = header_->sections[i];
    if (s.size != kRecordSizes[i] || s.offset % 8 != 0 || s.offset > bytes_.size() ||
        static_cast<uint64_t>(s.count) * s.size > bytes_.size() - s.offset) {
      return Damaged(absl::StrCat("section ", i, " lies outside the file"));
    }
  }
  strings_ = bytes_.data() + header_->sections[0].offset;
  if (Checksum(bytes_) != header_->checksum) return Damaged("its checksum does not fit its content");
  return CheckIndices();
}

}  // namespace sekisho::pack
