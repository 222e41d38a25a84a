// A designator's RE2 text. What may stand between two characters depends on what stood before on the way there (a
// letter meets a digit), so a row is written from the left with the state of the way, and ways that differ behind an
// optional piece part.
#include <algorithm>
#include <compare>
#include <utility>

#include "engine/compile/designators.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxSize = 16 * 1024;
constexpr size_t kMaxSteps = 200'000;  // optional pieces one behind the other double the ways

struct State {
  bool begun = false;  // a character was written
  CharKind last = CharKind::kLetter;
  bool separator = false;  // a separator is due before the next character
  bool digits = false;     // a digit was written
  int letters = 0;         // before the first digit: 0, 1, 2 (= more)
  auto operator<=>(const State&) const = default;
};

struct Rest {  // what follows: the pieces of a row from `index`, then `next`
  const Row* row;
  size_t index;
  const Rest* next;
};

struct Branch {
  std::string head, tail;  // tail: from the rest of the row on
};

class Emitter {
 public:
  std::string Emit(Rest at, State s) {
    if (Exhausted()) return "";
    while (at.index == at.row->size()) {
      if (at.next == nullptr) return "";
      at = *at.next;
    }
    const Atom& atom = (*at.row)[at.index];
    const Rest rest{at.row, at.index + 1, at.next};
    if (atom.type == Atom::Type::kSeparator) {
      s.separator = s.begun;
      return Emit(rest, s);
    }
    std::vector<Branch> branches;
    if (atom.type == Atom::Type::kChars) {
      CharBranches(atom, rest, s, branches);
    } else {
      GroupBranches(atom, rest, s, branches);
    }
    if (atom.min == 0) branches.push_back({"", Emit(rest, s)});
    std::string out = Merge(branches);
    failed_ |= out.size() > kMaxSize;
    return out;
  }
  bool failed() const { return failed_; }

 private:
  static std::string Separator(const State& s, CharKind next) {
    const bool letters = s.last == CharKind::kLetter || s.last == CharKind::kMixed,
               digits = s.last == CharKind::kDigit || s.last == CharKind::kMixed;
    const bool boundary = (letters && (next == CharKind::kDigit || next == CharKind::kMixed)) ||
                          (digits && (next == CharKind::kLetter || next == CharKind::kMixed));
    if (!s.begun || (!s.separator && !boundary)) return "";
    // After one letter (F-15, M4) a space parts two words; a hyphen does not.
    if (s.last == CharKind::kLetter && next == CharKind::kDigit && !s.digits && s.letters == 1) return "[-.]?";
    // A suffix is glued or hyphened to its number; behind a space stands the next word (`F-15 to`).
    if (!s.separator && s.last == CharKind::kDigit && next == CharKind::kLetter) return "[-/.]?";
    return "[-/. ]?";
  }

  static State After(State s, const Atom& atom, int count) {
    s.begun = true;
    s.separator = false;
    s.last = atom.kind;
    if (atom.kind == CharKind::kLetter && !s.digits) s.letters = std::min(2, s.letters + count);
    if (atom.kind != CharKind::kLetter) s.digits = true;
    return s;
  }

  static std::string CharText(const Atom& atom) {
    if (atom.chars.size() == 1) return atom.chars[0];
    if (atom.chars.size() == 26 && atom.kind == CharKind::kLetter) return "[a-z]";
    if (atom.chars.size() == 10 && atom.kind == CharKind::kDigit) return "[0-9]";
    std::string out = "[";
    for (const std::string& c : atom.chars) out += c;
    return out + "]";
  }

  static std::string Count(int min, int max) {
    if (min == 1 && max == 1) return "";
    if (max < 0) return "+";
    return min == max ? Cat("{", min, "}") : Cat("{", min, ",", max, "}");
  }

