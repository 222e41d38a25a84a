// Files, names and fields: what every part of the compiler reads with.
#include "engine/compile/build.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "engine/compile/designators.h"
#include "engine/compile/mix.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ListFolder(const std::string& folder, const std::string& subfolder, bool folders) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator it(fs::path(folder) / subfolder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.empty() || name[0] == '.') continue;
    std::error_code ignored;
    if (it->is_directory(ignored) != folders || (!folders && it->path().extension() != ".json")) continue;
    out.push_back(Cat(subfolder, "/", name));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::pair<uint32_t, bool> Names::Add(std::string_view name, Place place) {
  auto [it, fresh] = ids_.try_emplace(std::string(name), static_cast<uint32_t>(names_.size()));
  if (fresh) {
    names_.emplace_back(name);
    places_.push_back(place);
  }
  return {it->second, fresh};
}

uint32_t Names::Find(std::string_view name) const {
  const auto it = ids_.find(std::string(name));
  return it == ids_.end() ? pack::kNone : it->second;
}

const Node* Build::Read(const std::string& file) {
  std::unique_ptr<Source> source = Source::Read(folder, file, report);
  if (source == nullptr) return nullptr;
  sources.push_back(std::move(source));
  const Node& root = sources.back()->root();
  return Expect(*this, root, Node::Type::kObject, "the file") ? &root : nullptr;
}

std::vector<std::string> Build::FilesIn(const std::string& subfolder) { return ListFolder(folder, subfolder, false); }
std::vector<std::string> Build::FoldersIn(const std::string& subfolder) { return ListFolder(folder, subfolder, true); }

void Build::AddPhrase(const Node& phrase, pack::Term term, Seen* seen) {
  const auto ahead = spelled == nullptr ? SpelledPhrases::const_iterator() : spelled->find(&phrase);
  const bool done = spelled != nullptr && ahead != spelled->end();
  const SpelledPhrase own = done ? SpelledPhrase() : speller->Spell(phrase.text);
  const SpelledPhrase& spelt = done ? ahead->second : own;
  if (!spelt.fault.empty()) return report.Add(spelt.fault.code, phrase.place, spelt.fault.message, spelt.fault.hint);
  const bool off = term.kind == pack::TermKind::kOff, of_concept = off || term.kind == pack::TermKind::kConcept;
  if (of_concept) phrase_places.push_back({&phrase, term.id, off});
  std::optional<Place> first;
  bool news = false;  // whether the phrase says anything that the concept did not say before
  const std::vector<uint32_t> words = lexicon.InternAll(spelt.words);
  std::vector<uint32_t> row;
  lexicon.BeginPhrase();
  uint32_t begin = 0;
  for (const Spelling& spelling : spelt.spellings) {
    row.clear();
    for (; begin < spelling.end; ++begin) row.push_back(words[spelt.tokens[begin]]);
    pack::Term one = term;
    if (spelling.tight) one.flags |= pack::kTermTight;
    const uint32_t end = lexicon.AddRow(row, one);
    if (end == pack::kNone) continue;
    if (of_concept)
      spellings.push_back({PhraseKey(term.id, off, row), static_cast<uint32_t>(phrase_places.size() - 1)});
    if (seen == nullptr || spelling.derived) continue;
    const auto [it, fresh] = seen->ends.try_emplace(end, phrase.place);
    news |= fresh;
    if (!fresh) first = it->second;
  }
  if (!first || news) return;
  report.Add("W0301", phrase.place,
             Cat("\"", phrase.text, "\" adds nothing to what this concept says already, at ", LineOf(*first)),
             "plurals, hyphens, long marks and joined spellings are automatic");
}

void Build::AddDesignator(const Node& pattern, pack::PatternKind kind, uint32_t id) {
  Fault fault;
  const std::vector<std::string> patterns = CompileDesignator(pattern.text, tables.folds, fault);
  if (!fault.empty()) return report.Add(fault.code, pattern.place, fault.message, fault.hint);
  for (const std::string& re2 : patterns) {
    const auto index = static_cast<uint32_t>(tables.patterns.size());
    tables.patterns.push_back({tables.strings.Add(re2), kind, 0, id});
    automaton.Add(re2, index);
  }
}

