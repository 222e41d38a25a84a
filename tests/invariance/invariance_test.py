#!/usr/bin/env python3
"""invariance_test.py SEKISHO [--corpora FOLDER] [--sample TSV] [--limit N] [--show N]

Two properties. A rewriting of a line leaves its verdicts as they were, for at least 99.9 % of the items under every
rewriting of rewritings.py; and an item that was found is still found with other words around it, for at least 98 %. Runs on the rows of the development corpora when they stand beside the checkout, on the bundled sample otherwise."""
import argparse, glob, json, os, re, subprocess, sys, tempfile

from rewritings import REWRITINGS, SURROUNDS

GOAL = 0.999
SURROUNDED = 0.98  # of the items found
FOUND = ("match", "possible", "catch_all", "unknown")


def read_tsv(path):
    with open(path, encoding="utf-8", newline="") as f:
        lines = f.read().split("\n")
    head = lines[0].split("\t")
    return [dict(zip(head, l.split("\t"))) for l in lines[1:] if l]


def verdicts(binary, rows):
    """For each (description, part_number): the entries and verdicts of every list, in order."""
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "items.tsv")
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write("id\tdescription\tpart_number\n")
            for i, (description, part) in enumerate(rows):
                f.write(f"{i}\t{description}\t{part}\n")
        out = subprocess.run([binary, "classify", path, "--output", "jsonl"], stdout=subprocess.PIPE, check=False).stdout
    found = {}
    for line in out.decode("utf-8").splitlines():
        o = json.loads(line)
        found[int(o["id"])] = [(l["list"], l["verdict"], [(c["entry"], c["verdict"]) for c in l["candidates"]]) for l in o.get("lists", [])]
    return [found.get(i) for i in range(len(rows))]


def report(a, name, rows, rewritten, changed, of, goal, what):
    """Prints how many of `of` rows held; whether they were enough."""
    kept = 1 - len(changed) / max(1, of)
    ok = kept >= goal
    print(f"{'ok  ' if ok else 'FAIL'} {name:22s} {kept:.4%} of {of} rows {what}")
    for i in changed[: a.show]:
        print(f"       {rows[i][0]!r} -> {rewritten[i][0]!r}")
    return ok


def rewriting_holds(a, rows, base, name, rewrite):
    rewritten = [(rewrite(d), p) for d, p in rows]
    got = verdicts(a.binary, rewritten)
    changed = [i for i in range(len(rows)) if got[i] != base[i]]
    return report(a, name, rows, rewritten, changed, len(rows), GOAL, "keep their verdicts")


def surround_holds(a, rows, base, name, language, before, behind):
    def found(lists):
        return any(verdict in FOUND for _, verdict, _ in lists or [])

    japanese = re.compile("[\u3041-\u30ff\u4e00-\u9fff]")
    here = [i for i in range(len(rows)) if found(base[i]) and bool(japanese.search(rows[i][0])) == (language == "ja")]
    rewritten = {i: (before + rows[i][0] + behind, rows[i][1]) for i in here}
    got = verdicts(a.binary, [rewritten[i] for i in here])
    changed = [i for i, lists in zip(here, got) if not found(lists)]
    return report(a, name, rows, rewritten, changed, len(here), SURROUNDED, "found are found still")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    ap.add_argument("binary")
    ap.add_argument("--corpora", default=os.path.join(here, "..", "..", "..", "shared", "corpora"))
    ap.add_argument("--sample", default=os.path.join(here, "..", "..", "taxonomy", "sample", "items.tsv"))
    ap.add_argument("--limit", type=int, default=12000, help="rows, spread evenly over the corpora")
    ap.add_argument("--show", type=int, default=3, help="changed rows to print for each rewriting")
    a = ap.parse_args()
    files = sorted(glob.glob(os.path.join(a.corpora, "*.dev.tsv")))
    if not files:
        print("no development corpora beside this checkout: the bundled sample is used")
        files = [a.sample]
    rows = [(r["description"], r.get("part_number", "")) for f in files for r in read_tsv(f) if r.get("description")]
    step = max(1, len(rows) // a.limit)
    rows = rows[::step]
    base = verdicts(a.binary, rows)
    failed = sum(not rewriting_holds(a, rows, base, name, rewrite) for name, rewrite in REWRITINGS.items())
    failed += sum(not surround_holds(a, rows, base, name, *words) for name, words in SURROUNDS.items())
    print(f"{len(REWRITINGS) + len(SURROUNDS) - failed} passed, {failed} failed")
    return 1 if failed else 0



if __name__ == "__main__":
    sys.exit(main())
