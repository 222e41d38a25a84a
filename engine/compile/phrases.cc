#include "engine/compile/phrases.h"

#include <utility>

#include "engine/compile/strings.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxExpansions = 512;
constexpr size_t kMaxBytes = 1 << 20;  // of all of them
constexpr int kMaxGroupDepth = 16;

using Texts = std::vector<std::string>;

void AppendTexts(const PhraseRow& row, Texts& out) {
  out.reserve(out.size() + row.count);
  ForEachPlain(row, [&](const std::string& text, size_t) { out.push_back(text); });
}

// Recursive descent over `a(b|c)? d?`.
class Parser {
 public:
  Parser(std::string_view text, Fault& fault) : text_(text), fault_(fault) {}

  std::vector<PhraseRow> Run() {
    if (text::FindInvalidUtf8(text_) != text_.npos) {
      fault_ = {"E0301", "the phrase is not UTF-8", ""};
      return {};
    }
    std::vector<PhraseRow> out = Alternatives(0);
    if (fault_.empty() && at_ < text_.size()) Fail("a closing parenthesis without an opening one", "");
    if (!fault_.empty()) out.clear();
    return out;
  }

 private:
  std::vector<PhraseRow> Alternatives(int depth) {
    std::vector<PhraseRow> out = {Row(depth)};
    size_t count = out.back().count;
    while (fault_.empty() && at_ < text_.size() && text_[at_] == '|') {
      ++at_;
      out.push_back(Row(depth));
      count += out.back().count;
      Limit(count, 0);
    }
    return out;
  }

  PhraseRow Row(int depth) {
    PhraseRow out;
    while (fault_.empty() && at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      Texts group;
      std::string_view character;
      if (text_[at_] == '(') {
        group = Group(depth);
      } else {
        character = Character();
      }
      const bool optional = at_ < text_.size() && text_[at_] == '?';
      if (optional) ++at_;
      if (fault_.empty() && group.empty() && !optional) {
        AppendPlain(character, out);
      } else {
        if (group.empty()) group.emplace_back(character);
        if (optional) group.emplace_back();
        Append(std::move(group), out);
      }
    }
    return out;
  }

  void AppendPlain(std::string_view text, PhraseRow& row) {
    Limit(row.count, row.count * at_);
    if (row.pieces.empty() || row.pieces.back().size() > 1) row.pieces.push_back({""});
    row.pieces.back().front() += text;
  }

  void Append(Texts piece, PhraseRow& row) {
    Limit(row.count * piece.size(), row.count * at_);
    if (!fault_.empty()) return;
    row.count *= piece.size();
    if (piece.size() == 1) return AppendPlain(piece.front(), row);
    row.pieces.push_back(std::move(piece));
  }

  Texts Group(int depth) {
    ++at_;
    if (depth >= kMaxGroupDepth) Fail("parentheses nested too deep", "");
    const std::vector<PhraseRow> rows = Alternatives(depth + 1);
    if (!fault_.empty()) return {};
    if (at_ >= text_.size()) Fail("a parenthesis that is not closed", "write ( … ) with the alternatives between |");
    ++at_;
    if (at_ < text_.size() && (text_[at_] == '*' || text_[at_] == '+' || text_[at_] == '{')) Character();
    Texts out;
    for (const PhraseRow& row : rows) AppendTexts(row, out);
    return out;
  }

  std::string_view Character() {
    static constexpr std::string_view kForbidden = "[]{}*\\^?";
    const char c = text_[at_];
    if (kForbidden.find(c) != kForbidden.npos || (c == '+' && at_ > 0 && text_[at_ - 1] == ')')) {
      Fail(Cat("\"", text_.substr(at_, 1), "\" has no meaning in a phrase"),
           "only (a|b) and (x )? do; type numbers go into \"designators\"");
      return {};
    }
    const size_t begin = at_;
    text::Decode(text_, at_);
    return text_.substr(begin, at_ - begin);
  }

  void Limit(size_t count, size_t bytes) {
    if (!fault_.empty() || (count <= kMaxExpansions && bytes <= kMaxBytes)) return;
    const std::string most =
        count > kMaxExpansions ? Cat(kMaxExpansions, " plain ones") : Cat(kMaxBytes, " bytes of plain ones");
    fault_ = {"E0302", Cat("the phrase stands for more than ", most), "split it into several phrases"};
  }
  void Fail(const std::string& message, std::string hint) {
    if (fault_.empty()) fault_ = {"E0301", Cat(message, " in \"", text_, "\""), std::move(hint)};
  }

  std::string_view text_;
  size_t at_ = 0;
  Fault& fault_;
};

}  // namespace

std::vector<PhraseRow> ParsePhrase(std::string_view written, Fault& fault) { return Parser(written, fault).Run(); }

std::vector<std::string> ExpandPhrase(std::string_view written, Fault& fault) {
  Texts out;
  for (const PhraseRow& row : ParsePhrase(written, fault)) AppendTexts(row, out);
  return out;
}

}  // namespace sekisho::compile
