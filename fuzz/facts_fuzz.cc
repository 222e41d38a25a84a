// Facts: quantities, designators, elements and roles of any line lie inside it and refer to what the pack has;
// intervals are the right way round.
#include "engine/facts/designators.h"
#include "engine/facts/quantities.h"
#include "engine/facts/roles.h"
#include "engine/facts/segment.h"
#include "engine/match/matcher.h"
#include "fuzz/check.h"

using namespace sekisho;

namespace {

struct Rooms {
  explicit Rooms(const pack::Pack& p)
      : pack(p), units(p), concepts(p), reader(p), matcher(p), segmenter(p), roles(p, concepts) {}
  const pack::Pack& pack;
  facts::KnownUnits units;
  facts::KnownConcepts concepts;
  text::Reader reader;
  match::Matcher matcher;
  facts::Segmenter segmenter;
  facts::RoleReader roles;
};

void CheckQuantity(const pack::Pack& pack, const facts::Quantity& q, std::string_view line) {
  FUZZ_CHECK(q.span.begin < q.span.end && q.span.end <= line.size());
  FUZZ_CHECK(q.has_low || q.has_high);
  FUZZ_CHECK(q.unit == pack::kNone || q.unit < pack.units().size());
  FUZZ_CHECK(q.measure == pack::kNone || q.measure < pack.measures().size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  static Rooms rooms(*pack);
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  text::Reading reading;
  std::vector<match::Hit> hits;
  facts::Segments segments;
  facts::Facts facts;
  if (!rooms.reader.Read(line, {}, reading).ok() || !rooms.matcher.Match(reading, hits)) return 0;
  facts::ReadQuantities(*pack, rooms.units, reading, hits, facts.quantities);
  facts::ReadDesignators(line, {}, {}, facts.designators);
  const uint32_t supply_class = facts::SupplyClass(line, {}, {}, facts.designators);
  rooms.segmenter.Segment(reading, hits, facts.quantities, supply_class, segments);
  rooms.roles.Read(reading, segments, pack::ItemKind::kGoods, false, facts);
  for (const facts::Quantity& q : facts.quantities) CheckQuantity(*pack, q, line);
  for (const facts::Designator& d : facts.designators) {
    FUZZ_CHECK(d.span.begin < d.span.end && d.span.end <= line.size() && !d.system.empty());
  }
  uint32_t end = 0;
  for (const facts::Element& e : segments.elements) {
    FUZZ_CHECK(e.first >= end && e.first < e.last && e.last <= reading.tokens.size());
    FUZZ_CHECK(e.concepts + e.count <= segments.concepts.size());
    end = e.last;
  }
  for (const facts::ConceptFact& c : facts.concepts) {
    FUZZ_CHECK(c.concept_id < pack->concepts().size() && c.roles != 0 && c.roles <= pack::kRoleAny);
    FUZZ_CHECK(c.span.begin < c.span.end && c.span.end <= line.size());
  }
  return 0;
}
