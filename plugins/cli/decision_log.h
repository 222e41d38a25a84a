// The decision log: JSON, one object a line, each line sealed with a checksum that covers the line and, through it, all
// lines before. docs/trust.md describes the format. What the objects say is record.h's business.
#pragma once

#include <cstdint>
#include <istream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::cli {

using LogJson = nlohmann::ordered_json;

std::string Sha256Hex(std::string_view bytes);

// An object in one line, whatever bytes its texts have.
std::string Dump(const LogJson& body);

// `body` (an object that is not empty, dumped) as a line of the log, with its line end. `previous` is the checksum of
// the line before, and becomes that of this one; of the first line it is empty.
std::string Seal(std::string body, std::string& previous);

enum class LineState {
  kGood,
  kBroken,    // no line of a log, or altered
  kUnlinked,  // good in itself, but the line before it is another than when it was written
  kPartial,   // the last line, without its end: the writer was stopped
};
struct LogLine {
  uint64_t number = 0;  // from 1
  LineState state = LineState::kBroken;
  LogJson body;  // of kGood and kUnlinked
};

// Reads lines in order. Whatever the bytes are, each of them belongs to a line that is reported.
class LogReader {
 public:
  explicit LogReader(std::istream& in) : in_(in) {}
  bool Next(LogLine& line);                        // false at the end
  const std::string& sum() const { return sum_; }  // of the last line that is good

 private:
  std::istream& in_;
  uint64_t number_ = 0;
  std::string sum_;
  bool linked_ = true;  // whether sum_ is that of the line just read
};

// Appends to a log file, which only one writer at a time may have.
class LogWriter {
 public:
  LogWriter() = default;
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;
  // Makes the file, or goes on with one: a partial last line is cut off, and repaired() says how many bytes that were.
  // Empty, or what is wrong: another writer, a last line that is whole but broken, what the system says.
  std::string Open(const std::string& path);
  // On the disk when it returns. Empty, or what is wrong; then nothing more is appended.
  std::string Append(const std::vector<std::string>& bodies);
  uint64_t repaired() const { return repaired_; }

 private:
  std::string GoOn();  // finds the last line's checksum
  std::string Fails(const char* what);

  std::string path_, sum_;
  int fd_ = -1;
  uint64_t repaired_ = 0;
};

}  // namespace sekisho::cli
