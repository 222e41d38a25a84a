// JSON with comments to a tree with places. nlohmann's SAX events carry no position, so a first scan notes where
// each token starts; the events come in the same order.
#include "engine/compile/source.h"

#include <algorithm>
#include <exception>
#include <fstream>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/report.h"
#include "engine/compile/strings.h"
#include "engine/text/utf8.h"
#include "nlohmann/json.hpp"

namespace sekisho::compile {
namespace {

using Json = nlohmann::json;

constexpr size_t kDepthLimit = 64;

size_t AfterComment(std::string_view s, size_t i) {  // s[i] == '/'
  if (s.substr(i, 2) == "//") return std::min(s.find('\n', i), s.size());
  if (s.substr(i, 2) == "/*") {
    const size_t end = s.find("*/", i + 2);
    return end == std::string_view::npos ? s.size() : end + 2;
  }
  return i + 1;
}

size_t AfterString(std::string_view s, size_t i) {  // s[i] == '"'
  for (++i; i < s.size() && s[i] != '"'; ++i) {
    if (s[i] == '\\') ++i;
  }
  return std::min(i + 1, s.size());
}

// Where each {, [, string, number or word starts. Right as far as the text is JSON, which is as far as it is used.
std::vector<size_t> TokenStarts(std::string_view s) {
  std::vector<size_t> out;
  for (size_t i = s.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; i < s.size();) {
    const char c = s[i];
    if (c == '/') {
      i = AfterComment(s, i);
    } else if (c == '"') {
      out.push_back(i);
      i = AfterString(s, i);
    } else if (c == '{' || c == '[') {
      out.push_back(i++);
    } else if (std::string_view(" \t\r\n}],:").find(c) != std::string_view::npos) {
      ++i;
    } else {
      out.push_back(i);
      i = std::min(s.find_first_of(" \t\r\n}],:/\"", i), s.size());
    }
  }
  return out;
}

class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(const Source& source, std::string_view text, Report& report, Node& root)
      : source_(source), text_(text), report_(report), root_(root), starts_(TokenStarts(text)) {}

