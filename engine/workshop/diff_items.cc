// Whose verdicts change, and because of which rule.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"
#include "engine/workshop/diff.h"
#include "engine/workshop/render.h"
#include "engine/workshop/tests.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using decide::Verdict;

constexpr char kOther[] = "words, dates or other rules";

struct Found {  // a candidate, without the indices of its pack
  Verdict verdict = Verdict::kNoMatch;
  uint32_t rule = pack::kNone;
  std::string words;
};
struct Judged {
  Verdict verdict = Verdict::kNoMatch;
  std::map<std::string, Found> entries;
};
using ByList = std::map<std::string, Judged>;

std::string Words(const pack::Pack& pack, const ItemRow& row, const decide::Candidate& candidate) {
  std::string out;
  for (const decide::Evidence& e : candidate.evidence) {
    const std::string& field = e.field == decide::Field::kDescription ? row.description : row.part_number;
    const bool shown = e.field <= decide::Field::kPartNumber && e.end <= field.size();
    const std::string_view text = shown ? std::string_view(field).substr(e.begin, e.end - e.begin) : "";
    const std::string name = e.concept_id != pack::kNone ? Concept(pack, e.concept_id)
                             : e.measure != pack::kNone  ? std::string(pack.text(pack.measures()[e.measure].id))
                                                         : "";
    out += Cat(out.empty() ? "" : ", ", "\"", text, "\" ", name);
  }
  return out;
}

ByList Keep(const pack::Pack& pack, const ItemRow& row, const decide::Result& result) {
  ByList out;
  for (const decide::ListVerdict& list : result.lists) {
    Judged& judged = out[std::string(ListId(pack, list.list))];
    judged.verdict = list.verdict;
    for (const decide::Candidate& c : list.candidates)
      judged.entries[std::string(Designator(pack, c.entry))] = {c.verdict, c.rule, Words(pack, row, c)};
  }
  return out;
}

// The rules of a pack by "list entry", as text.
using RuleTexts = absl::flat_hash_map<std::string, absl::flat_hash_set<std::string>>;
RuleTexts TextsOf(const pack::Pack& pack) {
  RuleTexts out;
  for (const pack::Entry& entry : pack.entries()) out[Cat(ListId(pack, entry.list), " ", pack.text(entry.designator))];
  for (const pack::Rule& rule : pack.rules()) {
    if (rule.entry == pack::kNone) continue;
    out[Cat(ListId(pack, pack.entries()[rule.entry].list), " ", Designator(pack, rule.entry))].insert(
        RuleJson(pack, rule).dump());
  }
  return out;
}

class Comparer {
 public:
  explicit Comparer(const Diff& diff)
      : before_(*diff.before.pack),
        after_(*diff.after.pack),
        old_rules_(TextsOf(before_)),
        new_rules_(TextsOf(after_)) {}

  std::vector<ListChange> Compare(size_t item, const ByList& a, const ByList& b) const {
    std::vector<ListChange> out;
    std::set<std::string> lists;
    for (const auto& [id, unused] : a) lists.insert(id);
    for (const auto& [id, unused] : b) lists.insert(id);
    static const Judged kNothing;
    for (const std::string& id : lists) {
      const auto x = a.find(id), y = b.find(id);
      const Judged &was = x == a.end() ? kNothing : x->second, &is = y == b.end() ? kNothing : y->second;
      ListChange change{item, id, was.verdict, is.verdict, {}, MovedTo(id, a, b)};
      Entries(was, is, change);
      if (was.verdict != is.verdict || !change.entries.empty()) out.push_back(std::move(change));
    }
    return out;
  }

 private:
  // The order of review: what a list matches, those after it in the regime need not say.
  std::string MovedTo(const std::string& id, const ByList& a, const ByList& b) const {
    const auto lists = after_.lists();
    const auto own =
        std::find_if(lists.begin(), lists.end(), [&](const pack::List& l) { return after_.text(l.id) == id; });
    if (own == lists.end()) return "";
    for (const pack::List& list : lists) {
      if (list.regime != own->regime || list.review >= own->review) continue;
      const auto was = a.find(std::string(after_.text(list.id))), is = b.find(std::string(after_.text(list.id)));
      const bool matched = was != a.end() && was->second.verdict == Verdict::kMatch;
      if (!matched && is != b.end() && is->second.verdict == Verdict::kMatch) return is->first;
    }
    return "";
  }

