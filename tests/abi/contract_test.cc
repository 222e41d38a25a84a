// Sentences of the header that no other test holds the library to, each quoted before what checks it.
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>

#include "tests/abi/fixture.h"

namespace {

// "fixed for ever": the numbers and their names.
TEST(ContractTest, EveryStatusHasANameOfItsOwn) {
  constexpr const char* kNames[] = {"SEKISHO_OK",
                                    "SEKISHO_E_INVALID_ARGUMENT",
                                    "SEKISHO_E_NOMEM",
                                    "SEKISHO_E_INTERNAL",
                                    "SEKISHO_E_UNSUPPORTED",
                                    "SEKISHO_E_BUSY",
                                    "SEKISHO_E_OUT_OF_RANGE",
                                    "SEKISHO_E_NOT_FOUND",
                                    "SEKISHO_E_IO",
                                    "SEKISHO_E_NOT_A_PACK",
                                    "SEKISHO_E_PACK_VERSION",
                                    "SEKISHO_E_PACK_DAMAGED",
                                    "SEKISHO_E_UNKNOWN_LIST",
                                    "SEKISHO_E_BAD_DATE",
                                    "SEKISHO_E_BAD_ATTRIBUTE",
                                    "SEKISHO_E_UNKNOWN_TREATY",
                                    "SEKISHO_E_UNSIGNED",
                                    "SEKISHO_E_UNTRUSTED_KEY",
                                    "SEKISHO_E_BAD_SIGNATURE",
                                    "SEKISHO_E_PACK_OLDER",
                                    "SEKISHO_E_PACK_EXPIRED"};
  int32_t status = 0;
  for (const char* name : kNames) EXPECT_STREQ(sekisho_status_name(status--), name);
  EXPECT_STREQ(sekisho_status_name(status), "SEKISHO_E_?");
}

TEST(ContractTest, EveryVerdictHasAName) {
  constexpr const char* kNames[] = {"?", "match", "possible", "catch_all", "unknown", "excluded", "no_match", "?"};
  constexpr const char* kTreaties[] = {"?", "excluded", "undetermined", "not_excluded", "not_applicable", "?"};
  int32_t verdict = 0, treaty = 0;
  for (const char* name : kNames) EXPECT_STREQ(sekisho_verdict_name(verdict++), name);
  for (const char* name : kTreaties) EXPECT_STREQ(sekisho_treaty_verdict_name(treaty++), name);
}

// "`message` is UTF-8, ended by NUL, cut at a character if need be", "left alone by one that succeeds".
TEST_F(AbiTest, MessagesAreCutAtACharacter) {
  for (const std::string first : {"", "x", "xy"}) {
    std::string lists = first;
    while (lists.size() < 1000) lists += "弾";
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.lists = lists.data(), options.lists_size = lists.size();
    sekisho_scanner* none = nullptr;
    ASSERT_EQ(sekisho_scanner_create(&none, taxonomy_, &options, &error_), SEKISHO_E_UNKNOWN_LIST);
    EXPECT_EQ(error_.status, SEKISHO_E_UNKNOWN_LIST);
    const size_t size = strnlen(error_.message, sizeof(error_.message));
    ASSERT_LT(size, sizeof(error_.message));
    ASSERT_GT(size, 490u);
    const std::string message(error_.message, size);
    EXPECT_EQ(message.substr(size - 3), "弾") << message;
    Describe("rifle");
    EXPECT_EQ(Classify(), SEKISHO_OK);
    EXPECT_EQ(error_.status, SEKISHO_E_UNKNOWN_LIST);
    EXPECT_EQ(message, error_.message);
  }
}

// "A scanner of `taxonomy` (which it retains)", "Its text is copied", "Taxonomies that were acquired stay as they are".
TEST_F(AbiTest, WhatIsHeldStays) {
  sekisho_slot* slot = nullptr;
  sekisho_taxonomy* acquired = nullptr;
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, nullptr), SEKISHO_OK);
  ASSERT_EQ(sekisho_slot_set(slot, taxonomy_), SEKISHO_OK);
  EXPECT_EQ(sekisho_slot_version(slot), 2u);
  EXPECT_EQ(sekisho_slot_set(slot, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_slot_version(slot), 2u) << "one more with each taxonomy put in";
  ASSERT_EQ(sekisho_slot_acquire(&acquired, slot), SEKISHO_OK);
  sekisho_slot_free(slot);
  sekisho_taxonomy_release(taxonomy_);
  taxonomy_ = nullptr;
  sekisho_scanner_free(scanner_);
  std::string lists = "jp-etco";
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.lists = lists.data(), options.lists_size = lists.size();
  ASSERT_EQ(sekisho_scanner_create(&scanner_, acquired, &options, nullptr), SEKISHO_OK);
  lists.assign(lists.size(), '?');
  sekisho_taxonomy_release(acquired);
  Describe("machine gun");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
  ASSERT_EQ(sekisho_result_list(&list, result_, 0), SEKISHO_OK);
  EXPECT_EQ(std::string(list.list, list.list_size), "jp-etco");
  EXPECT_EQ(list.verdict, SEKISHO_MATCH);
}

