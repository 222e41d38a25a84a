// JSON with comments as a tree that keeps every comment and every scalar as it is written.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::workshop {

struct Value {
  std::vector<std::string> before;  // comments on lines of their own
  std::string after;                // a comment behind it on its line
  std::string key;                  // of a member: the string as it is written
  std::string scalar;               // a string, number or word as it is written; empty: a list or an object
  bool object = false;
  std::vector<Value> items;
  std::vector<std::string> inside;  // comments behind the last item
  std::vector<std::string> below;   // of the root: comments behind it
  bool HasComments() const {
    return !before.empty() || !after.empty() || !inside.empty() ||
           std::any_of(items.begin(), items.end(), [](const Value& v) { return v.HasComments(); });
  }
};

// None, with the byte where reading stopped, when the text is not JSON.
std::optional<Value> ParseWithComments(std::string_view text, size_t& at);

}  // namespace sekisho::workshop
