// Arrays are taken at their word for the size of their buffers (nothing in the interface tells it); everything else
// that a type promises is checked, at the start or where a row is read.
#include "capi/arrow_reader.h"

#include <cstring>
#include <iterator>
#include <limits>

#include "capi/boundary.h"

namespace sekisho::capi {

namespace {

constexpr char kTextHint[] = "utf8, large_utf8 or utf8_view, plain or dictionary-encoded";

int32_t Refuse(sekisho_error* error, const std::string& place, const std::string& cause) {
  return Fail(error, SEKISHO_E_INVALID_ARGUMENT, place + ": " + cause);
}

std::string Shown(const char* format) {
  return format == nullptr ? "NULL" : "\"" + std::string(format, strnlen(format, 40)) + "\"";
}

// What every array has to be, before its type is looked at. `last`: rows that are read of it, with all offsets.
int32_t CheckArray(const std::string& place, const ArrowArray& array, int64_t last, sekisho_error* error) {
  if (array.release == nullptr) return Refuse(error, place, "the array has been released");
  if (array.length < 0 || array.offset < 0 || array.length > std::numeric_limits<int64_t>::max() - array.offset) {
    return Refuse(error, place, "length or offset is negative");
  }
  if (last > array.length) {
    return Refuse(error, place,
                  std::to_string(array.length) + " rows, where " + std::to_string(last) +
                      " are wanted (hint: the columns of a batch are of one length)");
  }
  return SEKISHO_OK;
}

// `buffers` of them there, and those from the second on not NULL unless there are no rows.
int32_t CheckBuffers(const std::string& place, const ArrowArray& array, int64_t buffers, sekisho_error* error) {
  if (array.n_buffers < buffers || (buffers > 0 && array.buffers == nullptr)) {
    return Refuse(error, place,
                  std::to_string(array.n_buffers) + " buffers, where the type has " + std::to_string(buffers));
  }
  return SEKISHO_OK;
}

const uint8_t* ValidityOf(const ArrowArray& array) {
  if (array.null_count == 0 || array.n_buffers < 1 || array.buffers == nullptr) return nullptr;
  return static_cast<const uint8_t*>(array.buffers[0]);
}

bool IsBit(const uint8_t* bits, int64_t at) { return (bits[at / 8] >> (at % 8) & 1) != 0; }

template <typename Number>
Number At(const void* buffer, int64_t index) {  // buffers need not be aligned
  Number out;
  std::memcpy(&out, static_cast<const char*>(buffer) + index * static_cast<int64_t>(sizeof(Number)), sizeof(Number));
  return out;
}

bool ChildrenAre(const ArrowSchema& schema, const ArrowArray& array) {
  if (schema.n_children != array.n_children || schema.n_children < 0) return false;
  if (schema.n_children > 0 && (schema.children == nullptr || array.children == nullptr)) return false;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (schema.children[i] == nullptr || array.children[i] == nullptr) return false;
  }
  return true;
}

}  // namespace

int32_t TextColumn::Open(std::string place, const ArrowSchema& schema, const ArrowArray& array, int64_t base,
                         int64_t rows, sekisho_error* error) {
  name = std::move(place);
  if (schema.release == nullptr) return Refuse(error, name, "the schema has been released");
  if (const int32_t s = CheckArray(name, array, base + rows, error); s != SEKISHO_OK) return s;
  this->base = base + array.offset;
  const std::string_view format = schema.format == nullptr ? std::string_view() : schema.format;
  if (schema.dictionary != nullptr) {
    if (format.size() != 1 || std::string_view("cCsSiIlL").find(format[0]) == format.npos) {
      return Refuse(error, name,
                    "a dictionary with indices of the type " + Shown(schema.format) + " (hint: they are integers)");
    }
    if (array.dictionary == nullptr) return Refuse(error, name, "the dictionary is missing");
    if (schema.dictionary->dictionary != nullptr) return Refuse(error, name, "a dictionary within a dictionary");
    layout_ = Layout::kDictionary;
    index_format_ = format[0];
    value_count_ = array.dictionary->length;
    values_ = std::make_unique<TextColumn>();
    if (const int32_t s =
            values_->Open(name + ", dictionary", *schema.dictionary, *array.dictionary, 0, value_count_, error);
        s != SEKISHO_OK) {
      return s;
    }
  } else if (format == "n") {
    layout_ = Layout::kNull;
    return SEKISHO_OK;
  } else if (format == "u" || format == "U" || format == "vu") {
    layout_ = format == "u" ? Layout::kSmall : format == "U" ? Layout::kLarge : Layout::kView;
  } else {
    return Refuse(error, name, "of the Arrow type " + Shown(schema.format) + " (hint: " + kTextHint + ")");
  }
  const bool two = layout_ == Layout::kDictionary || layout_ == Layout::kView;
  if (const int32_t s = CheckBuffers(name, array, two ? 2 : 3, error); s != SEKISHO_OK) return s;
  if (rows > 0 && array.buffers[1] == nullptr) return Refuse(error, name, "a buffer is NULL");
  validity = ValidityOf(array);
  buffers_ = array.buffers;
  buffer_count_ = array.n_buffers;
  return SEKISHO_OK;
}

