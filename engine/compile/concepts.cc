// Concepts: labels, kinds, needs and what is known of them.
#include "engine/compile/concepts.h"

#include <algorithm>
#include <array>
#include <future>

#include "engine/compile/concept_words.h"
#include "engine/compile/hierarchy.h"
#include "engine/compile/numbers.h"
#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

constexpr std::array<std::string_view, 6> kKinds = {"thing",     "part",    "platform",
                                                    "substance", "quality", "information"};  // as pack::ConceptKind

bool IsKebab(std::string_view id) {
  if (id.empty() || id.front() == '-' || id.back() == '-' || id.find("--") != id.npos) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; });
}

pack::ConceptKind KindOf(Build& b, const Node& node) {
  const Node* kind = StringField(b, node, "kind");
  if (kind == nullptr) return pack::ConceptKind::kThing;
  const auto* found = std::find(kKinds.begin(), kKinds.end(), kind->text);
  if (found != kKinds.end()) return static_cast<pack::ConceptKind>(found - kKinds.begin());
  std::string hint = DidYouMean(kind->text, std::span<const std::string_view>(kKinds));
  if (hint.empty()) hint = "thing, part, platform, substance, quality or information";
  b.report.Add("E0403", kind->place, Cat("unknown kind \"", kind->text, "\""), std::move(hint));
  return pack::ConceptKind::kThing;
}