  bool null() override { return Put(Node::Type::kNull, ""); }
  bool boolean(bool value) override {
    Put(Node::Type::kBool, "");
    last_->truth = value;
    return true;
  }
  bool number_integer(number_integer_t value) override { return Put(Node::Type::kNumber, Cat(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Put(Node::Type::kNumber, Cat(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Put(Node::Type::kNumber, text); }
  bool string(string_t& text) override { return Put(Node::Type::kString, text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Node::Type::kObject); }
  bool start_array(std::size_t) override { return Open(Node::Type::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& text) override;
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& e) override;

 private:
  struct Level {
    Node node;
    std::string key;
    Place key_place;
    absl::flat_hash_map<std::string, Place> keys;
  };

  Place Next() { return {&source_, next_ < starts_.size() ? starts_[next_++] : text_.size()}; }
  bool Put(Node::Type type, std::string text) {
    Node node;
    node.type = type;
    node.place = Next();
    node.text = std::move(text);
    return Attach(std::move(node));
  }
  bool Open(Node::Type type);
  bool Close();
  bool Attach(Node node);
  size_t FaultOffset(size_t position, std::string_view what) const;

  const Source& source_;
  std::string_view text_;
  Report& report_;
  Node& root_;
  Node* last_ = nullptr;
  std::vector<size_t> starts_;
  size_t next_ = 0;
  std::vector<Level> levels_;
};

bool Builder::key(string_t& text) {
  Level& level = levels_.back();
  level.key = text;
  level.key_place = Next();
  auto [it, fresh] = level.keys.emplace(text, level.key_place);
  if (!fresh) {
    const LineColumn first = source_.Locate(it->second.offset);
    report_.Add("E0104", level.key_place,
                Cat("key \"", text, "\" stands twice, first in line ", first.line, ", column ", first.column),
                "keep one of them");
  }
  return true;
}

bool Builder::Open(Node::Type type) {
  const Place place = Next();
  if (levels_.size() >= kDepthLimit) {
    report_.Add("E0105", place, Cat("nested deeper than ", kDepthLimit, " levels"));
    return false;
  }
  levels_.emplace_back();
  levels_.back().node.type = type;
  levels_.back().node.place = place;
  return true;
}

bool Builder::Close() {
  Node node = std::move(levels_.back().node);
  levels_.pop_back();
  return Attach(std::move(node));
}

bool Builder::Attach(Node node) {
  if (levels_.empty()) {
    root_ = std::move(node);
    last_ = &root_;
    return true;
  }
  Level& level = levels_.back();
  if (level.node.is_array()) {
    level.node.items.push_back(std::move(node));
    last_ = &level.node.items.back();
  } else if (level.keys[level.key].offset == level.key_place.offset) {  // of two equal keys the first stays
    level.node.members.push_back({level.key, level.key_place, std::move(node)});
    last_ = &level.node.members.back().value;
  } else {
    static thread_local Node dropped;
    dropped = std::move(node);
    last_ = &dropped;
  }
  return true;
}

bool Builder::parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
  // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …": the place is said better
  // here.
  std::string_view what = e.what();
  const size_t column = what.find("column ");
  const size_t colon = column == std::string_view::npos ? column : what.find(": ", column);
  if (colon != std::string_view::npos) what.remove_prefix(colon + 2);
  if (what.substr(0, 13) == "syntax error ") what.remove_prefix(13);
  report_.Add("E0103", {&source_, FaultOffset(position, what)}, Cat("not JSON: ", what));
  return false;
}

// `position` bytes were read: up to the end of a token that was not expected, or to a byte that no token can hold.
size_t Builder::FaultOffset(size_t position, std::string_view what) const {
  if (what.find("unexpected end of input") != what.npos || position == 0) return text_.size();
  size_t offset = std::min(position, text_.size()) - 1;
  if (what.find("unexpected") != what.npos &&
      std::string_view("{}[],:").find(text_[offset]) == std::string_view::npos) {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    if (after != starts_.begin()) offset = *(after - 1);
  }
  while (offset > 0 && (static_cast<unsigned char>(text_[offset]) & 0xC0) == 0x80) --offset;
  return offset;
}

bool ReadAll(const std::string& path, std::string& out) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in) return false;
  const std::streamoff size = in.tellg();
  if (size < 0) return false;
  out.resize(static_cast<size_t>(size));
  in.seekg(0).read(out.data(), size);
  return in.gcount() == size;
}

}  // namespace

const Node* Node::Find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::unique_ptr<Source> Source::Read(const std::string& folder, const std::string& file, Report& report) {
  std::string text;
  if (!ReadAll(Cat(folder, "/", file), text)) {
    report.AddFile("E0101", file, "the file cannot be read");
    return nullptr;
  }
  return FromText(file, std::move(text), report);
}

std::unique_ptr<Source> Source::FromText(std::string file, std::string text, Report& report) {
  std::unique_ptr<Source> source(new Source);
  source->file_ = std::move(file);
  source->text_ = std::move(text);
  source->lines_.push_back(0);
  for (size_t i = 0; i < source->text_.size(); ++i) {
    if (source->text_[i] == '\n') source->lines_.push_back(i + 1);
  }
  if (!source->Parse(report)) return nullptr;
  return source;
}

bool Source::Parse(Report& report) {
  if (const size_t bad = text::FindInvalidUtf8(text_); bad != std::string_view::npos) {
    report.Add("E0102", {this, bad}, Cat("not UTF-8 from byte ", bad, " on"), "save the file as UTF-8");
    return false;
  }
  Builder builder(*this, text_, report, root_);
  try {
    return Json::sax_parse(text_.begin(), text_.end(), &builder, Json::input_format_t::json, /*strict=*/true,
                           /*ignore_comments=*/true);
  } catch (const std::exception& e) {  // the handler throws nothing; the library might
    report.Add("E0103", {this, 0}, Cat("not JSON: ", e.what()));
    return false;
  }
}

LineColumn Source::Locate(size_t offset) const {
  const auto it = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
  return {static_cast<int>(it - lines_.begin()) + 1, static_cast<int>(offset - *it) + 1};
}

std::string_view TypeName(Node::Type type) {
  switch (type) {
    case Node::Type::kNull:
      return "null";
    case Node::Type::kBool:
      return "true or false";
    case Node::Type::kNumber:
      return "a number";
    case Node::Type::kString:
      return "a string";
    case Node::Type::kArray:
      return "a list";
    case Node::Type::kObject:
      return "an object";
  }
  return "";
}

}  // namespace sekisho::compile
