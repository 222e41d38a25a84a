// Arrays for tests of the columns call: built by hand, byte by byte, as a producer might send them; releases are
// counted.
#pragma once

#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sekisho.h"

namespace sekisho::tests {

inline int released_arrays = 0;

using Texts = std::vector<std::optional<std::string>>;

// A schema and an array, with the memory of both.
struct Produced {
  ArrowSchema schema{};
  ArrowArray array{};
  std::string name, format;
  std::deque<std::string> buffers;  // a deque: they do not move
  std::vector<const void*> pointers;
  std::vector<std::unique_ptr<Produced>> below;
  std::vector<ArrowSchema*> schemas;
  std::vector<ArrowArray*> arrays;
  std::unique_ptr<Produced> dictionary;

  Produced(std::string n, std::string f) : name(std::move(n)), format(std::move(f)) {}
  Produced(const Produced&) = delete;  // its structs point into it
  Produced& operator=(const Produced&) = delete;
  template <typename Number>
  static void Put(std::string& to, Number value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  // Points the structs at what has been put together.
  void Seal(int64_t length, int64_t null_count, bool has_validity = true) {
    pointers.clear();
    for (size_t i = 0; i < buffers.size(); ++i)
      pointers.push_back(i == 0 && !has_validity ? nullptr : buffers[i].data());
    for (const auto& child : below) schemas.push_back(&child->schema), arrays.push_back(&child->array);
    schema.format = format.c_str();
    schema.name = name.c_str();
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.n_children = array.n_children = static_cast<int64_t>(below.size());
    schema.children = schemas.data();
    array.children = arrays.data();
    schema.dictionary = dictionary == nullptr ? nullptr : &dictionary->schema;
    array.dictionary = dictionary == nullptr ? nullptr : &dictionary->array;
    array.length = length;
    array.null_count = null_count;
    array.n_buffers = static_cast<int64_t>(pointers.size());
    array.buffers = pointers.data();
    schema.release = [](ArrowSchema* s) { s->release = nullptr; };
    array.release = [](ArrowArray* a) { a->release = nullptr, ++released_arrays; };
  }
};

using Array = std::unique_ptr<Produced>;

template <typename Value>
std::string Validity(const std::vector<std::optional<Value>>& values) {
  std::string bits((values.size() + 7) / 8, '\0');
  for (size_t i = 0; i < values.size(); ++i) {
    if (values[i].has_value()) bits[i / 8] = static_cast<char>(bits[i / 8] | 1 << (i % 8));
  }
  return bits;
}

template <typename Offset>
void FillOffsets(Produced& to, const Texts& values) {
  std::string offsets, bytes;
  Produced::Put(offsets, Offset{0});
  for (const auto& value : values) {
    bytes += value.value_or("");
    Produced::Put(offsets, static_cast<Offset>(bytes.size()));
  }
  to.buffers.push_back(offsets);
  to.buffers.push_back(bytes);
}

inline void FillViews(Produced& to, const Texts& values) {
  std::string views, bytes, sizes;
  for (const auto& value : values) {
    const std::string text = value.value_or("");
    Produced::Put(views, static_cast<int32_t>(text.size()));
    std::string rest = text;
    if (text.size() > 12) {
      rest = text.substr(0, 4);
      Produced::Put(rest, int32_t{0});
      Produced::Put(rest, static_cast<int32_t>(bytes.size()));
      bytes += text;
    }
    rest.resize(12, '\0');
    views += rest;
  }
  Produced::Put(sizes, static_cast<int64_t>(bytes.size()));
  to.buffers.push_back(views);
  to.buffers.push_back(bytes);
  to.buffers.push_back(sizes);
}

// format: "u", "U" or "vu".
inline Array TextArray(const std::string& name, const Texts& values, const std::string& format = "u") {
  auto out = std::make_unique<Produced>(name, format);
  out->buffers.push_back(Validity(values));
  if (format == "u") FillOffsets<int32_t>(*out, values);
  if (format == "U") FillOffsets<int64_t>(*out, values);
  if (format == "vu") FillViews(*out, values);
  out->Seal(static_cast<int64_t>(values.size()), -1);
  return out;
}

inline Array NullArray(const std::string& name, int64_t length) {
  auto out = std::make_unique<Produced>(name, "n");
  out->Seal(length, length);
  return out;
}

// Rows as indices (of type `format`, "c" to "L") into `values`; a null row is a null index.
template <typename Index>
Array DictionaryArray(const std::string& name, const std::string& format, const Texts& values,
                      const std::vector<std::optional<Index>>& rows) {
  auto out = std::make_unique<Produced>(name, format);
  out->buffers.push_back(Validity(rows));
  out->buffers.emplace_back();
  for (const auto& row : rows) Produced::Put(out->buffers.back(), row.value_or(0));
  out->dictionary = TextArray("", values, "U");
  out->Seal(static_cast<int64_t>(rows.size()), -1);
  return out;
}

inline Array BoolArray(const std::string& name, const std::vector<std::optional<bool>>& rows) {
  auto out = std::make_unique<Produced>(name, "b");
  out->buffers.push_back(Validity(rows));
  out->buffers.emplace_back((rows.size() + 7) / 8, '\0');
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].value_or(false)) out->buffers[1][i / 8] = static_cast<char>(out->buffers[1][i / 8] | 1 << (i % 8));
  }
  out->Seal(static_cast<int64_t>(rows.size()), -1);
  return out;
}

inline Array StructArray(std::vector<Array> columns, int64_t length, const std::string& name = "") {
  auto out = std::make_unique<Produced>(name, "+s");
  out->buffers.emplace_back();
  for (Array& column : columns) out->below.push_back(std::move(column));
  out->Seal(length, 0, /*has_validity=*/false);
  return out;
}

// One map a row.
inline Array MapArray(const std::string& name,
                      const std::vector<std::vector<std::pair<std::string, std::string>>>& rows) {
  Texts names, quantities;
  std::string offsets;
  Produced::Put(offsets, int32_t{0});
  for (const auto& row : rows) {
    for (const auto& [key, value] : row) names.push_back(key), quantities.push_back(value);
    Produced::Put(offsets, static_cast<int32_t>(names.size()));
  }
  auto out = std::make_unique<Produced>(name, "+m");
  out->buffers.emplace_back();
  out->buffers.push_back(offsets);
  std::vector<Array> pair;
  pair.push_back(TextArray("key", names));
  pair.push_back(TextArray("value", quantities));
  out->below.push_back(StructArray(std::move(pair), static_cast<int64_t>(names.size()), "entries"));
  out->Seal(static_cast<int64_t>(rows.size()), 0, /*has_validity=*/false);
  return out;
}

}  // namespace sekisho::tests
