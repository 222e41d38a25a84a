#include "engine/workshop/eval.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <set>

#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"
#include "engine/workshop/render.h"
#include "engine/workshop/tests.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;
using decide::Verdict;

struct Answer {  // of one row
  Verdict strictest = Verdict::kNoMatch;
  bool flagged = false;
  std::map<std::string, std::vector<std::string>> entries;  // flagged, strictest first
};

Answer AnswerOf(const pack::Pack& pack, const decide::Result& result) {
  Answer out;
  for (const decide::ListVerdict& list : result.lists) {
    out.strictest = std::min(out.strictest, list.verdict);
    std::vector<std::string>& entries = out.entries[std::string(ListId(pack, list.list))];
    for (const decide::Candidate& c : list.candidates) {
      if (IsFlagged(c.verdict)) entries.emplace_back(Designator(pack, c.entry));
    }
    out.flagged |= !entries.empty() || list.verdict == Verdict::kUnknown;  // what was not read is not cleared
  }
  return out;
}

std::vector<std::string> Split(const std::string& label) {
  std::vector<std::string> out;
  for (size_t from = 0; from <= label.size();) {
    const size_t bar = std::min(label.find('|', from), label.size());
    const std::string_view one = compile::Trim(std::string_view(label).substr(from, bar - from));
    if (!one.empty() && one != "-") out.emplace_back(one);
    from = bar + 1;
  }
  return out;
}

std::set<std::string> CategoriesOf(const std::string& list, const std::vector<std::string>& entries) {
  std::set<std::string> out;
  for (const std::string& entry : entries) out.insert(Category(list, entry));
  return out;
}

std::string First(const std::string& list, const std::vector<std::string>& entries) {
  return entries.empty() ? "-" : Category(list, entries[0]);
}

// Whether everything that the row's labels say is found, and nothing in a list that they leave empty.
class Tally {
 public:
  explicit Tally(Evaluation& out) : out_(out) {}

  void Add(const ItemRow& row, const Answer& answer) {
    bool labelled = false, right = true;
    if (const auto label = row.labels.find("label_controlled"); label != row.labels.end())
      labelled |= Controlled(label->second, answer, right);
    for (const auto& [list, entries] : answer.entries) {
      const auto label = row.labels.find(list);
      if (label == row.labels.end() || compile::Trim(label->second).empty()) continue;
      labelled = true;
      List(list, Split(label->second), entries, right);
    }
    out_.rows += labelled;
    out_.right.emplace_back(labelled, labelled && right);
  }

 private:
  bool Controlled(const std::string& label, const Answer& answer, bool& right) {
    if (label != "yes" && label != "dual" && label != "no") return false;
    const bool expected = label != "no";
    out_.controlled.Add(expected, answer.flagged);
    ++out_.verdicts[{label, std::string(decide::VerdictName(answer.strictest))}];
    right &= expected == answer.flagged;
    return true;
  }

  void List(const std::string& id, const std::vector<std::string>& expected, const std::vector<std::string>& found,
            bool& right) {
    Evaluation::List& list = out_.lists[id];
    list.flagged.Add(!expected.empty(), !found.empty());
    right &= expected.empty() == found.empty();
    for (const std::string& entry : expected) {
      const bool hit = std::find(found.begin(), found.end(), entry) != found.end();
      ++(hit ? list.entries.tp : list.entries.fn);
      right &= hit;
    }
    for (const std::string& entry : found)
      list.entries.fp += std::find(expected.begin(), expected.end(), entry) == expected.end();
    const std::set<std::string> wanted = CategoriesOf(id, expected), given = CategoriesOf(id, found);
    for (const std::string& category : wanted) list.categories[category].Add(true, given.count(category) > 0);
    for (const std::string& category : given) {
      if (wanted.count(category) == 0) list.categories[category].Add(false, true);
    }
    // The best candidate may be one of several labels: then it is right.
    const std::string best = First(id, found);
    ++list.confusion[{wanted.count(best) > 0 ? best : First(id, expected), best}];
  }

  Evaluation& out_;
};

std::string Share(size_t hits, size_t of) {
  if (of == 0) return "      -                ";
  const Interval i = Wilson(hits, of);
  char text[64];
  std::snprintf(text, sizeof(text), "%6.1f %% [%5.1f, %5.1f]",
                100.0 * static_cast<double>(hits) / static_cast<double>(of), 100 * i.low, 100 * i.high);
  return text;
}

std::string Line(const std::string& name, const Score& s) {
  char counts[96];
  std::snprintf(counts, sizeof(counts), "%7zu %7zu %7zu", s.tp, s.fp, s.fn);
  std::string head = name;
  head.resize(std::max<size_t>(head.size(), 26), ' ');
  return Cat(head, counts, "   ", Share(s.tp, s.tp + s.fp), "   ", Share(s.tp, s.tp + s.fn), "\n");
}

Json ScoreJson(const Score& s) {
  const auto share = [](size_t hits, size_t of) {
    if (of == 0) return Json(nullptr);
    const Interval i = Wilson(hits, of);
    return Json{{"value", static_cast<double>(hits) / static_cast<double>(of)}, {"low", i.low}, {"high", i.high}};
  };
  return {{"tp", s.tp},
          {"fp", s.fp},
          {"fn", s.fn},
          {"tn", s.tn},
          {"precision", share(s.tp, s.tp + s.fp)},
          {"recall", share(s.tp, s.tp + s.fn)},
          {"false_positive_rate", share(s.fp, s.fp + s.tn)}};
}

