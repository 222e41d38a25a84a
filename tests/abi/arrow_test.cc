// sekisho_arrow_…: columns of every layout, slices, nulls; what comes out says what the accessors say.
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/abi/arrow_fixture.h"

namespace {

using namespace sekisho::tests;
using ::testing::HasSubstr;

TEST_F(ArrowTest, EveryLayoutOfText) {
  for (const char* format : {"u", "U", "vu"}) {
    SCOPED_TRACE(format);
    ExpectRows(Only(TextArray("description", kItems, format)), kJudged);
  }
}

TEST_F(ArrowTest, DictionariesOfEveryIndex) {
  const Texts values = {"TABLE", std::nullopt, "RIFLE,5.56 MILLIMETER M4"};
  const Texts wanted = {"RIFLE,5.56 MILLIMETER M4", std::nullopt, std::nullopt, "TABLE"};
  const auto check = [&](auto zero, const char* format) {
    using Index = decltype(zero);
    SCOPED_TRACE(format);
    const std::vector<std::optional<Index>> rows = {Index{2}, Index{1}, std::nullopt, Index{0}};
    ExpectRows(Only(DictionaryArray<Index>("description", format, values, rows)), wanted);
  };
  check(int8_t{}, "c"), check(uint8_t{}, "C"), check(int16_t{}, "s"), check(uint16_t{}, "S");
  check(int32_t{}, "i"), check(uint32_t{}, "I"), check(int64_t{}, "l"), check(uint64_t{}, "L");
}

TEST_F(ArrowTest, SlicesOfColumnsAndOfBatches) {
  for (const char* format : {"u", "U", "vu"}) {
    SCOPED_TRACE(format);
    Array items = Only(TextArray("description", kItems, format));
    items->below[0]->array.offset = 2;  // the column without its first two
    items->below[0]->array.length = 5;
    items->array.length = 3;
    ExpectRows(items, {kJudged[2], kJudged[3], kJudged[4]});
    items->array.offset = 1;  // and the batch without its first
    ExpectRows(items, {kJudged[3], kJudged[4], kJudged[5]});
  }
  Array coded = Only(DictionaryArray<int8_t>("description", "c", kItems, {0, 1, 2, 3}));
  coded->array.offset = 2;
  coded->array.length = 2;
  coded->below[0]->dictionary->array.offset = 1;  // a dictionary may be a slice as well
  coded->below[0]->dictionary->array.length = 6;
  ExpectRows(coded, {kJudged[3], kJudged[4]});
}

TEST_F(ArrowTest, RowsThatAreNull) {
  Array items = Only(TextArray("description", {"TABLE", "TABLE", "TABLE"}));
  items->buffers[0] = std::string(1, '\x05');  // not the second
  items->schemas.clear(), items->arrays.clear();
  items->Seal(3, 1);
  ExpectRows(items, {"TABLE", std::nullopt, "TABLE"});
}

TEST_F(ArrowTest, ManyRowsAndLongText) {
  Texts texts;
  for (int i = 0; i < 3000; ++i)
    texts.push_back(i % 7 == 3 ? std::optional<std::string>() : "TABLE " + std::to_string(i));
  texts.push_back(std::string(70000, 'x'));  // beyond the scanner's limit: unknown, and a notice says so
  Array items = Only(TextArray("description", texts, "U"));
  ASSERT_EQ(Classify(items), SEKISHO_OK) << error_.message;
  for (int64_t i = 0; i < 3000; ++i) ASSERT_EQ(Out()["error"].IsNull(i), i % 7 != 3) << i;
  EXPECT_EQ(Out()["verdict"].Text(3), "unknown");
  EXPECT_EQ(Out()["verdict"].Text(3000), "unknown");
  EXPECT_TRUE(Out()["error"].IsNull(3000));
  const View notices = Out()["notices"];
  ASSERT_EQ(notices.Offset(3001) - notices.Offset(3000), 1);
  EXPECT_EQ(notices.item()["id"].Text(notices.Offset(3000)), "limit-input-size");
}

TEST_F(ArrowTest, EmptyBatches) {
  ExpectRows(Only(TextArray("description", {})), {});
  Array bare = Only(TextArray("description", {}));
  for (const void*& buffer : bare->below[0]->pointers) buffer = nullptr;  // a producer may leave out what nobody reads
  ExpectRows(bare, {});
  EXPECT_EQ(Out()["json"].Offset(0), 0);
  ExpectRows(Only(NullArray("description", 2)), {std::nullopt, std::nullopt});
}

TEST_F(ArrowTest, InvalidTextIsUnknown) {
  ASSERT_EQ(Classify(Only(TextArray("description", {"TABLE \xFF"}))), SEKISHO_OK);
  EXPECT_EQ(Out()["verdict"].Text(0), "unknown");
  EXPECT_EQ(Out()["us-usml"].Text(0), "unknown");
}

TEST_F(ArrowTest, TypedColumnsAgreeWithTheAccessors) {
  options_.columns = SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_NOTICES | SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON;
  const std::string text = "GOGGLE,NIGHT VISION AN/PVS-14";
  ASSERT_EQ(Classify(Only(TextArray("description", {"TABLE", text}))), SEKISHO_OK) << error_.message;
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.description = text.data();
  item.description_size = text.size();
  const sekisho_result* result = nullptr;
  ASSERT_EQ(sekisho_scanner_classify(&result, scanner_, &item, nullptr, &error_), SEKISHO_OK);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  ASSERT_EQ(sekisho_result_describe(&info, result), SEKISHO_OK);
  EXPECT_EQ(Out()["verdict"].Text(1), sekisho_verdict_name(info.verdict));
  const View candidates = Out()["candidates"], c = candidates.item();
  int32_t at = candidates.Offset(1);
  for (size_t l = 0; l < info.list_count; ++l) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    ASSERT_EQ(sekisho_result_list(&list, result, l), SEKISHO_OK);
    const std::string id(list.list, list.list_size);
    EXPECT_EQ(Out()[id].Text(1), sekisho_verdict_name(list.verdict));
    for (size_t k = 0; k < list.candidate_count; ++k, ++at) {
      sekisho_candidate want = SEKISHO_CANDIDATE_INIT;
      ASSERT_EQ(sekisho_result_candidate(&want, result, l, k), SEKISHO_OK);
      EXPECT_EQ(c["list"].Text(at), id);
      EXPECT_EQ(c["entry"].Text(at), std::string(want.entry, want.entry_size));
      EXPECT_EQ(c["verdict"].Text(at), sekisho_verdict_name(want.verdict));
      EXPECT_EQ(c["title_ja"].Text(at), std::string(want.title_ja, want.title_ja_size));
      EXPECT_EQ(c["cite"].Text(at), std::string(want.cite, want.cite_size));
      EXPECT_EQ(c["rule"].Text(at), std::string(want.rule, want.rule_size));
      EXPECT_EQ(static_cast<const float*>(c["score"].array->buffers[1])[at], want.score);
      const View evidence = c["evidence"], missing = c["missing"];
      ASSERT_EQ(evidence.Offset(at + 1) - evidence.Offset(at), static_cast<int32_t>(want.evidence_count));
      ASSERT_EQ(missing.Offset(at + 1) - missing.Offset(at), static_cast<int32_t>(want.missing_count));
      for (int32_t e = evidence.Offset(at); e < evidence.Offset(at + 1); ++e) {
        const View of = evidence.item();
        EXPECT_EQ(of["text"].Text(e), text.substr(of["begin"].Int(e), of["end"].Int(e) - of["begin"].Int(e)));
      }
    }
  }
  EXPECT_GT(at, candidates.Offset(1));
  EXPECT_EQ(at, candidates.Offset(2));
  const View treaties = Out()["treaties"];
  ASSERT_EQ(treaties.Offset(2) - treaties.Offset(1), static_cast<int32_t>(info.treaty_count));
  for (size_t t = 0; t < info.treaty_count; ++t) {
    sekisho_treaty_result want = SEKISHO_TREATY_RESULT_INIT;
    ASSERT_EQ(sekisho_result_treaty(&want, result, t), SEKISHO_OK);
    const int64_t row = treaties.Offset(1) + static_cast<int32_t>(t);
    EXPECT_EQ(treaties.item()["treaty"].Text(row), std::string(want.treaty, want.treaty_size));
    EXPECT_EQ(treaties.item()["verdict"].Text(row), sekisho_treaty_verdict_name(want.verdict));
    EXPECT_EQ(treaties.item()["row"].Text(row), std::string(want.row, want.row_size));
  }
}

