// What the header says of taxonomies, scanners, structs and batches (tests/abi/contracts.tsv names the sentences).
#include <gmock/gmock.h>
#include <malloc.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/abi/fixture.h"

namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

#define TEXT(of, field) std::string((of).field == nullptr ? "" : (of).field, (of).field##_size)

class PromisesTest : public AbiTest {
 protected:
  int32_t VerdictOf(sekisho_scanner* scanner, const std::string& description, const std::string& part_number = "") {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = description.data(), item.description_size = description.size();
    item.part_number = part_number.data(), item.part_number_size = part_number.size();
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    EXPECT_EQ(sekisho_scanner_classify(&result_, scanner, &item, nullptr, &error_), SEKISHO_OK) << error_.message;
    EXPECT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
    return info.verdict;
  }
};

TEST_F(PromisesTest, VersionsAreAsInTheHeader) {
  EXPECT_THAT(sekisho_version(), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
  EXPECT_THAT(sekisho_unicode_version(), MatchesRegex("[0-9]+\\.[0-9]+(\\.[0-9]+)*"));
}

TEST_F(PromisesTest, TaxonomiesAndListsSayWhatTheyAre) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&info, taxonomy_), SEKISHO_OK);
  EXPECT_THAT(TEXT(info, version), MatchesRegex("20[0-9][0-9]\\.[01][0-9].*"));
  EXPECT_THAT(TEXT(info, digest), MatchesRegex("sha256:[0-9a-f]{64}"));
  EXPECT_THAT(TEXT(info, as_of), MatchesRegex("20[0-9][0-9]-[01][0-9]-[0-3][0-9]"));
  std::set<std::string> names;
  for (size_t i = 0; i < info.list_count; ++i) {
    sekisho_list_info list = SEKISHO_LIST_INFO_INIT;
    ASSERT_EQ(sekisho_taxonomy_list(&list, taxonomy_, i), SEKISHO_OK);
    EXPECT_TRUE(names.insert(TEXT(list, list)).second);
    EXPECT_GT(list.entry_count * list.title_en_size * list.title_ja_size, 0u);
  }
  EXPECT_TRUE(names.contains("us-usml"));
}

TEST_F(PromisesTest, ProfilesSayWhatTheyAre) {
  sekisho_taxonomy_info taxonomy = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&taxonomy, taxonomy_), SEKISHO_OK);
  std::set<std::string> found;
  std::set<int32_t> flags;
  for (size_t t = 0; t < taxonomy.treaty_count; ++t) {
    sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
    ASSERT_EQ(sekisho_taxonomy_treaty(&info, taxonomy_, t), SEKISHO_OK);
    found.insert(TEXT(info, treaty) + " " + TEXT(info, cite));
    EXPECT_EQ(info.hypothetical, TEXT(info, treaty) == "us-jp-dtct" ? 1 : 0);
    EXPECT_EQ(info.remark_en_size == 0, info.remark_ja_size == 0);
    EXPECT_TRUE(info.hypothetical == 0 || info.remark_en_size != 0) << "what has to be said";
    EXPECT_GT(info.title_en_size * info.title_ja_size * info.row_count * info.condition_count, 0u);
    for (size_t i = 0; i < info.row_count; ++i) {
      sekisho_treaty_row_info row = SEKISHO_TREATY_ROW_INFO_INIT;
      ASSERT_EQ(sekisho_taxonomy_treaty_row(&row, taxonomy_, t, i), SEKISHO_OK);
      flags.insert(row.flag);
      EXPECT_THAT(TEXT(row, row), MatchesRegex("s[0-9]-[0-9]+"));
      EXPECT_THAT(TEXT(row, cite), HasSubstr("22 CFR Part 126, Supp. No. "));
      EXPECT_EQ(row.question_en_size == 0, row.question_ja_size == 0);
      found.insert(row.question_en_size == 0 ? "no question" : "a question");
    }
    for (size_t i = 0; i < info.condition_count; ++i) {
      sekisho_treaty_condition_info condition = SEKISHO_TREATY_CONDITION_INFO_INIT;
      condition.reserved = 7;
      ASSERT_EQ(sekisho_taxonomy_treaty_condition(&condition, taxonomy_, t, i), SEKISHO_OK);
      EXPECT_EQ(condition.reserved, 0u);
      found.insert(TEXT(condition, id));
      EXPECT_GT(condition.cite_size * condition.en_size * condition.ja_size, 0u);
    }
  }
  for (const char* example : {"us-uk-126.17 22 CFR 126.17", "end-use", "a question", "no question"})
    EXPECT_TRUE(found.contains(example)) << example;
  EXPECT_THAT(flags, ::testing::ElementsAre(SEKISHO_COLUMN_EXCLUDED, SEKISHO_COLUMN_PROBABLE, SEKISHO_COLUMN_UNCLEAR));
}

