#include "plugins/cli/differences.h"

#include <map>

#include "plugins/cli/record.h"

namespace sekisho::cli {

namespace {

using Values = std::map<std::string, std::string>;

const LogJson& Array(const LogJson& object, const char* key) {
  static const LogJson kEmpty = LogJson::array();
  const auto found = object.find(key);
  return found != object.end() && found->is_array() ? *found : kEmpty;
}

struct Decision {
  std::string error;
  Values lists, entries, rules, treaties, notices;
};

void ReadList(const LogJson& list, Decision& out) {
  const std::string name = TextOf(list, "list");
  out.lists[name] = TextOf(list, "verdict");
  for (const LogJson& candidate : Array(list, "candidates")) {
    const std::string entry = name + " " + TextOf(candidate, "entry");
    out.entries[entry] = TextOf(candidate, "verdict");
    out.rules[entry] = TextOf(candidate, "rule");
  }
}

Decision Read(const LogJson& body) {
  Decision out;
  out.error = TextOf(body, "error");
  for (const LogJson& list : Array(body, "lists")) ReadList(list, out);
  for (const LogJson& treaty : Array(body, "treaties")) {
    const std::string row = TextOf(treaty, "row");
    out.treaties[TextOf(treaty, "treaty")] = TextOf(treaty, "verdict") + (row.empty() ? "" : " (" + row + ")");
  }
  for (const LogJson& notice : Array(body, "notices")) {
    if (notice.is_string()) out.notices[notice.get<std::string>()] = "said";
  }
  return out;
}

void CompareValues(const char* what, const Values& before, const Values& after, bool both_only,
                   std::vector<Difference>& out) {
  for (const auto& [where, value] : before) {
    const auto found = after.find(where);
    const std::string now = found == after.end() ? "" : found->second;
    if (now != value && (!both_only || found != after.end())) out.push_back({what, where, value, now});
  }
  for (const auto& [where, value] : after) {
    if (!both_only && before.count(where) == 0) out.push_back({what, where, "", value});
  }
}

}  // namespace

std::vector<Difference> Compare(const LogJson& before, const LogJson& after) {
  const Decision old = Read(before), now = Read(after);
  std::vector<Difference> out;
  if (old.error != now.error) out.push_back({"error", "", old.error, now.error});
  CompareValues("verdict", old.lists, now.lists, false, out);
  CompareValues("entry", old.entries, now.entries, false, out);
  CompareValues("rule", old.rules, now.rules, true, out);  // of an entry that came or went, that says enough
  CompareValues("treaty", old.treaties, now.treaties, false, out);
  CompareValues("notice", old.notices, now.notices, false, out);
  return out;
}

}  // namespace sekisho::cli
