// Every allocation of every call fails once, by itself and with all that follow: the call says NOMEM (or does without),
// leaves nothing behind, and the next call works.
#include <gmock/gmock.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "sekisho.h"
#include "tests/abi/arrow_arrays.h"
#include "tests/reliability/faulty_system.h"

namespace sekisho::tests {
namespace {

constexpr uint64_t kMostAllocations = 100000;  // a call that asks for more has something wrong with it

std::string Contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class AllocationTest : public ::testing::Test {
 protected:
  // `call` in a world where the n-th allocation fails, for every n. Between the failures `works` tells whether all is
  // as it should be. Returns how many allocations were made to fail.
  uint64_t FailEach(const std::function<int32_t()>& call, const std::function<bool()>& works, bool leaves_nothing) {
    uint64_t failed = 0;
    for (const bool from_then_on : {false, true}) {
      for (uint64_t n = 1; n < kMostAllocations; ++n) {
        int32_t status = SEKISHO_OK;
        uint64_t asked = 0;
        int64_t live = 0;
        {
          const Allocations allocations(n, from_then_on);
          status = call();
          asked = allocations.asked();
          live = allocations.live();
        }
        if (asked < n) break;
        ++failed;
        EXPECT_TRUE(status == SEKISHO_E_NOMEM || status == SEKISHO_OK)
            << "allocation " << n << ": " << sekisho_status_name(status);
        if (leaves_nothing && status != SEKISHO_OK) {
          EXPECT_EQ(live, 0) << "after allocation " << n;
        }
        EXPECT_TRUE(works()) << "after allocation " << n;
        if (HasFailure()) return failed;
      }
    }
    return failed;
  }
  void Report(const char* name, uint64_t failed) {
    RecordProperty(name, static_cast<int>(failed));
    std::printf("%-28s %6llu allocations failed\n", name, static_cast<unsigned long long>(failed));
  }

  // Ways to load, each made and released.
  void Loads(const char* name, const std::function<int32_t(sekisho_taxonomy**)>& load) {
    sekisho_taxonomy* taxonomy = nullptr;
    const auto call = [&] {
      const int32_t status = load(&taxonomy);
      if (status != SEKISHO_OK) {
        EXPECT_EQ(taxonomy, nullptr);
      }
      sekisho_taxonomy_release(taxonomy);
      return status;
    };
    const uint64_t failed = FailEach(
        call, [&] { return call() == SEKISHO_OK; }, true);
    EXPECT_GT(failed, 0u);
    Report(name, failed);
  }

  const std::string path_ = SEKISHO_BASE_PACK_PATH;
};

TEST_F(AllocationTest, Load) {
  const std::string bytes = Contents(path_);
  Loads("load_file", [&](auto** out) { return sekisho_taxonomy_load_file(out, path_.data(), path_.size(), nullptr); });
  Loads("load_mapped",
        [&](auto** out) { return sekisho_taxonomy_load_mapped(out, path_.data(), path_.size(), nullptr); });
  Loads("load_memory",
        [&](auto** out) { return sekisho_taxonomy_load_memory(out, bytes.data(), bytes.size(), nullptr); });
  Loads("load_builtin", [&](auto** out) { return sekisho_taxonomy_load_builtin(out, nullptr); });
}

// The texts of failures are made of memory, too.
TEST_F(AllocationTest, LoadOfWhatIsNoPack) {
  const std::string path = "/no/such/folder/of/a/name/that/is/long/enough/for/memory/of/its/own.pack";
  sekisho_error error = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* taxonomy = nullptr;
  for (uint64_t n = 1; n < 100; ++n) {
    const Allocations allocations(n);
    const int32_t status = sekisho_taxonomy_load_file(&taxonomy, path.data(), path.size(), &error);
    EXPECT_TRUE(status == SEKISHO_E_NOMEM || status == SEKISHO_E_NOT_FOUND) << sekisho_status_name(status);
    EXPECT_EQ(error.status, status);
    if (allocations.asked() < n) break;
  }
}

// A scanner with what it is asked, right and wrong.
class ScannerAllocationTest : public AllocationTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, nullptr), SEKISHO_OK);
    context_.destination = "GB", context_.destination_size = 2;
    context_.via = "JP,US,GB", context_.via_size = 8;
    context_.treaties = "us-uk-126.17,us-jp-dtct", context_.treaties_size = 23;
  }
  void TearDown() override {
    sekisho_scanner_free(scanner_);
    sekisho_taxonomy_release(taxonomy_);
  }
  int32_t Create() { return sekisho_scanner_create(&scanner_, taxonomy_, nullptr, nullptr); }
  // Classifies, and reads all that there is to read.
  int32_t Classify(const std::string& text) {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    item.part_number = "8441-01-AB", item.part_number_size = 10;
    item.id = "an id", item.id_size = 5;
    sekisho_attribute range = SEKISHO_ATTRIBUTE_INIT;
    range.name = "range", range.name_size = 5, range.quantity = "310 km", range.quantity_size = 6;
    item.attributes = &range, item.attribute_count = 1;
    const sekisho_result* result = nullptr;
    if (const int32_t s = sekisho_scanner_classify(&result, scanner_, &item, &context_, nullptr); s != SEKISHO_OK) {
      EXPECT_EQ(result, nullptr);
      return s;
    }
    return Read(result);
  }
  int32_t Read(const sekisho_result* result) {
    sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
    if (const int32_t s = sekisho_result_describe(&info, result); s != SEKISHO_OK) return s;
    for (size_t l = 0; l < info.list_count; ++l) {
      sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
      if (const int32_t s = sekisho_result_list(&list, result, l); s != SEKISHO_OK) return s;
      for (size_t c = 0; c < list.candidate_count; ++c) {
        sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
        if (const int32_t s = sekisho_result_candidate(&candidate, result, l, c); s != SEKISHO_OK) return s;
        sekisho_note note = SEKISHO_NOTE_INIT;
        for (size_t m = 0; m < candidate.missing_count; ++m)
          if (const int32_t s = sekisho_result_missing(&note, result, l, c, m); s != SEKISHO_OK) return s;
      }
    }
    size_t size = 0;
    return sekisho_result_json(&json_, &size, result);
  }

  sekisho_taxonomy* taxonomy_ = nullptr;
  sekisho_scanner* scanner_ = nullptr;
  sekisho_context context_ = SEKISHO_CONTEXT_INIT;
  const char* json_ = nullptr;
};

