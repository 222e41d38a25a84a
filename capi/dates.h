// Dates of the C ABI: "2026-11-21" and days since 1970-01-01.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sekisho::capi {

// Nothing when the text is not YYYY-MM-DD or no day of the calendar.
std::optional<int32_t> ParseDate(std::string_view text);
std::string FormatDate(int32_t days);
int32_t Today();  // UTC

}  // namespace sekisho::capi
