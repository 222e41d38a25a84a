// What the header says of results and their parts, over items of all kinds (tests/abi/contracts.tsv names the
// sentences).
#include <gmock/gmock.h>

#include <cstring>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/abi/fixture.h"

namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const std::vector<std::string> kLines = {"M4 carbine 5.56 mm",
                                         "rocket",
                                         "rocket, range 310 km, payload 600 kg",
                                         "night vision goggle",
                                         "spare parts for F-16",
                                         "model rocket",
                                         "technical manual for M4 carbine",
                                         "TORPEDO,MK 48 ADCAP",
                                         "GEARBOX ASSY F/ V-22",
                                         "ロケット　射程３１０ｋｍ",
                                         "暗視ゴーグル",
                                         "DMMP 756-79-6",
                                         "amplifier, ECCN 3A001.b.4",
                                         "office chair, black",
                                         "M-12 gun, \xE2\x80\x9Ctoy\xE2\x80\x9D",
                                         "!!!",
                                         "rifle \xFF\xFE"};

#define TEXT(of, field) std::string((of).field == nullptr ? "" : (of).field, (of).field##_size)

class ResultTest : public AbiTest {
 protected:
  // Every line, alone and with all that an item may have besides; `look` is called with each result.
  void EachResult(const std::function<void(const sekisho_result_info&)>& look) {
    const std::string part = "AN/PVS-14", range = "310 km";
    sekisho_attribute attribute = SEKISHO_ATTRIBUTE_INIT;
    attribute.name = "range", attribute.name_size = 5;
    attribute.quantity = range.data(), attribute.quantity_size = range.size();
    for (const std::string& line : kLines) {
      for (const bool more : {false, true}) {
        SCOPED_TRACE(line);
        item_ = SEKISHO_ITEM_INIT;
        Describe(line);
        if (more) {
          item_.part_number = part.data(), item_.part_number_size = part.size();
          item_.nsn = "1005-01-231-0973", item_.nsn_size = 16;
          item_.manufacturer = "COLT", item_.manufacturer_size = 4;
          item_.attributes = &attribute, item_.attribute_count = 1;
        }
        ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
        sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
        ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
        look(info);
      }
    }
  }
  void EachList(const std::function<void(const sekisho_list_result&, size_t)>& look) {
    EachResult([&](const sekisho_result_info& info) {
      for (size_t l = 0; l < info.list_count; ++l) {
        sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
        ASSERT_EQ(sekisho_result_list(&list, result_, l), SEKISHO_OK);
        look(list, l);
      }
    });
  }
  void EachCandidate(
      const std::function<void(const sekisho_candidate&, const sekisho_list_result&, size_t, size_t)>& look) {
    EachList([&](const sekisho_list_result& list, size_t l) {
      for (size_t c = 0; c < list.candidate_count; ++c) {
        sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
        ASSERT_EQ(sekisho_result_candidate(&candidate, result_, l, c), SEKISHO_OK);
        look(candidate, list, l, c);
      }
    });
  }
  void EachTreaty(const std::function<void(const sekisho_treaty_result&, size_t)>& look) {
    EachResult([&](const sekisho_result_info& info) {
      for (size_t t = 0; t < info.treaty_count; ++t) {
        sekisho_treaty_result treaty = SEKISHO_TREATY_RESULT_INIT;
        ASSERT_EQ(sekisho_result_treaty(&treaty, result_, t), SEKISHO_OK);
        look(treaty, t);
      }
    });
  }
  std::string FieldOf(int32_t field) const {
    switch (field) {
      case SEKISHO_FIELD_DESCRIPTION:
        return {item_.description, item_.description_size};
      case SEKISHO_FIELD_PART_NUMBER:
        return {item_.part_number, item_.part_number_size};
      case SEKISHO_FIELD_NSN:
        return {item_.nsn, item_.nsn_size};
      case SEKISHO_FIELD_MANUFACTURER:
        return {item_.manufacturer, item_.manufacturer_size};
      case SEKISHO_FIELD_ATTRIBUTES:
        return {item_.attributes->quantity, item_.attributes->quantity_size};
      default:
        return "no such field";
    }
  }
  // Lists, candidates, evidence, what is missing: all but notices and treaties.
  std::string Findings() {
    const std::string json = Json();
    const size_t begin = json.find("\"lists\":"), end = json.find("\"treaties\":");
    EXPECT_NE(begin, json.npos);
    return json.substr(begin, end == json.npos ? end : end - begin);
  }
};

