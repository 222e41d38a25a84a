// The what-if report as one HTML page: no network, no script; charts are SVG inside it; it prints on paper.
#include <algorithm>
#include <cmath>

#include "engine/workshop/html.h"
#include "plugins/cli/text.h"
#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

namespace {

constexpr const char* kColors[] = {"#5b6470", "#b3423a", "#c99a2e",
                                   "#2f6f9f"};  // none, excluded, undetermined, not excluded
constexpr const char* kLabels[] = {"", "excluded", "undetermined", "not excluded"};
constexpr size_t kBars = 15, kItems = 1000;

std::string Escaped(std::string_view text) { return workshop::Escaped(Repaired(text)); }
std::string Count(uint64_t n) { return Grouped(static_cast<double>(n)); }
std::string Pixels(double v) { return std::to_string(std::round(v * 10) / 10).substr(0, 7); }

class Page {
 public:
  explicit Page(const TreatyReport& r) : r_(r) {}

  std::string Run() {
    const ProfileReport& p = r_.profiles[0];
    Put("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<title>" +
        Escaped(p.id) + ": " + Escaped(r_.file) + "</title>\n" + kTreatyStyle + "\n</head><body>\n");
    Put("<h1>What " + Escaped(p.id) + " would mean for " + Count(r_.read.items) + " items</h1>\n<p class=\"sub\">" +
        Escaped(r_.file) + " · " + Escaped(p.title) + " / " + Escaped(p.title_ja) + " · " + Escaped(LawOf(r_)) +
        "</p>\n");
    NotCounted();
    for (const ProfileReport& one : r_.profiles) {
      if (!one.remark.empty())
        Put("<p class=\"warn\"><b>" + Escaped(one.id) + "</b> " + Escaped(one.remark) + "<br>" +
            Escaped(one.remark_ja) + "</p>\n");
    }
    Tiles(p);
    Shares();
    for (const ProfileReport& one : r_.profiles) Profile(one);
    if (r_.profiles.size() == 2) Compare();
    Notices();
    Items();
    Put("<footer><p>No USML candidate found does not say that an item is on no list. What is not excluded still needs "
        "every condition verified by a person "
        "before any shipment without an individual licence. Uncertain flags of the source count as "
        "excluded.</p><p>Sekisho " +
        Escaped(sekisho_version()) + ", taxonomy " + Escaped(r_.version) + ", " + Escaped(r_.digest) +
        ".</p></footer>\n</body></html>\n");
    return out_;
  }

 private:
  void Put(const std::string& html) { out_ += html; }

  void Tile(const char* kind, const Amount& a, const std::string& label) {
    Put("<div class=\"tile " + std::string(kind) + "\"><b>" + Count(a.items) + "</b>" +
        (r_.has_values ? Escaped(r_.currency.empty() ? "value" : r_.currency) + " " + Grouped(a.value) + "<br>"
                       : std::string()) +
        "<span>" + label + "</span></div>\n");
  }

  // What is in no figure.
  void NotCounted() {
    std::string words;
    if (r_.errors > 0) words += Count(r_.errors) + " items with errors were not judged. ";
    if ((r_.has_values || r_.bad_values > 0) && r_.without_value > 0) {
      words += Count(r_.without_value) + " items have no value" +
               (r_.bad_values > 0 ? ", " + Count(r_.bad_values) + " of them one that cannot be read" : "") + ".";
    }
    if (!words.empty()) Put("<p class=\"warn\">" + words + "</p>\n");
  }

  void Tiles(const ProfileReport& p) {
    Put("<div class=\"tiles\">\n");
    Tile("", r_.flagged, "today: USML candidates, each a licence or another authorization");
    Tile("n", p.verdicts[SEKISHO_TREATY_NOT_EXCLUDED], "not excluded: no individual licence once all is verified");
    Tile("x", p.verdicts[SEKISHO_TREATY_EXCLUDED], "excluded by a row: a licence as today");
    Tile("u", p.verdicts[SEKISHO_TREATY_UNDETERMINED], "undetermined: a fact is missing");
    Put("</div>\n");
  }

  // One bar of a stacked chart: the shares of the three verdicts, or of today.
  void Bar(double y, const std::string& label, const double (&parts)[4], double whole) {
    constexpr double kLeft = 230, kWidth = 790;
    Put("<text x=\"0\" y=\"" + Pixels(y + 20) + "\">" + Escaped(label) + "</text>");
    double x = kLeft;
    for (size_t i = 0; i < 4; ++i) {
      const double w = whole > 0 ? parts[i] / whole * kWidth : 0;
      if (w <= 0) continue;
      Put("<rect x=\"" + Pixels(x) + "\" y=\"" + Pixels(y) + "\" width=\"" + Pixels(w) + "\" height=\"28\" fill=\"" +
          kColors[i] + "\"/>");
      if (w > 46) {
        const double percent = parts[i] / whole * 100;
        Put("<text x=\"" + Pixels(x + w / 2) + "\" y=\"" + Pixels(y + 19) +
            "\" text-anchor=\"middle\" style=\"fill:#fff\">" + Grouped(percent) + " %</text>");
      }
      x += w;
    }
    Put("\n");
  }

