#include "engine/workshop/lasting.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace sekisho::workshop {
namespace {

bool IsDeviceOrPipe(const std::string& path) {
  struct stat file {};
  return stat(path.c_str(), &file) == 0 && !S_ISREG(file.st_mode) && !S_ISDIR(file.st_mode);
}

// Makes the file, or cuts the one that is there. False: errno says why.
bool Write(const std::string& path, std::string_view content, bool sync) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return false;
  const bool written = WriteAll(fd, content) && (!sync || fsync(fd) == 0);
  const int cause = errno;
  if (close(fd) != 0 && written) return false;
  errno = cause;
  return written;
}

}  // namespace

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

bool SyncFolder(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::absolute(path).parent_path();
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  const bool synced = fsync(fd) == 0 || errno == EINVAL;  // a file system without any such call
  const int cause = errno;
  close(fd);
  errno = cause;
  return synced;
}

std::string ReplaceFile(const std::string& path, std::string_view content) {
  if (IsDeviceOrPipe(path)) return Write(path, content, false) ? "" : std::strerror(errno);
  const std::string aside = path + ".new";
  if (!Write(aside, content, true) || std::rename(aside.c_str(), path.c_str()) != 0) {
    std::string cause = std::strerror(errno);
    std::remove(aside.c_str());
    return cause;
  }
  return SyncFolder(path) ? "" : std::string("its folder: ") + std::strerror(errno);
}

}  // namespace sekisho::workshop
