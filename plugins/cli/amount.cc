#include "plugins/cli/amount.h"

#include <array>
#include <cstdlib>
#include <utility>

namespace sekisho::cli {

namespace {

using Word = std::pair<std::string_view, std::string_view>;

// Forms of full width and spaces to plain ones, so that the grammar has one form of each sign.
constexpr std::array<Word, 17> kPlain = {{{"０", "0"},
                                          {"１", "1"},
                                          {"２", "2"},
                                          {"３", "3"},
                                          {"４", "4"},
                                          {"５", "5"},
                                          {"６", "6"},
                                          {"７", "7"},
                                          {"８", "8"},
                                          {"９", "9"},
                                          {"，", ","},
                                          {"．", "."},
                                          {"￥", "¥"},
                                          {"　", ""},
                                          {"\xC2\xA0", ""},
                                          {" ", ""},
                                          {"\t", ""}}};
constexpr std::array<Word, 7> kCurrencies = {
    {{"US$", "USD"}, {"$", "USD"}, {"¥", "JPY"}, {"円", "JPY"}, {"€", "EUR"}, {"£", "GBP"}, {"ドル", "USD"}}};
constexpr std::array<std::pair<std::string_view, double>, 5> kPowers = {
    {{"兆", 1e12}, {"億", 1e8}, {"百万", 1e6}, {"万", 1e4}, {"千", 1e3}}};

std::string Plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [from, to] : kPlain) {
      if (!text.starts_with(from)) continue;
      out += to, text.remove_prefix(from.size()), found = true;
      break;
    }
    if (!found) out += text.front(), text.remove_prefix(1);
  }
  return out;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Takes a currency off the front or the back; false when there are two.
bool TakeCurrency(std::string_view& text, bool front, std::string& currency) {
  std::string found;
  size_t size = 0;
  for (const auto& [sign, code] : kCurrencies) {
    if (size == 0 && (front ? text.starts_with(sign) : text.ends_with(sign))) found = code, size = sign.size();
  }
  if (size == 0 && text.size() > 3) {
    const std::string_view letters = front ? text.substr(0, 3) : text.substr(text.size() - 3);
    if (IsLetter(letters[0]) && IsLetter(letters[1]) && IsLetter(letters[2])) {
      for (const char c : letters) found += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
      size = 3;
    }
  }
  if (size == 0) return true;
  front ? text.remove_prefix(size) : text.remove_suffix(size);
  if (!currency.empty()) return false;
  currency = found;
  return true;
}

// The number at the front: digits, in groups of three if there are commas at all, then decimals.
bool TakeNumber(std::string_view& text, double& out) {
  std::string digits;
  size_t i = 0, group = 0;
  bool grouped = false;
  for (; i < text.size() && (IsDigit(text[i]) || text[i] == ','); ++i) {
    if (text[i] == ',') {
      if (grouped ? group != 3 : group < 1 || group > 3) return false;
      grouped = true, group = 0;
    } else {
      digits += text[i], ++group;
    }
  }
  if (digits.empty() || (grouped && group != 3)) return false;
  if (i < text.size() && text[i] == '.') {
    digits += text[i++];
    const size_t first = i;
    for (; i < text.size() && IsDigit(text[i]); ++i) digits += text[i];
    if (i == first) return false;
  }
  text.remove_prefix(i);
  out = std::strtod(digits.c_str(), nullptr);
  return true;
}

// 億, 万 …: 1 when there is none.
double TakePower(std::string_view& text) {
  for (const auto& [word, power] : kPowers) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    return power;
  }
  return 1;
}

}  // namespace

bool ReadAmount(std::string_view text, Money& out) {
  const std::string plain = Plain(text);
  std::string_view rest = plain;
  out = Money();
  if (!TakeCurrency(rest, true, out.currency) || !TakeCurrency(rest, false, out.currency)) return false;
  double last = 0;  // the power before: they must fall, 1億2,000万
  do {
    double number = 0;
    if (!TakeNumber(rest, number)) return false;
    const double power = TakePower(rest);
    if (last != 0 && power >= last) return false;
    out.value += number * power;
    last = power;
  } while (!rest.empty() && last > 1);
  return rest.empty();
}

}  // namespace sekisho::cli
