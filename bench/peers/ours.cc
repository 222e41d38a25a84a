// Sekisho's own way of a text: reading (normalising, words, supply names) and matching, as a classification does it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "bench/peers/engine.h"
#include "engine/compile/compile.h"
#include "engine/match/matcher.h"
#include "engine/text/reading.h"

namespace sekisho::peers {
namespace {

class Ours : public Engine {
 public:
  std::string name() const override { return "sekisho"; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    const auto folder = std::filesystem::temp_directory_path() / ("sekisho-peers-" + std::to_string(getpid()));
    WriteTaxonomy(rules, folder);
    const compile::Compiled compiled = compile::CompileFolderLenient(folder);
    std::filesystem::remove_all(folder);
    auto pack = pack::Pack::FromString(compiled.pack);
    if (!pack.ok()) return why = std::string(pack.status().message()), false;
    pack_ = *std::move(pack);
    for (const pack::Concept& c : pack_->concepts())
      rule_.push_back(static_cast<uint32_t>(std::atoi(std::string(pack_->text(c.id)).c_str() + 1)));
    reader_ = std::make_unique<text::Reader>(*pack_);
    matcher_ = std::make_unique<match::Matcher>(*pack_);
    return true;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    if (!reader_->ReadNamed(text, {}, reading_).ok() || reading_.nameless) return;
    matcher_->MatchNamed(reading_, hits_);
    for (const match::Hit& hit : hits_) {
      if (hit.kind == pack::TermKind::kConcept) out.push_back(rule_[hit.id]);
    }
  }

 private:
  std::shared_ptr<const pack::Pack> pack_;
  std::vector<uint32_t> rule_;
  std::unique_ptr<text::Reader> reader_;
  std::unique_ptr<match::Matcher> matcher_;
  text::Reading reading_;
  std::vector<match::Hit> hits_;
};

}  // namespace

std::unique_ptr<Engine> OurEngine() { return std::make_unique<Ours>(); }

}  // namespace sekisho::peers
