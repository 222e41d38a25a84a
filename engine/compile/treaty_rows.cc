// The rows of an exclusion table: which entries each covers, its tests on facts, what the columns say, its tests.
#include <algorithm>
#include <array>

#include "engine/compile/lists.h"
#include "engine/compile/numbers.h"
#include "engine/compile/strings.h"
#include "engine/compile/treaties.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

constexpr std::array<std::string_view, 4> kFlags = {"", "X", "X?", "?"};            // as pack::ColumnFlag
constexpr std::array<std::string_view, 3> kConfidence = {"high", "medium", "low"};  // as pack::Confidence
constexpr std::array<std::string_view, 4> kItemKinds = {"goods", "technology", "software", "service"};

class RowCompiler {
 public:
  RowCompiler(Build& b, const RowTable& table) : b_(b), table_(table) {}

  bool Run(const Member& member, RowDraft& draft) {
    const Node& node = member.value;
    if (!Expect(b_, node, Node::Type::kObject, Cat("the row \"", member.key, "\""))) return false;
    CheckFields(b_, node, {"paragraphs", "law",    "moved",      "related", "title",      "columns",     "notes",
                           "when",       "except", "follows",    "kinds",   "classified", "mt",          "conditional",
                           "missing",    "verify", "confidence", "basis",   "effective",  "undecidable", "tests"});
    draft.id = member.key, draft.place = member.place;
    pack::TreatyRow row{};
    const auto title = BilingualField(b_, node, "title", member.place);
    if (!title || !Effective(b_, node, row.from, row.to) || !Columns(node, member.place, draft.columns)) return false;
    StringPool& strings = b_.tables.strings;
    row.id = strings.Add(member.key);
    row.title_en = strings.Add(title->en);
    row.title_ja = strings.Add(title->ja);
    row.cite = strings.Add(Citation(node));
    if (!Verify(node, member.place, row) || !Confidence(node, row)) return false;
    Place(node, row);
    if (BoolField(b_, node, "classified")) row.flags |= pack::kRowClassified;
    if (BoolField(b_, node, "mt")) row.flags |= pack::kRowMt;
    if (BoolField(b_, node, "follows")) row.flags |= pack::kRowFollows;
    if (StringField(b_, node, "undecidable") != nullptr) row.flags |= pack::kRowByPerson;
    if (!Kinds(node, row) || !Rules(node, "when", row.rules) || !Rules(node, "except", row.except) || !Notes(node, row))
      return false;
    row.missing = b_.tables.AddIds(MissingFacts(b_, node.Find("missing")));
    draft.row = static_cast<uint32_t>(b_.tables.treaty_rows.size());
    b_.tables.treaty_rows.push_back(row);
    const TestKinds tests = ReadRowTests(b_, node, table_.list, member.key);
    if ((row.flags & pack::kRowByPerson) == 0 && !(tests.positive && tests.negative)) {
      b_.report.Add("W0601", member.place,
                    Cat("the row \"", member.key, "\" lacks a line that it shuts out, or a neighbour that it does not"),
                    "\"tests\", or \"undecidable\": \"why\"");
    }
    return true;
  }

 private:
  bool Columns(const Node& node, compile::Place owner, std::vector<pack::ColumnFlag>& out) {
    out.assign(table_.columns.size(), pack::ColumnFlag::kBlank);
    const Node* columns = node.Find("columns");
    if (columns == nullptr && table_.columns.size() == 1) return out[0] = pack::ColumnFlag::kExcluded, true;
    if (columns == nullptr) return b_.report.Add("E0108", owner, "\"columns\" is missing"), false;
    if (!Expect(b_, *columns, Node::Type::kObject, "\"columns\"")) return false;
    for (const Member& column : columns->members) {
      const auto found = std::find(table_.columns.begin(), table_.columns.end(), column.key);
      if (found == table_.columns.end()) {
        b_.report.Add("E0602", column.place, Cat("the table has no column \"", column.key, "\""),
                      Join(table_.columns, ", "));
        return false;
      }
      size_t flag = 0;
      if (!OneOf(b_, column.value, kFlags, "flag", flag)) return false;
      out[static_cast<size_t>(found - table_.columns.begin())] = static_cast<pack::ColumnFlag>(flag);
    }
    return true;
  }

  std::string Citation(const Node& node) const {
    static constexpr std::string_view kSlot = "{paragraphs}";
    std::string covered, notes, out = table_.cite;
    if (const Node* law = StringField(b_, node, "law")) {
      covered = law->text;
    } else if (const Node* p = node.Find("paragraphs")) {
      for (const Node& item : p->items) covered += Cat(covered.empty() ? "" : ", ", item.text);
    }
    if (const size_t at = out.find(kSlot); at != out.npos)
      out.replace(at, kSlot.size(), covered.empty() ? "I-XXI" : covered);
    if (const Node* n = node.Find("notes"); n != nullptr) {
      for (const Node& item : n->items) notes += Cat(", Note ", item.text);
    }
    return out + notes;
  }

