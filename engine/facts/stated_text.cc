#include "engine/facts/stated_text.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kDeepest = 16;  // tokens of a designator; no list goes as deep, and a text may go on for ever
constexpr std::string_view kOf = "の", kItem = "項", kTen = "十";
constexpr std::array<std::string_view, 21> kCategories = {"i",    "ii",  "iii",  "iv",    "v",   "vi",   "vii",
                                                          "viii", "ix",  "x",    "xi",    "xii", "xiii", "xiv",
                                                          "xv",   "xvi", "xvii", "xviii", "xix", "xx",   "xxi"};

bool IsRoman(std::string_view s) { return std::find(kCategories.begin(), kCategories.end(), s) != kCategories.end(); }

void AddPart(std::string_view part, std::string& parts) {
  if (!parts.empty()) parts += '.';
  parts += part;
}

std::string_view WithoutPoint(std::string_view part) {
  while (part.starts_with('.')) part.remove_prefix(1);
  return part;
}

}  // namespace

void AddParts(std::string_view designator, std::string& parts) {
  enum class Kind : uint8_t { kNone, kLetters, kDigits, kOther } last = Kind::kNone;  // of the byte before
  const size_t begin = parts.size();
  for (const char c : designator) {
    const bool small = c >= 'a' && c <= 'z', great = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
    const Kind kind = small || great ? Kind::kLetters : digit ? Kind::kDigits : (c & 0x80) ? Kind::kOther : Kind::kNone;
    if (kind != last && kind != Kind::kNone && parts.size() > begin) parts += '.';
    if (kind != Kind::kNone) parts += great ? static_cast<char>(c + 32) : c;
    last = kind;
  }
}

void StatedText::Open(const text::Reading& reading) {
  reading_ = &reading;
  order_.resize(reading.tokens.size());
  end_ = size();
  std::iota(order_.begin(), order_.end(), 0u);
  if (!reading.turned) return;
  std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
    const Token &x = reading.tokens[a], &y = reading.tokens[b];
    return std::tie(x.field, x.src_begin, a) < std::tie(y.field, y.src_begin, b);
  });
}

std::string_view StatedText::Text(uint32_t token) const {
  const Token& t = At(token);
  return std::string_view(reading_->text).substr(t.begin, t.end - t.begin);
}

uint32_t StatedText::FirstBehind(uint8_t field, uint32_t place) const {
  const auto first = std::partition_point(order_.begin(), order_.end(), [&](uint32_t i) {
    const Token& t = reading_->tokens[i];
    return std::tie(t.field, t.src_begin) < std::tie(field, place);
  });
  return static_cast<uint32_t>(first - order_.begin());
}

bool StatedText::Is(uint32_t token, Script script, size_t most) const {
  return token < end_ && At(token).script == script && Text(token).size() <= most;
}

// The caller's text before the token.
std::string_view StatedText::Before(uint32_t token) const {
  const Token& t = At(token);
  return source(t.field).substr(0, t.src_begin);
}

bool StatedText::Opened(uint32_t token) const {
  const std::string_view before = Before(token);
  return before.ends_with("(") || before.ends_with("（");
}

uint32_t StatedText::EndOf(uint32_t token) const {
  const Token& t = At(token);
  const std::string_view behind = source(t.field).substr(t.src_end);
  return t.src_end + (!Opened(token) ? 0 : behind.starts_with(")") ? 1 : behind.starts_with("）") ? 3 : 0);
}

// Whether nothing but the bracket's end stands between the token and the one before it.
bool StatedText::BehindBracket(uint32_t token) const {
  const std::string_view before = Before(token);
  const size_t size = before.ends_with(")") ? 1 : before.ends_with("）") ? std::string_view("）").size() : 0;
  return size != 0 && At(token - 1).src_end + size == before.size();
}

bool StatedText::BehindCategory(uint32_t token) const {
  return token > 0 && (IsWord(token - 1, "category") || IsWord(token - 1, "cat"));
}

void StatedText::Take(uint32_t token, std::string& key) const { AddPart(WithoutPoint(Text(token)), key); }

uint32_t StatedText::Read(StatedForm form, uint32_t token, bool close, std::string& key) {
  key.clear();
  end_ = FirstBehind(At(token).field + 1, 0);
  if (form == StatedForm::kEccn) return Eccn(token, key);
  const bool paragraph = form == StatedForm::kParagraph;
  const uint32_t next = paragraph ? Paragraph(token, key) : Row(token, key);
  if (next != token || !close) return next;
  key.clear();
  return paragraph ? ShortParagraph(token, key) : ShortRow(token, key);
}

// Whether nothing that the designator could go on with stands at the token: the end of the text, a comma, a bracket.
bool StatedText::Ends(uint32_t token) const { return token >= end_ || At(token).gap >= Gap::kComma; }

