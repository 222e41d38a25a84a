// sekisho_arrow_…: batches of items to batches of verdicts.
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "capi/arrow_output.h"
#include "capi/arrow_reader.h"
#include "capi/boundary.h"
#include "capi/context.h"
#include "capi/item.h"
#include "capi/result.h"

using sekisho::capi::Fail;
using sekisho::capi::Guard;
using sekisho::capi::ItemColumns;
using sekisho::capi::Lives;
using sekisho::capi::Turn;
using sekisho::capi::VerdictColumns;
namespace pack = sekisho::pack;

namespace {

constexpr uint32_t kDefaultColumns = SEKISHO_ARROW_CANDIDATES | SEKISHO_ARROW_NOTICES;
constexpr uint32_t kAllColumns = kDefaultColumns | SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON | SEKISHO_ARROW_VERDICTS;
constexpr uint64_t kDefaultMaxRows = 1024 * 1024;

int32_t ReadOptions(sekisho_arrow_options& out, const sekisho_arrow_options* in, sekisho_error* error) {
  out = SEKISHO_ARROW_OPTIONS_INIT;
  if (in != nullptr) {
    if (const int32_t s = sekisho::capi::ReadStruct(out, in); s != SEKISHO_OK) {
      return Fail(error, s, "options: struct_size too small, or a field of a later version is set");
    }
  }
  if ((out.columns & ~(kAllColumns | SEKISHO_ARROW_DICTIONARY)) != 0) {
    return Fail(error, SEKISHO_E_UNSUPPORTED, "options: a column that is none");
  }
  if ((out.columns & kAllColumns) == 0) out.columns |= kDefaultColumns;
  if (out.max_rows == 0) out.max_rows = kDefaultMaxRows;
  return SEKISHO_OK;
}

int32_t ReadKind(pack::ItemKind& out, std::string_view name, sekisho_error* error) {
  static constexpr std::string_view kNames[] = {"goods", "technology", "software", "service"};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (name != kNames[i]) continue;
    out = static_cast<pack::ItemKind>(i);
    return SEKISHO_OK;
  }
  if (name.empty()) return SEKISHO_OK;
  return Fail(
      error, SEKISHO_E_INVALID_ARGUMENT,
      "kind \"" + std::string(name.substr(0, 40)) + "\" is none (hint: goods, technology, software or service)");
}

// A context of one row: the call's, with what the row says itself.
sekisho_context ContextOf(const ItemColumns::Row& row, const sekisho_context& context) {
  sekisho_context out = context;
  if (!row.as_of.empty()) SEKISHO_SET_TEXT(&out, as_of, row.as_of);
  if (!row.origin.empty()) SEKISHO_SET_TEXT(&out, origin, row.origin);
  if (!row.destination.empty()) SEKISHO_SET_TEXT(&out, destination, row.destination);
  if (row.classified >= 0) out.classified = row.classified;
  return out;
}

// One call of sekisho_arrow_classify.
class BatchCall {
 public:
  BatchCall(sekisho_scanner& scanner, const sekisho_arrow_options& options)
      : scanner_(scanner),
        judges_treaties_((options.columns & (SEKISHO_ARROW_TREATIES | SEKISHO_ARROW_JSON)) != 0),
        out_(*scanner.taxonomy->pack, scanner.lists, options.columns) {}

  int32_t Run(ArrowArray* out, const ItemColumns& items, const sekisho_context* context, sekisho_error* error) {
    if (const int32_t s = Start(context, error); s != SEKISHO_OK) return s;
    for (int64_t row = 0; row < items.rows(); ++row) {
      if (!items.Read(row, row_, item_, scanner_.result.attributes, error)) return SEKISHO_E_INVALID_ARGUMENT;
      sekisho_error row_error = SEKISHO_ERROR_INIT;
      if (Judge(items, &row_error) == SEKISHO_OK) {
        out_.Append(scanner_.result);
      } else {
        out_.AppendError(row_error.message);
      }
    }
    if (out_.batch().TooLarge()) {
      return Fail(error, SEKISHO_E_OUT_OF_RANGE, "a column of the output is larger than 2 GiB (hint: smaller batches)");
    }
    out_.batch().ExportArray(out);
    return SEKISHO_OK;
  }

 private:
  int32_t Start(const sekisho_context* context, sekisho_error* error) {
    if (context != nullptr) {
      const int32_t s = sekisho::capi::ReadStruct(given_, context, offsetof(sekisho_context, treaties));
      if (s != SEKISHO_OK)
        return Fail(error, s, "context: struct_size too small, or a field of a later version is set");
      given_.struct_size = sizeof(given_);
    }
    return ReadContext(given_, error);
  }

