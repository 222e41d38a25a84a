// What the engine itself says of a reading, in words for people and with codes for programs; docs/notices.md lists them
// with those of the taxonomy. Codes are stable.
#pragma once

#include "engine/decide/result.h"

namespace sekisho::notices {

using decide::Notice;

// Nothing was judged: every list is unknown.
inline constexpr Notice kEmptyItem = {"empty-item", "neither description nor part number says anything",
                                      "品名にも型番にも記載がないため判定していない"};
inline constexpr Notice kInvalidUtf8 = {"invalid-utf8", "the text is not valid UTF-8 and was not read",
                                        "文字列が正しいUTF-8でないため判定していない"};
inline constexpr Notice kNoUnicodeData = {"no-unicode-data",
                                          "ICU has no data to normalise the text with, which was not read",
                                          "ICUのデータがなく文字列を正規化できないため判定していない"};
inline constexpr Notice kInputSize = {"limit-input-size", "the text is longer than the limit and was not read",
                                      "文字列が上限を超えるため判定していない"};
inline constexpr Notice kMemory = {"limit-memory", "the item wants more memory than it may have and was not judged",
                                   "必要なメモリが上限を超えるため判定していない"};

// Something may be missing: a list without a candidate is unknown.
inline constexpr Notice kMatching = {"limit-matching", "a limit was reached while matching; something may be missing",
                                     "照合の上限に達したため、見落としがあり得る"};

// How the line was read.
inline constexpr Notice kAttribute = {"attribute-not-read", "an attribute was not understood and was not used",
                                      "読み取れない属性があり、判定に使われていない"};
inline constexpr Notice kGenre = {"genre",
                                  "the line names a toy, a game or a title; its words were not taken for goods",
                                  "玩具・ゲーム・題名とみられるため品目語として扱っていない"};
inline constexpr Notice kStatedControl = {
    "stated-control", "the line says that the item is controlled, and names no entry that the lists have",
    "規制対象との記載があるが、リストにある項番が読み取れない"};
inline constexpr Notice kUnknownHead = {
    "unknown-head", "the word that says what the item is is not known; the entries are those of the words before it",
    "品目を表す語が未知のため、その前の語により判定している"};

}  // namespace sekisho::notices
