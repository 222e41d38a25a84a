// The compiler: every diagnostic code (golden folders), and what it makes of sound sources.
#include "engine/compile/compile.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "engine/compile/codes.h"
#include "engine/compile/grammar.h"
#include "engine/compile/numbers.h"
#include "engine/pack/pack.h"

namespace sekisho::compile {
namespace {

namespace fs = std::filesystem;
using pack::kNone;
using pack::TermKind;

fs::path GoldenFolder() {
#ifdef SEKISHO_SOURCE_DIR
  return fs::path(SEKISHO_SOURCE_DIR) / "tests" / "golden";
#else
  return fs::path(__FILE__).parent_path() / "golden";
#endif
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string Lines(const std::vector<Diagnostic>& diagnostics) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += d.ToString() + "\n";
  return out;
}

// A folder of its own with the base taxonomy and, over it, the files of `overlay`.
class TempTaxonomy {
 public:
  explicit TempTaxonomy(const std::string& overlay = "") {
    static int count = 0;
    path_ =
        fs::temp_directory_path() / ("sekisho-compile-" + std::to_string(::getpid()) + "-" + std::to_string(count++));
    fs::remove_all(path_);
    constexpr auto kOver = fs::copy_options::recursive | fs::copy_options::overwrite_existing;
    fs::copy(GoldenFolder() / "base", path_, kOver);
    if (!overlay.empty()) fs::copy(GoldenFolder() / overlay, path_, kOver);
    fs::remove(path_ / "expected.txt");
  }
  ~TempTaxonomy() { fs::remove_all(path_); }
  void Write(const std::string& file, const std::string& text) {
    std::ofstream(path_ / file, std::ios::binary) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::shared_ptr<const pack::Pack> Open(const Compiled& compiled) {
  auto opened = pack::Pack::FromString(compiled.pack);
  EXPECT_TRUE(opened.ok()) << opened.status();
  return opened.ok() ? *opened : nullptr;
}

std::shared_ptr<const pack::Pack> BasePack() {
  static const auto base = Open(CompileFolder(TempTaxonomy().path()));
  return base;
}

// The terms at the end of the path of these words.
std::vector<pack::Term> Terms(const pack::Pack& p, const std::vector<std::string>& words) {
  uint32_t node = 0;
  for (const std::string& word : words) {
    const uint32_t token = p.FindToken(word);
    node = token == kNone ? 0 : p.FindEdge(node, token);
    if (node == 0) return {};
  }
  const pack::Range r = p.nodes()[node].terms;
  const auto terms = p.terms().subspan(r.first, r.count);
  return {terms.begin(), terms.end()};
}

bool Finds(const pack::Pack& p, const std::vector<std::string>& words, TermKind kind, uint32_t id) {
  const auto terms = Terms(p, words);
  return std::any_of(terms.begin(), terms.end(), [&](const pack::Term& t) { return t.kind == kind && t.id == id; });
}

// ---- golden diagnostics ---------------------------------------------------------------------------------------

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, Diagnostics) {
  const fs::path expected = GoldenFolder() / GetParam() / "expected.txt";
  const TempTaxonomy taxonomy(GetParam());
  const Compiled compiled = CompileFolder(taxonomy.path());
  const std::string lines = Lines(compiled.diagnostics);
  if (std::getenv("SEKISHO_UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << lines;
  EXPECT_EQ(lines, ReadFile(expected));
  EXPECT_TRUE(std::any_of(compiled.diagnostics.begin(), compiled.diagnostics.end(),
                          [](const Diagnostic& d) { return d.code == GetParam(); }));
  const bool error = GetParam()[0] == 'E';
  EXPECT_EQ(compiled.pack.empty(), error);
  if (!error) return;
  const Compiled lenient = CompileFolderLenient(taxonomy.path());
  EXPECT_EQ(Lines(lenient.diagnostics), lines);
  ASSERT_FALSE(lenient.pack.empty());
  EXPECT_NE(Open(lenient), nullptr);  // whatever was left out, the rest is sound
}

std::vector<std::string> AllCodes() {
  std::vector<std::string> out;
  out.reserve(std::size(kCodes));
  for (const CodeInfo& info : kCodes) out.emplace_back(info.code);
  return out;
}
INSTANTIATE_TEST_SUITE_P(Codes, Golden, testing::ValuesIn(AllCodes()), [](const auto& info) { return info.param; });

TEST(GoldenFolders, OneForEveryCode) {
  std::set<std::string> folders, codes = {"base"};
  for (const auto& entry : fs::directory_iterator(GoldenFolder())) folders.insert(entry.path().filename().string());
  for (const CodeInfo& info : kCodes) codes.insert(std::string(info.code));
  EXPECT_EQ(folders, codes);
}

TEST(GoldenFolders, EveryCodeIsInTheManual) {
  const std::string manual = ReadFile(GoldenFolder().parent_path().parent_path() / "docs" / "diagnostics.md");
  for (const CodeInfo& info : kCodes)
    EXPECT_NE(manual.find("| " + std::string(info.code) + " |"), std::string::npos) << info.code;
}

TEST(Schema, KnowsEveryClassOfWords) {
  const std::string schema = ReadFile(GoldenFolder() / "../../taxonomy/schema/grammar.schema.json");
  for (const std::string_view name : WordClasses()) {
    EXPECT_NE(schema.find("\"" + std::string(name) + "\""), std::string::npos) << name;
  }
}

TEST(Compile, MissingFolder) {
  const Compiled compiled = CompileFolderLenient("/nonexistent/taxonomy");
  EXPECT_TRUE(compiled.pack.empty());
  EXPECT_EQ(Lines(compiled.diagnostics), "/nonexistent/taxonomy: error E0101: there is no such folder\n");
}

// ---- the pack -------------------------------------------------------------------------------------------------

TEST(Compile, BaseIsSoundAndDeterministic) {
  const TempTaxonomy taxonomy;
  const Compiled one = CompileFolder(taxonomy.path()), two = CompileFolder(TempTaxonomy().path());
  EXPECT_EQ(Lines(one.diagnostics), "");
  ASSERT_FALSE(one.pack.empty());
  EXPECT_EQ(one.pack, two.pack);
  EXPECT_EQ(CompileFolderLenient(taxonomy.path()).pack, one.pack);
  const auto p = Open(one);
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(p->version(), "2026.1");
  EXPECT_EQ(p->default_as_of(), *ParseDate("2026-11-21"));
}

TEST(Compile, TrieFindsEverySpelling) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  const uint32_t machine_gun = p->FindConcept("machine-gun"), gun = p->FindConcept("gun"),
                 sarin = p->FindConcept("sarin");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"machine", "gun"},
                                                                                     {"light", "machine", "gun"},
                                                                                     {"heavy", "machine", "gun"},
                                                                                     {"counter", "battery", "gun"},
                                                                                     {"x", "ray", "machine", "gun"},
                                                                                     {"機", "関", "銃"},
                                                                                     {"m", "2", "browning"},
                                                                                     {"nv", "gun"},
                                                                                     {"night", "vision", "gun"}}) {
    EXPECT_TRUE(Finds(*p, words, TermKind::kConcept, machine_gun)) << words[0];
  }
  EXPECT_FALSE(Finds(*p, {"gun"}, TermKind::kOff, gun));
  EXPECT_TRUE(Finds(*p, {"glue"}, TermKind::kOff, gun));
  EXPECT_TRUE(Finds(*p, {"塗", "装"}, TermKind::kOff, gun));
  EXPECT_TRUE(Finds(*p, {"107", "44", "8"}, TermKind::kConcept, sarin));
  EXPECT_TRUE(Finds(*p, {"for"}, TermKind::kWord, static_cast<uint32_t>(pack::Word::kTargetAfter)));
  EXPECT_TRUE(Finds(*p, {"以", "上"}, TermKind::kComparator,
                    static_cast<uint32_t>(pack::Comparator::kGreaterEqual) | pack::kComparatorAfter));
  EXPECT_TRUE(Finds(*p, {">", "="}, TermKind::kComparator, static_cast<uint32_t>(pack::Comparator::kGreaterEqual)));
  EXPECT_TRUE(Finds(*p, {"\""}, TermKind::kUnit, p->FindUnit("in")));
  EXPECT_TRUE(Finds(*p, {"口", "径"}, TermKind::kMeasure, p->FindMeasure("caliber")));
  EXPECT_TRUE(Terms(*p, {"machine"}).empty());
}

TEST(Compile, TermFlags) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(Terms(*p, {"gun"}).at(0).flags, pack::kTermWeak);
  EXPECT_EQ(Terms(*p, {"machine", "gun"}).at(0).flags, 0);  // needs stand beside no weak list: not this concept
  EXPECT_EQ(Terms(*p, {"m", "2", "browning"}).at(0).flags, pack::kTermTight);
  EXPECT_EQ(Terms(*p, {"107", "44", "8"}).at(0).flags, 0);
}