  void CharBranches(const Atom& atom, const Rest& rest, const State& s, std::vector<Branch>& out) {
    const std::string before = Separator(s, atom.kind), text = CharText(atom);
    const int min = std::max(atom.min, 1), max = atom.max;
    if (atom.kind == CharKind::kLetter && !s.digits && s.letters == 0 && min == 1 &&
        max > 1) {  // F-15 differs from FA-18
      out.push_back({before + text + Count(2, max), Emit(rest, After(s, atom, 2))});
      out.push_back({before + text, Emit(rest, After(s, atom, 1))});
      return;
    }
    out.push_back({before + text + Count(min, max), Emit(rest, After(s, atom, min))});
  }

  // The states in which a row can end that starts in `s`.
  void Ends(const Row& row, size_t index, State s, std::vector<State>& out) {
    if (Exhausted()) return;
    if (index == row.size()) {
      if (std::find(out.begin(), out.end(), s) == out.end()) out.push_back(s);
      return;
    }
    const Atom& atom = row[index];
    if (atom.min == 0) Ends(row, index + 1, s, out);
    if (atom.type == Atom::Type::kSeparator) {
      s.separator = s.begun;
      return Ends(row, index + 1, s, out);
    }
    if (atom.type == Atom::Type::kChars) {
      Ends(row, index + 1, After(s, atom, std::max(atom.min, 1)), out);
      if (atom.max != 1) Ends(row, index + 1, After(s, atom, 2), out);
      return;
    }
    std::vector<State> inner;
    for (const Row& alternative : atom.alternatives) Ends(alternative, 0, s, inner);
    for (const State& state : inner) Ends(row, index + 1, state, out);
  }

  // Alternatives that all end in one state share what follows; one that can end in several is written out with it.
  void GroupBranches(const Atom& atom, const Rest& rest, const State& s, std::vector<Branch>& out) {
    std::vector<std::pair<State, std::vector<std::string>>> buckets;
    for (const Row& alternative : atom.alternatives) {
      std::vector<State> ends;
      Ends(alternative, 0, s, ends);
      if (ends.size() != 1) {
        out.push_back({"", Emit({&alternative, 0, &rest}, s)});
        continue;
      }
      auto bucket = std::find_if(buckets.begin(), buckets.end(), [&](const auto& b) { return b.first == ends[0]; });
      if (bucket == buckets.end()) bucket = buckets.insert(buckets.end(), {ends[0], {}});
      bucket->second.push_back(Emit({&alternative, 0, nullptr}, s));
    }
    for (const auto& [state, texts] : buckets) out.push_back({OneOf(texts), Emit(rest, state)});
  }

  static std::string OneOf(const std::vector<std::string>& texts) {
    if (texts.size() == 1) return texts[0];
    std::string out = "(?:";
    for (size_t i = 0; i < texts.size(); ++i) out += Cat(i ? "|" : "", texts[i]);
    return out + ")";
  }

  static std::string Merge(const std::vector<Branch>& branches) {
    const bool one_tail =
        std::all_of(branches.begin(), branches.end(), [&](const Branch& b) { return b.tail == branches[0].tail; });
    std::vector<std::string> texts;
    bool optional = false;
    for (const Branch& b : branches) {
      std::string text = one_tail ? b.head : b.head + b.tail;
      if (text.empty()) {
        optional = true;
      } else if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(std::move(text));
      }
    }
    std::string out = texts.empty() ? "" : OneOf(texts);
    if (optional && !out.empty()) out = texts.size() > 1 ? out + "?" : Cat("(?:", out, ")?");
    return one_tail ? out + branches[0].tail : out;
  }

  bool Exhausted() { return failed_ |= ++steps_ > kMaxSteps; }

  size_t steps_ = 0;
  bool failed_ = false;
};

}  // namespace

std::string DesignatorRe2(const Row& row, Fault& fault) {
  Emitter emitter;
  std::string out = emitter.Emit({&row, 0, nullptr}, State{});
  if (emitter.failed()) fault = {"E0307", "the pattern is too large", "split it at its optional pieces"};
  return out;
}

}  // namespace sekisho::compile
