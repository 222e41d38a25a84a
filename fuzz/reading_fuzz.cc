// The line in reading order: tokens in order inside the text, each with bytes of the caller's field; the same line
// gives the same reading twice, and what the gate stops names nothing. The first line of the input is the description,
// the rest the part number.
#include "engine/match/matcher.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"
#include "engine/text/utf8.h"
#include "fuzz/check.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  static text::Reader reader(*pack);
  static match::Matcher matcher(*pack);
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const size_t line = source.find('\n');
  const std::string_view description = source.substr(0, line);
  const std::string_view part_number = line == source.npos ? std::string_view() : source.substr(line + 1);
  text::Reading first, second;
  const bool ok = reader.Read(description, part_number, first).ok();
  FUZZ_CHECK(ok ==
             (text::FindInvalidUtf8(description) == source.npos && text::FindInvalidUtf8(part_number) == source.npos));
  uint32_t end = 0;
  for (const text::Token& t : first.tokens) {
    FUZZ_CHECK(t.field <= 1 && t.begin >= end && t.begin < t.end && t.end <= first.text.size());
    const size_t limit = t.field == 0 ? description.size() : part_number.size();
    FUZZ_CHECK(t.src_begin < t.src_end && t.src_end <= limit);
    FUZZ_CHECK(t.id == pack::kNone || t.id < pack->tokens().size());
    end = t.end;
  }
  reader.Read(description, part_number, second).IgnoreError();
  FUZZ_CHECK(first.text == second.text && first.tokens.size() == second.tokens.size());
  std::vector<match::Hit> hits;
  matcher.MatchNamed(first, hits);
  FUZZ_CHECK(ok == reader.ReadNamed(description, part_number, second).ok());
  FUZZ_CHECK(!ok || !second.nameless || (hits.empty() && !first.tokens.empty()));
  return 0;
}
