// Roll-out: signed packs through the C ABI, and the exchange of taxonomies under load. Also built with ThreadSanitizer
// (tests/tsan).
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <map>
#include <thread>
#include <vector>

#include "sekisho.h"
#include "tests/abi/judged.h"
#include "tests/abi/packs.h"

namespace sekisho::tests {
namespace {

using ::testing::HasSubstr;

constexpr char kItem[] = "mount for m2 browning";

class SlotTest : public ::testing::Test {
 protected:
  SlotTest() : base_(Contents(SEKISHO_BASE_PACK_PATH)), key_(pack::PublicKeyOf(SeedOf(1))) {
    trust_.keys = key_.data();
    trust_.key_count = 1;
    trust_.today = "2026-11-21";
    trust_.today_size = 10;
  }
  void SetUp() override {
    before_ = ReadOnlyMemory();
    file_.Put(Of('A', 1));
    ASSERT_EQ(sekisho_taxonomy_load_file(&first_, file_.path().data(), file_.path().size(), &error_), SEKISHO_OK)
        << error_.message;
    ASSERT_EQ(sekisho_slot_create(&slot_, first_, &error_), SEKISHO_OK) << error_.message;
  }
  void TearDown() override {
    sekisho_slot_free(slot_);
    sekisho_taxonomy_release(first_);
  }

  std::string Of(char mark, uint64_t sequence, uint8_t key = 1, int32_t last_day = pack::kOpenTo) const {
    return Signed(Variant(base_, mark), SeedOf(key), {sequence, 20000, last_day});
  }
  int32_t Load() { return sekisho_slot_load_file(slot_, file_.path().data(), file_.path().size(), &error_); }
  int32_t Load(const std::string& bytes) {
    file_.Put(bytes);
    return Load();
  }
  // How many packs the process holds in memory.
  size_t Packs() const {
    const size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    const size_t pack = (Of('A', 1).size() + page - 1) / page * page;
    EXPECT_EQ((ReadOnlyMemory() - before_) % pack, 0u);
    return (ReadOnlyMemory() - before_) / pack;
  }
  std::string DigestInService() {
    sekisho_taxonomy* now = nullptr;
    EXPECT_EQ(sekisho_slot_acquire(&now, slot_), SEKISHO_OK);
    sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
    EXPECT_EQ(sekisho_taxonomy_describe(&info, now), SEKISHO_OK);
    std::string digest(info.digest, info.digest_size);
    sekisho_taxonomy_release(now);
    return digest;
  }

