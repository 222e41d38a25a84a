// The C ABI through the shared library: statuses, errors, structs of other versions, choices of the caller.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <string>

#include "tests/abi/fixture.h"

namespace {

using ::testing::HasSubstr;

TEST_F(AbiTest, NamesAndVersions) {
  EXPECT_STREQ(sekisho_status_name(SEKISHO_OK), "SEKISHO_OK");
  EXPECT_STREQ(sekisho_status_name(SEKISHO_E_BUSY), "SEKISHO_E_BUSY");
  EXPECT_STREQ(sekisho_status_name(SEKISHO_E_BAD_ATTRIBUTE), "SEKISHO_E_BAD_ATTRIBUTE");
  EXPECT_STREQ(sekisho_status_name(1), "SEKISHO_E_?");
  EXPECT_STREQ(sekisho_status_name(INT32_MIN), "SEKISHO_E_?");
  EXPECT_STREQ(sekisho_verdict_name(SEKISHO_CATCH_ALL), "catch_all");
  EXPECT_STREQ(sekisho_verdict_name(0), "?");
  EXPECT_STREQ(sekisho_verdict_name(7), "?");
  EXPECT_EQ(sekisho_abi_version(), static_cast<uint32_t>(SEKISHO_ABI_VERSION));
  EXPECT_NE(sekisho_version()[0], '\0');
  EXPECT_NE(sekisho_unicode_version()[0], '\0');
}

TEST_F(AbiTest, TaxonomySaysWhatItIs) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&info, taxonomy_), SEKISHO_OK);
  EXPECT_EQ(std::string(info.digest, info.digest_size).substr(0, 7), "sha256:");
  EXPECT_EQ(info.digest_size, 71u);
  EXPECT_EQ(info.as_of_size, 10u);
  ASSERT_GT(info.list_count, 0u);
  sekisho_list_info list = SEKISHO_LIST_INFO_INIT;
  EXPECT_EQ(sekisho_taxonomy_list(&list, taxonomy_, 0), SEKISHO_OK);
  EXPECT_EQ(std::string(list.list, list.list_size), "us-usml");
  EXPECT_EQ(sekisho_taxonomy_list(&list, taxonomy_, info.list_count), SEKISHO_E_OUT_OF_RANGE);
  EXPECT_EQ(list.list, nullptr);
}

