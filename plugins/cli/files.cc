#include "plugins/cli/files.h"

#include <cstdio>
#include <fstream>

#include "plugins/cli/commands.h"

namespace sekisho::cli {

int WriteAside(const std::string& path, std::string_view content) {
  const std::string aside = path + ".new";  // a program that maps the old file keeps it
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (out && std::rename(aside.c_str(), path.c_str()) == 0) return kExitOk;
  std::remove(aside.c_str());
  return Fault(path + " cannot be written (hint: check folder and permissions)");
}

}  // namespace sekisho::cli