  const std::string base_;
  const pack::PublicKey key_;
  PackFile file_{"sekisho-slot-"};
  sekisho_trust trust_ = SEKISHO_TRUST_INIT;
  sekisho_error error_ = SEKISHO_ERROR_INIT;
  sekisho_taxonomy* first_ = nullptr;
  sekisho_slot* slot_ = nullptr;
  size_t before_ = 0;
};

TEST_F(SlotTest, DescribeSaysWhatTheSignatureSays) {
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  ASSERT_EQ(sekisho_taxonomy_describe(&info, first_), SEKISHO_OK);
  EXPECT_EQ(info.sequence, 1u);
  EXPECT_EQ(std::string(info.signer, info.signer_size), pack::Hex(key_.data(), key_.size()));
  EXPECT_EQ(std::string(info.signed_on, info.signed_on_size), "2024-10-04");
  EXPECT_EQ(info.last_day_size, 0u);
  sekisho_taxonomy* builtin = nullptr;
  ASSERT_EQ(sekisho_taxonomy_load_builtin(&builtin, &error_), SEKISHO_OK) << error_.message;
  ASSERT_EQ(sekisho_taxonomy_describe(&info, builtin), SEKISHO_OK);
  EXPECT_EQ(info.sequence + info.signer_size + info.signed_on_size + info.last_day_size, 0u);
  EXPECT_EQ(sekisho_taxonomy_verify(builtin, &trust_, &error_), SEKISHO_E_UNSIGNED);
  sekisho_taxonomy_release(builtin);
}

// Each refusal is a status of its own, and the old taxonomy stays in service.
TEST_F(SlotTest, RefusalsAreDistinctAndKeepTheOldTaxonomy) {
  ASSERT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_OK) << error_.message;
  ASSERT_EQ(Load(Of('B', 5)), SEKISHO_OK) << error_.message;
  const std::string held = DigestInService();
  std::string altered = Of('C', 6);
  altered[altered.size() - 1] = static_cast<char>(altered[altered.size() - 1] ^ 1);
  std::string cut_open = Of('C', 6);
  cut_open[sizeof(pack::Header) + 9] = static_cast<char>(cut_open[sizeof(pack::Header) + 9] ^ 1);
  const std::vector<std::tuple<std::string, int32_t, const char*>> cases = {
      {Variant(base_, 'C'), SEKISHO_E_UNSIGNED, "not signed"},
      {Of('C', 6, 2), SEKISHO_E_UNTRUSTED_KEY, "not trusted"},
      {altered, SEKISHO_E_BAD_SIGNATURE, "altered"},
      {cut_open, SEKISHO_E_PACK_DAMAGED, "checksum"},
      {Of('C', 4), SEKISHO_E_PACK_OLDER, "at least 5"},
      {Of('C', 5), SEKISHO_E_PACK_OLDER, "is another"},
      {Of('C', 6, 1, 20777), SEKISHO_E_PACK_EXPIRED, "2026-11-20"},
  };
  for (const auto& [bytes, status, words] : cases) {
    EXPECT_EQ(Load(bytes), status) << sekisho_status_name(status);
    EXPECT_EQ(error_.status, status);
    EXPECT_THAT(error_.message, HasSubstr(words));
    EXPECT_THAT(error_.message, HasSubstr("hint:"));
    EXPECT_EQ(DigestInService(), held);
    EXPECT_EQ(sekisho_slot_version(slot_), 2u);
  }
  EXPECT_EQ(Load(Of('B', 5)), SEKISHO_OK) << "the same pack again is no roll-back: " << error_.message;
  EXPECT_EQ(Load(Of('C', 6, 1, 20778)), SEKISHO_OK) << "the last day is a day of use: " << error_.message;
  EXPECT_EQ(sekisho_slot_set(slot_, first_), SEKISHO_E_PACK_OLDER) << "no way around by sekisho_slot_set";
}

TEST_F(SlotTest, LoadTrustedGivesNothingUnbelieved) {
  sekisho_taxonomy* t = nullptr;
  const std::string& path = file_.path();
  EXPECT_EQ(sekisho_taxonomy_load_trusted(&t, path.data(), path.size(), &trust_, &error_), SEKISHO_OK);
  EXPECT_NE(t, nullptr);
  sekisho_taxonomy_release(t);
  trust_.least_sequence = 2;
  EXPECT_EQ(sekisho_taxonomy_load_trusted(&t, path.data(), path.size(), &trust_, &error_), SEKISHO_E_PACK_OLDER);
  EXPECT_EQ(t, nullptr);
  EXPECT_EQ(Packs(), 1u);  // first_
}

// Of two faults the first in the header's order is told.
TEST_F(SlotTest, TrustIsLookedAtInOrder) {
  const std::string& path = file_.path();
  const auto status = [&](const std::string& bytes) {
    file_.Put(bytes);
    sekisho_taxonomy* t = nullptr;
    const int32_t s = sekisho_taxonomy_load_trusted(&t, path.data(), path.size(), &trust_, &error_);
    sekisho_taxonomy_release(t);
    return s;
  };
  const auto altered = [](std::string bytes) {
    bytes.back() = static_cast<char>(bytes.back() ^ 1);
    return bytes;
  };
  trust_.least_sequence = 5;
  constexpr int32_t kPast = 20000;
  EXPECT_EQ(status(altered(Of('A', 1, 2, kPast))), SEKISHO_E_UNTRUSTED_KEY);
  EXPECT_EQ(status(altered(Of('A', 1, 1, kPast))), SEKISHO_E_BAD_SIGNATURE);
  EXPECT_EQ(status(Of('A', 1, 1, kPast)), SEKISHO_E_PACK_OLDER);
  EXPECT_EQ(status(Of('A', 5, 1, kPast)), SEKISHO_E_PACK_EXPIRED);
  EXPECT_EQ(status(Of('A', 5)), SEKISHO_OK);
  EXPECT_EQ(status("no pack"), SEKISHO_E_NOT_A_PACK);
}

TEST_F(SlotTest, AnyOfTheKeysMaySign) {
  const pack::PublicKey second = pack::PublicKeyOf(SeedOf(2));
  std::vector<uint8_t> keys(key_.begin(), key_.end());
  keys.insert(keys.end(), second.begin(), second.end());
  trust_.keys = keys.data(), trust_.key_count = 2;
  ASSERT_EQ(keys.size(), 2u * SEKISHO_KEY_SIZE);
  ASSERT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_OK) << error_.message;
  std::fill(keys.begin(), keys.end(), uint8_t{0});  // the slot has a copy
  EXPECT_EQ(Load(Of('B', 2, 1)), SEKISHO_OK) << error_.message;
  EXPECT_EQ(Load(Of('C', 3, 2)), SEKISHO_OK) << error_.message;
  EXPECT_EQ(Load(Of('D', 4, 3)), SEKISHO_E_UNTRUSTED_KEY);
}