SourceMap Build::Map() const {
  SourceMap out;
  absl::flat_hash_map<const Source*, uint32_t> files;
  for (const auto& source : sources) {
    files[source.get()] = static_cast<uint32_t>(out.files.size());
    out.files.push_back(source->file());
  }
  const auto spot = [&](Place place) {
    if (place.source == nullptr) return Spot{};
    const LineColumn at = place.source->Locate(place.offset);
    return Spot{files.at(place.source), at.line, at.column};
  };
  for (uint32_t id = 0; id < tables.concepts.size(); ++id) out.concepts.push_back(spot(concepts.PlaceOf(id)));
  for (const Place place : entry_places) out.entries.push_back(spot(place));
  for (const Place place : rule_places) out.rules.push_back(spot(place));
  for (const PhrasePlace& p : phrase_places)
    out.phrases.push_back({p.concept_id, spot(p.node->place), p.node->text, p.off});
  out.spellings = spellings;
  return out;
}

uint64_t PhraseKey(uint32_t concept_id, bool off, std::span<const uint32_t> tokens) {
  uint64_t h = 0x9E3779B97F4A7C15u + concept_id * 2ull + (off ? 1 : 0);
  for (const uint32_t token : tokens) h = Mix(h, token);
  return h;
}

void CheckFields(Build& b, const Node& object, std::initializer_list<std::string_view> known) {
  for (const Member& member : object.members) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    std::string hint = DidYouMean(member.key, std::span<const std::string_view>(known.begin(), known.size()));
    if (hint.empty()) hint = Cat("known here: ", Join(known, ", "));
    b.report.Add("E0107", member.place, Cat("unknown field \"", member.key, "\""), std::move(hint));
  }
}

bool Expect(Build& b, const Node& node, Node::Type type, std::string_view what) {
  if (node.type == type) return true;
  b.report.Add("E0106", node.place, Cat(what, " must be ", TypeName(type), ", not ", TypeName(node.type)));
  return false;
}

const Node* StringField(Build& b, const Node& object, std::string_view key, bool required) {
  const Node* node = object.Find(key);
  if (node == nullptr) {
    if (required) b.report.Add("E0108", object.place, Cat("\"", key, "\" is missing"));
    return nullptr;
  }
  return Expect(b, *node, Node::Type::kString, Cat("\"", key, "\"")) ? node : nullptr;
}

bool BoolField(Build& b, const Node& object, std::string_view key) {
  const Node* node = object.Find(key);
  return node != nullptr && Expect(b, *node, Node::Type::kBool, Cat("\"", key, "\"")) && node->truth;
}

std::vector<const Node*> StringList(Build& b, const Node* node, std::string_view what) {
  std::vector<const Node*> out;
  if (node == nullptr) return out;
  if (node->is_string()) return {node};
  if (!Expect(b, *node, Node::Type::kArray, Cat("\"", what, "\""))) return out;
  for (const Node& item : node->items) {
    if (Expect(b, item, Node::Type::kString, Cat("an item of \"", what, "\""))) out.push_back(&item);
  }
  return out;
}

std::optional<Bilingual> BilingualField(Build& b, const Node& object, std::string_view key, Place owner) {
  const Node* node = object.Find(key);
  if (node == nullptr) {
    b.report.Add("E0108", owner, Cat("\"", key, "\" is missing"), Cat("\"", key, R"(": {"en": "…", "ja": "…"})"));
    return std::nullopt;
  }
  if (!Expect(b, *node, Node::Type::kObject, Cat("\"", key, "\""))) return std::nullopt;
  CheckFields(b, *node, {"en", "ja"});
  const Node* en = StringField(b, *node, "en", true);
  const Node* ja = StringField(b, *node, "ja", true);
  if (en == nullptr || ja == nullptr) return std::nullopt;
  return Bilingual{en->text, ja->text};
}

std::string LineOf(Place place) {
  if (place.source == nullptr) return "";
  const LineColumn at = place.source->Locate(place.offset);
  return Cat(place.source->file(), ":", at.line, ":", at.column);
}

}  // namespace sekisho::compile
