#include "plugins/cli/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "plugins/cli/rows.h"

namespace sekisho::cli {

namespace {
constexpr size_t kChunk = 1 << 18;
}

Source::~Source() {
  if (fd_ > STDIN_FILENO) close(fd_);
}

bool Source::Open(const std::string& path) {
  name_ = path == "-" ? "standard input" : path;
  fd_ = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) {
    error_ = name_ + ": " + std::strerror(errno) + " (hint: check the path)";
    return false;
  }
  struct stat st {};
  if (fstat(fd_, &st) == 0 && S_ISDIR(st.st_mode)) {
    error_ = name_ + " is a directory (hint: name a CSV, TSV, JSONL or text file)";
    return false;
  }
  while (ahead().size() < 4 && More()) {
  }
  if (!error_.empty()) return false;
  const std::string_view start = ahead();
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    error_ = name_ + ":1: this is UTF-16 (hint: save the file as UTF-8)";
    return false;
  }
  if (start.starts_with("\xEF\xBB\xBF")) Consume(3);
  return true;
}

bool Source::More() {
  if (ended_) return false;
  if (position_ > 0) {
    buffer_.erase(0, position_);
    position_ = 0;
  }
  const size_t size = buffer_.size();
  buffer_.resize(size + kChunk);
  ssize_t got = 0;
  do {
    got = read(fd_, buffer_.data() + size, kChunk);
  } while (got < 0 && errno == EINTR);
  if (got < 0) error_ = name_ + ": cannot read: " + std::strerror(errno);
  buffer_.resize(size + static_cast<size_t>(std::max<ssize_t>(got, 0)));
  if (got <= 0) ended_ = true;
  return got > 0;
}

void Source::Consume(size_t count) {
  const std::string_view gone = ahead().substr(0, count);
  line_ += static_cast<uint64_t>(std::count(gone.begin(), gone.end(), '\n'));
  position_ += gone.size();
}

void Source::SkipLine() {
  for (;;) {
    const size_t end = ahead().find('\n');
    if (end != std::string_view::npos) return Consume(end + 1);
    Consume(ahead().size());
    if (!More()) return;
  }
}

bool Source::NextLine(std::string& out, bool& too_long) {
  too_long = false;
  size_t searched = 0;
  for (;;) {
    const size_t end = ahead().find('\n', searched);
    if (end != std::string_view::npos && end <= kMaxRowBytes) {
      out.assign(ahead().substr(0, end));
      Consume(end + 1);
      break;
    }
    searched = ahead().size();
    if (searched > kMaxRowBytes) {
      out.assign(ahead().substr(0, 80));
      too_long = true;
      SkipLine();
      return true;
    }
    if (!More()) {
      if (ahead().empty()) return false;
      out.assign(ahead());
      Consume(out.size());
      break;
    }
  }
  if (!out.empty() && out.back() == '\r') out.pop_back();
  return true;
}

}  // namespace sekisho::cli
