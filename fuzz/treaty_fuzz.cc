// Treaties through the C ABI: any names, chains and countries are judged or refused with a reason, and what is asked
// about treaties changes no verdict of a list. Lines of the input: description, profiles, chain, origin, destination.
#include <array>
#include <string_view>
#include <vector>

#include "fuzz/check.h"
#include "sekisho.h"

namespace {

sekisho_scanner* MakeScanner() {
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_scanner* scanner = nullptr;
  FUZZ_CHECK(sekisho_taxonomy_load_builtin(&taxonomy, nullptr) == SEKISHO_OK);
  FUZZ_CHECK(sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr) == SEKISHO_OK);
  sekisho_taxonomy_release(taxonomy);
  return scanner;
}

std::vector<int32_t> Verdicts(const sekisho_result* result) {
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  FUZZ_CHECK(sekisho_result_describe(&info, result) == SEKISHO_OK);
  std::vector<int32_t> out;
  for (size_t i = 0; i < info.list_count; ++i) {
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    FUZZ_CHECK(sekisho_result_list(&list, result, i) == SEKISHO_OK);
    out.push_back(list.verdict);
    out.push_back(static_cast<int32_t>(list.candidate_count));
  }
  return out;
}

void CheckTreaties(const sekisho_result* result) {
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  sekisho_result_describe(&info, result);
  for (size_t i = 0; i < info.treaty_count; ++i) {
    sekisho_treaty_result t = SEKISHO_TREATY_RESULT_INIT;
    FUZZ_CHECK(sekisho_result_treaty(&t, result, i) == SEKISHO_OK);
    FUZZ_CHECK(t.verdict >= SEKISHO_TREATY_EXCLUDED && t.verdict <= SEKISHO_TREATY_NOT_APPLICABLE);
    FUZZ_CHECK(t.verdict != SEKISHO_TREATY_EXCLUDED || (t.row_size > 0 && t.row_count > 0));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static sekisho_scanner* const scanner = MakeScanner();
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::array<std::string_view, 5> lines;
  for (std::string_view& line : lines) {
    const size_t end = rest.find('\n');
    line = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.description = lines[0].data(), item.description_size = lines[0].size();
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  const sekisho_result* result = nullptr;
  FUZZ_CHECK(sekisho_scanner_classify(&result, scanner, &item, &context, nullptr) == SEKISHO_OK);
  const std::vector<int32_t> plain = Verdicts(result);
  context.treaties = lines[1].data(), context.treaties_size = lines[1].size();
  context.via = lines[2].data(), context.via_size = lines[2].size();
  context.origin = lines[3].data(), context.origin_size = lines[3].size();
  context.destination = lines[4].data(), context.destination_size = lines[4].size();
  context.sale = static_cast<int32_t>(size % 3);
  sekisho_error error = SEKISHO_ERROR_INIT;
  if (sekisho_scanner_classify(&result, scanner, &item, &context, &error) != SEKISHO_OK) {
    FUZZ_CHECK(result == nullptr && error.message[0] != '\0');
    return 0;
  }
  FUZZ_CHECK(Verdicts(result) == plain);
  CheckTreaties(result);
  return 0;
}
