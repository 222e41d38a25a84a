// sekisho_scanner: reads the caller's item and context, lets the engine judge.
#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "capi/boundary.h"
#include "capi/dates.h"
#include "capi/handles.h"
#include "capi/result.h"

using sekisho::capi::Fail;
using sekisho::capi::Guard;
using sekisho::capi::ReadStruct;
using sekisho::capi::ReadText;
namespace pack = sekisho::pack;

sekisho_scanner::sekisho_scanner(sekisho_taxonomy* t, sekisho::Options options)
    : taxonomy(t), scanner(t->pack, std::move(options)) {
  result.taxonomy = t;
  result.busy = &busy;
  sekisho_taxonomy_retain(t);
}

namespace {

constexpr uint32_t kDefaultMaxInput = 64 * 1024;

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

std::string AttributePlace(size_t index, std::string_view name) {
  return "attribute " + std::to_string(index + 1) + (name.empty() ? "" : " (\"" + std::string(name) + "\")") + ": ";
}

int32_t ReadAttributes(std::vector<sekisho::Attribute>& out, const sekisho_item& item, const pack::Pack& p,
                       sekisho_error* error) {
  out.clear();
  if (item.attribute_count > 0 && item.attributes == nullptr) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "item: attributes is NULL");
  }
  const char* place = reinterpret_cast<const char*>(item.attributes);
  for (size_t i = 0; i < item.attribute_count; ++i, place += item.attributes->struct_size) {
    sekisho_attribute given;
    if (const int32_t s = ReadStruct(given, reinterpret_cast<const sekisho_attribute*>(place)); s != SEKISHO_OK) {
      return Fail(error, s, AttributePlace(i, {}) + "struct_size or a field of a later version");
    }
    sekisho::Attribute read;
    if (given.struct_size != item.attributes->struct_size || !ReadText(read.name, given.name, given.name_size) ||
        !ReadText(read.quantity, given.quantity, given.quantity_size)) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, AttributePlace(i, {}) + "a NULL text, or structs of two sizes");
    }
    if (p.FindMeasure(read.name) == pack::kNone) {
      return Fail(error, SEKISHO_E_BAD_ATTRIBUTE,
                  AttributePlace(i, read.name) +
                      "no such measure (hint: names are those of the taxonomy, as in range, "
                      "caliber, frequency)");
    }
    if (read.quantity.empty()) {
      return Fail(error, SEKISHO_E_BAD_ATTRIBUTE,
                  AttributePlace(i, read.name) + "no quantity (hint: number and unit, as in 310 km)");
    }
    out.push_back(read);
  }
  return SEKISHO_OK;
}

int32_t ReadItem(sekisho_result& result, sekisho::Item& out, const sekisho_item* in, const pack::Pack& p,
                 sekisho_error* error) {
  sekisho_item item;
  if (const int32_t s = ReadStruct(item, in); s != SEKISHO_OK) {
    return Fail(error, s, "item: NULL, struct_size too small, or a field of a later version is set");
  }
  if (item.kind < SEKISHO_KIND_GOODS || item.kind > SEKISHO_KIND_SERVICE) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "item: kind " + std::to_string(item.kind) + " is none");
  }
  std::string_view id;
  if (!ReadText(id, item.id, item.id_size) || !ReadText(out.description, item.description, item.description_size) ||
      !ReadText(out.part_number, item.part_number, item.part_number_size) ||
      !ReadText(out.nsn, item.nsn, item.nsn_size) ||
      !ReadText(out.manufacturer, item.manufacturer, item.manufacturer_size)) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "item: a text is NULL but its size is not 0");
  }
  out.kind = static_cast<pack::ItemKind>(item.kind);
  if (const int32_t s = ReadAttributes(result.attributes, item, p, error); s != SEKISHO_OK) return s;
  sekisho::capi::KeepItem(result, id, out);
  return SEKISHO_OK;
}

int32_t ReadDate(int32_t& out, std::string_view text, const pack::Pack& p, sekisho_error* error) {
  if (text.empty()) return SEKISHO_OK;
  const std::string quoted = "as_of \"" + std::string(text.substr(0, 40)) + "\": ";
  const std::optional<int32_t> days = sekisho::capi::ParseDate(text);
  if (!days.has_value()) {
    return Fail(error, SEKISHO_E_BAD_DATE, quoted + "not a date (hint: write it as YYYY-MM-DD, as in 2026-11-21)");
  }
  if (*days > std::max(sekisho::capi::Today() + 1, p.default_as_of())) {  // + 1: somewhere it is tomorrow
    return Fail(
        error, SEKISHO_E_BAD_DATE,
        quoted + "in the future, whose law nobody knows (hint: leave as_of out to judge by the taxonomy's date)");
  }
  out = *days;
  return SEKISHO_OK;
}

int32_t ReadCountry(std::string& out, std::string_view text, const char* name, sekisho_error* error) {
  out.clear();
  for (const char c : text) out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  const bool letters = std::all_of(out.begin(), out.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (out.empty() || (out.size() == 2 && letters)) return SEKISHO_OK;
  return Fail(error, SEKISHO_E_INVALID_ARGUMENT,
              std::string(name) + " \"" + std::string(text.substr(0, 40)) +
                  "\" is no country code (hint: two letters, ISO 3166-1, as in JP)");
}

// The parts of a list "a, b", without spaces around them.
std::vector<std::string_view> Parts(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    out.push_back(part);
  }
  return out;
}

