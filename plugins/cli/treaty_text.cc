// The what-if report as text for a terminal, and as JSON.
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

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
    out_ += "Law as of " + r_.as_of + ", taxonomy " + r_.version + ", " + r_.digest.substr(0, 19) + "…\n\n";
    Totals();
    for (const ProfileReport& p : r_.profiles) Profile(p);
    if (r_.profiles.size() == 2) Compare();
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
    out_ += Fit("", kLabel) + Right("items", kNumber) + (r_.has_values ? Right(Fit("value", 5), kValue) : "") + "\n";
    Line("items read", r_.read);
    if (r_.errors > 0) out_ += "  of them with errors, not judged: " + std::to_string(r_.errors) + "\n";
    if (r_.has_values && r_.without_value > 0)
      out_ += "  of them without a value: " + std::to_string(r_.without_value) + "\n";
    Line("today: a USML candidate, a licence or another authorization", r_.flagged);
  }

  void Profile(const ProfileReport& p) {
    out_ += "\nUnder " + p.id + (p.hypothetical ? " (hypothetical)" : "") + "\n";
    Line("  excluded: a licence as today", p.verdicts[SEKISHO_TREATY_EXCLUDED]);
    if (p.uncertain.items > 0) Line("    of them by a flag that is not certain", p.uncertain);
    Line("  undetermined: a fact is missing", p.verdicts[SEKISHO_TREATY_UNDETERMINED]);
    Line("  not excluded: no individual licence once all is verified", p.verdicts[SEKISHO_TREATY_NOT_EXCLUDED]);
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
      if (item.under.size() < 2 || item.under[0].verdict == item.under[1].verdict) continue;
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

using Json = nlohmann::ordered_json;

Json Of(const Amount& a, bool values) {
  Json out = {{"items", a.items}};
  if (values) out["value"] = a.value;
  return out;
}

Json Of(const std::vector<Ranked>& list, const char* key, bool values) {
  Json out = Json::array();
  for (const Ranked& r : list) {
    Json one = {{key, r.id}, {"en", r.text}, {"ja", r.text_ja}};
    one.update(Of(r.amount, values));
    if (!r.cite.empty()) one.update(Json{{"cite", r.cite}, {"alone", Of(r.alone, values)}, {"uncertain", r.uncertain}});
    out.push_back(std::move(one));
  }
  return out;
}

Json Of(const ProfileReport& p, bool values) {
  Json out = {{"treaty", p.id},
              {"title", p.title},
              {"title_ja", p.title_ja},
              {"cite", p.cite},
              {"hypothetical", p.hypothetical}};
  if (!p.remark.empty()) out["remark"] = p.remark;
  for (int32_t v = SEKISHO_TREATY_EXCLUDED; v <= SEKISHO_TREATY_NOT_APPLICABLE; ++v) {
    out["verdicts"][sekisho_treaty_verdict_name(v)] = Of(p.verdicts[static_cast<size_t>(v)], values);
  }
  out["uncertain"] = Of(p.uncertain, values);
  out["rows"] = Of(p.rows, "row", values);
  out["missing"] = Of(p.missing, "id", values);
  out["conditions"] = Of(p.conditions, "id", values);
  return out;
}

Json Of(const ItemReport& item, const TreatyReport& r) {
  Json out = {{"id", item.id}, {"text", item.text}, {"entry", item.entry}};
  if (r.has_values) out["value"] = item.value;
  for (size_t i = 0; i < item.under.size(); ++i) {
    const ItemReport::Under& u = item.under[i];
    Json one = {
        {"treaty", r.profiles[i].id}, {"verdict", sekisho_treaty_verdict_name(u.verdict)}, {"uncertain", u.uncertain}};
    one["row"] = u.row.empty() ? Json() : Json(u.row);
    out["treaties"].push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string TreatyText(const TreatyReport& report) { return TextReport(report).Run(); }

std::string TreatyJson(const TreatyReport& r) {
  Json out = {{"schema", 1},
              {"file", r.file},
              {"as_of", r.as_of},
              {"taxonomy", {{"version", r.version}, {"digest", r.digest}}}};
  out["read"] = Of(r.read, r.has_values);
  out["errors"] = r.errors;
  out["today"] = Of(r.flagged, r.has_values);
  for (const ProfileReport& p : r.profiles) out["profiles"].push_back(Of(p, r.has_values));
  if (r.profiles.size() == 2) {
    out["differences"] = Json::array();
    for (const RowDifference& d : r.differences) {
      Json one = {{"row", d.id},
                  {"en", d.text},
                  {r.profiles[0].id, ColumnFlag(d.first)},
                  {r.profiles[1].id, ColumnFlag(d.second)}};
      one.update(Of(d.items, r.has_values));
      out["differences"].push_back(std::move(one));
    }
  }
  out["items"] = Json::array();
  for (const ItemReport& item : r.items) out["items"].push_back(Of(item, r));
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sekisho::cli