TEST(Compile, TokensKnowWhatTheyAre) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  const auto flags = [&](std::string_view word) { return p->tokens()[p->FindToken(word)].flags; };
  EXPECT_EQ(flags("gas"), pack::kTokenInvariant);
  EXPECT_EQ(flags("for"), pack::kTokenKnown | pack::kTokenTargetAfter);
  EXPECT_EQ(flags("and"), pack::kTokenKnown | pack::kTokenAnd);
  EXPECT_EQ(flags("machine"), pack::kTokenKnown);
  EXPECT_EQ(flags("assy"), 0u);  // stands for another word and is in no phrase
  const auto expansion = p->ids(p->tokens()[p->FindToken("nv")].expansion);
  ASSERT_EQ(expansion.size(), 2u);
  EXPECT_EQ(p->text(p->tokens()[expansion[0]].text), "night");
  EXPECT_EQ(p->tokens()[p->FindToken("bino")].expansion.count, 1u);  // binos, as the reader looks it up
  std::vector<std::string_view> vocabulary;
  for (const uint32_t token : p->vocabulary()) vocabulary.push_back(p->text(p->tokens()[token].text));
  EXPECT_TRUE(std::is_sorted(vocabulary.begin(), vocabulary.end()));
  EXPECT_TRUE(std::count(vocabulary.begin(), vocabulary.end(), "machine"));
  EXPECT_FALSE(std::count(vocabulary.begin(), vocabulary.end(), "assy"));
}

