#include "plugins/cli/keys.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "engine/pack/signature.h"
#include "engine/workshop/lasting.h"

namespace sekisho::cli {

namespace {

std::string_view Name(KeyKind kind) { return kind == KeyKind::kPublic ? "ed25519-public" : "ed25519-secret"; }

std::string Trimmed(std::string line) {
  line.resize(std::min(line.find('#'), line.size()));
  const size_t first = line.find_first_not_of(" \t\r"), last = line.find_last_not_of(" \t\r");
  return first == line.npos ? "" : line.substr(first, last - first + 1);
}

}  // namespace

std::vector<KeyBytes> ReadKeys(const std::string& path, KeyKind kind, std::string& error) {
  std::vector<KeyBytes> keys;
  std::ifstream in(path);
  std::string line;
  for (size_t number = 1; std::getline(in, line); ++number) {
    line = Trimmed(std::move(line));
    if (line.empty()) continue;
    const size_t space = line.find(' ');
    KeyBytes key;
    if (line.substr(0, space) != Name(kind) || space == line.npos || !pack::FromHex(line.substr(space + 1), key)) {
      error = path + ":" + std::to_string(number) + ": not a key (hint: " + std::string(Name(kind)) +
              ", one space, 64 hexadecimal digits)";
      return {};
    }
    keys.push_back(key);
  }
  if (keys.empty()) error = path + ": no key can be read (hint: sekisho taxonomy keygen makes key files)";
  return keys;
}

std::string WriteKey(const std::string& path, KeyKind kind, const KeyBytes& key) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kind == KeyKind::kSecret ? 0600 : 0644);
  if (fd < 0) {
    return path + " cannot be made: " + std::strerror(errno) + " (hint: keys are never written over; use another name)";
  }
  const std::string text = std::string(Name(kind)) + " " + pack::Hex(key.data(), key.size()) + "\n";
  const bool written = workshop::WriteAll(fd, text) && fsync(fd) == 0 && workshop::SyncFolder(path);
  close(fd);
  return written ? "" : path + " cannot be written (hint: check the disk)";
}

}  // namespace sekisho::cli
