// Lists and their entries, in the law's order.
#include "engine/compile/lists.h"

#include <algorithm>
#include <array>

#include "absl/container/flat_hash_map.h"
#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

using pack::kNone;

struct ListFile {
  std::string name;
  const Node* root;
};

uint32_t Flags(Build& b, const Node& node) {
  static constexpr std::array<std::string_view, 2> kFlags = {"SME", "MT"};
  uint32_t flags = 0;
  for (const Node* flag : StringList(b, node.Find("flags"), "flags")) {
    size_t index = 0;
    if (OneOf(b, *flag, kFlags, "flag", index)) flags |= index == 0 ? pack::kEntrySme : pack::kEntryMt;
  }
  if (BoolField(b, node, "heading")) flags |= pack::kEntryHeading;
  if (BoolField(b, node, "reserved")) flags |= pack::kEntryReserved;
  if (StringField(b, node, "undecidable") != nullptr) flags |= pack::kEntryUndecidable;
  return flags;
}

class ListCompiler {
 public:
  ListCompiler(Build& b, std::string id)
      : b_(b), id_(std::move(id)), index_(static_cast<uint32_t>(b.tables.lists.size())) {}

  void Run() {
    const std::string folder = Cat("lists/", id_);
    const Node* head = nullptr;
    for (const std::string& file : b_.FilesIn(folder)) {
      const Node* root = b_.Read(file);
      if (root == nullptr || !NamesThisList(*root)) continue;
      files_.push_back({file, root});
      if (file == Cat(folder, "/list.json")) head = root;
    }
    if (head == nullptr)
      return b_.report.AddFile("E0101", Cat(folder, "/list.json"), "the list has no list.json that can be read",
                               "it tells the list's title, regime and citation");
    if (!Head(*head)) return;
    const auto first = static_cast<uint32_t>(b_.tables.entries.size());
    for (const ListFile& file : files_) Entries(file, file.root == head);
    for (const std::string& file : b_.FilesIn(Cat("tests/", id_))) TestsOf(file);
    b_.tables.lists[index_].entries = {first, static_cast<uint32_t>(b_.tables.entries.size()) - first};
  }

 private:
  bool NamesThisList(const Node& root) {
    const Node* name = StringField(b_, root, "list", true);
    if (name == nullptr) return false;
    if (name->text == id_) return true;
    b_.report.Add("E0501", name->place,
                  Cat("the file says \"", name->text, "\" and lies in the folder of \"", id_, "\""),
                  "move the file, or name the folder's list");
    return false;
  }

  bool Head(const Node& root) {
    static constexpr std::array<std::string_view, 2> kRegimes = {"us", "jp"};  // as pack::Regime
    CheckFields(b_, root, {"list", "title", "regime", "review", "cite", "catch_all", "notices", "entries"});
    const auto title = BilingualField(b_, root, "title", root.place);
    const Node* regime = StringField(b_, root, "regime", true);
    const Node* cite = StringField(b_, root, "cite", true);
    if (!title || regime == nullptr || cite == nullptr) return false;
    const auto* found = std::find(kRegimes.begin(), kRegimes.end(), regime->text);
    if (found == kRegimes.end()) {
      b_.report.Add("E0502", regime->place, Cat("unknown regime \"", regime->text, "\""), "us or jp");
      return false;
    }
    cite_ = cite->text;
    pack::List list{};
    list.id = b_.tables.strings.Add(id_);
    list.title_en = b_.tables.strings.Add(title->en);
    list.title_ja = b_.tables.strings.Add(title->ja);
    list.regime = static_cast<pack::Regime>(found - kRegimes.begin());
    if (const Node* review = root.Find("review");
        review != nullptr && Expect(b_, *review, Node::Type::kNumber, "\"review\"")) {
      list.review = static_cast<uint32_t>(std::strtoul(review->text.c_str(), nullptr, 10));
    }
    b_.tables.lists.push_back(list);
    CatchAll(root);
    Notices(root);
    return true;
  }

