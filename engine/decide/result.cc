#include "engine/decide/result.h"

#include <algorithm>

namespace sekisho::decide {

std::string_view VerdictName(Verdict verdict) {
  constexpr std::string_view kNames[] = {"match", "possible", "catch_all", "unknown", "excluded", "no_match"};
  return kNames[static_cast<size_t>(verdict)];
}

std::string_view FieldName(Field field) {
  constexpr std::string_view kNames[] = {"description", "part_number", "nsn", "manufacturer", "attributes"};
  return kNames[static_cast<size_t>(field)];
}

std::string_view RoleName(Role role) {
  constexpr std::string_view kNames[] = {"is", "for", "has"};
  return kNames[static_cast<size_t>(role)];
}

const ListVerdict* FindList(const Result& result, uint32_t list) {
  const auto found =
      std::find_if(result.lists.begin(), result.lists.end(), [&](const ListVerdict& l) { return l.list == list; });
  return found == result.lists.end() ? nullptr : &*found;
}

}  // namespace sekisho::decide
