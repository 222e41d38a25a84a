// grammar/*.json into the tables. The steps run in this order: folds before any word, units before measures.
#pragma once

#include "engine/compile/build.h"

namespace sekisho::compile {

struct GrammarFiles {  // the roots, by what they hold
  std::vector<const Node*> text, units, measures, missing, systems, words, comparators, abbreviations;
};
GrammarFiles ReadGrammar(Build& b);

// The classes of english.json and japanese.json, in the order of pack::Word.
std::span<const std::string_view> WordClasses();

void CompileFolds(Build& b, const GrammarFiles& files);
void CompileAbbreviations(Build& b, const GrammarFiles& files);
void CompileUnits(Build& b, const GrammarFiles& files);        // quantities.cc
void CompileMeasures(Build& b, const GrammarFiles& files);     // quantities.cc
void CompileComparators(Build& b, const GrammarFiles& files);  // quantities.cc
void CompileFacts(Build& b, const GrammarFiles& files);
void CompileWords(Build& b, const GrammarFiles& files);
void CompileSystems(Build& b, const GrammarFiles& files);

}  // namespace sekisho::compile
