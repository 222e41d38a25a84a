// Treaty files: exclusion tables, the profiles that use a column of them, notices on the transaction.
#include "engine/compile/treaties.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "engine/compile/lists.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

struct TableDraft {
  RowTable head;
  std::vector<RowDraft> rows;
};

std::string Filled(std::string text, std::string_view slot, std::string_view value) {
  for (size_t at = text.find(slot); at != text.npos; at = text.find(slot, at + value.size()))
    text.replace(at, slot.size(), value);
  return text;
}

class TreatyCompiler {
 public:
  explicit TreatyCompiler(Build& b) : b_(b) {}

  void Run() {
    std::vector<const Node*> tables, profiles, notices;
    for (const std::string& file : b_.FilesIn("treaties")) {
      const Node* root = b_.Read(file);
      if (root == nullptr) continue;
      if (root->Find("treaty") != nullptr) {
        profiles.push_back(root);
      } else if (root->Find("table") != nullptr) {
        tables.push_back(root);
      } else if (root->Find("notices") != nullptr) {
        notices.push_back(root);
      } else {
        b_.report.Add("E0601", root->place, "the file is neither a table, nor a treaty, nor notices",
                      "\"table\", \"treaty\" or \"notices\"");
      }
    }
    for (const Node* root : tables) TableHead(*root);
    for (const Node* root : tables) TableRows(*root);
    for (const Node* root : profiles) Profile(*root);
    for (const Node* root : notices) Notices(*root);
  }

 private:
  uint32_t FindList(const Node& name) {
    const auto& lists = b_.tables.lists;
    const std::string& pool = b_.tables.strings.bytes();
    for (uint32_t i = 0; i < lists.size(); ++i) {
      if (std::string_view(pool.data() + lists[i].id.offset, lists[i].id.size) == name.text) return i;
    }
    b_.report.Add("E0602", name.place, Cat("unknown list \"", name.text, "\""), "a list that taxonomy.json names");
    return kNone;
  }

  // One file of a table has its head: columns, citation, notes. Others add rows.
  void TableHead(const Node& root) {
    CheckFields(b_, root, {"table", "list", "cite", "columns", "facts", "notes", "rows"});
    const Node* name = StringField(b_, root, "table", true);
    if (name == nullptr || root.Find("columns") == nullptr) return;
    const Node* list = StringField(b_, root, "list", true);
    const Node* cite = StringField(b_, root, "cite", true);
    if (list == nullptr || cite == nullptr || FindList(*list) == kNone) return;
    if (tables_.count(name->text) > 0)
      return b_.report.Add("E0603", name->place, Cat("the table \"", name->text, "\" has its head already"));
    TableDraft& table = tables_[name->text];
    table.head.list = list->text;
    table.head.cite = cite->text;
    for (const Node* column : StringList(b_, root.Find("columns"), "columns"))
      table.head.columns.push_back(column->text);
    DefineFacts(b_, root);
    const Node* notes = root.Find("notes");
    if (notes == nullptr || !Expect(b_, *notes, Node::Type::kObject, "\"notes\"")) return;
    for (const Member& note : notes->members) {
      const auto words = BilingualField(b_, *notes, note.key, note.place);
      if (!words) continue;
      StringPool& strings = b_.tables.strings;
      while (table.head.notes.size() < b_.tables.treaty_notes.size()) {  // ids are those of the pack's notes
        table.head.notes.Add(Cat("#", table.head.notes.size()), note.place);
      }
      table.head.notes.Add(note.key, note.place);
      b_.tables.treaty_notes.push_back({strings.Add(note.key), strings.Add(words->en), strings.Add(words->ja)});
    }
  }

  TableDraft* FindTable(const Node& name) {
    const auto found = tables_.find(name.text);
    if (found != tables_.end()) return &found->second;
    b_.report.Add("E0602", name.place, Cat("there is no table \"", name.text, "\""),
                  "one file of the table gives \"columns\", \"list\" and \"cite\"");
    return nullptr;
  }

  void TableRows(const Node& root) {
    const Node* name = root.Find("table");
    TableDraft* table = name->is_string() ? FindTable(*name) : nullptr;
    if (const Node* rows = root.Find("rows"); rows != nullptr && table != nullptr)
      CompileRows(b_, *rows, table->head, table->rows);
  }

