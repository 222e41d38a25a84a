// Texts are copied out of the pack and the result, so that the columns outlive both.
#include "capi/arrow_output.h"

#include <algorithm>
#include <string>
#include <utility>

#include "capi/json_writer.h"
#include "capi/result.h"

namespace sekisho::capi {

namespace {

using Builder = ArrowBuilder;

// The types of columns. Words are text that recurs: all but what is quoted or written for one row.
class Types {
 public:
  explicit Types(bool dictionaries) : dictionaries_(dictionaries) {}

  Builder Word(std::string name) const {
    return dictionaries_ ? Builder::Dictionary(std::move(name)) : Builder::Text(std::move(name));
  }
  Builder Notes(const char* name) const {
    std::vector<Builder> m;
    for (const char* member : {"id", "en", "ja"}) m.push_back(Word(member));
    return Builder::List(name, Builder::Struct("item", std::move(m)));
  }
  Builder Evidence() const {
    std::vector<Builder> m;
    for (const char* name : {"field", "role"}) m.push_back(Word(name));
    for (const char* name : {"begin", "end"}) m.push_back(Builder::Int32(name));
    m.push_back(Builder::Text("text"));
    for (const char* name : {"concept", "measure", "system"}) m.push_back(Word(name));
    return Builder::List("evidence", Builder::Struct("item", std::move(m)));
  }
  Builder Candidates() const {
    std::vector<Builder> m;
    for (const char* name : {"list", "entry", "verdict"}) m.push_back(Word(name));
    m.push_back(Builder::Float("score"));
    for (const char* name : {"title_en", "title_ja", "cite", "clause", "note", "rule"}) m.push_back(Word(name));
    m.push_back(Builder::List("flags", Word("item")));
    m.push_back(Notes("missing"));
    m.push_back(Evidence());
    return Builder::List("candidates", Builder::Struct("item", std::move(m)));
  }
  Builder Treaties() const {
    std::vector<Builder> m;
    for (const char* name : {"treaty", "verdict"}) m.push_back(Word(name));
    for (const char* name : {"hypothetical", "uncertain"}) m.push_back(Builder::Bool(name));
    for (const char* name : {"entry", "row"}) m.push_back(Word(name));
    return Builder::List("treaties", Builder::Struct("item", std::move(m)));
  }

 private:
  bool dictionaries_;
};

Builder BatchType(const pack::Pack& p, const std::vector<uint32_t>& lists, uint32_t columns) {
  const Types types((columns & SEKISHO_ARROW_DICTIONARY) != 0);
  std::vector<Builder> m;
  m.push_back(types.Word("verdict"));
  for (const uint32_t list : lists) m.push_back(types.Word(std::string(p.text(p.lists()[list].id))));
  m.push_back(Builder::Text("error", /*nullable=*/true));
  if (columns & SEKISHO_ARROW_CANDIDATES) m.push_back(types.Candidates());
  if (columns & SEKISHO_ARROW_NOTICES) m.push_back(types.Notes("notices"));
  if (columns & SEKISHO_ARROW_TREATIES) m.push_back(types.Treaties());
  if (columns & SEKISHO_ARROW_JSON) m.push_back(Builder::Text("json", /*nullable=*/true));
  return Builder::Struct("", std::move(m));
}

// Values for the members of a struct, in their order.
class Members {
 public:
  explicit Members(Builder& of) : of_(of) {}
  template <typename Value>
  Members& Add(Value value) {
    of_[next_++].Append(value);
    return *this;
  }
  Builder& List() { return of_[next_++]; }

