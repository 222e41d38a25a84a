// What `sekisho treaty` counts, and its three forms: text, JSON, one HTML page.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/cli/library.h"

namespace sekisho::cli {

inline constexpr size_t kTreatyVerdicts = SEKISHO_TREATY_NOT_APPLICABLE + 1;  // by verdict; 0 is unused

struct Amount {
  uint64_t items = 0;
  double value = 0;
  void Add(double v) { ++items, value += v; }
};

struct Ranked {  // a row, a fact or a condition, and the items that it concerns
  std::string id, text, text_ja, cite;
  Amount amount;
  Amount alone;            // rows: items that no other row excludes
  uint64_t uncertain = 0;  // rows: items that it excludes by an uncertain flag
};

struct Destination {
  std::string country;  // two letters; empty: not said
  std::array<Amount, kTreatyVerdicts> verdicts{};
};

struct ProfileReport {
  std::string id, title, title_ja, cite, remark, remark_ja, list;  // list: whose entries it judges
  bool hypothetical = false;
  std::array<Amount, kTreatyVerdicts> verdicts{};
  std::vector<Ranked> rows, missing, conditions;  // the most items first
  Amount uncertain;                               // excluded by uncertain flags only
  Amount not_in_force;                            // on the item's day
  std::vector<Destination> destinations;          // of the items flagged, the most items first
};

struct ItemReport {
  std::string id, text, entry, destination, as_of;
  double value = 0;
  struct Under {
    int32_t verdict = 0;
    bool uncertain = false, not_in_force = false;
    std::string row, row_text, missing;  // what decides, or would
  };
  std::vector<std::string> notices;  // their ids
  std::vector<Under> under;          // by profile
};

struct RowDifference {  // between two profiles
  std::string id, text;
  int32_t first = 0, second = 0;  // SEKISHO_COLUMN_…; 0: blank
  Amount items;                   // whose verdict differs and that this row concerns
};

struct TreatyReport {
  std::string file, as_of, version, digest, currency;
  std::string first_day, last_day;  // of the items judged, where they say their own
  bool has_values = false;
  Amount read, flagged;  // flagged: with a USML candidate; today each needs a licence or another authorization
  uint64_t errors = 0;   // rows that were not judged
  uint64_t without_value = 0, bad_values = 0;
  std::vector<Ranked> notices;          // on transactions of the items flagged
  std::vector<ProfileReport> profiles;  // one, or two to compare
  std::vector<ItemReport> items;        // those flagged
  std::vector<RowDifference> differences;
};

std::string TreatyText(const TreatyReport& report);
std::string TreatyJson(const TreatyReport& report);
std::string TreatyHtml(const TreatyReport& report);

// 12345.6 as "12,346".
std::string Grouped(double value);
const char* ColumnFlag(int32_t flag);  // "X", "X?", "?", "-"
extern const char kTreatyStyle[];
std::string LawOf(const TreatyReport& report);  // "law as of 2026-11-21"; or the days of the items
bool Differs(const ItemReport& item);           // whether two profiles say different things of it

}  // namespace sekisho::cli
