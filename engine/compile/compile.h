// Taxonomy source to pack: reads the JSON files of a folder, reports every fault with its place, lays out the tables.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::compile {

enum class Severity { kError, kWarning, kNote };
std::string_view SeverityName(Severity severity);  // "error", "warning", "note"

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;              // stable: "E0101"; docs/diagnostics.md explains each
  std::string file;              // relative to the taxonomy folder
  int line = 0, column = 0;      // from 1, column in bytes; 0: the whole file
  std::string message;           // what is wrong
  std::string hint;              // what to do about it
  std::string ToString() const;  // "concepts/guns.json:12:7: error E0101: … (hint: …)"
};

struct TestCase {                        // a test of an entry or of a treaty row, as written in the source
  std::string list, entry, expectation;  // match, possible, catch_all, excluded, flag, no
  std::string row;                       // of a treaty row: excluded, undetermined, not_excluded (by this row)
  bool classified = false;
  std::string description, part_number, kind, as_of;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string file;
  int line = 0, column = 0;
};

struct Spot {         // a place in the source
  uint32_t file = 0;  // into SourceMap::files
  int line = 0, column = 0;
};

struct WrittenPhrase {  // a phrase of a concept as its author wrote it
  uint32_t concept_id = 0;
  Spot spot;
  std::string text;
  bool off = false;  // of `not`
};

struct Spelling64 {  // a row of tokens under which a phrase is found: PhraseKey of it
  uint64_t key = 0;
  uint32_t phrase = 0;  // into SourceMap::phrases
};

// Where the records of the pack come from; indices are the pack's.
struct SourceMap {
  std::vector<std::string> files;
  std::vector<Spot> concepts, entries, rules;
  std::vector<WrittenPhrase> phrases;
  std::vector<Spelling64> spellings;
};

// Tells a concept's rows of tokens (ids of the pack) from each other.
uint64_t PhraseKey(uint32_t concept_id, bool off, std::span<const uint32_t> tokens);

struct Compiled {
  std::string pack;                     // empty when there are errors
  std::vector<Diagnostic> diagnostics;  // in order of file, line, column
  std::vector<TestCase> tests;
  SourceMap map;
};

// Reads `folder` (taxonomy.json, grammar/, concepts/, lists/). Deterministic: the same files give the same bytes.
Compiled CompileFolder(const std::string& folder);

// The same, but the pack comes out in spite of errors: faulty words, rules and entries are left out. For authors who
// want to see the rest work; never for a pack that is shipped. Empty only when the manifest or the folds are
// unreadable.
Compiled CompileFolderLenient(const std::string& folder);

}  // namespace sekisho::compile
