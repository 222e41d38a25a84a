#include "engine/text/gate_words.h"

#include <bit>
#include <cstring>

#include "engine/pack/hash.h"

#if defined(__x86_64__)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"  // of the header's own values without a meaning (GCC 105593)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>
#endif

namespace sekisho::text {
namespace {

constexpr size_t kWord = ByteClasses::kWord;

// Of a word of 64 bytes: where runs of letters and runs of digits begin, and where they have ended.
struct Edges {
  uint64_t begins, ends;
};
inline Edges EdgesOf(const ByteClasses& c, size_t k) {
  const uint64_t letters = c.letters[k], digits = c.digits[k];
  const uint64_t after_letter = letters << 1 | (k > 0 ? c.letters[k - 1] >> 63 : 0);
  const uint64_t after_digit = digits << 1 | (k > 0 ? c.digits[k - 1] >> 63 : 0);
  return {(letters & ~after_letter) | (digits & ~after_digit), (after_letter & ~letters) | (after_digit & ~digits)};
}

size_t Places(uint64_t bits, size_t base, uint8_t* out) {
  size_t count = 0;
  for (; bits != 0; bits &= bits - 1)
    out[count++] = static_cast<uint8_t>(base + static_cast<size_t>(std::countr_zero(bits)));
  return count;
}

// Of how many bytes of a word the key of its stem is: the first eight, and the next.
struct StemMasks {
  uint64_t first[kLongestRun + 1], next[kLongestRun + 1];
};
constexpr uint64_t LowBytes(size_t count) { return count >= 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * count) - 1; }
constexpr StemMasks kMasks = [] {
  StemMasks out{};
  for (size_t size = 0; size <= kLongestRun; ++size) {
    out.first[size] = LowBytes(size);
    out.next[size] = size > 8 ? LowBytes(size - 8) : 0;
  }
  return out;
}();

inline uint64_t Load(const char* at) {
  uint64_t bytes;
  std::memcpy(&bytes, at, sizeof(bytes));
  return bytes;
}

// How many letters before `end` a stem does not end with.
inline size_t Endings(const ByteClasses& c, size_t end) {
  const size_t k = (end - 1) / kWord, shift = 63 - (end - 1) % kWord;
  uint64_t bits = c.endings[k] << shift;
  if (shift != 0 && k > 0) bits |= c.endings[k - 1] >> (64 - shift);
  return static_cast<size_t>(std::countl_one(bits));
}

}  // namespace

void FindWords(const ByteClasses& classes, size_t line_size, LineWords& out) {
  size_t ends = 0;
  out.count = 0;
  for (size_t k = 0; k <= line_size / kWord; ++k) {
    const Edges edges = EdgesOf(classes, k);
    out.count += Places(edges.begins, k * kWord, out.begins + out.count);
    ends += Places(edges.ends, k * kWord, out.ends + ends);
  }
}

void AskWords(std::span<const uint64_t> filter, const ByteClasses& classes, const LineWords& words, KnownWords& out) {
  out.count = 0;
  size_t longest = 0;
  for (size_t i = 0; i < words.count; ++i) {
    const size_t begin = words.begins[i], end = words.ends[i], size = end - begin;
    const size_t stem = (size - Endings(classes, end)) & kLongestRun;
    longest |= size;
    const char* const at = classes.lower + begin;
    const uint64_t first = Load(at);
    const uint64_t key = pack::StemKey(first & kMasks.first[stem], Load(at + 8) & kMasks.next[stem]);
    const uint64_t start = pack::StartKey(first & kMasks.first[size & kLongestRun], pack::kStartAny);
    out.word[out.count] = static_cast<uint8_t>(i);
    out.stem[out.count] = key;
    out.count += static_cast<size_t>(pack::HasKey(filter, key)) | static_cast<size_t>(pack::HasKey(filter, start));
  }
  out.too_long = longest > kLongestRun;
}

#if defined(__x86_64__)

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi2,bmi,bmi2,popcnt")))

AVX512 void FindWordsAvx512(const ByteClasses& classes, size_t line_size, LineWords& out) {
  alignas(64) static constexpr auto kPlaces = [] {
    struct {
      uint8_t at[kWord];
    } out{};
    for (size_t i = 0; i < kWord; ++i) out.at[i] = static_cast<uint8_t>(i);
    return out;
  }();
  __m512i places = _mm512_load_si512(kPlaces.at);
  size_t begins = 0, ends = 0;
  for (size_t k = 0; k <= line_size / kWord; ++k) {
    const Edges edges = EdgesOf(classes, k);
    _mm512_storeu_si512(out.begins + begins, _mm512_maskz_compress_epi8(edges.begins, places));
    _mm512_storeu_si512(out.ends + ends, _mm512_maskz_compress_epi8(edges.ends, places));
    begins += static_cast<size_t>(_mm_popcnt_u64(edges.begins));
    ends += static_cast<size_t>(_mm_popcnt_u64(edges.ends));
    places = _mm512_add_epi8(places, _mm512_set1_epi8(kWord));
  }
  out.count = begins;
}

