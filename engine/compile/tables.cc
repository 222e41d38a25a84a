// The writer: lays the tables out one after the other, each 8-byte aligned, and seals them with digest and checksum.
#include "engine/compile/tables.h"

#include <cstring>

#include "engine/pack/seal.h"

namespace sekisho::compile {
namespace {

using pack::Section;

class Writer {
 public:
  explicit Writer(pack::Header& header) : header_(header), bytes_(sizeof(pack::Header), '\0') {}

  template <typename Record>
  void Add(Section section, const std::vector<Record>& records) {
    static_assert(std::is_trivially_copyable_v<Record>);
    Add(section, reinterpret_cast<const char*>(records.data()), records.size(), sizeof(Record));
  }
  void Add(Section section, const char* data, size_t count, size_t size) {
    Align();
    header_.sections[static_cast<uint32_t>(section)] = {bytes_.size(), static_cast<uint32_t>(count),
                                                        static_cast<uint32_t>(size)};
    if (count > 0) bytes_.append(data, count * size);
  }
  std::string Seal() {
    Align();
    header_.file_size = bytes_.size();
    std::memcpy(bytes_.data(), &header_, sizeof(header_));
    pack::Seal(bytes_);
    return std::move(bytes_);
  }

 private:
  void Align() { bytes_.resize((bytes_.size() + 7) & ~size_t{7}); }

  pack::Header& header_;
  std::string bytes_;
};

}  // namespace

pack::Text StringPool::Add(std::string_view text) {
  auto [it, fresh] = offsets_.try_emplace(std::string(text), static_cast<uint32_t>(bytes_.size()));
  if (fresh) bytes_.append(text);
  return {it->second, static_cast<uint32_t>(text.size())};
}

pack::Range Tables::AddIds(std::span<const uint32_t> values) {
  if (values.empty()) return {0, 0};
  const pack::Range range{static_cast<uint32_t>(ids.size()), static_cast<uint32_t>(values.size())};
  ids.insert(ids.end(), values.begin(), values.end());
  return range;
}

std::string WritePack(const Tables& t) {
  pack::Header header;
  std::memset(&header, 0, sizeof(header));
  std::memcpy(header.magic, pack::kMagic, sizeof(header.magic));
  header.format = pack::kFormatVersion;
  header.section_count = static_cast<uint32_t>(Section::kCount);
  header.version = t.version;
  header.as_of = t.as_of;
  Writer writer(header);
  writer.Add(Section::kStrings, t.strings.bytes().data(), t.strings.bytes().size(), 1);
  writer.Add(Section::kTokens, t.tokens);
  writer.Add(Section::kTokenSlots, t.token_slots);
  writer.Add(Section::kEdges, t.edges);
  writer.Add(Section::kNodes, t.nodes);
  writer.Add(Section::kTerms, t.terms);
  writer.Add(Section::kPatterns, t.patterns);
  writer.Add(Section::kStates, t.states);
  writer.Add(Section::kMoves, t.moves);
  writer.Add(Section::kAccepts, t.accepts);
  writer.Add(Section::kStarts, t.starts);
  writer.Add(Section::kSystems, t.systems);
  writer.Add(Section::kConcepts, t.concepts);
  writer.Add(Section::kAncestors, t.ancestors);
  writer.Add(Section::kNeeds, t.needs);
  writer.Add(Section::kIds, t.ids);
  writer.Add(Section::kUnits, t.units);
  writer.Add(Section::kMeasures, t.measures);
  writer.Add(Section::kMeasureTests, t.measure_tests);
  writer.Add(Section::kKnown, t.known);
  writer.Add(Section::kLists, t.lists);
  writer.Add(Section::kEntries, t.entries);
  writer.Add(Section::kRules, t.rules);
  writer.Add(Section::kConditions, t.conditions);
  writer.Add(Section::kFacts, t.facts);
  writer.Add(Section::kFolds, t.folds);
  writer.Add(Section::kNotices, t.notices);
  writer.Add(Section::kVocabulary, t.vocabulary);
  writer.Add(Section::kParagraphs, t.paragraphs);
  writer.Add(Section::kTreatyRows, t.treaty_rows);
  writer.Add(Section::kTreatyCells, t.treaty_cells);
  writer.Add(Section::kTreatyNotes, t.treaty_notes);
  writer.Add(Section::kTreatyConditions, t.treaty_conditions);
  writer.Add(Section::kTreaties, t.treaties);
  writer.Add(Section::kOccasions, t.occasions);
  writer.Add(Section::kGateFilter, t.gate_filter);
  writer.Add(Section::kGateKeys, t.gate_keys);
  writer.Add(Section::kGatePairs, t.gate_pairs);
  return writer.Seal();
}

}  // namespace sekisho::compile
