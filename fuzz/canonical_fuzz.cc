// Normalisation and tokens: valid output, a map inside the input that only moves on, tokens inside the text; refused
// exactly when the input is not UTF-8.
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
  FUZZ_CHECK(c.text.size() == c.begin.size() && c.text.size() == c.end.size());
  for (size_t i = 0; i < c.text.size(); ++i) {
    FUZZ_CHECK(c.begin[i] < c.end[i] && c.end[i] <= size);
    FUZZ_CHECK(i == 0 || c.begin[i] >= c.begin[i - 1]);
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
