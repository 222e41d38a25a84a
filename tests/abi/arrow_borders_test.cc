// sekisho_arrow_…: batches that are refused, limits and defaults, who releases what.
#include <string>
#include <utility>
#include <vector>

#include "tests/abi/arrow_fixture.h"

namespace {

using namespace sekisho::tests;
using ::testing::HasSubstr;

TEST_F(ArrowTest, WrongTypesAreRefusedWithTheirPlace) {
  ExpectRefused(Only(TextArray("descripton", {"TABLE"})),
                "no column description (hint: rename the one that names the item; there are: descripton)");
  ExpectRefused(Only(BoolArray("description", {true})), "column description: of the Arrow type \"b\" (hint: utf8");
  ExpectRefused(TextArray("description", {"TABLE"}), "schema: the Arrow type \"u\" (hint: a struct");
  ExpectRefused(Both(TextArray("description", {"TABLE"}), TextArray("description", {"TABLE"})),
                "column description: is there twice");
  ExpectRefused(Both(TextArray("description", {"TABLE"}), TextArray("attributes", {"range"})),
                "column attributes: of the Arrow type");
  ExpectRefused(Both(TextArray("description", {"TABLE"}), TextArray("classified", {"yes"})),
                "column classified: of the Arrow type \"u\" (hint: bool)");
  Array odd = Only(DictionaryArray<float>("description", "f", {"TABLE"}, {0.0f}));
  ExpectRefused(odd, "a dictionary with indices of the type \"f\"");
}

TEST_F(ArrowTest, ArraysThatContradictThemselvesAreRefused) {
  ExpectRefused(Only(DictionaryArray<int8_t>("description", "c", {"TABLE"}, {int8_t{0}, int8_t{1}})),
                "column description, row 1: its offsets or indices");
  ExpectRefused(Only(DictionaryArray<int8_t>("description", "c", {"TABLE"}, {int8_t{-1}})),
                "column description, row 0");
  Array items = Only(TextArray("description", {"TABLE", "CHAIR"}));
  items->array.length = 3;
  ExpectRefused(items, "column description: 2 rows, where 3 are wanted");
  items->array.length = -1;
  ExpectRefused(items, "items: length or offset is negative");
  items->array.length = 2;
  items->array.n_children = 0;
  ExpectRefused(items, "0 columns, where the schema has 1");
  items->array.n_children = 1;
  const int32_t backwards[] = {0, 5, 3};
  items->below[0]->pointers[1] = backwards;
  ExpectRefused(items, "column description, row 1");
  items->below[0]->pointers[1] = nullptr;
  ExpectRefused(items, "a buffer is NULL");
  items->below[0]->array.n_buffers = 2;
  ExpectRefused(items, "2 buffers, where the type has 3");
  items->below[0]->array.release = nullptr;
  ExpectRefused(items, "the array has been released");
  Array views = Only(TextArray("description", {"a text that is longer than twelve bytes"}, "vu"));
  views->below[0]->buffers[3] = std::string(8, '\0');  // the buffer of text is said to be empty
  ExpectRefused(views, "column description, row 0");
}

TEST_F(ArrowTest, LimitsOptionsAndArguments) {
  const Array items = Only(TextArray("description", {"TABLE", "CHAIR", "BED"}));
  options_.max_rows = 2;
  ExpectRefused(items, "3 rows, more than the 2 of one call (hint: smaller batches", SEKISHO_E_OUT_OF_RANGE);
  options_.max_rows = 3;
  EXPECT_EQ(Classify(items), SEKISHO_OK);
  Release();
  const auto call = [&] {
    return sekisho_arrow_classify(&array_, scanner_, &items->array, &items->schema, &context_, &options_, &error_);
  };
  options_.columns = 1u << 20;
  EXPECT_EQ(call(), SEKISHO_E_UNSUPPORTED);
  EXPECT_EQ(sekisho_arrow_schema(&schema_, scanner_, &options_, &error_), SEKISHO_E_UNSUPPORTED);
  EXPECT_EQ(schema_.release, nullptr);
  options_.columns = 0;
  const std::string day = "tomorrow";
  context_.as_of = day.data();
  context_.as_of_size = day.size();
  EXPECT_EQ(call(), SEKISHO_E_BAD_DATE);
  EXPECT_EQ(sekisho_arrow_classify(&array_, nullptr, &items->array, &items->schema, nullptr, nullptr, nullptr),
            SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_arrow_classify(&array_, scanner_, nullptr, &items->schema, nullptr, nullptr, &error_),
            SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_arrow_classify(nullptr, scanner_, &items->array, &items->schema, nullptr, nullptr, &error_),
            SEKISHO_E_INVALID_ARGUMENT);
}

// Without options a call takes 1,048,576 rows, and no more; without a context it is judged as without one.
TEST_F(ArrowTest, DefaultsOfOptionsAndContext) {
  const auto call = [&](int64_t rows) {
    Release();
    const Array items = Only(NullArray("description", rows));
    return sekisho_arrow_classify(&array_, scanner_, &items->array, &items->schema, nullptr, nullptr, &error_);
  };
  EXPECT_EQ(call(1'048'577), SEKISHO_E_OUT_OF_RANGE);
  EXPECT_THAT(error_.message, HasSubstr("1048576"));
  EXPECT_EQ(call(1'048'576), SEKISHO_OK) << error_.message;
  EXPECT_EQ(array_.length, 1'048'576);
  ASSERT_EQ(sekisho_arrow_schema(&schema_, scanner_, nullptr, &error_), SEKISHO_OK);
  EXPECT_EQ(schema_.n_children, array_.n_children);
}

// As the interface demands: a child may be moved away, outlives its parent, and is released by whoever has it.
TEST_F(ArrowTest, ChildrenMayBeMovedAway) {
  ASSERT_EQ(Classify(Only(TextArray("description", {"RIFLE,5.56 MILLIMETER M4"}))), SEKISHO_OK) << error_.message;
  ArrowArray verdict = *array_.children[0];
  ArrowSchema type = *schema_.children[0];
  array_.children[0]->release = nullptr;
  schema_.children[0]->release = nullptr;
  array_.release(&array_);
  schema_.release(&schema_);
  EXPECT_EQ(array_.release, nullptr);
  EXPECT_EQ(schema_.release, nullptr);
  EXPECT_EQ((View{&type, &verdict}.Text(0)), "match");
  verdict.release(&verdict);
  type.release(&type);
  EXPECT_EQ(verdict.release, nullptr);
}

TEST_F(ArrowTest, DictionariesMayBeMovedAway) {
  options_.columns = SEKISHO_ARROW_DICTIONARY;
  ASSERT_EQ(Classify(Only(TextArray("description", {"RIFLE,5.56 MILLIMETER M4"}))), SEKISHO_OK) << error_.message;
  ArrowArray values = *array_.children[0]->dictionary;
  ArrowSchema type = *schema_.children[0]->dictionary;
  array_.children[0]->dictionary->release = nullptr;
  schema_.children[0]->dictionary->release = nullptr;
  Release();
  EXPECT_EQ((View{&type, &values}.Text(0)), "match");
  values.release(&values);
  type.release(&type);
}

TEST_F(ArrowTest, NothingIsLeftOfTheCallersColumns) {
  const sekisho_result* result = nullptr;
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.description = "TABLE";
  item.description_size = 5;
  ASSERT_EQ(sekisho_scanner_classify(&result, scanner_, &item, nullptr, &error_), SEKISHO_OK);
  ASSERT_EQ(Classify(Only(TextArray("description", {"CHAIR"}))), SEKISHO_OK);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  EXPECT_EQ(sekisho_result_describe(&info, result), SEKISHO_E_INVALID_ARGUMENT);
}

}  // namespace
