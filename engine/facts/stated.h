// What a line says of its own classification: `bracket, ECCN 9A610.x`, `USML Category VIII(h)`,
// 輸出令別表第一の4の項(1). Such a word is somebody's claim of an unknown day: it flags the item, and settles nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/facts/facts.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

// The reader of one thread. A word that speaks of a list (a concept `stated-LIST` of the taxonomy) starts it; without
// one a line costs a look at its concepts.
class StatedReader {
 public:
  explicit StatedReader(const pack::Pack& pack);
  // Appends to `facts`, whose concepts are known, the entries that `reading` names and the lists that it only says to
  // be on.
  void Read(const text::Reading& reading, Facts& facts);

 private:
  enum class Form : uint8_t { kEccn, kParagraph, kRow };  // 9A610.x, VIII(h)(1), 3の2(2)1
  struct List {
    uint32_t list, speaks, claims;  // the list; the concepts of words that speak of it, and that say the item is on it
    Form form;
    absl::flat_hash_map<std::string, uint32_t> entries;  // by the designator's parts, joined by dots; at first use
  };
  void Index(List& list) const;
  void Order();
  uint32_t Spoken(const List& list, const Facts& facts) const;
  bool ReadAt(const List& list, uint32_t token, Facts& facts);
  uint32_t Eccn(uint32_t token);
  uint32_t Paragraph(uint32_t token);
  uint32_t Row(uint32_t token);
  uint32_t Number(uint32_t token);
  bool Denied(uint32_t last) const;
  bool Find(const List& list, uint32_t first, uint32_t last, Facts& facts);
  std::string_view Text(uint32_t token) const;
  bool Is(uint32_t token, text::Script script, size_t most) const;
  bool Opened(uint32_t token) const;
  bool BehindBracket(uint32_t token) const;
  std::string_view Before(uint32_t token) const;
  const text::Token& At(uint32_t token) const;
  void Take(uint32_t token);

  const pack::Pack& pack_;
  const text::Reading* reading_ = nullptr;
  std::vector<List> lists_;
  std::vector<uint32_t> order_;  // the tokens as the caller wrote them: what `token` means above
  std::string key_;              // the parts read so far
};

}  // namespace sekisho::facts
