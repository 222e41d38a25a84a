#include "engine/workshop/render.h"

#include <chrono>
#include <cstdio>
#include <vector>

#include "engine/compile/strings.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

const char* OperatorText(pack::Comparator op) {
  switch (op) {
    case pack::Comparator::kLess:
      return "<";
    case pack::Comparator::kLessEqual:
      return "<=";
    case pack::Comparator::kGreater:
      return ">";
    case pack::Comparator::kGreaterEqual:
      return ">=";
    case pack::Comparator::kEqual:
    case pack::Comparator::kAbout:
      return "=";
  }
  return "?";
}

const char* RoleKey(uint8_t roles) { return roles == pack::kRoleIs ? "is" : roles == pack::kRoleFor ? "for" : "has"; }

// The conditions of one group, as an object. A key that is taken already goes into "all".
Json Conditions(const pack::Pack& pack, const pack::Rule& rule, uint8_t group) {
  Json out = Json::object(), all = Json::array();
  for (const pack::Condition& c : pack.conditions().subspan(rule.conditions.first, rule.conditions.count)) {
    if (c.group != group) continue;
    std::string key;
    Json value;
    if (c.kind == pack::ConditionKind::kAnyGoods) {
      key = "is", value = "*";
    } else if (c.kind == pack::ConditionKind::kConcept) {
      key = RoleKey(c.roles), value = Json::array();
      for (const uint32_t id : pack.ids(c.ids)) value.push_back(Concept(pack, id));
      if (value.size() == 1) value = Json(value[0]);
    } else {
      key = "measure", value = Json::object();
      for (const pack::MeasureTest& test : pack.measure_tests().subspan(c.ids.first, c.ids.count)) {
        Json& slot = value[std::string(pack.text(pack.measures()[test.measure].id))];
        if (slot.is_null()) {
          slot = Comparison(pack, test);
        } else {
          if (!slot.is_array()) slot = Json::array({slot});
          slot.push_back(Comparison(pack, test));
        }
      }
    }
    if (out.contains(key))
      all.push_back({{key, value}});
    else
      out[key] = value;
  }
  if (!all.empty()) out["all"] = all;
  return out;
}

}  // namespace

std::string Concept(const pack::Pack& pack, uint32_t id) { return Cat("@", pack.text(pack.concepts()[id].id)); }

std::string_view Designator(const pack::Pack& pack, uint32_t entry) {
  return pack.text(pack.entries()[entry].designator);
}

std::string_view ListId(const pack::Pack& pack, uint32_t list) { return pack.text(pack.lists()[list].id); }

std::string DecimalText(const pack::Decimal& value) {
  std::string digits = std::to_string(value.mantissa);
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (value.exponent > 12 || value.exponent < -12) return Cat(negative ? "-" : "", digits, "e", value.exponent);
  if (value.exponent >= 0) {
    if (value.mantissa != 0) digits.append(static_cast<size_t>(value.exponent), '0');
  } else {
    const auto places = static_cast<size_t>(-value.exponent);
    if (digits.size() <= places) digits.insert(0, places - digits.size() + 1, '0');
    digits.insert(digits.size() - places, ".");
  }
  return Cat(negative ? "-" : "", digits);
}

std::string Comparison(const pack::Pack& pack, const pack::MeasureTest& test) {
  const std::string_view unit = pack.text(pack.units()[test.unit].id);
  return Cat(OperatorText(test.op), " ", DecimalText(test.value), unit.empty() ? "" : " ", unit);
}

std::string Date(int32_t days) {
  if (days == pack::kOpenFrom || days == pack::kOpenTo) return "";
  const std::chrono::year_month_day d{std::chrono::sys_days(std::chrono::days(days))};
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", static_cast<int>(d.year()), static_cast<unsigned>(d.month()),
                static_cast<unsigned>(d.day()));
  return text;
}

Json Effective(int32_t from, int32_t to) {
  if (from == pack::kOpenFrom && to == pack::kOpenTo) return nullptr;
  const auto end = [](int32_t days) { return Date(days).empty() ? Json(nullptr) : Json(Date(days)); };
  return Json::array({end(from), end(to)});
}

Json RuleJson(const pack::Pack& pack, const pack::Rule& rule) {
  static constexpr const char* kVerdicts[] = {"match", "possible", "catch_all", "excluded"};
  static constexpr const char* kKinds[] = {"goods", "technology", "software", "service"};
  Json out = Conditions(pack, rule, 0);
  uint8_t groups = 0;
  for (const pack::Condition& c : pack.conditions().subspan(rule.conditions.first, rule.conditions.count))
    groups = std::max(groups, c.group);
  if (groups > 0) {
    Json unless = Json::array();
    for (uint32_t group = 1; group <= groups; ++group)
      unless.push_back(Conditions(pack, rule, static_cast<uint8_t>(group)));
    out["unless"] = unless.size() == 1 ? Json(unless[0]) : unless;
  }
  if (rule.verdict != pack::RuleVerdict::kMatch) out["as"] = kVerdicts[static_cast<size_t>(rule.verdict)];
  for (const uint32_t fact : pack.ids(rule.missing)) out["missing"].push_back(pack.text(pack.facts()[fact].id));
  if (rule.item_kind != pack::ItemKind::kGoods) out["kind"] = kKinds[static_cast<size_t>(rule.item_kind)];
  if (rule.clause.size > 0) out["clause"] = pack.text(rule.clause);
  if (rule.note.size > 0) out["note"] = pack.text(rule.note);
  if (Json dates = Effective(rule.from, rule.to); !dates.is_null()) out["effective"] = std::move(dates);
  return out;
}

std::string RuleText(const pack::Pack& pack, uint32_t rule) { return RuleJson(pack, pack.rules()[rule]).dump(); }

std::string RuleName(const pack::Pack& pack, uint32_t rule) {
  const uint32_t entry = pack.rules()[rule].entry;
  if (entry == pack::kNone) return Cat("rule ", rule);
  uint32_t first = rule;
  while (first > 0 && pack.rules()[first - 1].entry == entry) --first;
  return Cat(ListId(pack, pack.entries()[entry].list), " ", Designator(pack, entry), ", rule ", rule - first + 1);
}

std::string Category(std::string_view list, std::string_view designator) {
  if (list == "us-ccl") return std::string(designator.substr(0, 2));
  return std::string(designator.substr(0, designator.find('(')));
}

}  // namespace sekisho::workshop
