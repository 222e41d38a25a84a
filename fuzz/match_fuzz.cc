// The automaton of designators against RE2, which is the reference: what it finds RE2 finds there, and what RE2 finds
// between spaces it finds too.
#include <re2/re2.h>
#include <re2/set.h>

#include "engine/match/matcher.h"
#include "fuzz/check.h"

using namespace sekisho;

namespace {

constexpr size_t kMostTokens = 24;  // of a line: RE2 looks at every piece of it

std::unique_ptr<RE2::Set> Reference(const pack::Pack& pack) {
  RE2::Options options;
  options.set_max_mem(int64_t{512} << 20);
  auto set = std::make_unique<RE2::Set>(options, RE2::ANCHOR_BOTH);
  for (const pack::Pattern& p : pack.patterns()) {
    const std::string_view re2 = pack.text(p.re2);
    FUZZ_CHECK(set->Add(re2::StringPiece(re2.data(), re2.size()), nullptr) >= 0);
  }
  FUZZ_CHECK(set->Compile());
  return set;
}

// Whether `end` is among the ends of this concept's hits from `first`, or one behind it. A phrase of the concept that
// stands at the very place serves as well: of the two one is kept.
bool Found(const std::vector<match::Hit>& hits, uint32_t first, uint32_t end, const pack::Pattern& p) {
  for (const match::Hit& h : hits) {
    if (h.kind == pack::TermKind::kConcept && h.first == first && h.last >= end && h.id == p.id &&
        h.system == (p.kind == pack::PatternKind::kSystem))
      return true;
  }
  return false;
}

bool Says(const std::vector<int>& patterns, const pack::Pack& pack, const match::Hit& h) {
  for (const int id : patterns) {
    const pack::Pattern& p = pack.patterns()[static_cast<size_t>(id)];
    if (p.id == h.id && (p.kind == pack::PatternKind::kSystem) == h.system) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  static const auto reference = Reference(*pack);
  static text::Reader reader(*pack);
  static match::Matcher matcher(*pack);
  text::Reading r;
  std::vector<match::Hit> hits;
  if (!reader.Read({reinterpret_cast<const char*>(data), size}, {}, r).ok() || r.tokens.size() > kMostTokens ||
      !matcher.Match(r, hits))
    return 0;
  const auto piece = [&](uint32_t first, uint32_t last) {
    return re2::StringPiece(r.text.data() + r.tokens[first].begin, r.tokens[last - 1].end - r.tokens[first].begin);
  };
  const auto free_at = [&](uint32_t i) {
    return i == 0 || i == r.tokens.size() || r.tokens[i].gap == text::Gap::kSpace;
  };
  std::vector<int> patterns;
  for (const match::Hit& h : hits) {
    if (!h.pattern) continue;
    reference->Match(piece(h.first, h.last), &patterns);
    FUZZ_CHECK(Says(patterns, *pack, h));
  }
  for (uint32_t first = 0; first < r.tokens.size(); ++first) {
    if (!free_at(first)) continue;
    for (uint32_t last = first + 1; last <= r.tokens.size() && last - first <= 8; ++last) {
      if (last > first + 1 && r.tokens[last - 1].gap > text::Gap::kSpace) break;
      if (!free_at(last)) continue;
      patterns.clear();
      if (!reference->Match(piece(first, last), &patterns)) continue;
      for (const int id : patterns) {
        const pack::Pattern& p = pack->patterns()[static_cast<size_t>(id)];
        if (Found(hits, first, last, p)) continue;
        const std::string re2(pack->text(p.re2));
        std::fprintf(stderr, "RE2 finds %s in \"%s\", tokens %u to %u; the automaton does not\n", re2.c_str(),
                     r.text.c_str(), first, last);
        std::abort();
      }
    }
  }
  return 0;
}
