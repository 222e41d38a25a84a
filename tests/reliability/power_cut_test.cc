// Packs, formatted sources, keys and decision logs, and a power cut after every call that writes them.
#include "tests/reliability/power_cut.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "engine/workshop/format.h"
#include "engine/workshop/lasting.h"
#include "plugins/cli/decision_log.h"
#include "plugins/cli/keys.h"

namespace sekisho::tests {
namespace {

namespace fs = std::filesystem;

// A folder with one file, and what may be in that file after a cut.
class PowerCutTest : public ::testing::Test {
 protected:
  PowerCutTest() { fs::create_directory(folder_); }
  ~PowerCutTest() override { fs::remove_all(folder_); }
  void Put(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string Contents() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  // At how many moments the file may be none of these; "" stands for no file.
  static size_t Otherwise(const PowerCut& cut, const std::vector<std::string>& may) {
    size_t count = 0;
    for (const std::vector<Files>& moment : cut.moments()) {
      for (const Files& files : moment) {
        const auto it = files.find("file.json");
        const std::string bytes = it == files.end() ? "" : it->second;
        if (std::ranges::find(may, bytes) == may.end()) {
          ++count;
          break;
        }
      }
    }
    return count;
  }
  // Whether it holds these bytes whatever has become of the disk.
  static bool Lasts(const PowerCut& cut, const std::string& bytes) {
    for (const Files& files : cut.Now()) {
      const auto it = files.find("file.json");
      if (it == files.end() || it->second != bytes) return false;
    }
    return true;
  }

  const std::string folder_ = fs::temp_directory_path() / ("sekisho-power-cut-" + std::to_string(getpid()));
  const std::string path_ = folder_ + "/file.json";
  const std::string old_ = std::string(3000, 'o'), new_ = std::string(5000, 'n');
};

TEST_F(PowerCutTest, AReplacedFileIsTheOldOrTheNewOneAndThenTheNewOne) {
  Put(old_);
  const PowerCut cut(folder_);
  ASSERT_EQ(workshop::ReplaceFile(path_, new_), "");
  EXPECT_GT(cut.moments().size(), 8u) << "made, written in five pieces, synchronised, renamed, folder synchronised";
  EXPECT_EQ(Otherwise(cut, {old_, new_}), 0u);
  EXPECT_TRUE(Lasts(cut, new_));
}

TEST_F(PowerCutTest, ANewFileIsThereWholeOrNotAtAll) {
  const PowerCut cut(folder_);
  ASSERT_EQ(workshop::ReplaceFile(path_, new_), "");
  EXPECT_EQ(Otherwise(cut, {"", new_}), 0u);
  EXPECT_TRUE(Lasts(cut, new_));
}

// The disk of these tests is one that forgets: each call that is left out shows.
TEST_F(PowerCutTest, WithoutEitherCallItWouldNotLast) {
  const std::string aside = path_ + ".new";
  for (const bool content : {false, true}) {
    Put(old_);
    const PowerCut cut(folder_);
    const int fd = open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ASSERT_TRUE(workshop::WriteAll(fd, new_));
    if (content) {
      ASSERT_EQ(fsync(fd), 0);
    }
    close(fd);
    ASSERT_EQ(std::rename(aside.c_str(), path_.c_str()), 0);
    EXPECT_EQ(Otherwise(cut, {old_, new_}) == 0, content);
    EXPECT_FALSE(Lasts(cut, new_));
    ASSERT_TRUE(workshop::SyncFolder(path_));
    EXPECT_EQ(Lasts(cut, new_), content);
  }
}

TEST_F(PowerCutTest, WhatCannotBeReplacedStays) {
  fs::create_directory(path_);
  EXPECT_NE(workshop::ReplaceFile(path_, new_), "");
  EXPECT_TRUE(fs::is_directory(path_));
  EXPECT_FALSE(fs::exists(path_ + ".new"));
  EXPECT_NE(workshop::ReplaceFile(folder_ + "/none/file", new_), "");
  ASSERT_EQ(workshop::ReplaceFile("/dev/null", new_), "");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(PowerCutTest, AFormattedSourceIsNeverLost) {
  const std::string source = "{\"b\":1,   \"a\":[1,2]}";
  Put(source);
  const PowerCut cut(folder_);
  const workshop::FormatReport report = workshop::FormatFolder(folder_, true);
  ASSERT_EQ(report.changed.size(), 1u);
  EXPECT_TRUE(report.faults.empty());
  const std::string formatted = Contents();
  ASSERT_NE(formatted, source);
  EXPECT_EQ(Otherwise(cut, {source, formatted}), 0u);
  EXPECT_TRUE(Lasts(cut, formatted));
}

TEST_F(PowerCutTest, AKeyThatWasMadeIsThere) {
  const PowerCut cut(folder_);
  ASSERT_EQ(cli::WriteKey(path_, cli::KeyKind::kSecret, {}), "");
  EXPECT_TRUE(Lasts(cut, "ed25519-secret " + std::string(64, '0') + "\n"));
}

// The lines of a log that are good, all but a partial last one; -1: another is not.
int GoodLines(const std::string& bytes) {
  std::istringstream in(bytes);
  cli::LogReader reader(in);
  int good = 0;
  for (cli::LogLine line; reader.Next(line);) {
    if (line.state == cli::LineState::kPartial) break;
    if (line.state != cli::LineState::kGood) return -1;
    ++good;
  }
  return good;
}

TEST_F(PowerCutTest, DecisionsThatWereReportedAreInTheLog) {
  std::vector<std::vector<Files>> moments;
  std::vector<size_t> reported;  // how many moments there were when so many lines were reported
  {
    const PowerCut cut(folder_);
    cli::LogWriter writer;
    ASSERT_EQ(writer.Open(path_), "");
    reported.push_back(cut.moments().size());
    for (int line = 0; line < 6; ++line) {
      ASSERT_EQ(writer.Append({cli::Dump({{"kind", "item"}, {"text", std::string(1500, 'x')}})}), "");
      reported.push_back(cut.moments().size());
    }
    moments = cut.moments();
  }
  size_t disks = 0;
  for (size_t moment = reported[0] - 1; moment < moments.size(); ++moment) {
    const auto lines = std::ranges::count_if(reported, [&](size_t m) { return m <= moment + 1; }) - 1;
    for (const Files& files : moments[moment]) {
      ASSERT_TRUE(files.contains("file.json")) << "an open log is there";
      Put(files.at("file.json"));
      const int good = GoodLines(files.at("file.json"));
      EXPECT_GE(good, lines) << "moment " << moment;
      // The next writer goes on with it.
      cli::LogWriter next;
      ASSERT_EQ(next.Open(path_), "");
      ASSERT_EQ(next.Append({cli::Dump({{"kind", "end"}})}), "");
      EXPECT_EQ(GoodLines(Contents()), good + 1);
      ++disks;
    }
  }
  EXPECT_GT(disks, 30u);
}

}  // namespace
}  // namespace sekisho::tests