bool TextColumn::Read(std::string_view& out, int64_t row) const {
  out = {};
  if (layout_ == Layout::kNull || IsNull(row)) return true;
  const int64_t at = base + row;
  switch (layout_) {
    case Layout::kSmall:
      return ReadOffsets<int32_t>(out, at);
    case Layout::kLarge:
      return ReadOffsets<int64_t>(out, at);
    case Layout::kView:
      return ReadView(out, at);
    default:
      break;
  }
  const int64_t index = Index(at);
  return index >= 0 && index < value_count_ && values_->Read(out, index);
}

template <typename Offset>
bool TextColumn::ReadOffsets(std::string_view& out, int64_t at) const {
  const Offset begin = At<Offset>(buffers_[1], at), end = At<Offset>(buffers_[1], at + 1);
  if (begin < 0 || end < begin || (end > begin && buffers_[2] == nullptr)) return false;
  if (end > begin) out = {static_cast<const char*>(buffers_[2]) + begin, static_cast<size_t>(end - begin)};
  return true;
}

// 16 bytes: the size, then the text itself, or its first four bytes, the index of its buffer and the place there. The
// buffers of text stand between the views and, last, the buffer of their sizes.
bool TextColumn::ReadView(std::string_view& out, int64_t at) const {
  const char* view = static_cast<const char*>(buffers_[1]) + 16 * at;
  const auto size = At<int32_t>(view, 0);
  if (size < 0) return false;
  if (size <= 12) return out = {view + 4, static_cast<size_t>(size)}, true;
  const auto buffer = At<int32_t>(view, 2), place = At<int32_t>(view, 3);
  const int64_t count = buffer_count_ - 3;
  if (buffer < 0 || buffer >= count || place < 0 || buffers_[2 + buffer] == nullptr) return false;
  if (place + int64_t{size} > At<int64_t>(buffers_[buffer_count_ - 1], buffer)) return false;
  out = {static_cast<const char*>(buffers_[2 + buffer]) + place, static_cast<size_t>(size)};
  return true;
}

int64_t TextColumn::Index(int64_t at) const {
  const void* indices = buffers_[1];
  switch (index_format_) {
    case 'c':
      return At<int8_t>(indices, at);
    case 'C':
      return At<uint8_t>(indices, at);
    case 's':
      return At<int16_t>(indices, at);
    case 'S':
      return At<uint16_t>(indices, at);
    case 'i':
      return At<int32_t>(indices, at);
    case 'I':
      return At<uint32_t>(indices, at);
    default:
      return At<int64_t>(indices, at);  // a larger unsigned one is negative here, and refused
  }
}

int32_t ItemColumns::Open(const ArrowArray& items, const ArrowSchema& schema, sekisho_error* error) {
  if (schema.release == nullptr) return Refuse(error, "schema", "it has been released");
  if (schema.format == nullptr || std::string_view(schema.format) != "+s" || schema.dictionary != nullptr) {
    return Refuse(error, "schema",
                  "the Arrow type " + Shown(schema.format) + " (hint: a struct or record batch, \"+s\")");
  }
  if (const int32_t s = CheckArray("items", items, 0, error); s != SEKISHO_OK) return s;
  if (!ChildrenAre(schema, items)) {
    return Refuse(error, "items",
                  std::to_string(items.n_children) + " columns, where the schema has " +
                      std::to_string(schema.n_children) + ", or one of them is NULL");
  }
  rows_ = items.length;
  base_ = items.offset;
  validity_ = ValidityOf(items);
  for (int64_t i = 0; i < schema.n_children; ++i) {
    if (const int32_t s = OpenColumn(*schema.children[i], *items.children[i], error); s != SEKISHO_OK) return s;
  }
  if (texts_[kDescription] != nullptr) return SEKISHO_OK;
  std::string known;
  for (int64_t i = 0; i < schema.n_children && i < 20; ++i) {
    const char* child = schema.children[i]->name;
    known += (i == 0 ? "" : ", ") + std::string(child == nullptr ? "" : child);
  }
  return Refuse(error, "items",
                "no column description (hint: rename the one that names the item; there are: " + known + ")");
}

int32_t ItemColumns::OpenColumn(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error) {
  static constexpr std::string_view kNames[] = {"description", "part_number", "nsn",    "manufacturer", "id",
                                                "kind",        "as_of",       "origin", "destination"};
  static_assert(std::size(kNames) == kTexts);
  const std::string_view name = schema.name == nullptr ? std::string_view() : schema.name;
  if (name == "classified") return OpenClassified(schema, array, error);
  if (name == "attributes") return OpenAttributes(schema, array, error);
  for (int i = 0; i < kTexts; ++i) {
    if (name != kNames[i]) continue;
    const std::string place = "column " + std::string(name);
    if (texts_[i] != nullptr) return Refuse(error, place, "is there twice (hint: rename one)");
    texts_[i] = std::make_unique<TextColumn>();
    has_context_ |= i >= kAsOf;
    return texts_[i]->Open(place, schema, array, base_, rows_, error);
  }
  return SEKISHO_OK;  // not ours
}

