// Results to text: table, JSONL, CSV. A writer renders rows on any thread; beginning and end are the main thread's.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "plugins/cli/judge.h"
#include "plugins/cli/library.h"
#include "plugins/cli/rows.h"

namespace sekisho::cli {

using TreatyCounts = std::array<uint64_t, SEKISHO_TREATY_NOT_APPLICABLE + 1>;  // by verdict; 0 is unused

// What the summary counts; each thread's are added up.
struct Tally {
  uint64_t items = 0, errors = 0;
  std::array<uint64_t, kVerdicts> strictest{};  // items by the strictest of their verdicts
  std::vector<std::pair<std::string, std::array<uint64_t, kVerdicts>>> lists;  // items by verdict of each list
  std::vector<std::pair<std::string, TreatyCounts>> treaties;                  // items by verdict of each profile
  std::set<std::pair<std::string, std::string>> notices;                       // of any item: id and words
  void Count(const Judged& judged);
  void Add(const Tally& other);
};

class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void Begin(const Header&, std::string&) const {}
  virtual void Write(const Header& header, const Row& row, const Judged& judged, std::string& out) const = 0;
  virtual void End(const Tally&, double /*seconds*/, const sekisho_taxonomy_info&, std::string&) const {}
};

std::unique_ptr<RowWriter> MakeJsonlWriter();
std::unique_ptr<RowWriter> MakeCsvWriter();
std::unique_ptr<RowWriter> MakeTableWriter(bool terminal, size_t width);

// "is night vision goggle [GOGGLE]": what a candidate rests on, in words, those of the input in brackets.
std::string EvidenceWords(const sekisho_evidence& evidence);
// "us-uk-126.17 excluded s1-025 (uncertain)": a profile, the verdict as given, the row that decides.
std::string TreatyWords(const sekisho_treaty_result& treaty, std::string_view verdict);

}  // namespace sekisho::cli
