// Concepts: labels, hierarchy, phrases, designators, needs and what is known of them.
#include "engine/compile/concepts.h"

#include <algorithm>
#include <array>
#include <future>
#include <map>

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
  if (name == "military" || name.substr(0, 1) == "@") {
    const uint32_t id = FindConcept(b, node, "E0404");
    return id == kNone ? std::nullopt : std::optional(pack::Need{pack::NeedKind::kConcept, id});
  }
  if (const uint32_t measure = b.measures.Find(name); measure != kNone)
    return pack::Need{pack::NeedKind::kMeasure, measure};
  std::vector<std::string> known = {"military", "platform", "designator", "pair"};
  known.insert(known.end(), b.measures.all().begin(), b.measures.all().end());
  std::string hint = b.concepts.Find(name) != kNone ? Cat("a concept is written \"@", name, "\"")
                                                    : DidYouMean(name, std::span<const std::string>(known));
  if (hint.empty()) hint = "military, platform, designator, pair, a measure or an @concept";
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

// 107-44-8: two to seven digits, two, and the check digit: the digits before it, weighted 1, 2, 3 … from the right.
bool IsCas(std::string_view cas) {
  std::vector<std::string_view> parts;
  for (size_t from = 0, dash = 0; dash != cas.npos; from = dash + 1) {
    dash = cas.find('-', from);
    parts.push_back(cas.substr(from, dash == cas.npos ? dash : dash - from));
  }
  if (parts.size() != 3 || parts[0].size() < 2 || parts[0].size() > 7 || parts[1].size() != 2 || parts[2].size() != 1)
    return false;
  const std::string digits = Cat(parts[0], parts[1]);
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (!IsDigit(digits[i])) return false;
    sum += (digits[i] - '0') * static_cast<int>(digits.size() - i);
  }
  return IsDigit(parts[2][0]) && sum % 10 == parts[2][0] - '0';
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

