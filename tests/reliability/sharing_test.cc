// Memory of packs: what forks and mappings share, what a file altered under a mapping does, and loads that take long.
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>

#include "sekisho.h"
#include "tests/abi/judged.h"
#include "tests/reliability/faulty_system.h"

namespace sekisho::tests {
namespace {

constexpr char kItem[] = "mount for m2 browning";

// Kilobytes of the mappings that `is` says yes to: all of them, those that another process has as well, and those that
// are this process's own.
struct Pages {
  size_t mappings = 0, all = 0, shared = 0, own = 0;
};
Pages PagesOf(const std::function<bool(const std::string& access, const std::string& name)>& is) {
  std::ifstream maps("/proc/self/smaps");
  Pages pages;
  bool counts = false;
  for (std::string line; std::getline(maps, line);) {
    char access[5] = {}, name[512] = {}, field[64] = {};
    size_t size = 0;
    if (std::sscanf(line.c_str(), "%*x-%*x %4s %*x %*x:%*x %*u %511s", access, name) >= 1) {
      counts = is(access, name);
      pages.mappings += counts ? 1 : 0;
    } else if (counts && std::sscanf(line.c_str(), "%63[^:]: %zu kB", field, &size) == 2) {
      const std::string what = field;
      if (what == "Rss") pages.all += size;
      if (what == "Shared_Clean" || what == "Shared_Dirty") pages.shared += size;
      if (what == "Anonymous") pages.own += size;  // not what waits to be written back to the file
    }
  }
  return pages;
}

class SharingTest : public ::testing::Test {
 protected:
  SharingTest()
      : path_(std::filesystem::temp_directory_path() / ("sekisho-sharing-" + std::to_string(getpid()) + ".pack")) {
    std::filesystem::copy_file(SEKISHO_BASE_PACK_PATH, path_, std::filesystem::copy_options::overwrite_existing);
  }
  ~SharingTest() override { std::filesystem::remove(path_); }
  sekisho_taxonomy* Mapped() {
    sekisho_taxonomy* t = nullptr;
    EXPECT_EQ(sekisho_taxonomy_load_mapped(&t, path_.data(), path_.size(), &error_), SEKISHO_OK) << error_.message;
    return t;
  }
  static std::string JudgeBy(sekisho_taxonomy* taxonomy) {
    sekisho_scanner* scanner = nullptr;
    if (sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr) != SEKISHO_OK) return "";
    std::string json = Judge(scanner, kItem);
    sekisho_scanner_free(scanner);
    return json;
  }
  // The status of a child that does this.
  static int InAChild(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    int status = -1;
    waitpid(child, &status, 0);
    return status;
  }

  const std::string path_;
  sekisho_error error_ = SEKISHO_ERROR_INIT;
};

// A pack that was read is the parent's memory, and its children's, also when they have used it.
TEST_F(SharingTest, ForksShareWhatWasRead) {
  const std::string path = SEKISHO_PACK_PATH;
  sekisho_taxonomy* t = nullptr;
  const auto packs = [](const std::string& access, const std::string& name) {
    return access == "r--p" && name.empty();
  };
  const size_t before = PagesOf(packs).all;
  ASSERT_EQ(sekisho_taxonomy_load_file(&t, path.data(), path.size(), &error_), SEKISHO_OK) << error_.message;
  const size_t pack = std::filesystem::file_size(path) / 1024;
  EXPECT_GE(PagesOf(packs).all, before + pack);
  EXPECT_EQ(InAChild([&] {
              if (JudgeBy(t).empty()) return 1;
              const Pages pages = PagesOf(packs);
              return pages.shared >= pack && pages.shared == pages.all ? 0 : 2;
            }),
            0);
  sekisho_taxonomy_release(t);
}

// A mapped pack costs a process no memory of its own: the pages are the file's.
TEST_F(SharingTest, AMappedPackIsTheFile) {
  sekisho_taxonomy* t = Mapped();
  const std::string judged = JudgeBy(t);
  EXPECT_NE(judged, "");
  const Pages pages = PagesOf([&](const std::string&, const std::string& name) { return name == path_; });
  EXPECT_EQ(pages.mappings, 1u);
  EXPECT_GT(pages.all, 0u);
  EXPECT_EQ(pages.own, 0u);
  sekisho_taxonomy* read = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_file(&read, path_.data(), path_.size(), &error_), SEKISHO_OK);
  EXPECT_EQ(JudgeBy(read), judged);
  sekisho_taxonomy_release(read);
  sekisho_taxonomy_release(t);
}

