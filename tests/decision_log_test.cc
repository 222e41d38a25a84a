// The decision log as a file: sealed lines, and what a stopped program, a cut or an altered byte leaves behind.
#include "plugins/cli/decision_log.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace sekisho::cli {
namespace {

using ::testing::HasSubstr;

class DecisionLog : public ::testing::Test {
 protected:
  ~DecisionLog() override { std::filesystem::remove(path_); }
  std::string Contents() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void Put(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  const std::string path_ =
      (std::filesystem::temp_directory_path() / ("sekisho-log-" + std::to_string(getpid()))).string();
};

std::string Body(int n) { return Dump({{"kind", "item"}, {"id", std::to_string(n)}, {"text", "暗視 \"x\"\n"}}); }

std::string LogOf(int lines) {
  std::string out, sum;
  for (int n = 0; n < lines; ++n) out += Seal(Body(n), sum);
  return out;
}

std::vector<LineState> StatesOf(const std::string& bytes) {
  std::istringstream in(bytes);
  LogReader reader(in);
  std::vector<LineState> states;
  for (LogLine line; reader.Next(line);) states.push_back(line.state);
  return states;
}

std::vector<LineState> Good(size_t lines) { return std::vector<LineState>(lines, LineState::kGood); }

TEST_F(DecisionLog, WhatIsAppendedIsReadInAnyNumberOfSteps) {
  LogWriter first, second;
  ASSERT_EQ(first.Open(path_), "");
  EXPECT_EQ(first.Append({Body(0), Body(1)}), "");
  EXPECT_EQ(first.Append({Body(2)}), "");
  EXPECT_THAT(second.Open(path_), HasSubstr("another program"));
  EXPECT_EQ(Contents(), LogOf(3));
  EXPECT_EQ(StatesOf(Contents()), Good(3));
}

// Wherever the last line is cut, the reader sees it, and the next writer cuts it off and goes on.
TEST_F(DecisionLog, CutAtEveryByteOfTheLastLine) {
  const std::string whole = LogOf(3), before = LogOf(2);
  for (size_t size = before.size() + 1; size < whole.size(); ++size) {
    Put(whole.substr(0, size));
    EXPECT_EQ(StatesOf(Contents()), (std::vector{LineState::kGood, LineState::kGood, LineState::kPartial})) << size;
    LogWriter writer;
    ASSERT_EQ(writer.Open(path_), "") << size;
    EXPECT_EQ(writer.repaired(), size - before.size());
    ASSERT_EQ(writer.Append({Body(2)}), "");
    ASSERT_EQ(Contents(), whole) << size;
  }
}

TEST_F(DecisionLog, CutInsideTheFirstLineBeginsAnew) {
  Put(LogOf(1).substr(0, 20));
  LogWriter writer;
  ASSERT_EQ(writer.Open(path_), "");
  ASSERT_EQ(writer.Append({Body(0)}), "");
  EXPECT_EQ(Contents(), LogOf(1));
}

// No byte can be another without a line that says so.
TEST_F(DecisionLog, EveryAlteredByteIsSeen) {
  const std::string whole = LogOf(3);
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 4);
    EXPECT_NE(StatesOf(bad), Good(3)) << at;
  }
}

TEST_F(DecisionLog, LinesThatWereTakenOutOrPutElsewhereAreSeen) {
  const std::string one = LogOf(1), two = LogOf(2).substr(one.size()), three = LogOf(3).substr(LogOf(2).size());
  EXPECT_EQ(StatesOf(one + three), (std::vector{LineState::kGood, LineState::kUnlinked}));
  EXPECT_EQ(StatesOf(two + three), (std::vector{LineState::kUnlinked, LineState::kGood}));
  EXPECT_EQ(StatesOf(one + three + two), (std::vector{LineState::kGood, LineState::kUnlinked, LineState::kUnlinked}));
  EXPECT_EQ(StatesOf(one + "\n" + two), (std::vector{LineState::kGood, LineState::kBroken, LineState::kUnlinked}));
}

TEST_F(DecisionLog, NothingIsAppendedToWhatIsNoLog) {
  for (const std::string& content :
       {std::string("notes of mine\n"), LogOf(2).replace(5, 1, "X") + "{}\n", std::string("\n")}) {
    Put(content);
    LogWriter writer;
    EXPECT_THAT(writer.Open(path_), HasSubstr("hint:")) << content;
    EXPECT_NE(writer.Append({Body(0)}), "");
    EXPECT_EQ(Contents(), content);
  }
}

// A line longer than the piece of the file that is looked at first.
TEST_F(DecisionLog, LongLines) {
  std::string sum;
  const std::string one = Seal(Dump({{"text", std::string(300000, 'x')}}), sum);
  Put(one + one.substr(0, 200000));
  LogWriter writer;
  ASSERT_EQ(writer.Open(path_), "");
  EXPECT_EQ(writer.repaired(), 200000u);
  ASSERT_EQ(writer.Append({Body(1)}), "");
  EXPECT_EQ(StatesOf(Contents()), Good(2));
}

// A writer that is killed while it appends without a pause: what it was told to be on the disk is there.
TEST_F(DecisionLog, KilledWriter) {
  for (int round = 0; round < 5; ++round) {
    const size_t before = StatesOf(Contents()).size();
    int done[2];
    ASSERT_EQ(pipe(done), 0);
    const pid_t child = fork();
    if (child == 0) {
      LogWriter writer;
      if (!writer.Open(path_).empty()) _exit(1);
      for (char n = 0;; ++n) {
        if (!writer.Append({Body(1), Body(2), Body(3)}).empty() || write(done[1], &n, 1) != 1) _exit(1);
      }
    }
    close(done[1]);
    size_t kept = 0;
    for (char n; kept < 5 && read(done[0], &n, 1) == 1;) ++kept;
    kill(child, SIGKILL);
    for (char n; read(done[0], &n, 1) == 1;) ++kept;
    close(done[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    LogWriter next;
    ASSERT_EQ(next.Open(path_), "");
    const std::vector<LineState> states = StatesOf(Contents());
    EXPECT_EQ(states, Good(states.size()));
    EXPECT_GE(states.size(), before + 3 * kept);
  }
}

// A disk that is full at any byte of a line: the writer says so and appends nothing more, and when there is room again
// the next one cuts off what was begun and goes on.
TEST_F(DecisionLog, FullDisk) {
  const std::string before = LogOf(2), whole = LogOf(3);
  for (size_t room = before.size(); room < whole.size(); ++room) {
    Put(before);
    const pid_t child = fork();
    if (child == 0) {
      const rlimit full{room, room};
      signal(SIGXFSZ, SIG_IGN);
      LogWriter writer;
      if (!writer.Open(path_).empty() || setrlimit(RLIMIT_FSIZE, &full) != 0) _exit(1);
      if (writer.Append({Body(2)}).find("cannot be written") == std::string::npos) _exit(2);
      _exit(writer.Append({Body(2)}).empty() ? 3 : 0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << room << ": " << status;
    ASSERT_EQ(Contents(), whole.substr(0, room));
    LogWriter next;
    ASSERT_EQ(next.Open(path_), "") << room;
    EXPECT_EQ(next.repaired(), room - before.size());
    ASSERT_EQ(next.Append({Body(2)}), "");
    ASSERT_EQ(Contents(), whole) << room;
  }
}

}  // namespace
}  // namespace sekisho::cli
