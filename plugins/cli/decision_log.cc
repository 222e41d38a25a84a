#include "plugins/cli/decision_log.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/workshop/lasting.h"

namespace sekisho::cli {

namespace {

constexpr size_t kHexSize = 64;
constexpr std::string_view kPrevious = ",\"previous\":\"", kSum = "\",\"sum\":\"", kEnd = "\"}";
// What is behind the sealed bytes of a line, and behind the body.
constexpr size_t kSealSize = kSum.size() + kHexSize + kEnd.size();

struct Sealed {
  bool good = false;
  std::string_view previous, sum;
};

bool IsHex(std::string_view text) { return text.find_first_not_of("0123456789abcdef") == text.npos; }

// The checksums of a line without its end.
Sealed Check(std::string_view line) {
  Sealed s;
  if (line.size() < kSealSize || line.substr(line.size() - kEnd.size()) != kEnd) return s;
  const std::string_view sealed = line.substr(0, line.size() - kSealSize);
  s.sum = line.substr(line.size() - kEnd.size() - kHexSize, kHexSize);
  const size_t at = sealed.rfind(kPrevious);
  if (line.substr(sealed.size(), kSum.size()) != kSum || at == sealed.npos) return s;
  s.previous = sealed.substr(at + kPrevious.size());
  s.good = IsHex(s.previous) && (s.previous.empty() || s.previous.size() == kHexSize) && s.sum == Sha256Hex(sealed);
  return s;
}

// The file's last `size` bytes, or all of it.
bool ReadTail(int fd, uint64_t file_size, size_t size, std::string& out) {
  size = static_cast<size_t>(std::min<uint64_t>(size, file_size));
  out.resize(size);
  size_t done = 0;
  while (done < size) {
    const ssize_t n = pread(fd, out.data() + done, size - done, static_cast<off_t>(file_size - size + done));
    if (n <= 0 && errno != EINTR) return false;
    if (n > 0) done += static_cast<size_t>(n);
  }
  return true;
}

}  // namespace

std::string Sha256Hex(std::string_view bytes) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string hex(2 * sizeof(digest) + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest, sizeof(digest));
  hex.pop_back();
  return hex;
}

std::string Dump(const LogJson& body) { return body.dump(-1, ' ', false, LogJson::error_handler_t::replace); }

std::string Seal(std::string line, std::string& previous) {
  line.pop_back();
  line += kPrevious;
  line += previous;
  previous = Sha256Hex(line);
  line += kSum;
  line += previous;
  line += kEnd;
  line += '\n';
  return line;
}

bool LogReader::Next(LogLine& line) {
  std::string text;
  if (!std::getline(in_, text)) return false;
  line = LogLine();
  line.number = ++number_;
  if (in_.eof()) {
    line.state = LineState::kPartial;
    return true;
  }
  const Sealed sealed = Check(text);
  if (sealed.good) line.body = LogJson::parse(text, nullptr, false);
  if (!line.body.is_object()) {
    linked_ = false;
    return true;
  }
  line.state = linked_ && sealed.previous == sum_ ? LineState::kGood : LineState::kUnlinked;
  sum_ = sealed.sum;
  linked_ = true;
  return true;
}

LogWriter::~LogWriter() {
  if (fd_ >= 0) close(fd_);
}

std::string LogWriter::Fails(const char* what) {
  const std::string cause = std::strerror(errno);
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  return path_ + ": " + what + ": " + cause + " (hint: check folder, permissions and space)";
}

std::string LogWriter::Open(const std::string& path) {
  path_ = path;
  fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd_ < 0) return Fails("the log cannot be opened");
  if (flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return Fails("the log cannot be locked");
    close(fd_);
    fd_ = -1;
    return path_ + ": another program is writing to this log (hint: one log a program)";
  }
  std::string error = GoOn();
  if (!error.empty() && fd_ >= 0) {
    close(fd_);
    fd_ = -1;
  }
  return error;
}

std::string LogWriter::GoOn() {
  struct stat file {};
  if (fstat(fd_, &file) != 0 || !S_ISREG(file.st_mode)) return path_ + ": not a file that can be appended to";
  const auto size = static_cast<uint64_t>(file.st_size);
  if (size == 0) return workshop::SyncFolder(path_) ? "" : Fails("the folder cannot be synchronised");
  std::string tail;
  size_t end = tail.npos, begin = tail.npos;  // of the last whole line
  for (size_t want = 1 << 16; begin == tail.npos; want *= 4) {
    if (!ReadTail(fd_, size, want, tail)) return Fails("the log cannot be read");
    end = tail.rfind('\n');
    begin = end == tail.npos || end == 0 ? tail.npos : tail.rfind('\n', end - 1);
    if (tail.size() == size) break;
  }
  const size_t first = begin == tail.npos ? 0 : begin + 1;
  repaired_ = end == tail.npos ? tail.size() : tail.size() - end - 1;
  if (end != tail.npos) {
    const Sealed sealed = Check(std::string_view(tail).substr(first, end - first));
    if (!sealed.good) {
      return path_ +
             ": the last line is no line of a decision log, or was altered; nothing is appended to it (hint: sekisho "
             "replay says which lines are good; begin a new log)";
    }
    sum_ = sealed.sum;
  }
  if (repaired_ == 0) return "";
  if (ftruncate(fd_, static_cast<off_t>(size - repaired_)) != 0 || fsync(fd_) != 0) return Fails("cannot be repaired");
  return "";
}

std::string LogWriter::Append(const std::vector<std::string>& bodies) {
  if (fd_ < 0) return path_ + ": the log is not open";
  std::string text, sum = sum_;
  for (const std::string& body : bodies) text += Seal(body, sum);
  if (!workshop::WriteAll(fd_, text) || fdatasync(fd_) != 0) return Fails("the log cannot be written");
  sum_ = sum;
  return "";
}

}  // namespace sekisho::cli
