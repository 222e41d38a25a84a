// The parser of designators: a restricted RE2 syntax, see docs/authors.md section 3.
#include "engine/compile/designators.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/text/canonical.h"
#include "engine/text/utf8.h"
#include "re2/re2.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxAtoms = 1024;  // of a pattern, everything written out; as deep may the compiler go into its stack
constexpr int kMaxCount = 20, kMaxGroupCount = 4, kMaxGroupDepth = 8;

size_t Size(const Row& row) {
  size_t size = row.size();
  for (const Atom& atom : row) {
    for (const Row& alternative : atom.alternatives) size += Size(alternative);
  }
  return size;
}

class Parser {
 public:
  Parser(std::string_view text, std::span<const pack::Fold> folds, Fault& fault)
      : text_(text), folds_(folds), fault_(fault) {}

  std::vector<Row> Run() {
    if (text::FindInvalidUtf8(text_) != text_.npos)
      return fault_ = {"E0305", "the designator is not UTF-8", ""}, std::vector<Row>{};
    std::vector<Row> out = Alternatives(0);
    if (fault_.empty() && at_ < text_.size()) Fail("a closing parenthesis without an opening one");
    if (!fault_.empty()) out.clear();
    return out;
  }

 private:
  bool More() const { return fault_.empty() && at_ < text_.size(); }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  std::vector<Row> Alternatives(int depth) {
    std::vector<Row> out = {OneRow(depth)};
    while (More() && Peek() == '|') {
      ++at_;
      out.push_back(OneRow(depth));
    }
    return out;
  }

  Row OneRow(int depth) {
    Row row;
    while (More() && Peek() != '|' && Peek() != ')') {
      Row pieces = OneAtom(depth);
      if (fault_.empty()) Quantify(pieces, row);
    }
    return row;
  }

  // One atom, or the several characters that one written character folds to.
  Row OneAtom(int depth) {
    const char c = Peek();
    if (c == '(') return Group(depth);
    if (c == '[') return Class();
    if (c == '\\') return Escape();
    if (c == '-' || c == '/' || c == '.' || c == ' ') {
      ++at_;
      return Separator();
    }
    return Literal();
  }

  static Row Separator() {
    Atom atom;
    atom.type = Atom::Type::kSeparator;
    return {atom};
  }

  static Row Chars(std::vector<std::string> chars) {
    Atom atom;
    bool letter = false, digit = false;
    for (const std::string& c : chars) (IsDigit(c[0]) ? digit : letter) = true;
    atom.kind = letter && digit ? CharKind::kMixed : digit ? CharKind::kDigit : CharKind::kLetter;
    if (static_cast<unsigned char>(chars[0][0]) >= 0x80) atom.kind = CharKind::kCjk;
    atom.chars = std::move(chars);
    return {atom};
  }

  Row Group(int depth) {
    ++at_;
    if (text_.substr(at_, 2) == "?:") at_ += 2;
    if (depth >= kMaxGroupDepth) Fail("parentheses nested too deep");
    Atom atom;
    atom.type = Atom::Type::kGroup;
    atom.alternatives = Alternatives(depth + 1);
    if (fault_.empty() && Peek() != ')') Fail("a parenthesis that is not closed");
    ++at_;
    return {std::move(atom)};
  }