// 9A610.x, 3A001b4.
uint32_t StatedText::Eccn(uint32_t token, std::string& key) const {
  const auto glued = [&](uint32_t t) { return At(t).gap == Gap::kNone; };
  if (!Is(token, Script::kDigit, 1) || !Is(token + 1, Script::kLatin, 1) || !Is(token + 2, Script::kDigit, 3) ||
      Text(token + 2).size() != 3 || !glued(token + 1) || !glued(token + 2) || Text(token + 1)[0] > 'e')
    return token;
  uint32_t next = token + 3;
  for (bool letter = true; next < end_ && next - token < kDeepest; ++next, letter = !letter) {
    const Gap gap = At(next).gap;
    if (gap != Gap::kNone && gap != Gap::kDot && !Opened(next)) break;
    if (letter ? !Is(next, Script::kLatin, 1) : !Is(next, Script::kDigit, 3)) break;
  }
  for (uint32_t t = token; t < next; ++t) Take(t, key);
  return next;
}

std::string_view StatedText::CategoryAt(uint32_t token) const {
  if (Is(token, Script::kLatin, 5) && IsRoman(Text(token))) return Text(token);
  if (!Is(token, Script::kDigit, 2) || !BehindCategory(token)) return {};
  size_t number = 0;
  for (const char c : WithoutPoint(Text(token))) number = number * 10 + static_cast<size_t>(c - '0');
  return number >= 1 && number <= kCategories.size() ? kCategories[number - 1] : std::string_view();
}

// VIII(h)(1): a category, and paragraphs in brackets.
uint32_t StatedText::Paragraph(uint32_t token, std::string& key) const {
  const std::string_view category = CategoryAt(token);
  if (category.empty()) return token;
  uint32_t next = token + 1;
  for (uint32_t level = 0; next < end_ && next - token < kDeepest && Opened(next); ++next, ++level) {
    const bool number = level == 1, roman = level == 2;
    if (number ? !Is(next, Script::kDigit, 2) : !Is(next, Script::kLatin, roman ? 5 : 1)) break;
  }
  if (next == token + 1) return token;
  AddPart(category, key);
  for (uint32_t t = token + 1; t < next; ++t) Take(t, key);
  return next;
}

// VIIIh, VIII-h, VIII h: a category and the letter of its paragraph without brackets. What goes on in another way is
// none (VIII a radar).
uint32_t StatedText::ShortParagraph(uint32_t token, std::string& key) const {
  std::string_view category = CategoryAt(token), letter;
  uint32_t next = token + 1;
  if (!category.empty()) {
    if (!Is(next, Script::kLatin, 1) || Opened(next) || At(next).gap > Gap::kSpace) return token;
    letter = Text(next++);
  } else if (Is(token, Script::kLatin, 6) && Text(token).size() > 1) {
    category = Text(token).substr(0, Text(token).size() - 1), letter = Text(token).substr(category.size());
    if (!IsRoman(category)) return token;
  } else {
    return token;
  }
  AddPart(category, key);
  AddPart(letter, key);
  if (Is(next, Script::kDigit, 2) && (Opened(next) || At(next).gap <= Gap::kHyphen)) return Take(next, key), next + 1;
  if (Ends(next)) return next;
  return key.clear(), token;
}

// A row's number in digits or kanji, 16 or 十六: takes it, and says how many tokens it has.
uint32_t StatedText::Number(uint32_t token, std::string& key) const {
  if (Is(token, Script::kDigit, 2)) return Take(token, key), 1;
  uint32_t value = 0, n = 0;
  for (; Is(token + n, Script::kHan, 3) && n < 2; ++n) {
    size_t at = 0;
    const int digit = text::KanjiDigit(text::Decode(Text(token + n), at));
    if (Text(token + n) == kTen && n == 0) {
      value = 10;
    } else if (digit > 0 && (n == 0 || value == 10)) {
      value += static_cast<uint32_t>(digit);
    } else {
      break;
    }
  }
  if (n != 0) AddPart(std::to_string(value), key);
  return n;
}

// の2: takes a branch of a number; the token behind it.
uint32_t StatedText::Branch(uint32_t token, std::string& key) const {
  if (!IsWord(token, kOf) || !Is(token + 1, Script::kDigit, 1)) return token;
  AddPart(kOf, key);
  Take(token + 1, key);
  return token + 2;
}

// 4の項(1), 5(18), 3の2の項, 五の項(一), 9の項(5の2).
uint32_t StatedText::Row(uint32_t token, std::string& key) const {
  uint32_t next = token + Number(token, key);
  if (next == token) return token;
  next = Branch(next, key);
  const uint32_t item = IsWord(next, kOf) ? next + 1 : next;
  if (IsWord(item, kItem))
    next = item + 1;
  else if (next >= end_ || !Opened(next))
    return token;
  if (next >= end_ || !Opened(next)) return next;
  uint32_t inner = next + Number(next, key);
  if (inner == next) return next;
  inner = Branch(inner, key);
  const bool glued = Is(inner, Script::kDigit, 2) && BehindBracket(inner);
  if (!glued) return inner;
  Take(inner, key);
  return inner + 1;
}

// 4, 4-1: a row's number alone, or with that of its part behind a hyphen.
uint32_t StatedText::ShortRow(uint32_t token, std::string& key) const {
  constexpr std::string_view kApplies = "該";  // of 該当
  uint32_t next = token + Number(token, key);
  if (next == token) return token;
  if (Is(next, Script::kDigit, 2) && At(next).gap == Gap::kHyphen) Take(next++, key);
  if (Ends(next) || IsWord(next, kApplies)) return next;
  return key.clear(), token;
}

}  // namespace sekisho::facts