// Where and what a taxonomy's texts are does not change while others load, judge and end.
TEST_F(PromisesTest, TextsOfATaxonomyLastAsLongAsIt) {
  sekisho_taxonomy_info before = SEKISHO_TAXONOMY_INFO_INIT, after = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_list_info list = SEKISHO_LIST_INFO_INIT;
  sekisho_treaty_info treaty = SEKISHO_TREATY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&before, taxonomy_), SEKISHO_OK);
  ASSERT_EQ(sekisho_taxonomy_list(&list, taxonomy_, 0), SEKISHO_OK);
  ASSERT_EQ(sekisho_taxonomy_treaty(&treaty, taxonomy_, 0), SEKISHO_OK);
  const std::vector<std::string> said = {TEXT(before, version), TEXT(before, digest), TEXT(before, as_of),
                                         TEXT(list, list),      TEXT(list, title_ja), TEXT(treaty, treaty),
                                         TEXT(treaty, cite)};
  EXPECT_EQ(sekisho_taxonomy_retain(taxonomy_), taxonomy_);
  sekisho_taxonomy_release(taxonomy_);
  sekisho_taxonomy* other = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&other, nullptr), SEKISHO_OK);
  sekisho_taxonomy_release(other);
  Describe("rifle");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  ASSERT_EQ(sekisho_taxonomy_describe(&after, taxonomy_), SEKISHO_OK);
  EXPECT_EQ(after.digest, before.digest) << "the same place";
  const std::vector<std::string> now = {TEXT(before, version), TEXT(before, digest), TEXT(before, as_of),
                                        TEXT(list, list),      TEXT(list, title_ja), TEXT(treaty, treaty),
                                        TEXT(treaty, cite)};
  EXPECT_EQ(now, said);
}

TEST_F(PromisesTest, TextsOfAResultLastUntilTheNextCall) {
  Describe("night vision goggle");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
  sekisho_note note = SEKISHO_NOTE_INIT;
  sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
  ASSERT_EQ(sekisho_result_candidate(&candidate, result_, 0, 0), SEKISHO_OK);
  ASSERT_EQ(sekisho_result_missing(&note, result_, 0, 0, 0), SEKISHO_OK);
  ASSERT_EQ(sekisho_result_evidence(&evidence, result_, 0, 0, 0), SEKISHO_OK);
  const char* json = nullptr;
  size_t size = 0;
  ASSERT_EQ(sekisho_result_json(&json, &size, result_), SEKISHO_OK);
  const std::string all(json, size), some = TEXT(candidate, title_ja) + TEXT(note, en) + TEXT(evidence, text);
  for (size_t l = 0; l < 3; ++l) {
    for (size_t c = 0; c < 3; ++c) {
      sekisho_candidate another = SEKISHO_CANDIDATE_INIT;
      sekisho_note missing = SEKISHO_NOTE_INIT;
      if (sekisho_result_candidate(&another, result_, l, c) == SEKISHO_OK)
        sekisho_result_missing(&missing, result_, l, c, 0);
    }
  }
  EXPECT_EQ(Json(), all);
  EXPECT_EQ(std::string(json, size), all);
  EXPECT_EQ(TEXT(candidate, title_ja) + TEXT(note, en) + TEXT(evidence, text), some);
}

TEST_F(PromisesTest, TheLimitIsOfAllFieldsTogether) {
  EXPECT_NE(VerdictOf(scanner_, std::string(65530, 'a'), "rifle "), SEKISHO_UNKNOWN) << "65,536 bytes";
  EXPECT_EQ(VerdictOf(scanner_, std::string(65531, 'a'), "rifle "), SEKISHO_UNKNOWN);
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.max_input_bytes = 10;
  sekisho_scanner* small = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&small, taxonomy_, &options, &error_), SEKISHO_OK);
  EXPECT_NE(VerdictOf(small, "rifle", "12345"), SEKISHO_UNKNOWN);
  EXPECT_EQ(VerdictOf(small, "rifle", "123456"), SEKISHO_UNKNOWN);
  sekisho_scanner_free(small);
}

// A scanner costs a twentieth of the taxonomy's pack, or less.
TEST_F(PromisesTest, ScannersAreCheap) {
  const size_t before = mallinfo2().uordblks;
  std::vector<sekisho_scanner*> scanners(50);
  for (sekisho_scanner*& s : scanners) ASSERT_EQ(sekisho_scanner_create(&s, taxonomy_, nullptr, nullptr), SEKISHO_OK);
  const size_t each = (mallinfo2().uordblks - before) / scanners.size();
  EXPECT_LT(each, std::filesystem::file_size(SEKISHO_PACK_PATH) / 20);
  for (sekisho_scanner* s : scanners) sekisho_scanner_free(s);
}

TEST_F(PromisesTest, WhatIsReservedIsZero) {
  Describe("rocket");
  sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
  attribute.name = "range", attribute.name_size = 5, attribute.quantity = "310 km", attribute.quantity_size = 6;
  item_.attributes = &attribute, item_.attribute_count = 1;
  ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  attribute.reserved = 1;
  EXPECT_EQ(Classify(), SEKISHO_E_UNSUPPORTED);
  EXPECT_THAT(error_.message, HasSubstr("reserved"));
  attribute.reserved = 0;
  context_.reserved = 1;
  EXPECT_EQ(Classify(), SEKISHO_E_UNSUPPORTED);
}

