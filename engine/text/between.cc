#include "engine/text/between.h"

#include <unicode/uchar.h>

#include "engine/text/utf8.h"

namespace sekisho::text {

std::string_view Between(const Reading& r, uint32_t i) {
  if (i == 0 || i >= r.tokens.size()) return {};
  const Token &before = r.tokens[i - 1], &t = r.tokens[i];
  if (before.field != t.field || before.src_end >= t.src_begin) return {};
  return r.source[t.field].substr(before.src_end, t.src_begin - before.src_end);
}

bool HasSpace(std::string_view between) {
  for (size_t i = 0; i < between.size();) {
    if (u_isUWhiteSpace(static_cast<UChar32>(Decode(between, i)))) return true;
  }
  return false;
}

Brackets CountBrackets(std::string_view between) {
  Brackets found;
  for (size_t i = 0; i < between.size();) {
    const int type = u_getIntPropertyValue(static_cast<UChar32>(Decode(between, i)), UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (type == U_BPT_OPEN) {
      ++found.opened;
    } else if (type == U_BPT_CLOSE) {
      if (found.opened > 0) {
        --found.opened;
      } else {
        ++found.closed;
      }
    }
  }
  return found;
}

}  // namespace sekisho::text
