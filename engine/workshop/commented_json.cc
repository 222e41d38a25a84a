#include "engine/workshop/commented_json.h"

#include <optional>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

constexpr int kDepthLimit = 64;

// Strings are written with the escapes that JSON asks for and no others.
std::string Plain(std::string_view written) {
  const Json parsed = Json::parse(written, nullptr, false);
  return parsed.is_string() ? parsed.dump(-1, ' ', false, Json::error_handler_t::replace) : std::string(written);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::optional<Value> Run() {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    Value root;
    Comments(root.before);
    if (!Read(root, 0)) return std::nullopt;
    Comments(root.below);
    if (at_ < text_.size()) return std::nullopt;
    return root;
  }
  size_t at() const { return at_; }

 private:
  void Space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  // A comment at the place, if there is one; without its line end.
  std::optional<std::string> Comment() {
    const std::string_view rest = text_.substr(at_);
    size_t end = 0;
    if (rest.substr(0, 2) == "//") {
      end = std::min(rest.find('\n'), rest.size());
    } else if (rest.substr(0, 2) == "/*") {
      end = rest.find("*/", 2);
      if (end == rest.npos) return std::nullopt;
      end += 2;
    } else {
      return std::nullopt;
    }
    at_ += end;
    std::string_view comment = rest.substr(0, end);
    while (!comment.empty() && (comment.back() == '\r' || comment.back() == ' ')) comment.remove_suffix(1);
    return std::string(comment);
  }
  void Comments(std::vector<std::string>& out) {
    Space();
    for (std::optional<std::string> comment; (comment = Comment()); Space()) out.push_back(*comment);
  }
  // A comment on the rest of the line belongs to what stands before it.
  void After(Value& value) {
    const size_t begin = at_;
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    if (auto comment = Comment()) {
      value.after += Cat(value.after.empty() ? "" : " ", *comment);
    } else {
      at_ = begin;
    }
  }

  bool Scalar(Value& value) {
    const size_t begin = at_;
    if (text_[at_] == '"') {
      for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] == '\\') ++at_;
      }
      if (at_ >= text_.size()) return false;
      ++at_;
      value.scalar = Plain(text_.substr(begin, at_ - begin));
      return true;
    }
    at_ = std::min(text_.find_first_of(" \t\r\n,]}:/[{\"", at_), text_.size());
    value.scalar = std::string(text_.substr(begin, at_ - begin));
    return Json::accept(value.scalar);
  }

  bool Read(Value& value, int depth) {
    if (at_ >= text_.size() || depth > kDepthLimit) return false;
    if (text_[at_] != '{' && text_[at_] != '[') return Scalar(value);
    value.object = text_[at_] == '{';
    const char close = value.object ? '}' : ']';
    ++at_;
    for (bool first = true;; first = false) {
      Value item;
      Comments(item.before);
      if (at_ < text_.size() && text_[at_] == close && (first || value.items.empty() || ended_)) {
        ++at_;
        ended_ = false;
        value.inside = std::move(item.before);
        return true;
      }
      if (!first && ended_) return false;
      ended_ = false;
      if (value.object && !Key(item)) return false;
      if (!Read(item, depth + 1)) return false;
      After(item);
      std::vector<std::string> late;  // between the item and its comma
      Comments(late);
      for (const std::string& comment : late) item.after += Cat(item.after.empty() ? "" : " ", comment);
      const bool comma = at_ < text_.size() && text_[at_] == ',';
      if (comma) {
        ++at_;
        After(item);
      }
      value.items.push_back(std::move(item));
      ended_ = !comma;
    }
  }

  bool Key(Value& item) {
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    Value key;
    if (!Scalar(key)) return false;
    item.key = std::move(key.scalar);
    Comments(item.before);
    if (at_ >= text_.size() || text_[at_] != ':') return false;
    ++at_;
    Comments(item.before);
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  bool ended_ = false;  // the item before had no comma
};

}  // namespace

std::optional<Value> ParseWithComments(std::string_view text, size_t& at) {
  Parser parser(text);
  std::optional<Value> root = parser.Run();
  at = parser.at();
  return root;
}

}  // namespace sekisho::workshop
