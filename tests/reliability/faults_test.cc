// What happens around a program: files that come in pieces, are cut or overwritten; forks; a hundred threads; small
// stacks; locales and environments. After each the next call works, and gives what it always gives.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "sekisho.h"
#include "tests/abi/judged.h"
#include "tests/reliability/faulty_system.h"
#include "tests/reliability/worst_inputs.h"

namespace sekisho::tests {
namespace {

constexpr char kItem[] = "GOGGLE,NIGHT VISION AN/PVS-14; ロケット　射程３１０ｋｍ";

std::string Contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string JudgeBy(sekisho_taxonomy* taxonomy) {
  sekisho_scanner* scanner = nullptr;
  if (sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr) != SEKISHO_OK) return "";
  std::string out = Judge(scanner, kItem);
  sekisho_scanner_free(scanner);
  return out;
}

class FaultsTest : public ::testing::Test {
 public:  // for the threads of tests
  void SetUp() override {
    ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, nullptr), SEKISHO_OK);
    expected_ = JudgeBy(taxonomy_);
    ASSERT_THAT(expected_, ::testing::HasSubstr("XII(c)"));
    pack_ = Contents(SEKISHO_BASE_PACK_PATH);
    path_ = (std::filesystem::temp_directory_path() / ("sekisho-faults-" + std::to_string(getpid()))).string();
    Put(pack_);
  }
  void TearDown() override {
    sekisho_taxonomy_release(taxonomy_);
    std::filesystem::remove(path_);
  }
  void Put(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  int32_t Load(const std::string& path, sekisho_taxonomy** keep = nullptr) {
    sekisho_taxonomy* t = nullptr;
    const int32_t status = sekisho_taxonomy_load_file(&t, path.data(), path.size(), &error_);
    EXPECT_EQ(t != nullptr, status == SEKISHO_OK);
    if (keep != nullptr) {
      *keep = t;
    } else {
      sekisho_taxonomy_release(t);
    }
    return status;
  }
  int32_t LoadWhile(const Reading& how) {
    const FaultyReading faulty(how);
    return Load(path_);
  }

  sekisho_error error_ = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy_ = nullptr;
  std::string expected_, pack_, path_;
};

TEST_F(FaultsTest, FilesThatComeInPieces) {
  Reading how;
  how.most_bytes = 100, how.interrupted = true;
  EXPECT_EQ(LoadWhile(how), SEKISHO_OK) << error_.message;
  for (size_t place = 0; place < pack_.size(); place += 97) {
    Reading broken;
    broken.fails_at = place, broken.most_bytes = 50;
    EXPECT_EQ(LoadWhile(broken), SEKISHO_E_IO) << place;
    Reading cut;
    cut.ends_at = place;
    EXPECT_EQ(LoadWhile(cut), SEKISHO_E_PACK_DAMAGED) << place;
  }
  EXPECT_EQ(Load(path_), SEKISHO_OK) << error_.message;
}

// What a power cut leaves: the begin of a pack, or all of its length with blocks of zeros.
TEST_F(FaultsTest, ImagesOfAPowerCut) {
  for (size_t size = 0; size < pack_.size(); size += size < 2048 ? 1 : 61) {
    Put(pack_.substr(0, size));
    EXPECT_THAT(Load(path_), ::testing::AnyOf(SEKISHO_E_PACK_DAMAGED, SEKISHO_E_NOT_A_PACK)) << size;
  }
  for (size_t begin = 0; begin < pack_.size(); begin += 512) {
    std::string bytes = pack_;
    const size_t end = std::min(begin + 4096, bytes.size());
    std::fill(bytes.begin() + static_cast<ptrdiff_t>(begin), bytes.begin() + static_cast<ptrdiff_t>(end), '\0');
    Put(bytes);
    if (bytes != pack_) {
      EXPECT_LT(Load(path_), 0) << begin;
    }
  }
}

TEST_F(FaultsTest, WhatIsNoFile) {
  for (const char* path : {"/", "/dev/null", "/dev/zero", "/proc/self/mem", "/dev/full"})
    EXPECT_LT(Load(path), 0) << path;
  EXPECT_EQ(Load(std::string(5000, 'x')), SEKISHO_E_IO);
  EXPECT_EQ(Load("/etc/hostname/x"), SEKISHO_E_NOT_FOUND);
  std::filesystem::remove(path_);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(Load(path_), SEKISHO_E_NOT_A_PACK) << "and no waiting for a writer";
}

// A file as large as no memory: refused by its header, before memory is asked for.
TEST_F(FaultsTest, AFileLargerThanMemory) {
  ASSERT_EQ(truncate(path_.c_str(), off_t{1} << 40), 0);
  EXPECT_EQ(Load(path_), SEKISHO_E_PACK_DAMAGED) << error_.message;
  Put("nothing");
  ASSERT_EQ(truncate(path_.c_str(), off_t{1} << 40), 0);
  EXPECT_EQ(Load(path_), SEKISHO_E_NOT_A_PACK) << error_.message;
}

// The file of a loaded pack may be overwritten in place, cut and removed.
TEST_F(FaultsTest, ALoadedFileIsAltered) {
  sekisho_taxonomy* t = nullptr;
  ASSERT_EQ(Load(path_, &t), SEKISHO_OK) << error_.message;
  const std::string before = JudgeBy(t);
  ASSERT_NE(before, "");
  std::fstream(path_, std::ios::in | std::ios::out | std::ios::binary) << std::string(pack_.size(), '\xFF');
  EXPECT_EQ(JudgeBy(t), before);
  ASSERT_EQ(truncate(path_.c_str(), 0), 0);
  EXPECT_EQ(JudgeBy(t), before);
  std::filesystem::remove(path_);
  EXPECT_EQ(JudgeBy(t), before);
  sekisho_taxonomy_release(t);
}

