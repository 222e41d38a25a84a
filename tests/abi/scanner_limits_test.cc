// The limits of a scanner, each at its value and one beyond: what is over a limit is never SEKISHO_NO_MATCH.
#include <gmock/gmock.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/abi/fixture.h"

namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

class ScannerLimitsTest : public AbiTest {
 protected:
  struct Found {
    std::string json;
    std::vector<int32_t> lists;  // verdicts
  };

  // What a scanner with these options finds in a text.
  Found Find(const sekisho_scanner_options& options, const std::string& text) {
    sekisho_scanner* scanner = nullptr;
    EXPECT_EQ(sekisho_scanner_create(&scanner, taxonomy_, &options, &error_), SEKISHO_OK) << error_.message;
    Describe(text);
    Found found = Find(scanner);
    sekisho_scanner_free(scanner);
    return found;
  }
  Found Find(sekisho_scanner* scanner) {
    EXPECT_EQ(sekisho_scanner_classify(&result_, scanner, &item_, &context_, &error_), SEKISHO_OK) << error_.message;
    Found found{Json(), {}};
    sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
    for (size_t i = 0; sekisho_result_list(&list, result_, i) == SEKISHO_OK; ++i) found.lists.push_back(list.verdict);
    EXPECT_GT(found.lists.size(), 1u);
    return found;
  }
  // The least limit that `enough` agrees to; it agrees to all above.
  static uint64_t Least(uint64_t most, const std::function<bool(uint64_t)>& enough) {
    uint64_t low = 1, high = most;
    EXPECT_TRUE(enough(most));
    while (low < high) {
      const uint64_t middle = low + (high - low) / 2;
      if (enough(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
  static bool Whole(const Found& found) { return found.json.find("\"limit-") == std::string::npos; }
};

const char* const kLine = "machine gun 12.7 mm, length 310 km and printer";

TEST_F(ScannerLimitsTest, Matches) {
  const auto with = [](uint64_t most) {
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.max_matches = static_cast<uint32_t>(most);
    return options;
  };
  const Found all = Find(with(0), kLine);
  const uint64_t least = Least(4096, [&](uint64_t n) { return Whole(Find(with(n), kLine)); });
  ASSERT_GT(least, 5u);
  EXPECT_EQ(Find(with(least), kLine).json, all.json) << "at the limit";
  const Found beyond = Find(with(least - 1), kLine);
  EXPECT_THAT(beyond.json, HasSubstr(R"("id":"limit-matching")"));
  EXPECT_THAT(beyond.lists, Each(Le(SEKISHO_UNKNOWN)));
  EXPECT_THAT(beyond.lists, ::testing::Contains(SEKISHO_MATCH)) << "what was found stays";
  EXPECT_THAT(Find(with(1), "310 km, printer and rifle").lists, Each(SEKISHO_UNKNOWN)) << "the rifle is not reached";
}

TEST_F(ScannerLimitsTest, MatchesAreFourThousandAndNinetySixWhereNobodySays) {
  const auto whole = [&](size_t rifles, uint32_t most) {
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.max_matches = most;
    std::string text;
    for (size_t i = 0; i < rifles; ++i) text += "rifle ";
    return Whole(Find(options, text));
  };
  const uint64_t beyond = Least(10000, [&](uint64_t rifles) { return !whole(rifles, 0); });
  for (const size_t rifles : {beyond - 1, beyond}) EXPECT_EQ(whole(rifles, 0), whole(rifles, 4096));
  EXPECT_FALSE(whole(beyond - 1, 4096 - (4096 % (beyond - 1)) - 1)) << beyond;
  EXPECT_TRUE(whole(beyond, UINT32_MAX)) << "the greatest value";
}

TEST_F(ScannerLimitsTest, Steps) {
  const auto with = [](uint64_t most) {
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.max_steps = most;
    return options;
  };
  const Found all = Find(with(0), kLine);
  EXPECT_EQ(Find(with(UINT64_MAX), kLine).json, all.json) << "the greatest value";
  const uint64_t least = Least(uint64_t{1} << 24, [&](uint64_t n) { return Whole(Find(with(n), kLine)); });
  ASSERT_GT(least, 10u);
  EXPECT_EQ(Find(with(least), kLine).json, all.json) << "at the limit";
  const Found beyond = Find(with(least - 1), kLine);
  EXPECT_THAT(beyond.json, HasSubstr(R"("id":"limit-matching")"));
  EXPECT_THAT(beyond.lists, Each(Le(SEKISHO_UNKNOWN)));
  EXPECT_THAT(Find(with(1), "printer paper and rifle").lists, Each(SEKISHO_UNKNOWN));
}

TEST_F(ScannerLimitsTest, Memory) {
  const auto with = [](uint64_t most) {
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.max_memory_bytes = most;
    return options;
  };
  const Found all = Find(with(0), kLine);
  EXPECT_EQ(Find(with(UINT64_MAX), kLine).json, all.json) << "the greatest value";
  const uint64_t least = Least(uint64_t{64} << 20, [&](uint64_t n) { return Whole(Find(with(n), kLine)); });
  ASSERT_GT(least, 500u);
  EXPECT_EQ(Find(with(least), kLine).json, all.json) << "at the limit";
  const Found beyond = Find(with(least - 1), kLine);
  EXPECT_THAT(beyond.json, AllOf(HasSubstr(R"("id":"limit-memory")"), Not(HasSubstr("\"evidence\""))));
  EXPECT_THAT(beyond.lists, Each(SEKISHO_UNKNOWN));
}

// What the defaults hold back: measured on a small text, a text with two thirds of what they allow is judged whole, one
// with half as much again is not.
TEST_F(ScannerLimitsTest, TheDefaultsOfStepsAndMemory) {
  constexpr uint64_t kSteps = 16'777'216, kMemory = 67'108'864;
  sekisho_scanner_options wide = SEKISHO_SCANNER_OPTIONS_INIT;
  wide.max_input_bytes = UINT32_MAX, wide.max_matches = UINT32_MAX;
  wide.max_steps = wide.max_memory_bytes = UINT64_MAX;
  const auto text = [](uint64_t pieces) {
    std::string out;
    for (uint64_t i = 0; i < pieces; ++i) out += "1a001.a.";
    return out;
  };
  constexpr uint64_t kPieces = 1000;
  for (const auto& [field, most] : {std::pair{&sekisho_scanner_options::max_steps, kSteps},
                                    std::pair{&sekisho_scanner_options::max_memory_bytes, kMemory}}) {
    sekisho_scanner_options options = wide;
    const uint64_t small = Least(most, [&, field = field](uint64_t n) {
      options.*field = n;
      return Whole(Find(options, text(kPieces)));
    });
    options.*field = 0;
    const uint64_t allowed = kPieces * most / small;
    EXPECT_TRUE(Whole(Find(options, text(allowed * 2 / 3))));
    EXPECT_FALSE(Whole(Find(options, text(allowed * 3 / 2))));
    EXPECT_TRUE(Whole(Find(wide, text(allowed * 3 / 2))));
  }
}

// A scanner that gave one item up judges the next ones as a new one does, however little it may take.
TEST_F(ScannerLimitsTest, MemoryIsOfEachItemByItself) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  const auto whole = [&](uint64_t most) {
    options.max_memory_bytes = most;
    return Whole(Find(options, kLine));
  };
  options.max_memory_bytes = Least(uint64_t{64} << 20, whole);
  const Found alone = Find(options, kLine);
  std::string prose;
  while (prose.size() < 60000) prose += "gun, missile, radar, tank, torpedo and sonar; ";
  sekisho_scanner* scanner = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy_, &options, &error_), SEKISHO_OK);
  for (int round = 0; round < 3; ++round) {
    Describe(prose);
    EXPECT_THAT(Find(scanner).lists, Each(SEKISHO_UNKNOWN));
    Describe(kLine);
    EXPECT_EQ(Find(scanner).json, alone.json);
  }
  sekisho_scanner_free(scanner);
}

// Every text of the item counts, but for its id.
TEST_F(ScannerLimitsTest, InputBytes) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.max_input_bytes = 20;
  sekisho_scanner* scanner = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy_, &options, &error_), SEKISHO_OK);
  const std::string text(16, '7');
  sekisho_attribute range = SEKISHO_ATTRIBUTE_INIT;
  range.name = "range", range.name_size = 5;
  const auto lists = [&] {
    const Found found = Find(scanner);
    EXPECT_EQ(Whole(found), found.json.find("limit-input-size") == std::string::npos);
    return found.lists;
  };
  Describe("rifle");
  item_.id = text.data(), item_.id_size = text.size();
  EXPECT_THAT(lists(), Not(Each(SEKISHO_UNKNOWN))) << "the id does not count";
  for (const auto& [field, size] :
       {std::pair{&item_.part_number, &item_.part_number_size}, std::pair{&item_.nsn, &item_.nsn_size},
        std::pair{&item_.manufacturer, &item_.manufacturer_size}}) {
    *field = text.data(), *size = 15;
    EXPECT_THAT(lists(), Not(Each(SEKISHO_UNKNOWN))) << "20 bytes";
    *size = 16;
    EXPECT_THAT(lists(), Each(SEKISHO_UNKNOWN)) << "21 bytes";
    *field = nullptr, *size = 0;
  }
  item_.attributes = &range, item_.attribute_count = 1;
  for (const std::string& quantity : {std::string("12345678km"), std::string("123456789km")}) {
    range.quantity = quantity.data(), range.quantity_size = quantity.size();
    EXPECT_EQ(lists() == std::vector<int32_t>(lists().size(), SEKISHO_UNKNOWN), quantity.size() > 10) << quantity;
  }
  sekisho_scanner_free(scanner);
}

