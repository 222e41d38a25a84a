#include "engine/text/reading.h"

#include <cstring>

#include "engine/text/between.h"
#include "engine/text/noise.h"

namespace sekisho::text {
namespace {

char GapChar(Gap gap) {  // in the order of Gap
  constexpr char kChars[] = {0, '-', '/', '.', ' ', ',', ',', '|', '|', '|'};
  return kChars[static_cast<size_t>(gap)];
}

}  // namespace

void Reading::clear() {
  text.clear();
  tokens.clear();
  source = {};
  turned = cjk = nameless = false;
}

bool Reading::SpaceBefore(uint32_t token) const { return HasSpace(Between(*this, token)); }

Reader::Reader(const pack::Pack& pack)
    : pack_(pack),
      folds_(pack.folds()),
      gate_(pack, folds_),
      words_(pack, line_),
      cutter_(pack, gate_, line_, words_),
      turner_(words_) {}

void Reader::Append(uint8_t field, Reading& out) {
  size_t size = out.text.size(), room = line_.text().size() + words_.size();  // every piece, and a gap before each
  for (const Piece& p : words_.row) {
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
  for (size_t i = 0; i < words_.size(); ++i) {
    const Piece& p = words_[i];
    if (const char c = GapChar(p.gap); c != 0 && size != 0) text[size++] = c;
    Token token{0, 0, p.src_begin, p.src_end, p.id, p.root, p.state, p.script, p.gap, field, p.minus, p.title, p.split};
    if (!words_.Expands(i)) {
      add(token, words_.Text(p));
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
  cutter_.Cut(out.source[0]);
  DropPrefix(words_);
  if (line_.tokens().Has(Gap::kClose)) DropInitials(words_);
  DropNoise(words_);
  out.turned = turner_.Turn(line_.tokens());
  cutter_.CompleteCutWord();
  Append(0, out);
  if (part_number.empty()) return absl::OkStatus();
  if (absl::Status s = line_.Normalize(part_number, folds_); !s.ok()) return s;
  cutter_.Cut(part_number);
  Append(1, out);
  return absl::OkStatus();
}

}  // namespace sekisho::text
