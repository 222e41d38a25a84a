// A diff as a table for terminals, and as JSON.
#include <algorithm>
#include <map>

#include "engine/compile/strings.h"
#include "engine/workshop/diff.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

const char* Sign(const DataChange& c) { return c.before.empty() ? "+" : c.after.empty() ? "-" : "~"; }

std::string DataText(const Diff& diff, size_t limit) {
  std::map<std::string, std::map<std::string, size_t>> counts;
  for (const DataChange& c : diff.data) ++counts[c.kind][Sign(c)];
  std::string out = diff.data.empty() ? "The data are the same.\n" : "Data: + added, - removed, ~ changed\n";
  for (const auto& [kind, by_sign] : counts) {
    out += Cat("  ", kind, ":");
    for (const auto& [sign, count] : by_sign) out += Cat(" ", sign, count);
    out += "\n";
  }
  std::map<std::string, size_t> shown;
  for (const DataChange& c : diff.data) {
    const size_t n = ++shown[c.kind];
    if (limit > 0 && n > limit) continue;
    out += Cat("  ", Sign(c), " ", c.kind, " ", c.name);
    if (!c.before.empty()) out += Cat("\n      - ", c.before);
    if (!c.after.empty()) out += Cat("\n      + ", c.after);
    out += "\n";
  }
  for (const auto& [kind, n] : shown) {
    if (limit > 0 && n > limit) out += Cat("  … and ", n - limit, " more of kind ", kind, " (--all shows them)\n");
  }
  return out;
}

}  // namespace

std::string DiffText(const Diff& diff, std::span<const ItemRow> items, size_t limit) {
  std::string out = Cat("before: ", diff.before.path, "  ", diff.before.version, "  ", diff.before.digest,
                        "\nafter:  ", diff.after.path, "  ", diff.after.version, "  ", diff.after.digest, "\n",
                        DataText(diff, limit));
  if (diff.items == 0) return out;
  out += Cat("Items: ", diff.items, ", changed ", diff.changed_items, ", newly flagged ", diff.new_flags,
             ", no longer flagged ", diff.lost_flags, ", lost a match ", diff.lost_matches, "\n");
  size_t shown = 0;
  for (const ListChange& c : diff.changes) {
    if (limit > 0 && ++shown > limit) break;
    const ItemRow& item = items[c.item];
    out += Cat("  ", item.id, "  ", item.description, item.part_number.empty() ? "" : " / ", item.part_number, "\n    ",
               c.list, "  ", decide::VerdictName(c.before), " -> ", decide::VerdictName(c.after), "  (", c.Direction(),
               ")\n");
    for (const EntryChange& e : c.entries) {
      out += Cat("      ", e.entry, "  ", decide::VerdictName(e.before), " -> ", decide::VerdictName(e.after), "  [",
                 e.cause, "]\n        ", e.rule, "\n        ", e.words, "\n");
    }
  }
  if (limit > 0 && diff.changes.size() > limit)
    out += Cat("  … and ", diff.changes.size() - limit, " more (--all shows them)\n");
  return out;
}

std::string DiffJson(const Diff& diff, std::span<const ItemRow> items, const std::vector<std::string>& violations) {
  const auto side = [](const Side& s) {
    return Json{{"path", s.path}, {"version", s.version}, {"digest", s.digest}, {"as_of", Date(s.as_of)}};
  };
  Json out = {{"before", side(diff.before)}, {"after", side(diff.after)}, {"data", Json::array()}};
  for (const DataChange& c : diff.data)
    out["data"].push_back({{"kind", c.kind}, {"name", c.name}, {"before", c.before}, {"after", c.after}});
  out["items"] = {{"read", diff.items},
                  {"changed", diff.changed_items},
                  {"newly_flagged", diff.new_flags},
                  {"no_longer_flagged", diff.lost_flags},
                  {"lost_match", diff.lost_matches}};
  out["changes"] = Json::array();
  for (const ListChange& c : diff.changes) {
    Json entries = Json::array();
    for (const EntryChange& e : c.entries)
      entries.push_back({{"entry", e.entry},
                         {"before", decide::VerdictName(e.before)},
                         {"after", decide::VerdictName(e.after)},
                         {"cause", e.cause},
                         {"rule", e.rule},
                         {"words", e.words}});
    out["changes"].push_back({{"id", items[c.item].id},
                              {"description", items[c.item].description},
                              {"part_number", items[c.item].part_number},
                              {"list", c.list},
                              {"before", decide::VerdictName(c.before)},
                              {"after", decide::VerdictName(c.after)},
                              {"direction", c.Direction()},
                              {"entries", std::move(entries)}});
  }
  out["gate"] = violations;
  return out.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sekisho::workshop
