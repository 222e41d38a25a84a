// Writes JSON to a string: compact, in the order of the calls, valid UTF-8 whatever the text was.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sekisho::capi {

// The text, with every byte that belongs to no character as U+FFFD.
std::string Repaired(std::string_view text);

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  void BeginObject() { Open('{'); }
  void EndObject() { Close('}'); }
  void BeginArray() { Open('['); }
  void EndArray() { Close(']'); }
  void Key(std::string_view name);
  void String(std::string_view text);  // ill-formed bytes become U+FFFD
  void Number(uint64_t value);
  void Score(float value);  // 0..1, to three decimals, without trailing zeros
  void Null();
  void Bool(std::string_view name, bool value);

  void Member(std::string_view name, std::string_view text) { Key(name), String(text); }
  void Member(std::string_view name, uint64_t value) { Key(name), Number(value); }

 private:
  void Open(char bracket);
  void Close(char bracket);
  void Value();  // the comma before a value
  void Quoted(std::string_view text);

  std::string& out_;
  bool comma_ = false;
};

}  // namespace sekisho::capi
