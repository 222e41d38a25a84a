// Columns in, columns out, and what came out read as a consumer would.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "sekisho.h"
#include "tests/abi/arrow_arrays.h"

namespace sekisho::tests {

// What came out, read as a consumer would.
struct View {
  const ArrowSchema* schema = nullptr;
  const ArrowArray* array = nullptr;

  View operator[](const std::string& name) const {
    for (int64_t i = 0; i < schema->n_children; ++i) {
      if (name == schema->children[i]->name) return {schema->children[i], array->children[i]};
    }
    ADD_FAILURE() << "no column " << name;
    return {};
  }
  View item() const { return {schema->children[0], array->children[0]}; }
  bool IsNull(int64_t row) const {
    const auto* bits = static_cast<const uint8_t*>(array->buffers[0]);
    return bits != nullptr && (bits[row / 8] >> (row % 8) & 1) == 0;
  }
  int32_t Offset(int64_t row) const { return static_cast<const int32_t*>(array->buffers[1])[row]; }
  int32_t Int(int64_t row) const { return static_cast<const int32_t*>(array->buffers[1])[row]; }
  std::string Text(int64_t row) const {
    if (schema->dictionary != nullptr) return View{schema->dictionary, array->dictionary}.Text(Int(row));
    EXPECT_STREQ(schema->format, "u");
    return {static_cast<const char*>(array->buffers[2]) + Offset(row),
            static_cast<size_t>(Offset(row + 1) - Offset(row))};
  }
};

class ArrowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, &error_), SEKISHO_OK) << error_.message;
    ASSERT_EQ(sekisho_scanner_create(&scanner_, taxonomy_, nullptr, &error_), SEKISHO_OK) << error_.message;
    released_arrays = 0;
  }
  void TearDown() override {
    Release();
    EXPECT_EQ(released_arrays, 0) << "the library released an array of its caller";
    sekisho_scanner_free(scanner_);
    sekisho_taxonomy_release(taxonomy_);
  }
  void Release() {
    if (schema_.release != nullptr) schema_.release(&schema_);
    if (array_.release != nullptr) array_.release(&array_);
  }
  int32_t Classify(const Array& items) {
    Release();
    EXPECT_EQ(sekisho_arrow_schema(&schema_, scanner_, &options_, &error_), SEKISHO_OK) << error_.message;
    return sekisho_arrow_classify(&array_, scanner_, &items->array, &items->schema, &context_, &options_, &error_);
  }
  View Out() const { return {&schema_, &array_}; }
  std::string Json(const std::string& description, const std::string& part_number = "") {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = description.data();
    item.description_size = description.size();
    item.part_number = part_number.data();
    item.part_number_size = part_number.size();
    const sekisho_result* result = nullptr;
    EXPECT_EQ(sekisho_scanner_classify(&result, scanner_, &item, &context_, &error_), SEKISHO_OK) << error_.message;
    const char* json = nullptr;
    size_t size = 0;
    EXPECT_EQ(sekisho_result_json(&json, &size, result), SEKISHO_OK);
    return {json, size};
  }
  // The rows of `items` (with a column description alone) are what the single call makes of `wanted`.
  void ExpectRows(const Array& items, const Texts& wanted) {
    options_.columns = SEKISHO_ARROW_JSON;
    ASSERT_EQ(Classify(items), SEKISHO_OK) << error_.message;
    ASSERT_EQ(array_.length, static_cast<int64_t>(wanted.size()));
    for (size_t i = 0; i < wanted.size(); ++i) {
      const auto row = static_cast<int64_t>(i);
      EXPECT_EQ(Out()["json"].IsNull(row), !wanted[i].has_value());
      EXPECT_EQ(Out()["error"].IsNull(row), wanted[i].has_value());
      if (!wanted[i].has_value()) continue;
      EXPECT_EQ(Out()["json"].Text(row), Json(*wanted[i]));
    }
  }
  void ExpectRefused(const Array& items, const std::string& words, int32_t status = SEKISHO_E_INVALID_ARGUMENT) {
    EXPECT_EQ(Classify(items), status);
    EXPECT_THAT(error_.message, ::testing::HasSubstr(words));
    EXPECT_EQ(array_.release, nullptr);
  }
  static Array Only(Array column) {
    const int64_t length = column->array.length;
    std::vector<Array> columns;
    columns.push_back(std::move(column));
    return StructArray(std::move(columns), length);
  }
  static Array Both(Array a, Array b) {
    const int64_t length = a->array.length;
    std::vector<Array> columns;
    columns.push_back(std::move(a));
    columns.push_back(std::move(b));
    return StructArray(std::move(columns), length);
  }

  sekisho_error error_ = SEKISHO_ERROR_INIT;
  sekisho_context context_ = SEKISHO_CONTEXT_INIT;
  sekisho_arrow_options options_ = SEKISHO_ARROW_OPTIONS_INIT;
  sekisho_taxonomy* taxonomy_ = nullptr;
  sekisho_scanner* scanner_ = nullptr;
  ArrowSchema schema_{};
  ArrowArray array_{};
};

inline const Texts kItems = {"GOGGLE,NIGHT VISION AN/PVS-14",
                             std::nullopt,
                             "TABLE",
                             "Ｖ－２２用ギアボックス",
                             "",
                             "RIFLE,5.56 MILLIMETER M4",
                             "book about missiles and how they were made"};
inline const Texts kJudged = {kItems[0], std::nullopt, kItems[2], kItems[3], std::nullopt, kItems[5], kItems[6]};

}  // namespace sekisho::tests
