// What the parts of the compiler share: the report, the growing tables, the names defined so far.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/automaton.h"
#include "engine/compile/compile.h"
#include "engine/compile/lexicon.h"
#include "engine/compile/phrases.h"
#include "engine/compile/report.h"
#include "engine/compile/source.h"
#include "engine/compile/spelling.h"
#include "engine/compile/tables.h"

namespace sekisho::compile {

// Names in the order of their definition; the position is the id.
class Names {
 public:
  // The id, and whether the name is new.
  std::pair<uint32_t, bool> Add(std::string_view name, Place place);
  uint32_t Find(std::string_view name) const;  // kNone when absent
  const std::string& Name(uint32_t id) const { return names_[id]; }
  Place PlaceOf(uint32_t id) const { return places_[id]; }
  std::span<const std::string> all() const { return names_; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::vector<Place> places_;
  absl::flat_hash_map<std::string, uint32_t> ids_;
};

using SpelledPhrases = absl::flat_hash_map<const Node*, SpelledPhrase>;

struct Build {
  std::string folder;
  Report report;
  Tables tables;
  Lexicon lexicon;
  Automaton automaton;
  std::vector<std::unique_ptr<Source>> sources;  // nodes point into them
  Names units, measures, facts, concepts, systems;
  std::vector<std::vector<uint32_t>> rules_of;  // for each concept
  std::vector<TestCase> tests;
  std::vector<Place> entry_places, rule_places;  // by the pack's ids
  struct PhrasePlace {
    const Node* node;
    uint32_t concept_id;
    bool off;
  };
  std::vector<PhrasePlace> phrase_places;
  std::vector<Spelling64> spellings;
  WordForms forms;                          // complete before the first phrase
  std::optional<Speller> speller;           // of these
  const SpelledPhrases* spelled = nullptr;  // phrases spelled ahead; null, or without the phrase: spelled when added

  SourceMap Map() const;  // all these places by file, line and column

  const Node* Read(const std::string& file);                       // the root object; null and a diagnostic otherwise
  std::vector<std::string> FilesIn(const std::string& subfolder);  // "grammar/english.json", in name order
  std::vector<std::string> FoldersIn(const std::string& subfolder);

  // Adds every spelling of the phrase to the trie. `seen` (of one concept) brings the warning for a phrase written
  // twice.
  struct Seen;
  void AddPhrase(const Node& phrase, pack::Term term, Seen* seen = nullptr);
  // Adds the designator's patterns.
  void AddDesignator(const Node& pattern, pack::PatternKind kind, uint32_t id);
};

struct Build::Seen {
  absl::flat_hash_map<uint32_t, Place> ends;  // of rows of tokens, by Lexicon::AddRow
};

// ---- reading fields -------------------------------------------------------------------------------------------

// E0107 for every member that is not in `known`.
void CheckFields(Build& b, const Node& object, std::initializer_list<std::string_view> known);
bool Expect(Build& b, const Node& node, Node::Type type, std::string_view what);  // E0106
// The string member; null when absent (E0108 if required) or of another type (E0106).
const Node* StringField(Build& b, const Node& object, std::string_view key, bool required = false);
bool BoolField(Build& b, const Node& object, std::string_view key);
// The member as a list of strings; a plain string is a list of one.
std::vector<const Node*> StringList(Build& b, const Node* node, std::string_view what);
// {"en": …, "ja": …}, both required.
struct Bilingual {
  std::string en, ja;
};
std::optional<Bilingual> BilingualField(Build& b, const Node& object, std::string_view key, Place owner);

std::string LineOf(Place place);  // "grammar/units.json:3:5"

}  // namespace sekisho::compile