std::vector<uint32_t> References(Build& b, const Node& node, std::string_view key) {
  std::vector<uint32_t> out;
  for (const Node* name : StringList(b, node.Find(key), key)) {
    const uint32_t id = FindConcept(b, *name, "E0404");
    if (id != kNone && std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  return out;
}

std::optional<pack::Need> NeedOf(Build& b, const Node& node) {
  const std::string& name = node.text;
  if (name == "designator") return pack::Need{pack::NeedKind::kDesignator, 0};
  if (name == "platform") return pack::Need{pack::NeedKind::kPlatform, 0};
  if (name == "pair") return pack::Need{pack::NeedKind::kPair, 0};
  if (name == "target") return pack::Need{pack::NeedKind::kTarget, 0};
  if (name == "military" || name.substr(0, 1) == "@") {
    const uint32_t id = FindConcept(b, node, "E0404");
    return id == kNone ? std::nullopt : std::optional(pack::Need{pack::NeedKind::kConcept, id});
  }
  if (const uint32_t measure = b.measures.Find(name); measure != kNone)
    return pack::Need{pack::NeedKind::kMeasure, measure};
  std::vector<std::string> known = {"military", "platform", "designator", "pair", "target"};
  known.insert(known.end(), b.measures.all().begin(), b.measures.all().end());
  std::string hint = b.concepts.Find(name) != kNone ? Cat("a concept is written \"@", name, "\"")
                                                    : DidYouMean(name, std::span<const std::string>(known));
  if (hint.empty()) hint = "military, platform, designator, pair, target, a measure or an @concept";
  b.report.Add("E0406", node.place, Cat("unknown need \"", name, "\""), std::move(hint));
  return std::nullopt;
}

pack::Range Needs(Build& b, const Node& node) {
  const auto first = static_cast<uint32_t>(b.tables.needs.size());
  for (const Node* name : StringList(b, node.Find("needs"), "needs")) {
    if (const auto need = NeedOf(b, *name)) b.tables.needs.push_back(*need);
  }
  return {first, static_cast<uint32_t>(b.tables.needs.size()) - first};
}

pack::Range Known(Build& b, const Node& node) {
  const auto first = static_cast<uint32_t>(b.tables.known.size());
  const Node* measures = node.Find("measures");
  if (measures == nullptr || !Expect(b, *measures, Node::Type::kObject, "\"measures\"")) return {first, 0};
  for (const Member& member : measures->members) {
    const uint32_t measure = b.measures.Find(member.key);
    if (measure == kNone) {
      b.report.Add("E0407", member.place, Cat("unknown measure \"", member.key, "\""),
                   DidYouMean(member.key, b.measures.all()));
      continue;
    }
    if (!Expect(b, member.value, Node::Type::kString, "a quantity")) continue;
    const auto quantity = ParseQuantity(member.value.text);
    const uint32_t unit = quantity ? b.units.Find(quantity->unit) : kNone;
    const uint32_t base = b.tables.measures[measure].unit;
    if (unit == kNone || b.tables.units[unit].dimension != b.tables.units[base].dimension) {
      std::string hint = quantity ? DidYouMean(quantity->unit, b.units.all()) : "";
      if (hint.empty())
        hint = Cat("a number and a unit that turns into ", b.units.Name(base), ", \"12.7 ", b.units.Name(base), "\"");
      b.report.Add("E0408", member.value.place,
                   Cat("\"", member.value.text, "\" is no quantity of \"", member.key, "\""), std::move(hint));
      continue;
    }
    b.tables.known.push_back({measure, unit, quantity->value});
  }
  return {first, static_cast<uint32_t>(b.tables.known.size()) - first};
}

pack::Range Fsc(Build& b, const Node& node) {
  std::vector<uint32_t> out;
  for (const Node* code : StringList(b, node.Find("fsc"), "fsc")) {
    uint32_t value = 0;
    if (code->text.size() == 4 && ParseInt(code->text, value)) {
      out.push_back(value);
    } else {
      b.report.Add("E0409", code->place, Cat("\"", code->text, "\" is no Federal Supply Class"),
                   "four digits, \"1005\"");
    }
  }
  return b.tables.AddIds(out);
}

void CompileConcept(Build& b, const Node& node, uint32_t id) {
  CheckFields(
      b, node,
      {"label", "kind", "broader", "en", "ja", "weak", "needs", "not", "designators", "cas", "fsc", "measures", "has"});
  const std::string name = b.concepts.Name(id);
  const auto label = BilingualField(b, node, "label", b.concepts.PlaceOf(id));
  pack::Concept record{};
  record.id = b.tables.strings.Add(name);
  record.label_en = b.tables.strings.Add(label ? label->en : name);
  record.label_ja = b.tables.strings.Add(label ? label->ja : name);
  record.kind = KindOf(b, node);
  record.parents = b.tables.AddIds(References(b, node, "broader"));
  record.needs = Needs(b, node);
  record.implied = b.tables.AddIds(References(b, node, "has"));
  record.known = Known(b, node);
  record.fsc = Fsc(b, node);
  b.tables.concepts.push_back(record);
  AddWords(b, node, id);
}

}  // namespace

uint32_t FindConcept(Build& b, const Node& name, std::string_view code) {
  std::string_view id = name.text;
  if (id.substr(0, 1) == "@") id.remove_prefix(1);
  const uint32_t found = b.concepts.Find(id);
  if (found == kNone)
    b.report.Add(code, name.place, Cat("unknown concept \"@", id, "\""), DidYouMean(id, b.concepts.all(), "@"));
  return found;
}

ConceptSources DeclareConcepts(Build& b) {
  ConceptSources out;
  for (const std::string& file : b.FilesIn("concepts")) {
    const Node* root = b.Read(file);
    if (root == nullptr) continue;
    for (const Member& member : root->members) {
      if (!Expect(b, member.value, Node::Type::kObject, Cat("the concept \"", member.key, "\""))) continue;
      if (!IsKebab(member.key)) {
        b.report.Add("E0401", member.place, Cat("\"", member.key, "\" is no concept id"),
                     "small letters, digits and single hyphens: night-vision-goggle");
        continue;
      }
      const auto [id, fresh] = b.concepts.Add(member.key, member.place);
      if (fresh) {
        out.nodes.push_back(&member.value);
      } else {
        b.report.Add("E0402", member.place,
                     Cat("the concept \"", member.key, "\" is defined already at ", LineOf(b.concepts.PlaceOf(id))),
                     "put all its words into one place");
      }
    }
  }
  b.rules_of.resize(out.nodes.size());
  return out;
}

void CompileConcepts(Build& b, const ConceptSources& sources) {
  constexpr size_t kAhead = 256;  // concepts whose phrases are spelled together: bounds the memory
  const std::span<const Node* const> nodes = sources.nodes;
  std::vector<Speller> spellers(std::max<size_t>(ThreadCount(0) - 1, 1), Speller(b.tables.folds, b.forms));
  const auto spell = [&](size_t first) {
    const size_t count = std::min(kAhead, nodes.size() - first);
    return std::async(std::launch::async, SpellWords, std::span(spellers), nodes.subspan(first, count));
  };
  std::future<SpelledPhrases> next;  // those of the concepts behind the ones at hand
  if (!nodes.empty()) next = spell(0);
  for (size_t first = 0; first < nodes.size(); first += kAhead) {
    const SpelledPhrases spelled = next.get();
    const size_t end = std::min(first + kAhead, nodes.size());
    if (end < nodes.size()) next = spell(end);
    b.spelled = &spelled;
    for (size_t i = first; i < end; ++i) CompileConcept(b, *nodes[i], static_cast<uint32_t>(i));
    b.spelled = nullptr;
  }
  CompileHierarchy(b, sources);
}

}  // namespace sekisho::compile
