// What the tests of treaties share: the built pack, and an item under one profile.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "engine/decide/treaties.h"
#include "engine/scanner.h"

namespace sekisho {

using decide::TreatyFinding;
using decide::TreatyVerdict;

inline std::shared_ptr<const pack::Pack> ThePack() {
  static const auto pack = *pack::Pack::Open(SEKISHO_PACK_PATH);
  return pack;
}

inline int32_t Day(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day d{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return static_cast<int32_t>(std::chrono::sys_days(d).time_since_epoch().count());
}

inline uint32_t TreatyId(std::string_view name) {
  const auto treaties = ThePack()->treaties();
  for (uint32_t i = 0; i < treaties.size(); ++i) {
    if (ThePack()->text(treaties[i].id) == name) return i;
  }
  ADD_FAILURE() << "no treaty " << name;
  return 0;
}

class TreatyTest : public testing::Test {
 protected:
  const decide::Result& Classify(const std::string& text, Context context = {}) {
    Item item;
    item.description = text;
    return scanner_.Classify(item, context);
  }
  TreatyFinding Under(const std::string& profile, const std::string& text, Context context = {}) {
    const uint32_t id = TreatyId(profile);
    context.treaties = std::span(&id, 1);
    const decide::Result& result = Classify(text, context);
    EXPECT_EQ(result.treaties.size(), 1u);
    return result.treaties.empty() ? TreatyFinding(std::pmr::get_default_resource()) : result.treaties[0];
  }
  std::string Row(const TreatyFinding& f) {
    return f.row == pack::kNone ? "" : std::string(ThePack()->text(ThePack()->treaty_rows()[f.row].id));
  }
  std::multiset<std::string> Notices(const std::string& text, Context context) {
    std::multiset<std::string> out;
    for (const decide::Notice& n : Classify(text, context).notices) out.emplace(n.code);
    return out;
  }
  Scanner scanner_{ThePack(), Options()};
};

}  // namespace sekisho
