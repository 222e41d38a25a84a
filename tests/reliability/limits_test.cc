// The worst inputs that we could think of, at two sizes: the time of a classification grows with the size and no
// faster. The processor's time of this thread is taken, the least of three rounds; tests/speed/growth_test.py counts
// instructions instead, at more sizes.
#include <gmock/gmock.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sekisho.h"
#include "tests/abi/arrow_arrays.h"
#include "tests/reliability/worst_inputs.h"

namespace {

constexpr uint32_t kMostBytes = 64u << 20;
constexpr size_t kSmall = 16 * 1024, kLarge = 256 * 1024;  // sixteen times as much
constexpr double kMostGrowth = 36;  // linear: 16; quadratic: 256. Caches that are left make it more than 16

constexpr double kMostSeconds = 5;  // of any text, on a slow machine

class Stopwatch {
 public:
  explicit Stopwatch(uint32_t most_bytes) {
    sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
    options.max_input_bytes = most_bytes;
    EXPECT_EQ(sekisho_taxonomy_load_builtin(&taxonomy_, nullptr), SEKISHO_OK);
    EXPECT_EQ(sekisho_scanner_create(&scanner_, taxonomy_, &options, nullptr), SEKISHO_OK);
  }
  ~Stopwatch() {
    sekisho_scanner_free(scanner_);
    sekisho_taxonomy_release(taxonomy_);
  }
  // Seconds of the processor, the least of `rounds`.
  double Seconds(const Worst& input, size_t size, int rounds = 3) {
    const std::string text = Repeated(input, size);
    double least = 1e9;
    for (int i = 0; i < rounds; ++i) least = std::min(least, Once(text));
    return least;
  }

 private:
  static double Now() {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
  }
  double Once(const std::string& text) {
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    const sekisho_result* result = nullptr;
    const double begin = Now();
    EXPECT_EQ(sekisho_scanner_classify(&result, scanner_, &item, nullptr, nullptr), SEKISHO_OK);
    return Now() - begin;
  }

  sekisho_taxonomy* taxonomy_ = nullptr;
  sekisho_scanner* scanner_ = nullptr;
};

TEST(LimitsTest, TimeGrowsWithSizeAndNoFaster) {
  Stopwatch watch(kMostBytes);
  for (const Worst& input : WorstInputs()) {
    const double small = watch.Seconds(input, kSmall), large = watch.Seconds(input, kLarge);
    std::printf("%-26s %8.3f ms at 16 KiB %9.3f ms at 256 KiB  x %.1f\n", input.name, small * 1e3, large * 1e3,
                large / small);
    EXPECT_LT(large / small, kMostGrowth) << input.name;
    EXPECT_LT(large, kMostSeconds) << input.name;
  }
}

// Of 64 KiB, the longest text that is read by default: the other defaults leave room for it, however bad it is.
TEST(LimitsTest, WorstTextsKeepToTheDefaults) {
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_scanner* scanner = nullptr;
  sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
  options.max_matches = UINT32_MAX;  // the one that worst texts do reach
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy, nullptr), SEKISHO_OK);
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy, &options, nullptr), SEKISHO_OK);
  for (const Worst& input : WorstInputs()) {
    const std::string text = Repeated(input, 64 * 1024);
    sekisho_item item = SEKISHO_ITEM_INIT;
    item.description = text.data(), item.description_size = text.size();
    const sekisho_result* result = nullptr;
    const char* json = nullptr;
    size_t size = 0;
    ASSERT_EQ(sekisho_scanner_classify(&result, scanner, &item, nullptr, nullptr), SEKISHO_OK);
    ASSERT_EQ(sekisho_result_json(&json, &size, result), SEKISHO_OK);
    EXPECT_EQ(std::string_view(json, size).find("\"limit-"), std::string_view::npos) << input.name;
  }
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
}

// Without options an item of more than 64 KiB is not read, and costs next to nothing.
TEST(LimitsTest, TheDefaultKeepsLongTextsOut) {
  Stopwatch watch(0);
  for (const Worst& input : WorstInputs()) EXPECT_LT(watch.Seconds(input, 10u << 20), 0.05) << input.name;
}

// Inputs of a size that speaks for itself.
TEST(LimitsTest, AHundredThousandCommasAndTenMillionBytes) {
  Stopwatch watch(kMostBytes);
  const struct {
    Worst input;
    size_t bytes;
    double most_seconds;
  } inputs[] = {{{"100,000 commas", ","}, 100'000, 1},
                {{"10 MiB of commas", ","}, 10u << 20, 30},
                {{"10 MiB of 弾", "弾"}, 10u << 20, 30}};
  for (const auto& [input, bytes, most_seconds] : inputs) {
    const double seconds = watch.Seconds(input, bytes, 1);
    std::printf("%s: %.2f ms\n", input.name, seconds * 1e3);
    EXPECT_LT(seconds, most_seconds) << input.name;
  }
}

// A column of the output that would hold more than 2 GiB of text: refused, and nothing is given out.
TEST(LimitsTest, AColumnOfTwoGibibytes) {
  constexpr size_t kName = 64u << 20;
  constexpr int kRows = 32;
  using namespace sekisho::tests;
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_scanner* scanner = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&taxonomy, nullptr), SEKISHO_OK);
  ASSERT_EQ(sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr), SEKISHO_OK);
  std::vector<Array> columns;
  columns.push_back(TextArray("description", Texts(kRows, "TABLE")));
  columns.push_back(DictionaryArray<int8_t>("id", "c", {std::string(kName, 'x')},
                                            std::vector<std::optional<int8_t>>(kRows, int8_t{0})));
  const Array items = StructArray(std::move(columns), kRows);
  sekisho_arrow_options options = SEKISHO_ARROW_OPTIONS_INIT;
  options.columns = SEKISHO_ARROW_JSON;
  sekisho_error error = SEKISHO_ERROR_INIT;
  ArrowArray out{};
  EXPECT_EQ(sekisho_arrow_classify(&out, scanner, &items->array, &items->schema, nullptr, &options, &error),
            SEKISHO_E_OUT_OF_RANGE)
      << error.message;
  EXPECT_EQ(out.release, nullptr);
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
}

}  // namespace
