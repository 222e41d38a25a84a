// What differs between the records of two packs.
#include <algorithm>
#include <iterator>

#include "engine/compile/strings.h"
#include "engine/workshop/diff.h"
#include "engine/workshop/flatten.h"

namespace sekisho::workshop {
namespace {

// A rule's line is "entry: {…}": the entry names it, the rest is what came or went.
DataChange Change(const std::pair<std::string, std::string>& key, std::string before, std::string after, bool added) {
  DataChange out{key.first, key.second, std::move(before), std::move(after)};
  const char* split = key.first == "rule" ? ": " : key.first == "pattern" ? " " : nullptr;
  if (split == nullptr) return out;
  const size_t at = key.second.find(split);
  out.name = key.second.substr(0, at);
  (added ? out.after : out.before) = key.second.substr(at + (key.first == "rule" ? 2 : 1));
  return out;
}

void DiffPhrases(const pack::Pack& before, const pack::Pack& after, std::vector<DataChange>& out) {
  const std::vector<Phrase> a = Phrases(before), b = Phrases(after);
  std::vector<Phrase> gone, come;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(gone));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(come));
  for (const Phrase& p : gone) out.push_back({"phrase", p.owner, p.words, ""});
  for (const Phrase& p : come) out.push_back({"phrase", p.owner, "", p.words});
}

}  // namespace

std::vector<DataChange> DiffData(const pack::Pack& before, const pack::Pack& after) {
  std::vector<DataChange> out;
  if (before.digest() == after.digest()) return out;
  const Lines a = Flatten(before), b = Flatten(after);
  for (const auto& [key, content] : a) {
    const auto found = b.find(key);
    if (found == b.end())
      out.push_back(Change(key, content, "", false));
    else if (found->second != content)
      out.push_back(Change(key, content, found->second, true));
  }
  for (const auto& [key, content] : b) {
    if (a.count(key) == 0) out.push_back(Change(key, "", content, true));
  }
  DiffPhrases(before, after, out);
  std::stable_sort(out.begin(), out.end(), [](const DataChange& x, const DataChange& y) {
    return std::tie(x.kind, x.name) < std::tie(y.kind, y.name);
  });
  return out;
}

}  // namespace sekisho::workshop