  void Shares() {
    const size_t groups = r_.has_values ? 2 : 1;
    const double height =
        static_cast<double>(groups * (1 + r_.profiles.size())) * 38 + static_cast<double>(groups - 1) * 16 + 4;
    Put("<h2>USML candidates, today and under the profile</h2>\n<div class=\"key\"><span><i "
        "style=\"background:#5b6470\"></i>a licence or another "
        "authorization, as today</span>");
    for (size_t i = 1; i < 4; ++i)
      Put("<span><i style=\"background:" + std::string(kColors[i]) + "\"></i>" + kLabels[i] + "</span>");
    Put("</div>\n<svg viewBox=\"0 0 1020 " + Pixels(height) +
        "\" role=\"img\" aria-label=\"Shares of the verdicts\">\n");
    double y = 2;
    for (size_t g = 0; g < groups; ++g) {
      const auto amount = [&](const Amount& a) { return g == 0 ? static_cast<double>(a.items) : a.value; };
      const std::string unit = g == 0 ? "items" : "value";
      Bar(y, "today, by " + unit, {amount(r_.flagged), 0, 0, 0}, amount(r_.flagged));
      for (const ProfileReport& p : r_.profiles) {
        y += 38;
        Bar(y, p.id + ", by " + unit,
            {amount(p.not_in_force), amount(p.verdicts[SEKISHO_TREATY_EXCLUDED]),
             amount(p.verdicts[SEKISHO_TREATY_UNDETERMINED]), amount(p.verdicts[SEKISHO_TREATY_NOT_EXCLUDED])},
            amount(r_.flagged));
      }
      y += 54;
    }
    Put("</svg>\n");
  }

  // Horizontal bars, the most items first: long labels above their bar.
  void Ranking(const std::vector<Ranked>& list, const char* color, bool ids) {
    if (list.empty()) return Put("<p class=\"sub\">None.</p>\n");
    const size_t n = std::min(list.size(), kBars);
    Put("<svg viewBox=\"0 0 1020 " + std::to_string(n * 44 + 4) + "\" role=\"img\" aria-label=\"Ranking\">\n");
    const double most = static_cast<double>(list.front().amount.items);
    for (size_t i = 0; i < n; ++i) {
      const Ranked& r = list[i];
      const double y = static_cast<double>(i) * 44;
      const double w = std::max(3.0, static_cast<double>(r.amount.items) / most * 780);
      const std::string label = (ids ? r.id + "  " : "") + r.text + (r.uncertain > 0 ? "  (uncertain)" : "");
      Put("<text x=\"0\" y=\"" + Pixels(y + 14) + "\">" + Escaped(label) + "</text><rect x=\"0\" y=\"" +
          Pixels(y + 19) + "\" width=\"" + Pixels(w) + "\" height=\"14\" fill=\"" + color + "\"" +
          (r.uncertain > 0 ? " fill-opacity=\".55\"" : "") + "/><text x=\"" + Pixels(w + 8) + "\" y=\"" +
          Pixels(y + 31) + "\">" + Count(r.amount.items) + (r_.has_values ? "  ·  " + Grouped(r.amount.value) : "") +
          "</text>\n");
    }
    Put("</svg>\n");
  }

  void Profile(const ProfileReport& p) {
    Put("<h2>" + Escaped(p.id) + (p.hypothetical ? " (hypothetical)" : "") + "</h2>\n<p class=\"sub\">" +
        Escaped(p.title) + " / " + Escaped(p.title_ja) + ", " + Escaped(p.cite) +
        "</p>\n<h3>Rows that exclude, by items" + (r_.has_values ? " · value" : "") + "</h3>\n");
    Ranking(p.rows, kColors[1], true);
    RowTable(p);
    Put("<h3>What would settle the undetermined</h3>\n");
    Ranking(p.missing, kColors[2], false);
    Destinations(p);
    if (p.conditions.empty()) return;
    Put("<h3>To be verified by a person for what is not "
        "excluded</h3>\n<table><thead><tr><th>Condition</th><th></th><th class=\"r\">Items</th></tr></thead>\n");
    for (const Ranked& c : p.conditions) {
      Put("<tr><td style=\"white-space:normal\">" + Escaped(c.text) + "</td><td>" + Escaped(c.text_ja) +
          "</td><td class=\"r\">" + Count(c.amount.items) + "</td></tr>\n");
    }
    Put("</table>\n");
  }

  void Destinations(const ProfileReport& p) {
    if (std::all_of(p.destinations.begin(), p.destinations.end(), [](const auto& d) { return d.country.empty(); }))
      return;
    Put("<h3>By destination</h3>\n<table><thead><tr><th>Destination</th>");
    for (size_t v = 1; v < 4; ++v) Put("<th class=\"r\">" + std::string(kLabels[v]) + "</th>");
    Put(std::string(r_.has_values ? "<th class=\"r\">value not excluded</th>" : "") + "</tr></thead>\n");
    for (const Destination& d : p.destinations) {
      Put("<tr><td>" + (d.country.empty() ? "not said" : Escaped(d.country)) + "</td>");
      for (size_t v = 1; v < 4; ++v) Put("<td class=\"r\">" + Count(d.verdicts[v].items) + "</td>");
      if (r_.has_values) Put("<td class=\"r\">" + Grouped(d.verdicts[SEKISHO_TREATY_NOT_EXCLUDED].value) + "</td>");
      Put("</tr>\n");
    }
    Put("</table>\n");
  }

