// Expansion of a phrase into plain ones, and the spellings under which a text may hold each of them.
#include "engine/compile/phrases.h"

#include "absl/container/flat_hash_set.h"
#include "engine/compile/strings.h"
#include "engine/text/canonical.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMaxExpansions = 512;
constexpr size_t kMaxBytes = 1 << 20;  // of all of them
constexpr int kMaxGroupDepth = 16;

// Recursive descent over `a(b|c)? d?`. Every function returns the plain texts that its piece stands for.
class Expander {
 public:
  Expander(std::string_view text, Fault& fault) : text_(text), fault_(fault) {}

  std::vector<std::string> Run() {
    if (text::FindInvalidUtf8(text_) != text_.npos)
      return fault_ = {"E0301", "the phrase is not UTF-8", ""}, std::vector<std::string>{};
    std::vector<std::string> out = Alternatives(0);
    if (fault_.empty() && at_ < text_.size()) Fail("a closing parenthesis without an opening one", "");
    if (!fault_.empty()) out.clear();
    return out;
  }

 private:
  std::vector<std::string> Alternatives(int depth) {
    std::vector<std::string> out = Row(depth);
    while (fault_.empty() && at_ < text_.size() && text_[at_] == '|') {
      ++at_;
      for (std::string& s : Row(depth)) out.push_back(std::move(s));
      Limit(out.size(), 0);
    }
    return out;
  }

  std::vector<std::string> Row(int depth) {
    std::vector<std::string> out = {""};
    while (fault_.empty() && at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      std::vector<std::string> piece = text_[at_] == '(' ? Group(depth) : Character();
      if (!fault_.empty()) break;
      if (at_ < text_.size() && text_[at_] == '?') {
        ++at_;
        piece.emplace_back();
      }
      Limit(out.size() * piece.size(), out.size() * at_);
      if (!fault_.empty()) break;
      if (piece.size() == 1) {
        for (std::string& s : out) s += piece.front();
      } else {
        out = Product(out, piece);
      }
    }
    return out;
  }

  std::vector<std::string> Group(int depth) {
    ++at_;
    if (depth >= kMaxGroupDepth) Fail("parentheses nested too deep", "");
    std::vector<std::string> out = Alternatives(depth + 1);
    if (!fault_.empty()) return out;
    if (at_ >= text_.size()) Fail("a parenthesis that is not closed", "write ( … ) with the alternatives between |");
    ++at_;
    if (at_ < text_.size() && (text_[at_] == '*' || text_[at_] == '+' || text_[at_] == '{')) Character();
    return out;
  }

  std::vector<std::string> Character() {
    static constexpr std::string_view kForbidden = "[]{}*\\^?";
    const char c = text_[at_];
    if (kForbidden.find(c) != kForbidden.npos || (c == '+' && at_ > 0 && text_[at_ - 1] == ')')) {
      Fail(Cat("\"", text_.substr(at_, 1), "\" has no meaning in a phrase"),
           "only (a|b) and (x )? do; type numbers go into \"designators\"");
      return {};
    }
    const size_t begin = at_;
    text::Decode(text_, at_);
    return {std::string(text_.substr(begin, at_ - begin))};
  }

  static std::vector<std::string> Product(const std::vector<std::string>& left, const std::vector<std::string>& right) {
    std::vector<std::string> out;
    out.reserve(left.size() * right.size());
    for (const std::string& a : left) {
      for (const std::string& b : right) out.push_back(a + b);
    }
    return out;
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

struct Piece {
  std::string word;  // as written, canonical
  text::Script script;
  text::Gap gap;
};

std::vector<Piece> Pieces(std::string_view plain, const text::Folds& folds) {
  text::Canonical canonical;
  std::vector<Piece> out;
  if (!text::Canonicalize(plain, folds, canonical).ok()) return out;
  std::vector<text::RawToken> raw;
  text::Tokenize(canonical.text, raw);
  for (const text::RawToken& t : raw) out.push_back({canonical.text.substr(t.begin, t.end - t.begin), t.script, t.gap});
  return out;
}

std::string Stored(const std::string& word, text::Script script, const Lexicon& lexicon) {
  return script != text::Script::kLatin || lexicon.IsInvariant(word) ? word : text::Singular(word);
}

bool IsTight(const std::vector<Piece>& pieces) {
  for (size_t i = 1; i < pieces.size(); ++i) {
    const bool close = pieces[i].gap == text::Gap::kNone || pieces[i].gap == text::Gap::kHyphen;
    if (close && pieces[i].script == text::Script::kDigit && pieces[i - 1].script == text::Script::kLatin &&
        pieces[i - 1].word.size() <= 2)
      return true;
  }
  return false;
}

class Speller {
 public:
  explicit Speller(const Lexicon& lexicon) : lexicon_(lexicon) {}

  void Add(const std::vector<Piece>& pieces) {
    const bool tight = IsTight(pieces);
    Spelling plain{{}, tight, false}, expanded{{}, tight, true};
    for (const Piece& piece : pieces) {
      std::string word = Stored(piece.word, piece.script, lexicon_);
      const uint32_t token = lexicon_.Find(word);
      if (token != pack::kNone && !lexicon_.Expansion(token).empty()) {
        for (const uint32_t id : lexicon_.Expansion(token)) expanded.tokens.push_back(lexicon_.Text(id));
      } else {
        expanded.tokens.push_back(word);
      }
      plain.tokens.push_back(std::move(word));
    }
    const bool several = plain.tokens.size() > 1;  // a lone abbreviation (kt, mag) may mean another thing here
    if (seen_.insert(plain.tokens).second) out_.push_back(std::move(plain));
    if (several && seen_.insert(expanded.tokens).second) out_.push_back(std::move(expanded));
  }

  std::vector<Spelling> Take() { return std::move(out_); }

 private:
  const Lexicon& lexicon_;
  absl::flat_hash_set<std::vector<std::string>> seen_;
  std::vector<Spelling> out_;
};

}  // namespace

std::vector<std::string> ExpandPhrase(std::string_view written, Fault& fault) { return Expander(written, fault).Run(); }

std::vector<Spelling> SpellPhrase(std::string_view written, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                  Fault& fault) {
  Speller speller(lexicon);
  const text::Folds filtered(folds);
  for (const std::string& plain : ExpandPhrase(written, fault)) {
    const std::vector<Piece> pieces = Pieces(plain, filtered);
    if (pieces.empty()) {
      fault = {"E0303", Cat("\"", written, "\" can stand for no word at all"), "every alternative needs a word"};
      return {};
    }
    speller.Add(pieces);
  }
  return speller.Take();
}

std::vector<std::string> PlainTokens(std::string_view plain, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                     bool singular) {
  std::vector<std::string> out;
  for (const Piece& piece : Pieces(plain, folds))
    out.push_back(singular ? Stored(piece.word, piece.script, lexicon) : piece.word);
  return out;
}

}  // namespace sekisho::compile