TEST_F(ResultTest, VerdictsSayWhatTheyMean) {
  std::set<int32_t> met;
  EachCandidate([&](const sekisho_candidate& c, const sekisho_list_result&, size_t, size_t) {
    met.insert(c.verdict);
    EXPECT_EQ(c.missing_count == 0, c.verdict == SEKISHO_MATCH || c.verdict == SEKISHO_EXCLUDED)
        << "what is missing is named, and a match has nothing missing";
    EXPECT_EQ(c.note_size != 0, c.verdict == SEKISHO_EXCLUDED) << "the note is cited";
    EXPECT_GT(c.entry_size, 0u);
    EXPECT_GT(c.title_en_size * c.title_ja_size * c.cite_size, 0u);
    EXPECT_GT(c.evidence_count, 0u);
    EXPECT_GE(c.score, 0.0F);
    EXPECT_LE(c.score, 1.0F);
    EXPECT_EQ(c.flags & ~(SEKISHO_FLAG_SME | SEKISHO_FLAG_MT), 0u);
    EXPECT_THAT(TEXT(c, rule), MatchesRegex("([0-9a-f]{12})?"));
  });
  EXPECT_THAT(met, ::testing::IsSupersetOf({SEKISHO_MATCH, SEKISHO_POSSIBLE, SEKISHO_CATCH_ALL, SEKISHO_EXCLUDED}));
}

TEST_F(ResultTest, PartsParagraphsAskTheQuestionsOfTheLaw) {
  Describe("spare parts for F-16");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  EXPECT_THAT(Json(), HasSubstr(R"("verdict":"catch_all")"));
  EXPECT_THAT(Json(), HasSubstr("120.41"));
}

TEST_F(ResultTest, ListsWithoutCandidates) {
  std::set<int32_t> met;
  EachList([&](const sekisho_list_result& list, size_t) {
    if (list.candidate_count != 0) return;
    met.insert(list.verdict);
    EXPECT_TRUE(list.verdict == SEKISHO_NO_MATCH || list.verdict == SEKISHO_UNKNOWN);
    EXPECT_GT(list.title_en_size * list.title_ja_size, 0u);
  });
  EXPECT_EQ(met.size(), 2u);
}

TEST_F(ResultTest, UnknownIsSoInEveryListAndSaysWhy) {
  for (const std::string& line : {std::string("!!!"), std::string("rifle \xFF"), std::string(70000, 'x')}) {
    Describe(line);
    ASSERT_EQ(Classify(), SEKISHO_OK);
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
    EXPECT_EQ(info.verdict, SEKISHO_UNKNOWN);
    for (size_t l = 0; l < info.list_count; ++l) {
      sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
      ASSERT_EQ(sekisho_result_list(&list, result_, l), SEKISHO_OK);
      EXPECT_EQ(list.verdict, SEKISHO_UNKNOWN);
    }
    sekisho_note note = SEKISHO_NOTE_INIT;
    ASSERT_EQ(sekisho_result_notice(&note, result_, 0), SEKISHO_OK);
    EXPECT_GT(note.id_size * note.en_size * note.ja_size, 0u);
    EXPECT_EQ(note.reserved, 0u);
    EXPECT_EQ(sekisho_result_notice(&note, result_, info.notice_count), SEKISHO_E_OUT_OF_RANGE);
  }
}

TEST_F(ResultTest, NoticesSayWhyWordsWereLeftOut) {
  Describe("toy missile");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  EXPECT_THAT(Json(), HasSubstr(R"("notices":[{"id":"genre")"));
}

TEST_F(ResultTest, EvidenceStandsInTheCallersText) {
  std::set<int32_t> fields, roles;
  EachCandidate([&](const sekisho_candidate& candidate, const sekisho_list_result&, size_t l, size_t c) {
    for (size_t e = 0; e < candidate.evidence_count; ++e) {
      sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
      evidence.reserved = 7;
      ASSERT_EQ(sekisho_result_evidence(&evidence, result_, l, c, e), SEKISHO_OK);
      fields.insert(evidence.field), roles.insert(evidence.role);
      const std::string field = FieldOf(evidence.field);
      ASSERT_LT(evidence.begin, evidence.end);
      ASSERT_LE(evidence.end, field.size());
      EXPECT_EQ(TEXT(evidence, text), field.substr(evidence.begin, evidence.end - evidence.begin));
      EXPECT_EQ((evidence.concept_id_size != 0) + (evidence.measure_size != 0) + (evidence.system_size != 0), 1);
      EXPECT_GT(evidence.label_en_size * evidence.label_ja_size, 0u);
      EXPECT_EQ(evidence.reserved, 0u);
    }
  });
  EXPECT_THAT(fields, ::testing::IsSupersetOf(
                          {SEKISHO_FIELD_DESCRIPTION, SEKISHO_FIELD_PART_NUMBER, SEKISHO_FIELD_ATTRIBUTES}));
  EXPECT_THAT(roles, ::testing::ElementsAre(SEKISHO_ROLE_IS, SEKISHO_ROLE_FOR, SEKISHO_ROLE_HAS));
}

