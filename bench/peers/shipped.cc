#include "bench/peers/shipped.h"

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "engine/compile/compile.h"
#include "engine/compile/phrases.h"
#include "engine/match/matcher.h"
#include "engine/scanner.h"
#include "engine/text/canonical.h"
#include "engine/text/tokens.h"
#include "engine/text/utf8.h"

namespace sekisho::peers {
namespace {

constexpr size_t kMostTexts = 20'000;

[[noreturn]] void Fail(const std::string& why) {
  std::cerr << "sekisho_peers: " << why << "\n";
  std::exit(1);
}

std::string Canonical(std::string_view text, const text::Folds& folds) {
  text::Canonical out;
  return text::Canonicalize(text, folds, out).ok() ? out.text : std::string();
}

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return text::IsAsciiLetter(byte) || text::IsAsciiDigit(byte);
}

// One plain phrase: its tokens with an optional gap between those that are words, at words' ends, and a plural where
// the reader knows one: rs is none of r (text::Singular).
std::string PlainRegex(std::string_view plain, const text::Folds& folds) {
  const std::string canonical = Canonical(plain, folds);
  std::vector<text::RawToken> tokens;
  text::Tokenize(canonical, tokens);
  std::string out;
  for (const text::RawToken& t : tokens) {
    const std::string word = canonical.substr(t.begin, t.end - t.begin);
    if (!out.empty() && (IsWordByte(out.back()) || IsWordByte(word[0]))) out += "[-/. ]?";
    if (out.empty() && IsWordByte(word[0])) out += "\\b";
    for (const char c : word) {
      if (static_cast<unsigned char>(c) < 0x80 && !IsWordByte(c)) out += '\\';
      out += c;
    }
  }
  constexpr size_t kMinSingular = 3;
  const bool plural = !tokens.empty() && tokens.back().script == text::Script::kLatin &&
                      tokens.back().end - tokens.back().begin >= kMinSingular;
  if (!out.empty() && IsWordByte(out.back())) out += plural ? "s?\\b" : "\\b";
  return out;
}

// A phrase's plain ones as alternatives; of a phrase with very many, several rules (Hyperscan has a limit).
void AddPhrase(const compile::WrittenPhrase& phrase, const text::Folds& folds, std::vector<Rule>& rules) {
  constexpr size_t kLongest = 1500;
  compile::Fault fault;
  std::string regex;
  const auto flush = [&] {
    if (!regex.empty()) rules.push_back({regex, "", "", phrase.concept_id});
    regex.clear();
  };
  for (const std::string& plain : compile::ExpandPhrase(phrase.text, fault)) {
    const std::string one = PlainRegex(plain, folds);
    if (regex.size() + one.size() > kLongest) flush();
    if (!one.empty()) regex += (regex.empty() ? "" : "|") + one;
  }
  flush();
}

compile::Compiled CompileOrFail(const std::string& taxonomy) {
  compile::Compiled compiled = compile::CompileFolder(taxonomy);
  if (compiled.pack.empty()) Fail("no pack from the taxonomy " + taxonomy);
  return compiled;
}

class Shipped : public Engine {
 public:
  Shipped(const std::string& taxonomy, const Contest& contest, bool whole) : taxonomy_(taxonomy), whole_(whole) {
    for (uint32_t id = 0; id < contest.rules.size(); ++id) {
      const uint32_t group = contest.rules[id].group;
      if (rule_of_.size() <= group) rule_of_.resize(group + 1, pack::kNone);
      rule_of_[group] = id;
    }
  }

  std::string name() const override { return whole_ ? "sekisho, to verdicts" : "sekisho"; }
  bool matches_rules() const override { return !whole_; }

  bool Compile(const std::vector<Rule>&, std::string& why) override {
    auto pack = pack::Pack::FromString(CompileOrFail(taxonomy_).pack);
    if (!pack.ok()) return why = std::string(pack.status().message()), false;
    pack_ = *std::move(pack);
    rule_of_.resize(pack_->concepts().size(), pack::kNone);
    reader_ = std::make_unique<text::Reader>(*pack_);
    matcher_ = std::make_unique<match::Matcher>(*pack_);
    scanner_ = std::make_unique<Scanner>(pack_, Options{});
    return true;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    if (whole_) {
      for (const decide::ListVerdict& list :
           scanner_->Classify({text, {}, {}, {}, pack::ItemKind::kGoods, {}}, {}).lists)
        out.push_back(static_cast<uint32_t>(list.candidates.size()));
      return;
    }
    if (!reader_->ReadNamed(text, {}, reading_).ok() || reading_.nameless) return;
    matcher_->MatchNamed(reading_, hits_);
    for (const match::Hit& hit : hits_) {
      if (hit.kind != pack::TermKind::kConcept || hit.system || rule_of_[hit.id] == pack::kNone) continue;
      out.push_back(rule_of_[hit.id]);
    }
  }

 private:
  const std::string taxonomy_;
  const bool whole_;
  std::vector<uint32_t> rule_of_;  // one of each concept; kNone: the peers have none of it
  std::shared_ptr<const pack::Pack> pack_;
  std::unique_ptr<text::Reader> reader_;
  std::unique_ptr<match::Matcher> matcher_;
  std::unique_ptr<Scanner> scanner_;
  text::Reading reading_;
  std::vector<match::Hit> hits_;
};

}  // namespace

Contest ShippedContest(const std::string& taxonomy, const std::string& items, size_t most) {
  const compile::Compiled compiled = CompileOrFail(taxonomy);
  const auto pack = *pack::Pack::FromString(compiled.pack);
  const text::Folds folds(pack->folds());
  Contest c;
  c.label = "shipped taxonomy";
  c.ours_may_find_more = true;
  for (const pack::Concept& concept_record : pack->concepts()) c.names.emplace_back(pack->text(concept_record.id));
  for (const compile::WrittenPhrase& phrase : compiled.map.phrases) {
    if (!phrase.off) AddPhrase(phrase, folds, c.rules);
  }
  for (const pack::Pattern& p : pack->patterns()) {
    if (p.kind == pack::PatternKind::kConcept)
      c.rules.push_back({"\\b(?:" + std::string(pack->text(p.re2)) + ")\\b", "", "", p.id});
  }
  const size_t all = c.rules.size();
  if (most != 0 && all > most) {  // evenly spaced
    for (size_t i = 0; i < most; ++i) std::swap(c.rules[i], c.rules[i * all / most]);
    c.rules.resize(most);
    c.label += ", " + std::to_string(most) + " of " + std::to_string(all) + " patterns for the peers";
  }
  std::ifstream in(items);
  std::string line;
  if (!std::getline(in, line)) Fail("cannot read " + items);
  while (c.texts.size() < kMostTexts && std::getline(in, line)) {
    const size_t tab = line.find('\t');
    if (tab == line.npos) continue;
    c.texts.push_back(Canonical(line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1), folds));
  }
  return c;
}

std::unique_ptr<Engine> ShippedEngine(const std::string& taxonomy, const Contest& contest, bool whole) {
  return std::make_unique<Shipped>(taxonomy, contest, whole);
}

}  // namespace sekisho::peers