// An attribute whose figures are beyond a limit may be the one that counts.
TEST_F(ScannerLimitsTest, AttributesAreNoWayAround) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  sekisho_attribute range = SEKISHO_ATTRIBUTE_INIT;
  range.name = "range", range.name_size = 5, range.quantity = "310 km 310 km 310 km", range.quantity_size = 20;
  item_.attributes = &range, item_.attribute_count = 1;
  EXPECT_TRUE(Whole(Find(options, "qxz")));
  options.max_matches = 1;
  const Found found = Find(options, "qxz");
  EXPECT_THAT(found.json, HasSubstr(R"("id":"limit-matching")"));
  EXPECT_THAT(found.lists, Each(SEKISHO_UNKNOWN));
}

// What was not read may be what a treaty's row shuts out.
TEST_F(ScannerLimitsTest, NoTreatyAdmitsWhatWasNotReadWhole) {
  const std::string line = "machine gun 12.7 mm";
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  context_.treaties = "us-au-126.16", context_.treaties_size = 12;
  EXPECT_THAT(Find(options, line).json, HasSubstr(R"("verdict":"not_excluded")"));
  options.max_matches = 8;
  const Found found = Find(options, line + ", 1 km, 2 km, 3 km, 4 km, 5 km, 6 km, 7 km, 8 km, 9 km");
  EXPECT_THAT(found.json, AllOf(HasSubstr("limit-matching"), HasSubstr(R"-("entry":"I(b)")-")));
  EXPECT_THAT(found.json, AllOf(HasSubstr(R"("verdict":"undetermined")"), Not(HasSubstr("not_excluded"))));
}