// The examples that the header gives are found as they are written there.
TEST_F(ResultTest, ExamplesOfTheHeader) {
  std::set<std::string> found;
  EachCandidate([&](const sekisho_candidate& candidate, const sekisho_list_result& list, size_t l, size_t c) {
    const std::string id = TEXT(list, list);
    if (id == "us-usml") {
      EXPECT_THAT(TEXT(candidate, entry), MatchesRegex("[IVX]+\\(.*\\)"));
      EXPECT_EQ(TEXT(candidate, cite), "22 CFR 121.1 " + TEXT(candidate, entry));
    } else if (id == "jp-etco") {
      EXPECT_THAT(TEXT(candidate, entry), MatchesRegex("[0-9]+(\\([0-9]+\\))?.*"));
    }
    EXPECT_TRUE(candidate.clause_size == 0 || id.rfind("jp-", 0) == 0) << "Japan has clauses";
    if (candidate.clause_size != 0) found.insert("a clause");
    if ((candidate.flags & SEKISHO_FLAG_SME) != 0) found.insert("SME");
    if ((candidate.flags & SEKISHO_FLAG_MT) != 0) found.insert("MT");
    for (size_t e = 0; e < candidate.evidence_count; ++e) {
      sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
      ASSERT_EQ(sekisho_result_evidence(&evidence, result_, l, c, e), SEKISHO_OK);
      found.insert(TEXT(evidence, concept_id)), found.insert(TEXT(evidence, measure));
      found.insert(TEXT(evidence, system));
    }
    for (size_t m = 0; m < candidate.missing_count; ++m) {
      sekisho_note note = SEKISHO_NOTE_INIT;
      note.reserved = 7;
      ASSERT_EQ(sekisho_result_missing(&note, result_, l, c, m), SEKISHO_OK);
      EXPECT_EQ(note.reserved, 0u);
      found.insert(TEXT(note, id)), found.insert(TEXT(note, en));
    }
  });
  for (const char* example : {"a clause", "SME", "MT", "night-vision-goggle", "range", "image-intensifier-generation",
                              "range (>= 300 km)", "stated"}) {
    EXPECT_TRUE(found.contains(example)) << example;
  }
}

// What is missing is what makes the difference.
TEST_F(ResultTest, WhatIsMissingDecides) {
  const auto best = [&](const char* line) {
    Describe(line);
    EXPECT_EQ(Classify(), SEKISHO_OK);
    sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
    EXPECT_EQ(sekisho_result_candidate(&candidate, result_, 0, 0), SEKISHO_OK);
    return std::pair(TEXT(candidate, entry), candidate.verdict);
  };
  EXPECT_EQ(best("rocket"), std::pair(std::string("IV(a)(1)"), SEKISHO_POSSIBLE));
  EXPECT_EQ(best("rocket, range 310 km, payload 600 kg"), std::pair(std::string("IV(a)(1)"), SEKISHO_MATCH));
  EXPECT_EQ(best("rocket, range 100 km, payload 600 kg").first, "IV(a)(5)") << "the other fell away";
}

TEST_F(ResultTest, TheDayIsTheTaxonomysWhereNobodySays) {
  sekisho_taxonomy_info taxonomy = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&taxonomy, taxonomy_), SEKISHO_OK);
  Describe("rifle");
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  for (const sekisho_context* context : {static_cast<const sekisho_context*>(nullptr), &std::as_const(context_)}) {
    ASSERT_EQ(sekisho_scanner_classify(&result_, scanner_, &item_, context, nullptr), SEKISHO_OK);
    ASSERT_EQ(sekisho_result_describe(&info, result_), SEKISHO_OK);
    EXPECT_EQ(TEXT(info, as_of), TEXT(taxonomy, as_of));
  }
  EXPECT_THAT(TEXT(taxonomy, as_of), MatchesRegex("20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]"));
}

