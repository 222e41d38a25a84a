#include "engine/compile/spelling.h"

#include <algorithm>
#include <utility>

#include "engine/compile/lexicon.h"
#include "engine/compile/strings.h"
#include "engine/text/tokens.h"

namespace sekisho::compile {
namespace {

constexpr size_t kMostPieces = 1 << 18;  // remembered at the same time

struct Written {
  std::string word;  // as written, canonical
  text::Script script;
  text::Gap gap;
};

std::vector<Written> WordsOf(std::string_view plain, const text::Folds& folds) {
  text::Canonical canonical;
  std::vector<Written> out;
  if (!text::Canonicalize(plain, folds, canonical).ok()) return out;
  std::vector<text::RawToken> raw;
  text::Tokenize(canonical.text, raw);
  for (const text::RawToken& t : raw) out.push_back({canonical.text.substr(t.begin, t.end - t.begin), t.script, t.gap});
  return out;
}

bool IsTight(const std::vector<Written>& words) {
  for (size_t i = 1; i < words.size(); ++i) {
    const bool close = words[i].gap == text::Gap::kNone || words[i].gap == text::Gap::kHyphen;
    if (close && words[i].script == text::Script::kDigit && words[i - 1].script == text::Script::kLatin &&
        words[i - 1].word.size() <= 2)
      return true;
  }
  return false;
}

bool IsUnifiedKanji(uint32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }
bool IsLetter(char c) { return text::IsAsciiLetter(static_cast<unsigned char>(c)); }

// Whether the space at `at` is a seam: single, between letters or digits of ASCII. Only a letter that looks like a
// digit asks for what stands behind the next space (1O5 7): FoldDigitLookalike.
bool IsSpaceSeam(std::string_view text, size_t from, size_t at) {
  if (at == from || at + 1 == text.size()) return false;
  const char before = text[at - 1], behind = text[at + 1];
  if (!IsLetter(before) && !IsDigit(before)) return false;
  if (!IsLetter(behind) && !IsDigit(behind)) return false;
  if (IsLetter(before) && IsLetter(behind)) return true;
  for (size_t i = from; i + 1 < at; ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80 || (IsLetter(text[i]) && IsDigit(text[i + 1]))) return false;
  }
  return true;
}

// Kana and kanji that are themselves in the canonical form, or a prolonged mark.
bool IsOwnForm(uint32_t c, const text::Folds& folds) {
  const bool cjk = (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FC && c != 0x30FB) || IsUnifiedKanji(c);
  return cjk && folds.Find(c) == nullptr;
}

// A kanji that asks for nothing before it: not the middle or the end of a year type (八九式).
bool IsPlainKanji(uint32_t c, const text::Folds& folds) {
  constexpr uint32_t kShiki = 0x5F0F;
  return IsUnifiedKanji(c) && c != kShiki && text::KanjiDigit(c) < 0 && folds.Find(c) == nullptr;
}

}  // namespace

WordForms FormsOf(const Lexicon& lexicon) {
  WordForms out;
  for (uint32_t token = 0; token < lexicon.size(); ++token) {
    const std::string& word = lexicon.Text(token);
    if (lexicon.IsInvariant(word)) out.invariant.insert(word);
    for (const uint32_t part : lexicon.Expansion(token)) out.written_out[word].push_back(lexicon.Text(part));
  }
  return out;
}

SpelledPhrase Speller::Spell(std::string_view written) {
  SpelledPhrase out;
  const std::vector<PhraseRow> rows = ParsePhrase(written, out.fault);
  ++phrase_;
  if (pieces_.size() > kMostPieces) {
    piece_ids_.clear();
    pieces_.clear();
  }
  for (const PhraseRow& row : rows) {
    cuts_.clear();
    ForEachPlain(row, [&](std::string_view text, size_t kept) {
      CutIntoPieces(text, kept);
      size_t tokens = 0;
      Spelling plain, derived{0, false, true};
      bool abbreviated = false;
      for (const Cut& cut : cuts_) {
        tokens += cut.piece->plain.size();
        plain.tight = plain.tight || cut.piece->tight;
        abbreviated = abbreviated || cut.piece->abbreviated;
      }
      if (tokens == 0)
        out.fault = {"E0303", Cat("\"", written, "\" can stand for no word at all"), "every alternative needs a word"};
      derived.tight = plain.tight;
      Emit(&Piece::plain, plain, out);
      // a lone abbreviation (kt, mag) may mean another thing here
      if (abbreviated && tokens > 1) Emit(&Piece::written_out, derived, out);
    });
  }
  if (!out.fault.empty()) out.spellings.clear();
  return out;
}