TEST(Compile, ConceptRecords) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  const uint32_t weapon = p->FindConcept("weapon"), gun = p->FindConcept("gun"),
                 machine_gun = p->FindConcept("machine-gun");
  const auto ancestors = p->ancestors_of(machine_gun);
  ASSERT_EQ(ancestors.size(), 3u);
  EXPECT_EQ(ancestors[0].concept_id, machine_gun);
  EXPECT_EQ(ancestors[1].concept_id, gun);
  EXPECT_EQ(ancestors[2].concept_id, weapon);
  EXPECT_EQ(ancestors[2].distance, 2u);
  const pack::Concept& c = p->concepts()[machine_gun];
  EXPECT_EQ(p->ids(c.implied)[0], p->FindConcept("military"));
  EXPECT_EQ(p->ids(c.fsc)[0], 1005u);
  const pack::Known& known = p->known()[c.known.first];
  EXPECT_EQ(known.measure, p->FindMeasure("caliber"));
  EXPECT_EQ(known.value.mantissa, 127);
  EXPECT_EQ(known.value.exponent, -1);
  const auto needs = p->needs().subspan(p->concepts()[gun].needs.first, p->concepts()[gun].needs.count);
  ASSERT_EQ(needs.size(), 3u);
  EXPECT_EQ(needs[0].kind, pack::NeedKind::kMeasure);
  EXPECT_EQ(needs[1].kind, pack::NeedKind::kConcept);
  EXPECT_EQ(needs[2].id, weapon);
}

TEST(Compile, NearestWayOfTwo) {
  TempTaxonomy taxonomy;
  taxonomy.Write("concepts/diamond.json",
                 R"({ "d": {"label": {"en": "d", "ja": "d"}, "broader": ["machine-gun", "weapon"]} })");
  const auto p = Open(CompileFolder(taxonomy.path()));
  ASSERT_NE(p, nullptr);
  const auto ancestors = p->ancestors_of(p->FindConcept("d"));
  ASSERT_EQ(ancestors.size(), 4u);
  EXPECT_EQ(ancestors[1].concept_id, p->FindConcept("weapon"));  // distance 1, and before machine-gun by id
  EXPECT_EQ(ancestors[1].distance, 1u);
}

TEST(Compile, NeedsWithoutWeakMakeAllPhrasesWeak) {
  TempTaxonomy taxonomy;
  taxonomy.Write("concepts/n.json", R"({ "n": {"label": {"en": "n", "ja": "n"}, "en": ["tank"], "needs": ["military"]},
                                          "f": {"label": {"en": "f", "ja": "f"}, "en": ["vest"], "fsc": ["8470"]} })");
  const auto p = Open(CompileFolder(taxonomy.path()));
  ASSERT_NE(p, nullptr);
  EXPECT_EQ(Terms(*p, {"tank"}).at(0).flags, pack::kTermWeak);
  EXPECT_EQ(Terms(*p, {"vest"}).at(0).flags, 0);
}

