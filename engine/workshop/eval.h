// Measuring a taxonomy against labelled items: precision, recall and confusion, by list and by category, with
// intervals.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/pack/pack.h"
#include "engine/workshop/items.h"

namespace sekisho::workshop {

struct Interval {
  double low = 0, high = 1;
};
Interval Wilson(size_t hits, size_t of);  // 95 %

struct Score {
  size_t tp = 0, fp = 0, fn = 0, tn = 0;
  void Add(bool expected, bool found) { ++(expected ? (found ? tp : fn) : (found ? fp : tn)); }
};

// What is measured depends on the labels that there are:
//  label_controlled  yes, dual or no: whether anything is flagged in any list, and how strictly
//  us-usml, …        a list's id: the entries that the item falls under, with | between them; "-": none
struct Evaluation {
  size_t rows = 0;                                                 // with a label of either kind
  Score controlled;                                                // label_controlled yes or dual against no
  std::map<std::pair<std::string, std::string>, size_t> verdicts;  // label_controlled -> strictest verdict of all lists
  struct List {
    Score flagged;                            // any entry, against any entry
    Score entries;                            // every entry (tn: not counted)
    std::map<std::string, Score> categories;  // the item belongs there, against a flagged candidate there
    std::map<std::pair<std::string, std::string>, size_t>
        confusion;  // category of the first label -> of the best candidate
  };
  std::map<std::string, List> lists;
  std::vector<std::pair<bool, bool>> right;  // by row: labelled, and judged rightly in all that is labelled
};

Evaluation Evaluate(const std::shared_ptr<const pack::Pack>& pack, std::span<const ItemRow> rows, int32_t as_of,
                    size_t threads);

// `other`: a second taxonomy's evaluation of the same rows, or null.
std::string EvaluationText(const Evaluation& evaluation, const Evaluation* other);
std::string EvaluationJson(const Evaluation& evaluation, const Evaluation* other);

}  // namespace sekisho::workshop