// A text is cut at seams: nothing that the canonical form or the cutter of tokens does reaches across one. The pieces
// of the text before that lie in its first `kept` bytes, with the character behind them, stay.
void Speller::CutIntoPieces(std::string_view text, size_t kept) {
  constexpr size_t kBehind = 3;
  while (!cuts_.empty() && cuts_.back().next + kBehind > kept) cuts_.pop_back();
  size_t from = cuts_.empty() ? 0 : cuts_.back().next;
  const auto cut = [&](size_t at, size_t next) {
    cuts_.push_back({next, PieceOf(text.substr(from, at - from))});
    from = next;
  };
  bool own = true;  // the piece so far is kana and kanji in their own form: before a kanji it may end
  for (size_t at = from; at < text.size();) {
    size_t next = at;
    const uint32_t c = text::Decode(text, next);
    if (c == ' ' && IsSpaceSeam(text, from, at)) {
      cut(at, next);
      own = true;
    } else if (own && at > from && IsPlainKanji(c, folds_)) {
      cut(at, at);
    } else {
      own = own && IsOwnForm(c, folds_);
    }
    at = next;
  }
  cut(text.size(), text.size());
}

const Speller::Piece* Speller::PieceOf(std::string_view text) {
  const auto [known, fresh] = piece_ids_.try_emplace(absl::string_view(text.data(), text.size()), pieces_.size());
  if (!fresh) return &pieces_[known->second];
  Piece& piece = pieces_.emplace_back();
  const std::vector<Written> words = WordsOf(text, folds_);
  piece.tight = IsTight(words);
  for (const Written& written : words) {
    const bool stays = written.script != text::Script::kLatin || forms_.invariant.contains(written.word);
    const std::string word = stays ? written.word : text::Singular(written.word);
    piece.plain.push_back(WordOf(word));
    const auto out = forms_.written_out.find(word);
    if (out == forms_.written_out.end()) {
      piece.written_out.push_back(piece.plain.back());
    } else {
      piece.abbreviated = true;
      for (const std::string& part : out->second) piece.written_out.push_back(WordOf(part));
    }
  }
  return &piece;
}

uint32_t Speller::WordOf(std::string_view word) {
  const auto [known, fresh] =
      word_ids_.try_emplace(absl::string_view(word.data(), word.size()), static_cast<uint32_t>(words_.size()));
  if (fresh) {
    words_.emplace_back(word);
    in_phrase_.emplace_back();
  }
  return known->second;
}

void Speller::Emit(std::vector<uint32_t> Piece::*form, Spelling spelling, SpelledPhrase& out) {
  for (const Cut& cut : cuts_) {
    for (const uint32_t word : cut.piece->*form) {
      InPhrase& in = in_phrase_[word];
      if (in.phrase != phrase_) {
        in = {phrase_, static_cast<uint32_t>(out.words.size())};
        out.words.push_back(words_[word]);
      }
      out.tokens.push_back(in.index);
    }
  }
  spelling.end = static_cast<uint32_t>(out.tokens.size());
  out.spellings.push_back(spelling);
}

std::vector<std::string> PlainTokens(std::string_view plain, std::span<const pack::Fold> folds, const Lexicon& lexicon,
                                     bool singular) {
  std::vector<std::string> out;
  for (const Written& w : WordsOf(plain, folds)) {
    const bool stays = !singular || w.script != text::Script::kLatin || lexicon.IsInvariant(w.word);
    out.push_back(stays ? w.word : text::Singular(w.word));
  }
  return out;
}

}  // namespace sekisho::compile