TEST_F(ResultTest, TheNameOfAnItemMeansNothing) {
  Describe("rifle");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  const std::string without = Findings();
  const std::string id = "torpedo, nuclear";
  item_.id = id.data(), item_.id_size = id.size();
  ASSERT_EQ(Classify(), SEKISHO_OK);
  EXPECT_EQ(Findings(), without);
}

TEST_F(ResultTest, TheKindIsWhatTheTextSays) {
  Describe("technical manual for M4 carbine");
  std::set<std::string> found;
  for (const int32_t kind : {SEKISHO_KIND_GOODS, SEKISHO_KIND_TECHNOLOGY}) {
    item_.kind = kind;
    ASSERT_EQ(Classify(), SEKISHO_OK);
    found.insert(Findings());
    EXPECT_THAT(Findings(), HasSubstr(R"("list":"jp-feo","verdict":"match")"));
  }
  EXPECT_EQ(found.size(), 1u);
  Describe("software for M4 carbine");
  for (const int32_t kind : {SEKISHO_KIND_GOODS, SEKISHO_KIND_TECHNOLOGY, SEKISHO_KIND_SOFTWARE}) {
    item_.kind = kind;
    ASSERT_EQ(Classify(), SEKISHO_OK);
    EXPECT_THAT(Findings(), HasSubstr(R"("list":"jp-feo","verdict":"match")")) << kind;
  }
}

// Where the text names a thing only, the caller's kind says what is sent of it.
TEST_F(ResultTest, TheKindIsWhatTheCallerSays) {
  Describe("M4 carbine");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  EXPECT_THAT(Findings(), HasSubstr(R"x({"entry":"I(b)")x"));
  for (const int32_t kind : {SEKISHO_KIND_TECHNOLOGY, SEKISHO_KIND_SOFTWARE, SEKISHO_KIND_SERVICE}) {
    item_.kind = kind;
    ASSERT_EQ(Classify(), SEKISHO_OK);
    EXPECT_THAT(Findings(), HasSubstr(R"x({"list":"us-usml","verdict":"match","candidates":[{"entry":"I(i)")x"))
        << kind;
    EXPECT_EQ(Findings().find(R"x({"list":"jp-feo","verdict":"match")x") != std::string::npos,
              kind != SEKISHO_KIND_SERVICE)
        << kind;  // repair alone is no technology
    EXPECT_THAT(Findings(), ::testing::Not(HasSubstr(R"x({"entry":"I(b)")x"))) << kind;
  }
  Describe("office chair");
  ASSERT_EQ(Classify(), SEKISHO_OK);
  EXPECT_THAT(Findings(), ::testing::Not(HasSubstr("\"entry\"")));
}

TEST_F(ResultTest, ChainsAndSalesChangeNoticesOnly) {
  for (const std::string& line : kLines) {
    Describe(line);
    context_ = SEKISHO_CONTEXT_INIT;
    ASSERT_EQ(Classify(), SEKISHO_OK);
    const std::string findings = Findings();
    context_.via = "JP,US,QA", context_.via_size = 8;
    for (const int32_t sale : {SEKISHO_SALE_UNKNOWN, SEKISHO_SALE_FMS, SEKISHO_SALE_DCS}) {
      context_.sale = sale;
      ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
      EXPECT_EQ(Findings(), findings) << line;
    }
  }
}

TEST_F(ResultTest, ClassifiedCountsForTreaties) {
  std::set<std::string> found;
  for (const int32_t classified : {0, 1}) {
    context_.classified = classified;
    Describe("technical manual for M4 carbine");
    ASSERT_EQ(Classify(), SEKISHO_OK);
    const std::string json = Json();
    found.insert(json.substr(json.find("\"treaties\":")));
  }
  EXPECT_EQ(found.size(), 2u);
}

