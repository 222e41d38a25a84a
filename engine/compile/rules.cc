// A rule: its conditions (group 0), what turns it off (groups 1 ..), its verdict, dates and notes.
#include <algorithm>
#include <array>
#include <utility>

#include "engine/compile/concepts.h"
#include "engine/compile/lists.h"
#include "engine/compile/numbers.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

using pack::ConditionKind;
using pack::kNone;

constexpr std::array<std::string_view, 4> kVerdicts = {"match", "possible", "catch_all",
                                                       "excluded"};  // as pack::RuleVerdict
constexpr std::array<std::string_view, 4> kItemKinds = {"goods", "technology", "software",
                                                        "service"};  // as pack::ItemKind
constexpr std::pair<std::string_view, uint8_t> kRoles[] = {
    {"is", pack::kRoleIs},
    {"for", pack::kRoleFor},
    {"has", pack::kRoleAny},
    {"any", pack::kRoleAny}};  // in the order in which they call a rule

struct Draft {
  uint8_t group = 0;
  ConditionKind kind = ConditionKind::kConcept;
  uint8_t roles = 0;
  std::vector<uint32_t> concepts;
  std::vector<pack::MeasureTest> tests;
};

class RuleCompiler {
 public:
  explicit RuleCompiler(Build& b) : b_(b) {}

  uint32_t Run(const Node& node, uint32_t entry) {
    if (!Expect(b_, node, Node::Type::kObject, "a rule")) return kNone;
    const int errors = b_.report.errors();
    CheckFields(b_, node,
                {"is", "for", "has", "any", "all", "measure", "unless", "as", "missing", "kind", "clause", "note",
                 "effective"});
    pack::Rule rule{};
    rule.entry = entry;
    bool sound = Verdict(node, rule);
    sound &= Effective(b_, node, rule.from, rule.to);  // both report
    const bool positive = Conditions(node, 0, false);
    const std::vector<uint32_t>* found = Callers();
    const std::vector<uint32_t> callers =
        found != nullptr ? *found : std::vector<uint32_t>();  // `unless` grows what it points into
    if (positive && callers.empty() && b_.report.errors() == errors) {
      b_.report.Add("E0505", node.place, "no concept calls this rule", "name a concept in \"is\", \"for\" or \"has\"");
    }
    if (const Node* unless = node.Find("unless")) Unless(*unless);
    const std::vector<uint32_t> missing = MissingFacts(b_, node.Find("missing"));
    if (!sound || !positive || callers.empty()) return kNone;
    b_.rule_places.push_back(node.place);
    return Commit(rule, callers, missing);
  }

 private:
  bool Verdict(const Node& node, pack::Rule& rule) {
    size_t verdict = 0, kind = 0;
    const Node* as = StringField(b_, node, "as");
    const Node* item = StringField(b_, node, "kind");
    if (as != nullptr && !OneOf(b_, *as, kVerdicts, "verdict", verdict)) return false;
    if (item != nullptr && !OneOf(b_, *item, kItemKinds, "kind", kind)) return false;
    rule.verdict = static_cast<pack::RuleVerdict>(verdict);
    rule.item_kind = static_cast<pack::ItemKind>(kind);
    const Node* clause = StringField(b_, node, "clause");
    const Node* note = StringField(b_, node, "note");
    if (rule.verdict == pack::RuleVerdict::kExcluded && note == nullptr) {
      b_.report.Add("E0512", as->place, "an exclusion must name its note", "\"note\": \"Note 2 to XII(c)\"");
      return false;
    }
    rule.clause = b_.tables.strings.Add(clause != nullptr ? clause->text : "");
    rule.note = b_.tables.strings.Add(note != nullptr ? note->text : "");
    return true;
  }

  // The conditions of one object. False when one of them is faulty; then the rule, or this `unless`, cannot stand.
  bool Conditions(const Node& node, uint8_t group, bool nested) {
    bool sound = true;
    const size_t before = drafts_.size();
    for (const auto& [key, roles] : kRoles) {
      if (const Node* value = node.Find(key)) sound &= Concepts(*value, key, roles, group);
    }
    if (const Node* value = node.Find("measure")) sound &= Measures(*value, group);
    if (const Node* all = node.Find("all")) {
      if (!Expect(b_, *all, Node::Type::kArray, "\"all\"")) return false;
      for (const Node& item : all->items) {
        if (!Expect(b_, item, Node::Type::kObject, "an item of \"all\"")) return false;
        CheckFields(b_, item, {"is", "for", "has", "any", "measure"});
        sound &= Conditions(item, group, true);
      }
    }
    if (sound && drafts_.size() == before && (group > 0 || nested)) {
      b_.report.Add("E0514", node.place, "an empty condition", "is, for, has, any or measure");
      return false;
    }
    return sound;
  }