  // Dated notices on the list's entries: {"code", "entries": prefix, "effective", "en", "ja"}.
  void Notices(const Node& root) {
    const Node* notices = root.Find("notices");
    if (notices == nullptr || !Expect(b_, *notices, Node::Type::kArray, "\"notices\"")) return;
    for (const Node& node : notices->items) {
      if (!Expect(b_, node, Node::Type::kObject, "a notice")) continue;
      CheckFields(b_, node, {"code", "entries", "effective", "en", "ja"});
      pack::Notice notice{};
      notice.list = index_;
      const Node* code = StringField(b_, node, "code", true);
      const Node* prefix = StringField(b_, node, "entries", true);
      const Node* en = StringField(b_, node, "en", true);
      const Node* ja = StringField(b_, node, "ja", true);
      if (!Effective(b_, node, notice.from, notice.to) || code == nullptr || prefix == nullptr || en == nullptr ||
          ja == nullptr)
        continue;
      notice.code = b_.tables.strings.Add(code->text);
      notice.prefix = b_.tables.strings.Add(prefix->text);
      notice.en = b_.tables.strings.Add(en->text);
      notice.ja = b_.tables.strings.Add(ja->text);
      b_.tables.notices.push_back(notice);
    }
  }

  void CatchAll(const Node& root) {
    const Node* node = root.Find("catch_all");
    if (node == nullptr || !Expect(b_, *node, Node::Type::kObject, "\"catch_all\"")) return;
    CheckFields(b_, *node, {"missing", "releases"});
    const std::vector<uint32_t> missing = MissingFacts(b_, node->Find("missing"));
    std::vector<uint32_t> releases;
    const Node* rules = node->Find("releases");
    if (rules != nullptr && Expect(b_, *rules, Node::Type::kArray, "\"releases\"")) {
      for (const Node& rule : rules->items) {
        if (const uint32_t id = CompileRule(b_, rule, kNone); id != kNone) releases.push_back(id);
      }
    }
    b_.tables.lists[index_].missing = b_.tables.AddIds(missing);
    b_.tables.lists[index_].releases = b_.tables.AddIds(releases);
  }

  void Entries(const ListFile& file, bool is_head) {
    if (!is_head) CheckFields(b_, *file.root, {"list", "entries"});
    const Node* entries = file.root->Find("entries");
    if (entries == nullptr) {
      if (!is_head) b_.report.Add("E0108", file.root->place, "\"entries\" is missing");
      return;
    }
    if (!Expect(b_, *entries, Node::Type::kObject, "\"entries\"")) return;
    for (const Member& member : entries->members) OneEntry(member);
  }

  void OneEntry(const Member& member) {
    const Node& node = member.value;
    if (!Expect(b_, node, Node::Type::kObject, Cat("the entry \"", member.key, "\""))) return;
    CheckFields(b_, node,
                {"title", "flags", "effective", "rules", "tests", "heading", "reserved", "undecidable", "cite"});
    const auto [it, fresh] = seen_.try_emplace(member.key, member.place);
    if (!fresh) {
      return b_.report.Add("E0503", member.place,
                           Cat("the entry \"", member.key, "\" is defined already at ", LineOf(it->second)),
                           "keep one of them");
    }
    pack::Entry entry{};
    entry.list = index_;
    entry.flags = Flags(b_, node);
    if (!Effective(b_, node, entry.from, entry.to) || !Texts(member, entry)) return;
    const auto id = static_cast<uint32_t>(b_.tables.entries.size());
    b_.tables.entries.push_back(entry);
    b_.entry_places.push_back(member.place);
    const bool rules = Rules(node, id);
    const TestKinds tests = ReadTests(b_, node, id_, member.key);
    Judge(member, entry.flags, rules, tests);
  }