  void Profile(const Node& root) {
    CheckFields(b_, root,
                {"treaty", "title", "cite", "remark", "hypothetical", "table", "column", "without", "rows", "facts",
                 "conditions", "effective"});
    const Node* id = StringField(b_, root, "treaty", true);
    const Node* cite = StringField(b_, root, "cite", true);
    const Node* name = StringField(b_, root, "table", true);
    const auto title = BilingualField(b_, root, "title", root.place);
    pack::Treaty treaty{};
    if (id == nullptr || cite == nullptr || name == nullptr || !title || !Effective(b_, root, treaty.from, treaty.to))
      return;
    if (!treaties_.Add(id->text, id->place).second) {
      return b_.report.Add("E0603", id->place,
                           Cat("the treaty \"", id->text, "\" is defined already at ",
                               LineOf(treaties_.PlaceOf(treaties_.Find(id->text)))));
    }
    TableDraft* table = FindTable(*name);
    if (table == nullptr) return;
    StringPool& strings = b_.tables.strings;
    Bilingual remark;
    if (root.Find("remark") != nullptr) remark = BilingualField(b_, root, "remark", root.place).value_or(Bilingual{});
    treaty.id = strings.Add(id->text), treaty.cite = strings.Add(cite->text);
    treaty.title_en = strings.Add(title->en), treaty.title_ja = strings.Add(title->ja);
    treaty.remark_en = strings.Add(remark.en), treaty.remark_ja = strings.Add(remark.ja);
    treaty.hypothetical = BoolField(b_, root, "hypothetical");
    Node list;
    list.text = table->head.list;
    treaty.list = FindList(list);
    DefineFacts(b_, root);
    if (!Cells(root, *table, treaty)) return;
    Conditions(root, treaty);
    b_.tables.treaties.push_back(treaty);
  }

  // The table's rows that the profile's column names, but for those left out, and the profile's own.
  bool Cells(const Node& root, const TableDraft& table, pack::Treaty& treaty) {
    const Node* column = StringField(b_, root, "column");
    size_t index = 0;
    if (column != nullptr &&
        !OneOf(b_, *column, std::vector<std::string_view>(table.head.columns.begin(), table.head.columns.end()),
               "column", index))
      return false;
    std::vector<std::string> without;
    for (const Node* row : StringList(b_, root.Find("without"), "without")) {
      if (std::none_of(table.rows.begin(), table.rows.end(), [&](const RowDraft& r) { return r.id == row->text; })) {
        b_.report.Add("E0602", row->place, Cat("the table has no row \"", row->text, "\""),
                      "the id of a row of the profile's table");
      }
      without.push_back(row->text);
    }
    treaty.cells.first = static_cast<uint32_t>(b_.tables.treaty_cells.size());
    const auto add = [&](const RowDraft& row, pack::ColumnFlag flag) {
      if (flag != pack::ColumnFlag::kBlank) b_.tables.treaty_cells.push_back({row.row, flag});
    };
    for (const RowDraft& row : table.rows) {
      if (std::find(without.begin(), without.end(), row.id) == without.end()) add(row, row.columns[index]);
    }
    if (const Node* rows = root.Find("rows")) {
      RowTable own = table.head;
      own.columns = {"own"};
      const Node* cite = root.Find("cite");
      own.cite = Cat(cite->text, ", {paragraphs}");
      std::vector<RowDraft> drafts;
      CompileRows(b_, *rows, own, drafts);
      for (const RowDraft& row : drafts) add(row, row.columns[0]);
    }
    treaty.cells.count = static_cast<uint32_t>(b_.tables.treaty_cells.size()) - treaty.cells.first;
    return true;
  }

  void Conditions(const Node& root, pack::Treaty& treaty) {
    treaty.conditions.first = static_cast<uint32_t>(b_.tables.treaty_conditions.size());
    const Node* conditions = root.Find("conditions");
    if (conditions != nullptr && Expect(b_, *conditions, Node::Type::kObject, "\"conditions\"")) {
      for (const Member& member : conditions->members) Condition(member);
    }
    treaty.conditions.count = static_cast<uint32_t>(b_.tables.treaty_conditions.size()) - treaty.conditions.first;
  }

  void Condition(const Member& member) {
    if (!Expect(b_, member.value, Node::Type::kObject, "a condition")) return;
    CheckFields(b_, member.value, {"en", "ja", "cite", "effective"});
    const Node* en = StringField(b_, member.value, "en", true);
    const Node* ja = StringField(b_, member.value, "ja", true);
    const Node* cite = StringField(b_, member.value, "cite");
    pack::TreatyCondition condition{};
    if (en == nullptr || ja == nullptr || !Effective(b_, member.value, condition.from, condition.to)) return;
    StringPool& strings = b_.tables.strings;
    condition.id = strings.Add(member.key), condition.en = strings.Add(en->text), condition.ja = strings.Add(ja->text);
    condition.cite = strings.Add(cite != nullptr ? cite->text : "");
    b_.tables.treaty_conditions.push_back(condition);
  }

