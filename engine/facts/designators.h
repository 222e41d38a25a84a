// Numbers with a form of their own: the National Stock Number (13 digits; FED-STD on item identification, NATO ACodP-1)
// and the CAS Registry Number (with its check digit). Type designations are data, found by match/.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/facts/facts.h"

namespace sekisho::facts {

// Appends every NSN and every CAS number with a right check digit in the three fields.
void ReadDesignators(std::string_view description, std::string_view part_number, std::string_view nsn,
                     std::vector<Designator>& out);

// The Federal Supply Class of the first NSN among `found`; 0 when there is none.
uint32_t SupplyClass(std::string_view description, std::string_view part_number, std::string_view nsn,
                     const std::vector<Designator>& found);

}  // namespace sekisho::facts