// What was demanded before the slot's own pack was looked at: it stays, whoever signed it.
TEST_F(SlotTest, ADemandLeavesWhatIsHeld) {
  const pack::PublicKey other = pack::PublicKeyOf(SeedOf(2));
  trust_.keys = other.data();
  const std::string held = DigestInService();
  ASSERT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_OK) << error_.message;
  EXPECT_EQ(DigestInService(), held);
  EXPECT_EQ(Load(Of('B', 2, 1)), SEKISHO_E_UNTRUSTED_KEY);
  EXPECT_EQ(DigestInService(), held);
  trust_.reserved = 1;
  EXPECT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_E_UNSUPPORTED);
  trust_.reserved = 0, trust_.today_size = 3;
  EXPECT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_E_BAD_DATE);
}

// Without a day of the caller's the clock counts, in UTC: a pack of yesterday is past, one of tomorrow is not.
TEST_F(SlotTest, TheClockCountsWhereNoDayIsGiven) {
  trust_.today = nullptr, trust_.today_size = 0;
  ASSERT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_OK) << error_.message;
  const auto today = static_cast<int32_t>(time(nullptr) / 86400);
  setenv("TZ", "Pacific/Kiritimati", 1);  // 14 hours before UTC
  tzset();
  EXPECT_EQ(Load(Of('B', 2, 1, today - 1)), SEKISHO_E_PACK_EXPIRED);
  EXPECT_EQ(Load(Of('B', 2, 1, today + 1)), SEKISHO_OK) << error_.message;
  sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
  sekisho_taxonomy* now = nullptr;
  ASSERT_EQ(sekisho_slot_acquire(&now, slot_), SEKISHO_OK);
  ASSERT_EQ(sekisho_taxonomy_describe(&info, now), SEKISHO_OK);
  EXPECT_EQ(info.last_day_size, 10u);
  sekisho_taxonomy_release(now);
  unsetenv("TZ");
  tzset();
}

