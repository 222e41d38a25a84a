// Rust's RegexSet, by the small library of bench/peers/regex_set, which ./dev builds where cargo is.
#include <dlfcn.h>

#include "bench/peers/engine.h"

namespace sekisho::peers {
namespace {

class RegexSet : public Engine {
 public:
  explicit RegexSet(const std::string& path) : library_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {}
  ~RegexSet() override {
    if (set_ != nullptr) free_(set_);
  }
  std::string name() const override { return "regexset"; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    if (library_ == nullptr) return why = "the library is not there", false;
    const auto make = Find<void* (*)(const char* const*, const size_t*, size_t)>("sekisho_regex_set_new");
    match_ = Find<decltype(match_)>("sekisho_regex_set_match");
    free_ = Find<decltype(free_)>("sekisho_regex_set_free");
    std::vector<const char*> patterns;
    std::vector<size_t> sizes;
    for (const Rule& rule : rules) {
      patterns.push_back(rule.regex.data());
      sizes.push_back(rule.regex.size());
    }
    set_ = make(patterns.data(), sizes.data(), rules.size());
    found_.resize(rules.size());
    if (set_ == nullptr) why = "it would grow beyond two gigabytes";
    return set_ != nullptr;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    const size_t count = match_(set_, text.data(), text.size(), found_.data());
    out.assign(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(count));
  }

 private:
  template <typename Function>
  Function Find(const char* symbol) {
    return reinterpret_cast<Function>(dlsym(library_, symbol));
  }
  void* library_;
  void* set_ = nullptr;
  size_t (*match_)(const void*, const char*, size_t, uint32_t*) = nullptr;
  void (*free_)(void*) = nullptr;
  std::vector<uint32_t> found_;
};

}  // namespace

std::unique_ptr<Engine> RegexSetEngine(const std::string& path) { return std::make_unique<RegexSet>(path); }

}  // namespace sekisho::peers