  bool Concepts(const Node& value, std::string_view key, uint8_t roles, uint8_t group) {
    Draft draft;
    draft.group = group, draft.roles = roles;
    const std::vector<const Node*> names = StringList(b_, &value, key);
    for (const Node* name : names) {
      if (name->text == "*") {
        if (key != "is" || names.size() > 1) {
          b_.report.Add("E0513", name->place,
                        Cat("\"*\" cannot stand ", key == "is" ? "beside other concepts" : Cat("in \"", key, "\"")),
                        R"(only "is": "*")");
          return false;
        }
        draft.kind = ConditionKind::kAnyGoods;
        continue;
      }
      const uint32_t id = FindConcept(b_, *name, "E0504");
      if (id != kNone && std::find(draft.concepts.begin(), draft.concepts.end(), id) == draft.concepts.end())
        draft.concepts.push_back(id);
    }
    if (draft.kind == ConditionKind::kConcept && draft.concepts.empty()) {
      if (names.empty() && value.is_array() && value.items.empty())
        b_.report.Add("E0514", value.place, Cat("\"", key, "\" names no concept"));
      return false;
    }
    drafts_.push_back(std::move(draft));
    return true;
  }

  bool Measures(const Node& value, uint8_t group) {
    if (!Expect(b_, value, Node::Type::kObject, "\"measure\"")) return false;
    Draft draft;
    draft.group = group, draft.kind = ConditionKind::kMeasure;
    bool sound = true;
    for (const Member& member : value.members) {
      const uint32_t measure = b_.measures.Find(member.key);
      if (measure == kNone) {
        b_.report.Add("E0507", member.place, Cat("unknown measure \"", member.key, "\""),
                      DidYouMean(member.key, b_.measures.all()));
        sound = false;
        continue;
      }
      for (const Node* text : StringList(b_, &member.value, member.key)) sound &= Comparisons(*text, measure, draft);
    }
    if (sound && draft.tests.empty()) {
      b_.report.Add("E0514", value.place, "\"measure\" compares nothing");
      return false;
    }
    drafts_.push_back(std::move(draft));
    return sound;
  }

  bool Comparisons(const Node& text, uint32_t measure, Draft& draft) {
    const std::vector<Comparison> comparisons = ParseComparison(text.text);
    if (comparisons.empty()) {
      b_.report.Add("E0506", text.place, Cat("\"", text.text, "\" is no comparison"),
                    "\">= 350 uA/lm\", \"< 5 um\", \"= 12.7 mm\" or \"20..25 GHz\"");
      return false;
    }
    const uint32_t base = b_.tables.measures[measure].unit;
    for (const Comparison& comparison : comparisons) {
      const std::string& name = comparison.quantity.unit;
      const uint32_t unit = b_.units.Find(name);
      if (unit == kNone || b_.tables.units[unit].dimension != b_.tables.units[base].dimension) {
        std::string hint = unit == kNone ? DidYouMean(name, b_.units.all()) : "";
        if (hint.empty()) hint = Cat("a unit that turns into ", b_.units.Name(base));
        b_.report.Add("E0508", text.place, Cat("\"", name, "\" is no unit of \"", b_.measures.Name(measure), "\""),
                      std::move(hint));
        return false;
      }
      draft.tests.push_back({measure, unit, comparison.op, 0, comparison.quantity.value});
    }
    return true;
  }

  // Each object, or plain "@c", is a group of its own.
  void Unless(const Node& node) {
    const std::vector<Node> one = node.is_array() ? std::vector<Node>{} : std::vector<Node>{node};
    uint8_t group = 0;
    for (const Node& item : node.is_array() ? node.items : one) {
      if (group == 255)
        return b_.report.Add("E0514", item.place, "more than 255 `unless` conditions", "join concepts into lists");
      const size_t before = drafts_.size();
      bool sound = false;
      if (item.is_string()) {
        sound = Concepts(item, "unless", pack::kRoleAny, group + 1);
      } else if (Expect(b_, item, Node::Type::kObject, "\"unless\"")) {
        CheckFields(b_, item, {"is", "for", "has", "any", "measure", "all"});
        sound = Conditions(item, group + 1, false);
      }
      if (sound)
        ++group;
      else
        drafts_.resize(before);
    }
  }

