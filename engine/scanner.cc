#include "engine/scanner.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory_resource>
#include <numeric>
#include <string>

#include "absl/status/status.h"
#include "engine/allowance.h"
#include "engine/decide/doubt.h"
#include "engine/decide/judge.h"
#include "engine/decide/treaties.h"
#include "engine/facts/designators.h"
#include "engine/facts/quantities.h"
#include "engine/facts/roles.h"
#include "engine/facts/segment.h"
#include "engine/facts/stated.h"
#include "engine/match/matcher.h"
#include "engine/notices.h"
#include "engine/text/reading.h"

namespace sekisho {
namespace {

constexpr size_t kArena = 64 * 1024;

// Of all text of an item.
size_t TextBytes(const Item& item) {
  size_t bytes = item.description.size() + item.part_number.size() + item.nsn.size() + item.manufacturer.size();
  for (const Attribute& a : item.attributes) bytes += a.name.size() + a.quantity.size();
  return bytes;
}

template <typename Element>
size_t BytesOf(const std::vector<Element>& row) {
  return row.size() * sizeof(Element);
}

}  // namespace

struct Scanner::Impl {
  Impl(std::shared_ptr<const pack::Pack> p, Options o)
      : pack(std::move(p)),
        options(std::move(o)),
        units(*pack),
        concepts(*pack),
        reader(*pack),
        matcher(*pack, options.limits.match),
        segmenter(*pack),
        roles(*pack, concepts),
        stated(*pack),
        judge(*pack),
        treaties(*pack, judge) {
    if (options.lists.empty()) {
      options.lists.resize(pack->lists().size());
      std::iota(options.lists.begin(), options.lists.end(), 0u);
    }
    std::sort(options.lists.begin(), options.lists.end());
  }

  void ReadFacts(const Item& item, int32_t as_of);
  void ReadAttributes(const Item& item);
  void ReadGenerously(pack::ItemKind kind, int32_t as_of);
  bool HeadMayBePart() const;
  void Forget();
  const decide::Notice* Read(const Item& item);
  void Decide(const Item& item, int32_t as_of);
  void Unknown(int32_t as_of, const decide::Notice& notice);
  void GiveUp(int32_t as_of);
  void Treaties(const Context& context);

  std::shared_ptr<const pack::Pack> pack;
  Options options;
  facts::KnownUnits units;
  facts::KnownConcepts concepts;
  text::Reader reader;
  match::Matcher matcher;
  facts::Segmenter segmenter;
  facts::RoleReader roles;
  facts::StatedReader stated;
  decide::Judge judge;
  decide::Treaties treaties;

