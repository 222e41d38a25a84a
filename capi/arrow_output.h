// The columns that sekisho_arrow_classify gives out: their type, and how a result becomes a row.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "capi/arrow_builder.h"
#include "capi/handles.h"

namespace sekisho::capi {

class VerdictColumns {
 public:
  VerdictColumns(const pack::Pack& pack, std::vector<uint32_t> lists, uint32_t columns);
  void Append(const sekisho_result& result);
  void AppendError(std::string_view message);  // any bytes
  ArrowBuilder& batch() { return batch_; }

 private:
  ArrowBuilder* Column(uint32_t column);  // null when it is not asked for

  std::vector<uint32_t> lists_;
  uint32_t columns_;
  ArrowBuilder batch_;
};

}  // namespace sekisho::capi
