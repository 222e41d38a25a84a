// sekisho_scanner_classify_batch: the same as single calls, in order, whatever is wrong with some items.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "tests/abi/fixture.h"

namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Given {  // what a batch gave
  std::vector<size_t> order;
  std::vector<int32_t> statuses;
  std::vector<std::string> texts;  // JSON of results, messages of errors
  size_t end_after = SIZE_MAX;
  std::function<void()> meanwhile;

  static int32_t Take(void* self, size_t index, int32_t status, const sekisho_result* result,
                      const sekisho_error* error) {
    auto& given = *static_cast<Given*>(self);
    given.order.push_back(index);
    given.statuses.push_back(status);
    const char* text = error->message;
    size_t size = std::strlen(text);
    if (result != nullptr) {
      EXPECT_EQ(sekisho_result_json(&text, &size, result), SEKISHO_OK);
    }
    given.texts.emplace_back(text, size);
    if (given.meanwhile) given.meanwhile();
    return given.order.size() > given.end_after ? 1 : 0;
  }
};

class BatchTest : public AbiTest {
 protected:
  void Add(const char* text) {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text;
    item.description_size = std::strlen(text);
    items_.push_back(item);
  }
  int32_t Run(const std::vector<sekisho_context>& contexts = {}) {
    return sekisho_scanner_classify_batch(scanner_, items_.data(), items_.size(), contexts.data(), contexts.size(),
                                          Given::Take, &given_, &error_);
  }
  std::string Alone(size_t i, const sekisho_context* context) {
    EXPECT_EQ(sekisho_scanner_classify(&result_, scanner_, &items_[i], context, &error_), SEKISHO_OK);
    return Json();
  }
  std::vector<sekisho_item> items_;
  Given given_;
};

TEST_F(BatchTest, GivesInOrderWhatSingleCallsGive) {
  for (const char* text : {"SIGHT,NIGHT VISION", "blue shirt", "手榴弾", "", "GEARBOX ASSY F/ V-22", "\xFF"}) Add(text);
  ASSERT_EQ(Run(), SEKISHO_OK) << error_.message;
  EXPECT_THAT(given_.order, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(given_.statuses, Each(SEKISHO_OK));
  for (size_t i = 0; i < items_.size(); ++i) EXPECT_EQ(given_.texts[i], Alone(i, nullptr)) << i;
}

TEST_F(BatchTest, ContextsAreForAllOrForEach) {
  Add("pistol .45 ACP"), Add("pistol .45 ACP");
  sekisho_context old = SEKISHO_CONTEXT_INIT;
  old.as_of = "2020-01-01", old.as_of_size = 10;
  ASSERT_EQ(Run({old}), SEKISHO_OK);
  EXPECT_EQ(given_.texts[0], Alone(0, &old));
  EXPECT_EQ(given_.texts[1], given_.texts[0]);
  given_ = {};
  const sekisho_context now = SEKISHO_CONTEXT_INIT;
  ASSERT_EQ(Run({old, now}), SEKISHO_OK);
  EXPECT_EQ(given_.texts[0], Alone(0, &old));
  EXPECT_EQ(given_.texts[1], Alone(1, &now));
  EXPECT_NE(given_.texts[0], given_.texts[1]);
}

TEST_F(BatchTest, AWrongItemKeepsNothingFromTheOthers) {
  Add("手榴弾"), Add("手榴弾"), Add("手榴弾");
  items_[1].kind = 99;
  ASSERT_EQ(Run(), SEKISHO_OK);
  EXPECT_THAT(given_.statuses, ElementsAre(SEKISHO_OK, SEKISHO_E_INVALID_ARGUMENT, SEKISHO_OK));
  EXPECT_THAT(given_.texts[1], HasSubstr("kind"));
  EXPECT_EQ(given_.texts[0], given_.texts[2]);
  items_[1] = items_[0];
  items_[1].struct_size += 8;
  given_ = {};
  ASSERT_EQ(Run(), SEKISHO_OK);
  EXPECT_EQ(given_.statuses[1], SEKISHO_E_INVALID_ARGUMENT);
}

TEST_F(BatchTest, AWrongContextIsToldWithItsItems) {
  Add("手榴弾"), Add("手榴弾");
  sekisho_context bad = SEKISHO_CONTEXT_INIT;
  bad.as_of = "yesterday", bad.as_of_size = 9;
  ASSERT_EQ(Run({bad}), SEKISHO_OK);
  EXPECT_THAT(given_.statuses, ElementsAre(SEKISHO_E_BAD_DATE, SEKISHO_E_BAD_DATE));
  given_ = {};
  ASSERT_EQ(Run({bad, SEKISHO_CONTEXT_INIT}), SEKISHO_OK);
  EXPECT_THAT(given_.statuses, ElementsAre(SEKISHO_E_BAD_DATE, SEKISHO_OK));
}

TEST_F(BatchTest, TheCallerMayEndIt) {
  Add("a"), Add("b"), Add("c");
  given_.end_after = 1;
  EXPECT_EQ(Run(), SEKISHO_OK);
  EXPECT_THAT(given_.order, ElementsAre(0, 1));
  EXPECT_EQ(Classify(), SEKISHO_OK);  // and go on with the scanner
}

TEST_F(BatchTest, TheScannerIsBusyMeanwhile) {
  Add("手榴弾");
  int32_t alone = SEKISHO_OK, batch = SEKISHO_OK;
  given_.meanwhile = [&] {
    alone = Classify();
    batch = sekisho_scanner_classify_batch(scanner_, items_.data(), 1, nullptr, 0, Given::Take, &given_, nullptr);
  };
  EXPECT_EQ(Run(), SEKISHO_OK);
  EXPECT_EQ(alone, SEKISHO_E_BUSY);
  EXPECT_EQ(batch, SEKISHO_E_BUSY);
}

TEST_F(BatchTest, FreeingTheScannerEndsIt) {
  Add("a"), Add("b");
  given_.meanwhile = [&] { sekisho_scanner_free(scanner_); };
  EXPECT_EQ(Run(), SEKISHO_OK);
  EXPECT_THAT(given_.order, ElementsAre(0));
  scanner_ = nullptr;
}

TEST_F(BatchTest, BadArraysGiveNothing) {
  Add("a"), Add("b"), Add("c");
  const sekisho_context context = SEKISHO_CONTEXT_INIT;
  EXPECT_EQ(Run({context, context}), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_THAT(error_.message, HasSubstr("2 contexts for 3 items"));
  const auto run = [&](sekisho_scanner* scanner, const sekisho_item* items, size_t count, sekisho_batch_function take) {
    return sekisho_scanner_classify_batch(scanner, items, count, nullptr, 0, take, &given_, nullptr);
  };
  EXPECT_EQ(run(scanner_, nullptr, 1, Given::Take), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(run(scanner_, items_.data(), SIZE_MAX, Given::Take), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(run(scanner_, items_.data(), 1, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(run(nullptr, items_.data(), 1, Given::Take), SEKISHO_E_INVALID_ARGUMENT);
  items_[0].struct_size = 4;
  EXPECT_EQ(Run(), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(run(scanner_, nullptr, 0, Given::Take), SEKISHO_OK);
  EXPECT_TRUE(given_.order.empty());
}

}  // namespace