  text::Reading reading;
  std::vector<match::Hit> hits;
  facts::Segments segments;
  facts::Facts facts;
  Allowance allowance{options.limits.memory_bytes};
  std::array<std::byte, kArena> first_bytes;  // of the arena: enough for all but the largest results
  std::pmr::monotonic_buffer_resource arena{first_bytes.data(), first_bytes.size(),
                                            &allowance};  // of the result's parts
  decide::Result result;
  std::vector<decide::ListVerdict> first_reading;  // of the item, while it is read once more
  size_t own_notices = 0;                          // of the result: those that came before any verdict
};

// The result of the item before: its parts first, then their memory as a whole.
void Scanner::Impl::Forget() {
  first_reading.clear();  // left behind where memory ran out in the middle of it
  result.lists.clear();
  result.treaties.clear();
  result.notices.clear();
  arena.release();
  allowance.Reset();
  result.memory = &arena;
}

// Text to words; where there is nothing to judge, the notice that says why.
const decide::Notice* Scanner::Impl::Read(const Item& item) {
  if (TextBytes(item) > options.limits.input_bytes) return &notices::kInputSize;
  if (const absl::Status read = reader.ReadNamed(item.description, item.part_number, reading); !read.ok())
    return absl::IsInvalidArgument(read) ? &notices::kInvalidUtf8 : &notices::kNoUnicodeData;
  allowance.Charge(reading.text.size() + BytesOf(reading.tokens));
  return reading.tokens.empty() && !reading.nameless ? &notices::kEmptyItem : nullptr;
}

// What cannot be judged is not cleared: every list says unknown.
void Scanner::Impl::Unknown(int32_t as_of, const decide::Notice& notice) {
  result.lists.clear();
  result.as_of = as_of;
  for (const uint32_t list : options.lists)
    result.lists.push_back({list, decide::Verdict::kUnknown, decide::Row<decide::Candidate>(&arena)});
  result.notices.push_back(notice);
}

// The result is complete but for the treaties: they see what the lists say, and change none of it.
void Scanner::Impl::Treaties(const Context& context) {
  treaties.Decide({context.judge_treaties, context.treaties, context.classified, context.origin, context.destination,
                   context.via, context.sale},
                  result);
}

// {"range": "310 km"}: the caller names the measure, the figure is read like any other.
void Scanner::Impl::ReadAttributes(const Item& item) {
  text::Reading quantity_reading;
  std::vector<match::Hit> quantity_hits;
  std::vector<facts::Quantity> read;
  for (const Attribute& a : item.attributes) {
    const uint32_t measure = pack->FindMeasure(a.name);
    read.clear();
    if (measure != pack::kNone && reader.Read(a.quantity, {}, quantity_reading).ok()) {
      const bool complete = matcher.Match(quantity_reading, quantity_hits);
      facts.complete = facts.complete && complete;
      allowance.Charge(BytesOf(quantity_reading.tokens) + BytesOf(quantity_hits));
      if (complete) facts::ReadQuantities(*pack, units, quantity_reading, quantity_hits, read);
    }
    if (read.empty()) {
      result.notices.push_back(notices::kAttribute);
      continue;
    }
    facts::Quantity q = read.front();
    q.measure = measure;
    q.also.fill(pack::kNone);
    q.first = q.last = 0;
    q.span.field = static_cast<uint8_t>(decide::Field::kAttributes);
    facts.quantities.push_back(q);
  }
}

void Scanner::Impl::ReadFacts(const Item& item, int32_t as_of) {
  facts.clear();
  facts.SetKind(item.kind);
  facts.complete = matcher.MatchNamed(reading, hits);
  allowance.Charge(BytesOf(hits));
  if (options.taps != nullptr && options.taps->hits) options.taps->hits(reading, hits);
  if (hits.empty()) return ReadAttributes(item);  // no rule is called without a concept: most lines end here
  facts::ReadQuantities(*pack, units, reading, hits, facts.quantities);
  facts::ReadDesignators(item.description, item.part_number, item.nsn, facts.designators);
  const uint32_t supply_class = facts::SupplyClass(item.description, item.part_number, item.nsn, facts.designators);
  segmenter.Segment(reading, hits, facts.quantities, supply_class, segments);
  roles.Read(reading, segments, item.kind, false, facts);
  stated.Read(reading, as_of, facts);
  ReadAttributes(item);
  allowance.Charge(BytesOf(segments.elements) + BytesOf(facts.concepts) + BytesOf(facts.quantities));
  if (options.taps != nullptr && options.taps->facts) options.taps->facts(facts);
}

// A line of which no more is known than that it may be a part, and whose head is a word that nothing is known of, is
// read once more: what stands before that word may be the item itself.
void Scanner::Impl::ReadGenerously(pack::ItemKind kind, int32_t as_of) {
  if (!decide::OnlyCatchAll(result.lists)) return;
  if (!decide::Silent(result.lists) && HeadMayBePart()) return;
  const facts::Span head = facts.doubtful_head;
  first_reading.swap(result.lists);
  result.notices.resize(own_notices);
  roles.Read(reading, segments, kind, true, facts);
  if (options.taps != nullptr && options.taps->facts) options.taps->facts(facts);
  judge.Decide(facts, as_of, options.lists, result);
  const bool doubtful = decide::AddFirstReading(first_reading, result);
  first_reading.clear();
  if (!doubtful) return;
  result.unknown_head.field = static_cast<decide::Field>(head.field);
  result.unknown_head.begin = head.begin;
  result.unknown_head.end = head.end;
  result.notices.push_back(notices::kUnknownHead);
}

// FIRE CONTROL BRACKET: the head is an ambiguous word for a part.
bool Scanner::Impl::HeadMayBePart() const {
  return std::any_of(hits.begin(), hits.end(), [&](const match::Hit& h) {
    const text::Token& t = reading.tokens[h.last - 1];
    return h.kind == pack::TermKind::kConcept && pack->concepts()[h.id].kind == pack::ConceptKind::kPart &&
           t.field == facts.doubtful_head.field && t.src_end == facts.doubtful_head.end;
  });
}

Scanner::Scanner(std::shared_ptr<const pack::Pack> pack, Options options)
    : impl_(new Impl(std::move(pack), std::move(options))) {}
Scanner::~Scanner() = default;
Scanner::Scanner(Scanner&&) noexcept = default;

const pack::Pack& Scanner::pack() const { return *impl_->pack; }

void Scanner::Impl::Decide(const Item& item, int32_t as_of) {
  if (const decide::Notice* why = Read(item)) return Unknown(as_of, *why);
  ReadFacts(item, as_of);
  own_notices = result.notices.size();
  judge.Decide(facts, as_of, options.lists, result);
  if (facts.doubtful) ReadGenerously(item.kind, as_of);
  if (!facts.stated_lists.empty()) result.notices.push_back(notices::kStatedControl);
  if (facts.genre) result.notices.push_back(notices::kGenre);
  if (!facts.complete) result.notices.push_back(notices::kMatching);
}

// The item wants more memory than it may have: what it took goes back, and nothing is judged of it.
void Scanner::Impl::GiveUp(int32_t as_of) {
  Forget();
  allowance.Lift();
  reading = {}, hits = {}, segments = {}, facts = {};
  Unknown(as_of, notices::kMemory);
}

const decide::Result& Scanner::Classify(const Item& item, const Context& context) {
  Impl& s = *impl_;
  const int32_t as_of = context.as_of == pack::kOpenFrom ? s.pack->default_as_of() : context.as_of;
  s.Forget();
  try {
    s.Decide(item, as_of);
    s.Treaties(context);
  } catch (const Allowance::Exceeded&) {
    s.GiveUp(as_of);
    s.Treaties(context);
  }
  return s.result;
}

}  // namespace sekisho
