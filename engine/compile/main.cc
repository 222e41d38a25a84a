// sekisho-compile FOLDER OUT.pack [--lenient]: the tool of the build that turns the taxonomy into a pack. Diagnostics
// go to stderr; status 1 on errors (with --lenient only when no pack came out), 2 on a wrong command line.
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/compile/compile.h"

int main(int argc, char** argv) {
  std::vector<std::string> paths;
  bool lenient = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--lenient") {
      lenient = true;
    } else {
      paths.emplace_back(argv[i]);
    }
  }
  if (paths.size() != 2) {
    std::fprintf(stderr, "usage: sekisho-compile FOLDER OUT.pack [--lenient]\n");
    return 2;
  }
  using namespace sekisho::compile;
  const Compiled compiled = lenient ? CompileFolderLenient(paths[0]) : CompileFolder(paths[0]);
  int errors = 0, warnings = 0;
  for (const Diagnostic& d : compiled.diagnostics) {
    ++(d.severity == Severity::kError ? errors : warnings);
    std::fprintf(stderr, "%s\n", d.ToString().c_str());
  }
  if (errors + warnings > 0) std::fprintf(stderr, "%d errors, %d warnings\n", errors, warnings);
  if (compiled.pack.empty()) return 1;
  std::ofstream out(paths[1], std::ios::binary | std::ios::trunc);
  out.write(compiled.pack.data(), static_cast<std::streamsize>(compiled.pack.size()));
  out.close();
  if (!out) {
    std::fprintf(stderr, "%s cannot be written\n", paths[1].c_str());
    return 1;
  }
  return 0;
}
