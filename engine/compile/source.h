// A source file of the taxonomy: JSON with comments, read into a tree whose every key and value knows its place.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::compile {

class Report;
class Source;

struct Place {
  const Source* source = nullptr;
  size_t offset = 0;
};

struct LineColumn {
  int line = 0, column = 0;  // from 1, column in bytes
};

struct Member;

struct Node {
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };
  Type type = Type::kNull;
  Place place;
  std::string text;  // a string's value, a number as written
  bool truth = false;
  std::vector<Node> items;
  std::vector<Member> members;

  bool is_string() const { return type == Type::kString; }
  bool is_array() const { return type == Type::kArray; }
  bool is_object() const { return type == Type::kObject; }
  bool is_null() const { return type == Type::kNull; }
  const Node* Find(std::string_view key) const;  // null when absent
};

struct Member {
  std::string key;
  Place place;  // of the key
  Node value;
};

class Source {
 public:
  // Reads folder/file. Null, and a diagnostic, when it cannot be read or is not JSON.
  static std::unique_ptr<Source> Read(const std::string& folder, const std::string& file, Report& report);
  static std::unique_ptr<Source> FromText(std::string file, std::string text, Report& report);

  const std::string& file() const { return file_; }
  const Node& root() const { return root_; }
  LineColumn Locate(size_t offset) const;

 private:
  Source() = default;
  bool Parse(Report& report);

  std::string file_, text_;
  std::vector<size_t> lines_;  // offset of each line's first byte
  Node root_;
};

std::string_view TypeName(Node::Type type);  // "an object"

}  // namespace sekisho::compile