TEST_F(AbiTest, AccessorsAndJsonAgree) {
  const std::string text = "GOGGLE,NIGHT VISION AN/PVS-14", id = "42 \"x\"\n\x01";
  Describe(text);
  item_.id = id.data();
  item_.id_size = id.size();
  ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
  EXPECT_EQ(std::string(info.id, info.id_size), id);
  const std::string json = Json();
  EXPECT_EQ(json.substr(0, 40), R"({"schema":1,"id":"42 \"x\"\n\u0001","tax)");
  EXPECT_THAT(json, HasSubstr(R"("treaties":[{"treaty":")"));
  EXPECT_GT(info.treaty_count, 0u);
  for (size_t t = 0; t < info.treaty_count; ++t) {
    sekisho_treaty_result treaty = SEKISHO_TREATY_RESULT_INIT;
    ASSERT_EQ(sekisho_result_treaty(&treaty, result_, t), SEKISHO_OK);
    EXPECT_THAT(json, HasSubstr("{\"treaty\":\"" + std::string(treaty.treaty, treaty.treaty_size) +
                                "\",\"verdict\":\"" + sekisho_treaty_verdict_name(treaty.verdict) + "\""));
    EXPECT_EQ(treaty.hypothetical, 0);
    for (size_t i = 0; i < treaty.row_count; ++i) {
      sekisho_treaty_row row = SEKISHO_TREATY_ROW_INIT;
      ASSERT_EQ(sekisho_result_treaty_row(&row, result_, t, i), SEKISHO_OK);
      EXPECT_GT(row.title_ja_size, 0u);
    }
    sekisho_note note = SEKISHO_NOTE_INIT;
    for (size_t i = 0; i < treaty.condition_count; ++i)
      EXPECT_EQ(sekisho_result_treaty_condition(&note, result_, t, i), SEKISHO_OK);
    for (size_t i = 0; i < treaty.missing_count; ++i)
      EXPECT_EQ(sekisho_result_treaty_missing(&note, result_, t, i), SEKISHO_OK);
    EXPECT_EQ(sekisho_result_treaty_condition(&note, result_, t, treaty.condition_count), SEKISHO_E_OUT_OF_RANGE);
  }
  sekisho_treaty_result none = SEKISHO_TREATY_RESULT_INIT;
  EXPECT_EQ(sekisho_result_treaty(&none, result_, info.treaty_count), SEKISHO_E_OUT_OF_RANGE);
  for (size_t l = 0; l < info.list_count; ++l) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    ASSERT_EQ(sekisho_result_list(&list, result_, l), SEKISHO_OK);
    EXPECT_THAT(json, HasSubstr("{\"list\":\"" + std::string(list.list, list.list_size) + "\",\"verdict\":\"" +
                                sekisho_verdict_name(list.verdict) + "\",\"candidates\":["));
    for (size_t c = 0; c < list.candidate_count; ++c) {
      sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
      ASSERT_EQ(sekisho_result_candidate(&candidate, result_, l, c), SEKISHO_OK);
      EXPECT_THAT(json, HasSubstr("{\"entry\":\"" + std::string(candidate.entry, candidate.entry_size) + "\""));
      for (size_t e = 0; e < candidate.evidence_count; ++e) {
        sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
        ASSERT_EQ(sekisho_result_evidence(&evidence, result_, l, c, e), SEKISHO_OK);
        if (evidence.field != SEKISHO_FIELD_DESCRIPTION) continue;
        EXPECT_EQ(std::string(evidence.text, evidence.text_size),
                  text.substr(evidence.begin, evidence.end - evidence.begin));
      }
      sekisho_evidence none = SEKISHO_EVIDENCE_INIT;
      EXPECT_EQ(sekisho_result_evidence(&none, result_, l, c, candidate.evidence_count), SEKISHO_E_OUT_OF_RANGE);
      sekisho_note note = SEKISHO_NOTE_INIT;
      EXPECT_EQ(sekisho_result_missing(&note, result_, l, c, candidate.missing_count), SEKISHO_E_OUT_OF_RANGE);
      for (size_t m = 0; m < candidate.missing_count; ++m) {
        ASSERT_EQ(sekisho_result_missing(&note, result_, l, c, m), SEKISHO_OK);
        EXPECT_GT(note.id_size, 0u);
        EXPECT_GT(note.en_size, 0u);
      }
    }
    sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
    EXPECT_EQ(sekisho_result_candidate(&candidate, result_, l, list.candidate_count), SEKISHO_E_OUT_OF_RANGE);
  }
  sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
  EXPECT_EQ(sekisho_result_list(&list, result_, info.list_count), SEKISHO_E_OUT_OF_RANGE);
}

TEST_F(AbiTest, ResultOutlivesTheCallersText) {
  Describe("rifle, 5.56 mm, with a name long enough for memory of its own");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  const std::string json = Json();
  ASSERT_EQ(Classify(), SEKISHO_OK);
  text_.assign(text_.size(), '#');
  EXPECT_EQ(Json(), json);
}

TEST_F(AbiTest, TextThatCannotBeJudgedIsUnknown) {
  for (const std::string& text : {std::string("rifle \xFF\xFE"), std::string(100000, 'a')}) {
    Describe(text);
    ASSERT_EQ(Classify(), SEKISHO_OK);
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
    EXPECT_EQ(info.verdict, SEKISHO_UNKNOWN);
    sekisho_note note = SEKISHO_NOTE_INIT;
    EXPECT_EQ(sekisho_result_notice(&note, result_, 0), SEKISHO_OK);
    EXPECT_GT(note.en_size, 0u);
  }
}

