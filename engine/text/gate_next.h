// What stands behind a token of the caller's text, in whatever order the reader will put it.
#pragma once

#include <array>
#include <string_view>

#include "engine/pack/hash.h"
#include "engine/text/gate.h"
#include "engine/text/gate_walk.h"
#include "engine/text/utf8.h"

namespace sekisho::text {

enum class Class : uint8_t { kGap, kLetter, kDigit, kSymbol, kCharacter, kOther };

inline constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> out{};
  for (uint32_t c = 0; c < 256; ++c) {
    out[c] = IsAsciiLetter(c)         ? Class::kLetter
             : IsAsciiDigit(c)        ? Class::kDigit
             : c >= 0xE3 && c <= 0xE9 ? Class::kCharacter
             : c >= 0x80              ? Class::kOther
                                      : Class::kGap;
  }
  for (const char c : std::string_view("%\"+&#$^<>=")) out[static_cast<unsigned char>(c)] = Class::kSymbol;
  return out;
}();
inline Class ClassOf(char c) { return kClasses[static_cast<unsigned char>(c)]; }

// The code point of the three bytes at `i`, Gate::kUnknown where they are ill-formed.
inline uint32_t CodeAt(std::string_view s, size_t i) {
  const auto byte = [&](size_t k) { return static_cast<uint32_t>(static_cast<unsigned char>(s[k])); };
  if (i + 2 >= s.size() || (byte(i + 1) & 0xC0) != 0x80 || (byte(i + 2) & 0xC0) != 0x80) return Gate::kUnknown;
  return (byte(i) & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
}

class Gate::Next {
 public:
  Next(const Gate& gate, std::string_view source) : g_(gate), s_(source) {}

  // Whether the test holds for the first byte of a token that may come to stand behind one that ends at `i`. A supply
  // name is turned round at its commas, and before its last words where they are a designation.
  template <typename Test>
  bool Behind(size_t i, const Test& test) const {
    if (First(i, test)) return true;
    if (s_.find(',') == std::string_view::npos) return false;
    for (size_t k = 0; k < s_.size(); ++k) {
      const bool begins = k == 0 || s_[k - 1] == ',' || static_cast<unsigned char>(s_[k - 1]) <= ' ' ||
                          (ClassOf(s_[k]) == Class::kCharacter && static_cast<unsigned char>(s_[k - 1]) < 0x80);
      if (begins && First(k, test)) return true;
    }
    return false;
  }

 private:
  // The test of the first byte of the next token from `i` on.
  template <typename Test>
  bool First(size_t i, const Test& test) const {
    while (i < s_.size()) {
      const auto c = static_cast<unsigned char>(s_[i]);
      const Class kind = kClasses[c];
      if (kind == Class::kOther) return test(pack::kStartAny);
      if (kind == Class::kCharacter) {
        const uint32_t code = CodeAt(s_, i), plain = code == kUnknown ? kUnknown : g_.Plain(code);
        if (plain == kUnknown) return test(pack::kStartAny);
        char bytes[4];
        if (plain != kNothing) return Encode(plain, bytes), test(static_cast<unsigned char>(bytes[0]));
        i += 3;
        continue;
      }
      if (MayGo(c)) {
        if (test(c)) return true;
      } else if (kind != Class::kGap) {
        return test(IsAsciiLetter(c) ? c | 0x20 : c);
      }
      ++i;
    }
    return test(pack::kStartEnd);
  }

  const Gate& g_;
  const std::string_view s_;
};

}  // namespace sekisho::text
