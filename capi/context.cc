// sekisho_context, read and checked: dates, countries, treaty profiles.
#include "capi/context.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capi/boundary.h"
#include "capi/dates.h"

namespace sekisho::capi {

namespace {

int32_t ReadDate(int32_t& out, std::string_view text, const pack::Pack& p, sekisho_error* error) {
  if (text.empty()) return SEKISHO_OK;
  const std::string quoted = "as_of \"" + std::string(text.substr(0, 40)) + "\": ";
  const std::optional<int32_t> days = ParseDate(text);
  if (!days.has_value()) {
    return Fail(error, SEKISHO_E_BAD_DATE, quoted + "not a date (hint: write it as YYYY-MM-DD, as in 2026-11-21)");
  }
  if (*days > std::max(Today() + 1, p.default_as_of())) {  // + 1: somewhere it is tomorrow
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

constexpr ptrdiff_t kMostCountries = 64;  // of a chain: each step of it may raise notices of some hundred bytes

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
  if (std::count(via.begin(), via.end(), ',') >= kMostCountries) {
    return Fail(error, SEKISHO_E_INVALID_ARGUMENT,
                "via: more than " + std::to_string(kMostCountries) + " countries (hint: the chain of one transfer)");
  }
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

}  // namespace

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

}  // namespace sekisho::capi
