// Callers that err: handles of the wrong kind and freed ones, NULL everywhere, structs of any size, one scanner in two
// threads. A status comes back, never a crash.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "sekisho.h"

#if defined(__SANITIZE_ADDRESS__)  // GCC
#define SEKISHO_ADDRESS_SANITIZER
#elif defined(__has_feature)  // clang
#if __has_feature(address_sanitizer)
#define SEKISHO_ADDRESS_SANITIZER
#endif
#endif

namespace {

constexpr int32_t kRefused = SEKISHO_E_INVALID_ARGUMENT;

class MisuseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, &error_), SEKISHO_OK) << error_.message;
    ASSERT_EQ(sekisho_scanner_create(&scanner_, taxonomy_, nullptr, &error_), SEKISHO_OK) << error_.message;
    ASSERT_EQ(sekisho_slot_create(&slot_, taxonomy_, &error_), SEKISHO_OK) << error_.message;
    Describe("GOGGLE,NIGHT VISION AN/PVS-14");
    ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  }
  void TearDown() override {
    sekisho_scanner_free(scanner_);
    sekisho_slot_free(slot_);
    sekisho_taxonomy_release(taxonomy_);
  }
  void Describe(const char* text) { item_.description = text, item_.description_size = std::strlen(text); }
  int32_t Classify() { return sekisho_scanner_classify(&result_, scanner_, &item_, nullptr, &error_); }

  // Every function that takes a taxonomy, a scanner, a slot or a result refuses `handle` as each of them.
  void RefusedAsTaxonomy(void* handle);
  void RefusedAsScanner(void* handle);
  void RefusedAsSlot(void* handle);
  void RefusedAsResult(void* handle);

  sekisho_error error_ = SEKISHO_ERROR_INIT;
  sekisho_item item_ = SEKISHO_ITEM_INIT;
  sekisho_taxonomy* taxonomy_ = nullptr;
  sekisho_scanner* scanner_ = nullptr;
  sekisho_slot* slot_ = nullptr;
  const sekisho_result* result_ = nullptr;
};

void MisuseTest::RefusedAsTaxonomy(void* handle) {
  auto* t = static_cast<sekisho_taxonomy*>(handle);
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_list_info list = SEKISHO_LIST_INFO_INIT;
  sekisho_treaty_info treaty = SEKISHO_TREATY_INFO_INIT;
  sekisho_treaty_row_info row = SEKISHO_TREATY_ROW_INFO_INIT;
  sekisho_treaty_condition_info condition = SEKISHO_TREATY_CONDITION_INFO_INIT;
  const uint8_t key[SEKISHO_KEY_SIZE] = {1};
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  trust.keys = key, trust.key_count = 1;
  sekisho_scanner* scanner = nullptr;
  sekisho_slot* slot = nullptr;
  EXPECT_EQ(sekisho_taxonomy_describe(&info, t), kRefused);
  EXPECT_EQ(sekisho_taxonomy_list(&list, t, 0), kRefused);
  EXPECT_EQ(sekisho_taxonomy_treaty(&treaty, t, 0), kRefused);
  EXPECT_EQ(sekisho_taxonomy_treaty_row(&row, t, 0, 0), kRefused);
  EXPECT_EQ(sekisho_taxonomy_treaty_condition(&condition, t, 0, 0), kRefused);
  EXPECT_EQ(sekisho_taxonomy_verify(t, &trust, nullptr), kRefused);
  EXPECT_EQ(sekisho_scanner_create(&scanner, t, nullptr, nullptr), kRefused);
  EXPECT_EQ(sekisho_slot_create(&slot, t, nullptr), kRefused);
  EXPECT_EQ(sekisho_slot_set(slot_, t), kRefused);
  EXPECT_EQ(sekisho_taxonomy_retain(t), nullptr);
  EXPECT_EQ(scanner, nullptr);
  EXPECT_EQ(slot, nullptr);
  sekisho_taxonomy_release(t);
}

