// Every diagnostic the compiler can give: its stable code and what it means in general. docs/diagnostics.md and
// tests/golden/ follow this list.
#pragma once

#include <array>
#include <string_view>

namespace sekisho::compile {

struct CodeInfo {
  std::string_view code, meaning;
};

inline constexpr auto kCodes = std::to_array<CodeInfo>({
    {"E0101", "a file or folder cannot be read"},
    {"E0102", "the file is not UTF-8"},
    {"E0103", "JSON syntax"},
    {"E0104", "a key stands twice in one object"},
    {"E0105", "nested too deep"},
    {"E0106", "a value of the wrong type"},
    {"E0107", "an unknown field"},
    {"E0108", "a required field is missing"},
    {"E0109", "not a date"},
    {"E0201", "an unknown grammar file"},
    {"E0202", "an unknown class of words"},
    {"E0203", "an abbreviation that is not one word, or stands for none"},
    {"E0204", "a unit's factor or offset is not an exact number that fits"},
    {"E0205", "one name, two different definitions"},
    {"E0206", "an unknown unit"},
    {"E0207", "a fold is not from one character to one or none"},
    {"E0208", "a dimension without a base unit"},
    {"E0209", "a unit of another dimension"},
    {"E0210", "an unknown comparator, place or language"},
    {"E0301", "phrase syntax"},
    {"E0302", "a phrase stands for too many plain ones"},
    {"E0303", "a phrase without a word"},
    {"E0304", "not a CAS number"},
    {"E0305", "designator syntax"},
    {"E0306", "a designator that could start with any number"},
    {"E0307", "a designator that is too large, or all of them together"},
    {"E0401", "a concept's id is not kebab-case"},
    {"E0402", "a concept defined twice"},
    {"E0403", "an unknown kind of concept"},
    {"E0404", "a reference to an unknown concept"},
    {"E0405", "a circle of broader concepts"},
    {"E0406", "an unknown need"},
    {"E0407", "an unknown measure"},
    {"E0408", "not a quantity"},
    {"E0409", "not a Federal Supply Class"},
    {"E0501", "a file says another list than its folder"},
    {"E0502", "an unknown regime"},
    {"E0503", "an entry defined twice"},
    {"E0504", "a rule names an unknown concept"},
    {"E0505", "a rule that no concept calls"},
    {"E0506", "not a comparison"},
    {"E0507", "a rule names an unknown measure"},
    {"E0508", "a comparison in a unit that is unknown or of another dimension"},
    {"E0509", "an unknown word where only a few are known"},
    {"E0510", "an unknown fact in `missing`"},
    {"E0511", "an empty span of dates"},
    {"E0512", "an exclusion without a note"},
    {"E0513", "`*` where it is not allowed"},
    {"E0514", "an empty condition, or too many of them"},
    {"E0515", "tests of an entry that the list does not have"},
    {"E0601", "a treaty file that is none"},
    {"E0602", "an unknown table, column, row or list in a treaty file"},
    {"E0603", "a table, treaty or row defined twice"},
    {"E0604", "an unknown note of a treaty table"},
    {"W0201", "an offset that had to be rounded"},
    {"W0301", "a phrase that adds nothing to its concept"},
    {"W0401", "weak phrases that nothing supports"},
    {"W0501", "an entry whose rules lack tests"},
    {"W0502", "a list that the manifest does not name"},
    {"W0503", "an entry that says nothing"},
    {"W0601", "a treaty row that lacks tests"},
    {"W0602", "a paragraph under which the list has no entry"},
});

}  // namespace sekisho::compile
