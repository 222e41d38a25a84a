// The tests of entries and treaty rows, beside their rules or in files of their own: read here, run by the workshop.
#include <array>
#include <utility>

#include "engine/compile/lists.h"
#include "engine/compile/numbers.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

constexpr std::array<std::string_view, 6> kExpectations = {"match", "possible", "catch_all", "excluded", "flag", "no"};
constexpr std::array<std::string_view, 3> kRowExpectations = {"excluded", "undetermined", "not_excluded"};
constexpr std::array<std::string_view, 4> kItemKinds = {"goods", "technology", "software", "service"};

void Attributes(Build& b, const Node& node, TestCase& test) {
  const Node* attributes = node.Find("attributes");
  if (attributes == nullptr || !Expect(b, *attributes, Node::Type::kObject, "\"attributes\"")) return;
  for (const Member& member : attributes->members) {
    if (b.measures.Find(member.key) == pack::kNone) {
      b.report.Add("E0507", member.place, Cat("unknown measure \"", member.key, "\""),
                   DidYouMean(member.key, b.measures.all()));
    } else if (Expect(b, member.value, Node::Type::kString, "a quantity")) {
      test.attributes.emplace_back(member.key, member.value.text);
    }
  }
}

bool Fields(Build& b, const Node& node, TestCase& test) {
  if (node.is_string()) return test.description = node.text, true;
  if (!Expect(b, node, Node::Type::kObject, "a test that is no text")) return false;
  CheckFields(b, node, {"description", "part_number", "kind", "attributes", "as_of", "classified"});
  test.classified = BoolField(b, node, "classified");
  const std::pair<std::string_view, std::string*> texts[] = {{"description", &test.description},
                                                             {"part_number", &test.part_number},
                                                             {"kind", &test.kind},
                                                             {"as_of", &test.as_of}};
  for (const auto& [key, value] : texts) {
    if (const Node* text = StringField(b, node, key)) *value = text->text;
  }
  size_t ignored = 0;
  if (const Node* kind = node.Find("kind");
      kind != nullptr && kind->is_string() && !OneOf(b, *kind, kItemKinds, "kind", ignored))
    return false;
  if (const Node* date = node.Find("as_of"); date != nullptr && date->is_string() && !ParseDate(date->text)) {
    b.report.Add("E0109", date->place, Cat("\"", date->text, "\" is not a date"), "YYYY-MM-DD");
    return false;
  }
  Attributes(b, node, test);
  return true;
}

// Expectation -> lines, each test begun as `first`; the one expectation that counts as a near miss.
TestKinds ReadAll(Build& b, const Node* tests, std::span<const std::string_view> expectations, const TestCase& first,
                  std::string_view near_miss) {
  TestKinds kinds;
  if (tests == nullptr || !Expect(b, *tests, Node::Type::kObject, "\"tests\"")) return kinds;
  for (const Member& member : tests->members) {
    size_t index = 0;
    Node key;
    key.place = member.place, key.text = member.key;
    if (!OneOf(b, key, expectations, "expectation", index)) continue;
    const std::vector<Node> one = member.value.is_array() ? std::vector<Node>{} : std::vector<Node>{member.value};
    for (const Node& node : member.value.is_array() ? member.value.items : one) {
      TestCase test = first;
      test.expectation = member.key;
      if (!Fields(b, node, test)) continue;
      const LineColumn at = node.place.source->Locate(node.place.offset);
      test.file = node.place.source->file(), test.line = at.line, test.column = at.column;
      b.tests.push_back(std::move(test));
      (member.key == near_miss ? kinds.negative : kinds.positive) = true;
    }
  }
  return kinds;
}

}  // namespace

TestKinds ReadTests(Build& b, const Node& entry, const std::string& list, const std::string& designator) {
  TestCase first;
  first.list = list, first.entry = designator;
  return ReadAll(b, entry.Find("tests"), kExpectations, first, "no");
}

void ReadMoreTests(Build& b, const Node& tests, const std::string& list, const std::string& designator) {
  TestCase first;
  first.list = list, first.entry = designator;
  ReadAll(b, &tests, kExpectations, first, "no");
}

TestKinds ReadRowTests(Build& b, const Node& row, const std::string& list, const std::string& id) {
  TestCase first;
  first.list = list, first.row = id;
  return ReadAll(b, row.Find("tests"), kRowExpectations, first, "not_excluded");
}

}  // namespace sekisho::compile