const std::vector<std::string>& Lines() {
  static const std::string decomposed = [] {
    std::string out;
    for (int i = 0; i < 400; ++i) out += "か\u3099ﾎﾟ";
    return out;
  }();
  static const std::vector<std::string> lines = {
      decomposed,
      "GOGGLE,NIGHT VISION AN/PVS-14, Gen 3, luminous sensitivity 400 uA/lm",
      "ロケット　射程３１０ｋｍ　搭載量５００キログラム以上、ギアボックス V-22用",
      "torpedo, mk 48 adcap; RIFLE,5.56 MILLIMETER M4; mount for M2 browning; ５．５６ｍｍ普通弾",
      "invalid \xFF\xFE",
      "an ordinary office chair with armrests, black",
      "bracket, ECCN 9A610.x, USML VIII(h), ITAR controlled; 輸出令別表第一の4の項(1) 該当、外為令別表の9の項(1)",
  };
  return lines;
}

// First in a process in which nothing has been classified: what is made once and for all fails, too.
TEST_F(ScannerAllocationTest, Classify) {
  uint64_t created = 0, classified = 0;
  const auto create = [&] {
    const int32_t status = Create();
    if (status != SEKISHO_OK) {
      EXPECT_EQ(scanner_, nullptr);
    }
    sekisho_scanner_free(scanner_);
    scanner_ = nullptr;
    return status;
  };
  created = FailEach(
      create, [&] { return create() == SEKISHO_OK; }, true);
  std::vector<std::set<std::string>> seen;  // by line, every result that came out
  std::vector<std::set<std::string>> expected;
  for (const std::string& line : Lines()) {
    // A scanner that has judged nothing has no memory of it yet: a new one for each line.
    ASSERT_EQ(Create(), SEKISHO_OK);
    const auto works = [&] {  // the scanner in which it failed gives the whole, too
      if (Classify(line) != SEKISHO_OK) return false;
      seen.back().insert(json_);
      sekisho_scanner_free(scanner_);  // which gives all back
      scanner_ = nullptr;
      return Create() == SEKISHO_OK;
    };
    seen.emplace_back();
    json_ = nullptr;
    const auto works_and_keeps = [&] {
      if (json_ != nullptr) seen.back().insert(json_);
      const bool ok = works();
      json_ = nullptr;
      return ok;
    };
    classified += FailEach([&] { return Classify(line); }, works_and_keeps, false);
    ASSERT_EQ(Classify(line), SEKISHO_OK);
    seen.back().insert(json_);
    sekisho_scanner_free(scanner_);
    scanner_ = nullptr;
  }
  for (const std::string& line : Lines()) {
    ASSERT_EQ(Create(), SEKISHO_OK);
    ASSERT_EQ(Classify(line), SEKISHO_OK);
    expected.push_back({json_});
    sekisho_scanner_free(scanner_);
    scanner_ = nullptr;
  }
  EXPECT_EQ(seen, expected) << "what comes out in spite of a failure is the whole and the same";
  Report("scanner_create", created);
  Report("scanner_classify, result_*", classified);
}

