// Columns that grow row by row, and go out through the Arrow C data interface.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sekisho.h"

namespace sekisho::capi {

// A column with those below it: text, numbers, or lists and structs of columns. A builder without rows is a type.
class ArrowBuilder {
 public:
  static ArrowBuilder Text(std::string name, bool nullable = false);
  // Each value once, and its number in every row.
  static ArrowBuilder Dictionary(std::string name);
  static ArrowBuilder Int32(std::string name);
  static ArrowBuilder Float(std::string name);
  static ArrowBuilder Bool(std::string name);
  static ArrowBuilder List(std::string name, ArrowBuilder item);
  static ArrowBuilder Struct(std::string name, std::vector<ArrowBuilder> members);

  ArrowBuilder& operator[](size_t child) { return children_[child]; }
  ArrowBuilder& item() { return children_[0]; }  // of a list

  void Append(std::string_view text);  // valid UTF-8; of a text or a dictionary
  void AppendNull();                   // text only
  void Append(int32_t value);
  void Append(float value);
  void Append(bool value);
  void End();  // of a struct whose members have been appended, or of a list whose items have

  // Whether a column here has more than its 32-bit offsets can tell; what it held then is not to be used.
  bool TooLarge() const;

  // Both give away what the caller has to release. The second leaves the builder empty.
  void ExportSchema(ArrowSchema* out) const;
  void ExportArray(ArrowArray* out);

 private:
  enum class Layout { kText, kFixed, kBits, kList, kStruct, kDictionary };
  ArrowBuilder(std::string name, const char* format, Layout layout, bool nullable = false);
  struct Given;
  int32_t IndexOf(std::string_view text);  // in the dictionary, where it is put if it is new
  void WidenSlots();
  std::string_view TextAt(int32_t row) const;

  std::string name_;
  const char* format_;  // a literal
  Layout layout_;
  bool nullable_, too_large_ = false;
  int64_t length_ = 0, null_count_ = 0;
  std::string validity_, bytes_;  // bits; text, numbers or bits
  std::vector<int32_t> offsets_;
  std::vector<ArrowBuilder> children_;  // of a dictionary: its values
  std::vector<int32_t> slots_;          // of a dictionary: hash table of its values, with open addressing
};

}  // namespace sekisho::capi
