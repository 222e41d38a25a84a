// The order of the work: manifest, grammar, concepts, lists, treaties, and then the file.
#include "engine/compile/compile.h"

#include <exception>
#include <filesystem>
#include <future>
#include <utility>

#include "engine/compile/build.h"
#include "engine/compile/concepts.h"
#include "engine/compile/gate.h"
#include "engine/compile/grammar.h"
#include "engine/compile/lists.h"
#include "engine/compile/numbers.h"
#include "engine/compile/strings.h"
#include "engine/compile/treaties.h"

namespace sekisho::compile {
namespace {

// False when nothing else can be read either.
bool ReadManifest(Build& b, std::vector<const Node*>& lists) {
  const Node* root = b.Read("taxonomy.json");
  if (root == nullptr) return false;
  CheckFields(b, *root, {"version", "as_of", "lists"});
  const Node* version = StringField(b, *root, "version", true);
  const Node* as_of = StringField(b, *root, "as_of", true);
  if (root->Find("lists") == nullptr) b.report.Add("E0108", root->place, "\"lists\" is missing");
  lists = StringList(b, root->Find("lists"), "lists");
  b.tables.version = b.tables.strings.Add(version != nullptr ? version->text : "");
  if (as_of == nullptr) return true;
  if (const auto date = ParseDate(as_of->text)) {
    b.tables.as_of = *date;
  } else {
    b.report.Add("E0109", as_of->place, Cat("\"", as_of->text, "\" is not a date"), "YYYY-MM-DD");
  }
  return true;
}

// Whether there is anything to write.
bool Run(Build& b) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(b.folder, ignored)) {
    b.report.AddFile("E0101", b.folder, "there is no such folder");
    return false;
  }
  std::vector<const Node*> lists;
  if (!ReadManifest(b, lists)) return false;
  const GrammarFiles grammar = ReadGrammar(b);
  CompileFolds(b, grammar);
  CompileAbbreviations(b, grammar);
  b.forms = FormsOf(b.lexicon);
  b.speller.emplace(b.tables.folds, b.forms);
  CompileUnits(b, grammar);
  CompileMeasures(b, grammar);
  CompileComparators(b, grammar);
  CompileFacts(b, grammar);
  CompileWords(b, grammar);
  CompileSystems(b, grammar);
  CompileConcepts(b, DeclareConcepts(b));
  Fault fault;
  std::future<void> automaton =  // no pattern comes after the concepts'
      std::async(std::launch::async,
                 [&, &laid = static_cast<DesignatorTables&>(b.tables)] { b.automaton.Flush(laid, fault); });
  CompileLists(b, lists);
  CompileTreaties(b);
  b.lexicon.Flush(b.tables);
  automaton.get();
  Automaton::WalkWords(b.tables);
  BuildGate(b.lexicon, b.tables);
  if (!fault.empty()) b.report.AddFile(fault.code, b.folder, fault.message, fault.hint);
  return true;
}

Compiled Compile(const std::string& folder, bool lenient) {
  Build b;
  b.folder = folder;
  Compiled out;
  try {
    const bool complete = Run(b);
    if (complete && (lenient || !b.report.has_errors())) out.pack = WritePack(b.tables);
  } catch (const std::exception& e) {  // out of memory, a file system that throws
    b.report.AddFile("E0101", folder, Cat("the compiler could not go on: ", e.what()));
    out.pack.clear();
  }
  out.diagnostics = b.report.Take();
  out.map = b.Map();
  out.tests = std::move(b.tests);
  return out;
}

}  // namespace

Compiled CompileFolder(const std::string& folder) { return Compile(folder, false); }
Compiled CompileFolderLenient(const std::string& folder) { return Compile(folder, true); }

}  // namespace sekisho::compile
