// What all records of a compiled taxonomy are made of.
#pragma once

#include <cstdint>

namespace sekisho::pack {

inline constexpr uint32_t kNone = 0xFFFFFFFFu;   // "no such record"
inline constexpr int32_t kOpenFrom = INT32_MIN;  // effective dates: days since 1970-01-01, [from, to)
inline constexpr int32_t kOpenTo = INT32_MAX;

struct Text {  // bytes of the string pool
  uint32_t offset, size;
};
struct Range {  // a run of records of another table
  uint32_t first, count;
};

}  // namespace sekisho::pack
