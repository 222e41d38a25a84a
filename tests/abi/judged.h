// What one scanner says of one description, and the scanner of what a slot holds now: for tests that compare.
#pragma once

#include <string>
#include <string_view>

#include "sekisho.h"

namespace sekisho::tests {

// The result as JSON; empty where there is none.
inline std::string Judge(sekisho_scanner* scanner, std::string_view description) {
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.description = description.data(), item.description_size = description.size();
  const sekisho_result* result = nullptr;
  const char* json = nullptr;
  size_t size = 0;
  if (sekisho_scanner_classify(&result, scanner, &item, nullptr, nullptr) != SEKISHO_OK) return "";
  return sekisho_result_json(&json, &size, result) == SEKISHO_OK ? std::string(json, size) : "";
}

// The caller's to free, and then the only owner of its taxonomy besides the slot. NULL where something fails.
inline sekisho_scanner* ScannerOf(sekisho_slot* slot) {
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_scanner* scanner = nullptr;
  if (sekisho_slot_acquire(&taxonomy, slot) == SEKISHO_OK) {
    sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr);
  }
  sekisho_taxonomy_release(taxonomy);
  return scanner;
}

}  // namespace sekisho::tests
