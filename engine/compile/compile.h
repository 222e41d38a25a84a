// Taxonomy source to pack: reads the JSON files of a folder, reports every fault with its place, lays out the tables.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sekisho::compile {

enum class Severity { kError, kWarning };

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

struct Compiled {
  std::string pack;                     // empty when there are errors
  std::vector<Diagnostic> diagnostics;  // in order of file, line, column
  std::vector<TestCase> tests;
};

// Reads `folder` (taxonomy.json, grammar/, concepts/, lists/). Deterministic: the same files give the same bytes.
Compiled CompileFolder(const std::string& folder);

// The same, but the pack comes out in spite of errors: faulty words, rules and entries are left out. For authors who
// want to see the rest work; never for a pack that is shipped. Empty only when the manifest or the folds are
// unreadable.
Compiled CompileFolderLenient(const std::string& folder);

}  // namespace sekisho::compile
