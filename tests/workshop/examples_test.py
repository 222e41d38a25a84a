#!/usr/bin/env python3
"""examples_test.py SEKISHO: the worked examples of docs/authors.md, added to the shipped taxonomy one by one. With an example
the taxonomy has no fault that it did not have before; with its tests alone, they fail."""
import collections
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from source import load, plain

BINARY = ""
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
NAMES = ["synonym", "language", "entry", "threshold", "dated"]
BLOCK = re.compile(r"```(?:jsonc|text)\n// (\S+): (\S+)\n(.*?)```", re.S)


def examples():
    """name -> [(file, text)], as they stand in the manual."""
    with open(os.path.join(ROOT, "docs", "authors.md"), encoding="utf-8") as f:
        found = collections.defaultdict(list)
        for name, path, text in BLOCK.findall(f.read()):
            found[name].append((path, text))
        return found


def add(into, what):
    """What an author does: members go into objects, items go to the end of lists."""
    for key, value in what.items():
        if isinstance(into.get(key), dict):
            add(into[key], value)
        elif isinstance(into.get(key), list):
            into[key] += value
        else:
            into[key] = value


def only_tests(path, block):
    """The part of a block that holds tests: what it asks, without what it brings."""
    if not path.startswith("lists/"):
        return {}
    return {"entries": {d: {**{k: v for k, v in e.items() if k == "title"}, "tests": e["tests"], **({"heading": True} if "title" in e else {})}
                        for d, e in block["entries"].items()}}


class Examples(unittest.TestCase):
    def check(self, blocks, part):
        with tempfile.TemporaryDirectory() as folder:
            copy = os.path.join(folder, "taxonomy")
            shutil.copytree(os.path.join(ROOT, "taxonomy"), copy)
            for path, text in blocks:
                place = os.path.join(copy, path)
                if path.endswith(".txt"):
                    with open(place, "a", encoding="utf-8") as f:
                        f.write(text)
                    continue
                content = load(place)
                add(content, part(path, json.loads(plain(text))))
                with open(place, "w", encoding="utf-8") as f:
                    json.dump(content, f, ensure_ascii=False)
            done = subprocess.run([BINARY, "taxonomy", "check", copy, "--output", "json"], stdout=subprocess.PIPE, timeout=1200)
            return json.loads(done.stdout)

    @staticmethod
    def faults(report):
        return {(d["code"], d["message"]) for d in report["diagnostics"] if d["code"][0] != "N"}

    def test_the_manual_has_all_examples(self):
        self.assertEqual(list(examples()), NAMES)

    def test_each_example_does_what_it_says(self):
        before = self.faults(self.check([], lambda path, block: block))
        for name, blocks in examples().items():
            with self.subTest(name):
                self.assertEqual(self.faults(self.check(blocks, lambda path, block: block)) - before, set())
                without = self.check(blocks, only_tests)
                self.assertGreater(without["failed"], 0)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