// Arrays of structs of a later version: as far apart as the first says, the rest zero.
struct LaterAttribute {
  sekisho_attribute attribute;
  uint64_t unknown[3];
};
struct LaterItem {
  sekisho_item item;
  uint64_t unknown[5];
};

TEST_F(PromisesTest, ArraysOfLaterStructs) {
  Describe("rocket");
  LaterAttribute attributes[2] = {{SEKISHO_ATTRIBUTE_INIT, {}}, {SEKISHO_ATTRIBUTE_INIT, {}}};
  const char* const names[] = {"range", "payload"};
  const char* const quantities[] = {"310 km", "600 kg"};
  for (size_t i = 0; i < 2; ++i) {
    sekisho_attribute& a = attributes[i].attribute;
    a.struct_size = sizeof(LaterAttribute);
    a.name = names[i], a.name_size = std::strlen(names[i]);
    a.quantity = quantities[i], a.quantity_size = std::strlen(quantities[i]);
  }
  item_.attributes = &attributes[0].attribute, item_.attribute_count = 2;
  ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
  EXPECT_EQ(info.verdict, SEKISHO_MATCH) << "range and payload were both read";
  attributes[1].unknown[2] = 1;
  EXPECT_EQ(Classify(), SEKISHO_E_UNSUPPORTED);
  attributes[1].unknown[2] = 0, attributes[1].attribute.struct_size = sizeof(sekisho_attribute);
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT) << "two sizes";

  LaterItem items[2] = {{SEKISHO_ITEM_INIT, {}}, {SEKISHO_ITEM_INIT, {}}};
  std::vector<int32_t> verdicts;
  for (size_t i = 0; i < 2; ++i) {
    items[i].item.struct_size = sizeof(LaterItem);
    items[i].item.description = i == 0 ? "office chair" : "M4 carbine";
    items[i].item.description_size = std::strlen(items[i].item.description);
  }
  const auto take = [](void* user, size_t, int32_t status, const sekisho_result* result, const sekisho_error*) {
    sekisho_result_info of = SEKISHO_RESULT_INFO_INIT;
    EXPECT_EQ(status, SEKISHO_OK);
    EXPECT_EQ(sekisho_result_describe(&of, result), SEKISHO_OK);
    static_cast<std::vector<int32_t>*>(user)->push_back(of.verdict);
    return 0;
  };
  ASSERT_EQ(sekisho_scanner_classify_batch(scanner_, &items[0].item, 2, nullptr, 0, take, &verdicts, &error_),
            SEKISHO_OK)
      << error_.message;
  EXPECT_EQ(verdicts, (std::vector<int32_t>{SEKISHO_NO_MATCH, SEKISHO_MATCH}));
}

// A batch calls on its caller's thread, which may ask for all of the result.
TEST_F(PromisesTest, ABatchGivesOnTheCallersThread) {
  struct Taken {
    std::thread::id thread;
    std::string entry;
  } taken;
  const auto take = [](void* user, size_t, int32_t, const sekisho_result* result, const sekisho_error*) {
    auto& t = *static_cast<Taken*>(user);
    t.thread = std::this_thread::get_id();
    sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
    sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
    EXPECT_EQ(sekisho_result_candidate(&candidate, result, 0, 0), SEKISHO_OK);
    EXPECT_EQ(sekisho_result_evidence(&evidence, result, 0, 0, 0), SEKISHO_OK);
    t.entry = TEXT(candidate, entry);
    return 0;
  };
  Describe("M4 carbine");
  ASSERT_EQ(sekisho_scanner_classify_batch(scanner_, &item_, 1, nullptr, 0, take, &taken, nullptr), SEKISHO_OK);
  EXPECT_EQ(taken.thread, std::this_thread::get_id());
  EXPECT_EQ(taken.entry, "I(b)");
}

// What is asked of a result while another thread is at work on its scanner is BUSY, and changes nothing.
// The text takes tens of milliseconds; the result is asked for a millisecond after the other thread has begun with it.
TEST_F(PromisesTest, ResultsAreBusyWhileAnotherThreadWorks) {
  std::string text;
  while (text.size() < 60000) text += "night vision goggle, ";
  Describe("rifle");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  std::atomic<bool> begun{false};
  std::thread worker([&] {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    const sekisho_result* result = nullptr;
    begun = true;
    for (int i = 0; i < 20; ++i) sekisho_scanner_classify(&result, scanner_, &item, nullptr, nullptr);
  });
  while (!begun) std::this_thread::yield();
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  const char* json = "";
  size_t size = 1;
  int32_t described = SEKISHO_OK, written = SEKISHO_OK;
  for (int i = 0; i < 5 && (described != SEKISHO_E_BUSY || written != SEKISHO_E_BUSY); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    described = sekisho_result_describe(&info, result_);
    written = sekisho_result_json(&json, &size, result_);
  }
  EXPECT_EQ(described, SEKISHO_E_BUSY);
  EXPECT_EQ(info.list_count, 0u);
  EXPECT_EQ(written, SEKISHO_E_BUSY);
  EXPECT_EQ(json, nullptr);
  EXPECT_EQ(size, 0u);
  worker.join();
}

}  // namespace