int32_t ReadTreaties(sekisho_scanner& scanner, std::string_view names, sekisho_error* error) {
  if (names == scanner.treaty_names) return SEKISHO_OK;
  const pack::Pack& p = *scanner.taxonomy->pack;
  scanner.treaties.clear();
  scanner.treaty_names.clear();
  for (const std::string_view name : Parts(names)) {
    uint32_t found = pack::kNone;
    std::string known;
    for (uint32_t i = 0; i < p.treaties().size(); ++i) {
      if (p.text(p.treaties()[i].id) == name) found = i;
      known += (known.empty() ? "" : ", ") + std::string(p.text(p.treaties()[i].id));
    }
    if (found == pack::kNone) {
      scanner.treaties.clear();
      return Fail(error, SEKISHO_E_UNKNOWN_TREATY,
                  "no treaty \"" + std::string(name.substr(0, 40)) + "\" (hint: the taxonomy has " + known + ")");
    }
    scanner.treaties.push_back(found);
  }
  scanner.treaty_names = names;
  return SEKISHO_OK;
}

int32_t ReadTransaction(sekisho_scanner& scanner, sekisho::Context& out, const sekisho_context& context,
                        sekisho_error* error) {
  std::string_view treaties, via;
  if (!ReadText(treaties, context.treaties, context.treaties_size) || !ReadText(via, context.via, context.via_size)) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "context: a text is NULL but its size is not 0");
  }
  if (context.reserved != 0) return Fail(error, SEKISHO_E_UNSUPPORTED, "context: reserved is not 0");
  if (context.sale < SEKISHO_SALE_UNKNOWN || context.sale > SEKISHO_SALE_DCS) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "context: sale " + std::to_string(context.sale) + " is none");
  }
  static constexpr std::string_view kSales[] = {"", "fms", "dcs"};
  out.sale = kSales[context.sale];
  out.judge_treaties = treaties != "none";
  if (const int32_t s = ReadTreaties(scanner, out.judge_treaties ? treaties : std::string_view(), error);
      s != SEKISHO_OK)
    return s;
  out.treaties = scanner.treaties;
  const std::vector<std::string_view> countries = Parts(via);
  scanner.via.assign(countries.size(), "");
  for (size_t i = 0; i < countries.size(); ++i) {
    if (const int32_t s = ReadCountry(scanner.via[i], countries[i], "via", error); s != SEKISHO_OK) return s;
  }
  std::erase(scanner.via, "");
  scanner.via_views.assign(scanner.via.begin(), scanner.via.end());
  out.via = scanner.via_views;
  return SEKISHO_OK;
}

int32_t ReadContext(sekisho_scanner& scanner, sekisho::Context& out, const sekisho_context* in, sekisho_error* error) {
  if (in == nullptr) return SEKISHO_OK;
  sekisho_context context;
  if (const int32_t s = ReadStruct(context, in, offsetof(sekisho_context, treaties)); s != SEKISHO_OK) {
    return Fail(error, s, "context: struct_size too small, or a field of a later version is set");
  }
  std::string_view as_of, origin, destination;
  if (!ReadText(as_of, context.as_of, context.as_of_size) || !ReadText(origin, context.origin, context.origin_size) ||
      !ReadText(destination, context.destination, context.destination_size)) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "context: a text is NULL but its size is not 0");
  }
  if (const int32_t s = ReadDate(out.as_of, as_of, *scanner.taxonomy->pack, error); s != SEKISHO_OK) return s;
  if (const int32_t s = ReadCountry(scanner.origin, origin, "origin", error); s != SEKISHO_OK) return s;
  if (const int32_t s = ReadCountry(scanner.destination, destination, "destination", error); s != SEKISHO_OK) return s;
  out.origin = scanner.origin;
  out.destination = scanner.destination;
  out.classified = context.classified != 0;
  return ReadTransaction(scanner, out, context, error);
}

// Takes the scanner for one call; owns() is false when another thread has it.
class Turn {
 public:
  explicit Turn(std::atomic<bool>& busy) : busy_(busy), owns_(!busy.exchange(true, std::memory_order_acquire)) {}
  ~Turn() {
    if (owns_) busy_.store(false, std::memory_order_release);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool owns() const { return owns_; }

 private:
  std::atomic<bool>& busy_;
  const bool owns_;
};

}  // namespace

extern "C" {

int32_t sekisho_scanner_create(sekisho_scanner** out, sekisho_taxonomy* taxonomy,
                               const sekisho_scanner_options* options, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (taxonomy == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "taxonomy is NULL");
  return Guard(error, [&]() -> int32_t {
    sekisho_scanner_options given = SEKISHO_SCANNER_OPTIONS_INIT;
    if (options != nullptr) {
      if (const int32_t s = ReadStruct(given, options); s != SEKISHO_OK) {
        return Fail(error, s, "options: struct_size too small, or a field of a later version is set");
      }
    }
    std::string_view lists;
    if (!ReadText(lists, given.lists, given.lists_size)) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "options: lists is NULL but its size is not 0");
    }
    sekisho::Options read;
    read.max_input_bytes = given.max_input_bytes == 0 ? kDefaultMaxInput : given.max_input_bytes;
    if (const int32_t s = FindLists(read.lists, *taxonomy->pack, lists, error); s != SEKISHO_OK) return s;
    *out = new sekisho_scanner(taxonomy, std::move(read));
    return SEKISHO_OK;
  });
}

void sekisho_scanner_free(sekisho_scanner* scanner) {
  if (scanner == nullptr) return;
  sekisho_taxonomy* taxonomy = scanner->taxonomy;
  delete scanner;
  sekisho_taxonomy_release(taxonomy);
}

int32_t sekisho_scanner_classify(const sekisho_result** out, sekisho_scanner* scanner, const sekisho_item* item,
                                 const sekisho_context* context, sekisho_error* error) {
  if (out == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "out is NULL");
  *out = nullptr;
  if (scanner == nullptr) return Fail(error, SEKISHO_E_INVALID_ARGUMENT, "scanner is NULL");
  const Turn turn(scanner->busy);
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
