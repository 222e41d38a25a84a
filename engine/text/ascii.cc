#include "engine/text/ascii.h"

#include <cstring>

#include "engine/text/utf8.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sekisho::text {
namespace {

constexpr size_t kWord = 64;  // bytes of a text in one word of a class

void Reset(size_t size, AsciiClasses& classes) {
  const size_t words = (size + kWord - 1) / kWord;
  classes.letters.assign(words, 0);
  classes.digits.assign(words, 0);
  classes.others.assign(words, 0);
  classes.any_digit = false;
}

}  // namespace

bool LowerAsciiPortable(std::string_view source, std::string& out, AsciiClasses& classes) {
  Reset(source.size(), classes);
  out.resize(source.size());
  bool after_space = true;
  for (size_t i = 0; i < source.size(); ++i) {
    const auto c = static_cast<unsigned char>(source[i]);
    if (c >= 0x7F || c < 0x20 || (after_space && c == ' ')) return false;
    after_space = c == ' ';
    const bool letter = IsAsciiLetter(c), digit = IsAsciiDigit(c);
    out[i] = static_cast<char>(letter ? c | 0x20 : c);
    classes.any_digit = classes.any_digit || digit;
    if (after_space) continue;
    (letter ? classes.letters : digit ? classes.digits : classes.others)[i / kWord] |= uint64_t{1} << i % kWord;
  }
  return source.empty() || !after_space;
}

#if defined(__SSE2__)

bool LowerAscii(std::string_view source, std::string& out, AsciiClasses& classes) {
  const size_t n = source.size();
  Reset(n, classes);
  out.resize(n);
  uint64_t any_digit = 0, after_space = 1;
  const auto bits = [](__m128i v) { return static_cast<uint64_t>(_mm_movemask_epi8(v)); };
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
    const uint64_t spaces = bits(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    if (bits(bad) != 0 || (spaces & (spaces << 1 | after_space)) != 0) return false;
    after_space = spaces >> (count - 1) & 1;
    const auto between = [](__m128i bytes, char low, char high) {
      return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
                           _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
    };
    v = _mm_or_si128(v, _mm_and_si128(between(v, 'A', 'Z'), _mm_set1_epi8(0x20)));
    const uint64_t there = (uint64_t{1} << count) - 1, digits = bits(between(v, '0', '9')),
                   letters = bits(between(v, 'a', 'z')) & there, shift = i % kWord;
    any_digit |= digits;
    classes.letters[i / kWord] |= letters << shift;
    classes.digits[i / kWord] |= digits << shift;
    classes.others[i / kWord] |= (there & ~(letters | digits | spaces)) << shift;
    if (count == 16) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(out.data() + i), v);
    } else {
      _mm_store_si128(reinterpret_cast<__m128i*>(rest), v);
      std::memcpy(out.data() + i, rest, count);
    }
  }
  classes.any_digit = any_digit != 0;
  return n == 0 || after_space == 0;
}

#else

bool LowerAscii(std::string_view source, std::string& out, AsciiClasses& classes) {
  return LowerAsciiPortable(source, out, classes);
}

#endif

}  // namespace sekisho::text