  bool Texts(const Member& member, pack::Entry& entry) {
    Bilingual title;
    if (!(entry.flags & pack::kEntryReserved) || member.value.Find("title") != nullptr) {
      const auto found = BilingualField(b_, member.value, "title", member.place);
      if (!found) return false;
      title = *found;
    }
    const Node* cite = StringField(b_, member.value, "cite");
    const Node* undecidable = member.value.Find("undecidable");
    StringPool& strings = b_.tables.strings;
    entry.designator = strings.Add(member.key);
    entry.title_en = strings.Add(title.en);
    entry.title_ja = strings.Add(title.ja);
    entry.cite = strings.Add(cite != nullptr ? cite->text : Citation(member.key));
    entry.undecidable = strings.Add(undecidable != nullptr ? undecidable->text : "");
    return true;
  }

  std::string Citation(const std::string& designator) const {
    static constexpr std::string_view kSlot = "{entry}";
    std::string out = cite_;
    if (const size_t at = out.find(kSlot); at != out.npos) out.replace(at, kSlot.size(), designator);
    return out;
  }

  bool Rules(const Node& node, uint32_t entry) {
    const Node* rules = node.Find("rules");
    if (rules == nullptr || !Expect(b_, *rules, Node::Type::kArray, "\"rules\"")) return false;
    for (const Node& rule : rules->items) CompileRule(b_, rule, entry);
    return !rules->items.empty();
  }

  // tests/<list>/*.json: further lines for entries that the list has, {"list", "tests": {designator: tests}}.
  void TestsOf(const std::string& file) {
    const Node* root = b_.Read(file);
    if (root == nullptr || !NamesThisList(*root)) return;
    CheckFields(b_, *root, {"list", "tests"});
    const Node* tests = root->Find("tests");
    if (tests == nullptr) return b_.report.Add("E0108", root->place, "\"tests\" is missing");
    if (!Expect(b_, *tests, Node::Type::kObject, "\"tests\"")) return;
    for (const Member& member : tests->members) {
      if (seen_.contains(member.key)) {
        ReadMoreTests(b_, member.value, id_, member.key);
      } else {
        b_.report.Add("E0515", member.place, Cat("tests of \"", member.key, "\", an entry that the list does not have"),
                      "correct the designator, or take the tests out");
      }
    }
  }

  void Judge(const Member& member, uint32_t flags, bool rules, const TestKinds& tests) {
    if (rules && !(tests.positive && tests.negative)) {
      const std::string_view lacks = tests.positive   ? "a near miss (\"no\")"
                                     : tests.negative ? "a line that it must find"
                                                      : "tests: a line that it must find and a near miss (\"no\")";
      b_.report.Add("W0501", member.place, Cat("the entry \"", member.key, "\" has rules and lacks ", lacks));
    }
    if (!rules && (flags & (pack::kEntryHeading | pack::kEntryReserved | pack::kEntryUndecidable)) == 0) {
      b_.report.Add("W0503", member.place, Cat("the entry \"", member.key, "\" has no rules and does not say why"),
                    R"("heading": true, "reserved": true or "undecidable": "why")");
    }
  }

  Build& b_;
  std::string id_, cite_;
  uint32_t index_;
  std::vector<ListFile> files_;
  absl::flat_hash_map<std::string, Place> seen_;
};

}  // namespace

void CompileLists(Build& b, const std::vector<const Node*>& names) {
  Names known;
  for (const Node* name : names) {
    if (known.Add(name->text, name->place).second) ListCompiler(b, name->text).Run();
  }
  for (const std::string_view kind : {"lists", "tests"}) {
    for (const std::string& folder : b.FoldersIn(std::string(kind))) {
      const std::string id = folder.substr(folder.find('/') + 1);
      if (known.Find(id) == kNone)
        b.report.AddFile("W0502", folder, Cat("the manifest does not name the list \"", id, "\""),
                         "add it to \"lists\" in taxonomy.json");
    }
  }
  for (uint32_t id = 0; id < b.rules_of.size(); ++id) b.tables.concepts[id].rules = b.tables.AddIds(b.rules_of[id]);
}

}  // namespace sekisho::compile
