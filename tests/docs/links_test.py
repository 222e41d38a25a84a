#!/usr/bin/env python3
"""links_test.py: every relative link and image of the repository's pages leads to something, also the parts of pages (#…), and every
page of docs/ is found from the README by following links."""
import os
import re
import sys

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
LINK = re.compile(r"\]\(([^)\s]+)\)")


def pages():
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if not f.startswith((".", "build")) and f not in ("node_modules", "fuzz")]
        found += [os.path.join(folder, f) for f in files if f.endswith(".md")]
    return sorted(found)


def prose(path):
    with open(path, encoding="utf-8") as f:
        return re.sub(r"```.*?```", "", f.read(), flags=re.S)


def anchors(path):
    with open(path, encoding="utf-8") as f:
        heads = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", f.read(), flags=re.S), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def main():
    faults, graph = [], {}
    for page in pages():
        graph[page] = set()
        for link in LINK.findall(prose(page)):
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if os.path.isdir(target) and os.path.exists(os.path.join(target, "README.md")):
                graph[page].add(os.path.join(target, "README.md"))
            graph[page].add(target)
            if not os.path.exists(target):
                faults.append(f"{os.path.relpath(page, ROOT)}: {link} leads nowhere")
            elif anchor and anchor not in anchors(target):
                faults.append(f"{os.path.relpath(page, ROOT)}: {link}: no such heading")
    reached, todo = set(), [os.path.join(ROOT, "README.md")]
    while todo:
        page = todo.pop()
        if page not in reached:
            reached.add(page)
            todo += graph.get(page, ())
    docs = [p for p in graph if p.startswith(os.path.join(ROOT, "docs", ""))]
    faults += [f"{os.path.relpath(p, ROOT)}: the README does not lead there" for p in docs if p not in reached]
    print("\n".join(faults) or f"{sum(map(len, graph.values()))} links of {len(graph)} pages")
    sys.exit(1 if faults or not docs else 0)


if __name__ == "__main__":
    main()
