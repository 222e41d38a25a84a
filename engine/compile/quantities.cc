// units.json, measures.json and comparators.json.
#include <array>

#include "engine/compile/grammar.h"
#include "engine/compile/numbers.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

void AddPhrases(Build& b, const Node& owner, std::initializer_list<std::string_view> keys, pack::Term term) {
  for (const std::string_view key : keys) {
    for (const Node* phrase : StringList(b, owner.Find(key), key)) b.AddPhrase(*phrase, term);
  }
}

std::optional<pack::Decimal> Offset(Build& b, const Node& unit) {
  const Node* node = StringField(b, unit, "offset");
  if (node == nullptr) return pack::Decimal{0, 0, 0};
  const auto ratio = ParseRatio(node->text);
  if (!ratio) {
    b.report.Add("E0204", node->place, Cat("\"", node->text, "\" is no exact number"),
                 "a decimal or a fraction of 18 digits at most");
    return std::nullopt;
  }
  bool exact = false;
  const pack::Decimal value = ToDecimal(*ratio, exact);
  if (!exact)
    b.report.Add("W0201", node->place,
                 Cat("the offset ", node->text, " is no finite decimal and was rounded to 15 places"));
  return value;
}

// False when the unit is left out.
bool CompileUnit(Build& b, const Member& member, uint32_t dimension, bool& base) {
  const Node& node = member.value;
  if (!Expect(b, node, Node::Type::kObject, Cat("the unit \"", member.key, "\""))) return false;
  CheckFields(b, node, {"factor", "offset", "en", "ja", "hundredths"});
  const Node* factor = StringField(b, node, "factor", true);
  const auto offset = Offset(b, node);
  if (factor == nullptr || !offset) return false;
  const auto ratio = ParseRatio(factor->text);
  if (!ratio || ratio->num <= 0) {
    b.report.Add("E0204", factor->place, Cat("\"", factor->text, "\" is no exact positive number"),
                 "a decimal or a fraction of 18 digits at most");
    return false;
  }
  const auto [id, fresh] = b.units.Add(member.key, member.place);
  if (!fresh) {
    b.report.Add("E0205", member.place,
                 Cat("the unit \"", member.key, "\" is defined already at ", LineOf(b.units.PlaceOf(id))),
                 "keep one of them");
    return false;
  }
  base = base || (ratio->num == 1 && ratio->den == 1 && ratio->exponent == 0 && offset->mantissa == 0);
  pack::Unit unit{};
  unit.id = b.tables.strings.Add(member.key);
  unit.dimension = dimension;
  unit.exponent = ratio->exponent;
  unit.num = ratio->num, unit.den = ratio->den;
  unit.offset = *offset;
  b.tables.units.push_back(unit);
  AddPhrases(b, node, {"en", "ja"}, {pack::TermKind::kUnit, 0, id});
  return true;
}

