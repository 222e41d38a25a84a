// A scanner of the built-in taxonomy, and an item for it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "sekisho.h"

class AbiTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, &error_), SEKISHO_OK) << error_.message;
    ASSERT_EQ(sekisho_scanner_create(&scanner_, taxonomy_, nullptr, &error_), SEKISHO_OK) << error_.message;
  }
  void TearDown() override {
    sekisho_scanner_free(scanner_);
    sekisho_taxonomy_release(taxonomy_);
  }
  void Describe(const std::string& text) {
    text_ = text;
    item_.description = text_.data();
    item_.description_size = text_.size();
  }
  int32_t Classify() { return sekisho_scanner_classify(&result_, scanner_, &item_, &context_, &error_); }
  std::string Json() {
    const char* text = nullptr;
    size_t size = 0;
    EXPECT_EQ(sekisho_result_json(&text, &size, result_), SEKISHO_OK);
    return {text, size};
  }

  std::string text_;  // what item_ describes
  sekisho_error error_ = SEKISHO_ERROR_INIT;
  sekisho_item item_ = SEKISHO_ITEM_INIT;
  sekisho_context context_ = SEKISHO_CONTEXT_INIT;
  sekisho_taxonomy* taxonomy_ = nullptr;
  sekisho_scanner* scanner_ = nullptr;
  const sekisho_result* result_ = nullptr;
};
