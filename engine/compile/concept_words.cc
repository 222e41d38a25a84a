#include "engine/compile/concept_words.h"

#include "engine/compile/parallel.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

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

}  // namespace

void AddWords(Build& b, const Node& node, uint32_t concept_id) {
  const bool needs = node.Find("needs") != nullptr, supported = needs || node.Find("fsc") != nullptr;
  Build::Seen seen;
  const Node* weak = node.Find("weak");
  if (weak != nullptr && !Expect(b, *weak, Node::Type::kObject, "\"weak\"")) weak = nullptr;
  const uint16_t strong_flags = needs && weak == nullptr ? pack::kTermWeak : 0;
  for (const std::string_view language : {"en", "ja"}) {
    for (const Node* phrase : StringList(b, node.Find(language), language)) {
      b.AddPhrase(*phrase, {pack::TermKind::kConcept, strong_flags, concept_id}, &seen);
    }
    if (weak == nullptr) continue;
    for (const Node* phrase : StringList(b, weak->Find(language), language)) {
      b.AddPhrase(*phrase, {pack::TermKind::kConcept, pack::kTermWeak, concept_id}, &seen);
    }
  }
  if (weak != nullptr) {
    CheckFields(b, *weak, {"en", "ja"});
    if (!supported)
      b.report.Add("W0401", weak->place, "these weak phrases never count: nothing supports them",
                   "add \"needs\" or \"fsc\"");
  }
  for (const Node* phrase : StringList(b, node.Find("not"), "not"))
    b.AddPhrase(*phrase, {pack::TermKind::kOff, 0, concept_id});
  for (const Node* pattern : StringList(b, node.Find("designators"), "designators"))
    b.AddDesignator(*pattern, pack::PatternKind::kConcept, concept_id);
  for (const Node* cas : StringList(b, node.Find("cas"), "cas")) {
    if (IsCas(cas->text)) {
      b.AddPhrase(*cas, {pack::TermKind::kConcept, 0, concept_id}, &seen);
    } else {
      b.report.Add("E0304", cas->place, Cat("\"", cas->text, "\" is not a CAS number"),
                   "its form is 107-44-8, its last digit a check digit");
    }
  }
}

SpelledPhrases SpellWords(std::span<Speller> spellers, std::span<const Node* const> concepts) {
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

}  // namespace sekisho::compile