TEST(Compile, UnitsAreExact) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  const pack::Unit& inch = p->units()[p->FindUnit("in")];
  EXPECT_EQ(inch.num, 254);
  EXPECT_EQ(inch.den, 1);
  EXPECT_EQ(inch.exponent, -4);
  EXPECT_EQ(inch.dimension, p->units()[p->FindUnit("mm")].dimension);
  const pack::Unit& rpm = p->units()[p->FindUnit("rpm")];
  EXPECT_EQ(rpm.num, 5);  // 1/60 = 5/3 * 10^-2
  EXPECT_EQ(rpm.den, 3);
  EXPECT_EQ(rpm.exponent, -2);
  EXPECT_EQ(p->units()[p->FindUnit("C")].offset.mantissa, 27315);
}

TEST(Compile, RulesAndTheirIndex) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  ASSERT_EQ(p->rules().size(), 3u);
  EXPECT_EQ(p->rules()[0].entry, kNone);  // the release
  EXPECT_EQ(p->ids(p->lists()[0].releases)[0], 0u);
  const pack::Rule& rule = p->rules()[1];
  const auto conditions = p->conditions().subspan(rule.conditions.first, rule.conditions.count);
  ASSERT_EQ(conditions.size(), 4u);
  EXPECT_EQ(conditions[0].roles, pack::kRoleIs);
  EXPECT_EQ(conditions[1].kind, pack::ConditionKind::kMeasure);
  const auto tests = p->measure_tests().subspan(conditions[1].ids.first, conditions[1].ids.count);
  ASSERT_EQ(tests.size(), 2u);
  EXPECT_EQ(tests[0].op, pack::Comparator::kGreater);
  EXPECT_EQ(tests[1].unit, p->FindUnit("in"));
  EXPECT_EQ(conditions[2].group, 1);
  EXPECT_EQ(conditions[2].roles, pack::kRoleAny);
  EXPECT_EQ(conditions[3].group, 2);
  const auto rules_of = [&](std::string_view id) {
    const auto ids = p->ids(p->concepts()[p->FindConcept(id)].rules);
    return std::vector<uint32_t>(ids.begin(), ids.end());
  };
  EXPECT_EQ(rules_of("machine-gun"), std::vector<uint32_t>{1});
  EXPECT_EQ(rules_of("gun"), std::vector<uint32_t>{2});  // "is": "*" is called by its `for`
  EXPECT_EQ(rules_of("weapon"), std::vector<uint32_t>{2});
  EXPECT_EQ(rules_of("sarin"), std::vector<uint32_t>{});
  EXPECT_EQ(p->facts().size(), 2u);  // the measure that is named as missing became one
  EXPECT_EQ(p->text(p->facts()[1].ja), "口径");
}

TEST(Compile, EntriesInTheLawsOrder) {
  const auto p = BasePack();
  ASSERT_NE(p, nullptr);
  ASSERT_EQ(p->entries().size(), 2u);
  const pack::Entry& entry = p->entries()[1];
  EXPECT_EQ(p->text(entry.designator), "I(b)");
  EXPECT_EQ(p->text(entry.cite), "22 CFR 121.1 I(b)");
  EXPECT_EQ(entry.flags, pack::kEntrySme);
  EXPECT_EQ(entry.from, *ParseDate("2016-12-31"));
  EXPECT_EQ(entry.to, pack::kOpenTo);
  EXPECT_EQ(p->entries()[0].flags, pack::kEntryHeading);
  EXPECT_EQ(p->lists()[0].entries.count, 2u);
}

TEST(Compile, TestsComeOutWithTheirPlaces) {
  const Compiled compiled = CompileFolder(TempTaxonomy().path());
  ASSERT_EQ(compiled.tests.size(), 2u);
  EXPECT_EQ(compiled.tests[0].entry, "I(b)");
  EXPECT_EQ(compiled.tests[0].expectation, "match");
  EXPECT_EQ(compiled.tests[0].description, "machine gun, 7.62 mm");
  EXPECT_EQ(compiled.tests[1].expectation, "no");
  EXPECT_EQ(compiled.tests[1].line, 8);
}

}  // namespace
}  // namespace sekisho::compile
