// Hyperscan and Vectorscan have one interface and one library name: each is loaded by its path, so that both can run in
// one process. The declarations are those of hs.h (5.4), as far as they are used.
#include <dlfcn.h>

#include "bench/peers/engine.h"

namespace sekisho::peers {
namespace {

struct hs_database;
struct hs_scratch;
struct hs_compile_error {
  char* message;
  int expression;
};
using OnMatch = int (*)(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void* context);
constexpr unsigned kSingleMatch = 8, kModeBlock = 1;

class Hyperscan : public Engine {
 public:
  Hyperscan(std::string name, const std::string& path)
      : name_(std::move(name)), library_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {}
  std::string name() const override { return name_; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    if (library_ == nullptr) return why = "the library is not there", false;
    const auto compile = Find<int (*)(const char* const*, const unsigned*, const unsigned*, unsigned, unsigned,
                                      const void*, hs_database**, hs_compile_error**)>("hs_compile_multi");
    const auto alloc = Find<int (*)(const hs_database*, hs_scratch**)>("hs_alloc_scratch");
    scan_ = Find<decltype(scan_)>("hs_scan");
    std::vector<const char*> expressions;
    std::vector<unsigned> ids, flags(rules.size(), kSingleMatch);
    for (const Rule& rule : rules) {
      ids.push_back(static_cast<unsigned>(expressions.size()));
      expressions.push_back(rule.regex.c_str());
    }
    hs_compile_error* error = nullptr;
    if (compile(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(ids.size()), kModeBlock, nullptr,
                &database_, &error) != 0)
      return why = error->message, false;
    return alloc(database_, &scratch_) == 0;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    scan_(
        database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_,
        [](unsigned id, unsigned long long, unsigned long long, unsigned, void* context) {
          static_cast<std::vector<uint32_t>*>(context)->push_back(id);
          return 0;
        },
        &out);
  }

 private:
  template <typename Function>
  Function Find(const char* symbol) {
    return reinterpret_cast<Function>(dlsym(library_, symbol));
  }
  std::string name_;
  void* library_;
  hs_database* database_ = nullptr;
  hs_scratch* scratch_ = nullptr;
  int (*scan_)(const hs_database*, const char*, unsigned, unsigned, hs_scratch*, OnMatch, void*) = nullptr;
};

}  // namespace

std::unique_ptr<Engine> HyperscanEngine(const std::string& name, const std::string& path) {
  return std::make_unique<Hyperscan>(name, path);
}

}  // namespace sekisho::peers
