// UTF-8 and the few character classes that the rooms ask for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::text {

// Decodes the code point at `i` (valid UTF-8) and moves `i` behind it.
inline uint32_t Decode(std::string_view s, size_t& i) {
  const auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(s[k])); };
  const uint32_t c = byte(i);
  if (c < 0x80) return i += 1, c;
  if (c < 0xE0) return i += 2, (c & 0x1F) << 6 | (byte(i - 1) & 0x3F);
  if (c < 0xF0) return i += 3, (c & 0x0F) << 12 | (byte(i - 2) & 0x3F) << 6 | (byte(i - 1) & 0x3F);
  return i += 4, (c & 0x07) << 18 | (byte(i - 3) & 0x3F) << 12 | (byte(i - 2) & 0x3F) << 6 | (byte(i - 1) & 0x3F);
}

// Writes `c` to `out`, which has room for 4 bytes; how many were written.
inline size_t Encode(uint32_t c, char* out) {
  const auto put = [&](size_t i, uint32_t byte) { out[i] = static_cast<char>(byte); };
  if (c < 0x80) return put(0, c), 1;
  if (c < 0x800) return put(0, 0xC0 | c >> 6), put(1, 0x80 | (c & 0x3F)), 2;
  if (c < 0x10000) return put(0, 0xE0 | c >> 12), put(1, 0x80 | (c >> 6 & 0x3F)), put(2, 0x80 | (c & 0x3F)), 3;
  return put(0, 0xF0 | c >> 18), put(1, 0x80 | (c >> 12 & 0x3F)), put(2, 0x80 | (c >> 6 & 0x3F)),
         put(3, 0x80 | (c & 0x3F)), 4;
}

inline void Append(std::string& out, uint32_t c) {
  char bytes[4];
  out.append(bytes, Encode(c, bytes));
}

// The byte offset of the first ill-formed sequence (Unicode 15, table 3-7); npos when there is none.
size_t FindInvalidUtf8(std::string_view s);

constexpr bool IsAsciiLetter(uint32_t c) { return (c | 0x20) - 'a' < 26; }
constexpr bool IsAsciiDigit(uint32_t c) { return c - '0' < 10; }
inline bool IsHiragana(uint32_t c) { return c >= 0x3041 && c <= 0x309F; }
inline bool IsKatakana(uint32_t c) { return c >= 0x30A1 && c <= 0x30FF && c != 0x30FB; }
inline bool IsKana(uint32_t c) { return IsHiragana(c) || IsKatakana(c); }
inline bool IsHan(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3134F) || c == 0x3005 || c == 0x3007;
}
// The value of a kanji digit (〇 to 九, 零); -1 for any other character.
inline int KanjiDigit(uint32_t c) {
  constexpr uint32_t kDigits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
  for (int d = 0; d < 10; ++d) {
    if (kDigits[d] == c) return d;
  }
  return c == 0x96F6 ? 0 : -1;
}
inline bool IsCjk(uint32_t c) { return IsKana(c) || IsHan(c); }

}  // namespace sekisho::text
