// The bytes of a file or of standard input, with as much look-ahead as one row may have.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::cli {

class Source {
 public:
  Source() = default;
  ~Source();
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  // "-": standard input. False with error() set.
  bool Open(const std::string& path);
  const std::string& name() const { return name_; }    // for messages
  const std::string& error() const { return error_; }  // of opening or reading
  uint64_t line() const { return line_; }              // of the next byte, from 1

  // The bytes that are there, from the next one on.
  std::string_view ahead() const { return std::string_view(buffer_).substr(position_); }
  bool More();                 // reads on; false when there is no more
  void Consume(size_t count);  // at most ahead().size()
  // The next line without its end, consumed. False at the end of the input. A line longer than kMaxRowBytes is skipped,
  // and `too_long` set.
  bool NextLine(std::string& out, bool& too_long);
  void SkipLine();

 private:
  std::string name_, error_, buffer_;
  size_t position_ = 0;
  uint64_t line_ = 1;
  int fd_ = -1;
  bool ended_ = false;
};

}  // namespace sekisho::cli