  void Notices(const Node& root) {
    CheckFields(b_, root, {"notices"});
    const Node& notices = *root.Find("notices");
    if (!Expect(b_, notices, Node::Type::kArray, "\"notices\"")) return;
    for (const Node& node : notices.items) {
      if (Expect(b_, node, Node::Type::kObject, "a notice")) Notice(node);
    }
  }

  void Notice(const Node& node) {
    CheckFields(b_, node, {"code", "list", "flagged", "countries", "hop", "sale", "en", "ja", "effective"});
    const Node* code = StringField(b_, node, "code", true);
    const Node* list = StringField(b_, node, "list", true);
    const Node* en = StringField(b_, node, "en", true);
    const Node* ja = StringField(b_, node, "ja", true);
    pack::Occasion o{};
    if (code == nullptr || list == nullptr || en == nullptr || ja == nullptr || !Effective(b_, node, o.from, o.to))
      return;
    o.list = FindList(*list);
    if (o.list == kNone) return;
    o.flagged = BoolField(b_, node, "flagged");
    StringPool& strings = b_.tables.strings;
    o.code = strings.Add(code->text), o.en = strings.Add(en->text), o.ja = strings.Add(ja->text);
    const Node* hop = StringField(b_, node, "hop");
    const Node* sale = StringField(b_, node, "sale");
    if (const Node* countries = node.Find("countries")) return Countries(*countries, *en, *ja, o);
    if (hop == nullptr && sale == nullptr)
      return b_.report.Add("E0108", node.place, "\"countries\", \"hop\" or \"sale\" is missing");
    o.kind = hop != nullptr ? pack::OccasionKind::kHop : pack::OccasionKind::kSale;
    o.key = strings.Add((hop != nullptr ? hop : sale)->text);
    b_.tables.occasions.push_back(o);
  }

  // {"CY": {"en": "Cyprus", "ja": "キプロス", "paragraph": "126.1(r)"}}: the words with these in their places.
  void Countries(const Node& countries, const Node& en, const Node& ja, pack::Occasion o) {
    if (!Expect(b_, countries, Node::Type::kObject, "\"countries\"")) return;
    o.kind = pack::OccasionKind::kCountry;
    for (const Member& country : countries.members) {
      if (!Expect(b_, country.value, Node::Type::kObject, "a country")) continue;
      CheckFields(b_, country.value, {"en", "ja", "paragraph"});
      const Node* en_name = StringField(b_, country.value, "en", true);
      const Node* ja_name = StringField(b_, country.value, "ja", true);
      if (en_name == nullptr || ja_name == nullptr) continue;
      const Node* paragraph = StringField(b_, country.value, "paragraph");
      const std::string place = paragraph != nullptr ? paragraph->text : "";
      StringPool& strings = b_.tables.strings;
      o.key = strings.Add(country.key);
      o.en = strings.Add(Filled(Filled(en.text, "{country}", en_name->text), "{paragraph}", place));
      o.ja = strings.Add(Filled(Filled(ja.text, "{country}", ja_name->text), "{paragraph}", place));
      b_.tables.occasions.push_back(o);
    }
  }

  Build& b_;
  std::map<std::string, TableDraft> tables_;
  Names treaties_;
};

}  // namespace

void DefineFacts(Build& b, const Node& root) {
  const Node* facts = root.Find("facts");
  if (facts == nullptr || !Expect(b, *facts, Node::Type::kObject, "\"facts\"")) return;
  for (const Member& member : facts->members) {
    const auto words = BilingualField(b, *facts, member.key, member.place);
    if (!words) continue;
    if (!b.facts.Add(member.key, member.place).second) {
      b.report.Add("E0205", member.place, Cat("the fact \"", member.key, "\" is defined already"),
                   "give it another id");
      continue;
    }
    StringPool& strings = b.tables.strings;
    b.tables.facts.push_back({strings.Add(member.key), strings.Add(words->en), strings.Add(words->ja)});
  }
}

void CompileTreaties(Build& b) { TreatyCompiler(b).Run(); }

}  // namespace sekisho::compile
