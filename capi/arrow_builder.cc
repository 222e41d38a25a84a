// Every array and schema that goes out owns its memory, so that a child can be moved away from its parent, as the
// interface allows.
#include "capi/arrow_builder.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <utility>

namespace sekisho::capi {

namespace {

void SetBit(std::string& bits, int64_t at, bool value) {
  if (at % 8 == 0) bits += '\0';
  if (value) bits.back() = static_cast<char>(bits.back() | 1 << (at % 8));
}

// By size, first and last bytes: values of one column that agree in these are few, and are told apart by comparing.
size_t HashOf(std::string_view text) {
  uint64_t first = 0, last = 0;
  const size_t size = std::min(text.size(), sizeof(first));
  if (size > 0) {
    std::memcpy(&first, text.data(), size);
    std::memcpy(&last, text.data() + text.size() - size, size);
  }
  constexpr uint64_t kOdd = 0x9E3779B97F4A7C15;
  const uint64_t mixed = ((first * kOdd ^ last) + text.size()) * kOdd;
  return static_cast<size_t>(mixed >> 32);
}

template <typename Arrow>
void ReleaseChildren(std::vector<Arrow>& children) {
  for (Arrow& child : children) {
    if (child.release != nullptr) child.release(&child);
  }
}

struct GivenSchema {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;

  static void Release(ArrowSchema* schema) {
    const std::unique_ptr<GivenSchema> own(static_cast<GivenSchema*>(schema->private_data));
    ReleaseChildren(own->children);
    schema->release = nullptr;
  }
};

}  // namespace

// What an array that went out owns.
struct ArrowBuilder::Given {
  std::string validity, bytes;
  std::vector<int32_t> offsets;
  const void* buffers[3] = {};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;