  void Notices() {
    if (r_.notices.empty()) return;
    Put("<h2>Notices on the items</h2>\n<table><thead><tr><th class=\"r\">Items</th><th>Notice</th><th></th></tr>"
        "</thead>\n");
    for (const Ranked& n : r_.notices) {
      Put("<tr><td class=\"r\">" + Count(n.amount.items) + "</td><td>" + Escaped(n.text) + "</td><td>" +
          Escaped(n.text_ja) + "</td></tr>\n");
    }
    Put("</table>\n");
  }

  void RowTable(const ProfileReport& p) {
    if (p.rows.empty()) return;
    Put("<table><thead><tr><th>Row</th><th>What it excludes</th><th>Source</th><th class=\"r\">Items</th><th "
        "class=\"r\">Alone</th>" +
        std::string(r_.has_values ? "<th class=\"r\">Value</th><th class=\"r\">Alone</th>" : "") + "</tr></thead>\n");
    for (const Ranked& r : p.rows) {
      Put("<tr><td>" + Escaped(r.id) + "</td><td>" + Escaped(r.text) + "<br>" + Escaped(r.text_ja) +
          (r.uncertain > 0 ? " <i>(uncertain)</i>" : "") + "</td><td>" + Escaped(r.cite) + "</td><td class=\"r\">" +
          Count(r.amount.items) + "</td><td class=\"r\">" + Count(r.alone.items) + "</td>" +
          (r_.has_values ? "<td class=\"r\">" + Grouped(r.amount.value) + "</td><td class=\"r\">" +
                               Grouped(r.alone.value) + "</td>"
                         : "") +
          "</tr>\n");
    }
    Put("</table>\n");
  }

  void Compare() {
    const std::string a = Escaped(r_.profiles[0].id), b = Escaped(r_.profiles[1].id);
    Put("<h2>Row by row: " + a + " against " + b + "</h2>\n");
    if (r_.differences.empty()) return Put("<p>No row differs: both exclude by the same rows.</p>\n");
    Put("<table><thead><tr><th>Row</th><th>What it excludes</th><th>" + a + "</th><th>" + b +
        "</th><th class=\"r\">Items that change</th></tr></thead>\n");
    for (const RowDifference& d : r_.differences) {
      Put("<tr><td>" + Escaped(d.id) + "</td><td>" + Escaped(d.text) + "</td><td>" + ColumnFlag(d.first) + "</td><td>" +
          ColumnFlag(d.second) + "</td><td class=\"r\">" + Count(d.items.items) + "</td></tr>\n");
    }
    Put("</table>\n");
    const auto changed = static_cast<uint64_t>(std::count_if(r_.items.begin(), r_.items.end(), Differs));
    Put("<p>" + Count(changed) + (changed == 1 ? " item has" : " items have") +
        " another verdict under the other profile; the last table marks them with ●.</p>\n");
  }

  void Items() {
    Put("<h2>The items</h2>\n<table><thead><tr><th>Item</th><th>Text</th><th>Entry</th>");
    if (r_.has_values) Put("<th class=\"r\">Value</th>");
    for (const ProfileReport& p : r_.profiles) Put("<th>" + Escaped(p.id) + "</th>");
    Put("</tr></thead>\n");
    for (size_t i = 0; i < std::min(r_.items.size(), kItems); ++i) {
      const ItemReport& item = r_.items[i];
      Put("<tr><td>" + std::string(Differs(item) ? "● " : "") + Escaped(item.id) + "</td><td>" + Escaped(item.text) +
          "</td><td>" + Escaped(item.entry) + "</td>");
      if (r_.has_values) Put("<td class=\"r\">" + Grouped(item.value) + "</td>");
      for (const ItemReport::Under& u : item.under) {
        Put("<td><span class=\"v" + std::to_string(u.verdict) + "\">" +
            (u.not_in_force ? "not in force" : sekisho_treaty_verdict_name(u.verdict)) + "</span>" +
            (u.row.empty()
                 ? ""
                 : "<br>" + Escaped(u.row) + " " + Escaped(u.row_text) + (u.uncertain ? " (uncertain)" : "")) +
            (u.missing.empty() ? "" : "<br>" + Escaped(u.missing)) + "</td>");
      }
      Put("</tr>\n");
    }
    Put("</table>\n");
    if (r_.items.size() > kItems)
      Put("<p class=\"sub\">and " + Count(r_.items.size() - kItems) + " more (--output json shows all).</p>\n");
  }

  const TreatyReport& r_;
  std::string out_;
};

}  // namespace

std::string TreatyHtml(const TreatyReport& report) { return Page(report).Run(); }

}  // namespace sekisho::cli