  Row Escape() {
    const char c = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    at_ += 2;
    if (c == 'd') return Chars({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    if (c == '-' || c == '/' || c == '.') return Separator();
    Fail(Cat("\"\\", std::string(1, c), "\" is not known; \\d is"));
    return {};
  }

  Row Class() {
    const size_t end = text_.find(']', at_);
    if (end == text_.npos) return Fail("a class that is not closed"), Row{};
    std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    std::set<std::string> chars;
    for (size_t i = 0; i < inside.size(); ++i) {
      if (inside.substr(i, 2) == "\\d") {
        for (char c = '0'; c <= '9'; ++c) chars.insert(std::string(1, c));
        ++i;
        continue;
      }
      const char first = Lower(inside[i]);
      const bool range = i + 2 < inside.size() && inside[i + 1] == '-';
      const char last = range ? Lower(inside[i + 2]) : first;
      if (range) i += 2;
      const bool sound = IsDigit(first) ? IsDigit(last) : IsLower(first) && IsLower(last);
      if (!sound || first > last) return Fail("a class holds capitals and digits only, [A-Z] or [ABC]"), Row{};
      for (char c = first; c <= last; ++c) chars.insert(std::string(1, c));
    }
    if (chars.empty()) return Fail("an empty class"), Row{};
    return Chars({chars.begin(), chars.end()});
  }

  Row Literal() {
    const size_t begin = at_;
    text::Decode(text_, at_);
    const std::string_view written = text_.substr(begin, at_ - begin);
    text::Canonical canonical;
    Row row;
    if (text::Canonicalize(written, folds_, canonical).ok()) {
      for (size_t i = 0; i < canonical.text.size();) {
        const size_t from = i;
        const uint32_t c = text::Decode(canonical.text, i);
        if (!text::IsAsciiLetter(c) && !text::IsAsciiDigit(c) && !text::IsCjk(c)) break;
        Row one = Chars({canonical.text.substr(from, i - from)});
        row.push_back(std::move(one[0]));
      }
    }
    if (row.empty()) Fail(Cat("\"", written, "\" cannot stand in a designator"));
    return row;
  }

  bool Bounds(int& min, int& max) {
    const char c = Peek();
    if (c == '?') return ++at_, min = 0, max = 1, true;
    if (c == '+') return ++at_, min = 1, max = -1, true;
    if (c == '*') return Fail("\"*\" has no bound; write {0,3}"), false;
    if (c != '{') return true;
    const size_t end = text_.find('}', at_);
    const std::string_view inside = text_.substr(at_ + 1, end == text_.npos ? 0 : end - at_ - 1);
    at_ = end == text_.npos ? text_.size() : end + 1;
    const size_t comma = inside.find(',');
    if (!ParseInt(inside.substr(0, comma), min)) return Fail("a count is written {2} or {1,3}"), false;
    max = min;
    if (comma != inside.npos && !ParseInt(inside.substr(comma + 1), max))
      return Fail("a count needs both bounds, {1,3}"), false;
    if (min < 0 || max < 1 || max < min || max > kMaxCount)
      return Fail(Cat("a count from 0 up to ", kMaxCount, " is expected")), false;
    return true;
  }

  // Gives the last of `pieces` its count and appends them all to the row.
  void Quantify(Row& pieces, Row& row) {
    int min = 1, max = 1;
    if (!Bounds(min, max)) return;
    Atom atom = std::move(pieces.back());
    pieces.pop_back();
    if (!Spend(pieces.size() + static_cast<size_t>(std::max(max, 1)))) return;
    for (Atom& piece : pieces) row.push_back(std::move(piece));
    if (atom.type == Atom::Type::kGroup) return Unroll(atom, min, max, row);
    if (max < 0 && (atom.kind != CharKind::kDigit || atom.chars.size() < 10))
      return Fail("only \\d may go on without a bound; write {1,3}");
    if (atom.type == Atom::Type::kChars) atom.min = min, atom.max = max;
    row.push_back(std::move(atom));
  }

  // G{1,3} = G(G(G)?)?
  void Unroll(const Atom& group, int min, int max, Row& row) {
    if (max < 0 || max > kMaxGroupCount) return Fail(Cat("a group repeats at most ", kMaxGroupCount, " times"));
    const size_t size = Size({group});
    if (!Spend(size * static_cast<size_t>(min))) return;
    for (int i = 0; i < min; ++i) row.push_back(group);
    std::optional<Atom> tail;
    for (int i = min; i < max; ++i) {
      if (!Spend(size + (tail ? Size({*tail}) * group.alternatives.size() : 0))) return;
      Atom optional = group;
      if (tail) {
        for (Row& alternative : optional.alternatives) alternative.push_back(*tail);
      }
      optional.min = 0;
      tail = std::move(optional);
    }
    if (tail) row.push_back(std::move(*tail));
  }

  bool Spend(size_t atoms) {
    atoms_ += atoms;
    if (atoms_ > kMaxAtoms && fault_.empty()) fault_ = {"E0307", "the pattern is too large", "split it"};
    return fault_.empty();
  }

  void Fail(const std::string& message) {
    if (!fault_.empty()) return;
    fault_ = {"E0305", Cat(message, " in \"", text_, "\""),
              "capitals, digits, - / . (A|B) \\d [A-Z] and counts make a designator"};
  }

  std::string_view text_;
  std::span<const pack::Fold> folds_;
  Fault& fault_;
  size_t at_ = 0, atoms_ = 0;
};

// Whether three free digits or more can open the row: then it names any number there is.
bool StartsWithAnyNumber(const Row& row) {
  for (const Atom& atom : row) {
    if (atom.type == Atom::Type::kGroup &&
        std::any_of(atom.alternatives.begin(), atom.alternatives.end(), StartsWithAnyNumber))
      return true;
    if (atom.type == Atom::Type::kChars && atom.kind == CharKind::kDigit && atom.chars.size() == 10 &&
        (atom.max < 0 || atom.max >= 3))
      return true;
    if (atom.type != Atom::Type::kSeparator && atom.min > 0) return false;
  }
  return false;
}

void Validate(const std::string& pattern, Fault& fault) {
  const RE2 re2(pattern, RE2::Quiet);
  if (!re2.ok()) {
    fault = {"E0305", Cat("RE2 does not accept ", pattern), ""};
  } else if (RE2::FullMatch("", re2)) {
    fault = {"E0305", "the pattern may be empty", "something must stand in it"};
  }
}

}  // namespace

std::vector<Row> ParseDesignator(std::string_view written, std::span<const pack::Fold> folds, Fault& fault) {
  return Parser(written, folds, fault).Run();
}

std::vector<std::string> CompileDesignator(std::string_view written, std::span<const pack::Fold> folds, Fault& fault) {
  std::vector<std::string> out;
  for (const Row& row : ParseDesignator(written, folds, fault)) {
    std::string one = DesignatorRe2(row, fault);
    if (fault.empty() && StartsWithAnyNumber(row)) {
      fault = {"E0306", Cat("the pattern starts with any number in \"", written, "\""),
               "let it start with letters or with few numbers, (10|87|89)"};
    }
    if (fault.empty()) Validate(one, fault);
    if (!fault.empty()) {
      if (fault.message.find(written) == std::string::npos) fault.message += Cat(" in \"", written, "\"");
      return {};
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace sekisho::compile
