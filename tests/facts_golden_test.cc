// Golden files of parsed facts, tests/facts/*.txt: a real item line, and below it, indented, what the engine reads off
// it. Refresh with SEKISHO_UPDATE_GOLDEN=1 and read the difference.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/facts/designators.h"
#include "engine/facts/quantities.h"
#include "engine/facts/roles.h"

namespace sekisho {
namespace {

class FactReader {
 public:
  explicit FactReader(std::shared_ptr<const pack::Pack> pack)
      : pack_(std::move(pack)),
        units_(*pack_),
        concepts_(*pack_),
        reader_(*pack_),
        matcher_(*pack_),
        segmenter_(*pack_),
        roles_(*pack_, concepts_) {}

  std::string Describe(const std::string& line) {
    facts::Facts f;
    EXPECT_TRUE(reader_.Read(line, {}, reading_).ok()) << line;
    f.complete = matcher_.Match(reading_, hits_);
    facts::ReadQuantities(*pack_, units_, reading_, hits_, f.quantities);
    facts::ReadDesignators(line, {}, {}, f.designators);
    segmenter_.Segment(reading_, hits_, f.quantities, 0, segments_);
    roles_.Read(reading_, segments_, pack::ItemKind::kGoods, false, f);
    constexpr const char* kHeads[] = {"no head", "goods", "neutral", "information"};
    std::string out = f.genre ? "genre" : kHeads[static_cast<size_t>(f.head)];
    out += Concepts(f, pack::kRoleIs, "is") + Concepts(f, pack::kRoleFor, "for") + Concepts(f, pack::kRoleHas, "has");
    for (const facts::Quantity& q : f.quantities) out += "; " + Quantity(q, line);
    for (const facts::Designator& d : f.designators)
      out += "; " + std::string(d.system) + " " + line.substr(d.span.begin, d.span.end - d.span.begin);
    return out;
  }

 private:
  // The names of the concepts whose strongest role (is, for, has) is `role`, sorted.
  std::string Concepts(const facts::Facts& f, uint8_t role, const std::string& name) const {
    std::vector<std::string> names;
    for (const facts::ConceptFact& c : f.concepts) {
      if ((c.roles & role) && !(c.roles & (role - 1)))
        names.emplace_back(pack_->text(pack_->concepts()[c.concept_id].id));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::string out;
    for (const std::string& n : names) out += (out.empty() ? "; " + name + " @" : " @") + n;
    return out;
  }

  std::string Quantity(const facts::Quantity& q, const std::string& line) const {
    std::string out = q.measure == pack::kNone ? "quantity" : std::string(pack_->text(pack_->measures()[q.measure].id));
    if (!q.has_high) out += q.low_open ? " >" : " >=";
    if (!q.has_low) out += q.high_open ? " <" : " <=";
    const std::string written = line.substr(q.span.begin, q.span.end - q.span.begin);
    const bool powers = written.find("万") != std::string::npos || written.find("億") != std::string::npos;
    out += " " + written + " [" + std::string(pack_->text(pack_->units()[q.unit].id)) + "]";
    if (q.low.mantissa < 0 || powers)  // the sign is not of the span, the powers are not to be seen in it
      out += " = " + std::to_string(q.low.mantissa) + "e" + std::to_string(q.low.exponent);
    return out;
  }

  std::shared_ptr<const pack::Pack> pack_;
  facts::KnownUnits units_;
  facts::KnownConcepts concepts_;
  text::Reader reader_;
  match::Matcher matcher_;
  facts::Segmenter segmenter_;
  facts::RoleReader roles_;
  text::Reading reading_;
  std::vector<match::Hit> hits_;
  facts::Segments segments_;
};

// Comments (#), lines, and indented facts below them.
void CheckFile(const std::filesystem::path& path, FactReader& reader, bool update, size_t& cases) {
  std::ifstream in(path);
  std::string line, item, written;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') {
      written += line + "\n";
    } else if (line[0] != ' ') {
      item = line;
      const std::string got = reader.Describe(item);
      ++cases;
      written += item + "\n  " + got + "\n";
      if (!update) {
        ASSERT_TRUE(static_cast<bool>(std::getline(in, line))) << item << ": no facts below it";
        EXPECT_EQ(line, "  " + got) << path.filename() << ": " << item;
      }
    }
  }
  in.close();
  if (update) std::ofstream(path) << written;
}

TEST(FactsGolden, RealLinesReadAsReviewed) {
  auto pack = pack::Pack::Open(SEKISHO_PACK_PATH);
  ASSERT_TRUE(pack.ok()) << pack.status();
  FactReader reader(*pack);
  const bool update = std::getenv("SEKISHO_UPDATE_GOLDEN") != nullptr;
  size_t cases = 0;
  for (const auto& file :
       std::filesystem::directory_iterator(std::filesystem::path(SEKISHO_SOURCE_DIR) / "tests/facts")) {
    if (file.path().extension() == ".txt") CheckFile(file.path(), reader, update, cases);
  }
  EXPECT_GE(cases, 400u);
}

}  // namespace
}  // namespace sekisho
