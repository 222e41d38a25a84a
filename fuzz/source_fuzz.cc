// Taxonomy source: any bytes give a tree or diagnostics with places; phrases and designators are expanded or refused,
// never run away.
#include "engine/compile/designators.h"
#include "engine/compile/phrases.h"
#include "engine/compile/report.h"
#include "engine/compile/source.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  compile::Report report;
  compile::Source::FromText("fuzz.json", text, report);
  compile::Fault fault;
  compile::ExpandPhrase(text, fault);
  compile::Fault designator;
  compile::CompileDesignator(text, {}, designator);
  return 0;
}
