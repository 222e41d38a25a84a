#include "engine/facts/designators.h"

#include <array>
#include <cstring>
#include <string>

#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

constexpr size_t kNsnDigits = 13;

bool Digit(std::string_view s, size_t i) {
  return i < s.size() && text::IsAsciiDigit(static_cast<unsigned char>(s[i]));
}

// The first digit from `i` on: eight bytes at a time that have none.
size_t NextDigit(std::string_view s, size_t i) {
  constexpr uint64_t kOnes = 0x0101010101010101;
  for (; i + sizeof(uint64_t) <= s.size(); i += sizeof(uint64_t)) {
    uint64_t bytes;
    std::memcpy(&bytes, s.data() + i, sizeof(bytes));
    const uint64_t from_zero = bytes ^ kOnes * '0';  // a digit's byte is below ten
    if (((from_zero - kOnes * 10) & ~from_zero & kOnes * 0x80) != 0) break;
  }
  while (i < s.size() && !Digit(s, i)) ++i;
  return i;
}

// A run of digits and single hyphens that starts at `i`: its digits, and where it ends.
size_t DigitRun(std::string_view s, size_t i, std::string& digits, std::array<size_t, 8>& groups, size_t& group_count) {
  digits.clear();
  group_count = 0;
  size_t start = i;
  while (Digit(s, i) || (i < s.size() && s[i] == '-' && i > start && Digit(s, i + 1))) {
    if (s[i] == '-') {
      if (group_count < groups.size()) groups[group_count++] = i - start;
      start = i + 1;
    } else {
      digits += s[i];
    }
    ++i;
  }
  if (group_count < groups.size()) groups[group_count++] = i - start;
  return i;
}

bool IsNsn(const std::string& digits, const std::array<size_t, 8>& g, size_t n) {
  if (digits.size() != kNsnDigits || digits[0] == '0') return false;
  return n == 1 || (n == 4 && g[0] == 4 && g[1] == 2 && g[2] == 3 && g[3] == 4) || (n == 2 && g[0] == 4 && g[1] == 9);
}

bool IsCas(const std::string& digits, const std::array<size_t, 8>& g, size_t n) {
  if (n != 3 || g[0] < 2 || g[0] > 7 || g[1] != 2 || g[2] != 1) return false;
  int sum = 0;
  for (size_t k = 1; k < digits.size(); ++k) sum += static_cast<int>(k) * (digits[digits.size() - 1 - k] - '0');
  return sum % 10 == digits.back() - '0';
}

void ReadField(std::string_view s, uint8_t field, std::vector<Designator>& out) {
  std::string digits;
  std::array<size_t, 8> groups{};
  size_t count = 0;
  for (size_t i = NextDigit(s, 0); i < s.size(); i = NextDigit(s, i)) {
    const size_t end = DigitRun(s, i, digits, groups, count);
    const Span span{field, static_cast<uint32_t>(i), static_cast<uint32_t>(end)};
    if (IsNsn(digits, groups, count)) out.push_back({"nsn", span});
    if (IsCas(digits, groups, count)) out.push_back({"cas", span});
    i = end;
  }
}

}  // namespace

void ReadDesignators(std::string_view description, std::string_view part_number, std::string_view nsn,
                     std::vector<Designator>& out) {
  ReadField(description, 0, out);
  ReadField(part_number, 1, out);
  ReadField(nsn, 2, out);
}

uint32_t SupplyClass(std::string_view description, std::string_view part_number, std::string_view nsn,
                     const std::vector<Designator>& found) {
  for (const Designator& d : found) {
    if (d.system != "nsn") continue;
    const std::string_view field = d.span.field == 0 ? description : d.span.field == 1 ? part_number : nsn;
    uint32_t value = 0;
    for (size_t i = 0; i < 4; ++i) value = value * 10 + static_cast<uint32_t>(field[d.span.begin + i] - '0');
    return value;
  }
  return 0;
}

}  // namespace sekisho::facts
