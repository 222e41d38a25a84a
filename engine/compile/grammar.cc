// Folds, abbreviations, word classes, designation systems and the facts that can be missing.
#include "engine/compile/grammar.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/compile/strings.h"
#include "engine/text/utf8.h"

namespace sekisho::compile {
namespace {

// In the order of pack::Word.
constexpr std::array<std::string_view, static_cast<size_t>(pack::Word::kCount)> kClasses = {
    "target-after",   "target-before", "with",    "with-before",     "without-after",   "without-before", "and",
    "partitive",      "transparent",   "neutral", "action",          "genre",           "trailing",       "tail-lead",
    "ignored",        "deactivated",   "civil",   "plain",           "genre-aside",     "noise",          "counter",
    "caliber-suffix", "target-of",     "fitting", "exception-after", "exception-before"};
static_assert(!kClasses.back().empty(), "a class of pack::Word has no name here");

uint32_t FlagOf(pack::Word word) {
  switch (word) {
    case pack::Word::kTargetAfter:
      return pack::kTokenTargetAfter;
    case pack::Word::kTargetOf:
      return pack::kTokenTargetOf;
    case pack::Word::kWith:
      return pack::kTokenWith;
    case pack::Word::kAnd:
      return pack::kTokenAnd;
    case pack::Word::kWithoutAfter:
      return pack::kTokenWithout;
    case pack::Word::kTailLead:
      return pack::kTokenTailLead;
    default:
      return 0;
  }
}

// The code point if `s` is exactly one; 0 for "", kNone otherwise.
uint32_t OneCodePoint(std::string_view s) {
  if (s.empty()) return 0;
  size_t i = 0;
  const uint32_t c = text::Decode(s, i);
  return i == s.size() ? c : pack::kNone;
}

void AddFold(Build& b, const Member& member, uint32_t mark, std::map<uint32_t, std::pair<uint32_t, Place>>& folds) {
  if (!Expect(b, member.value, Node::Type::kString, "a fold")) return;
  const uint32_t from = OneCodePoint(member.key), to = OneCodePoint(member.value.text);
  if (from == 0 || from == pack::kNone || to == pack::kNone) {
    return b.report.Add("E0207", member.place,
                        Cat("\"", member.key, "\" -> \"", member.value.text, "\" is not one character to one or none"));
  }
  const auto [it, fresh] = folds.try_emplace(from | mark, to, member.place);
  if (fresh || it->second.first == to) return;
  b.report.Add("E0205", member.place, Cat("\"", member.key, "\" is folded otherwise at ", LineOf(it->second.second)),
               "keep one of them");
}

// A grammar word that is one token says something before any phrase is matched.
void FlagToken(Build& b, const Node& phrase, uint32_t flag) {
  const SpelledPhrase spelt = b.speller->Spell(phrase.text);
  uint32_t begin = 0;
  for (const Spelling& spelling : spelt.spellings) {
    if (!spelling.derived && spelling.end == begin + 1)
      b.lexicon.SetFlags(b.lexicon.Intern(spelt.words[spelt.tokens[begin]]), flag);
    begin = spelling.end;
  }
}

void AddWord(Build& b, const Node& phrase, pack::Word word) {
  // f/ and w/ are words only with their slash: marked tight for the reader.
  const uint16_t flags = phrase.text.size() == 2 && phrase.text[1] == '/' ? pack::kTermTight : 0;
  b.AddPhrase(phrase, {pack::TermKind::kWord, flags, static_cast<uint32_t>(word)});
  if (const uint32_t flag = FlagOf(word); flag != 0) FlagToken(b, phrase, flag);
}

}  // namespace

std::span<const std::string_view> WordClasses() { return kClasses; }

GrammarFiles ReadGrammar(Build& b) {
  GrammarFiles files;
  const std::pair<std::string_view, std::vector<const Node*>*> kinds[] = {{"text", &files.text},
                                                                          {"units", &files.units},
                                                                          {"measures", &files.measures},
                                                                          {"missing", &files.missing},
                                                                          {"systems", &files.systems},
                                                                          {"english", &files.words},
                                                                          {"japanese", &files.words},
                                                                          {"comparators", &files.comparators},
                                                                          {"abbreviations", &files.abbreviations}};
  for (const std::string& file : b.FilesIn("grammar")) {
    std::string_view name(file);
    name.remove_prefix(name.find('/') + 1);
    name.remove_suffix(std::string_view(".json").size());
    const auto* kind =
        std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& k) { return name.starts_with(k.first); });
    if (kind == std::end(kinds)) {
      b.report.AddFile("E0201", file, "the compiler knows no grammar file of this name",
                       "text, units, measures, missing, systems, english, japanese, comparators, abbreviations, or one "
                       "of them and -something");
      continue;
    }
    if (const Node* root = b.Read(file)) kind->second->push_back(root);
  }
  return files;
}

