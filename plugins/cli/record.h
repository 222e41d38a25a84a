// What a decision log says: runs, and the items that were judged in them. Both directions: from a result to the log,
// and from the log to a row that can be judged again.
#pragma once

#include <string>

#include "plugins/cli/commands.h"
#include "plugins/cli/decision_log.h"
#include "plugins/cli/writers.h"

namespace sekisho::cli {

inline constexpr int kLogFormat = 1;

// A header of all columns, as rows out of a log have them.
Header LogHeader();

// "sha256:…" of all that the row says of the item and its transaction (not of its id).
std::string InputDigest(const Header& header, const Row& row);

// The line that begins a run, and the one that ends it.
LogJson RunBody(const Judging& options, const sekisho_taxonomy_info& taxonomy, bool with_text, uint64_t repaired);
LogJson EndBody(const Tally& tally);

// The line of an item. Without its text it can be judged again only by who still has the text.
LogJson ItemBody(const Header& header, const Row& row, const Judged& judged, bool with_text);

// The options of a run, as RunBody wrote them; false when it did not.
bool ReadRun(const LogJson& body, Judging& options);
// The row of an item whose text is in the log; false when it is not.
bool ReadRow(const LogJson& body, Row& row);

// A member that is text; empty when there is none.
std::string TextOf(const LogJson& object, const char* key);

}  // namespace sekisho::cli
