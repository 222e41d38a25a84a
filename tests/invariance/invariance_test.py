#!/usr/bin/env python3
"""invariance_test.py SEKISHO [--corpora FOLDER] [--sample TSV] [--limit N] [--show N]

Property: a rewriting of a line leaves its verdicts as they were, for at least 99.9 % of the items under every rewriting of
rewritings.py. Runs on the rows of the development corpora when they stand beside the checkout, on the bundled sample otherwise."""
import argparse, glob, json, os, subprocess, sys, tempfile

from rewritings import REWRITINGS

GOAL = 0.999


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
    failed = 0
    for name, rewrite in REWRITINGS.items():
        got = verdicts(a.binary, [(rewrite(d), p) for d, p in rows])
        changed = [i for i in range(len(rows)) if got[i] != base[i]]
        kept = 1 - len(changed) / len(rows)
        ok = kept >= GOAL
        failed += not ok
        print(f"{'ok  ' if ok else 'FAIL'} {name:22s} {kept:.4%} of {len(rows)} rows keep their verdicts")
        for i in changed[: a.show]:
            print(f"       {rows[i][0]!r} -> {rewrite(rows[i][0])!r}")
    print(f"{len(REWRITINGS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