// The child ends with 0 when `works` says so.
template <typename Works>
bool InAChild(const Works& works) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(60);  // instead of waiting for ever
    _exit(works() ? 0 : 1);
  }
  int status = -1;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(FaultsTest, ForksShareTaxonomyScannerAndSlot) {
  sekisho_scanner* scanner = nullptr;
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy_, nullptr, nullptr), SEKISHO_OK);
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, nullptr), SEKISHO_OK);
  EXPECT_TRUE(InAChild([&] {
    sekisho_taxonomy* held = nullptr;
    return Judge(scanner, kItem) == expected_ && sekisho_slot_acquire(&held, slot) == SEKISHO_OK &&
           JudgeBy(held) == expected_;
  }));
  EXPECT_EQ(Judge(scanner, kItem), expected_);
  sekisho_slot_free(slot);
  sekisho_scanner_free(scanner);
}

// Threads judge and exchange taxonomies; whenever the process forks, the child finds every slot free.
TEST_F(FaultsTest, ForksWhileThreadsWork) {
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, nullptr), SEKISHO_OK);
  std::atomic<bool> stop{false};
  constexpr int kThreads = 3;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        sekisho_taxonomy* held = nullptr;
        EXPECT_EQ(sekisho_slot_set(slot, taxonomy_), SEKISHO_OK);
        EXPECT_EQ(sekisho_slot_acquire(&held, slot), SEKISHO_OK);
        sekisho_taxonomy_release(held);
      }
    });
  }
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(InAChild([&] {
      sekisho_taxonomy* held = nullptr;
      return sekisho_slot_acquire(&held, slot) == SEKISHO_OK && sekisho_slot_set(slot, held) == SEKISHO_OK &&
             JudgeBy(held) == expected_;
    })) << "fork "
        << i;
  }
  stop = true;
  for (std::thread& t : threads) t.join();
  sekisho_slot_free(slot);
}

TEST_F(FaultsTest, AHundredThreads) {
  std::atomic<int> right{0};
  constexpr int kThreads = 100;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) right += JudgeBy(taxonomy_) == expected_ ? 1 : 0;
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(right, 2000);
}

// How many of the worst texts, as long as they may be by default, are judged.
size_t WorstTextsJudged(sekisho_taxonomy* taxonomy) {
  sekisho_scanner* scanner = nullptr;
  if (sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr) != SEKISHO_OK) return 0;
  size_t judged = 0;
  for (const Worst& worst : WorstInputs()) {
    const std::string text = Repeated(worst, 65536);
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    const sekisho_result* result = nullptr;
    judged += sekisho_scanner_classify(&result, scanner, &item, nullptr, nullptr) == SEKISHO_OK ? 1 : 0;
  }
  sekisho_scanner_free(scanner);
  return judged;
}

// All that the library does, in a thread with a stack of 64 KiB: also with texts whose reading might go deep.
TEST_F(FaultsTest, ASmallStack) {
  struct Work {
    FaultsTest* test;
    std::string judged, of_file;
    size_t worst;
  } work{this, "", "", 0};
  pthread_attr_t attributes;
  ASSERT_EQ(pthread_attr_init(&attributes), 0);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 64 * 1024), 0);
  pthread_t thread;
  const auto run = [](void* argument) -> void* {
    Work& w = *static_cast<Work*>(argument);
    w.judged = JudgeBy(w.test->taxonomy_);
    sekisho_taxonomy* t = nullptr;
    if (w.test->Load(w.test->path_, &t) == SEKISHO_OK) w.of_file = JudgeBy(t);
    sekisho_taxonomy_release(t);
    w.worst = WorstTextsJudged(w.test->taxonomy_);
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, run, &work), 0);
  ASSERT_EQ(pthread_join(thread, nullptr), 0);
  pthread_attr_destroy(&attributes);
  EXPECT_EQ(work.judged, expected_);
  EXPECT_NE(work.of_file, "");
  EXPECT_EQ(work.worst, WorstInputs().size());
}

TEST_F(FaultsTest, SignalsWhileItWorks) {
  struct sigaction action {};
  static std::atomic<int> signals{0};
  action.sa_handler = [](int) { ++signals; };
  ASSERT_EQ(sigaction(SIGUSR1, &action, nullptr), 0);
  std::atomic<bool> stop{false};
  const pthread_t worker = pthread_self();
  std::thread sender([&] {
    while (!stop) {
      pthread_kill(worker, SIGUSR1);
      usleep(100);
    }
  });
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(JudgeBy(taxonomy_), expected_);
    EXPECT_EQ(Load(path_), SEKISHO_OK) << error_.message;
  }
  stop = true;
  sender.join();
  EXPECT_GT(signals, 0);
}

TEST_F(FaultsTest, LocaleZoneAndEnvironmentDoNotMatter) {
  for (const char* locale : {"C", "C.UTF-8", "POSIX", ""}) {
    std::setlocale(LC_ALL, locale);
    for (const char* zone : {"UTC", "Asia/Tokyo", "America/Los_Angeles", "no such zone"}) {
      setenv("TZ", zone, 1);
      tzset();
      setenv("ICU_DATA", "/nowhere", 1);
      setenv("LANG", "tr_TR.UTF-8", 1);
      EXPECT_EQ(JudgeBy(taxonomy_), expected_) << locale << " " << zone;
    }
  }
  clearenv();
  EXPECT_EQ(JudgeBy(taxonomy_), expected_);
}

}  // namespace
}  // namespace sekisho::tests
