// Hyperscan and Vectorscan have one interface and one library name: each is loaded by its path, so that both can run in
// one process. The declarations are those of hs.h (5.4), as far as they are used.
//
// Its set-up of ten thousand rules takes minutes, so a database is kept, with the seconds that it took; of more rules
// than that it makes several, which are asked one after the other.
#include <dlfcn.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

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
  Hyperscan(std::string name, const std::string& folder)
      : name_(std::move(name)),
        kept_(std::filesystem::path(folder) / "databases"),
        library_(dlopen((std::filesystem::path(folder) / name_ / "libhs.so.5").c_str(), RTLD_NOW | RTLD_LOCAL)) {}
  std::string name() const override {
    return databases_.size() > 1 ? name_ + ", " + std::to_string(databases_.size()) + " pieces" : name_;
  }
  std::optional<double> setup_seconds() const override { return seconds_; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    if (library_ == nullptr) return why = "the library is not there", false;
    const auto alloc = Find<int (*)(const hs_database*, hs_scratch**)>("hs_alloc_scratch");
    scan_ = Find<decltype(scan_)>("hs_scan");
    for (size_t first = 0; first < rules.size(); first += kMostRules) {
      hs_database* const database = Piece(rules, first, std::min(rules.size(), first + kMostRules), why);
      if (database == nullptr || alloc(database, &scratch_) != 0) return false;
      databases_.push_back(database);
    }
    return true;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    for (const hs_database* database : databases_) {
      scan_(
          database, text.data(), static_cast<unsigned>(text.size()), 0, scratch_,
          [](unsigned id, unsigned long long, unsigned long long, unsigned, void* context) {
            static_cast<std::vector<uint32_t>*>(context)->push_back(id);
            return 0;
          },
          &out);
    }
  }

 private:
  static constexpr size_t kMostRules = 10'000;  // of one database

  // The database of rules [first, last): the kept one, or a new one, which is kept.
  hs_database* Piece(const std::vector<Rule>& rules, size_t first, size_t last, std::string& why) {
    std::vector<const char*> expressions;
    std::vector<unsigned> ids, flags(last - first, kSingleMatch);
    std::string all = name_;
    for (size_t i = first; i < last; ++i) {
      ids.push_back(static_cast<unsigned>(i));
      expressions.push_back(rules[i].regex.c_str());
      all += rules[i].regex + '\n';
    }
    const auto file = kept_ / std::to_string(XXH3_64bits(all.data(), all.size()));
    if (hs_database* const kept = Kept(file)) return kept;
    const auto compile = Find<int (*)(const char* const*, const unsigned*, const unsigned*, unsigned, unsigned,
                                      const void*, hs_database**, hs_compile_error**)>("hs_compile_multi");
    hs_database* database = nullptr;
    hs_compile_error* error = nullptr;
    const auto start = std::chrono::steady_clock::now();
    if (compile(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(ids.size()), kModeBlock, nullptr,
                &database, &error) != 0)
      return why = error->message, nullptr;
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    seconds_ += seconds;
    char* bytes = nullptr;
    size_t size = 0;
    if (Find<int (*)(const hs_database*, char**, size_t*)>("hs_serialize_database")(database, &bytes, &size) == 0) {
      std::filesystem::create_directories(kept_);
      std::ofstream out(file, std::ios::binary);
      out.write(reinterpret_cast<const char*>(&seconds), sizeof(seconds)).write(bytes, static_cast<long>(size));
      std::free(bytes);
    }
    return database;
  }

  hs_database* Kept(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    double seconds = 0;
    if (!in.read(reinterpret_cast<char*>(&seconds), sizeof(seconds))) return nullptr;
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    hs_database* database = nullptr;
    if (Find<int (*)(const char*, size_t, hs_database**)>("hs_deserialize_database")(bytes.data(), bytes.size(),
                                                                                     &database) != 0)
      return nullptr;
    seconds_ += seconds;
    return database;
  }

  template <typename Function>
  Function Find(const char* symbol) {
    return reinterpret_cast<Function>(dlsym(library_, symbol));
  }
  std::string name_;
  std::filesystem::path kept_;
  void* library_;
  double seconds_ = 0;
  std::vector<hs_database*> databases_;
  hs_scratch* scratch_ = nullptr;
  int (*scan_)(const hs_database*, const char*, unsigned, unsigned, hs_scratch*, OnMatch, void*) = nullptr;
};

}  // namespace

std::unique_ptr<Engine> HyperscanEngine(const std::string& name, const std::string& folder) {
  return std::make_unique<Hyperscan>(name, folder);
}

}  // namespace sekisho::peers