void MisuseTest::RefusedAsScanner(void* handle) {
  auto* s = static_cast<sekisho_scanner*>(handle);
  const sekisho_result* result = nullptr;
  ArrowSchema schema{};
  ArrowArray array{};
  EXPECT_EQ(sekisho_scanner_classify(&result, s, &item_, nullptr, nullptr), kRefused);
  EXPECT_EQ(sekisho_arrow_schema(&schema, s, nullptr, nullptr), kRefused);
  EXPECT_EQ(sekisho_arrow_classify(&array, s, &array, &schema, nullptr, nullptr, nullptr), kRefused);
  EXPECT_EQ(schema.release, nullptr);
  EXPECT_EQ(array.release, nullptr);
  sekisho_scanner_free(s);
}

void MisuseTest::RefusedAsSlot(void* handle) {
  auto* s = static_cast<sekisho_slot*>(handle);
  sekisho_taxonomy* t = nullptr;
  const uint8_t key[SEKISHO_KEY_SIZE] = {1};
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  trust.keys = key, trust.key_count = 1;
  EXPECT_EQ(sekisho_slot_demand(s, &trust, nullptr), kRefused);
  EXPECT_EQ(sekisho_slot_load_file(s, "x", 1, nullptr), kRefused);
  EXPECT_EQ(sekisho_slot_set(s, taxonomy_), kRefused);
  EXPECT_EQ(sekisho_slot_acquire(&t, s), kRefused);
  EXPECT_EQ(sekisho_slot_version(s), 0u);
  EXPECT_EQ(t, nullptr);
  sekisho_slot_free(s);
}