// Members that hold text, at all depths, with what they say row after row.
void TextsOf(const View& view, const std::string& path, std::vector<std::pair<std::string, std::string>>& out) {
  const std::string format = view.schema->format;
  if (format == "u" || view.schema->dictionary != nullptr) {
    for (int64_t i = 0; i < view.array->length; ++i) out.emplace_back(path, view.IsNull(i) ? "null" : view.Text(i));
  }
  for (int64_t i = 0; i < view.schema->n_children; ++i) {
    TextsOf({view.schema->children[i], view.array->children[i]}, path + "/" + view.schema->children[i]->name, out);
  }
}

TEST_F(ArrowTest, DictionariesSayTheSame) {
  constexpr uint32_t kAll =
      SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_NOTICES | SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON;
  std::vector<std::pair<std::string, std::string>> plain, coded;
  options_.columns = kAll;
  ASSERT_EQ(Classify(Only(TextArray("description", kItems))), SEKISHO_OK) << error_.message;
  TextsOf(Out(), "", plain);
  options_.columns = kAll | SEKISHO_ARROW_DICTIONARY;
  ASSERT_EQ(Classify(Only(TextArray("description", kItems))), SEKISHO_OK) << error_.message;
  TextsOf(Out(), "", coded);
  EXPECT_GT(plain.size(), 100u);
  EXPECT_EQ(plain, coded);
  const View verdict = Out()["verdict"], evidence = Out()["candidates"].item()["evidence"].item();
  EXPECT_STREQ(verdict.schema->format, "i");
  EXPECT_EQ(verdict.schema->n_children, 0);
  EXPECT_EQ(verdict.array->n_children, 0);
  EXPECT_EQ(verdict.array->n_buffers, 2);
  for (const View& as_it_is : {Out()["error"], Out()["json"], evidence["text"]}) {
    EXPECT_EQ(as_it_is.schema->dictionary, nullptr);
  }
}

