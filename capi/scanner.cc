// sekisho_scanner: its options, and one item at a time.
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "capi/boundary.h"
#include "capi/context.h"
#include "capi/handles.h"
#include "capi/item.h"
#include "capi/result.h"

using sekisho::capi::Fail;
using sekisho::capi::Guard;
using sekisho::capi::Lives;
using sekisho::capi::ReadContext;
using sekisho::capi::ReadItem;
using sekisho::capi::ReadStruct;
using sekisho::capi::ReadText;
using sekisho::capi::Turn;
using sekisho::capi::Work;
namespace pack = sekisho::pack;

namespace {

std::vector<uint32_t> ListsOf(const pack::Pack& p, const sekisho::Options& options) {
  std::vector<uint32_t> out = options.lists;
  for (uint32_t i = 0; options.lists.empty() && i < p.lists().size(); ++i) out.push_back(i);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

sekisho_scanner::sekisho_scanner(sekisho_taxonomy* t, sekisho::Options options)
    : taxonomy(t), lists(ListsOf(*t->pack, options)), scanner(t->pack, std::move(options)) {
  result.taxonomy = t;
  result.work = &work;
  sekisho_taxonomy_retain(t);
}

namespace {

constexpr uint32_t kDefaultMaxBatch = 1024 * 1024;

// What the caller wants, or the default where it is zero.
sekisho::Limits ReadLimits(const sekisho_scanner_options& given) {
  sekisho::Limits out;
  if (given.max_input_bytes != 0) out.input_bytes = given.max_input_bytes;
  if (given.max_memory_bytes != 0) out.memory_bytes = given.max_memory_bytes;
  if (given.max_matches != 0) out.match.matches = given.max_matches;
  if (given.max_steps != 0) out.match.steps = given.max_steps;
  return out;
}

std::string KnownLists(const pack::Pack& p) {
  std::string out;
  for (const pack::List& list : p.lists()) {
    if (!out.empty()) out += ", ";
    out += p.text(list.id);
  }
  return out;
}

// "us-usml, jp-etco" to the pack's indices.
int32_t FindLists(std::vector<uint32_t>& out, const pack::Pack& p, std::string_view names, sekisho_error* error) {
  while (!names.empty()) {
    const size_t comma = names.find(',');
    std::string_view name = names.substr(0, comma);
    names = comma == names.npos ? std::string_view() : names.substr(comma + 1);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    uint32_t found = pack::kNone;
    for (uint32_t i = 0; i < p.lists().size(); ++i) {
      if (p.text(p.lists()[i].id) == name) found = i;
    }
    if (found == pack::kNone) {
      return Fail(error, SEKISHO_E_UNKNOWN_LIST,
                  "no list \"" + std::string(name) + "\" (hint: the taxonomy has " + KnownLists(p) + ")");
    }
    if (std::find(out.begin(), out.end(), found) == out.end()) out.push_back(found);
  }
  return SEKISHO_OK;
}

}  // namespace

void sekisho::capi::End(sekisho_scanner* scanner) {
  sekisho_taxonomy* taxonomy = scanner->taxonomy;
  delete scanner;
  sekisho_taxonomy_release(taxonomy);
}

extern "C" {

int32_t sekisho_scanner_create(sekisho_scanner** out, sekisho_taxonomy* taxonomy,
                               const sekisho_scanner_options* options, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (!Lives(taxonomy)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "taxonomy is NULL, freed or none");
  return Guard(error, [&]() -> int32_t {
    sekisho_scanner_options given = SEKISHO_SCANNER_OPTIONS_INIT;
    if (options != nullptr) {
      const size_t first_version = offsetof(sekisho_scanner_options, max_matches);
      if (const int32_t s = ReadStruct(given, options, first_version); s != SEKISHO_OK) {
        return Fail(error, s, "options: struct_size too small, or a field of a later version is set");
      }
    }
    std::string_view lists;
    if (!ReadText(lists, given.lists, given.lists_size)) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "options: lists is NULL but its size is not 0");
    }
    sekisho::Options read;
    read.limits = ReadLimits(given);
    if (const int32_t s = FindLists(read.lists, *taxonomy->pack, lists, error); s != SEKISHO_OK) return s;
    *out = new sekisho_scanner(taxonomy, std::move(read));
    (*out)->max_batch_items = given.max_batch_items != 0 ? given.max_batch_items : kDefaultMaxBatch;
    return SEKISHO_OK;
  });
}

void sekisho_scanner_free(sekisho_scanner* scanner) {
  if (!Lives(scanner)) return;
  Work work = scanner->work.load(std::memory_order_acquire);
  while (work == Work::kCall || work == Work::kGiving) {
    if (scanner->work.compare_exchange_weak(work, Work::kLastCall, std::memory_order_acq_rel)) return;
  }
  if (work == Work::kNone) sekisho::capi::End(scanner);
}

int32_t sekisho_scanner_classify(const sekisho_result** out, sekisho_scanner* scanner, const sekisho_item* item,
                                 const sekisho_context* context, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (!Lives(scanner)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "scanner is NULL, freed or none");
  const Turn turn(*scanner);
  if (!turn.owns()) {
    return Fail(error, SEKISHO_E_BUSY, "the scanner is at work in another thread (hint: one scanner a thread)");
  }
  return Guard(error, [&]() -> int32_t {
    sekisho_result& result = scanner->result;
    sekisho::capi::Forget(result);
    sekisho::Item read;
    sekisho::Context read_context;
    if (const int32_t s = ReadItem(result, read, item, *scanner->taxonomy->pack, error); s != SEKISHO_OK) return s;
    if (const int32_t s = ReadContext(*scanner, read_context, context, error); s != SEKISHO_OK) return s;
    result.found = &scanner->scanner.Classify(read, read_context);
    *out = &result;
    return SEKISHO_OK;
  });
}

}  // extern "C"
