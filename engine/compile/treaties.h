// treaties/*.json into the tables.
#pragma once

#include "engine/compile/build.h"

namespace sekisho::compile {

// Exclusion tables, profiles and notices on the transaction, file by file in name order. After the lists. treaties.cc
void CompileTreaties(Build& b);

// The rows of a table or of a profile: {"s1-001": {…}}. Each with what its columns say. treaty_rows.cc
struct RowDraft {
  std::string id;
  Place place;
  uint32_t row;                           // into treaty_rows
  std::vector<pack::ColumnFlag> columns;  // in the order of the table's
};
struct RowTable {
  std::string cite;  // template; {paragraphs} becomes what the row covers
  std::string list;
  std::vector<std::string> columns;
  Names notes;
};
void CompileRows(Build& b, const Node& rows, const RowTable& table, std::vector<RowDraft>& out);

// Adds the paragraphs to the table; W0602 for one under which the list has no entry. treaty_rows.cc
pack::Range Paragraphs(Build& b, const Node* node, const std::string& list);

// {"id": {"en": …, "ja": …}}: facts that can be missing, known from here on under their id. treaties.cc
void DefineFacts(Build& b, const Node& root);

}  // namespace sekisho::compile