TEST_F(ResultTest, TreatiesSayWhatDecided) {
  std::set<int32_t> verdicts;
  bool uncertain = false;
  const auto check = [&](const sekisho_treaty_result& treaty, size_t t) {
    verdicts.insert(treaty.verdict);
    EXPECT_EQ(treaty.condition_count != 0,
              treaty.verdict == SEKISHO_TREATY_NOT_EXCLUDED || treaty.verdict == SEKISHO_TREATY_UNDETERMINED);
    if (treaty.verdict != SEKISHO_TREATY_UNDETERMINED) {
      EXPECT_EQ(treaty.missing_count, 0u);
    }
    if (treaty.verdict == SEKISHO_TREATY_EXCLUDED) {
      EXPECT_GT(treaty.entry_size * treaty.row_size * treaty.row_count, 0u);
    } else if (treaty.verdict == SEKISHO_TREATY_NOT_EXCLUDED) {
      EXPECT_EQ(treaty.row_size, 0u);
    } else if (treaty.verdict == SEKISHO_TREATY_NOT_APPLICABLE) {
      EXPECT_EQ(treaty.entry_size, 0u);
    }
    uncertain |= treaty.uncertain == 1;
    int32_t strictest = SEKISHO_TREATY_NOT_EXCLUDED;
    for (size_t i = 0; i < treaty.row_count; ++i) {
      sekisho_treaty_row row = SEKISHO_TREATY_ROW_INIT;
      row.reserved = 7;
      ASSERT_EQ(sekisho_result_treaty_row(&row, result_, t, i), SEKISHO_OK);
      EXPECT_TRUE(row.verdict == SEKISHO_TREATY_EXCLUDED || row.verdict == SEKISHO_TREATY_UNDETERMINED);
      EXPECT_TRUE(row.uncertain == 0 || row.uncertain == 1);
      EXPECT_EQ(row.reserved, 0u);
      EXPECT_GT(row.entry_size * row.title_en_size * row.title_ja_size * row.cite_size, 0u);
      EXPECT_THAT(TEXT(row, row), MatchesRegex("s[0-9]-[0-9]+"));
      EXPECT_THAT(TEXT(row, cite), HasSubstr("22 CFR Part 126, Supp. No. "));
      strictest = std::min(strictest, row.verdict);
    }
    if (treaty.verdict == SEKISHO_TREATY_EXCLUDED) {
      EXPECT_EQ(strictest, SEKISHO_TREATY_EXCLUDED);
    }
    sekisho_treaty_row none = SEKISHO_TREATY_ROW_INIT;
    EXPECT_EQ(sekisho_result_treaty_row(&none, result_, t, treaty.row_count), SEKISHO_E_OUT_OF_RANGE);
    for (size_t i = 0; i < treaty.missing_count; ++i) {
      sekisho_note note = SEKISHO_NOTE_INIT;
      ASSERT_EQ(sekisho_result_treaty_missing(&note, result_, t, i), SEKISHO_OK);
      EXPECT_GT(note.id_size * note.en_size * note.ja_size, 0u);
    }
    sekisho_note note = SEKISHO_NOTE_INIT;
    EXPECT_EQ(sekisho_result_treaty_missing(&note, result_, t, treaty.missing_count), SEKISHO_E_OUT_OF_RANGE);
    EXPECT_EQ(treaty.hypothetical, TEXT(treaty, treaty) == "us-jp-dtct" ? 1 : 0);
  };
  EachTreaty(check);
  EXPECT_FALSE(verdicts.contains(SEKISHO_TREATY_NOT_APPLICABLE)) << "only what was asked for says that";
  context_.treaties = "us-uk-126.17,us-au-126.16,us-jp-dtct", context_.treaties_size = 36;
  EachTreaty(check);
  EXPECT_EQ(verdicts.size(), 4u);
  EXPECT_TRUE(uncertain);
}

TEST_F(ResultTest, ConditionsComeBeforeQuestionsOfRows) {
  sekisho_taxonomy_info taxonomy = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&taxonomy, taxonomy_), SEKISHO_OK);
  std::set<std::string> conditions;
  for (size_t t = 0; t < taxonomy.treaty_count; ++t) {
    sekisho_treaty_info info = SEKISHO_TREATY_INFO_INIT;
    ASSERT_EQ(sekisho_taxonomy_treaty(&info, taxonomy_, t), SEKISHO_OK);
    for (size_t i = 0; i < info.condition_count; ++i) {
      sekisho_treaty_condition_info condition = SEKISHO_TREATY_CONDITION_INFO_INIT;
      ASSERT_EQ(sekisho_taxonomy_treaty_condition(&condition, taxonomy_, t, i), SEKISHO_OK);
      conditions.insert(TEXT(condition, id));
    }
  }
  size_t questions = 0;
  EachTreaty([&](const sekisho_treaty_result& treaty, size_t t) {
    bool asked = false;
    for (size_t i = 0; i < treaty.condition_count; ++i) {
      sekisho_note note = SEKISHO_NOTE_INIT;
      ASSERT_EQ(sekisho_result_treaty_condition(&note, result_, t, i), SEKISHO_OK);
      const bool question = !conditions.contains(TEXT(note, id));
      EXPECT_FALSE(asked && !question) << TEXT(note, id);
      asked |= question;
      questions += question ? 1 : 0;
    }
  });
  EXPECT_GT(questions, 0u);
}

}  // namespace
