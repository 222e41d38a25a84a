#include "plugins/cli/files.h"

#include "engine/workshop/lasting.h"
#include "plugins/cli/commands.h"

namespace sekisho::cli {

int WriteAside(const std::string& path, std::string_view content) {
  const std::string cause = workshop::ReplaceFile(path, content);
  if (cause.empty()) return kExitOk;
  return Fault(path + " cannot be written: " + cause + " (hint: check folder, permissions and space)");
}

}  // namespace sekisho::cli