namespace {

AVX512 inline __m512i MixAvx512(__m512i h) {
  return _mm512_mullo_epi64(_mm512_xor_si512(h, _mm512_srli_epi64(h, 32)),
                            _mm512_set1_epi64(static_cast<long long>(pack::kMixLast)));
}

// The first `bits` of each number.
AVX512 inline __m512i LowAvx512(__m512i numbers, __m512i bits) {
  return _mm512_andnot_si512(_mm512_sllv_epi64(_mm512_set1_epi64(-1), bits), numbers);
}

// Lowest bits: whether the filter has each of the keys (pack::HasKey).
AVX512 inline __m512i HasKeysAvx512(std::span<const uint64_t> filter, __m512i keys, __mmask8 live) {
  const __m512i at = _mm512_and_si512(_mm512_srli_epi64(keys, pack::kKeyWordShift),
                                      _mm512_set1_epi64(static_cast<long long>(filter.size() - 1)));
  const __m512i words = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), live, at, filter.data(), 8);
  const __m512i second = _mm512_and_si512(_mm512_srli_epi64(keys, 52), _mm512_set1_epi64(63));
  return _mm512_and_si512(_mm512_srlv_epi64(words, _mm512_srli_epi64(keys, 58)), _mm512_srlv_epi64(words, second));
}

}  // namespace

// Eight words at a time.
AVX512 void AskWordsAvx512(std::span<const uint64_t> filter, const ByteClasses& classes, const LineWords& words,
                           KnownWords& out) {
  const __m512i zero = _mm512_setzero_si512(), ones = _mm512_set1_epi64(1);
  const __m512i first_factor = _mm512_set1_epi64(static_cast<long long>(pack::kMixFirst));
  constexpr uint64_t kStartAddend = pack::StartTag(pack::kStartAny) * pack::kMixSecond;
  const __m512i start_addend = _mm512_set1_epi64(static_cast<long long>(kStartAddend));
  static_assert(ByteClasses::kWords == 4);
  const __m512i endings = _mm512_zextsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(classes.endings)));
  __mmask8 too_long = 0;
  size_t count = 0;
  for (size_t i = 0; i < words.count; i += 8) {
    const size_t rest = words.count - i;
    const auto live = static_cast<__mmask8>(rest >= 8 ? 0xFF : (1u << rest) - 1);
    const auto load = [](const uint8_t* at) { return reinterpret_cast<const __m128i*>(at); };
    const __m512i begin = _mm512_maskz_cvtepu8_epi64(live, _mm_loadu_si128(load(words.begins + i)));
    const __m512i end = _mm512_maskz_cvtepu8_epi64(live, _mm_loadu_si128(load(words.ends + i)));
    const __m512i first = _mm512_mask_i64gather_epi64(zero, live, begin, classes.lower, 1);
    const __m512i size = _mm512_sub_epi64(end, begin);
    too_long |= _mm512_cmpgt_epi64_mask(size, _mm512_set1_epi64(kLongestRun));
    // The bits of `endings` before each end, the last one uppermost: how many are 1 in a row.
    const __m512i last = _mm512_sub_epi64(end, ones), k = _mm512_srli_epi64(last, 6);
    const __m512i shift = _mm512_andnot_si512(last, _mm512_set1_epi64(63));
    const __m512i here = _mm512_sllv_epi64(_mm512_permutexvar_epi64(k, endings), shift);
    const __m512i before = _mm512_srlv_epi64(_mm512_permutexvar_epi64(_mm512_sub_epi64(k, ones), endings),
                                             _mm512_sub_epi64(_mm512_set1_epi64(64), shift));
    const __m512i not_endings = _mm512_ternarylogic_epi64(here, before, before, 0x03);
    const __m512i stem_bits = _mm512_slli_epi64(_mm512_sub_epi64(size, _mm512_lzcnt_epi64(not_endings)), 3);

    __m512i h = _mm512_mullo_epi64(LowAvx512(first, stem_bits), first_factor);
    const __mmask8 longer = _mm512_mask_cmpgt_epi64_mask(live, stem_bits, _mm512_set1_epi64(64));
    if (longer != 0) {
      const __m512i next = _mm512_mask_i64gather_epi64(zero, longer, begin, classes.lower + 8, 1);
      const __m512i low = LowAvx512(next, _mm512_sub_epi64(stem_bits, _mm512_set1_epi64(64)));
      h = _mm512_xor_si512(
          h, _mm512_maskz_mullo_epi64(longer, low, _mm512_set1_epi64(static_cast<long long>(pack::kMixSecond))));
    }
    const __m512i stems = MixAvx512(h);
    const __m512i start = _mm512_and_si512(LowAvx512(first, _mm512_slli_epi64(size, 3)), _mm512_set1_epi64(0xFFFFFFFF));
    const __m512i starts = MixAvx512(_mm512_xor_si512(_mm512_mullo_epi64(start, first_factor), start_addend));
    const __m512i has = _mm512_or_si512(HasKeysAvx512(filter, stems, live), HasKeysAvx512(filter, starts, live));
    const __mmask8 known = _mm512_mask_test_epi64_mask(live, has, ones);
    if (known == 0) continue;
    _mm512_storeu_si512(out.stem + count, _mm512_maskz_compress_epi64(known, stems));
    for (unsigned bits = known; bits != 0; bits &= bits - 1)
      out.word[count++] = static_cast<uint8_t>(i + static_cast<size_t>(std::countr_zero(bits)));
  }
  out.count = count;
  out.too_long = too_long != 0;
}

#undef AVX512
#endif

}  // namespace sekisho::text
