#include "engine/facts/stated.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "engine/text/utf8.h"

namespace sekisho::facts {
namespace {

using pack::kNone;
using text::Gap;
using text::Script;
using text::Token;

constexpr uint32_t kReach = 12;  // tokens behind the word that speaks of a list of rows: 輸出令別表第一の4の項(1)
constexpr std::string_view kOf = "の", kItem = "項", kTen = "十", kApplies = "該当", kNot = "非";
constexpr std::array<std::string_view, 21> kCategories = {"i",    "ii",  "iii",  "iv",    "v",   "vi",   "vii",
                                                          "viii", "ix",  "x",    "xi",    "xii", "xiii", "xiv",
                                                          "xv",   "xvi", "xvii", "xviii", "xix", "xx",   "xxi"};

bool IsRoman(std::string_view s) { return std::find(kCategories.begin(), kCategories.end(), s) != kCategories.end(); }

void AddPart(std::string_view part, std::string& parts) {
  if (!parts.empty()) parts += '.';
  parts += part;
}

// The parts of a designator in small letters: "9A610.x" 9.a.610.x, "VIII(h)(1)" viii.h.1, "3の2(2)1" 3.の.2.2.1.
std::string PartsOf(std::string_view designator) {
  std::string parts, small(designator);
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  std::vector<text::RawToken> row;
  text::Tokenize(small, row);
  for (const text::RawToken& t : row) {
    std::string_view part = std::string_view(small).substr(t.begin, t.end - t.begin);
    while (part.starts_with('.')) part.remove_prefix(1);
    AddPart(part, parts);
  }
  return parts;
}

}  // namespace

StatedReader::StatedReader(const pack::Pack& pack) : pack_(pack) {
  for (uint32_t i = 0; i < pack.lists().size(); ++i) {
    const pack::List& l = pack.lists()[i];
    const uint32_t speaks = pack.FindConcept("stated-" + std::string(pack.text(l.id)));
    const uint32_t claims = pack.FindConcept("stated-on-" + std::string(pack.text(l.id)));
    if ((speaks == kNone && claims == kNone) || l.entries.count == 0) continue;
    const std::string_view first = pack.text(pack.entries()[l.entries.first].designator);
    const bool letter = !first.empty() && first[0] >= 'A' && first[0] <= 'Z';
    const bool eccn = first.size() >= 5 && first[1] >= 'A' && first[1] <= 'E';
    lists_.push_back({i, speaks, claims, letter ? Form::kParagraph : eccn ? Form::kEccn : Form::kRow, {}});
  }
}

void StatedReader::Index(List& list) const {
  const pack::Range range = pack_.lists()[list.list].entries;
  for (uint32_t i = range.first; i < range.first + range.count; ++i)
    list.entries.insert_or_assign(PartsOf(pack_.text(pack_.entries()[i].designator)), i);
}

const Token& StatedReader::At(uint32_t token) const { return reading_->tokens[order_[token]]; }

std::string_view StatedReader::Text(uint32_t token) const {
  const Token& t = At(token);
  return std::string_view(reading_->text).substr(t.begin, t.end - t.begin);
}

bool StatedReader::Is(uint32_t token, Script script, size_t most) const {
  return token < order_.size() && At(token).script == script && Text(token).size() <= most;
}

// The caller's text before the token.
std::string_view StatedReader::Before(uint32_t token) const {
  const Token& t = At(token);
  return reading_->source[t.field].substr(0, t.src_begin);
}

bool StatedReader::Opened(uint32_t token) const {
  const std::string_view before = Before(token);
  return before.ends_with("(") || before.ends_with("（");
}

// Whether nothing but the bracket's end stands between the token and the one before it.
bool StatedReader::BehindBracket(uint32_t token) const {
  const std::string_view before = Before(token);
  const size_t size = before.ends_with(")") ? 1 : before.ends_with("）") ? std::string_view("）").size() : 0;
  return size != 0 && At(token - 1).src_end + size == before.size();
}

void StatedReader::Take(uint32_t token) {
  std::string_view part = Text(token);
  while (part.starts_with('.')) part.remove_prefix(1);
  AddPart(part, key_);
}

// 9A610.x, 3A001b4: the token behind the designator that begins at `token`, or `token`.
uint32_t StatedReader::Eccn(uint32_t token) {
  const auto glued = [&](uint32_t t) { return At(t).gap == Gap::kNone; };
  if (!Is(token, Script::kDigit, 1) || !Is(token + 1, Script::kLatin, 1) || !Is(token + 2, Script::kDigit, 3) ||
      Text(token + 2).size() != 3 || !glued(token + 1) || !glued(token + 2) || Text(token + 1)[0] > 'e')
    return token;
  uint32_t next = token + 3;
  for (bool letter = true; next < order_.size(); ++next, letter = !letter) {
    const Gap gap = At(next).gap;
    if (gap != Gap::kNone && gap != Gap::kDot && !Opened(next)) break;
    if (letter ? !Is(next, Script::kLatin, 1) : !Is(next, Script::kDigit, 3)) break;
  }
  for (uint32_t t = token; t < next; ++t) Take(t);
  return next;
}

// VIII(h)(1): a category, and paragraphs in brackets.
uint32_t StatedReader::Paragraph(uint32_t token) {
  if (!Is(token, Script::kLatin, 5) || !IsRoman(Text(token))) return token;
  uint32_t next = token + 1;
  for (uint32_t level = 0; next < order_.size() && Opened(next); ++next, ++level) {
    const bool number = level == 1, roman = level == 2;
    if (number ? !Is(next, Script::kDigit, 2) : !Is(next, Script::kLatin, roman ? 5 : 1)) break;
  }
  if (next == token + 1) return token;
  for (uint32_t t = token; t < next; ++t) Take(t);
  return next;
}

// A row's number in digits or kanji, 16 or 十六: takes it, and says how many tokens it has.
uint32_t StatedReader::Number(uint32_t token) {
  if (Is(token, Script::kDigit, 2)) return Take(token), 1;
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
  if (n != 0) AddPart(std::to_string(value), key_);
  return n;
}

// 4の項(1), 5(18), 3の2の項, 五の項(一), 9の項(5の2).
uint32_t StatedReader::Row(uint32_t token) {
  const uint32_t end = static_cast<uint32_t>(order_.size());
  const auto is = [&](uint32_t t, std::string_view word) { return t < end && Text(t) == word; };
  const auto branch = [&](uint32_t t) {
    if (!is(t, kOf) || !Is(t + 1, Script::kDigit, 1)) return t;
    return AddPart(kOf, key_), Take(t + 1), t + 2;
  };
  uint32_t next = token + Number(token);
  if (next == token) return token;
  next = branch(next);
  const uint32_t item = is(next, kOf) ? next + 1 : next;
  if (is(item, kItem))
    next = item + 1;
  else if (next >= end || !Opened(next))
    return token;
  if (next >= end || !Opened(next)) return next;
  uint32_t inner = next + Number(next);
  if (inner == next) return next;
  inner = branch(inner);
  const bool glued = Is(inner, Script::kDigit, 2) && BehindBracket(inner);
  return glued ? (Take(inner), inner + 1) : inner;
}

// The entry of the parts read, or the nearest one above it.
bool StatedReader::Find(const List& list, uint32_t first, uint32_t last, Facts& facts) {
  for (;;) {
    const auto found = list.entries.find(key_);
    if (found != list.entries.end()) {
      const Token &a = At(first), &b = At(last - 1);
      const std::string_view behind = reading_->source[b.field].substr(b.src_end);
      const uint32_t bracket = !Opened(last - 1) ? 0 : behind.starts_with(")") ? 1 : behind.starts_with("）") ? 3 : 0;
      facts.stated.push_back({found->second, {a.field, a.src_begin, b.src_end + bracket}});
      return true;
    }
    const size_t dot = key_.rfind('.');
    if (dot == std::string::npos) return false;
    key_.resize(dot);
  }
}

// 5(18) 非該当: the next word on whether the row applies denies it. Nothing is said of 5(18)該当、16の項非該当.
bool StatedReader::Denied(uint32_t last) const {
  const Token& t = At(last - 1);
  const std::string_view source = reading_->source[t.field];
  const size_t at = source.find(kApplies, t.src_end);
  if (at == source.npos) return false;
  const std::string_view behind = source.substr(at + kApplies.size());
  return source.substr(0, at).ends_with(kNot) || behind.starts_with("しない") || behind.starts_with("せず");
}

// Whether a designator of the list's form stands at the token; one that the list does not have is a claim all the same.
bool StatedReader::ReadAt(const List& list, uint32_t token, Facts& facts) {
  key_.clear();
  const uint32_t end = list.form == Form::kEccn        ? Eccn(token)
                       : list.form == Form::kParagraph ? Paragraph(token)
                                                       : Row(token);
  if (end == token) return false;
  if (Denied(end)) return true;
  if (!Find(list, token, end, facts)) facts.stated_lists.push_back(list.list);
  return true;
}

// The tokens in the caller's order, also of a supply name that was turned round.
void StatedReader::Order() {
  order_.resize(reading_->tokens.size());
  std::iota(order_.begin(), order_.end(), 0u);
  if (!reading_->turned) return;
  std::sort(order_.begin(), order_.end(), [&](uint32_t a, uint32_t b) {
    const Token &x = reading_->tokens[a], &y = reading_->tokens[b];
    return std::tie(x.field, x.src_begin, a) < std::tie(y.field, y.src_begin, b);
  });
}

// Where the words that speak of the list end for the first time, in the caller's order.
uint32_t StatedReader::Spoken(const List& list, const Facts& facts) const {
  Span words{UINT8_MAX, 0, 0};
  for (const ConceptFact& f : facts.concepts) {
    if (f.concept_id != list.speaks && f.concept_id != list.claims) continue;
    if (std::tie(f.span.field, f.span.begin) < std::tie(words.field, words.begin)) words = f.span;
  }
  const auto before = [&](uint32_t token) {
    const Token& t = At(token);
    return t.field < words.field || (t.field == words.field && t.src_begin < words.end);
  };
  uint32_t n = 0;
  while (n < order_.size() && before(n)) ++n;
  return n;
}

void StatedReader::Read(const text::Reading& reading, Facts& facts) {
  reading_ = &reading;
  for (List& list : lists_) {
    const auto present = [&](uint32_t id) {
      return std::any_of(facts.concepts.begin(), facts.concepts.end(),
                         [&](const ConceptFact& f) { return f.concept_id == id; });
    };
    const bool claimed = present(list.claims);
    if (!claimed && !present(list.speaks)) continue;
    Order();
    if (list.entries.empty()) Index(list);
    const bool rows = list.form == Form::kRow;  // two figures name a row: only right behind the words
    const uint32_t all = static_cast<uint32_t>(order_.size());
    const uint32_t first = rows ? Spoken(list, facts) : 0, last = rows ? std::min(all, first + kReach) : all;
    bool found = false;
    for (uint32_t t = first; t < last && !(rows && found); ++t) {
      const bool inside = !rows && t > 0 && At(t).gap == Gap::kNone && At(t - 1).script <= Script::kDigit;
      if (!inside) found = ReadAt(list, t, facts) || found;
    }
    if (claimed && !found) facts.stated_lists.push_back(list.list);
  }
}

}  // namespace sekisho::facts