  void Entries(const Judged& was, const Judged& is, ListChange& change) const {
    std::set<std::string> entries;
    for (const auto& [entry, unused] : was.entries) entries.insert(entry);
    for (const auto& [entry, unused] : is.entries) entries.insert(entry);
    for (const std::string& entry : entries) {
      const auto x = was.entries.find(entry), y = is.entries.find(entry);
      const bool had = x != was.entries.end(), has = y != is.entries.end();
      if (had && has && x->second.verdict == y->second.verdict) continue;
      EntryChange e;
      e.entry = entry;
      if (had) e.before = x->second.verdict;
      if (has) e.after = y->second.verdict;
      const pack::Pack& pack = has ? after_ : before_;
      const Found& found = has ? y->second : x->second;
      const bool stated = found.rule == pack::kNone;  // by the line itself
      const std::string text = stated ? "" : RuleJson(pack, pack.rules()[found.rule]).dump();
      e.rule = stated ? "stated by the item's text" : Cat(RuleName(pack, found.rule), ": ", text);
      e.words = found.words;
      e.cause = stated ? kOther : Cause(Cat(change.list, " ", entry), has, text);
      if (!has && !change.moved_to.empty() && e.cause == kOther)
        e.cause = Cat("order of review: ", change.moved_to, " matches");
      change.entries.push_back(std::move(e));
    }
  }

  // Whether the deciding rule itself came or went; otherwise what it looks at did.
  std::string Cause(const std::string& entry, bool has, const std::string& rule) const {
    const RuleTexts& other = has ? old_rules_ : new_rules_;
    const auto found = other.find(entry);
    if (found == other.end()) return has ? "entry added" : "entry removed";
    if (!found->second.contains(rule)) return has ? "rule added" : "rule removed";
    return kOther;
  }

  const pack::Pack &before_, &after_;
  const RuleTexts old_rules_, new_rules_;
};

bool Lost(const ListChange& c) {
  return c.before == Verdict::kMatch && c.after != Verdict::kMatch && c.moved_to.empty();
}

}  // namespace

std::string ListChange::Direction() const {
  if (before == after) return "other entries";
  if (IsFlagged(before) && !IsFlagged(after)) return moved_to.empty() ? "no longer flagged" : "moved to " + moved_to;
  if (!IsFlagged(before) && IsFlagged(after)) return "newly flagged";
  return after < before ? "stricter" : "weaker";
}

void DiffItems(std::span<const ItemRow> items, size_t threads, Diff& diff) {
  const Comparer comparer(diff);
  struct Pair {
    ItemScanner before, after;
  };
  std::vector<std::unique_ptr<Pair>> scanners(compile::ThreadCount(threads));
  std::vector<std::vector<ListChange>> found(items.size());
  compile::ParallelFor(items.size(), threads, [&](size_t i, size_t thread) {
    std::unique_ptr<Pair>& pair = scanners[thread];
    if (pair == nullptr)
      pair.reset(new Pair{{diff.before.pack, diff.before.as_of}, {diff.after.pack, diff.after.as_of}});
    const ByList before = Keep(*diff.before.pack, items[i], pair->before.Judge(items[i]));
    const ByList after = Keep(*diff.after.pack, items[i], pair->after.Judge(items[i]));
    found[i] = comparer.Compare(i, before, after);
  });
  diff.items = items.size();
  for (std::vector<ListChange>& changes : found) {
    if (changes.empty()) continue;
    ++diff.changed_items;
    const auto any = [&](auto test) { return std::any_of(changes.begin(), changes.end(), test); };
    diff.lost_matches += any(Lost);
    diff.lost_flags +=
        any([](const ListChange& c) { return IsFlagged(c.before) && !IsFlagged(c.after) && c.moved_to.empty(); });
    diff.new_flags += any([](const ListChange& c) { return !IsFlagged(c.before) && IsFlagged(c.after); });
    for (ListChange& change : changes) diff.changes.push_back(std::move(change));
  }
}

std::optional<Gate> ParseLimit(const std::string& text, Gate gate) {
  std::string_view number = text;
  const bool share = !number.empty() && number.back() == '%';
  if (share) number.remove_suffix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !(value >= 0)) return std::nullopt;
  if (share) {
    gate.max_share = value / 100;
  } else if (value == std::floor(value)) {
    gate.max_count = static_cast<size_t>(value);
  } else {
    return std::nullopt;
  }
  return gate;
}

std::vector<std::string> Violations(const Diff& diff, const Gate& gate) {
  std::vector<std::string> out;
  const double share = diff.items == 0 ? 0 : static_cast<double>(diff.changed_items) / static_cast<double>(diff.items);
  char text[96];
  if (gate.max_share && share > *gate.max_share) {
    std::snprintf(text, sizeof(text), "%zu of %zu items change: %.3f %%, and %.3f %% are allowed", diff.changed_items,
                  diff.items, share * 100, *gate.max_share * 100);
    out.emplace_back(text);
  }
  if (gate.max_count && diff.changed_items > *gate.max_count)
    out.push_back(Cat(diff.changed_items, " items change, and ", *gate.max_count, " may"));
  if (gate.no_lost_match && diff.lost_matches > 0)
    out.push_back(Cat(diff.lost_matches, " items lose a match, and none may"));
  if (gate.no_lost_flag && diff.lost_flags > 0)
    out.push_back(Cat(diff.lost_flags, " items are no longer flagged in a list, and none may be"));
  return out;
}

}  // namespace sekisho::workshop
