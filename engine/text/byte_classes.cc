#include "engine/text/byte_classes.h"

#include "engine/pack/hash.h"
#include "engine/text/utf8.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sekisho::text {

void ClassifyPortable(std::string_view line, ByteClasses& out) {
  const size_t words = line.size() / ByteClasses::kWord + 1;
  for (size_t k = 0; k < words; ++k) {
    out.letters[k] = out.digits[k] = out.endings[k] = out.spaces[k] = 0;
    out.leads[k] = out.tails[k] = out.joints[k] = 0;
  }
  out.others = 0;
  for (size_t i = 0; i < line.size(); ++i) {
    const auto c = static_cast<unsigned char>(line[i]);
    const size_t k = i / ByteClasses::kWord;
    const uint64_t bit = uint64_t{1} << i % ByteClasses::kWord;
    out.lower[i] = static_cast<char>(c | 0x20);
    if (IsAsciiLetter(c)) {
      out.letters[k] |= bit;
      if (pack::EndsStem(static_cast<char>(c))) out.endings[k] |= bit;
    } else if (IsAsciiDigit(c)) {
      out.digits[k] |= bit;
    } else if (c <= ' ' || c == 0x7F) {
      out.spaces[k] |= bit;
    } else if (c == '-') {
      out.joints[k] |= bit;
    } else if (c >= 0x80) {
      out.joints[k] |= bit;
      if (c >= 0xE3 && c <= 0xE9) {
        out.leads[k] |= bit;
      } else if (c < 0xC0) {
        out.tails[k] |= bit;
      } else {
        out.others |= bit;
      }
    }
  }
}

#if defined(__x86_64__)

#define AVX512 __attribute__((target("avx512f,avx512bw")))

AVX512 void ClassifyAvx512(std::string_view line, ByteClasses& out) {
  const size_t size = line.size();
  __mmask64 others = 0;
  for (size_t i = 0;; i += ByteClasses::kWord) {
    const size_t k = i / ByteClasses::kWord, rest = size - i;
    const __mmask64 there = rest >= 64 ? ~__mmask64{0} : (__mmask64{1} << rest) - 1;
    const __m512i v = _mm512_maskz_loadu_epi8(there, line.data() + i);
    const __m512i low = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    const __mmask64 high = _mm512_movepi8_mask(v);
    const __mmask64 letters = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(low, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    const __mmask64 leads = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8(static_cast<char>(0xE3))),
                                                   _mm512_set1_epi8(0xE9 - 0xE3 + 1));
    const __mmask64 tails = _mm512_mask_cmplt_epu8_mask(high, v, _mm512_set1_epi8(static_cast<char>(0xC0)));
    out.letters[k] = letters;
    out.digits[k] = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
    out.endings[k] =
        letters &
        (_mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('s')) | _mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('e')) |
         _mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('i')) | _mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('y')));
    out.spaces[k] =
        there & (_mm512_cmple_epu8_mask(v, _mm512_set1_epi8(' ')) | _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(0x7F)));
    out.leads[k] = leads;
    out.tails[k] = tails;
    out.joints[k] = high | _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('-'));
    others |= high & ~(leads | tails);
    _mm512_store_si512(out.lower + i, low);
    if (rest < 64) break;
  }
  out.others = others;
}

#undef AVX512
#define AVX2 __attribute__((target("avx2")))

namespace {

struct Half {
  uint64_t letters, digits, endings, spaces, leads, tails, joints, high;
};

AVX2 inline uint64_t Bits(__m256i v) { return static_cast<uint32_t>(_mm256_movemask_epi8(v)); }
AVX2 inline __m256i Equal(__m256i v, char c) { return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c)); }
AVX2 inline __m256i Between(__m256i v, unsigned char first, unsigned char last) {  // unsigned bytes
  const __m256i from = _mm256_sub_epi8(v, _mm256_set1_epi8(static_cast<char>(first)));
  return _mm256_cmpeq_epi8(_mm256_min_epu8(from, _mm256_set1_epi8(static_cast<char>(last - first))), from);
}

AVX2 inline Half ClassifyHalf(const char* at, char* lower) {
  const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
  const __m256i low = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
  _mm256_store_si256(reinterpret_cast<__m256i*>(lower), low);
  const __m256i endings = _mm256_or_si256(_mm256_or_si256(Equal(low, 's'), Equal(low, 'e')),
                                          _mm256_or_si256(Equal(low, 'i'), Equal(low, 'y')));
  Half h;
  h.letters = Bits(Between(low, 'a', 'z'));
  h.digits = Bits(Between(v, '0', '9'));
  h.endings = Bits(endings) & h.letters;
  h.spaces = Bits(_mm256_or_si256(Between(v, 0, ' '), Equal(v, 0x7F)));
  h.leads = Bits(Between(v, 0xE3, 0xE9));
  h.tails = Bits(Between(v, 0x80, 0xBF));
  h.high = Bits(v);
  h.joints = h.high | Bits(Equal(v, '-'));
  return h;
}

}  // namespace

AVX2 void ClassifyAvx2(std::string_view line, ByteClasses& out) {
  const size_t size = line.size();
  uint64_t others = 0;
  for (size_t i = 0;; i += ByteClasses::kWord) {
    const size_t k = i / ByteClasses::kWord, rest = size - i;
    const uint64_t there = rest >= 64 ? ~uint64_t{0} : (uint64_t{1} << rest) - 1;
    alignas(64) char last[ByteClasses::kWord];
    const char* at = line.data() + i;
    if (rest < 64) {
      _mm256_store_si256(reinterpret_cast<__m256i*>(last), _mm256_setzero_si256());
      _mm256_store_si256(reinterpret_cast<__m256i*>(last + 32), _mm256_setzero_si256());
      __builtin_memcpy(last, at, rest);
      at = last;
    }
    const Half a = ClassifyHalf(at, out.lower + i), b = ClassifyHalf(at + 32, out.lower + i + 32);
    out.letters[k] = a.letters | b.letters << 32;
    out.digits[k] = a.digits | b.digits << 32;
    out.endings[k] = a.endings | b.endings << 32;
    out.spaces[k] = (a.spaces | b.spaces << 32) & there;
    out.leads[k] = a.leads | b.leads << 32;
    out.tails[k] = a.tails | b.tails << 32;
    out.joints[k] = a.joints | b.joints << 32;
    others |= (a.high | b.high << 32) & ~(out.leads[k] | out.tails[k]);
    if (rest < 64) break;
  }
  out.others = others;
}

#undef AVX2

Machine ThisMachine() {
  static const Machine machine = [] {
    __builtin_cpu_init();
    const bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    const bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
    if (bits && wide) return Machine::kAvx512;
    return bits && __builtin_cpu_supports("avx2") ? Machine::kAvx2 : Machine::kPortable;
  }();
  return machine;
}

#else

Machine ThisMachine() { return Machine::kPortable; }

#endif

}  // namespace sekisho::text