// More values than the hash table begins with; each of them once.
TEST_F(ArrowTest, DictionariesHaveEachValueOnce) {
  options_.columns = SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_DICTIONARY;
  Texts texts;
  for (int i = 1; i <= 400; ++i) texts.push_back("ROCKET, RANGE " + std::to_string(i) + " KM, PAYLOAD 600 KG");
  for (const auto& item : kItems) texts.push_back(item);
  ASSERT_EQ(Classify(Only(TextArray("description", texts))), SEKISHO_OK) << error_.message;
  const View candidates = Out()["candidates"];
  for (const char* name : {"list", "entry", "verdict", "title_en", "title_ja", "cite", "rule"}) {
    const View coded = candidates.item()[name];
    const View values{coded.schema->dictionary, coded.array->dictionary};
    std::set<std::string> seen;
    for (int64_t i = 0; i < values.array->length; ++i) EXPECT_TRUE(seen.insert(values.Text(i)).second) << name;
    std::set<std::string> used;
    for (int64_t i = 0; i < coded.array->length; ++i) used.insert(coded.Text(i));
    EXPECT_EQ(seen, used) << name;
  }
  EXPECT_GT(candidates.item()["entry"].array->dictionary->length, 2);
}

TEST_F(ArrowTest, VerdictsAlone) {
  options_.columns = SEKISHO_ARROW_VERDICTS;
  ASSERT_EQ(Classify(Only(TextArray("description", {"RIFLE,5.56 MILLIMETER M4"}))), SEKISHO_OK) << error_.message;
  EXPECT_STREQ(schema_.children[schema_.n_children - 1]->name, "error");
  EXPECT_EQ(Out()["verdict"].Text(0), "match");
  options_.columns = SEKISHO_ARROW_DICTIONARY;  // names no column: the default ones
  ASSERT_EQ(Classify(Only(TextArray("description", {"RIFLE,5.56 MILLIMETER M4"}))), SEKISHO_OK) << error_.message;
  EXPECT_STREQ(schema_.children[schema_.n_children - 1]->name, "notices");
  EXPECT_EQ(Out()["verdict"].Text(0), "match");
}