TEST_F(AbiTest, DatesAndCountries) {
  Describe("rifle");
  const auto with = [&](const char* as_of, const char* origin) {
    context_.as_of = as_of;
    context_.as_of_size = std::strlen(as_of);
    context_.origin = origin;
    context_.origin_size = std::strlen(origin);
    return Classify();
  };
  EXPECT_EQ(with("2020-03-08", "jp"), SEKISHO_OK);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
  EXPECT_EQ(std::string(info.as_of, info.as_of_size), "2020-03-08");
  for (const char* bad : {"2020-02-30", "2020-3-8", "20200308", "x", "2020-03-08T00", "9999-01-01"}) {
    EXPECT_EQ(with(bad, ""), SEKISHO_E_BAD_DATE) << bad;
    EXPECT_THAT(error_.message, HasSubstr("hint"));
    EXPECT_EQ(result_, nullptr);
  }
  EXPECT_EQ(with("", "JPN"), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_THAT(error_.message, HasSubstr("origin"));
}

TEST_F(AbiTest, Attributes) {
  Describe("rocket");
  sekisho_attribute attributes[2] = {SEKISHO_ATTRIBUTE_INIT, SEKISHO_ATTRIBUTE_INIT};
  const auto set = [](sekisho_attribute& a, const char* name, const char* quantity) {
    a.name = name;
    a.name_size = std::strlen(name);
    a.quantity = quantity;
    a.quantity_size = std::strlen(quantity);
  };
  set(attributes[0], "range", "310 km");
  set(attributes[1], "no-such-measure", "1 km");
  item_.attributes = attributes;
  item_.attribute_count = 1;
  EXPECT_EQ(Classify(), SEKISHO_OK) << error_.message;
  item_.attribute_count = 2;
  EXPECT_EQ(Classify(), SEKISHO_E_BAD_ATTRIBUTE);
  EXPECT_THAT(error_.message, HasSubstr("no-such-measure"));
  set(attributes[1], "payload", "");
  EXPECT_EQ(Classify(), SEKISHO_E_BAD_ATTRIBUTE);
  item_.attributes = nullptr;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);
}

TEST_F(AbiTest, StructsOfOtherVersions) {
  struct Later {
    sekisho_item item;
    uint64_t unknown;
  } later = {SEKISHO_ITEM_INIT, 0};
  later.item.struct_size = sizeof(later);
  EXPECT_EQ(sekisho_scanner_classify(&result_, scanner_, &later.item, nullptr, nullptr), SEKISHO_OK);
  later.unknown = 1;
  EXPECT_EQ(sekisho_scanner_classify(&result_, scanner_, &later.item, nullptr, &error_), SEKISHO_E_UNSUPPORTED);
  item_.struct_size = 4;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);

  struct LaterInfo {
    sekisho_taxonomy_info info;
    uint64_t unknown;
  } info = {SEKISHO_TAXONOMY_INFO_INIT, 7};
  info.info.struct_size = sizeof(info);
  EXPECT_EQ(sekisho_taxonomy_describe(&info.info, taxonomy_), SEKISHO_OK);
  EXPECT_EQ(info.unknown, 0u);
}

