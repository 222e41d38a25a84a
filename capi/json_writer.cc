#include "capi/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/text/utf8.h"

namespace sekisho::capi {

void JsonWriter::Value() {
  if (comma_) out_ += ',';
  comma_ = true;
}

void JsonWriter::Open(char bracket) {
  Value();
  out_ += bracket;
  comma_ = false;
}

void JsonWriter::Close(char bracket) {
  out_ += bracket;
  comma_ = true;
}

void JsonWriter::Key(std::string_view name) {
  Value();
  Quoted(name);
  out_ += ':';
  comma_ = false;
}

std::string Repaired(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t good = std::min(text::FindInvalidUtf8(text), text.size());
    out += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) break;
    out += "\xEF\xBF\xBD";
    text.remove_prefix(1);
  }
  return out;
}

void JsonWriter::String(std::string_view text) {
  Value();
  if (text::FindInvalidUtf8(text) == text.npos) {
    Quoted(text);
  } else {
    Quoted(Repaired(text));
  }
}

void JsonWriter::Quoted(std::string_view text) {
  out_ += '"';
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out_ += text.substr(begin, i - begin);
    begin = i + 1;
    constexpr std::string_view kPlain = "\"\\\n\r\t\b\f", kEscaped = "\"\\nrtbf";
    out_ += '\\';
    if (const size_t at = kPlain.find(static_cast<char>(c)); at != kPlain.npos) {
      out_ += kEscaped[at];
    } else {
      out_ += "u00";
      out_ += "0123456789abcdef"[c >> 4];
      out_ += "0123456789abcdef"[c & 15];
    }
  }
  out_ += text.substr(begin);
  out_ += '"';
}

void JsonWriter::Number(uint64_t value) {
  Value();
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  out_.append(buffer, end);
}

void JsonWriter::Score(float value) {
  Value();
  const double bounded = std::isfinite(value) ? std::clamp(static_cast<double>(value), 0.0, 1.0) : 0.0;
  const int thousandths = static_cast<int>(std::lround(bounded * 1000));
  out_ += static_cast<char>('0' + thousandths / 1000);
  if (thousandths % 1000 == 0) return;
  std::string digits = std::to_string(1000 + thousandths % 1000).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  out_ += '.';
  out_ += digits;
}

void JsonWriter::Null() {
  Value();
  out_ += "null";
}

void JsonWriter::Bool(std::string_view name, bool value) {
  Key(name);
  Value();
  out_ += value ? "true" : "false";
}

}  // namespace sekisho::capi
