// concepts/*.json into the tables.
#pragma once

#include <string>
#include <vector>

#include "engine/compile/build.h"

namespace sekisho::compile {

struct ConceptSources {
  std::vector<const Node*> nodes;  // by concept id
};

// First every id, so that files may refer to each other; then the fields.
ConceptSources DeclareConcepts(Build& b);
void CompileConcepts(Build& b, const ConceptSources& sources);

// The concept that "@x" or "x" names; kNone and a diagnostic of `code` when there is none.
uint32_t FindConcept(Build& b, const Node& name, std::string_view code);

}  // namespace sekisho::compile
