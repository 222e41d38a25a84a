// sekisho_scanner_classify_batch: many items in one call, the next ones fetched while one is judged.
#include <cstddef>
#include <string>

#include "capi/boundary.h"
#include "capi/context.h"
#include "capi/handles.h"
#include "capi/item.h"
#include "capi/result.h"

namespace sekisho::capi {
namespace {

constexpr size_t kAhead = 4;  // items: far enough for memory, near enough to stay in the first cache

// A caller's array, whose elements have the size that the first one says.
template <typename Struct>
class Array {
 public:
  Array(const Struct* first, size_t count) : first_(first), count_(count) {}
  // `least`: bytes of the struct's first version.
  bool Stands(size_t least) const {
    return count_ == 0 || (Sized(first_, least) && count_ <= PTRDIFF_MAX / kMostStruct);
  }
  size_t size() const { return count_; }
  const Struct* at(size_t i) const {
    return reinterpret_cast<const Struct*>(reinterpret_cast<const char*>(first_) + i * first_->struct_size);
  }
  bool EqualSize(size_t i) const { return at(i)->struct_size == first_->struct_size; }

 private:
  const Struct* first_;
  size_t count_;
};

class Batch {
 public:
  Batch(sekisho_scanner& scanner, Turn& turn, Array<sekisho_item> items, Array<sekisho_context> contexts)
      : scanner_(scanner), turn_(turn), items_(items), contexts_(contexts) {}

  void Run(sekisho_batch_function take, void* user) {
    for (size_t i = 0; i < items_.size(); ++i) {
      Fetch(i + kAhead);
      sekisho_error wrong = SEKISHO_ERROR_INIT;
      const int32_t status = Guard(&wrong, [&] { return Judge(i, &wrong); });
      int32_t end = 0;
      const sekisho_result* const result = status == SEKISHO_OK ? &scanner_.result : nullptr;
      if (!turn_.Give([&] { end = take(user, i, status, result, &wrong); }) || end != 0) return;
    }
  }

 private:
  // The item's text into the cache. Its pointers were not checked yet: to fetch is not to read.
  void Fetch(size_t i) const {
    if (i >= items_.size() || !items_.EqualSize(i)) return;
    constexpr size_t kLine = 64;
    const char* const text = items_.at(i)->description;
    __builtin_prefetch(text);
    if (items_.at(i)->description_size > kLine) __builtin_prefetch(text + kLine);
  }

  int32_t Judge(size_t i, sekisho_error* error) {
    Forget(scanner_.result);
    if (!items_.EqualSize(i)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "items: structs of two sizes");
    sekisho::Item item;
    if (const int32_t s = ReadItem(scanner_.result, item, items_.at(i), *scanner_.taxonomy->pack, error);
        s != SEKISHO_OK)
      return s;
    if (const int32_t s = ContextOf(i, error); s != SEKISHO_OK) return s;
    scanner_.result.found = &scanner_.scanner.Classify(item, context_);
    return SEKISHO_OK;
  }

  // A context for all items is read once; a wrong one with every item, whose fault it is told as.
  int32_t ContextOf(size_t i, sekisho_error* error) {
    if (contexts_.size() == 0 || (contexts_.size() == 1 && has_context_)) return SEKISHO_OK;
    const size_t at = contexts_.size() == 1 ? 0 : i;
    if (!contexts_.EqualSize(at)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "contexts: structs of two sizes");
    context_ = {};
    const int32_t s = ReadContext(scanner_, context_, contexts_.at(at), error);
    has_context_ = s == SEKISHO_OK;
    return s;
  }

  sekisho_scanner& scanner_;
  Turn& turn_;
  const Array<sekisho_item> items_;
  const Array<sekisho_context> contexts_;
  sekisho::Context context_;
  bool has_context_ = false;
};

}  // namespace
}  // namespace sekisho::capi

using namespace sekisho::capi;

extern "C" int32_t sekisho_scanner_classify_batch(sekisho_scanner* scanner, const sekisho_item* items,
                                                  size_t item_count, const sekisho_context* contexts,
                                                  size_t context_count, sekisho_batch_function take, void* user,
                                                  sekisho_error* error) {
  if (!Lives(scanner)) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "scanner is NULL, freed or none");
  if (take == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "take is NULL");
  const Array<sekisho_item> all(items, item_count);
  const Array<sekisho_context> given(contexts, context_count);
  if (!all.Stands(sizeof(sekisho_item)) || !given.Stands(offsetof(sekisho_context, treaties))) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT,
                "items or contexts are NULL, of a struct_size too small, or more than memory holds");
  }
  if (context_count > 1 && context_count != item_count) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT,
                std::to_string(context_count) + " contexts for " + std::to_string(item_count) +
                    " items (hint: none, one for all, or one for each)");
  }
  if (item_count > scanner->max_batch_items) {
    return Fail(error, SEKISHO_E_OUT_OF_RANGE,
                std::to_string(item_count) + " items, more than the " + std::to_string(scanner->max_batch_items) +
                    " of one call (hint: smaller batches, or options.max_batch_items)");
  }
  Turn turn(*scanner);
  if (!turn.owns()) {
    return Fail(error, SEKISHO_E_BUSY, "the scanner is at work in another thread (hint: one scanner a thread)");
  }
  Batch(*scanner, turn, all, given).Run(take, user);
  return SEKISHO_OK;
}