  bool Verify(const Node& node, compile::Place owner, pack::TreatyRow& row) {
    Bilingual verify;
    if (node.Find("verify") != nullptr) {
      const auto found = BilingualField(b_, node, "verify", owner);
      if (!found) return false;
      verify = *found;
    }
    row.verify_en = b_.tables.strings.Add(verify.en);
    row.verify_ja = b_.tables.strings.Add(verify.ja);
    return true;
  }

  bool Confidence(const Node& node, pack::TreatyRow& row) {
    size_t index = 0;
    const Node* confidence = StringField(b_, node, "confidence");
    if (confidence != nullptr && !OneOf(b_, *confidence, kConfidence, "confidence", index)) return false;
    row.confidence = static_cast<pack::Confidence>(index);
    StringField(b_, node, "basis");
    return true;
  }

  void Place(const Node& node, pack::TreatyRow& row) {
    row.paragraphs = Paragraphs(b_, node.Find("paragraphs"), table_.list);
    row.moved = Paragraphs(b_, node.Find("moved"), table_.list);
    row.related = Paragraphs(b_, node.Find("related"), table_.list);
    row.conditional = Paragraphs(b_, node.Find("conditional"), table_.list);
  }

  bool Kinds(const Node& node, pack::TreatyRow& row) {
    for (const Node* kind : StringList(b_, node.Find("kinds"), "kinds")) {
      size_t index = 0;
      if (!OneOf(b_, *kind, kItemKinds, "kind", index)) return false;
      row.kinds |= 1u << index;
    }
    return true;
  }

  bool Rules(const Node& node, std::string_view key, pack::Range& out) {
    const Node* when = node.Find(key);
    if (when == nullptr) return true;
    if (!Expect(b_, *when, Node::Type::kArray, Cat("\"", key, "\""))) return false;
    std::vector<uint32_t> rules;
    for (const Node& item : when->items) {
      const uint32_t rule = CompileRule(b_, item, kNone);
      if (rule == kNone) return false;
      rules.push_back(rule);
    }
    out = b_.tables.AddIds(rules);
    return true;
  }

  bool Notes(const Node& node, pack::TreatyRow& row) {
    std::vector<uint32_t> notes;
    for (const Node* note : StringList(b_, node.Find("notes"), "notes")) {
      const uint32_t id = table_.notes.Find(note->text);
      if (id == kNone) {
        b_.report.Add("E0604", note->place, Cat("the table has no note \"", note->text, "\""),
                      DidYouMean(note->text, table_.notes.all()));
        return false;
      }
      notes.push_back(id);
    }
    row.notes = b_.tables.AddIds(notes);
    return true;
  }

  Build& b_;
  const RowTable& table_;
};

}  // namespace

void CompileRows(Build& b, const Node& rows, const RowTable& table, std::vector<RowDraft>& out) {
  if (!Expect(b, rows, Node::Type::kObject, "\"rows\"")) return;
  for (const Member& member : rows.members) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const RowDraft& d) { return d.id == member.key; });
    if (same != out.end()) {
      b.report.Add("E0603", member.place,
                   Cat("the row \"", member.key, "\" is defined already at ", LineOf(same->place)), "keep one of them");
      continue;
    }
    RowDraft draft;
    if (RowCompiler(b, table).Run(member, draft)) out.push_back(std::move(draft));
  }
}

pack::Range Paragraphs(Build& b, const Node* node, const std::string& list) {
  const auto first = static_cast<uint32_t>(b.tables.paragraphs.size());
  const std::string& pool = b.tables.strings.bytes();
  for (const Node* paragraph : StringList(b, node, "paragraphs")) {
    const std::string& p = paragraph->text;
    const bool known = std::any_of(b.tables.entries.begin(), b.tables.entries.end(), [&](const pack::Entry& e) {
      const pack::Text id = b.tables.lists[e.list].id;
      const std::string_view designator(pool.data() + e.designator.offset, e.designator.size);
      return std::string_view(pool.data() + id.offset, id.size) == list && designator.starts_with(p) &&
             (designator.size() == p.size() || designator[p.size()] == '(');
    });
    if (!known) b.report.Add("W0602", paragraph->place, Cat("the list \"", list, "\" has no entry under \"", p, "\""));
    b.tables.paragraphs.push_back(b.tables.strings.Add(p));
  }
  return {first, static_cast<uint32_t>(b.tables.paragraphs.size()) - first};
}

}  // namespace sekisho::compile
