#include <yara.h>

#include <cstdio>
#include <cstdlib>

#include "bench/peers/engine.h"

namespace sekisho::peers {
namespace {

// YARA knows no (?:, and takes other bytes than ASCII as escapes.
std::string ToYara(const std::string& regex) {
  std::string out;
  for (size_t i = 0; i < regex.size(); ++i) {
    const auto c = static_cast<unsigned char>(regex[i]);
    if (regex.compare(i, 3, "(?:") == 0) {
      out += '(';
      i += 2;
    } else if (c >= 0x80) {
      char escape[5];
      std::snprintf(escape, sizeof(escape), "\\x%02x", c);
      out += escape;
    } else {
      out += c == '/' ? "\\/" : std::string(1, static_cast<char>(c));
    }
  }
  return out;
}

class Yara : public Engine {
 public:
  Yara() { yr_initialize(); }
  ~Yara() override {
    if (rules_ != nullptr) yr_rules_destroy(rules_);
    yr_finalize();
  }
  std::string name() const override { return "yara"; }

  bool Compile(const std::vector<Rule>& rules, std::string& why) override {
    YR_COMPILER* compiler = nullptr;
    if (yr_compiler_create(&compiler) != ERROR_SUCCESS) return why = "no compiler", false;
    std::string source;
    for (size_t i = 0; i < rules.size(); ++i)
      source += "rule r" + std::to_string(i) + " { strings: $a = /" + ToYara(rules[i].regex) + "/ condition: $a }\n";
    const int errors = yr_compiler_add_string(compiler, source.c_str(), nullptr);
    if (errors == 0) yr_compiler_get_rules(compiler, &rules_);
    if (errors != 0) why = std::to_string(errors) + " errors";
    yr_compiler_destroy(compiler);
    return rules_ != nullptr && yr_scanner_create(rules_, &scanner_) == ERROR_SUCCESS;
  }

  void Match(std::string_view text, std::vector<uint32_t>& out) override {
    out.clear();
    yr_scanner_set_flags(scanner_, SCAN_FLAGS_REPORT_RULES_MATCHING | SCAN_FLAGS_FAST_MODE);
    yr_scanner_set_callback(
        scanner_,
        [](YR_SCAN_CONTEXT*, int message, void* data, void* context) {
          if (message == CALLBACK_MSG_RULE_MATCHING)
            static_cast<std::vector<uint32_t>*>(context)->push_back(
                static_cast<uint32_t>(std::atoi(static_cast<YR_RULE*>(data)->identifier + 1)));
          return CALLBACK_CONTINUE;
        },
        &out);
    yr_scanner_scan_mem(scanner_, reinterpret_cast<const uint8_t*>(text.data()), text.size());
  }

 private:
  YR_RULES* rules_ = nullptr;
  YR_SCANNER* scanner_ = nullptr;
};

}  // namespace

std::unique_ptr<Engine> YaraEngine() { return std::make_unique<Yara>(); }

}  // namespace sekisho::peers