// One and the same scanner lives through all failures.
TEST_F(ScannerAllocationTest, TheSameScanner) {
  ASSERT_EQ(Create(), SEKISHO_OK);
  const std::string& line = Lines()[3];
  ASSERT_EQ(Classify(line), SEKISHO_OK);
  const std::string expected = json_;
  const auto works = [&] { return Classify(line) == SEKISHO_OK && expected == json_; };
  const uint64_t failed = FailEach([&] { return Classify(line); }, works, false);
  EXPECT_GT(failed, 0u);
  Report("the same scanner", failed);
}

TEST_F(ScannerAllocationTest, Columns) {
  ASSERT_EQ(Create(), SEKISHO_OK);
  Texts texts;
  for (const std::string& line : Lines()) texts.emplace_back(line);
  texts.emplace_back(std::nullopt);
  std::vector<Array> columns;
  columns.push_back(TextArray("description", texts));
  const Array items = StructArray(std::move(columns), static_cast<int64_t>(texts.size()));
  sekisho_arrow_options options = SEKISHO_ARROW_OPTIONS_INIT;
  options.columns = SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_NOTICES | SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON;
  const auto schema = [&] {
    ArrowSchema out;
    const int32_t status = sekisho_arrow_schema(&out, scanner_, &options, nullptr);
    EXPECT_EQ(out.release != nullptr, status == SEKISHO_OK);
    if (out.release != nullptr) out.release(&out);
    return status;
  };
  const auto classify = [&] {
    ArrowArray out;
    const int32_t status =
        sekisho_arrow_classify(&out, scanner_, &items->array, &items->schema, &context_, &options, nullptr);
    EXPECT_EQ(out.release != nullptr, status == SEKISHO_OK);
    if (out.release != nullptr) out.release(&out);
    return status;
  };
  for (const char* layout : {"plain", "dictionaries"}) {
    SCOPED_TRACE(layout);
    ASSERT_EQ(classify(), SEKISHO_OK);
    Report("arrow_schema", FailEach(
                               schema, [&] { return schema() == SEKISHO_OK; }, true));
    Report("arrow_classify", FailEach(
                                 classify, [&] { return classify() == SEKISHO_OK; }, false));
    options.columns |= SEKISHO_ARROW_DICTIONARY;
  }
}

TEST_F(AllocationTest, Reload) {
  sekisho_taxonomy* taxonomy = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy, nullptr), SEKISHO_OK);
  sekisho_slot* slot = nullptr;
  const auto create = [&] {
    const int32_t status = sekisho_slot_create(&slot, taxonomy, nullptr);
    if (status != SEKISHO_OK) {
      EXPECT_EQ(slot, nullptr);
    }
    sekisho_slot_free(slot);
    slot = nullptr;
    return status;
  };
  Report("slot_create", FailEach(
                            create, [&] { return create() == SEKISHO_OK; }, true));
  ASSERT_EQ(sekisho_slot_create(&slot, taxonomy, nullptr), SEKISHO_OK);
  uint64_t version = 1;
  const auto reload = [&] {
    const int32_t status = sekisho_slot_load_file(slot, path_.data(), path_.size(), nullptr);
    version += status == SEKISHO_OK ? 1 : 0;
    return status;
  };
  const auto holds = [&] {
    sekisho_taxonomy* now = nullptr;
    const bool ok = sekisho_slot_acquire(&now, slot) == SEKISHO_OK && sekisho_slot_version(slot) == version;
    sekisho_taxonomy_release(now);
    return ok && reload() == SEKISHO_OK;
  };
  Report("slot_load_file", FailEach(reload, holds, false));
  const uint8_t key[SEKISHO_KEY_SIZE] = {1};
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  trust.keys = key, trust.key_count = 1;
  const auto demand = [&] { return sekisho_slot_demand(slot, &trust, nullptr); };
  Report("slot_demand", FailEach(
                            demand, [&] { return demand() == SEKISHO_OK; }, false));
  EXPECT_EQ(reload(), SEKISHO_E_UNSIGNED);
  sekisho_slot_free(slot);
  sekisho_taxonomy_release(taxonomy);
}

}  // namespace
}  // namespace sekisho::tests
