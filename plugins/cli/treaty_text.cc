// The what-if report as text for a terminal; the words that its other forms use, too.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "plugins/cli/text.h"
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

std::string Grouped(double value) {
  const std::string digits = std::to_string(static_cast<uint64_t>(std::llround(value)));
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

const char* ColumnFlag(int32_t flag) {
  static constexpr const char* kNames[] = {"-", "X", "X?", "?"};
  return kNames[flag >= 0 && flag <= SEKISHO_COLUMN_UNCLEAR ? flag : 0];
}

bool Differs(const ItemReport& item) {
  return item.under.size() == 2 && item.under[0].verdict != item.under[1].verdict;
}

std::string LawOf(const TreatyReport& r) {
  if (r.first_day.empty() || (r.first_day == r.as_of && r.last_day == r.as_of)) return "law as of " + r.as_of;
  if (r.first_day == r.last_day) return "law of the items' own day, " + r.first_day;
  return "law of each item's day, " + r.first_day + " to " + r.last_day;
}

namespace {

constexpr size_t kLabel = 64, kNumber = 9, kValue = 18, kMost = 20;

std::string Right(const std::string& text, size_t width) {
  return std::string(text.size() < width ? width - text.size() : 1, ' ') + text;
}

class TextReport {
 public:
  explicit TextReport(const TreatyReport& r) : r_(r) {}

  std::string Run() {
    out_ = "What " + r_.profiles[0].id + " would mean for the " + Grouped(static_cast<double>(r_.read.items)) +
           " items of " + r_.file + "\n";
    for (const ProfileReport& p : r_.profiles) {
      out_ += p.id + ": " + p.title + ", " + p.cite + "\n";
      if (!p.remark.empty()) out_ += "  " + p.remark + "\n";
    }
    out_ += LawOf(r_) + ", taxonomy " + r_.version + ", " + r_.digest.substr(0, 19) + "…\n\n";
    Totals();
    for (const ProfileReport& p : r_.profiles) Profile(p);
    if (r_.profiles.size() == 2) Compare();
    Notices();
    out_ +=
        "\nNo USML candidate found does not say that an item is on no list. What is not excluded still needs every "
        "condition verified by a\n"
        "person before any shipment without an individual licence.\n";
    return out_;
  }

 private:
  void Line(const std::string& label, const Amount& a) {
    out_ += Fit(label, kLabel) + Right(Grouped(static_cast<double>(a.items)), kNumber);
    if (r_.has_values) out_ += Right(Grouped(a.value), kValue);
    out_ += "\n";
  }

  void Totals() {
    const std::string value = r_.currency.empty() ? "value" : "value, " + r_.currency;
    out_ += Fit("", kLabel) + Right("items", kNumber) + (r_.has_values ? Right(value, kValue) : "") + "\n";
    Line("items read", r_.read);
    if (r_.errors > 0) out_ += "  of them with errors, not judged: " + std::to_string(r_.errors) + "\n";
    if ((r_.has_values || r_.bad_values > 0) && r_.without_value > 0) {
      out_ += "  of them without a value: " + std::to_string(r_.without_value) +
              (r_.bad_values > 0 ? " (" + std::to_string(r_.bad_values) + " that cannot be read)" : "") + "\n";
    }
    Line("today: a USML candidate, a licence or another authorization", r_.flagged);
  }

  void Profile(const ProfileReport& p) {
    out_ += "\nUnder " + p.id + (p.hypothetical ? " (hypothetical)" : "") + "\n";
    Line("  excluded: a licence as today", p.verdicts[SEKISHO_TREATY_EXCLUDED]);
    if (p.uncertain.items > 0) Line("    of them by a flag that is not certain", p.uncertain);
    Line("  undetermined: a fact is missing", p.verdicts[SEKISHO_TREATY_UNDETERMINED]);
    Line("  not excluded: no individual licence once all is verified", p.verdicts[SEKISHO_TREATY_NOT_EXCLUDED]);
    if (p.not_in_force.items > 0) Line("  not in force on the item's day: a licence as then", p.not_in_force);
    Destinations(p);
    List("Rows that exclude", p.rows, true);
    List("What would settle the undetermined", p.missing, false);
    List("To be verified for what is not excluded", p.conditions, false);
  }

  void List(const std::string& title, const std::vector<Ranked>& list, bool rows) {
    if (list.empty()) return;
    out_ += "\n" + Fit("  " + title, kLabel) + Right("items", kNumber) + (r_.has_values ? Right("value", kValue) : "") +
            (rows ? Right("alone", kNumber) : "") + "\n";
    for (size_t i = 0; i < std::min(list.size(), kMost); ++i) {
      const Ranked& r = list[i];
      std::string label =
          "  " + (rows ? Fit(r.id, 8) : std::string()) + r.text + (r.uncertain > 0 ? " [uncertain]" : "");
      out_ += Fit(label, kLabel) + Right(Grouped(static_cast<double>(r.amount.items)), kNumber);
      if (r_.has_values) out_ += Right(Grouped(r.amount.value), kValue);
      if (rows) out_ += Right(Grouped(static_cast<double>(r.alone.items)), kNumber);
      out_ += "\n";
    }
    if (list.size() > kMost)
      out_ += "  and " + std::to_string(list.size() - kMost) + " more (--output json shows all)\n";
  }

  // Where any destination is known.
  void Destinations(const ProfileReport& p) {
    if (std::all_of(p.destinations.begin(), p.destinations.end(), [](const auto& d) { return d.country.empty(); }))
      return;
    out_ += "\n" + Fit("  Destination", 20) + Right("excluded", 12) + Right("undetermined", 16) +
            Right("not excluded", 16) + Right(r_.has_values ? "value of these" : "", kValue) + "\n";
    for (const Destination& d : p.destinations) {
      out_ += Fit("  " + (d.country.empty() ? "not said" : d.country), 20);
      size_t width = 12;
      for (const int32_t v : {SEKISHO_TREATY_EXCLUDED, SEKISHO_TREATY_UNDETERMINED, SEKISHO_TREATY_NOT_EXCLUDED}) {
        out_ += Right(Grouped(static_cast<double>(d.verdicts[static_cast<size_t>(v)].items)), width);
        width = 16;
      }
      if (r_.has_values) out_ += Right(Grouped(d.verdicts[SEKISHO_TREATY_NOT_EXCLUDED].value), kValue);
      out_ += "\n";
    }
  }

  void Notices() {
    if (r_.notices.empty()) return;
    out_ += "\nNotices on the items\n";
    for (size_t i = 0; i < std::min(r_.notices.size(), kMost); ++i) {
      const Ranked& n = r_.notices[i];
      out_ += Right(Grouped(static_cast<double>(n.amount.items)), kNumber) + "  " + n.cite + ": " + n.text + "\n";
    }
    if (r_.notices.size() > kMost)
      out_ += "  and " + std::to_string(r_.notices.size() - kMost) + " more (--output json shows all)\n";
  }

  void Compare() {
    const std::string &a = r_.profiles[0].id, &b = r_.profiles[1].id;
    out_ += "\nRows that differ: " + a + " against " + b + "\n";
    if (r_.differences.empty()) out_ += "  none: both exclude by the same rows\n";
    size_t idle = 0;
    for (const RowDifference& d : r_.differences) {
      idle += d.items.items == 0;
      if (d.items.items == 0 && r_.differences.size() > kMost) continue;
      out_ += "  " + Fit(d.id, 8) + Fit(std::string(ColumnFlag(d.first)) + " / " + ColumnFlag(d.second), 9) +
              Fit(d.text, kLabel - 19) + Right(Grouped(static_cast<double>(d.items.items)), kNumber) +
              (r_.has_values ? Right(Grouped(d.items.value), kValue) : "") + "\n";
    }
    if (idle > 0 && r_.differences.size() > kMost)
      out_ += "  and " + std::to_string(idle) + " that change no item of the file (--output json shows all)\n";
    uint64_t changed = 0;
    for (const ItemReport& item : r_.items) {
      if (!Differs(item)) continue;
      if (++changed == 1) out_ += "\nItems that differ\n";
      if (changed > kMost) continue;
      out_ += "  " + Fit(item.id, 14) + Fit(item.text, 48) + " " + Fit(item.entry, 14) + " " +
              sekisho_treaty_verdict_name(item.under[0].verdict) + " / " +
              sekisho_treaty_verdict_name(item.under[1].verdict) + "\n";
    }
    if (changed > kMost) out_ += "  and " + std::to_string(changed - kMost) + " more\n";
  }

  const TreatyReport& r_;
  std::string out_;
};

}  // namespace

std::string TreatyText(const TreatyReport& report) { return TextReport(report).Run(); }

}  // namespace sekisho::cli