void MisuseTest::RefusedAsResult(void* handle) {
  const auto* r = static_cast<const sekisho_result*>(handle);
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
  sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
  sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
  sekisho_note note = SEKISHO_NOTE_INIT;
  sekisho_treaty_result treaty = SEKISHO_TREATY_RESULT_INIT;
  sekisho_treaty_row row = SEKISHO_TREATY_ROW_INIT;
  const char* json = "";
  size_t size = 1;
  EXPECT_EQ(sekisho_result_describe(&info, r), kRefused);
  EXPECT_EQ(sekisho_result_list(&list, r, 0), kRefused);
  EXPECT_EQ(sekisho_result_candidate(&candidate, r, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_evidence(&evidence, r, 0, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_missing(&note, r, 0, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_notice(&note, r, 0), kRefused);
  EXPECT_EQ(sekisho_result_treaty(&treaty, r, 0), kRefused);
  EXPECT_EQ(sekisho_result_treaty_row(&row, r, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_treaty_condition(&note, r, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_treaty_missing(&note, r, 0, 0), kRefused);
  EXPECT_EQ(sekisho_result_json(&json, &size, r), kRefused);
  EXPECT_EQ(json, nullptr);
  EXPECT_EQ(size, 0u);
}

TEST_F(MisuseTest, NoHandles) {
  alignas(16) char zeros[4096] = {}, ones[4096];
  std::memset(ones, 0xFF, sizeof(ones));
  for (void* none : {static_cast<void*>(nullptr), static_cast<void*>(zeros), static_cast<void*>(ones),
                     static_cast<void*>(zeros + 1)}) {
    RefusedAsTaxonomy(none);
    RefusedAsScanner(none);
    RefusedAsSlot(none);
    RefusedAsResult(none);
  }
}

TEST_F(MisuseTest, HandlesOfAnotherKind) {
  void* result = const_cast<sekisho_result*>(result_);
  for (void* other : {static_cast<void*>(scanner_), static_cast<void*>(slot_), result}) RefusedAsTaxonomy(other);
  for (void* other : {static_cast<void*>(taxonomy_), static_cast<void*>(slot_), result}) RefusedAsScanner(other);
  for (void* other : {static_cast<void*>(taxonomy_), static_cast<void*>(scanner_), result}) RefusedAsSlot(other);
  for (void* other : {static_cast<void*>(taxonomy_), static_cast<void*>(scanner_), static_cast<void*>(slot_)})
    RefusedAsResult(other);
  EXPECT_EQ(Classify(), SEKISHO_OK) << "nothing was freed by it";
}

// As long as its memory has not been given to somebody else, a freed handle is known for what it is. Reading it is what
// AddressSanitizer is there to report.
#ifndef SEKISHO_ADDRESS_SANITIZER
TEST_F(MisuseTest, FreedHandles) {
  sekisho_scanner* scanner = std::exchange(scanner_, nullptr);
  void* result = const_cast<sekisho_result*>(result_);
  sekisho_slot* slot = nullptr;
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy_, nullptr), SEKISHO_OK);
  sekisho_taxonomy* taxonomy = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy, nullptr), SEKISHO_OK);
  sekisho_scanner_free(scanner);
  sekisho_slot_free(slot);
  sekisho_taxonomy_release(taxonomy);
  RefusedAsScanner(scanner);  // and not freed again
  RefusedAsResult(result);
  RefusedAsSlot(slot);
  RefusedAsTaxonomy(taxonomy);
}
#endif

// The sizes that a struct can have by mistake: what is too small or cannot be is refused, what is larger is read if the
// rest is zero. Nothing behind the struct is touched.
template <typename Struct>
void AnySize(const Struct& init, size_t least, const std::function<int32_t(Struct*)>& call) {
  constexpr size_t kRoom = 8192;
  alignas(16) char memory[kRoom];
  for (const size_t size : {size_t{0}, size_t{1}, size_t{4}, least - 1, least, sizeof(Struct), sizeof(Struct) + 8,
                            size_t{4096}, size_t{4097}, size_t{65536}, size_t{0x7FFFFFFF}, size_t{0xFFFFFFFF}}) {
    std::memset(memory, 0, sizeof(memory));
    std::memcpy(memory, &init, sizeof(Struct));
    auto* in = reinterpret_cast<Struct*>(memory);
    in->struct_size = static_cast<uint32_t>(size);
    std::fill(memory + std::min(std::max(size, sizeof(Struct)), kRoom), memory + kRoom, '\x5A');
    const int32_t status = call(in);
    const bool possible = size >= least && size <= 4096;
    EXPECT_EQ(status, possible ? SEKISHO_OK : kRefused) << size;
    EXPECT_TRUE(std::all_of(memory + std::min(std::max(size, sizeof(Struct)), kRoom), memory + kRoom, [](char c) {
      return c == '\x5A';
    })) << size;
  }
}

TEST_F(MisuseTest, StructsOfAnySize) {
  AnySize<sekisho_taxonomy_info>(SEKISHO_TAXONOMY_INFO_INIT, offsetof(sekisho_taxonomy_info, treaty_count),
                                 [&](auto* s) { return sekisho_taxonomy_describe(s, taxonomy_); });
  AnySize<sekisho_list_info>(SEKISHO_LIST_INFO_INIT, sizeof(sekisho_list_info),
                             [&](auto* s) { return sekisho_taxonomy_list(s, taxonomy_, 0); });
  AnySize<sekisho_treaty_info>(SEKISHO_TREATY_INFO_INIT, sizeof(sekisho_treaty_info),
                               [&](auto* s) { return sekisho_taxonomy_treaty(s, taxonomy_, 0); });
  AnySize<sekisho_treaty_row_info>(SEKISHO_TREATY_ROW_INFO_INIT, sizeof(sekisho_treaty_row_info),
                                   [&](auto* s) { return sekisho_taxonomy_treaty_row(s, taxonomy_, 0, 0); });
  AnySize<sekisho_treaty_condition_info>(
      SEKISHO_TREATY_CONDITION_INFO_INIT, sizeof(sekisho_treaty_condition_info),
      [&](auto* s) { return sekisho_taxonomy_treaty_condition(s, taxonomy_, 0, 0); });
  AnySize<sekisho_scanner_options>(SEKISHO_SCANNER_OPTIONS_INIT, offsetof(sekisho_scanner_options, max_matches),
                                   [&](auto* s) {
                                     sekisho_scanner* scanner = nullptr;
                                     const int32_t status = sekisho_scanner_create(&scanner, taxonomy_, s, nullptr);
                                     sekisho_scanner_free(scanner);
                                     return status;
                                   });
  AnySize<sekisho_result_info>(SEKISHO_RESULT_INFO_INIT, offsetof(sekisho_result_info, treaty_count),
                               [&](auto* s) { return sekisho_result_describe(s, result_); });
  AnySize<sekisho_list_result>(SEKISHO_LIST_RESULT_INIT, sizeof(sekisho_list_result),
                               [&](auto* s) { return sekisho_result_list(s, result_, 0); });
  AnySize<sekisho_candidate>(SEKISHO_CANDIDATE_INIT, offsetof(sekisho_candidate, rule),
                             [&](auto* s) { return sekisho_result_candidate(s, result_, 0, 0); });
  AnySize<sekisho_evidence>(SEKISHO_EVIDENCE_INIT, sizeof(sekisho_evidence),
                            [&](auto* s) { return sekisho_result_evidence(s, result_, 0, 0, 0); });
  AnySize<sekisho_treaty_result>(SEKISHO_TREATY_RESULT_INIT, sizeof(sekisho_treaty_result),
                                 [&](auto* s) { return sekisho_result_treaty(s, result_, 0); });
  AnySize<sekisho_arrow_options>(SEKISHO_ARROW_OPTIONS_INIT, sizeof(sekisho_arrow_options), [&](auto* s) {
    ArrowSchema out;
    const int32_t status = sekisho_arrow_schema(&out, scanner_, s, nullptr);
    if (out.release != nullptr) out.release(&out);
    return status;
  });
  AnySize<sekisho_context>(SEKISHO_CONTEXT_INIT, offsetof(sekisho_context, treaties),
                           [&](auto* s) { return sekisho_scanner_classify(&result_, scanner_, &item_, s, nullptr); });
  AnySize<sekisho_item>(SEKISHO_ITEM_INIT, sizeof(sekisho_item),
                        [&](auto* s) { return sekisho_scanner_classify(&result_, scanner_, s, nullptr, nullptr); });
}

// An error struct that cannot be one is left alone, and the status is the same.
TEST_F(MisuseTest, ErrorsOfAnySize) {
  for (const uint32_t size : {0u, 4u, 8u, 511u}) {
    sekisho_error error = SEKISHO_ERROR_INIT;
    error.struct_size = size;
    sekisho_taxonomy* t = nullptr;
    EXPECT_EQ(sekisho_taxonomy_load_file(&t, "", 0, &error), kRefused);
    EXPECT_EQ(error.status, SEKISHO_OK);
  }
}

TEST_F(MisuseTest, TextsThatNoMemoryHas) {
  for (const size_t size : {SIZE_MAX, static_cast<size_t>(PTRDIFF_MAX) + 1}) {
    item_.description_size = size;
    EXPECT_EQ(Classify(), kRefused);
    sekisho_taxonomy* t = nullptr;
    EXPECT_EQ(sekisho_taxonomy_load_memory(&t, "x", size, &error_), kRefused);
    EXPECT_EQ(sekisho_taxonomy_load_file(&t, "x", size, &error_), kRefused);
  }
}

// Freed by one thread while another is inside: the end comes when that one leaves.
TEST_F(MisuseTest, FreedWhileAtWork) {
  std::string text;
  while (text.size() < 60000) text += "night vision goggle, ";
  int met = 0;
  for (int round = 0; round < 20; ++round) {
    sekisho_scanner* scanner = nullptr;
    ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy_, nullptr, nullptr), SEKISHO_OK);
    std::atomic<bool> done{false};
    std::thread worker([&] {
      sekisho_item item = SEKISHO_ITEM_INIT;
      item.description = text.data(), item.description_size = text.size();
      const sekisho_result* result = nullptr;
      int32_t status = SEKISHO_E_BUSY;
      while (status == SEKISHO_E_BUSY) status = sekisho_scanner_classify(&result, scanner, &item, nullptr, nullptr);
      EXPECT_EQ(status, SEKISHO_OK);
      done = true;
    });
    const sekisho_result* result = nullptr;
    int32_t status = SEKISHO_OK;
    while (!done && status != SEKISHO_E_BUSY)
      status = sekisho_scanner_classify(&result, scanner, &item_, nullptr, nullptr);
    met += status == SEKISHO_E_BUSY ? 1 : 0;
    sekisho_scanner_free(scanner);
    worker.join();
  }
  EXPECT_GT(met, 0);
}

}  // namespace
