// Columns of items, read in place from a struct array of the Arrow C data interface.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "capi/handles.h"
#include "sekisho.h"

namespace sekisho::capi {

// A column whose values are read by row. `base` is added to the row: the offset of the arrays around it.
struct ArrowColumn {
  std::string name;
  int64_t base = 0;  // with the array's own offset
  const uint8_t* validity = nullptr;

  bool IsNull(int64_t row) const {
    const int64_t at = base + row;
    return validity != nullptr && (validity[at / 8] >> (at % 8) & 1) == 0;
  }
};

// utf8, large_utf8, utf8_view, null, or any of them behind a dictionary.
class TextColumn : public ArrowColumn {
 public:
  // Fails with the place and a hint. `rows`: those that will be asked for, 0 to rows - 1.
  int32_t Open(std::string place, const ArrowSchema& schema, const ArrowArray& array, int64_t base, int64_t rows,
               sekisho_error* error);
  // Null as empty text. False: the array contradicts itself there.
  bool Read(std::string_view& out, int64_t row) const;

 private:
  enum class Layout { kNull, kSmall, kLarge, kView, kDictionary };
  template <typename Offset>
  bool ReadOffsets(std::string_view& out, int64_t at) const;
  bool ReadView(std::string_view& out, int64_t at) const;
  int64_t Index(int64_t at) const;  // into the dictionary

  Layout layout_ = Layout::kNull;
  const void* const* buffers_ = nullptr;
  int64_t buffer_count_ = 0;
  char index_format_ = 0;
  int64_t value_count_ = 0;
  std::unique_ptr<TextColumn> values_;
};

class ItemColumns {
 public:
  int32_t Open(const ArrowArray& items, const ArrowSchema& schema, sekisho_error* error);
  int64_t rows() const { return rows_; }

  struct Row {  // refers to the columns
    std::string_view id, kind, as_of, origin, destination;
    int32_t classified = -1;  // -1: not said
  };
  // False: a column contradicts itself in the row; `error` says which.
  bool Read(int64_t row, Row& out, Item& item, std::vector<Attribute>& attributes, sekisho_error* error) const;
  bool has_context() const { return has_context_; }

 private:
  struct MapColumn : ArrowColumn {
    const int32_t* offsets = nullptr;
    int64_t pair_count = 0;
    TextColumn names, quantities;
  };
  struct BoolColumn : ArrowColumn {
    const uint8_t* bits = nullptr;
  };
  int32_t OpenColumn(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error);
  int32_t OpenClassified(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error);
  int32_t OpenAttributes(const ArrowSchema& schema, const ArrowArray& array, sekisho_error* error);
  bool ReadAttributes(int64_t row, std::vector<Attribute>& out) const;

  enum Text { kDescription, kPartNumber, kNsn, kManufacturer, kId, kKind, kAsOf, kOrigin, kDestination, kTexts };
  int64_t rows_ = 0, base_ = 0;
  bool has_context_ = false;
  const uint8_t* validity_ = nullptr;  // of whole rows
  std::unique_ptr<TextColumn> texts_[kTexts];
  std::unique_ptr<BoolColumn> classified_;
  std::unique_ptr<MapColumn> attributes_;
};

}  // namespace sekisho::capi