TEST_F(ArrowTest, OtherColumnsOfTheItem) {
  options_.columns = SEKISHO_ARROW_JSON;
  std::vector<Array> columns;
  columns.push_back(TextArray("price", {"1", "2", "3", "4"}));
  columns.push_back(TextArray("description", {std::nullopt, "RADAR SET", "RADAR SET", "RADAR SET"}));
  columns.push_back(TextArray("part_number", {"AN/PVS-14", std::nullopt, "", std::nullopt}, "vu"));
  columns.push_back(TextArray("id", {"a", std::nullopt, "c \"3\"", "d"}));
  columns.push_back(TextArray("kind", {std::nullopt, "technology", "hardware", "goods"}));
  ASSERT_EQ(Classify(StructArray(std::move(columns), 4)), SEKISHO_OK) << error_.message;
  const std::string first = Out()["json"].Text(0), second = Out()["json"].Text(1), last = Out()["json"].Text(3);
  EXPECT_THAT(Out()["error"].Text(2), HasSubstr("\"hardware\" is none (hint: goods"));
  EXPECT_TRUE(Out()["json"].IsNull(2));
  std::string wanted = Json("", "AN/PVS-14");
  wanted.replace(wanted.find("\"id\":null"), 9, "\"id\":\"a\"");
  EXPECT_EQ(first, wanted);
  EXPECT_NE(second.substr(second.find("lists")), last.substr(last.find("lists"))) << "the kind made no difference";
}

TEST_F(ArrowTest, ContextOfTheRowBeforeThatOfTheCall) {
  options_.columns = SEKISHO_ARROW_JSON;
  const std::string day = "2020-01-01";
  context_.as_of = day.data();
  context_.as_of_size = day.size();
  std::vector<Array> columns;
  columns.push_back(TextArray("description", {"TABLE", "TABLE", "TABLE"}));
  columns.push_back(TextArray("as_of", {std::nullopt, "2019-05-06", "6 May"}));
  columns.push_back(TextArray("destination", {"JP", std::nullopt, std::nullopt}));
  columns.push_back(BoolArray("classified", {true, std::nullopt, false}));
  ASSERT_EQ(Classify(StructArray(std::move(columns), 3)), SEKISHO_OK) << error_.message;
  EXPECT_THAT(Out()["json"].Text(0), HasSubstr("\"as_of\":\"2020-01-01\""));
  EXPECT_THAT(Out()["json"].Text(1), HasSubstr("\"as_of\":\"2019-05-06\""));
  EXPECT_THAT(Out()["error"].Text(2), HasSubstr("not a date"));
}

