// What accessors and JSON share: the copy of the item, the words for what is missing.
#include <iterator>
#include <string>

#include "capi/dates.h"
#include "capi/result.h"
#include "capi/rule_id.h"

namespace sekisho::capi {

void Forget(sekisho_result& result) {
  result.found = nullptr;
  result.has_json = false;
  result.as_of.clear();
  result.head_words = {};
}

void KeepItem(sekisho_result& result, std::string_view id, Item& item) {
  std::string& text = result.item_text;
  std::string_view* const views[] = {&item.description, &item.part_number, &item.nsn, &item.manufacturer};
  size_t size = id.size();
  for (const std::string_view* view : views) size += view->size();
  for (const Attribute& a : result.attributes) size += a.name.size() + a.quantity.size();
  text.clear();
  text.reserve(size);  // no append below moves what the views point to
  const auto keep = [&text](std::string_view& view) {
    const size_t begin = text.size();
    text += view;
    view = std::string_view(text.data() + begin, view.size());
  };
  keep(id);
  result.id = id;
  for (size_t i = 0; i < std::size(views); ++i) {
    keep(*views[i]);
    result.fields[i] = *views[i];
  }
  for (Attribute& a : result.attributes) {
    keep(a.name);
    keep(a.quantity);
  }
  item.attributes = result.attributes;
}

int32_t VerdictOf(decide::Verdict verdict) { return static_cast<int32_t>(verdict) + 1; }
static_assert(static_cast<int32_t>(decide::Verdict::kMatch) + 1 == SEKISHO_MATCH);
static_assert(static_cast<int32_t>(decide::Verdict::kNoMatch) + 1 == SEKISHO_NO_MATCH);

uint32_t FlagsOf(const pack::Entry& entry) {
  return (entry.flags & pack::kEntrySme ? SEKISHO_FLAG_SME : 0) | (entry.flags & pack::kEntryMt ? SEKISHO_FLAG_MT : 0);
}

std::string_view EvidenceText(const sekisho_result& result, const decide::Evidence& evidence) {
  std::string_view field;
  if (evidence.field == decide::Field::kAttributes) {  // its bytes are those of the quantity
    const pack::Pack& p = *result.taxonomy->pack;
    for (const Attribute& a : result.attributes) {
      if (evidence.measure != pack::kNone && p.text(p.measures()[evidence.measure].id) == a.name) field = a.quantity;
    }
  } else {
    field = result.fields[static_cast<size_t>(evidence.field)];
  }
  if (evidence.begin > evidence.end || evidence.end > field.size()) return {};
  return field.substr(evidence.begin, evidence.end - evidence.begin);
}

namespace {

// 127 and -1: "12.7"; large powers as "3e+20".
std::string DecimalText(const pack::Decimal& d) {
  std::string digits = std::to_string(d.mantissa);
  if (d.exponent > 12 || d.exponent < -18) return digits + "e" + std::to_string(d.exponent);
  if (d.exponent >= 0) return d.mantissa == 0 ? digits : digits + std::string(static_cast<size_t>(d.exponent), '0');
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  const size_t decimals = static_cast<size_t>(-d.exponent);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, ".");
  return (negative ? "-" : "") + digits;
}

sekisho_result::Words MeasureWords(const pack::Pack& p, const pack::MeasureTest& test) {
  struct Sign {
    const char *en, *ja_before, *ja_after;
  };
  static constexpr Sign kSigns[] = {{"<", "", " 未満"},  {"<=", "", " 以下"}, {">", "", " 超"},
                                    {">=", "", " 以上"}, {"=", "= ", ""},     {"about", "約 ", ""}};
  const Sign& sign = kSigns[static_cast<size_t>(test.op)];
  const pack::Measure& measure = p.measures()[test.measure];
  const std::string quantity = DecimalText(test.value) + " " + std::string(p.text(p.units()[test.unit].id));
  return {std::string(p.text(measure.label_en)) + " (" + sign.en + " " + quantity + ")",
          std::string(p.text(measure.label_ja)) + "（" + sign.ja_before + quantity + sign.ja_after + "）"};
}

}  // namespace

namespace {
Missing MissingOf(const sekisho_result& result, const decide::Row<uint32_t>& facts,
                  const decide::Row<uint32_t>& measures, size_t index) {
  const pack::Pack& p = *result.taxonomy->pack;
  if (index < facts.size()) {
    const pack::Fact& fact = p.facts()[facts[index]];
    return {p.text(fact.id), p.text(fact.en), p.text(fact.ja)};
  }
  const uint32_t test = measures[index - facts.size()];
  const pack::MeasureTest& measure_test = p.measure_tests()[test];
  auto words = result.measure_words.find(test);
  if (words == result.measure_words.end())
    words = result.measure_words.emplace(test, MeasureWords(p, measure_test)).first;
  return {p.text(p.measures()[measure_test.measure].id), words->second.en, words->second.ja};
}

// The word that the line's meaning hangs on, in the caller's spelling.
Missing UnknownHead(const sekisho_result& result) {
  sekisho_result::Words& words = result.head_words;
  if (words.en.empty()) {
    const std::string word(EvidenceText(result, result.found->unknown_head));
    words = {"what \"" + word + "\" is: a form or a name of the thing before it, or a thing of its own",
             "「" + word + "」の意味（前の語が表す品目の形状・名称か、別の物品か）"};
  }
  return {"unknown-head", words.en, words.ja};
}
}  // namespace

Missing MissingAt(const sekisho_result& result, const decide::Candidate& candidate, size_t index) {
  if (candidate.doubts_head && index-- == 0) return UnknownHead(result);
  return MissingOf(result, candidate.missing_facts, candidate.missing_measures, index);
}
Missing MissingAt(const sekisho_result& result, const decide::TreatyFinding& treaty, size_t index) {
  return MissingOf(result, treaty.missing_facts, treaty.missing_measures, index);
}

std::string_view RuleIdOf(const sekisho_result& result, uint32_t rule) {
  auto id = result.rule_ids.find(rule);
  if (id == result.rule_ids.end()) {
    const pack::Pack& p = *result.taxonomy->pack;
    id = result.rule_ids.emplace(rule, RuleId(p, p.rules()[rule])).first;
  }
  return id->second;
}

std::string_view AsOf(const sekisho_result& result) {
  if (result.as_of.empty()) result.as_of = FormatDate(result.found->as_of);
  return result.as_of;
}

}  // namespace sekisho::capi
