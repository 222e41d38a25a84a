// A compiled taxonomy, mapped or in memory, checked once and then read-only: any thread, any number of readers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/pack/hash.h"
#include "engine/pack/layout.h"
#include "engine/pack/signature.h"

namespace sekisho::pack {

constexpr size_t kMostBytes = size_t{1} << 30;  // of a pack: some fifty times the shipped one

// Whether a file of `size` bytes can be the pack that its header announces. Errors: those of Pack.
absl::Status CheckHeader(const Header& header, size_t size);

class Pack {
 public:
  // From a file. Errors: NotFound (no such file), InvalidArgument (not a pack), FailedPrecondition (another format
  // version), DataLoss (cut short, altered, an index out of bounds), ResourceExhausted (no memory), Unavailable.
  // Open reads the file: what becomes of it later is of no concern. Map maps it: processes share its pages, and whoever
  // alters or cuts the file in place alters what was checked.
  static absl::StatusOr<std::shared_ptr<const Pack>> Open(const std::string& path) {
    return FromFile(path, Source::kRead);
  }
  static absl::StatusOr<std::shared_ptr<const Pack>> Map(const std::string& path) {
    return FromFile(path, Source::kMap);
  }
  // Reads bytes that outlive the pack (the one built into the library); 8-byte aligned.
  static absl::StatusOr<std::shared_ptr<const Pack>> FromBytes(std::string_view bytes);
  // Takes the bytes over.
  static absl::StatusOr<std::shared_ptr<const Pack>> FromString(std::string bytes);
  ~Pack();
  Pack(const Pack&) = delete;
  Pack& operator=(const Pack&) = delete;

  uint32_t strings_size() const { return header_->sections[0].count; }
  std::string_view text(Text t) const { return {strings_ + t.offset, t.size}; }
  std::string_view version() const { return text(header_->version); }
  std::string digest() const;  // "sha256:" and 64 hex digits
  int32_t default_as_of() const { return header_->as_of; }
  PackDigest raw_digest() const;
  std::string_view bytes() const { return bytes_; }  // without the signature
  // What stands behind the pack, unverified (pack::Verify); nothing when it is not signed.
  const std::optional<Signature>& signature() const { return signature_; }

  std::span<const Token> tokens() const { return Table<Token>(Section::kTokens); }
  std::span<const TokenSlot> token_slots() const { return Table<TokenSlot>(Section::kTokenSlots); }
  std::span<const Edge> edges() const { return Table<Edge>(Section::kEdges); }
  std::span<const Node> nodes() const { return Table<Node>(Section::kNodes); }
  std::span<const Term> terms() const { return Table<Term>(Section::kTerms); }
  std::span<const Pattern> patterns() const { return Table<Pattern>(Section::kPatterns); }
  std::span<const State> states() const { return Table<State>(Section::kStates); }
  std::span<const Move> moves() const { return Table<Move>(Section::kMoves); }
  std::span<const uint32_t> accepts() const { return Table<uint32_t>(Section::kAccepts); }
  std::span<const uint32_t> starts() const { return Table<uint32_t>(Section::kStarts); }
  std::span<const Text> systems() const { return Table<Text>(Section::kSystems); }
  std::span<const Concept> concepts() const { return Table<Concept>(Section::kConcepts); }
  std::span<const Ancestor> ancestors() const { return Table<Ancestor>(Section::kAncestors); }
  std::span<const Need> needs() const { return Table<Need>(Section::kNeeds); }
  std::span<const uint32_t> ids() const { return Table<uint32_t>(Section::kIds); }
  std::span<const Unit> units() const { return Table<Unit>(Section::kUnits); }
  std::span<const Measure> measures() const { return Table<Measure>(Section::kMeasures); }
  std::span<const MeasureTest> measure_tests() const { return Table<MeasureTest>(Section::kMeasureTests); }
  std::span<const Known> known() const { return Table<Known>(Section::kKnown); }
  std::span<const List> lists() const { return Table<List>(Section::kLists); }
  std::span<const Entry> entries() const { return Table<Entry>(Section::kEntries); }
  std::span<const Rule> rules() const { return Table<Rule>(Section::kRules); }
  std::span<const Condition> conditions() const { return Table<Condition>(Section::kConditions); }
  std::span<const Fact> facts() const { return Table<Fact>(Section::kFacts); }
  std::span<const Fold> folds() const { return Table<Fold>(Section::kFolds); }
  std::span<const Notice> notices() const { return Table<Notice>(Section::kNotices); }
  std::span<const uint32_t> vocabulary() const { return Table<uint32_t>(Section::kVocabulary); }
  std::span<const Text> paragraphs() const { return Table<Text>(Section::kParagraphs); }
  std::span<const TreatyRow> treaty_rows() const { return Table<TreatyRow>(Section::kTreatyRows); }
  std::span<const TreatyCell> treaty_cells() const { return Table<TreatyCell>(Section::kTreatyCells); }
  std::span<const TreatyNote> treaty_notes() const { return Table<TreatyNote>(Section::kTreatyNotes); }
  std::span<const TreatyCondition> treaty_conditions() const {
    return Table<TreatyCondition>(Section::kTreatyConditions);
  }
  std::span<const Treaty> treaties() const { return Table<Treaty>(Section::kTreaties); }
  std::span<const Occasion> occasions() const { return Table<Occasion>(Section::kOccasions); }