struct Taken {
  size_t count = 0, end_after = SIZE_MAX;
  static int32_t Take(void* self, size_t, int32_t, const sekisho_result*, const sekisho_error*) {
    auto& taken = *static_cast<Taken*>(self);
    return ++taken.count >= taken.end_after ? 1 : 0;
  }
};

TEST_F(ScannerLimitsTest, BatchItems) {
  Describe("rifle");
  const std::vector<sekisho_item> items(8, item_);
  const auto run = [&](sekisho_scanner* scanner, size_t count, size_t end_after) {
    Taken taken{0, end_after};
    const int32_t status =
        sekisho_scanner_classify_batch(scanner, items.data(), count, nullptr, 0, Taken::Take, &taken, &error_);
    return status == SEKISHO_OK ? static_cast<int64_t>(taken.count) : taken.count == 0 ? status : 4711;
  };
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.max_batch_items = 3;
  sekisho_scanner* scanner = nullptr;
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy_, &options, &error_), SEKISHO_OK);
  EXPECT_EQ(run(scanner, 3, SIZE_MAX), 3);
  EXPECT_EQ(run(scanner, 4, SIZE_MAX), SEKISHO_E_OUT_OF_RANGE);
  EXPECT_THAT(error_.message, HasSubstr("4 items, more than the 3"));
  EXPECT_EQ(run(scanner_, 1024 * 1024, 1), 1) << "ended by the caller: there are eight items";
  EXPECT_EQ(run(scanner_, 1024 * 1024 + 1, 1), SEKISHO_E_OUT_OF_RANGE);
  sekisho_scanner_free(scanner);
}

// Each step of a chain may raise notices: without a bound a text of 300 kB became a result of 84 MB.
TEST_F(ScannerLimitsTest, CountriesOfAChain) {
  Describe("machine gun");
  std::string via = "JP";
  for (int i = 1; i < 64; ++i) via += i % 2 == 0 ? ",JP" : ",US";
  context_.via = via.data(), context_.via_size = via.size();
  ASSERT_EQ(Classify(), SEKISHO_OK) << error_.message;
  EXPECT_LT(Json().size(), 100'000u);
  for (const char* more : {",JP", ",", ",,,,,,,,"}) {
    const std::string longer = via + more;
    context_.via = longer.data(), context_.via_size = longer.size();
    EXPECT_EQ(Classify(), SEKISHO_E_INVALID_ARGUMENT) << more;
    EXPECT_THAT(error_.message, HasSubstr("more than 64 countries"));
  }
}

TEST_F(ScannerLimitsTest, TrustedKeys) {
  const std::vector<uint8_t> keys(size_t{1025} * SEKISHO_KEY_SIZE);
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  trust.keys = keys.data(), trust.key_count = 1024;
  EXPECT_EQ(sekisho_taxonomy_verify(taxonomy_, &trust, &error_), SEKISHO_E_UNSIGNED);
  trust.key_count = 1025;
  EXPECT_EQ(sekisho_taxonomy_verify(taxonomy_, &trust, &error_), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_THAT(error_.message, HasSubstr("1,024"));
}

TEST_F(ScannerLimitsTest, OptionsOfTheFirstVersion) {
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.struct_size = offsetof(sekisho_scanner_options, max_matches);
  options.max_matches = 1, options.max_steps = 1, options.max_memory_bytes = 1;  // beyond its end
  EXPECT_EQ(Find(options, kLine).json, Find(SEKISHO_SCANNER_OPTIONS_INIT, kLine).json);
}

}  // namespace
