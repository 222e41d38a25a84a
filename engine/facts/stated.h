// What a line says of its own classification: `bracket, ECCN 9A610.x`, `USML Category VIII(h)`,
// 輸出令別表第一の4の項(1). Such a word is somebody's claim of an unknown day: it flags the item, and settles nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/facts/facts.h"
#include "engine/facts/stated_text.h"
#include "engine/pack/pack.h"
#include "engine/text/reading.h"

namespace sekisho::facts {

// The reader of one thread. A word that speaks of a list (a concept `stated-LIST` of the taxonomy) starts it; without
// one a line costs a look at its concepts.
class StatedReader {
 public:
  explicit StatedReader(const pack::Pack& pack);
  // Appends to `facts`, whose concepts are known, the entries in force on the day `as_of` that `reading` names, and the
  // lists that it only says to be on.
  void Read(const text::Reading& reading, int32_t as_of, Facts& facts);

 private:
  struct Key {  // bytes of Designators::parts, and the entry
    uint32_t begin, size, entry;
  };
  struct Designators {  // of a list, by their parts
    std::string parts;
    std::vector<Key> keys;
    std::string_view Text(const Key& key) const { return std::string_view(parts).substr(key.begin, key.size); }
  };
  struct List {
    uint32_t list, speaks, claims;  // the list; the concepts of words that speak of it, and that say the item is on it
    StatedForm form;
    Designators entries;  // at first use
  };
  struct Mention {  // words of the line that speak of a list
    Span span;
    uint32_t list;
    bool claims;
  };
  void Index(List& list) const;
  void Listen(const Facts& facts);
  const Mention* MentionBefore(uint8_t field, uint32_t place) const;
  bool BehindMention(const List& list, uint32_t token) const;
  void ReadAnywhere(const List& list, Facts& facts);
  void ReadRows(const List& list, Facts& facts);
  uint32_t ReadAt(const List& list, uint32_t token, Facts& facts);
  bool Attempted(const List& list, uint32_t token) const;
  bool Denied(const List& list, uint32_t last);
  uint32_t Find(const List& list);

  const pack::Pack& pack_;
  std::vector<List> lists_;
  StatedText text_;
  int32_t as_of_ = 0;
  std::vector<Mention> mentions_;        // in the caller's order
  Span applies_{};                       // the next 該当 behind the designator looked at last
  bool found_ = false, denied_ = false;  // a designator of the list; the last one
  std::string key_;                      // its parts
};

}  // namespace sekisho::facts
