// The result as JSON, schema 1 (docs: the keys, in this order; those after "evidence" only where they say something).
#include "capi/json_writer.h"
#include "capi/result.h"

namespace sekisho::capi {

namespace {

void WriteFlags(JsonWriter& json, uint32_t flags) {
  json.Key("flags");
  json.BeginArray();
  if (flags & SEKISHO_FLAG_SME) json.String("SME");
  if (flags & SEKISHO_FLAG_MT) json.String("MT");
  json.EndArray();
}

template <typename Of>
void WriteMissingOf(JsonWriter& json, const sekisho_result& result, const Of& of) {
  json.Key("missing");
  json.BeginArray();
  for (size_t i = 0; i < MissingCount(of); ++i) {
    const Missing missing = MissingAt(result, of, i);
    json.BeginObject();
    json.Member("id", missing.id);
    json.Member("en", missing.en);
    json.Member("ja", missing.ja);
    json.EndObject();
  }
  json.EndArray();
}

void WriteEvidence(JsonWriter& json, const sekisho_result& result, const decide::Evidence& evidence) {
  const pack::Pack& p = *result.taxonomy->pack;
  json.BeginObject();
  json.Member("field", decide::FieldName(evidence.field));
  json.Member("begin", evidence.begin);
  json.Member("end", evidence.end);
  json.Member("text", EvidenceText(result, evidence));
  if (evidence.concept_id != pack::kNone) json.Member("concept", p.text(p.concepts()[evidence.concept_id].id));
  if (evidence.measure != pack::kNone) json.Member("measure", p.text(p.measures()[evidence.measure].id));
  if (!evidence.system.empty()) json.Member("system", evidence.system);
  json.Member("role", decide::RoleName(evidence.role));
  json.EndObject();
}

void WriteCandidate(JsonWriter& json, const sekisho_result& result, const decide::Candidate& candidate) {
  const pack::Pack& p = *result.taxonomy->pack;
  const pack::Entry& entry = p.entries()[candidate.entry];
  json.BeginObject();
  json.Member("entry", p.text(entry.designator));
  json.Member("verdict", decide::VerdictName(candidate.verdict));
  json.Key("score");
  json.Score(candidate.score);
  json.Member("title", p.text(entry.title_en));
  json.Member("cite", p.text(entry.cite));
  WriteFlags(json, FlagsOf(entry));
  WriteMissingOf(json, result, candidate);
  json.Key("evidence");
  json.BeginArray();
  for (const decide::Evidence& evidence : candidate.evidence) WriteEvidence(json, result, evidence);
  json.EndArray();
  const auto optional = [&](const char* name, std::string_view text) {
    if (!text.empty()) json.Member(name, text);
  };
  optional("title_ja", p.text(entry.title_ja));
  if (candidate.rule != pack::kNone) {
    optional("clause", p.text(p.rules()[candidate.rule].clause));
    optional("note", p.text(p.rules()[candidate.rule].note));
  }
  json.EndObject();
}

void WriteLists(JsonWriter& json, const sekisho_result& result) {
  const pack::Pack& p = *result.taxonomy->pack;
  json.Key("lists");
  json.BeginArray();
  for (const decide::ListVerdict& list : result.found->lists) {
    json.BeginObject();
    json.Member("list", p.text(p.lists()[list.list].id));
    json.Member("verdict", decide::VerdictName(list.verdict));
    json.Key("candidates");
    json.BeginArray();
    for (const decide::Candidate& candidate : list.candidates) WriteCandidate(json, result, candidate);
    json.EndArray();
    json.EndObject();
  }
  json.EndArray();
}

void WriteNotices(JsonWriter& json, const decide::Result& found) {
  json.Key("notices");
  json.BeginArray();
  for (const decide::Notice& notice : found.notices) {
    json.BeginObject();
    json.Member("id", notice.code);
    json.Member("en", notice.en);
    json.Member("ja", notice.ja);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

void WriteMissing(JsonWriter& json, const sekisho_result& result, const decide::TreatyFinding& treaty) {
  WriteMissingOf(json, result, treaty);
}

void WriteJson(const sekisho_result& result) {
  result.json.clear();
  JsonWriter json(result.json);
  json.BeginObject();
  json.Member("schema", 1);
  json.Key("id");
  result.id.empty() ? json.Null() : json.String(result.id);
  json.Key("taxonomy");
  json.BeginObject();
  json.Member("version", result.taxonomy->pack->version());
  json.Member("digest", result.taxonomy->digest);
  json.Member("as_of", AsOf(result));
  json.EndObject();
  WriteLists(json, result);
  WriteTreaties(json, result);
  WriteNotices(json, *result.found);
  json.EndObject();
}

}  // namespace sekisho::capi