int32_t ItemColumns::OpenClassified(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error) {
  const std::string place = "column classified";
  if (classified_ != nullptr) return Refuse(error, place, "is there twice (hint: rename one)");
  const std::string_view format = schema.format == nullptr ? "" : schema.format;
  if ((format != "b" && format != "n") || schema.dictionary != nullptr) {
    return Refuse(error, place, "of the Arrow type " + Shown(schema.format) + " (hint: bool)");
  }
  if (const int32_t s = CheckArray(place, array, base_ + rows_, error); s != SEKISHO_OK) return s;
  classified_ = std::make_unique<BoolColumn>();
  classified_->base = base_ + array.offset;
  if (format == "n") return SEKISHO_OK;
  if (const int32_t s = CheckBuffers(place, array, 2, error); s != SEKISHO_OK) return s;
  if (rows_ > 0 && array.buffers[1] == nullptr) return Refuse(error, place, "a buffer is NULL");
  classified_->validity = ValidityOf(array);
  classified_->bits = static_cast<const uint8_t*>(array.buffers[1]);
  has_context_ = true;
  return SEKISHO_OK;
}

int32_t ItemColumns::OpenAttributes(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error) {
  const std::string place = "column attributes";
  if (attributes_ != nullptr) return Refuse(error, place, "is there twice (hint: rename one)");
  const std::string_view format = schema.format == nullptr ? "" : schema.format;
  if (const int32_t s = CheckArray(place, array, base_ + rows_, error); s != SEKISHO_OK) return s;
  if (format == "n") return SEKISHO_OK;
  if (format != "+m" || schema.dictionary != nullptr) {
    return Refuse(error, place,
                  "of the Arrow type " + Shown(schema.format) + " (hint: map<utf8, utf8>, name to quantity)");
  }
  const bool well_formed = schema.n_children == 1 && ChildrenAre(schema, array) &&
                           schema.children[0]->n_children == 2 && ChildrenAre(*schema.children[0], *array.children[0]);
  if (!well_formed) return Refuse(error, place, "its pairs are missing (hint: map<utf8, utf8>, name to quantity)");
  if (const int32_t s = CheckBuffers(place, array, 2, error); s != SEKISHO_OK) return s;
  if (rows_ > 0 && array.buffers[1] == nullptr) return Refuse(error, place, "a buffer is NULL");
  const ArrowSchema& pair_type = *schema.children[0];
  const ArrowArray& pairs = *array.children[0];
  if (const int32_t s = CheckArray(place + ", pairs", pairs, 0, error); s != SEKISHO_OK) return s;
  attributes_ = std::make_unique<MapColumn>();
  attributes_->base = base_ + array.offset;
  attributes_->validity = ValidityOf(array);
  attributes_->offsets = static_cast<const int32_t*>(array.buffers[1]);
  attributes_->pair_count = pairs.length;
  if (const int32_t s = attributes_->names.Open(place + ", names", *pair_type.children[0], *pairs.children[0],
                                                pairs.offset, pairs.length, error);
      s != SEKISHO_OK) {
    return s;
  }
  return attributes_->quantities.Open(place + ", quantities", *pair_type.children[1], *pairs.children[1], pairs.offset,
                                      pairs.length, error);
}

bool ItemColumns::ReadAttributes(int64_t row, std::vector<Attribute>& out) const {
  if (attributes_->IsNull(row)) return true;
  const int64_t at = attributes_->base + row;
  const auto begin = At<int32_t>(attributes_->offsets, at), end = At<int32_t>(attributes_->offsets, at + 1);
  if (begin < 0 || end < begin || end > attributes_->pair_count) return false;
  for (int32_t i = begin; i < end; ++i) {
    Attribute read;
    if (!attributes_->names.Read(read.name, i) || !attributes_->quantities.Read(read.quantity, i)) return false;
    out.push_back(read);
  }
  return true;
}

bool ItemColumns::Read(int64_t row, Row& out, Item& item, std::vector<Attribute>& attributes,
                       sekisho_error* error) const {
  out = {};
  item = {};
  attributes.clear();
  if (validity_ != nullptr && !IsBit(validity_, base_ + row)) return true;  // a null row: nothing is said
  const auto fail = [&](const std::string& place) {
    Refuse(error, place + ", row " + std::to_string(row), "its offsets or indices contradict the array");
    return false;
  };
  std::string_view* const targets[kTexts] = {&item.description,  &item.part_number, &item.nsn,
                                             &item.manufacturer, &out.id,           &out.kind,
                                             &out.as_of,         &out.origin,       &out.destination};
  for (int i = 0; i < kTexts; ++i) {
    if (texts_[i] != nullptr && !texts_[i]->Read(*targets[i], row)) return fail(texts_[i]->name);
  }
  if (classified_ != nullptr && classified_->bits != nullptr && !classified_->IsNull(row)) {
    out.classified = IsBit(classified_->bits, classified_->base + row) ? 1 : 0;
  }
  if (attributes_ != nullptr && !ReadAttributes(row, attributes)) return fail("column attributes");
  item.attributes = attributes;
  return true;
}

}  // namespace sekisho::capi
