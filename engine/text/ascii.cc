#include "engine/text/ascii.h"

#include <cstdint>
#include <cstring>

#include "engine/text/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sekisho::text {

bool LowerAsciiPortable(std::string_view source, std::string& out, bool& digits) {
  digits = false;
  out.resize(source.size());
  bool after_space = true;
  for (size_t i = 0; i < source.size(); ++i) {
    const auto c = static_cast<unsigned char>(source[i]);
    if (c >= 0x7F || c < 0x20 || (after_space && c == ' ')) return false;
    after_space = c == ' ';
    digits = digits || IsAsciiDigit(c);
    out[i] = static_cast<char>(IsAsciiLetter(c) ? c | 0x20 : c);
  }
  return source.empty() || !after_space;
}

#if defined(__SSE2__)

bool LowerAscii(std::string_view source, std::string& out, bool& digits) {
  const size_t n = source.size();
  digits = false;
  out.resize(n);
  uint32_t any_digit = 0, after_space = 1;
  const auto bits = [](__m128i v) { return static_cast<uint32_t>(_mm_movemask_epi8(v)); };
  for (size_t i = 0; i < n; i += 16) {
    const size_t count = n - i < 16 ? n - i : 16;
    alignas(16) char rest[16];
    __m128i v;
    if (count == 16) {
      v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(source.data() + i));
    } else {
      std::memset(rest, 'x', sizeof(rest));
      std::memcpy(rest, source.data() + i, count);
      v = _mm_load_si128(reinterpret_cast<const __m128i*>(rest));
    }
    // Signed: bytes above 0x7F are below 0x20 too.
    const __m128i bad = _mm_or_si128(_mm_cmplt_epi8(v, _mm_set1_epi8(0x20)), _mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
    const uint32_t spaces = bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    if (bits(bad) != 0 || (spaces & (spaces << 1 | after_space)) != 0) return false;
    after_space = spaces >> (count - 1) & 1;
    const auto between = [&](char low, char high) {
      return _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(static_cast<char>(low - 1))),
                           _mm_cmplt_epi8(v, _mm_set1_epi8(static_cast<char>(high + 1))));
    };
    any_digit |= bits(between('0', '9'));
    v = _mm_or_si128(v, _mm_and_si128(between('A', 'Z'), _mm_set1_epi8(0x20)));
    if (count == 16) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), v);
    } else {
      _mm_store_si128(reinterpret_cast<__m128i*>(rest), v);
      std::memcpy(out.data() + i, rest, count);
    }
  }
  digits = any_digit != 0;
  return n == 0 || after_space == 0;
}

#else

bool LowerAscii(std::string_view source, std::string& out, bool& digits) {
  return LowerAsciiPortable(source, out, digits);
}

#endif

}  // namespace sekisho::text
