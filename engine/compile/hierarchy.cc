#include "engine/compile/hierarchy.h"

#include <algorithm>
#include <map>

#include "engine/compile/strings.h"

namespace sekisho::compile {
namespace {

std::span<const uint32_t> Parents(const Build& b, uint32_t id) {
  const pack::Range r = b.tables.concepts[id].parents;
  return std::span<const uint32_t>(b.tables.ids).subspan(r.first, r.count);
}

// Reports each circle once, at the concept of the least id in it that the walk meets first.
void FindCircles(Build& b, const ConceptSources& sources) {
  enum : uint8_t { kNew, kOpen, kDone };
  std::vector<uint8_t> mark(b.tables.concepts.size(), kNew);
  for (uint32_t start = 0; start < mark.size(); ++start) {
    std::vector<std::pair<uint32_t, uint32_t>> path;  // concept, next parent
    if (mark[start] == kNew) path.push_back({start, 0}), mark[start] = kOpen;
    while (!path.empty()) {
      const auto [id, next] = path.back();
      const auto parents = Parents(b, id);
      if (next == parents.size()) {
        mark[id] = kDone;
        path.pop_back();
        continue;
      }
      ++path.back().second;
      const uint32_t parent = parents[next];
      if (mark[parent] == kNew)
        mark[parent] = kOpen, path.push_back({parent, 0});
      else if (mark[parent] == kOpen) {
        const Node* broader = sources.nodes[id]->Find("broader");
        b.report.Add(
            "E0405", broader->place,
            Cat("\"", b.concepts.Name(id), "\" is broader than itself by way of \"", b.concepts.Name(parent), "\""),
            "take one `broader` out of the circle");
      }
    }
  }
}

// Self first, then by distance, then by id. Circles end by themselves: a concept is taken once.
void CloseAncestors(Build& b, uint32_t id) {
  std::map<uint32_t, uint32_t> distance = {{id, 0}};
  std::vector<uint32_t> level = {id};
  for (uint32_t d = 1; !level.empty(); ++d) {
    std::vector<uint32_t> next;
    for (const uint32_t concept_id : level) {
      for (const uint32_t parent : Parents(b, concept_id)) {
        if (distance.try_emplace(parent, d).second) next.push_back(parent);
      }
    }
    level = std::move(next);
  }
  std::vector<pack::Ancestor> out;
  out.reserve(distance.size());
  for (const auto& [ancestor, d] : distance) out.push_back({ancestor, d});
  std::stable_sort(out.begin(), out.end(),
                   [](const pack::Ancestor& x, const pack::Ancestor& y) { return x.distance < y.distance; });
  b.tables.concepts[id].ancestors = {static_cast<uint32_t>(b.tables.ancestors.size()),
                                     static_cast<uint32_t>(out.size())};
  b.tables.ancestors.insert(b.tables.ancestors.end(), out.begin(), out.end());
}

}  // namespace

void CompileHierarchy(Build& b, const ConceptSources& sources) {
  FindCircles(b, sources);
  for (uint32_t id = 0; id < sources.nodes.size(); ++id) CloseAncestors(b, id);
}

}  // namespace sekisho::compile