TEST_F(SharingTest, AMappedPackMayBeReplacedByRename) {
  sekisho_taxonomy* t = Mapped();
  const std::string judged = JudgeBy(t);
  const std::string aside = path_ + ".new";
  std::ofstream(aside) << "something else";
  std::filesystem::rename(aside, path_);
  EXPECT_EQ(JudgeBy(t), judged);
  std::filesystem::remove(path_);
  EXPECT_EQ(JudgeBy(t), judged);
  sekisho_taxonomy_release(t);
}

// What the header warns of.
TEST_F(SharingTest, AMappedPackIsAtTheMercyOfItsWriters) {
  sekisho_taxonomy* t = Mapped();
  const std::string judged = JudgeBy(t);
  const size_t at = judged.find("\"title\":\"");
  ASSERT_NE(at, judged.npos);
  const std::string title = judged.substr(at + 9, judged.find('"', at + 9) - at - 9);
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  ASSERT_NE(bytes.find(title), bytes.npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(bytes.find(title)));
  file << '#' << std::flush;
  EXPECT_THAT(JudgeBy(t), ::testing::HasSubstr("\"title\":\"#" + title.substr(1)));
  const int status = InAChild([&] {
    std::filesystem::resize_file(path_, 0);
    return JudgeBy(t).empty() ? 1 : 2;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS) << status;
  sekisho_taxonomy_release(t);
}

TEST_F(SharingTest, MappingRefusesWhatReadingRefuses) {
  const auto both = [&](const std::string& path) {
    sekisho_taxonomy *mapped = nullptr, *read = nullptr;
    const int32_t status = sekisho_taxonomy_load_mapped(&mapped, path.data(), path.size(), &error_);
    EXPECT_EQ(sekisho_taxonomy_load_file(&read, path.data(), path.size(), nullptr), status) << path;
    EXPECT_EQ(mapped, nullptr);
    return status;
  };
  EXPECT_EQ(both("/no/such/file"), SEKISHO_E_NOT_FOUND);
  EXPECT_EQ(both(std::string(5000, 'x')), SEKISHO_E_IO);
  std::ofstream(path_) << "something else";
  EXPECT_EQ(both(path_), SEKISHO_E_NOT_A_PACK);
  std::string bytes = [] {
    std::ifstream in(SEKISHO_BASE_PACK_PATH, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  }();
  bytes[8] = static_cast<char>(bytes[8] ^ 0x40);
  std::ofstream(path_, std::ios::binary) << bytes;
  EXPECT_EQ(both(path_), SEKISHO_E_PACK_VERSION);
  bytes[8] = static_cast<char>(bytes[8] ^ 0x40);
  std::ofstream(path_, std::ios::binary) << bytes.substr(0, bytes.size() - 8);
  EXPECT_EQ(both(path_), SEKISHO_E_PACK_DAMAGED);
  EXPECT_EQ(sekisho_taxonomy_load_mapped(nullptr, path_.data(), path_.size(), nullptr), SEKISHO_E_INVALID_ARGUMENT);
}

// While one thread's load waits for a slow disk, the others use the slot, and put in what they have.
TEST_F(SharingTest, NobodyWaitsForALoad) {
  sekisho_taxonomy* first = nullptr;
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&first, &error_), SEKISHO_OK);
  ASSERT_EQ(sekisho_slot_create(&slot, first, &error_), SEKISHO_OK);
  std::atomic<bool> go_on{false}, loaded{false};
  std::thread loader([&] {
    Reading slow;
    slow.waits_for = &go_on;
    const FaultyReading faulty(slow);
    EXPECT_EQ(sekisho_slot_load_file(slot, path_.data(), path_.size(), nullptr), SEKISHO_OK);
    loaded = true;
  });
  for (int i = 0; i < 50; ++i) {
    usleep(1000);
    sekisho_taxonomy* held = nullptr;
    EXPECT_EQ(sekisho_slot_acquire(&held, slot), SEKISHO_OK);
    EXPECT_EQ(held, first);
    sekisho_taxonomy_release(held);
    EXPECT_EQ(sekisho_slot_set(slot, first), SEKISHO_OK);
  }
  EXPECT_EQ(sekisho_slot_version(slot), 51u);
  EXPECT_FALSE(loaded);
  go_on = true;
  loader.join();
  EXPECT_EQ(sekisho_slot_version(slot), 52u);
  sekisho_slot_free(slot);
  sekisho_taxonomy_release(first);
}

}  // namespace
}  // namespace sekisho::tests