 private:
  Builder& of_;
  size_t next_ = 0;
};

void AppendEvidence(Builder& list, const sekisho_result& result, const decide::Candidate& candidate) {
  const pack::Pack& p = *result.taxonomy->pack;
  for (const decide::Evidence& e : candidate.evidence) {
    const std::string_view concept_id = e.concept_id == pack::kNone ? "" : p.text(p.concepts()[e.concept_id].id);
    const std::string_view measure = e.measure == pack::kNone ? "" : p.text(p.measures()[e.measure].id);
    Members(list.item())
        .Add(decide::FieldName(e.field))
        .Add(decide::RoleName(e.role))
        .Add(static_cast<int32_t>(e.begin))
        .Add(static_cast<int32_t>(e.end))
        .Add(EvidenceText(result, e))
        .Add(concept_id)
        .Add(measure)
        .Add(e.system);
    list.item().End();
  }
  list.End();
}

void AppendFlags(Builder& list, uint32_t flags) {
  if (flags & SEKISHO_FLAG_SME) list.item().Append(std::string_view("SME"));
  if (flags & SEKISHO_FLAG_MT) list.item().Append(std::string_view("MT"));
  list.End();
}

void AppendCandidate(Builder& out, const sekisho_result& result, uint32_t list, const decide::Candidate& candidate) {
  const pack::Pack& p = *result.taxonomy->pack;
  const pack::Entry& entry = p.entries()[candidate.entry];
  const bool ruled = candidate.rule != pack::kNone;
  Members members(out);
  members.Add(p.text(p.lists()[list].id))
      .Add(p.text(entry.designator))
      .Add(decide::VerdictName(candidate.verdict))
      .Add(candidate.score)
      .Add(p.text(entry.title_en))
      .Add(p.text(entry.title_ja))
      .Add(p.text(entry.cite))
      .Add(ruled ? p.text(p.rules()[candidate.rule].clause) : std::string_view())
      .Add(ruled ? p.text(p.rules()[candidate.rule].note) : std::string_view())
      .Add(ruled ? RuleIdOf(result, candidate.rule) : std::string_view());
  AppendFlags(members.List(), FlagsOf(entry));
  Builder& missing = members.List();
  for (size_t i = 0; i < MissingCount(candidate); ++i) {
    const Missing m = MissingAt(result, candidate, i);
    Members(missing.item()).Add(m.id).Add(m.en).Add(m.ja);
    missing.item().End();
  }
  missing.End();
  AppendEvidence(members.List(), result, candidate);
  out.End();
}

void AppendTreaties(Builder& list, const sekisho_result& result) {
  const pack::Pack& p = *result.taxonomy->pack;
  for (const decide::TreatyFinding& found : result.found->treaties) {
    const pack::Treaty& treaty = p.treaties()[found.treaty];
    Members(list.item())
        .Add(p.text(treaty.id))
        .Add(decide::TreatyVerdictName(found.verdict))
        .Add(treaty.hypothetical != 0)
        .Add(found.uncertain)
        .Add(found.entry == pack::kNone ? std::string_view() : p.text(p.entries()[found.entry].designator))
        .Add(found.row == pack::kNone ? std::string_view() : p.text(p.treaty_rows()[found.row].id));
    list.item().End();
  }
  list.End();
}

}  // namespace

VerdictColumns::VerdictColumns(const pack::Pack& pack, std::vector<uint32_t> lists, uint32_t columns)
    : lists_(std::move(lists)), columns_(columns), batch_(BatchType(pack, lists_, columns)) {}

ArrowBuilder* VerdictColumns::Column(uint32_t column) {
  if ((columns_ & column) == 0) return nullptr;
  size_t at = lists_.size() + 2;  // behind verdict, lists, error
  for (uint32_t before = 1; before < column; before <<= 1) at += (columns_ & before) != 0;
  return &batch_[at];
}

void VerdictColumns::Append(const sekisho_result& result) {
  const decide::Result& found = *result.found;
  decide::Verdict strictest = decide::Verdict::kNoMatch;
  for (size_t i = 0; i < lists_.size(); ++i) {  // found.lists are the same, in the same order
    strictest = std::min(strictest, found.lists[i].verdict);
    batch_[i + 1].Append(decide::VerdictName(found.lists[i].verdict));
  }
  batch_[0].Append(decide::VerdictName(strictest));
  batch_[lists_.size() + 1].AppendNull();
  if (ArrowBuilder* out = Column(SEKISHO_ARROW_CANDIDATES)) {
    for (const decide::ListVerdict& list : found.lists) {
      for (const decide::Candidate& c : list.candidates) AppendCandidate(out->item(), result, list.list, c);
    }
    out->End();
  }
  if (ArrowBuilder* out = Column(SEKISHO_ARROW_NOTICES)) {
    for (const decide::Notice& notice : found.notices) {
      Members(out->item()).Add(notice.code).Add(notice.en).Add(notice.ja);
      out->item().End();
    }
    out->End();
  }
  if (ArrowBuilder* out = Column(SEKISHO_ARROW_TREATIES)) AppendTreaties(*out, result);
  if (ArrowBuilder* out = Column(SEKISHO_ARROW_JSON)) {
    WriteJson(result);
    out->Append(std::string_view(result.json));
  }
  batch_.End();
}

void VerdictColumns::AppendError(std::string_view message) {
  for (size_t i = 0; i <= lists_.size(); ++i) batch_[i].Append(decide::VerdictName(decide::Verdict::kUnknown));
  batch_[lists_.size() + 1].Append(std::string_view(Repaired(message)));
  for (const uint32_t column : {SEKISHO_ARROW_CANDIDATES, SEKISHO_ARROW_NOTICES, SEKISHO_ARROW_TREATIES}) {
    if (ArrowBuilder* out = Column(column)) out->End();
  }
  if (ArrowBuilder* out = Column(SEKISHO_ARROW_JSON)) out->AppendNull();
  batch_.End();
}

}  // namespace sekisho::capi
