// Small string work over std::string_view. Debian's Abseil has a string_view of its own, which StrCat wants; these do
// not.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace sekisho::compile {

inline void CatOne(std::string& out, std::string_view text) { out += text; }
template <std::integral Number>
void CatOne(std::string& out, Number number) {
  out += std::to_string(number);
}
template <typename... Parts>
std::string Cat(const Parts&... parts) {
  std::string out;
  (CatOne(out, parts), ...);
  return out;
}

template <typename List>
std::string Join(const List& list, std::string_view between) {
  std::string out;
  bool first = true;
  for (const auto& item : list) {
    if (!first) out += between;
    first = false;
    out += item;
  }
  return out;
}

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
inline char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline std::string_view Trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}

// The whole of `s` as a decimal integer.
template <std::integral Number>
bool ParseInt(std::string_view s, Number& out) {
  if (s.substr(0, 1) == "+") s.remove_prefix(1);
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size() && !s.empty();
}

}  // namespace sekisho::compile
