// Records of a pack in the words of the source, for people and for comparing packs with different indices.
#pragma once

#include <string>
#include <string_view>

#include "engine/pack/pack.h"
#include "nlohmann/json.hpp"

namespace sekisho::workshop {

using Json = nlohmann::ordered_json;

std::string Concept(const pack::Pack& pack, uint32_t id);  // "@night-vision-goggle"
std::string_view Designator(const pack::Pack& pack, uint32_t entry);
std::string_view ListId(const pack::Pack& pack, uint32_t list);
std::string DecimalText(const pack::Decimal& value);                            // "12.7"
std::string Comparison(const pack::Pack& pack, const pack::MeasureTest& test);  // ">= 350 uA/lm"
std::string Date(int32_t days);                                                 // "2025-09-15"; "" for an open end
Json Effective(int32_t from, int32_t to);                                       // null, or two dates

// The rule as an author would write it: {"is": ["@a", "@b"], "measure": {…}, "unless": […]}.
Json RuleJson(const pack::Pack& pack, const pack::Rule& rule);
std::string RuleText(const pack::Pack& pack, uint32_t rule);
// "us-usml XII(c)(2), rule 3": the rule's place among its entry's.
std::string RuleName(const pack::Pack& pack, uint32_t rule);

// The part of a list that an entry belongs to: XII of XII(c)(2), 0A of 0A501.a, 10 of 10(4).
std::string Category(std::string_view list, std::string_view designator);

}  // namespace sekisho::workshop
