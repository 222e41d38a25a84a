// Designators (F-(15|16)[A-Z]{0,2}): parsed into a small tree, from which comes the RE2 text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/phrases.h"
#include "engine/pack/layout.h"

namespace sekisho::compile {

struct Atom;
using Row = std::vector<Atom>;

enum class CharKind { kLetter, kDigit, kMixed, kCjk };

// One piece of a pattern. Groups that repeat are already unrolled: min is 0 or 1 and max 1 for them.
struct Atom {
  enum class Type { kChars, kSeparator, kGroup } type = Type::kChars;
  CharKind kind = CharKind::kLetter;
  std::vector<std::string> chars;  // what one character may be, canonical
  std::vector<Row> alternatives;
  int min = 1, max = 1;  // max < 0: no bound
};

// The alternatives at the top of `written`, each as its own row.
std::vector<Row> ParseDesignator(std::string_view written, std::span<const pack::Fold> folds, Fault& fault);

std::string DesignatorRe2(const Row& row, Fault& fault);  // designator_re2.cc

// The RE2 texts of the alternatives; empty and a fault when something is wrong.
std::vector<std::string> CompileDesignator(std::string_view written, std::span<const pack::Fold> folds, Fault& fault);

}  // namespace sekisho::compile
