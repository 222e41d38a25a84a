#include "engine/workshop/format.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "engine/compile/strings.h"
#include "engine/workshop/commented_json.h"
#include "engine/workshop/lasting.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

constexpr size_t kWidth = 150;  // columns; a wide character counts two

// Fields of entries, concepts and rules in the order of the manual. Objects of other kinds keep their own: their order
// may mean something.
constexpr std::string_view kFields[] = {
    "\"label\"",    "\"title\"",       "\"kind\"",  "\"broader\"", "\"flags\"",    "\"effective\"", "\"heading\"",
    "\"reserved\"", "\"undecidable\"", "\"cite\"",  "\"en\"",      "\"ja\"",       "\"weak\"",      "\"needs\"",
    "\"not\"",      "\"designators\"", "\"cas\"",   "\"fsc\"",     "\"measures\"", "\"is\"",        "\"for\"",
    "\"has\"",      "\"any\"",         "\"all\"",   "\"measure\"", "\"unless\"",   "\"as\"",        "\"missing\"",
    "\"clause\"",   "\"note\"",        "\"rules\"", "\"tests\""};

void Order(Value& value) {
  for (Value& item : value.items) Order(item);
  if (!value.object) return;
  const auto has = [&](std::string_view key) {
    return std::any_of(value.items.begin(), value.items.end(), [&](const Value& v) { return v.key == key; });
  };
  const auto rank = [](const Value& v) {
    return std::find(std::begin(kFields), std::end(kFields), v.key) - std::begin(kFields);
  };
  const bool known = std::all_of(value.items.begin(), value.items.end(),
                                 [&](const Value& v) { return rank(v) < std::ssize(kFields); });
  const bool concept_or_entry = has("\"label\"") || has("\"title\"");
  if (known && concept_or_entry)
    std::stable_sort(value.items.begin(), value.items.end(),
                     [&](const Value& a, const Value& b) { return rank(a) < rank(b); });
}

size_t Columns(std::string_view text) {
  size_t n = 0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((u & 0xC0) != 0x80) n += u >= 0xE3 ? 2 : 1;
  }
  return n;
}

class Printer {
 public:
  std::string Run(const Value& root) {
    for (const std::string& comment : root.before) out_ += comment + "\n";
    Open(root, 0, true);
    out_ += "\n";
    for (const std::string& comment : root.below) out_ += comment + "\n";
    return std::move(out_);
  }

 private:
  static std::string OneLine(const Value& v) {
    std::string out = v.key.empty() ? "" : v.key + ": ";
    if (!v.scalar.empty()) return out + v.scalar;
    out += v.object ? "{" : "[";
    for (size_t i = 0; i < v.items.size(); ++i) out += (i > 0 ? ", " : "") + OneLine(v.items[i]);
    return out + (v.object ? "}" : "]");
  }

  void Line(int depth) {
    out_ += '\n';
    out_.append(static_cast<size_t>(depth) * 2, ' ');
  }

  // The value, at the end of the line that has been begun.
  void Print(const Value& v, int depth, bool last) {
    const std::string line = OneLine(v);
    const bool comments =
        v.inside.empty() ? std::any_of(v.items.begin(), v.items.end(), [](const Value& i) { return i.HasComments(); })
                         : true;
    if (!v.scalar.empty() || (!comments && static_cast<size_t>(depth) * 2 + Columns(line) + !last <= kWidth)) {
      out_ += line;
    } else {
      if (!v.key.empty()) out_ += v.key + ": ";
      const bool words = !v.object && !comments &&
                         std::all_of(v.items.begin(), v.items.end(), [](const Value& i) { return !i.scalar.empty(); });
      words ? Fill(v, depth) : Open(v, depth, false);
    }
  }

  // A list of texts fills its lines.
  void Fill(const Value& v, int depth) {
    out_ += '[';
    size_t column = kWidth + 1;
    for (size_t i = 0; i < v.items.size(); ++i) {
      const std::string item = v.items[i].scalar + (i + 1 < v.items.size() ? "," : "");
      const size_t width = Columns(item);
      if (column + 1 + width > kWidth) {
        Line(depth + 1);
        column = static_cast<size_t>(depth + 1) * 2;
      } else {
        out_ += ' ';
        ++column;
      }
      out_ += item;
      column += width;
    }
    Line(depth);
    out_ += ']';
  }

  // Every item on a line of its own.
  void Open(const Value& v, int depth, bool root) {
    out_ += v.object ? '{' : '[';
    for (size_t i = 0; i < v.items.size(); ++i) {
      const Value& item = v.items[i];
      for (const std::string& comment : item.before) {
        Line(depth + 1);
        out_ += comment;
      }
      Line(depth + 1);
      const bool last = i + 1 == v.items.size();
      const bool container = item.scalar.empty() && !item.items.empty();
      if (root && container && item.object) {  // the entries of a list, the concepts of a file: always open
        out_ += item.key + ": ";
        Open(item, depth + 1, false);
      } else {
        Print(item, depth + 1, last);
      }
      if (!last) out_ += ',';
      if (!item.after.empty()) out_ += " " + item.after;
    }
    for (const std::string& comment : v.inside) {
      Line(depth + 1);
      out_ += comment;
    }
    Line(depth);
    out_ += v.object ? '}' : ']';
  }

  std::string out_;
};

std::optional<std::string> ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

absl::StatusOr<std::string> Format(std::string_view text) {
  size_t at = 0;
  std::optional<Value> root = ParseWithComments(text, at);
  if (!root) return absl::InvalidArgumentError(Cat("not JSON at byte ", at));
  Order(*root);
  return Printer().Run(*root);
}

FormatReport FormatFolder(const std::string& folder, bool write) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file() && it->path().extension() == ".json" && it->path().parent_path().filename() != "schema")
      files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  FormatReport report;
  for (const fs::path& file : files) {
    const std::string name = file.lexically_relative(folder).generic_string();
    const std::optional<std::string> text = ReadFile(file);
    if (!text) {
      report.faults.push_back(name + ": cannot be read");
      continue;
    }
    const absl::StatusOr<std::string> formatted = Format(*text);
    if (!formatted.ok()) {
      report.faults.push_back(Cat(name, ": ", std::string(formatted.status().message())));
    } else if (*formatted != *text) {
      report.changed.push_back(name);
      const std::string cause = write ? ReplaceFile(file.string(), *formatted) : "";
      if (!cause.empty()) report.faults.push_back(name + ": cannot be written: " + cause);
    }
  }
  return report;
}

}  // namespace sekisho::workshop