void CompileMeasure(Build& b, const Member& member) {
  const Node& node = member.value;
  if (!Expect(b, node, Node::Type::kObject, Cat("the measure \"", member.key, "\""))) return;
  CheckFields(b, node, {"label", "unit", "en", "ja", "implied"});
  const auto label = BilingualField(b, node, "label", member.place);
  const Node* unit_name = StringField(b, node, "unit", true);
  if (!label || unit_name == nullptr) return;
  const auto find_unit = [&](const Node& name) {
    const uint32_t unit = b.units.Find(name.text);
    if (unit == pack::kNone)
      b.report.Add("E0206", name.place, Cat("unknown unit \"", name.text, "\""), DidYouMean(name.text, b.units.all()));
    return unit;
  };
  const uint32_t unit = find_unit(*unit_name);
  if (unit == pack::kNone) return;
  std::vector<uint32_t> implied;
  for (const Node* name : StringList(b, node.Find("implied"), "implied")) {
    const uint32_t other = find_unit(*name);
    if (other == pack::kNone) continue;
    if (b.tables.units[other].dimension == b.tables.units[unit].dimension) {
      implied.push_back(other);
    } else {
      b.report.Add("E0209", name->place,
                   Cat("\"", name->text, "\" cannot be turned into \"", unit_name->text, "\", the measure's unit"));
    }
  }
  const auto [id, fresh] = b.measures.Add(member.key, member.place);
  pack::Measure measure{b.tables.strings.Add(member.key),
                        b.tables.strings.Add(label->en),
                        b.tables.strings.Add(label->ja),
                        unit,
                        0,
                        {0, 0}};
  if (!fresh) {
    const pack::Measure& first = b.tables.measures[id];
    if (first.unit != unit || first.label_en.offset != measure.label_en.offset ||
        first.label_ja.offset != measure.label_ja.offset || first.implied.count != implied.size()) {
      b.report.Add("E0205", member.place,
                   Cat("the measure \"", member.key, "\" is defined otherwise at ", LineOf(b.measures.PlaceOf(id))),
                   "keep one of them");
      return;
    }
  } else {
    measure.implied = b.tables.AddIds(implied);
    b.tables.measures.push_back(measure);
  }
  AddPhrases(b, node, {"en", "ja"}, {pack::TermKind::kMeasure, 0, id});
}

void CompileComparator(Build& b, const Member& member, uint32_t op) {
  if (!Expect(b, member.value, Node::Type::kObject, Cat("\"", member.key, "\""))) return;
  for (const Member& side : member.value.members) {
    if (side.key != "before" && side.key != "after") {
      b.report.Add("E0210", side.place, Cat("\"", side.key, "\" is no place of a comparator"),
                   "before or after the quantity");
      continue;
    }
    if (!Expect(b, side.value, Node::Type::kObject, Cat("\"", side.key, "\""))) continue;
    for (const Member& language : side.value.members) {
      if (language.key != "en" && language.key != "ja")
        b.report.Add("E0210", language.place, Cat("unknown language \"", language.key, "\""), "en or ja");
    }
    AddPhrases(b, side.value, {"en", "ja"},
               {pack::TermKind::kComparator, 0, op | (side.key == "after" ? pack::kComparatorAfter : 0)});
  }
}

}  // namespace

void CompileUnits(Build& b, const GrammarFiles& files) {
  Names dimensions;
  std::vector<bool> based;
  for (const Node* root : files.units) {
    for (const Member& member : root->members) {
      if (!Expect(b, member.value, Node::Type::kObject, Cat("the dimension \"", member.key, "\""))) continue;
      const auto [dimension, fresh] = dimensions.Add(member.key, member.place);
      if (fresh) based.push_back(false);
      bool base = based[dimension];
      for (const Member& unit : member.value.members) CompileUnit(b, unit, dimension, base);
      based[dimension] = base;
    }
  }
  for (uint32_t d = 0; d < dimensions.size(); ++d) {
    if (!based[d])
      b.report.Add("E0208", dimensions.PlaceOf(d), Cat("the dimension \"", dimensions.Name(d), "\" has no base unit"),
                   R"(one unit has "factor": "1")");
  }
}

void CompileMeasures(Build& b, const GrammarFiles& files) {
  for (const Node* root : files.measures) {
    for (const Member& member : root->members) CompileMeasure(b, member);
  }
}

void CompileComparators(Build& b, const GrammarFiles& files) {
  static constexpr std::array<std::string_view, 6> kNames = {"less",  "less-equal", "greater", "greater-equal",
                                                             "equal", "about"};  // as pack::Comparator
  for (const Node* root : files.comparators) {
    for (const Member& member : root->members) {
      uint32_t op = 0;
      while (op < kNames.size() && kNames[op] != member.key) ++op;
      if (op < kNames.size()) {
        CompileComparator(b, member, op);
      } else {
        b.report.Add("E0210", member.place, Cat("unknown comparator \"", member.key, "\""),
                     DidYouMean(member.key, std::span<const std::string_view>(kNames)));
      }
    }
  }
}

}  // namespace sekisho::compile