  std::span<const uint64_t> gate_filter() const { return Table<uint64_t>(Section::kGateFilter); }
  std::span<const uint32_t> gate_keys() const { return Table<uint32_t>(Section::kGateKeys); }
  std::span<const uint16_t> gate_pairs() const { return Table<uint16_t>(Section::kGatePairs); }

  std::span<const uint32_t> ids(Range r) const { return ids().subspan(r.first, r.count); }
  std::span<const Ancestor> ancestors_of(uint32_t concept_id) const {
    const Range r = concepts()[concept_id].ancestors;
    return ancestors().subspan(r.first, r.count);
  }

  // The token of a canonical word; kNone when no phrase knows it.
  uint32_t FindToken(std::string_view word) const { return FindToken(word, HashToken(word)); }
  uint32_t FindToken(std::string_view word, uint32_t hash) const;  // hash: its HashToken
  // The node behind an edge; 0 when there is none.
  uint32_t FindEdge(uint32_t from, uint32_t token) const {
    if (from == 0) return tokens()[token].root;
    const Node& node = nodes()[from];
    return (node.children & EdgeBit(token)) == 0 ? 0 : SearchEdges(node.edges, token);
  }
  // kNone when absent. Linear: for set-up and tools, not for classification.
  uint32_t FindConcept(std::string_view id) const;
  uint32_t FindMeasure(std::string_view id) const;
  uint32_t FindUnit(std::string_view id) const;
  uint32_t FindFact(std::string_view id) const;

 private:
  Pack() = default;
  enum class Source { kRead, kMap };
  static absl::StatusOr<std::shared_ptr<const Pack>> FromFile(const std::string& path, Source source);
  absl::Status Take(const std::string& path, Source source);  // the file's bytes, unchecked
  template <typename T>
  std::span<const T> Table(Section s) const {
    const SectionEntry& e = header_->sections[static_cast<uint32_t>(s)];
    return {reinterpret_cast<const T*>(bytes_.data() + e.offset), e.count};
  }
  uint32_t SearchEdges(Range range, uint32_t token) const;
  absl::Status TakeSignature();  // off the end of bytes_
  absl::Status Check();          // header, digest, sizes
  absl::Status CheckIndices();   // every index of every record

  std::string owned_;
  void* mapping_ = nullptr;
  size_t mapped_size_ = 0;
  std::string_view bytes_;
  std::optional<Signature> signature_;
  const Header* header_ = nullptr;
  const char* strings_ = nullptr;
};

}  // namespace sekisho::pack
