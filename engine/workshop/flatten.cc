#include "engine/workshop/flatten.h"

#include <algorithm>

#include "engine/compile/strings.h"
#include "engine/workshop/render.h"

namespace sekisho::workshop {
namespace {

using compile::Cat;

class Flattener {
 public:
  explicit Flattener(const pack::Pack& pack) : pack_(pack) {}

  Lines Run() {
    Lists();
    Concepts();
    Grammar();
    Treaties();
    return std::move(out_);
  }

 private:
  std::string Str(pack::Text t) const { return std::string(pack_.text(t)); }
  void Put(const char* kind, std::string name, std::string content) {
    out_.emplace(std::make_pair(kind, std::move(name)), std::move(content));
  }
  void PutJson(const char* kind, std::string name, const Json& content) { Put(kind, std::move(name), content.dump()); }
  Json Facts(pack::Range r) const {
    Json out = Json::array();
    for (const uint32_t id : pack_.ids(r)) out.push_back(Str(pack_.facts()[id].id));
    return out;
  }
  Json ConceptIds(pack::Range r) const {
    Json out = Json::array();
    for (const uint32_t id : pack_.ids(r)) out.push_back(Concept(pack_, id));
    return out;
  }
  Json Numbers(pack::Range r) const {
    Json out = Json::array();
    for (const uint32_t n : pack_.ids(r)) out.push_back(n);
    return out;
  }
  std::string Quantity(const pack::Decimal& value, uint32_t unit) const {
    return Cat(DecimalText(value), " ", pack_.text(pack_.units()[unit].id));
  }

  void Lists() {
    for (const pack::List& list : pack_.lists()) {
      Json releases = Json::array();
      for (const uint32_t id : pack_.ids(list.releases)) releases.push_back(RuleJson(pack_, pack_.rules()[id]));
      PutJson("list", Str(list.id),
              Json{{"en", Str(list.title_en)},
                   {"ja", Str(list.title_ja)},
                   {"review", list.review},
                   {"missing", Facts(list.missing)},
                   {"releases", std::move(releases)}});
    }
    for (const pack::Entry& entry : pack_.entries()) {
      Json json = {{"en", Str(entry.title_en)}, {"ja", Str(entry.title_ja)}, {"cite", Str(entry.cite)}};
      if (entry.flags & pack::kEntrySme) json["flags"].push_back("SME");
      if (entry.flags & pack::kEntryMt) json["flags"].push_back("MT");
      if (entry.flags & pack::kEntryHeading) json["heading"] = true;
      if (entry.flags & pack::kEntryReserved) json["reserved"] = true;
      if (entry.undecidable.size > 0) json["undecidable"] = Str(entry.undecidable);
      if (Json dates = Effective(entry.from, entry.to); !dates.is_null()) json["effective"] = std::move(dates);
      PutJson("entry", Cat(ListId(pack_, entry.list), " ", pack_.text(entry.designator)), json);
    }
    for (const pack::Rule& rule : pack_.rules()) {
      if (rule.entry == pack::kNone) continue;
      Put("rule",
          Cat(ListId(pack_, pack_.entries()[rule.entry].list), " ", Designator(pack_, rule.entry), ": ",
              RuleJson(pack_, rule).dump()),
          "");
    }
    for (const pack::Notice& n : pack_.notices())
      PutJson("notice", Cat(pack_.text(n.code), " ", pack_.text(n.prefix)),
              Json{{"en", Str(n.en)}, {"ja", Str(n.ja)}, {"effective", Effective(n.from, n.to)}});
  }

  void Concepts() {
    static constexpr const char* kKinds[] = {"thing", "part", "platform", "substance", "quality", "information"};
    for (uint32_t id = 0; id < pack_.concepts().size(); ++id) {
      const pack::Concept& c = pack_.concepts()[id];
      Json needs = Json::array(), known = Json::object();
      for (const pack::Need& need : pack_.needs().subspan(c.needs.first, c.needs.count)) needs.push_back(Need(need));
      for (const pack::Known& k : pack_.known().subspan(c.known.first, c.known.count))
        known[Str(pack_.measures()[k.measure].id)] = Quantity(k.value, k.unit);
      PutJson("concept", Concept(pack_, id),
              Json{{"en", Str(c.label_en)},
                   {"ja", Str(c.label_ja)},
                   {"kind", kKinds[static_cast<size_t>(c.kind)]},
                   {"broader", ConceptIds(c.parents)},
                   {"has", ConceptIds(c.implied)},
                   {"needs", std::move(needs)},
                   {"measures", std::move(known)},
                   {"fsc", Numbers(c.fsc)}});
    }
    for (const pack::Pattern& p : pack_.patterns()) {
      const bool system = p.kind == pack::PatternKind::kSystem;
      Put("pattern",
          Cat(system ? std::string(pack_.text(pack_.systems()[p.id])) : Concept(pack_, p.id), " ", pack_.text(p.re2)),
          "");
    }
  }

  std::string Need(const pack::Need& need) const {
    switch (need.kind) {
      case pack::NeedKind::kMeasure:
        return Str(pack_.measures()[need.id].id);
      case pack::NeedKind::kDesignator:
        return "designator";
      case pack::NeedKind::kPlatform:
        return "platform";
      case pack::NeedKind::kConcept:
        return Concept(pack_, need.id);
      case pack::NeedKind::kPair:
        return "pair";
      case pack::NeedKind::kTarget:
        return "target";
    }
    return "";
  }