  int32_t ReadContext(const sekisho_context& from, sekisho_error* error) {
    context_ = {};
    if (const int32_t s = sekisho::capi::ReadContext(scanner_, context_, &from, error); s != SEKISHO_OK) return s;
    context_.judge_treaties &= judges_treaties_;
    return SEKISHO_OK;
  }

  // The row that was read; its text stays where it is.
  int32_t Judge(const ItemColumns& items, sekisho_error* error) {
    sekisho_result& result = scanner_.result;
    sekisho::capi::Forget(result);
    if (item_.description.empty() && item_.part_number.empty()) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT,
                  "neither description nor part_number says anything (hint: give the item's name)");
    }
    if (const int32_t s = ReadKind(item_.kind, row_.kind, error); s != SEKISHO_OK) return s;
    for (size_t i = 0; i < result.attributes.size(); ++i) {
      const int32_t s = sekisho::capi::CheckAttribute(result.attributes[i], i, *scanner_.taxonomy->pack, error);
      if (s != SEKISHO_OK) return s;
    }
    if (items.has_context()) {
      if (const int32_t s = ReadContext(ContextOf(row_, given_), error); s != SEKISHO_OK) return s;
    }
    result.id = row_.id;
    result.fields[0] = item_.description;
    result.fields[1] = item_.part_number;
    result.fields[2] = item_.nsn;
    result.fields[3] = item_.manufacturer;
    result.found = &scanner_.scanner.Classify(item_, context_);
    return SEKISHO_OK;
  }

  sekisho_scanner& scanner_;
  const bool judges_treaties_;
  VerdictColumns out_;
  sekisho_context given_ = SEKISHO_CONTEXT_INIT;
  sekisho::Context context_;
  sekisho::Item item_;
  ItemColumns::Row row_;
};

// At the end of a call no result is left that refers to the caller's columns.
struct Forgetting {
  sekisho_result& result;
  ~Forgetting() { sekisho::capi::Forget(result); }
};

}  // namespace

extern "C" {

int32_t sekisho_arrow_schema(ArrowSchema* out, const sekisho_scanner* scanner, const sekisho_arrow_options* options,
                             sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = {};
  if (!Lives(scanner)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "scanner is NULL, freed or none");
  const int32_t status = Guard(error, [&]() -> int32_t {
    sekisho_arrow_options read;
    if (const int32_t s = ReadOptions(read, options, error); s != SEKISHO_OK) return s;
    VerdictColumns(*scanner->taxonomy->pack, scanner->lists, read.columns).batch().ExportSchema(out);
    return SEKISHO_OK;
  });
  if (status != SEKISHO_OK && out->release != nullptr) out->release(out);
  if (status != SEKISHO_OK) *out = {};
  return status;
}

int32_t sekisho_arrow_classify(ArrowArray* out, sekisho_scanner* scanner, const ArrowArray* items,
                               const ArrowSchema* schema, const sekisho_context* context,
                               const sekisho_arrow_options* options, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = {};
  if (!Lives(scanner)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "scanner is NULL, freed or none");
  if (items == nullptr || schema == nullptr) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "items or schema is NULL");
  }
  const Turn turn(*scanner);
  if (!turn.owns()) {
    return Fail(error, SEKISHO_E_BUSY, "the scanner is at work in another thread (hint: one scanner a thread)");
  }
  const Forgetting forgetting{scanner->result};
  const int32_t status = Guard(error, [&]() -> int32_t {
    sekisho_arrow_options read;
    if (const int32_t s = ReadOptions(read, options, error); s != SEKISHO_OK) return s;
    ItemColumns columns;
    if (const int32_t s = columns.Open(*items, *schema, error); s != SEKISHO_OK) return s;
    if (static_cast<uint64_t>(columns.rows()) > read.max_rows) {
      return Fail(error, SEKISHO_E_OUT_OF_RANGE,
                  "items: " + std::to_string(columns.rows()) + " rows, more than the " + std::to_string(read.max_rows) +
                      " of one call (hint: smaller batches, or options.max_rows)");
    }
    return BatchCall(*scanner, read).Run(out, columns, context, error);
  });
  if (status != SEKISHO_OK && out->release != nullptr) out->release(out);
  if (status != SEKISHO_OK) *out = {};
  return status;
}

}  // extern "C"