  static void Release(ArrowArray* array) {
    const std::unique_ptr<Given> own(static_cast<Given*>(array->private_data));
    ReleaseChildren(own->children);
    array->release = nullptr;
  }
};

ArrowBuilder::ArrowBuilder(std::string name, const char* format, Layout layout, bool nullable)
    : name_(std::move(name)), format_(format), layout_(layout), nullable_(nullable) {
  if (layout == Layout::kText || layout == Layout::kList) offsets_.push_back(0);
}

ArrowBuilder ArrowBuilder::Text(std::string name, bool nullable) {
  return {std::move(name), "u", Layout::kText, nullable};
}
ArrowBuilder ArrowBuilder::Dictionary(std::string name) {
  ArrowBuilder out(std::move(name), "i", Layout::kDictionary);
  out.children_.push_back(Text(""));
  return out;
}
ArrowBuilder ArrowBuilder::Int32(std::string name) { return {std::move(name), "i", Layout::kFixed}; }
ArrowBuilder ArrowBuilder::Float(std::string name) { return {std::move(name), "f", Layout::kFixed}; }
ArrowBuilder ArrowBuilder::Bool(std::string name) { return {std::move(name), "b", Layout::kBits}; }

ArrowBuilder ArrowBuilder::List(std::string name, ArrowBuilder item) {
  ArrowBuilder out(std::move(name), "+l", Layout::kList);
  out.children_.push_back(std::move(item));
  return out;
}

ArrowBuilder ArrowBuilder::Struct(std::string name, std::vector<ArrowBuilder> members) {
  ArrowBuilder out(std::move(name), "+s", Layout::kStruct);
  out.children_ = std::move(members);
  return out;
}

std::string_view ArrowBuilder::TextAt(int32_t row) const {
  const auto at = static_cast<size_t>(row);
  return std::string_view(bytes_).substr(static_cast<size_t>(offsets_[at]),
                                         static_cast<size_t>(offsets_[at + 1] - offsets_[at]));
}

void ArrowBuilder::WidenSlots() {
  constexpr size_t kFirst = 64;
  const ArrowBuilder& values = children_[0];
  std::vector<int32_t> wider(slots_.empty() ? kFirst : 2 * slots_.size(), -1);
  for (int32_t i = 0; i < static_cast<int32_t>(values.length_); ++i) {
    size_t at = HashOf(values.TextAt(i)) & (wider.size() - 1);
    while (wider[at] >= 0) at = (at + 1) & (wider.size() - 1);
    wider[at] = i;
  }
  slots_ = std::move(wider);
}

int32_t ArrowBuilder::IndexOf(std::string_view text) {
  ArrowBuilder& values = children_[0];
  if (2 * static_cast<size_t>(values.length_) >= slots_.size()) WidenSlots();
  size_t at = HashOf(text) & (slots_.size() - 1);
  for (; slots_[at] >= 0; at = (at + 1) & (slots_.size() - 1)) {
    if (values.TextAt(slots_[at]) == text) return slots_[at];
  }
  const auto index = static_cast<int32_t>(values.length_);
  values.Append(text);
  slots_[at] = index;
  return index;
}

void ArrowBuilder::Append(std::string_view text) {
  if (layout_ == Layout::kDictionary) return Append(IndexOf(text));
  if (text.size() > std::numeric_limits<int32_t>::max() - bytes_.size()) {
    too_large_ = true;
    text = {};
  }
  if (nullable_) SetBit(validity_, length_, true);
  bytes_ += text;
  offsets_.push_back(static_cast<int32_t>(bytes_.size()));
  ++length_;
}

void ArrowBuilder::AppendNull() {
  SetBit(validity_, length_, false);
  offsets_.push_back(offsets_.back());
  ++length_;
  ++null_count_;
}

void ArrowBuilder::Append(int32_t value) {
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  ++length_;
}

void ArrowBuilder::Append(float value) {
  bytes_.append(reinterpret_cast<const char*>(&value), sizeof(value));
  ++length_;
}

void ArrowBuilder::Append(bool value) { SetBit(bytes_, length_++, value); }

void ArrowBuilder::End() {
  ++length_;
  if (layout_ != Layout::kList) return;
  too_large_ |= item().length_ > std::numeric_limits<int32_t>::max();
  offsets_.push_back(static_cast<int32_t>(item().length_));
}

bool ArrowBuilder::TooLarge() const {
  for (const ArrowBuilder& child : children_) {
    if (child.TooLarge()) return true;
  }
  return too_large_;
}

void ArrowBuilder::ExportSchema(ArrowSchema* out) const {
  auto own = std::make_unique<GivenSchema>();
  own->name = name_;
  own->children.resize(children_.size());  // all zero: nothing to release, should an export below throw
  own->pointers.resize(children_.size());
  *out = {};
  out->format = format_;
  out->name = own->name.c_str();
  out->flags = nullable_ ? ARROW_FLAG_NULLABLE : 0;
  if (layout_ != Layout::kDictionary) {
    out->n_children = static_cast<int64_t>(children_.size());
    out->children = own->pointers.data();
  }
  out->private_data = own.release();
  out->release = GivenSchema::Release;
  auto& given = *static_cast<GivenSchema*>(out->private_data);
  for (size_t i = 0; i < children_.size(); ++i) {
    given.pointers[i] = &given.children[i];
    children_[i].ExportSchema(given.pointers[i]);
  }
  if (layout_ == Layout::kDictionary) out->dictionary = given.pointers[0];
}

void ArrowBuilder::ExportArray(ArrowArray* out) {
  auto own = std::make_unique<Given>();
  own->validity = std::move(validity_);
  own->bytes = std::move(bytes_);
  own->offsets = std::move(offsets_);
  own->children.resize(children_.size());
  own->pointers.resize(children_.size());
  *out = {};
  out->length = length_;
  out->null_count = null_count_;
  own->buffers[0] = null_count_ > 0 ? own->validity.data() : nullptr;
  own->buffers[1] = layout_ == Layout::kText || layout_ == Layout::kList ? static_cast<const void*>(own->offsets.data())
                                                                         : own->bytes.data();
  own->buffers[2] = own->bytes.data();
  out->n_buffers = layout_ == Layout::kText ? 3 : layout_ == Layout::kStruct ? 1 : 2;
  out->buffers = own->buffers;
  if (layout_ != Layout::kDictionary) {
    out->n_children = static_cast<int64_t>(children_.size());
    out->children = own->pointers.data();
  }
  out->private_data = own.release();
  out->release = Given::Release;
  auto& given = *static_cast<Given*>(out->private_data);
  for (size_t i = 0; i < children_.size(); ++i) {
    given.pointers[i] = &given.children[i];
    children_[i].ExportArray(given.pointers[i]);
  }
  if (layout_ == Layout::kDictionary) out->dictionary = given.pointers[0];
  *this = ArrowBuilder(std::move(name_), format_, layout_, nullable_);
}

}  // namespace sekisho::capi