  void Grammar() {
    for (const pack::Fact& f : pack_.facts()) PutJson("fact", Str(f.id), Json{{"en", Str(f.en)}, {"ja", Str(f.ja)}});
    for (const pack::Unit& u : pack_.units())
      PutJson("unit", Str(u.id),
              Json{{"num", u.num}, {"den", u.den}, {"exponent", u.exponent}, {"offset", DecimalText(u.offset)}});
    for (const pack::Measure& m : pack_.measures()) {
      Json implied = Json::array();
      for (const uint32_t unit : pack_.ids(m.implied)) implied.push_back(Str(pack_.units()[unit].id));
      PutJson("measure", Str(m.id),
              Json{{"en", Str(m.label_en)},
                   {"ja", Str(m.label_ja)},
                   {"unit", Str(pack_.units()[m.unit].id)},
                   {"implied", std::move(implied)}});
    }
    for (const pack::Token& t : pack_.tokens()) {
      std::string words;
      for (const uint32_t id : pack_.ids(t.expansion))
        words += Cat(words.empty() ? "" : " ", pack_.text(pack_.tokens()[id].text));
      if (!words.empty()) Put("abbreviation", Str(t.text), words);
    }
    for (const pack::Fold& f : pack_.folds()) Put("fold", Cat(f.from & 0x1FFFFFu), Cat(f.from >> 30, " ", f.to));
  }

  void Treaties() {
    for (const pack::TreatyRow& row : pack_.treaty_rows()) {
      Json rules = Json::array(), except = Json::array(), paragraphs = Json::array();
      for (const uint32_t id : pack_.ids(row.rules)) rules.push_back(RuleJson(pack_, pack_.rules()[id]));
      for (const uint32_t id : pack_.ids(row.except)) except.push_back(RuleJson(pack_, pack_.rules()[id]));
      for (uint32_t i = row.paragraphs.first; i < row.paragraphs.first + row.paragraphs.count; ++i)
        paragraphs.push_back(Str(pack_.paragraphs()[i]));
      PutJson("treaty row", Str(row.id),
              Json{{"en", Str(row.title_en)},
                   {"cite", Str(row.cite)},
                   {"paragraphs", std::move(paragraphs)},
                   {"when", std::move(rules)},
                   {"except", std::move(except)},
                   {"missing", Facts(row.missing)},
                   {"verify", Str(row.verify_en)},
                   {"flags", row.flags},
                   {"kinds", row.kinds},
                   {"effective", Effective(row.from, row.to)}});
    }
    for (const pack::Treaty& treaty : pack_.treaties()) {
      Json cells = Json::object();
      for (const pack::TreatyCell& cell : pack_.treaty_cells().subspan(treaty.cells.first, treaty.cells.count))
        cells[Str(pack_.treaty_rows()[cell.row].id)] = static_cast<uint32_t>(cell.flag);
      PutJson("treaty", Str(treaty.id),
              Json{{"en", Str(treaty.title_en)},
                   {"cite", Str(treaty.cite)},
                   {"cells", std::move(cells)},
                   {"effective", Effective(treaty.from, treaty.to)}});
    }
  }

  const pack::Pack& pack_;
  Lines out_;
};

class Walker {
 public:
  explicit Walker(const pack::Pack& pack) : pack_(pack) {}

  std::vector<Phrase> Run() {
    for (uint32_t token = 0; token < pack_.tokens().size(); ++token) {  // the root's edges are the tokens' own
      if (const uint32_t to = pack_.tokens()[token].root; to != 0) Step(token, to, "");
    }
    std::sort(out_.begin(), out_.end());
    return std::move(out_);
  }

 private:
  std::string Owner(const pack::Term& term) const {
    switch (term.kind) {
      case pack::TermKind::kConcept:
        return Cat(Concept(pack_, term.id), term.flags & pack::kTermWeak ? " (weak)" : "");
      case pack::TermKind::kOff:
        return Cat(Concept(pack_, term.id), " (not)");
      case pack::TermKind::kUnit:
        return Cat("unit ", pack_.text(pack_.units()[term.id].id));
      case pack::TermKind::kMeasure:
        return Cat("measure ", pack_.text(pack_.measures()[term.id].id));
      case pack::TermKind::kWord:
        return Cat("word class ", term.id);
      case pack::TermKind::kComparator:
        return Cat("comparator ", term.id);
    }
    return "";
  }

  void Walk(uint32_t node, const std::string& words) {
    const pack::Range terms = pack_.nodes()[node].terms;
    for (const pack::Term& term : pack_.terms().subspan(terms.first, terms.count)) out_.push_back({Owner(term), words});
    const pack::Range edges = pack_.nodes()[node].edges;
    for (const pack::Edge& edge : pack_.edges().subspan(edges.first, edges.count)) Step(edge.token, edge.to, words);
  }

  void Step(uint32_t token, uint32_t to, const std::string& words) {
    const std::string_view word = pack_.text(pack_.tokens()[token].text);
    const bool cjk = static_cast<unsigned char>(word[0]) >= 0xE3;  // written without spaces
    Walk(to, words.empty() || cjk ? Cat(words, word) : Cat(words, " ", word));
  }

  const pack::Pack& pack_;
  std::vector<Phrase> out_;
};

}  // namespace

Lines Flatten(const pack::Pack& pack) { return Flattener(pack).Run(); }
std::vector<Phrase> Phrases(const pack::Pack& pack) { return Walker(pack).Run(); }

}  // namespace sekisho::workshop
