#include "engine/text/reading.h"

#include <algorithm>
#include <cstring>

#include "engine/text/between.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

constexpr size_t kMaxUtf8 = 4;           // bytes of a code point
constexpr size_t kMaxCompletions = 200;  // vocabulary words tried for one stump

char GapChar(Gap gap) {  // in the order of Gap
  constexpr char kChars[] = {0, '-', '/', '.', ' ', ',', ',', '|', '|', '|'};
  return kChars[static_cast<size_t>(gap)];
}

size_t CountCodePoints(std::string_view s) {
  return static_cast<size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void Reading::clear() {
  text.clear();
  tokens.clear();
  source = {};
  turned = cjk = nameless = false;
}

bool Reading::SpaceBefore(uint32_t token) const { return HasSpace(Between(*this, token)); }

// The piece is this word of the pack, or none.
void Reader::Take(uint32_t id, Piece& piece) const {
  piece.id = id;
  if (id == pack::kNone) return;
  const pack::Token& token = pack_.tokens()[id];
  piece.flags |= token.flags;
  piece.root = token.root;
  __builtin_prefetch(pack_.nodes().data() + token.root);
  piece.split = token.split.count != 0;
  piece.abbreviation = token.expansion.count != 0;
}

void Reader::LookUp(Piece& piece, std::string_view word, uint32_t hash) {
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
void Reader::HashWords() {
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

// The words of the normalised line.
void Reader::Load() {
  pieces_.clear();
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
    if (!pieces_.empty() && t.gap != Gap::kSlash) DropLetterFlags(pieces_.back());
    AddSplit(piece, word);
  }
}

// Nd:YAG, Ti:sapphire: a colon with nothing beside it stands inside a name where some phrase goes on so.
bool Reader::IsOneName(const Piece& piece, std::string_view word) const {
  if (pieces_.empty() || piece.script != Script::kLatin || pieces_.back().script != Script::kLatin) return false;
  const Piece& before = pieces_.back();
  if (before.id == pack::kNone || piece.src_begin != before.src_end + 1 || field_[before.src_end] != ':') return false;
  const uint32_t id = pack_.FindToken(Singular(word));
  const uint32_t node = id == pack::kNone ? 0 : pack_.FindEdge(0, before.id);
  return node != 0 && pack_.FindEdge(node, id) != 0;
}

// "GOGGLE": marks around a name are no inches; those follow a figure.
bool Reader::IsQuotationMark(std::string_view symbol) const {
  return symbol == "\"" && (pieces_.empty() || pieces_.back().script != Script::kDigit);
}

// f/ and w/ are for and with; without the slash the letter is a size or a type.
void Reader::DropLetterFlags(Piece& piece) {
  if (piece.end - piece.begin == 1) piece.flags &= ~(pack::kTokenTargetAfter | pack::kTokenWith | pack::kTokenWithout);
}

bool Reader::IsJapanese(const Piece& p) {
  return p.script == Script::kHan || p.script == Script::kHiragana || p.script == Script::kKatakana;
}

// STOCK ASSEMBLY,SHOU: a stump of four letters or more at the 19th character that is no word becomes the one that makes
// a phrase with its neighbour, or the only one there is.
void Reader::CompleteCutWord() {
  if (pieces_.empty()) return;
  size_t at = 0;  // the last word as written
  for (size_t i = 1; i < pieces_.size(); ++i) {
    if (pieces_[i].end > pieces_[at].end) at = i;
  }
  const size_t end = pieces_[at].end;
  if (end < kCutLength || end > (line_.ascii() ? kCutLength : kCutLength * kMaxUtf8) ||
      CountCodePoints(line_.text().substr(0, end)) != kCutLength)
    return;
  Piece& stump = pieces_[at];
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
    const uint32_t before = at > 0 ? pieces_[at - 1].id : pack::kNone;
    const uint32_t after = at + 1 < pieces_.size() ? pieces_[at + 1].id : pack::kNone;
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

// Whether a phrase of one word means a unit: 0.8 kt is no kit.
bool Reader::IsUnit(uint32_t token) const {
  const uint32_t node = token == pack::kNone ? 0 : pack_.FindEdge(0, token);
  const auto terms = TermsAt(node);
  return std::any_of(terms.begin(), terms.end(), [](const pack::Term& t) { return t.kind == pack::TermKind::kUnit; });
}

// AN/SYS-2: letters between the slash of a type's name and its number are no abbreviation.
bool Reader::InsideDesignation(size_t i) const {
  if (i == 0 || i + 1 == pieces_.size() || pieces_[i].gap != Gap::kSlash) return false;
  const Piece &before = pieces_[i - 1], &after = pieces_[i + 1];
  return before.script == Script::kLatin && before.end - before.begin <= 3 && after.script == Script::kDigit &&
         after.gap <= Gap::kHyphen;
}

// Whether the piece is an abbreviation to be written out.
bool Reader::Expands(size_t i) const {
  const Piece& p = pieces_[i];
  if (!p.abbreviation) return false;
  const bool after_figure = i > 0 && pieces_[i - 1].script == Script::kDigit;
  return !(after_figure && IsUnit(p.id)) && !InsideDesignation(i);
}

void Reader::Append(uint8_t field, Reading& out) {
  size_t size = out.text.size(), room = line_.text().size() + pieces_.size();  // every piece, and a gap before each
  for (const Piece& p : pieces_) {
    if (!p.abbreviation) continue;
    for (const uint32_t id : pack_.ids(pack_.tokens()[p.id].expansion)) room += 1 + pack_.tokens()[id].text.size;
  }
  out.text.resize(size + room);
  char* const text = out.text.data();
  const auto add = [&](Token& token, std::string_view word) {
    token.begin = static_cast<uint32_t>(size);
    std::memcpy(text + size, word.data(), word.size());
    size += word.size();
    token.end = static_cast<uint32_t>(size);
    out.tokens.push_back(token);
  };
  for (size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& p = pieces_[i];
    if (const char c = GapChar(p.gap); c != 0 && size != 0) text[size++] = c;
    Token token{0, 0, p.src_begin, p.src_end, p.id, p.root, p.state, p.script, p.gap, field, p.minus, p.title, p.split};
    if (!Expands(i)) {
      add(token, line_.text().substr(p.begin, p.end - p.begin));
      out.cjk = out.cjk || IsJapanese(p);
      continue;
    }
    for (const uint32_t id : pack_.ids(pack_.tokens()[p.id].expansion)) {
      const pack::Token& full = pack_.tokens()[id];
      if (token.id != p.id) text[size++] = ' ';
      token.id = id;
      token.root = full.root;
      token.state = full.state;
      token.split = full.split.count != 0;
      add(token, pack_.text(full.text));
      token.gap = Gap::kSpace;
    }
  }
  out.text.resize(size);
}

absl::Status Reader::Read(std::string_view description, std::string_view part_number, Reading& out) {
  out.clear();
  out.source = {description, part_number};
  if (absl::Status s = line_.Normalize(description, folds_); !s.ok()) return s;
  return Finish(part_number, out);
}

// Whether a text can name a concept, by the gate's answer. Only where the text as it is written does not tell, it is
// normalised for that.
absl::StatusOr<bool> Reader::MayName(std::string_view source, Gate::Answer answer) {
  if (answer != Gate::Answer::kUnsure) return answer == Gate::Answer::kOpen;
  if (absl::Status s = line_.Normalize(source, folds_); !s.ok()) return s;
  return line_.ascii() || gate_.Open(line_.chars());
}

absl::Status Reader::ReadNamed(std::string_view description, std::string_view part_number, Reading& out) {
  out.clear();
  out.source = {description, part_number};
  const Gate::Answer answer = gate_.Ask(description);
  if (answer == Gate::Answer::kShut && part_number.empty()) {  // most lines
    out.nameless = true;
    return absl::OkStatus();
  }
  absl::StatusOr<bool> may = MayName(description, answer);
  if (may.ok() && *may && answer == Gate::Answer::kUnsure) return Finish(part_number, out);
  if (may.ok() && !*may && !part_number.empty()) may = MayName(part_number, gate_.Ask(part_number));
  if (!may.ok()) return may.status();
  if (*may) return Read(description, part_number, out);
  out.nameless = true;
  return absl::OkStatus();
}

// From the normalised description on.
absl::Status Reader::Finish(std::string_view part_number, Reading& out) {
  field_ = out.source[0];
  Load();
  DropPrefix();
  if (line_.tokens().Has(Gap::kClose)) DropInitials();
  DropNoise();
  out.turned = Turn();
  CompleteCutWord();
  Append(0, out);
  if (part_number.empty()) return absl::OkStatus();
  if (absl::Status s = line_.Normalize(part_number, folds_); !s.ok()) return s;
  field_ = part_number;
  Load();
  Append(1, out);
  return absl::OkStatus();
}

}  // namespace sekisho::text