void CompileFolds(Build& b, const GrammarFiles& files) {
  std::map<uint32_t, std::pair<uint32_t, Place>> folds;  // in order of code points
  for (const Node* root : files.text) {
    for (const Member& group : root->members) {
      if (group.key == "invariant-words") {
        for (const Node* word : StringList(b, &group.value, group.key)) {
          b.lexicon.SetFlags(b.lexicon.Intern(word->text), pack::kTokenInvariant);
        }
        continue;
      }
      if (!Expect(b, group.value, Node::Type::kObject, Cat("\"", group.key, "\""))) continue;
      const uint32_t mark = group.key == "confusables"        ? pack::kFoldConfusable
                            : group.key == "digit-lookalikes" ? pack::kFoldDigit
                                                              : 0;
      for (const Member& fold : group.value.members) AddFold(b, fold, mark, folds);
    }
  }
  for (const auto& [from, to] : folds) b.tables.folds.push_back({from, to.first});
}

void CompileAbbreviations(Build& b, const GrammarFiles& files) {
  std::map<std::string, Place> seen;
  std::map<std::string, std::vector<uint32_t>> singular;  // binos is looked up as bino
  for (const Node* root : files.abbreviations) {
    for (const Member& member : root->members) {
      if (!Expect(b, member.value, Node::Type::kString, "what an abbreviation stands for")) continue;
      const auto raw = PlainTokens(member.key, b.tables.folds, b.lexicon, false);
      const auto words = PlainTokens(member.value.text, b.tables.folds, b.lexicon, true);
      if (raw.size() != 1 || words.empty()) {
        b.report.Add("E0203", member.place,
                     Cat("\"", member.key, "\" -> \"", member.value.text, "\" is not one word to one or more"));
        continue;
      }
      std::vector<uint32_t> ids;
      ids.reserve(words.size());
      for (const std::string& word : words) ids.push_back(b.lexicon.Intern(word));
      const uint32_t token = b.lexicon.Intern(raw[0]);
      if (ids == std::vector<uint32_t>{token}) continue;  // stands for itself
      const auto [it, fresh] = seen.try_emplace(raw[0], member.place);
      if (!fresh && b.lexicon.Expansion(token) != ids) {
        b.report.Add("E0205", member.place,
                     Cat("\"", member.key, "\" stands for something else at ", LineOf(it->second)), "keep one of them");
        continue;
      }
      b.lexicon.SetExpansion(token, ids);
      singular[PlainTokens(member.key, b.tables.folds, b.lexicon, true)[0]] = std::move(ids);
    }
  }
  for (const auto& [word, ids] : singular) {
    const uint32_t token = b.lexicon.Intern(word);
    if (b.lexicon.Expansion(token).empty() && ids != std::vector<uint32_t>{token}) b.lexicon.SetExpansion(token, ids);
  }
}

void CompileFacts(Build& b, const GrammarFiles& files) {
  for (const Node* root : files.missing) {
    for (const Member& member : root->members) {
      if (!Expect(b, member.value, Node::Type::kObject, Cat("\"", member.key, "\""))) continue;
      CheckFields(b, member.value, {"en", "ja"});
      const Node* en = StringField(b, member.value, "en", true);
      const Node* ja = StringField(b, member.value, "ja", true);
      if (en == nullptr || ja == nullptr) continue;
      const pack::Fact fact{b.tables.strings.Add(member.key), b.tables.strings.Add(en->text),
                            b.tables.strings.Add(ja->text)};
      const auto [id, fresh] = b.facts.Add(member.key, member.place);
      if (fresh) {
        b.tables.facts.push_back(fact);
        continue;
      }
      const pack::Fact& first = b.tables.facts[id];
      if (first.en.offset == fact.en.offset && first.ja.offset == fact.ja.offset) continue;
      b.report.Add("E0205", member.place, Cat("\"", member.key, "\" reads otherwise at ", LineOf(b.facts.PlaceOf(id))),
                   "keep one of them");
    }
  }
}

void CompileWords(Build& b, const GrammarFiles& files) {
  for (const Node* root : files.words) {
    for (const Member& member : root->members) {
      const auto* found = std::find(kClasses.begin(), kClasses.end(), member.key);
      if (found == kClasses.end()) {
        b.report.Add("E0202", member.place, Cat("unknown class of words \"", member.key, "\""),
                     DidYouMean(member.key, std::span<const std::string_view>(kClasses)));
        continue;
      }
      const auto word = static_cast<pack::Word>(found - kClasses.begin());
      for (const Node* phrase : StringList(b, &member.value, member.key)) {
        AddWord(b, *phrase, word);
        if (word == pack::Word::kExceptionAfter) AddWord(b, *phrase, pack::Word::kWithoutAfter);
        if (word == pack::Word::kExceptionBefore) AddWord(b, *phrase, pack::Word::kWithoutBefore);
      }
    }
  }
}

void CompileSystems(Build& b, const GrammarFiles& files) {
  for (const Node* root : files.systems) {
    for (const Member& member : root->members) {
      const auto [id, fresh] = b.systems.Add(member.key, member.place);
      if (fresh) b.tables.systems.push_back(b.tables.strings.Add(member.key));
      for (const Node* pattern : StringList(b, &member.value, member.key))
        b.AddDesignator(*pattern, pack::PatternKind::kSystem, id);
    }
  }
}

}  // namespace sekisho::compile
