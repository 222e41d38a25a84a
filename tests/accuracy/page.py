#!/usr/bin/env python3
"""page.py SEKISHO [--write]

The figures of docs/accuracy.md, measured now: both halves of the development rows (halves.py) and the bundled sample. Prints the
tables as they stand in the page; --write puts them there. Needs the corpora beside the checkout for the first two tables; without
them it measures the sample alone, says so, and writes nothing."""
import argparse
import csv
import datetime
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
PAGE = os.path.join(ROOT, "docs", "accuracy.md")
SAMPLE = os.path.join(ROOT, "taxonomy", "sample", "items.tsv")
BEGIN, END = "<!-- figures: tests/accuracy/page.py -->", "<!-- end of figures -->"
FLAGGED = {"match", "possible", "catch_all"}

# What the groups are, in the page's words; those of the macro figures first.
GROUPS = {
    "atla-ja": "Japanese defence contracts, Japanese",
    "leso-core": "US surplus of weapons, vehicles, sights: supply names",
    "nl-licences-en": "Dutch licences for military goods",
    "military-designations": "names of weapons, vehicles, aircraft, ships",
    "nomenclature": "product nomenclatures, English and Japanese",
    "benign": "ordinary goods",
    "nearmiss": "ordinary goods with weapon-like words",
    "leso-no": "US surplus that is not controlled",
    "atla-hand-no": "Japanese defence contracts for ordinary goods",
    "atla-fms": "Japanese purchases from the US military",
    "leso-rest": "US surplus of other supply classes",
}
MACRO = {
    "R": "recall: controlled military goods that are flagged, mean of the first five groups",
    "N": "false alarms: goods that are not, flagged as military, mean of the five groups that have such rows",
    "H": "harmonic mean of R and 1 − N",
    "D": "ordinary goods flagged for a dual-use entry only",
    "C": "category: the best US candidate is of the category that the licence names",
}


def measure(binary):
    """{half: the text of accuracy.py}"""
    run = subprocess.run([sys.executable, os.path.join(HERE, "halves.py"), binary], stdout=subprocess.PIPE, check=True)
    parts = re.split(r"^== (\w+) half\n", run.stdout.decode("utf-8"), flags=re.M)[1:]
    return dict(zip(parts[::2], parts[1::2]))


def macro(text):
    line = [l for l in text.splitlines() if l.startswith("MACRO")][-1]
    return dict(re.findall(r"\b([RNHDC]) ([0-9.]+)", line))


def rates(text, kind):
    """{group: (rate, low, high, rows)} of recall or false positives"""
    found = re.findall(rf"^(\S+) .*?{kind} ([0-9.]+) \[([0-9.]+) ([0-9.]+)\] n=(\d+)", text, flags=re.M)
    return {group: figures for group, *figures in found}


def cell(figures):
    return "{} ({}–{}, {} rows)".format(*figures) if figures else ""


def corpora_tables(halves):
    read, unread = halves["read"], halves["unread"]
    out = ["| | what it says | read half | unread half |", "|---|---|---|---|"]
    out += [f"| {k} | {words} | {macro(read)[k]} | {macro(unread)[k]} |" for k, words in MACRO.items()]
    for kind, title in [("recall", "Recall"), ("false positives", "False alarms")]:
        a, b = rates(read, kind), rates(unread, kind)
        out += ["", f"| {title} | | read half | unread half |", "|---|---|---|---|"]
        out += [f"| `{g}` | {words} | {cell(a.get(g))} | {cell(b.get(g))} |" for g, words in GROUPS.items() if g in a or g in b]
    return out


def sample_lines(binary):
    run = subprocess.run([binary, "classify", SAMPLE, "--output", "jsonl"], stdout=subprocess.PIPE, check=True)
    flagged = {r["id"]: any(l["verdict"] in FLAGGED for l in r["lists"])
               for r in map(json.loads, run.stdout.decode("utf-8").splitlines())}
    with open(SAMPLE, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    hits = {label: [flagged[r["id"]] for r in rows if r["label_controlled"] == label] for label in ("yes", "no")}
    return [f"The bundled sample: {sum(hits['yes'])} of {len(hits['yes'])} controlled lines are flagged in some list, and "
            f"{sum(hits['no'])} of {len(hits['no'])} of the others."]


def version(binary):
    text = subprocess.run([binary, "version"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    return re.search(r"taxonomy (\S+)", text).group(1), re.search(r"sha256:[0-9a-f]{12}", text).group(0)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("--write", action="store_true")
    a = ap.parse_args()
    binary = os.path.abspath(a.binary)
    have_corpora = os.path.exists(os.path.join(ROOT, "..", "shared", "tools", "accuracy.py"))
    name, digest = version(binary)
    lines = [f"Measured on {datetime.date.today()} with taxonomy {name} (`{digest}…`).", ""]
    lines += corpora_tables(measure(binary)) + [""] if have_corpora else []
    lines += sample_lines(binary)
    print("\n".join(lines))
    if not have_corpora:
        sys.exit("page.py: no corpora beside this checkout: the sample alone was measured, and nothing is written")
    if a.write:
        with open(PAGE, encoding="utf-8") as f:
            before, rest = f.read().split(BEGIN)
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(before + "\n".join([BEGIN, *lines, END]) + rest.split(END)[1])


if __name__ == "__main__":
    main()
