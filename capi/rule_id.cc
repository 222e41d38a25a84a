#include "capi/rule_id.h"

#include <sodium.h>

namespace sekisho::capi {

namespace {

using pack::Pack;

void Put(std::string& out, std::string_view word) {
  out += word;
  out += '\n';
}
void Put(std::string& out, int64_t number) { Put(out, std::to_string(number)); }

void PutTest(std::string& out, const Pack& p, const pack::MeasureTest& test) {
  Put(out, p.text(p.measures()[test.measure].id));
  Put(out, static_cast<int64_t>(test.op));
  Put(out, test.value.mantissa);
  Put(out, test.value.exponent);
  Put(out, p.text(p.units()[test.unit].id));
}

void PutCondition(std::string& out, const Pack& p, const pack::Condition& condition) {
  Put(out, condition.group);
  Put(out, static_cast<int64_t>(condition.kind));
  Put(out, condition.roles);
  if (condition.kind == pack::ConditionKind::kConcept) {
    for (const uint32_t id : p.ids(condition.ids)) Put(out, p.text(p.concepts()[id].id));
  } else if (condition.kind == pack::ConditionKind::kMeasure) {
    for (const auto& test : p.measure_tests().subspan(condition.ids.first, condition.ids.count)) PutTest(out, p, test);
  }
  Put(out, "");
}

}  // namespace

std::string RuleId(const Pack& p, const pack::Rule& rule) {
  std::string words;
  Put(words, static_cast<int64_t>(rule.verdict));
  Put(words, static_cast<int64_t>(rule.item_kind));
  Put(words, rule.from);
  Put(words, rule.to);
  for (const auto& c : p.conditions().subspan(rule.conditions.first, rule.conditions.count)) PutCondition(words, p, c);
  for (const uint32_t id : p.ids(rule.missing)) Put(words, p.text(p.facts()[id].id));
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(words.data()), words.size());
  constexpr size_t kBytes = 6;
  char hex[2 * kBytes + 1];
  sodium_bin2hex(hex, sizeof(hex), digest, kBytes);
  return hex;
}

}  // namespace sekisho::capi