TEST_F(AbiTest, NullsAreErrors) {
  EXPECT_EQ(sekisho_taxonomy_load_builtin(nullptr, &error_), SEKISHO_E_INVALID_ARGUMENT);
  sekisho_taxonomy* t = nullptr;
  EXPECT_EQ(sekisho_taxonomy_load_file(&t, nullptr, 3, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_taxonomy_load_memory(&t, nullptr, 3, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_taxonomy_describe(nullptr, taxonomy_), SEKISHO_E_INVALID_ARGUMENT);
  sekisho_scanner* none = nullptr;
  EXPECT_EQ(sekisho_scanner_create(&none, nullptr, nullptr, &error_), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_scanner_classify(&result_, nullptr, &item_, nullptr, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  EXPECT_EQ(sekisho_result_describe(&info, nullptr), SEKISHO_E_INVALID_ARGUMENT);
  sekisho_taxonomy_release(nullptr);
  sekisho_scanner_free(nullptr);
  sekisho_slot_free(nullptr);
  EXPECT_EQ(sekisho_taxonomy_retain(nullptr), nullptr);
  EXPECT_EQ(sekisho_slot_version(nullptr), 0u);
  item_.description_size = 3;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);
  item_ = SEKISHO_ITEM_INIT;
  item_.kind = 9;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);
}

TEST_F(AbiTest, StructsOfTheFirstVersion) {
  sekisho_context old = SEKISHO_CONTEXT_INIT;  // as a program has it that was compiled before treaties
  old.struct_size = offsetof(sekisho_context, treaties);
  old.sale = 77;  // beyond its end
  EXPECT_EQ(sekisho_scanner_classify(&result_, scanner_, &item_, &old, &error_), SEKISHO_OK) << error_.message;
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  info.struct_size = offsetof(sekisho_result_info, treaty_count);
  info.treaty_count = 4711;
  EXPECT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
  EXPECT_GT(info.list_count, 0u);
  EXPECT_EQ(info.treaty_count, 4711u) << "not the caller's";
  sekisho_taxonomy_info taxonomy = SEKISHO_TAXONOMY_INFO_INIT;
  taxonomy.struct_size = offsetof(sekisho_taxonomy_info, treaty_count);
  taxonomy.treaty_count = 4711;
  EXPECT_EQ(sekisho_taxonomy_describe(&taxonomy, taxonomy_), SEKISHO_OK);
  EXPECT_EQ(taxonomy.treaty_count, 4711u);
  old.struct_size = 8;
  EXPECT_EQ(sekisho_scanner_classify(&result_, scanner_, &item_, &old, nullptr), SEKISHO_E_INVALID_ARGUMENT);
}

// Named after what the rule says: 12 digits, the same for the same rule, and unknown to callers of before.
TEST_F(AbiTest, RulesHaveNames) {
  const auto first = [&](const char* text, uint32_t struct_size) {
    Describe(text);
    EXPECT_EQ(Classify(), SEKISHO_OK) << error_.message;
    sekisho_candidate c = SEKISHO_CANDIDATE_INIT;
    c.struct_size = struct_size;
    EXPECT_EQ(sekisho_result_candidate(&c, result_, 0, 0), SEKISHO_OK);
    EXPECT_GT(c.entry_size, 0u);
    return std::string(c.rule == nullptr ? "" : c.rule, c.rule_size);
  };
  const std::string rule = first("TORPEDO MK 48 ADCAP", sizeof(sekisho_candidate));
  EXPECT_THAT(rule, ::testing::MatchesRegex("[0-9a-f]{12}"));
  EXPECT_EQ(first("ＴＯＲＰＥＤＯ　ＭＫ　４８", sizeof(sekisho_candidate)), rule);
  EXPECT_NE(first("GOGGLE,NIGHT VISION AN/PVS-14", sizeof(sekisho_candidate)), rule);
  EXPECT_EQ(first("TORPEDO MK 48 ADCAP", offsetof(sekisho_candidate, rule)), "");
}

TEST_F(AbiTest, TreatiesAreChosenByName) {
  Describe("TORPEDO,MK 48 ADCAP");
  const auto count = [&](const char* names) {
    context_.treaties = names;
    context_.treaties_size = std::strlen(names);
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    EXPECT_EQ(Classify(), SEKISHO_OK) << error_.message;
    sekisho_result_describe(&info, result_);
    return info.treaty_count;
  };
  sekisho_taxonomy_info taxonomy = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_taxonomy_describe(&taxonomy, taxonomy_);
  EXPECT_EQ(count(""), taxonomy.treaty_count - 1) << "all but the hypothetical one";
  EXPECT_EQ(count("none"), 0u);
  EXPECT_EQ(count("us-jp-dtct, us-uk-126.17"), 2u);
  EXPECT_THAT(
      Json(),
      HasSubstr(
          R"x({"treaty":"us-jp-dtct","verdict":"excluded","entry":"IV(a)(7)","row":"s1-025","hypothetical":true)x"));
  context_.treaties = "us-uk";
  context_.treaties_size = 5;
  EXPECT_EQ(Classify(), SEKISHO_E_UNKNOWN_TREATY);
  EXPECT_THAT(error_.message, HasSubstr("us-uk-126.17"));
  EXPECT_EQ(count(""), taxonomy.treaty_count - 1) << "a failure leaves nothing behind";
  sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
  for (size_t t = 0; t < taxonomy.treaty_count; ++t) {
    ASSERT_EQ(sekisho_taxonomy_treaty(&info, taxonomy_, t), SEKISHO_OK);
    sekisho_treaty_row_info row = SEKISHO_TREATY_ROW_INFO_INIT;
    for (size_t i = 0; i < info.row_count; ++i)
      ASSERT_EQ(sekisho_taxonomy_treaty_row(&row, taxonomy_, t, i), SEKISHO_OK);
    EXPECT_EQ(sekisho_taxonomy_treaty_row(&row, taxonomy_, t, info.row_count), SEKISHO_E_OUT_OF_RANGE);
    EXPECT_EQ(std::string(info.list, info.list_size), "us-usml");
    sekisho_treaty_condition_info condition = SEKISHO_TREATY_CONDITION_INFO_INIT;
    for (size_t i = 0; i < info.condition_count; ++i) {
      ASSERT_EQ(sekisho_taxonomy_treaty_condition(&condition, taxonomy_, t, i), SEKISHO_OK);
      EXPECT_GT(condition.ja_size, 0u);
    }
    EXPECT_EQ(sekisho_taxonomy_treaty_condition(&condition, taxonomy_, t, info.condition_count),
              SEKISHO_E_OUT_OF_RANGE);
  }
  EXPECT_EQ(sekisho_taxonomy_treaty(&info, taxonomy_, taxonomy.treaty_count), SEKISHO_E_OUT_OF_RANGE);
  EXPECT_STREQ(sekisho_treaty_verdict_name(SEKISHO_TREATY_NOT_EXCLUDED), "not_excluded");
  EXPECT_STREQ(sekisho_treaty_verdict_name(0), "?");
}

TEST_F(AbiTest, ChainsAndSales) {
  Describe("TORPEDO,MK 48 ADCAP");
  context_.via = "jp, US,QA";
  context_.via_size = 9;
  context_.sale = SEKISHO_SALE_FMS;
  ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  EXPECT_THAT(Json(), HasSubstr("US -> QA"));
  EXPECT_THAT(Json(), HasSubstr("sale-fms"));
  context_.via = "JP,USA";
  context_.via_size = 6;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);
  context_.via_size = 0;
  context_.sale = 3;
  EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT);
}

TEST_F(AbiTest, ListsAreChosenByName) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.lists = "jp-etco, us-usml";
  options.lists_size = std::strlen(options.lists);
  sekisho_scanner* two = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&two, taxonomy_, &options, &error_), SEKISHO_OK) << error_.message;
  ASSERT_EQ(sekisho_scanner_classify(&result_, two, &item_, nullptr, nullptr), SEKISHO_OK);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  sekisho_result_describe(&info, result_);
  EXPECT_EQ(info.list_count, 2u);
  sekisho_scanner_free(two);
  options.lists = "us-usm";
  options.lists_size = 6;
  EXPECT_EQ(sekisho_scanner_create(&two, taxonomy_, &options, &error_), SEKISHO_E_UNKNOWN_LIST);
  EXPECT_THAT(error_.message, HasSubstr("jp-etco"));
  EXPECT_EQ(two, nullptr);
}

}  // namespace
