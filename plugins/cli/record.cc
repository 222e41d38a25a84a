#include "plugins/cli/record.h"

#include <ctime>
#include <limits>
#include <utility>

namespace sekisho::cli {

namespace {

constexpr Column kOfItem[] = {Column::kDescription, Column::kPartNumber, Column::kNsn,    Column::kManufacturer,
                              Column::kKind,        Column::kAttributes, Column::kOrigin, Column::kDestination,
                              Column::kAsOf,        Column::kClassified};

std::string Now() {  // UTC, "2026-11-21T09:00:00Z"
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

template <typename Element>
LogJson ArrayOf(size_t count, Element element) {
  LogJson out = LogJson::array();
  for (size_t i = 0; i < count; ++i) out.push_back(element(i));
  return out;
}

LogJson Candidate(const sekisho_candidate& c) {
  LogJson out = {{"entry", SEKISHO_TEXT(c, entry)}, {"verdict", sekisho_verdict_name(c.verdict)}};
  if (c.rule_size > 0) out["rule"] = SEKISHO_TEXT(c, rule);
  return out;
}

LogJson Lists(const sekisho_result* result, size_t count) {
  return ArrayOf(count, [&](size_t i) {
    const sekisho_list_result list = ListAt(result, i);
    LogJson candidates = ArrayOf(list.candidate_count, [&](size_t k) { return Candidate(CandidateAt(result, i, k)); });
    return LogJson{{"list", SEKISHO_TEXT(list, list)},
                   {"verdict", sekisho_verdict_name(list.verdict)},
                   {"candidates", std::move(candidates)}};
  });
}

LogJson Treaties(const sekisho_result* result, size_t count) {
  return ArrayOf(count, [&](size_t i) {
    const sekisho_treaty_result t = TreatyAt(result, i);
    LogJson out = {{"treaty", SEKISHO_TEXT(t, treaty)}, {"verdict", sekisho_treaty_verdict_name(t.verdict)}};
    if (t.row_size > 0) out["row"] = SEKISHO_TEXT(t, row);
    return out;
  });
}

LogJson Notices(const sekisho_result* result, size_t count) {
  return ArrayOf(count, [&](size_t i) {
    const sekisho_note note = NoticeAt(result, i);
    return LogJson(SEKISHO_TEXT(note, id));
  });
}

// Those that were set: with the defaults there are none.
LogJson LimitsBody(const Limits& limits) {
  LogJson out = LogJson::object();
  if (limits.input_bytes != 0) out["input_bytes"] = limits.input_bytes;
  if (limits.matches != 0) out["matches"] = limits.matches;
  if (limits.steps != 0) out["steps"] = limits.steps;
  if (limits.memory_bytes != 0) out["memory_bytes"] = limits.memory_bytes;
  return out;
}

template <typename Number>
bool ReadLimit(const LogJson& limits, const char* name, Number& out) {
  const auto found = limits.find(name);
  if (found == limits.end()) return true;
  if (!found->is_number_unsigned() || found->get<uint64_t>() > std::numeric_limits<Number>::max()) return false;
  out = found->get<Number>();
  return true;
}

bool ReadLimits(const LogJson& body, Limits& out) {
  out = Limits();
  const auto limits = body.find("limits");
  if (limits == body.end()) return true;
  return limits->is_object() && ReadLimit(*limits, "input_bytes", out.input_bytes) &&
         ReadLimit(*limits, "matches", out.matches) && ReadLimit(*limits, "steps", out.steps) &&
         ReadLimit(*limits, "memory_bytes", out.memory_bytes);
}

}  // namespace

std::string TextOf(const LogJson& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

Header LogHeader() {
  Header header;
  for (size_t i = 0; i < kColumns; ++i) {
    header.names.emplace_back(ColumnName(static_cast<Column>(i)));
    header.index[i] = static_cast<int>(i);
  }
  return header;
}

std::string InputDigest(const Header& header, const Row& row) {
  std::string text;
  for (const Column column : kOfItem) {
    const std::string_view cell = Cell(header, row, column);
    if (cell.empty()) continue;
    text += std::string(ColumnName(column)) + ' ' + std::to_string(cell.size()) + ' ';
    text += cell;
  }
  return "sha256:" + Sha256Hex(text);
}

LogJson RunBody(const Judging& options, const sekisho_taxonomy_info& taxonomy, bool with_text, uint64_t repaired) {
  LogJson body = {{"kind", "run"},
                  {"log", kLogFormat},
                  {"at", Now()},
                  {"engine", sekisho_version()},
                  {"unicode", sekisho_unicode_version()},
                  {"taxonomy",
                   {{"version", SEKISHO_TEXT(taxonomy, version)},
                    {"digest", SEKISHO_TEXT(taxonomy, digest)},
                    {"as_of", SEKISHO_TEXT(taxonomy, as_of)}}},
                  {"lists", options.lists},
                  {"origin", options.defaults.origin},
                  {"destination", options.defaults.destination},
                  {"treaties", options.defaults.treaties},
                  {"via", options.defaults.via},
                  {"sale", options.defaults.sale},
                  {"text", with_text}};
  if (LogJson limits = LimitsBody(options.limits); !limits.empty()) body["limits"] = std::move(limits);
  if (repaired > 0) body["repaired"] = repaired;
  return body;
}

LogJson EndBody(const Tally& tally) { return {{"kind", "end"}, {"items", tally.items}, {"errors", tally.errors}}; }

LogJson ItemBody(const Header& header, const Row& row, const Judged& judged, bool with_text) {
  LogJson body = {{"kind", "item"}, {"id", RowId(header, row)}, {"line", row.line}};
  if (!row.error.empty()) {
    body["unread"] = row.error;
    return body;
  }
  body["input"] = InputDigest(header, row);
  if (with_text) {
    LogJson& item = body["item"] = LogJson::object();
    for (const Column column : kOfItem) {
      const std::string_view cell = Cell(header, row, column);
      if (!cell.empty()) item[std::string(ColumnName(column))] = cell;
    }
  }
  if (judged.result == nullptr) {
    body["error"] = judged.error;
    return body;
  }
  const sekisho_result_info info = Describe(judged.result);
  body["as_of"] = SEKISHO_TEXT(info, as_of);
  body["lists"] = Lists(judged.result, info.list_count);
  body["treaties"] = Treaties(judged.result, info.treaty_count);
  body["notices"] = Notices(judged.result, info.notice_count);
  return body;
}

bool ReadRun(const LogJson& body, Judging& options) {
  const auto sale = body.find("sale");
  const auto format = body.find("log");
  if (format == body.end() || *format != kLogFormat || sale == body.end() || !sale->is_number_integer()) return false;
  if (!ReadLimits(body, options.limits)) return false;
  options.lists = TextOf(body, "lists");
  options.defaults = Defaults();
  options.defaults.origin = TextOf(body, "origin");
  options.defaults.destination = TextOf(body, "destination");
  options.defaults.treaties = TextOf(body, "treaties");
  options.defaults.via = TextOf(body, "via");
  options.defaults.sale = sale->get<int32_t>();
  return true;
}

bool ReadRow(const LogJson& body, Row& row) {
  const auto item = body.find("item");
  if (item == body.end() || !item->is_object()) return false;
  row.cells.assign(kColumns, "");
  for (const Column column : kOfItem) {
    row.cells[static_cast<size_t>(column)] = TextOf(*item, std::string(ColumnName(column)).c_str());
  }
  return true;
}

}  // namespace sekisho::cli