// Phrases, designators and CAS numbers.
void AddWords(Build& b, const Node& node, uint32_t id) {
  const bool needs = node.Find("needs") != nullptr, supported = needs || node.Find("fsc") != nullptr;
  Build::Seen seen;
  const Node* weak = node.Find("weak");
  if (weak != nullptr && !Expect(b, *weak, Node::Type::kObject, "\"weak\"")) weak = nullptr;
  const uint16_t strong_flags = needs && weak == nullptr ? pack::kTermWeak : 0;
  for (const std::string_view language : {"en", "ja"}) {
    for (const Node* phrase : StringList(b, node.Find(language), language)) {
      b.AddPhrase(*phrase, {pack::TermKind::kConcept, strong_flags, id}, &seen);
    }
    if (weak == nullptr) continue;
    for (const Node* phrase : StringList(b, weak->Find(language), language)) {
      b.AddPhrase(*phrase, {pack::TermKind::kConcept, pack::kTermWeak, id}, &seen);
    }
  }
  if (weak != nullptr) {
    CheckFields(b, *weak, {"en", "ja"});
    if (!supported)
      b.report.Add("W0401", weak->place, "these weak phrases never count: nothing supports them",
                   "add \"needs\" or \"fsc\"");
  }
  for (const Node* phrase : StringList(b, node.Find("not"), "not")) b.AddPhrase(*phrase, {pack::TermKind::kOff, 0, id});
  for (const Node* pattern : StringList(b, node.Find("designators"), "designators"))
    b.AddDesignator(*pattern, pack::PatternKind::kConcept, id);
  for (const Node* cas : StringList(b, node.Find("cas"), "cas")) {
    if (IsCas(cas->text)) {
      b.AddPhrase(*cas, {pack::TermKind::kConcept, 0, id}, &seen);
    } else {
      b.report.Add("E0304", cas->place, Cat("\"", cas->text, "\" is not a CAS number"),
                   "its form is 107-44-8, its last digit a check digit");
    }
  }
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

std::span<const uint32_t> Parents(const Build& b, uint32_t id) {
  const pack::Range r = b.tables.concepts[id].parents;
  return std::span<const uint32_t>(b.tables.ids).subspan(r.first, r.count);
}

// Reports each circle once, at the concept of the least id in it that the walk meets first.
void FindCircles(Build& b, const ConceptSources& sources) {
  enum : uint8_t { kNew, kOpen, kDone };
  std::vector<uint8_t> mark(b.tables.concepts.size(), kNew);
  for (uint32_t start = 0; start < mark.size(); ++start) {
    std::vector<std::pair<uint32_t, uint32_t>> path;  // concept, next parent
    if (mark[start] == kNew) path.push_back({start, 0}), mark[start] = kOpen;
    while (!path.empty()) {
      const auto [id, next] = path.back();
      const auto parents = Parents(b, id);
      if (next == parents.size()) {
        mark[id] = kDone;
        path.pop_back();
        continue;
      }
      ++path.back().second;
      const uint32_t parent = parents[next];
      if (mark[parent] == kNew)
        mark[parent] = kOpen, path.push_back({parent, 0});
      else if (mark[parent] == kOpen) {
        const Node* broader = sources.nodes[id]->Find("broader");
        b.report.Add(
            "E0405", broader->place,
            Cat("\"", b.concepts.Name(id), "\" is broader than itself by way of \"", b.concepts.Name(parent), "\""),
            "take one `broader` out of the circle");
      }
    }
  }
}

// Self first, then by distance, then by id. Circles end by themselves: a concept is taken once.
void CloseAncestors(Build& b, uint32_t id) {
  std::map<uint32_t, uint32_t> distance = {{id, 0}};
  std::vector<uint32_t> level = {id};
  for (uint32_t d = 1; !level.empty(); ++d) {
    std::vector<uint32_t> next;
    for (const uint32_t concept_id : level) {
      for (const uint32_t parent : Parents(b, concept_id)) {
        if (distance.try_emplace(parent, d).second) next.push_back(parent);
      }
    }
    level = std::move(next);
  }
  std::vector<pack::Ancestor> out;
  out.reserve(distance.size());
  for (const auto& [ancestor, d] : distance) out.push_back({ancestor, d});
  std::stable_sort(out.begin(), out.end(),
                   [](const pack::Ancestor& x, const pack::Ancestor& y) { return x.distance < y.distance; });
  b.tables.concepts[id].ancestors = {static_cast<uint32_t>(b.tables.ancestors.size()),
                                     static_cast<uint32_t>(out.size())};
  b.tables.ancestors.insert(b.tables.ancestors.end(), out.begin(), out.end());
}

// The phrases of some concepts, spelled out by several processors: no phrase needs another.
SpelledPhrases SpellAhead(std::span<Speller> spellers, std::span<const Node* const> concepts) {
  std::vector<const Node*> phrases;
  const auto gather = [&](const Node* list) {
    if (list == nullptr) return;
    if (list->is_string()) phrases.push_back(list);
    for (const Node& item : list->items) {
      if (item.is_string()) phrases.push_back(&item);
    }
  };
  for (const Node* node : concepts) {
    const Node* weak = node->Find("weak");
    for (const std::string_view key : {"en", "ja"}) {
      gather(node->Find(key));
      if (weak != nullptr) gather(weak->Find(key));
    }
    gather(node->Find("not"));
  }
  std::vector<SpelledPhrase> spelled(phrases.size());
  ParallelFor(phrases.size(), spellers.size(),
              [&](size_t i, size_t thread) { spelled[i] = spellers[thread].Spell(phrases[i]->text); });
  SpelledPhrases out;
  out.reserve(phrases.size());
  for (size_t i = 0; i < phrases.size(); ++i) out.emplace(phrases[i], std::move(spelled[i]));
  return out;
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
    return std::async(std::launch::async, SpellAhead, std::span(spellers), nodes.subspan(first, count));
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
  FindCircles(b, sources);
  for (uint32_t id = 0; id < sources.nodes.size(); ++id) CloseAncestors(b, id);
}

}  // namespace sekisho::compile
