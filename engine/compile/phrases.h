// Phrases as authors write them, `(light |heavy )?machine guns?`, and the plain texts that they stand for.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::compile {

struct Fault {  // what is wrong with a phrase or a pattern
  std::string code, message, hint;
  bool empty() const { return code.empty(); }
};

// Pieces that stand one behind the other, each with its alternatives: one of each makes a plain text.
struct PhraseRow {
  std::vector<std::vector<std::string>> pieces;
  size_t count = 1;  // plain texts
};

// The rows of `a b|c d`; none and a fault when the phrase is written wrong or stands for too many texts.
std::vector<PhraseRow> ParsePhrase(std::string_view written, Fault& fault);

// The plain phrases that `(a|b)`, `(x )?` and `x?` stand for.
std::vector<std::string> ExpandPhrase(std::string_view written, Fault& fault);

// Calls take(text, kept) for every plain text of the row, the leftmost alternatives changing last. The first `kept`
// bytes are those of the text before.
template <typename Take>
class PlainTexts {
 public:
  PlainTexts(const PhraseRow& row, Take& take) : row_(row), take_(take) { Visit(0); }

 private:
  void Visit(size_t piece) {
    if (piece == row_.pieces.size()) {
      take_(text_, kept_);
      kept_ = text_.size();
      return;
    }
    const size_t size = text_.size();
    for (const std::string& alternative : row_.pieces[piece]) {
      text_ += alternative;
      Visit(piece + 1);
      text_.resize(size);
      kept_ = std::min(kept_, size);
    }
  }

  const PhraseRow& row_;
  Take& take_;
  std::string text_;
  size_t kept_ = 0;
};

template <typename Take>
void ForEachPlain(const PhraseRow& row, Take&& take) {
  PlainTexts<std::remove_reference_t<Take>>(row, take);
}

}  // namespace sekisho::compile
