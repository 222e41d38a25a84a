#include "engine/text/cutter.h"

#include <algorithm>

namespace sekisho::text {
namespace {

constexpr size_t kMaxUtf8 = 4;           // bytes of a code point
constexpr size_t kMaxCompletions = 200;  // vocabulary words tried for one stump

size_t CountCodePoints(std::string_view s) {
  return static_cast<size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// f/ and w/ are for and with; without the slash the letter is a size or a type.
void DropLetterFlags(Piece& piece) {
  if (piece.end - piece.begin == 1) piece.flags &= ~(pack::kTokenTargetAfter | pack::kTokenWith | pack::kTokenWithout);
}

}  // namespace

// The piece is this word of the pack, or none.
void Cutter::Take(uint32_t id, Piece& piece) const {
  piece.id = id;
  if (id == pack::kNone) return;
  const pack::Token& token = pack_.tokens()[id];
  piece.flags |= token.flags;
  piece.root = token.root;
  __builtin_prefetch(pack_.nodes().data() + token.root);
  piece.split = token.split.count != 0;
  piece.abbreviation = token.expansion.count != 0;
}

void Cutter::LookUp(Piece& piece, std::string_view word, uint32_t hash) {
  const uint32_t raw = pack_.FindToken(word, hash);
  if (raw != pack::kNone) {
    const pack::Token& token = pack_.tokens()[raw];
    piece.flags = token.flags;
    piece.state = token.state;
    Take(token.singular, piece);
  } else {
    if (!gate_.MayStart(word)) piece.state = 0;
    if (piece.script == Script::kLatin && word.back() == 's') Take(pack_.FindToken(Singular(word)), piece);
  }
}

// The hashes of the words; and what Pack::FindToken will read of all of them is asked for from memory side by side,
// since one word after the other would wait for it each by itself.
void Cutter::HashWords() {
  hashes_.clear();
  const auto slots = pack_.token_slots();
  const size_t mask = slots.size() - 1;
  for (const RawToken& t : line_.tokens().row) {
    hashes_.push_back(pack::HashToken(line_.text().substr(t.begin, t.end - t.begin)));
    if (!slots.empty()) __builtin_prefetch(&slots[hashes_.back() & mask]);
  }
  if (slots.empty()) return;
  const auto likely = [&](uint32_t hash) {
    const pack::TokenSlot& slot = slots[hash & mask];
    return slot.hash == hash && slot.token != pack::kNone ? pack_.tokens().data() + slot.token : nullptr;
  };
  for (const uint32_t hash : hashes_) {
    if (const pack::Token* t = likely(hash)) __builtin_prefetch(t);
  }
  for (const uint32_t hash : hashes_) {
    if (const pack::Token* t = likely(hash)) __builtin_prefetch(pack_.text(t->text).data());
  }
}

void Cutter::Cut(std::string_view source) {
  words_.source = source;
  words_.row.clear();
  line_.Cut();
  HashWords();
  Gap quoted = Gap::kNone;  // before a quotation mark that stands between the next token and the one before
  for (const RawToken& t : line_.tokens().row) {
    Piece piece{t};
    const std::string_view word = line_.text().substr(t.begin, t.end - t.begin);
    if (t.gap == Gap::kStop && IsOneName(piece, word)) piece.gap = Gap::kHyphen;
    if (t.script == Script::kSymbol && IsQuotationMark(word)) {
      quoted = std::max({quoted, t.gap, Gap::kSpace});
      continue;
    }
    piece.gap = std::max(piece.gap, quoted);
    quoted = Gap::kNone;
    if ((word.back() == 'x' || word == "mmm") && &t != &line_.tokens().row.back() &&
        (SplitMillimetres(piece, word, *(&t + 1)) || SplitTimes(piece, word, *(&t + 1))))
      continue;
    LookUp(piece, word, hashes_[static_cast<size_t>(&t - line_.tokens().row.data())]);
    if (!words_.row.empty() && t.gap != Gap::kSlash) DropLetterFlags(words_.row.back());
    AddSplit(piece, word);
  }
}

// Nd:YAG, Ti:sapphire: a colon with nothing beside it stands inside a name where some phrase goes on so.
bool Cutter::IsOneName(const Piece& piece, std::string_view word) const {
  if (words_.row.empty() || piece.script != Script::kLatin || words_.row.back().script != Script::kLatin) return false;
  const Piece& before = words_.row.back();
  if (before.id == pack::kNone || piece.src_begin != before.src_end + 1 || words_.source[before.src_end] != ':')
    return false;
  const uint32_t id = pack_.FindToken(Singular(word));
  const uint32_t node = id == pack::kNone ? 0 : pack_.FindEdge(0, before.id);
  return node != 0 && pack_.FindEdge(node, id) != 0;
}

// "GOGGLE": marks around a name are no inches; those follow a figure.
bool Cutter::IsQuotationMark(std::string_view symbol) const {
  return symbol == "\"" && (words_.row.empty() || words_.row.back().script != Script::kDigit);
}

// STOCK ASSEMBLY,SHOU: a stump of four letters or more at the 19th character that is no word becomes the one that makes
// a phrase with its neighbour, or the only one there is.
void Cutter::CompleteCutWord() {
  if (words_.row.empty()) return;
  size_t at = 0;  // the last word as written
  for (size_t i = 1; i < words_.row.size(); ++i) {
    if (words_.row[i].end > words_.row[at].end) at = i;
  }
  const size_t end = words_.row[at].end;
  if (end < kCutLength || end > (line_.ascii() ? kCutLength : kCutLength * kMaxUtf8) ||
      CountCodePoints(line_.text().substr(0, end)) != kCutLength)
    return;
  Piece& stump = words_.row[at];
  if (stump.script != Script::kLatin || stump.end - stump.begin < kMinStump || (stump.flags & pack::kTokenKnown))
    return;
  const std::string_view word = line_.text().substr(stump.begin, stump.end - stump.begin);
  const auto vocabulary = pack_.vocabulary();
  const auto text_of = [&](uint32_t token) { return pack_.text(pack_.tokens()[token].text); };
  auto it = std::lower_bound(vocabulary.begin(), vocabulary.end(), word,
                             [&](uint32_t token, std::string_view w) { return text_of(token) < w; });
  uint32_t only = pack::kNone;
  size_t tried = 0;
  for (; it != vocabulary.end() && text_of(*it).starts_with(word) && tried < kMaxCompletions; ++it, ++tried) {
    const uint32_t before = at > 0 ? words_.row[at - 1].id : pack::kNone;
    const uint32_t after = at + 1 < words_.row.size() ? words_.row[at + 1].id : pack::kNone;
    const uint32_t left = before == pack::kNone ? 0 : pack_.FindEdge(0, before);
    const uint32_t self = pack_.FindEdge(0, *it);
    if ((left != 0 && pack_.FindEdge(left, *it) != 0) ||
        (self != 0 && after != pack::kNone && pack_.FindEdge(self, after) != 0)) {
      return Take(*it, stump);
    }
    only = tried == 0 ? *it : pack::kNone;
  }
  if (tried == 1) Take(only, stump);
}

}  // namespace sekisho::text