Json OneJson(const Evaluation& e) {
  const auto pairs = [](const std::map<std::pair<std::string, std::string>, size_t>& counts, const char* found) {
    Json out = Json::array();
    for (const auto& [key, n] : counts) out.push_back({{"label", key.first}, {found, key.second}, {"rows", n}});
    return out;
  };
  Json out = {{"rows", e.rows},
              {"controlled", ScoreJson(e.controlled)},
              {"verdicts", pairs(e.verdicts, "verdict")},
              {"lists", Json::array()}};
  for (const auto& [id, list] : e.lists) {
    Json categories = Json::array();
    for (const auto& [category, score] : list.categories) {
      Json one = {{"category", category}};
      one.update(ScoreJson(score));
      categories.push_back(std::move(one));
    }
    out["lists"].push_back({{"list", id},
                            {"flagged", ScoreJson(list.flagged)},
                            {"entries", ScoreJson(list.entries)},
                            {"categories", std::move(categories)},
                            {"confusion", pairs(list.confusion, "found")}});
  }
  return out;
}

struct Pairing {  // rows on which two taxonomies differ
  size_t mended = 0, broken = 0;
};
Pairing Pair(const Evaluation& now, const Evaluation& before) {
  Pairing out;
  for (size_t i = 0; i < std::min(now.right.size(), before.right.size()); ++i) {
    out.mended += now.right[i].second && before.right[i].first && !before.right[i].second;
    out.broken += before.right[i].second && now.right[i].first && !now.right[i].second;
  }
  return out;
}

// Two-sided exact sign test: how likely so lopsided a difference is if neither taxonomy is better.
double SignTest(const Pairing& p) {
  const size_t n = p.mended + p.broken, less = std::min(p.mended, p.broken);
  if (n == 0) return 1;
  double sum = 0;
  for (size_t k = 0; k <= less; ++k) {
    sum += std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(static_cast<double>(n - k) + 1.0) -
                    static_cast<double>(n) * std::log(2.0));
  }
  return std::min(1.0, 2 * sum);
}

std::string OneText(const Evaluation& e) {
  std::string out =
      Cat("rows with labels: ", e.rows,
          "\n                               tp      fp      fn   precision [95 % interval]   recall [95 % interval]\n");
  if (e.controlled.tp + e.controlled.fn + e.controlled.fp + e.controlled.tn > 0) {
    out += Line("controlled, any list", e.controlled);
    out +=
        Cat("  false positives ", Share(e.controlled.fp, e.controlled.fp + e.controlled.tn), " of uncontrolled rows\n");
    for (const auto& [key, n] : e.verdicts)
      out += Cat("  label ", key.first, ", strictest verdict ", key.second, ": ", n, "\n");
  }
  for (const auto& [id, list] : e.lists) {
    out += Line(id, list.flagged);
    out += Line("  entries", list.entries);
    for (const auto& [category, score] : list.categories) out += Line("  " + category, score);
    for (const auto& [key, n] : list.confusion) {
      if (key.first != key.second) out += Cat("    label ", key.first, ", best candidate ", key.second, ": ", n, "\n");
    }
  }
  return out;
}

}  // namespace

Interval Wilson(size_t hits, size_t of) {
  if (of == 0) return {};
  constexpr double z = 1.959963984540054;
  const auto n = static_cast<double>(of);
  const double p = static_cast<double>(hits) / n, z2 = z * z / n;
  const double middle = (p + z2 / 2) / (1 + z2), half = z * std::sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Evaluation Evaluate(const std::shared_ptr<const pack::Pack>& pack, std::span<const ItemRow> rows, int32_t as_of,
                    size_t threads) {
  std::vector<std::optional<ItemScanner>> scanners(compile::ThreadCount(threads));
  std::vector<Answer> answers(rows.size());
  compile::ParallelFor(rows.size(), threads, [&](size_t i, size_t thread) {
    if (!scanners[thread]) scanners[thread].emplace(pack, as_of);
    answers[i] = AnswerOf(*pack, scanners[thread]->Judge(rows[i]));
  });
  Evaluation out;
  Tally tally(out);
  for (size_t i = 0; i < rows.size(); ++i) tally.Add(rows[i], answers[i]);
  return out;
}

std::string EvaluationText(const Evaluation& evaluation, const Evaluation* other) {
  if (other == nullptr) return OneText(evaluation);
  const Pairing p = Pair(evaluation, *other);
  char line[160];
  std::snprintf(line, sizeof(line), "rows now right: %zu, now wrong: %zu (sign test: p = %.4f)\n", p.mended, p.broken,
                SignTest(p));
  return Cat("BEFORE\n", OneText(*other), "\nNOW\n", OneText(evaluation), "\n", line);
}

std::string EvaluationJson(const Evaluation& evaluation, const Evaluation* other) {
  Json out = OneJson(evaluation);
  if (other != nullptr) {
    const Pairing p = Pair(evaluation, *other);
    out["against"] = OneJson(*other);
    out["difference"] = {{"mended", p.mended}, {"broken", p.broken}, {"p", SignTest(p)}};
  }
  return out.dump(1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sekisho::workshop