TEST_F(SlotTest, TrustThatCannotBe) {
  const auto status = [&](auto change) {
    sekisho_trust trust = trust_;
    change(trust);
    return sekisho_taxonomy_verify(first_, &trust, &error_);
  };
  EXPECT_EQ(status([](sekisho_trust&) {}), SEKISHO_OK);
  EXPECT_EQ(status([](sekisho_trust& t) { t.struct_size = 8; }), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(status([](sekisho_trust& t) { t.reserved = 1; }), SEKISHO_E_UNSUPPORTED);
  EXPECT_EQ(status([](sekisho_trust& t) { t.keys = nullptr; }), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(status([](sekisho_trust& t) { t.key_count = 0; }), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(status([](sekisho_trust& t) { t.key_count = SIZE_MAX; }), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(status([](sekisho_trust& t) { t.today_size = 4; }), SEKISHO_E_BAD_DATE);
  EXPECT_EQ(status([](sekisho_trust& t) { t.today = nullptr; }), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_taxonomy_verify(first_, nullptr, &error_), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_taxonomy_verify(nullptr, &trust_, &error_), SEKISHO_E_INVALID_ARGUMENT);
  EXPECT_EQ(sekisho_slot_demand(nullptr, &trust_, &error_), SEKISHO_E_INVALID_ARGUMENT);
}

TEST_F(SlotTest, TheOldTaxonomyGoesWithItsLastScanner) {
  sekisho_taxonomy_release(first_);
  first_ = nullptr;
  EXPECT_EQ(Packs(), 1u);
  sekisho_scanner* one = ScannerOf(slot_);
  sekisho_scanner* two = ScannerOf(slot_);
  const std::string before = Judge(one, kItem);
  ASSERT_EQ(Load(Of('B', 2)), SEKISHO_OK) << error_.message;
  EXPECT_EQ(Packs(), 2u);
  sekisho_scanner_free(one);
  EXPECT_EQ(Packs(), 2u) << "a scanner still works with the old taxonomy";
  EXPECT_EQ(Judge(two, kItem), before);
  sekisho_scanner_free(two);
  EXPECT_EQ(Packs(), 1u) << "nobody needs it any more";
}

// Threads judge without a pause while another exchanges the taxonomy, good ones and bad: each result is one taxonomy's
// from end to end, none is lost, and what is not in use any more is gone.
TEST_F(SlotTest, ExchangeUnderLoad) {
  constexpr int kThreads = 4, kItems = 400, kExchanges = 60;
  ASSERT_EQ(sekisho_slot_demand(slot_, &trust_, &error_), SEKISHO_OK) << error_.message;
  sekisho_taxonomy_release(first_);
  first_ = nullptr;
  std::atomic<int> right{0}, wrong{0}, loaded{0}, refused{0};
  const auto judge = [&] {
    uint64_t version = 0;
    sekisho_scanner* scanner = nullptr;
    for (int i = 0; i < kItems; ++i) {
      if (const uint64_t now = sekisho_slot_version(slot_); now != version) {
        sekisho_scanner_free(scanner);
        scanner = ScannerOf(slot_);
        version = now;
      }
      const std::string json = Judge(scanner, kItem);
      const size_t at = json.find("\"version\":\""), title = json.find("\"title\":\"");
      const bool whole = at != json.npos && title != json.npos && json[at + 11] == json[title + 9];
      ++(whole ? right : wrong);
    }
    sekisho_scanner_free(scanner);
  };
  const auto exchange = [&] {
    for (int i = 0; i < kExchanges; ++i) {
      const bool good = i % 3 != 2;
      file_.Put(good ? Of(static_cast<char>('A' + i % 26), static_cast<uint64_t>(i) + 2) : Of('Z', 1, 2));
      ++(Load() == SEKISHO_OK ? loaded : refused);
    }
  };
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) threads.emplace_back(judge);
  exchange();
  for (std::thread& t : threads) t.join();
  EXPECT_EQ(right, kThreads * kItems);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(loaded, kExchanges * 2 / 3);
  EXPECT_EQ(refused, kExchanges / 3);
  EXPECT_EQ(sekisho_slot_version(slot_), 1u + kExchanges * 2 / 3);
  EXPECT_EQ(Packs(), 1u) << "of all taxonomies one is left, the slot's";
}

}  // namespace
}  // namespace sekisho::tests
