// What the worst inputs cost at two sizes, one four times the other, for callgrind to count: every dump is one
// measurement, and a line of the output says of what (kind, name, bytes). tests/speed/growth_test.py reads both.
#include <valgrind/callgrind.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include "engine/compile/designators.h"
#include "engine/compile/report.h"
#include "engine/compile/source.h"
#include "sekisho.h"
#include "tests/reliability/worst_inputs.h"

namespace sekisho {
namespace {

constexpr size_t kSizes[] = {1024, 4096};

void Check(int32_t status) {
  if (status == SEKISHO_OK) return;
  std::fprintf(stderr, "%s\n", sekisho_status_name(status));
  std::exit(1);
}

// Once to warm up, once counted.
void Measure(const char* kind, const char* name, size_t size, const std::function<void()>& work) {
  work();
  CALLGRIND_ZERO_STATS;
  work();
  CALLGRIND_DUMP_STATS;
  std::printf("%s\t%s\t%zu\n", kind, name, size);
}

void Items() {
  sekisho_taxonomy* taxonomy = nullptr;
  sekisho_scanner* scanner = nullptr;
  Check(sekisho_taxonomy_load_builtin(&taxonomy, nullptr));
  Check(sekisho_scanner_create(&scanner, taxonomy, nullptr, nullptr));
  CALLGRIND_START_INSTRUMENTATION;
  for (const Worst& input : WorstInputs()) {
    for (const size_t size : kSizes) {
      const std::string text = Repeated(input, size);
      Measure("item", input.name, size, [&] {
        sekisho_item item = SEKISHO_ITEM_INIT;
        item.description = text.data(), item.description_size = text.size();
        const sekisho_result* result = nullptr;
        const char* json = nullptr;
        size_t json_size = 0;
        Check(sekisho_scanner_classify(&result, scanner, &item, nullptr, nullptr));
        Check(sekisho_result_json(&json, &json_size, result));
      });
    }
  }
  sekisho_scanner_free(scanner);
  sekisho_taxonomy_release(taxonomy);
}

std::string Times(std::string_view unit, size_t size) { return Repeated({"", std::string(unit)}, size); }

// Source of a taxonomy: refused or read.
void Sources() {
  const std::pair<const char*, std::function<std::string(size_t)>> documents[] = {
      {"deep JSON", [](size_t n) { return Times("[", n); }},
      {"deep objects", [](size_t n) { return Times("{\"a\":", n); }},
      {"wide JSON", [](size_t n) { return "[" + Times("1,", n) + "1]"; }},
      {"one key again and again", [](size_t n) { return "{" + Times("\"a\":1,", n) + "\"b\":1}"; }},
      {"comments", [](size_t n) { return Times("/**/", n) + "1"; }},
      {"a string without end", [](size_t n) { return "\"" + Times("\\\\", n); }},
      {"lines", [](size_t n) { return Times("\n", n) + "]"; }},
  };
  for (const auto& [name, make] : documents) {
    for (const size_t size : kSizes) {
      const std::string text = make(size);
      Measure("source", name, size, [&] {
        compile::Report report;
        compile::Source::FromText("worst.json", text, report);
      });
    }
  }
  const std::pair<const char*, std::function<std::string(size_t)>> phrases[] = {
      {"a long phrase", [](size_t n) { return Times("a", n); }},
      {"alternatives", [](size_t n) { return Times("a|", n); }},
      {"choices", [](size_t n) { return Times("(a|b)", n); }},
      {"choices before a long word", [](size_t n) { return Times("(a|b)", 40) + Times("c", n); }},
      {"options", [](size_t n) { return Times("a?", n); }},
      {"nested brackets", [](size_t n) { return Times("(", n); }},
      {"nested and closed", [](size_t n) { return Times("(", n / 2) + Times(")", n / 2); }},
  };
  for (const auto& [name, make] : phrases) {
    for (const size_t size : kSizes) {
      const std::string text = make(size);
      Measure("phrase", name, size, [&] {
        compile::Fault fault;
        compile::ExpandPhrase(text, fault);
      });
    }
  }
  const std::pair<const char*, std::function<std::string(size_t)>> patterns[] = {
      {"letters", [](size_t n) { return Times("A", n); }},
      {"alternatives", [](size_t n) { return Times("A1|", n) + "A2"; }},
      {"counts", [](size_t n) { return Times("A{1,20}", n); }},
      {"numbers without bound, repeated", [](size_t n) { return "A(" + Times("\\d+", n) + "){1,4}"; }},
      {"letters that may be either", [](size_t n) { return Times("(A|A){1,4}", n) + "B"; }},
      {"numbers without bound", [](size_t n) { return Times("A\\d+", n); }},
      {"repeated groups", [](size_t n) { return Times("(A|B){1,4}", n); }},
      {"groups in groups", [](size_t n) { return Times("((((A{1,4}){1,4}){1,4}){1,4})", n); }},
      {"groups eight deep", [](size_t n) { return Times("(", 8) + "A" + Times("){1,4}", n); }},
      {"a wide group", [](size_t n) { return "(" + Times("A|", n) + "B){1,4}"; }},
      {"optional pieces", [](size_t n) { return "A" + Times("1?", n); }},
      {"optional groups", [](size_t n) { return Times("(A|1)?", n); }},
      {"nested brackets", [](size_t n) { return Times("(", n); }},
      {"classes", [](size_t n) { return Times("[A-Z]", n); }},
      {"separators", [](size_t n) { return "A" + Times("-", n); }},
  };
  for (const auto& [name, make] : patterns) {
    for (const size_t size : kSizes) {
      const std::string text = make(size);
      Measure("designator", name, size, [&] {
        compile::Fault fault;
        compile::CompileDesignator(text, {}, fault);
      });
    }
  }
}

}  // namespace
}  // namespace sekisho

int main() {
  sekisho::Items();
  sekisho::Sources();
  return 0;
}