  // The concepts whose presence makes the engine try the rule: of `is`, else of `for`, else of `has`.
  const std::vector<uint32_t>* Callers() const {
    for (const Draft& draft : drafts_) {
      if (draft.group == 0 && draft.kind == ConditionKind::kConcept) return &draft.concepts;
    }
    return nullptr;
  }

  uint32_t Commit(pack::Rule& rule, const std::vector<uint32_t>& callers, const std::vector<uint32_t>& missing) {
    Tables& t = b_.tables;
    const auto id = static_cast<uint32_t>(t.rules.size());
    if (rule.entry != kNone) {
      for (const uint32_t concept_id : callers) b_.rules_of[concept_id].push_back(id);
    }
    rule.conditions = {static_cast<uint32_t>(t.conditions.size()), static_cast<uint32_t>(drafts_.size())};
    for (const Draft& draft : drafts_) {
      pack::Condition condition{draft.group, draft.kind, draft.roles, 0, {0, 0}};
      if (draft.kind == ConditionKind::kConcept) condition.ids = t.AddIds(draft.concepts);
      if (draft.kind == ConditionKind::kAnyGoods) condition.roles = pack::kRoleIs;
      if (draft.kind == ConditionKind::kMeasure) {
        condition.ids = {static_cast<uint32_t>(t.measure_tests.size()), static_cast<uint32_t>(draft.tests.size())};
        t.measure_tests.insert(t.measure_tests.end(), draft.tests.begin(), draft.tests.end());
      }
      t.conditions.push_back(condition);
    }
    rule.missing = t.AddIds(missing);
    t.rules.push_back(rule);
    return id;
  }

  Build& b_;
  std::vector<Draft> drafts_;
};

// A date, or null for an open end. False when faulty.
bool DateOf(Build& b, const Node& node, int32_t& out) {
  if (node.is_null()) return true;
  if (!Expect(b, node, Node::Type::kString, "a date")) return false;
  const auto date = ParseDate(node.text);
  if (date) return out = *date, true;
  b.report.Add("E0109", node.place, Cat("\"", node.text, "\" is not a date"), "YYYY-MM-DD");
  return false;
}

}  // namespace

uint32_t CompileRule(Build& b, const Node& node, uint32_t entry) { return RuleCompiler(b).Run(node, entry); }

std::vector<uint32_t> MissingFacts(Build& b, const Node* node) {
  std::vector<uint32_t> out;
  for (const Node* name : StringList(b, node, "missing")) {
    uint32_t id = b.facts.Find(name->text);
    const uint32_t measure = id == kNone ? b.measures.Find(name->text) : kNone;
    if (measure != kNone) {
      const pack::Measure& m = b.tables.measures[measure];
      id = b.facts.Add(name->text, name->place).first;
      b.tables.facts.push_back({m.id, m.label_en, m.label_ja});
    }
    if (id == kNone) {
      std::string hint = DidYouMean(name->text, b.facts.all());
      if (hint.empty()) hint = "define it in grammar/missing.json, or name a measure";
      b.report.Add("E0510", name->place, Cat("unknown fact \"", name->text, "\""), std::move(hint));
    } else {
      out.push_back(id);
    }
  }
  return out;
}

bool Effective(Build& b, const Node& owner, int32_t& from, int32_t& to) {
  from = pack::kOpenFrom, to = pack::kOpenTo;
  const Node* node = owner.Find("effective");
  if (node == nullptr) return true;
  if (!Expect(b, *node, Node::Type::kArray, "\"effective\"")) return false;
  if (node->items.size() != 2) {
    b.report.Add("E0109", node->place, "\"effective\" needs two dates", R"(["2016-12-31", null])");
    return false;
  }
  if (!DateOf(b, node->items[0], from) || !DateOf(b, node->items[1], to)) return false;
  if (from < to) return true;
  b.report.Add("E0511", node->place, "the span of dates is empty",
               "from, and the first day on which it no longer holds");
  return false;
}

bool OneOf(Build& b, const Node& node, std::span<const std::string_view> words, std::string_view what, size_t& index) {
  index = static_cast<size_t>(std::find(words.begin(), words.end(), node.text) - words.begin());
  if (index < words.size()) return true;
  std::string hint = DidYouMean(node.text, words);
  if (hint.empty()) hint = Join(words, ", ");
  b.report.Add("E0509", node.place, Cat("unknown ", what, " \"", node.text, "\""), std::move(hint));
  return false;
}

}  // namespace sekisho::compile