// "In order of strictness; a list's verdict is the strictest of its candidates'", "the strictest of all lists", "0 to
// 1".
TEST_F(AbiTest, VerdictsAreInOrderOfStrictness) {
  size_t candidates = 0;
  for (const char* text : {"machine gun 12.7 mm", "radar for F-16 aircraft", "night vision goggle AN/PVS-14",
                           "バルブ　船舶用", "mount for machine gun", "printer"}) {
    Describe(text);
    ASSERT_EQ(Classify(), SEKISHO_OK);
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
    int32_t strictest = SEKISHO_NO_MATCH;
    for (size_t l = 0; l < info.list_count; ++l) {
      sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
      ASSERT_EQ(sekisho_result_list(&list, result_, l), SEKISHO_OK);
      strictest = std::min(strictest, list.verdict);
      int32_t before = 0;
      for (size_t c = 0; c < list.candidate_count; ++c, ++candidates) {
        sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
        ASSERT_EQ(sekisho_result_candidate(&candidate, result_, l, c), SEKISHO_OK);
        EXPECT_TRUE(c != 0 || candidate.verdict == list.verdict) << text;
        EXPECT_GE(candidate.verdict, before) << text;
        EXPECT_TRUE(candidate.score >= 0 && candidate.score <= 1) << text;
        before = candidate.verdict;
      }
      EXPECT_TRUE(list.candidate_count != 0 || list.verdict == SEKISHO_NO_MATCH) << text;
    }
    EXPECT_EQ(info.verdict, strictest) << text;
  }
  EXPECT_GT(candidates, 5u);
}

// "A scanner in which another thread was at work stays SEKISHO_E_BUSY in the child."
TEST_F(AbiTest, AScannerAtWorkStaysBusyInAChild) {
  std::string text;
  while (text.size() < 60000) text += "night vision goggle, radar for F-16; ";
  std::atomic<bool> stop{false};
  std::thread worker([&] {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    const sekisho_result* result = nullptr;
    while (!stop) sekisho_scanner_classify(&result, scanner_, &item, nullptr, nullptr);
  });
  Describe("rifle");
  int busy = 0;
  for (int round = 0; round < 200 && busy == 0; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      const int32_t first = Classify(), second = Classify();
      _exit(first == SEKISHO_E_BUSY && second == SEKISHO_E_BUSY ? 1
            : first == SEKISHO_OK && second == SEKISHO_OK       ? 0
                                                                : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) < 2) << status;
    busy += WEXITSTATUS(status);
  }
  stop = true;
  worker.join();
  EXPECT_EQ(busy, 1);
}

// "Nothing is printed, no signal … is used": neither by what succeeds nor by what fails.
TEST_F(AbiTest, NothingIsPrintedAndNoSignalHandled) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  const pid_t child = fork();
  if (child == 0) {
    dup2(fileno(file), STDOUT_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    sekisho_taxonomy* other = nullptr;
    if (sekisho_taxonomy_load_builtin(&other, &error_) != SEKISHO_OK) _exit(1);
    sekisho_taxonomy_release(other);
    if (sekisho_taxonomy_load_file(&other, "/", 1, &error_) == SEKISHO_OK) _exit(2);
    if (sekisho_taxonomy_load_memory(&other, "x", 1, &error_) == SEKISHO_OK) _exit(3);
    for (const char* text : {"night vision goggle", "\xFF", ""}) {
      Describe(text);
      if (Classify() != SEKISHO_OK || Json().empty()) _exit(4);
    }
    for (int signal = 1; signal < NSIG; ++signal) {
      struct sigaction action {};
      if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
        _exit(5);
    }
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  struct stat written {};
  fstat(fileno(file), &written);
  std::fclose(file);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)  // sanitizers handle signals
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
#endif
  EXPECT_EQ(written.st_size, 0);
}

}  // namespace
