#include <re2/set.h>

#include "bench/peers/engine.h"

namespace sekisho::peers {
namespace {

class Re2Set : public Engine {
 public:
  std::string name() const override { return "re2::set"; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    re2::RE2::Options options;
    options.set_max_mem(int64_t{2} << 30);
    options.set_log_errors(false);
    set_ = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
    for (const Rule& rule : rules) {
      if (set_->Add(rule.regex, &why) < 0) return false;
    }
    return set_->Compile();
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    found_.clear();
    set_->Match(re2::StringPiece(text.data(), text.size()), &found_);
    out.assign(found_.begin(), found_.end());
  }

 private:
  std::unique_ptr<re2::RE2::Set> set_;
  std::vector<int> found_;
};

}  // namespace

std::unique_ptr<Engine> Re2SetEngine() { return std::make_unique<Re2Set>(); }

}  // namespace sekisho::peers
