#!/usr/bin/env python3
"""pairs_test.py SEKISHO [--pairs TSV] [--goal SHARE] [--taxonomy PACK]

Property: a line and its translation name the same item, so they meet the same entries. For each pair of pairs.tsv the
set of (list, entry) judged match, possible or catch_all is the same in English and in Japanese, for at least 98 % of the
pairs."""
import argparse, json, os, subprocess, sys, tempfile

GOAL = 0.98
MET = ("match", "possible", "catch_all")


def read_pairs(path):
    with open(path, encoding="utf-8", newline="") as f:
        lines = f.read().split("\n")
    if lines[0] != "en\tja":
        sys.exit(f"{path}: the header must be en<TAB>ja")
    pairs = []
    for n, line in enumerate(lines[1:], 2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != 2 or not all(c.strip() for c in cells):
            sys.exit(f"{path}:{n}: a pair is two cells")
        pairs.append(tuple(cells))
    return pairs


def entries(binary, descriptions, options):
    """For each description: the set of (list, entry) it meets."""
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "items.tsv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write("id\tdescription\n")
            for i, description in enumerate(descriptions):
                f.write(f"{i}\t{description}\n")
        out = subprocess.run([binary, "classify", path, "--output", "jsonl"] + options, stdout=subprocess.PIPE, check=False).stdout
    found = {}
    for line in out.decode("utf-8").splitlines():
        o = json.loads(line)
        found[int(o["id"])] = {(l["list"], c["entry"]) for l in o.get("lists", []) for c in l["candidates"] if c["verdict"] in MET}
    return [found.get(i) for i in range(len(descriptions))]


def show(met):
    return "no answer" if met is None else ", ".join(f"{l} {e}" for l, e in sorted(met)) or "nothing"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--pairs", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "pairs.tsv"))
    ap.add_argument("--goal", type=float, default=GOAL)
    ap.add_argument("--taxonomy", help="a compiled taxonomy instead of the built-in one")
    a = ap.parse_args()
    pairs = read_pairs(a.pairs)
    if not pairs:
        sys.exit(f"{a.pairs}: no pairs")
    options = ["--taxonomy", a.taxonomy] if a.taxonomy else []
    english = entries(a.binary, [e for e, _ in pairs], options)
    japanese = entries(a.binary, [j for _, j in pairs], options)
    failed = 0
    for (e, j), x, y in zip(pairs, english, japanese):
        if x is None or y is None or x != y:
            failed += 1
            print(f"differ {e}\n         {show(x)}\n       {j}\n         {show(y)}")
    share = 1 - failed / len(pairs)
    met = sum(1 for x in english if x)
    print(f"{share:.2%} of {len(pairs)} pairs agree ({met} of them meet an entry in English)")
    print(f"{len(pairs) - failed} passed, {failed} failed")
    return 1 if share < a.goal else 0


if __name__ == "__main__":
    sys.exit(main())
