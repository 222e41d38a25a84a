#!/usr/bin/env python3
"""check_accuracy.py SEKISHO: measures the classification of real items and compares it with tests/accuracy_floor.json.

With ../shared/tools/accuracy.py beside the checkout: its figures over the development corpora (R, H, C at least, N, D at
most). Without: recall and false positives over the bundled sample. Needs Python 3.9 and nothing else."""
import csv
import json
import os
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TOOL = os.path.join(ROOT, "..", "shared", "tools", "accuracy.py")
SAMPLE = os.path.join(ROOT, "taxonomy", "sample", "items.tsv")
FLAGGED = {"match", "possible", "catch_all", "unknown"}


def corpora(binary):
    run = subprocess.run([sys.executable, TOOL, binary], stdout=subprocess.PIPE, check=True)
    text = run.stdout.decode("utf-8")
    print(text, end="")
    macro = [line for line in text.splitlines() if line.startswith("MACRO")][-1]
    return {name: float(value) for name, value in re.findall(r"\b([RNHDC]) ([0-9.]+)", macro)}


def sample(binary):
    print("../shared is not here: measuring by the bundled sample, taxonomy/sample/items.tsv")
    run = subprocess.run([binary, "classify", SAMPLE, "--output", "jsonl"], stdout=subprocess.PIPE, check=True)
    results = {r["id"]: r for r in map(json.loads, run.stdout.decode("utf-8").splitlines())}
    with open(SAMPLE, encoding="utf-8", newline="") as f:
        labels = {r["id"]: r["label_controlled"] for r in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)}
    if set(results) != set(labels):
        sys.exit(f"{len(labels)} rows went in, {len(results)} came out")

    def share(label):
        rows = [i for i in labels if labels[i] == label]
        flagged = sum(any(x["verdict"] in FLAGGED for x in results[i]["lists"]) for i in rows)
        print(f"{label}: {flagged} of {len(rows)} flagged")
        return flagged / len(rows)

    return {"recall": share("yes"), "false_positives": share("no")}


def main():
    binary = os.path.abspath(sys.argv[1])
    with open(os.path.join(ROOT, "tests", "accuracy_floor.json"), encoding="utf-8") as f:
        floors = json.load(f)
    kind, figures = ("corpora", corpora(binary)) if os.path.exists(TOOL) else ("sample", sample(binary))
    worse = [f"{name} {figures[name]} is below {bound}" for name, bound in floors[kind]["min"].items() if figures[name] < bound]
    worse += [f"{name} {figures[name]} is above {bound}" for name, bound in floors[kind]["max"].items() if figures[name] > bound]
    for line in worse:
        print("tests/accuracy_floor.json:", line)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
