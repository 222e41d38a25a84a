// The what-if report as JSON, schema 1.
#include <nlohmann/json.hpp>

#include "plugins/cli/treaty_report.h"

namespace sekisho::cli {

namespace {

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

void AddVerdicts(const std::array<Amount, kTreatyVerdicts>& verdicts, bool values, Json& out) {
  for (int32_t v = SEKISHO_TREATY_EXCLUDED; v <= SEKISHO_TREATY_NOT_APPLICABLE; ++v)
    out[sekisho_treaty_verdict_name(v)] = Of(verdicts[static_cast<size_t>(v)], values);
}

Json Of(const ProfileReport& p, bool values) {
  Json out = {{"treaty", p.id},
              {"title", p.title},
              {"title_ja", p.title_ja},
              {"cite", p.cite},
              {"hypothetical", p.hypothetical}};
  if (!p.remark.empty()) out["remark"] = p.remark;
  AddVerdicts(p.verdicts, values, out["verdicts"]);
  out["uncertain"] = Of(p.uncertain, values);
  out["not_in_force"] = Of(p.not_in_force, values);
  out["destinations"] = Json::array();
  for (const Destination& d : p.destinations) {
    Json one = {{"destination", d.country.empty() ? Json() : Json(d.country)}};
    AddVerdicts(d.verdicts, values, one);
    out["destinations"].push_back(std::move(one));
  }
  out["rows"] = Of(p.rows, "row", values);
  out["missing"] = Of(p.missing, "id", values);
  out["conditions"] = Of(p.conditions, "id", values);
  return out;
}

Json Of(const ItemReport& item, const TreatyReport& r) {
  Json out = {{"id", item.id}, {"text", item.text}, {"entry", item.entry}};
  out["as_of"] = item.as_of;
  if (!item.destination.empty()) out["destination"] = item.destination;
  if (!item.notices.empty()) out["notices"] = item.notices;
  if (r.has_values) out["value"] = item.value;
  for (size_t i = 0; i < item.under.size(); ++i) {
    const ItemReport::Under& u = item.under[i];
    Json one = {
        {"treaty", r.profiles[i].id}, {"verdict", sekisho_treaty_verdict_name(u.verdict)}, {"uncertain", u.uncertain}};
    one["row"] = u.row.empty() ? Json() : Json(u.row);
    if (!u.missing.empty()) one["missing"] = u.missing;
    out["treaties"].push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string TreatyJson(const TreatyReport& r) {
  Json out = {{"schema", 1},
              {"file", r.file},
              {"as_of", r.as_of},
              {"days", {r.first_day, r.last_day}},
              {"taxonomy", {{"version", r.version}, {"digest", r.digest}}}};
  out["read"] = Of(r.read, r.has_values);
  out["errors"] = r.errors;
  out["without_value"] = r.without_value;
  out["bad_values"] = r.bad_values;
  if (!r.currency.empty()) out["currency"] = r.currency;
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
  out["notices"] = Json::array();
  for (const Ranked& n : r.notices) {
    Json one = {{"id", n.cite}, {"en", n.text}, {"ja", n.text_ja}};
    one.update(Of(n.amount, r.has_values));
    out["notices"].push_back(std::move(one));
  }
  out["items"] = Json::array();
  for (const ItemReport& item : r.items) out["items"].push_back(Of(item, r));
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sekisho::cli
