// sekisho_item, read and checked.
#include "capi/item.h"

#include <string>
#include <string_view>
#include <vector>

#include "capi/boundary.h"
#include "capi/result.h"

namespace sekisho::capi {

namespace {

std::string AttributePlace(size_t index, std::string_view name) {
  return "attribute " + std::to_string(index + 1) + (name.empty() ? "" : " (\"" + std::string(name) + "\")") + ": ";
}

int32_t ReadAttributes(std::vector<Attribute>& out, const sekisho_item& item, const pack::Pack& p,
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
    Attribute read;
    if (given.struct_size != item.attributes->struct_size || !ReadText(read.name, given.name, given.name_size) ||
        !ReadText(read.quantity, given.quantity, given.quantity_size)) {
      return Fail(error, SEKISHO_E_INVALID_ARGUMENT, AttributePlace(i, {}) + "a NULL text, or structs of two sizes");
    }
    if (given.reserved != 0) return Fail(error, SEKISHO_E_UNSUPPORTED, AttributePlace(i, {}) + "reserved is not 0");
    if (const int32_t s = CheckAttribute(read, i, p, error); s != SEKISHO_OK) return s;
    out.push_back(read);
  }
  return SEKISHO_OK;
}

}  // namespace

int32_t CheckAttribute(const Attribute& attribute, size_t index, const pack::Pack& p, sekisho_error* error) {
  if (p.FindMeasure(attribute.name) == pack::kNone) {
    return Fail(error, SEKISHO_E_BAD_ATTRIBUTE,
                AttributePlace(index, attribute.name) +
                    "no such measure (hint: names are those of the taxonomy, as in range, caliber, frequency)");
  }
  if (attribute.quantity.empty()) {
    return Fail(error, SEKISHO_E_BAD_ATTRIBUTE,
                AttributePlace(index, attribute.name) + "no quantity (hint: number and unit, as in 310 km)");
  }
  return SEKISHO_OK;
}

int32_t ReadItem(sekisho_result& result, Item& out, const sekisho_item* in, const pack::Pack& p, sekisho_error* error) {
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
  KeepItem(result, id, out);
  return SEKISHO_OK;
}

}  // namespace sekisho::capi
