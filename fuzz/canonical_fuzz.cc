// Normalisation and tokens: valid output, a map inside the input that only moves on, tokens inside the text; refused
// exactly when the input is not UTF-8. The fast way and the way through ICU give the same, map and all.
#include "engine/pack/pack.h"
#include "engine/text/canonical.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"
#include "fuzz/check.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  text::Canonical c;
  const bool ok = text::Canonicalize(source, pack->folds(), c).ok();
  FUZZ_CHECK(ok == (text::FindInvalidUtf8(source) == std::string_view::npos));
  FUZZ_CHECK(text::FindInvalidUtf8(c.text) == std::string_view::npos);
  text::Canonical reference;
  FUZZ_CHECK(ok == text::Canonicalize(source, pack->folds(), reference, text::Way::kReference).ok());
  FUZZ_CHECK(c.text == reference.text);
  for (uint32_t i = 0; i < c.text.size(); ++i) {
    FUZZ_CHECK(c.Begin(i) < c.End(i) && c.End(i) <= size);
    FUZZ_CHECK(i == 0 || c.Begin(i) >= c.Begin(i - 1));
    FUZZ_CHECK(c.Begin(i) == reference.Begin(i) && c.End(i) == reference.End(i));
  }
  std::vector<text::RawToken> tokens;
  text::Tokenize(c.text, tokens);
  uint32_t end = 0;
  for (const text::RawToken& t : tokens) {
    FUZZ_CHECK(t.begin >= end && t.begin < t.end && t.end <= c.text.size());
    end = t.end;
  }
  return 0;
}
