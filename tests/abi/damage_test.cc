// The C ABI under damage and in company: packs that are none, loads that fail, one scanner in two threads, any bytes.
#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/abi/fixture.h"

namespace {

using ::testing::HasSubstr;

std::string PackBytes() {
  std::ifstream in(SEKISHO_PACK_PATH, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(AbiTest, BadPacksHaveDistinctErrors) {
  const auto load = [&](const std::string& bytes) {
    sekisho_taxonomy* t = nullptr;
    const int32_t status = sekisho_taxonomy_load_memory(&t, bytes.data(), bytes.size(), &error_);
    EXPECT_EQ(t == nullptr, status != SEKISHO_OK);
    sekisho_taxonomy_release(t);
    return status;
  };
  const std::string good = PackBytes();
  ASSERT_GT(good.size(), 4096u);
  EXPECT_EQ(load(good), SEKISHO_OK) << error_.message;
  EXPECT_EQ(load(good.substr(0, good.size() / 2)), SEKISHO_E_PACK_DAMAGED);
  std::string bytes = good;
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_EQ(load(bytes), SEKISHO_E_PACK_DAMAGED);
  bytes = good;
  bytes[8] ^= 0x40;  // the format
  EXPECT_EQ(load(bytes), SEKISHO_E_PACK_VERSION);
  bytes = good;
  bytes[0] = 'X';
  EXPECT_EQ(load(bytes), SEKISHO_E_NOT_A_PACK);
  EXPECT_LT(load(""), 0);
  sekisho_taxonomy* t = nullptr;
  EXPECT_EQ(sekisho_taxonomy_load_file(&t, "/no/such/file", 13, &error_), SEKISHO_E_NOT_FOUND);
  EXPECT_THAT(error_.message, HasSubstr("/no/such/file"));
  EXPECT_LT(sekisho_taxonomy_load_file(&t, "/", 1, &error_), 0);
}

TEST_F(AbiTest, SlotKeepsTheOldTaxonomyWhenALoadFails) {
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, &error_), SEKISHO_OK);
  EXPECT_EQ(sekisho_slot_version(slot), 1u);
  EXPECT_EQ(sekisho_slot_load_file(slot, "/no/such/file", 13, &error_), SEKISHO_E_NOT_FOUND);
  sekisho_taxonomy* now = nullptr;
  ASSERT_EQ(sekisho_slot_acquire(&now, slot), SEKISHO_OK);
  EXPECT_EQ(now, taxonomy_);
  sekisho_taxonomy_release(now);
  EXPECT_EQ(sekisho_slot_version(slot), 1u);
  const std::string path = SEKISHO_PACK_PATH;
  ASSERT_EQ(sekisho_slot_load_file(slot, path.data(), path.size(), &error_), SEKISHO_OK) << error_.message;
  EXPECT_EQ(sekisho_slot_version(slot), 2u);
  ASSERT_EQ(sekisho_slot_acquire(&now, slot), SEKISHO_OK);
  EXPECT_NE(now, taxonomy_);
  sekisho_slot_free(slot);
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  EXPECT_EQ(sekisho_taxonomy_describe(&info, now), SEKISHO_OK);
  sekisho_taxonomy_release(now);
}

// One thread at a time: the others get BUSY, nobody gets a mixture.
TEST_F(AbiTest, ScannerInTwoThreadsIsBusy) {
  std::string text = "night vision goggle ";
  for (int i = 0; i < 7; ++i) text += text;
  Describe(text);
  std::atomic<int> ok{0}, busy{0}, other{0};
  const auto work = [&] {
    for (int i = 0; i < 200; ++i) {
      const sekisho_result* result = nullptr;
      const int32_t status = sekisho_scanner_classify(&result, scanner_, &item_, nullptr, nullptr);
      ++(status == SEKISHO_OK ? ok : status == SEKISHO_E_BUSY ? busy : other);
    }
  };
  std::thread first(work), second(work);
  first.join();
  second.join();
  EXPECT_EQ(other, 0);
  EXPECT_EQ(ok + busy, 400);
  EXPECT_GT(ok, 0);
}

TEST_F(AbiTest, ManyThreadsShareATaxonomyAndASlot) {
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, nullptr), SEKISHO_OK);
  Describe("GOGGLE,NIGHT VISION AN/PVS-14");
  std::atomic<int> failures{0};
  const auto work = [&] {
    for (int i = 0; i < 20; ++i) {
      sekisho_taxonomy* taxonomy = nullptr;
      sekisho_scanner* scanner = nullptr;
      const sekisho_result* result = nullptr;
      failures += sekisho_slot_acquire(&taxonomy, slot) != SEKISHO_OK;
      failures += sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr) != SEKISHO_OK;
      sekisho_taxonomy_release(taxonomy);
      failures += sekisho_scanner_classify(&result, scanner, &item_, nullptr, nullptr) != SEKISHO_OK;
      failures += sekisho_slot_set(slot, taxonomy_) != SEKISHO_OK;
      sekisho_scanner_free(scanner);
    }
  };
  std::vector<std::thread> threads;
  constexpr int kThreads = 4;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(sekisho_slot_version(slot), 81u);
  sekisho_slot_free(slot);
}

// Any bytes as text: a result or an error, never a crash; always valid JSON to the eye of a bracket counter.
TEST_F(AbiTest, FuzzText) {
  const std::vector<std::string> seeds = {"GOGGLE,NIGHT VISION AN/PVS-14",
                                          "５．５６ｍｍ普通弾",
                                          "range > 300 km, 12.7 mm",
                                          "107-44-8 (",
                                          "1005-01-231-0973",
                                          "V-22用ギアボックス"};
  std::mt19937 random(20261121);
  for (int i = 0; i < 20000; ++i) {
    std::string text = seeds[random() % seeds.size()] + seeds[random() % seeds.size()];
    for (unsigned n = random() % 6; n > 0; --n) text[random() % text.size()] = static_cast<char>(random());
    text.resize(random() % (text.size() + 1));
    Describe(text);
    item_.part_number = text.data() + text.size() / 2;
    item_.part_number_size = text.size() - text.size() / 2;
    item_.kind = static_cast<int32_t>(random() % 4);
    ASSERT_EQ(Classify(), SEKISHO_OK);
    const std::string json = Json();
    ASSERT_EQ(json.front(), '{');
    ASSERT_EQ(json.back(), '}');
    ASSERT_EQ(json.find('\n'), std::string::npos);
  }
}

// A damaged pack is refused.
TEST_F(AbiTest, FuzzPack) {
  const std::string good = PackBytes();
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::string bytes = good;
    if (i % 4 == 0) {
      bytes.resize(random() % bytes.size());
    } else {
      const size_t at = i % 2 == 0 ? random() % 512 : random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
    sekisho_taxonomy* t = nullptr;
    EXPECT_LT(sekisho_taxonomy_load_memory(&t, bytes.data(), bytes.size(), nullptr), 0);
    EXPECT_EQ(t, nullptr);
  }
}

}  // namespace
