// What is broader than what: circles, and every concept's ancestors.
#pragma once

#include "engine/compile/concepts.h"

namespace sekisho::compile {

// Once every concept has its parents. E0405 for a circle.
void CompileHierarchy(Build& b, const ConceptSources& sources);

}  // namespace sekisho::compile
