// The words with which a designator can start: the matcher tries a pattern only where one of them stands. A written
// separator may be missing in the text, so AN/PVS-14 starts with `an` or `anpvs`.
#include <set>
#include <string>

#include "engine/compile/designators.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxKeys = 20'000, kMaxSteps = 400'000, kMaxNumberKeys = 110;

struct Rest {
  const Row* row;
  size_t index;
  int repeated;  // how often the atom at `index` was taken already
  const Rest* next;
};

class Enumerator {
 public:
  void Walk(Rest at, const std::string& word) {
    if (++steps_ > kMaxSteps || keys_.size() > kMaxKeys || endless_) return;
    while (at.index == at.row->size()) {
      if (at.next == nullptr) return Finish(word);
      at = *at.next;
    }
    const Atom& atom = (*at.row)[at.index];
    const Rest rest{at.row, at.index + 1, 0, at.next};
    switch (atom.type) {
      case Atom::Type::kSeparator:
        Finish(word);
        return Walk(rest, word);
      case Atom::Type::kGroup:
        for (const Row& alternative : atom.alternatives) Walk({&alternative, 0, 0, &rest}, word);
        if (atom.min == 0) Walk(rest, word);
        return;
      case Atom::Type::kChars:
        return Take(at, atom, word);
    }
  }

  const std::set<std::string>& keys() const { return keys_; }
  bool too_many() const { return steps_ > kMaxSteps || keys_.size() > kMaxKeys; }
  bool endless() const { return endless_ || (number_class_ && keys_.size() > kMaxNumberKeys); }

 private:
  void Take(const Rest& at, const Atom& atom, const std::string& word) {
    const bool more = atom.max < 0 || at.repeated < atom.max;
    if (at.repeated >= atom.min) Walk({at.row, at.index + 1, 0, at.next}, word);
    if (!more) return;
    for (const std::string& c : atom.chars) {
      const bool digit = IsDigit(c[0]), cjk = atom.kind == CharKind::kCjk;
      if (!word.empty() && (cjk || digit != IsDigit(word[0]))) {  // another script: the word ends here
        Finish(word);
        continue;
      }
      if (digit && atom.chars.size() > 1) number_class_ = true;
      if (digit && atom.max < 0) return void(endless_ = true);
      if (cjk) {
        Finish(c);
      } else {
        Walk({at.row, at.index, at.repeated + 1, at.next}, word + c);
      }
    }
  }
  void Finish(const std::string& word) {
    if (!word.empty()) keys_.insert(word);
  }

  std::set<std::string> keys_;
  size_t steps_ = 0;
  bool endless_ = false, number_class_ = false;
};

}  // namespace

std::vector<std::string> DesignatorKeys(const Row& row, Fault& fault) {
  Enumerator enumerator;
  enumerator.Walk({&row, 0, 0, nullptr}, "");
  const auto& keys = enumerator.keys();
  if (enumerator.endless()) {
    fault = {"E0306", "the pattern has no key: it starts with any number",
             "let it start with letters or with few numbers, (10|87|89)"};
  } else if (enumerator.too_many()) {
    fault = {"E0307", Cat("the pattern can start with more than ", kMaxKeys, " words"),
             "a separator may be missing, so letters behind it count: name them, (A|B)"};
  } else if (keys.empty()) {
    fault = {"E0305", "the pattern may be empty", "something must stand in it"};
  }
  return {keys.begin(), keys.end()};
}

}  // namespace sekisho::compile