TEST_F(ArrowTest, AttributesAreAMap) {
  options_.columns = SEKISHO_ARROW_JSON;
  std::vector<Array> columns;
  columns.push_back(TextArray("description", {"ROCKET", "ROCKET", "ROCKET"}));
  columns.push_back(MapArray("attributes", {{{"range", "310 km"}}, {}, {{"colour", "red"}}}));
  ASSERT_EQ(Classify(StructArray(std::move(columns), 3)), SEKISHO_OK) << error_.message;
  EXPECT_NE(Out()["json"].Text(0), Out()["json"].Text(1)) << "the attribute made no difference";
  EXPECT_EQ(Out()["json"].Text(1), Json("ROCKET"));
  EXPECT_THAT(Out()["error"].Text(2), HasSubstr("no such measure"));
}

TEST_F(ArrowTest, ListsOfTheScannerAreTheColumns) {
  sekisho_scanner_free(scanner_);
  scanner_ = nullptr;
  sekisho_scanner_options two = SEKISHO_SCANNER_OPTIONS_INIT;
  const std::string lists = "us-ccl,us-usml";
  two.lists = lists.data();
  two.lists_size = lists.size();
  ASSERT_EQ(sekisho_scanner_create(&scanner_, taxonomy_, &two, &error_), SEKISHO_OK);
  ASSERT_EQ(Classify(Only(TextArray("description", {"RIFLE,5.56 MILLIMETER M4"}))), SEKISHO_OK) << error_.message;
  ASSERT_EQ(array_.n_children, 6);  // verdict, two lists, error, candidates, notices
  const View candidates = Out()["candidates"];
  for (int32_t i = 0; i < candidates.Offset(1); ++i) {
    const std::string list = candidates.item()["list"].Text(i);
    EXPECT_EQ(Out()[list].IsNull(0), false);
  }
  EXPECT_EQ(Out()["verdict"].Text(0), Out()["us-usml"].Text(0));
}

// Of all that comes out, at all depths, only `error` and `json` have nulls; and one row is one row.
void ExpectNoNulls(const View& view, const std::string& path) {
  if (path == "/error" || path == "/json") return;
  EXPECT_EQ(view.array->null_count, 0) << path;
  EXPECT_TRUE(view.array->n_buffers == 0 || view.array->buffers[0] == nullptr) << path;
  for (int64_t i = 0; i < view.schema->n_children; ++i) {
    ExpectNoNulls({view.schema->children[i], view.array->children[i]}, path + "/" + view.schema->children[i]->name);
  }
}

TEST_F(ArrowTest, OnlyErrorsAndJsonHaveNulls) {
  options_.columns = SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_NOTICES | SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON;
  ASSERT_EQ(Classify(Only(TextArray("description", kItems))), SEKISHO_OK) << error_.message;
  ExpectNoNulls(Out(), "");
  EXPECT_EQ(Out()["error"].array->null_count, 5);
  EXPECT_EQ(Out()["json"].array->null_count, 2);
  const std::string first = schema_.children[0]->name, last = schema_.children[schema_.n_children - 1]->name;
  EXPECT_EQ(first, "verdict");
  EXPECT_EQ(last, "json");
}

TEST_F(ArrowTest, NumbersAndMakersOfItems) {
  options_.columns = SEKISHO_ARROW_JSON;
  std::vector<Array> columns;
  columns.push_back(TextArray("description", {"BOLT,BREECH", "BOLT,BREECH"}));
  columns.push_back(TextArray("nsn", {"1005-01-231-0973", std::nullopt}, "U"));
  columns.push_back(TextArray("manufacturer", {"COLT", std::nullopt}));
  columns.push_back(TextArray("origin", {"JP", ""}));
  ASSERT_EQ(Classify(StructArray(std::move(columns), 2)), SEKISHO_OK) << error_.message;
  EXPECT_EQ(Out()["json"].Text(1), Json("BOLT,BREECH"));
  ExpectRefused(Both(TextArray("description", {"BOLT"}), BoolArray("nsn", {true})), "column nsn: of the Arrow type");
}

}  // namespace
