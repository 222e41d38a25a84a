// The forms in which lists write their designators, read off a line: 9A610.x, VIII(h)(1), 3の2(2)1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/reading.h"

namespace sekisho::facts {

enum class StatedForm : uint8_t { kEccn, kParagraph, kRow };  // 9A610.x, VIII(h)(1), 3の2(2)1

// Appends the parts of a designator in small letters: "9A610.x" 9.a.610.x, "VIII(h)(1)" viii.h.1,
// "3の2(2)1" 3.の.2.2.1.
void AddParts(std::string_view designator, std::string& parts);

// The tokens of a line as its caller wrote them, also of a supply name that was turned round: `token` below is a place
// among them.
class StatedText {
 public:
  void Open(const text::Reading& reading);
  uint32_t size() const { return static_cast<uint32_t>(order_.size()); }
  const text::Token& At(uint32_t token) const { return reading_->tokens[order_[token]]; }
  std::string_view Text(uint32_t token) const;
  std::string_view source(uint8_t field) const { return reading_->source[field]; }
  bool Opened(uint32_t token) const;                          // a bracket opens right before it
  uint32_t EndOf(uint32_t token) const;                       // in its field, with the bracket that it stands in
  uint32_t FirstBehind(uint8_t field, uint32_t place) const;  // the first token that begins there or later

  // The token behind the designator that begins at `token`; `token` itself: none does. Its parts are `key` then.
  // `close`: it stands right behind words that speak of the list, where shorter forms count, too: VIIIh, 4, 4-1.
  uint32_t Read(StatedForm form, uint32_t token, bool close, std::string& key);
  // The category of the Munitions List that stands at the token, as the list writes it: VIII, or 8 behind `category`;
  // empty: none does.
  std::string_view CategoryAt(uint32_t token) const;
  bool BehindCategory(uint32_t token) const;  // the word before it is `category`

 private:
  uint32_t Eccn(uint32_t token, std::string& key) const;
  uint32_t Paragraph(uint32_t token, std::string& key) const;
  uint32_t ShortParagraph(uint32_t token, std::string& key) const;
  uint32_t Row(uint32_t token, std::string& key) const;
  uint32_t ShortRow(uint32_t token, std::string& key) const;
  bool Ends(uint32_t token) const;
  uint32_t Number(uint32_t token, std::string& key) const;
  uint32_t Branch(uint32_t token, std::string& key) const;
  bool Is(uint32_t token, text::Script script, size_t most) const;
  bool IsWord(uint32_t token, std::string_view word) const { return token < end_ && Text(token) == word; }
  bool BehindBracket(uint32_t token) const;
  std::string_view Before(uint32_t token) const;
  void Take(uint32_t token, std::string& key) const;

  const text::Reading* reading_ = nullptr;
  std::vector<uint32_t> order_;  // tokens of the reading
  uint32_t end_ = 0;             // of the field that is read: no designator goes on in the part number
};

}  // namespace sekisho::facts
