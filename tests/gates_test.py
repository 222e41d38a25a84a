#!/usr/bin/env python3
"""gates_test.py SEKISHO: the gates of this project's own tests, each with a planted fault that it must catch: floors of accuracy, pairs
of translations, rewritings, counted instructions, the documents' commands and links. A gate that lets everything pass looks like a
project without faults."""
import contextlib
import importlib.util
import io
import os
import stat
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY = ""

# A program in the place of sekisho classify: says the same of every row.
STAND_IN = """#!/usr/bin/env python3
import json, sys
with open([a for a in sys.argv[2:] if not a.startswith("-")][0], encoding="utf-8") as f:
    ids = [line.split("\\t")[0] for line in f.read().split("\\n")[1:] if line]
for i in ids:
    print(json.dumps({"id": i, "lists": [{"list": "us-usml", "verdict": "%s", "candidates": []}]}))
"""


def module(path):
    folder = os.path.dirname(os.path.join(HERE, path))
    sys.path.insert(0, folder)
    try:
        spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], os.path.join(HERE, path))
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
    finally:
        sys.path.remove(folder)
    return loaded


def main_of(loaded, *arguments):
    """(status, what it printed) of a test program's main()."""
    out, before = io.StringIO(), sys.argv
    sys.argv = ["test", *arguments]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = loaded.main()
    except SystemExit as end:
        status = end.code
    finally:
        sys.argv = before
    return (status if isinstance(status, int) else 0 if status is None else 1), out.getvalue() + (status if isinstance(status, str) else "")


class Gates(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text, executable=False):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        if executable:
            os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return path

    def test_accuracy_floors(self):
        gate = module("cli/check_accuracy.py")
        gate.TOOL = os.path.join(self.folder.name, "no-such-tool")  # by the bundled sample, wherever this runs
        silent = self.write("silent", STAND_IN % "no_match", executable=True)
        shouting = self.write("shouting", STAND_IN % "match", executable=True)
        self.assertEqual(main_of(gate, BINARY)[0], 0)
        status, said = main_of(gate, silent)
        self.assertEqual(status, 1)
        self.assertIn("recall 0.0 is below", said)
        status, said = main_of(gate, shouting)
        self.assertEqual(status, 1)
        self.assertIn("false_positives 1.0 is above", said)
        status, said = main_of(gate, self.write("lossy", (STAND_IN % "match").replace("for i in ids", "for i in ids[1:]"), executable=True))
        self.assertEqual(status, 1)
        self.assertIn("rows went in", said)

    def test_pairs(self):
        gate = module("pairs/pairs_test.py")
        same = "night vision goggle\t暗視ゴーグル\n" * 60
        self.assertEqual(main_of(gate, BINARY, "--pairs", self.write("good.tsv", "en\tja\n" + same))[0], 0)
        status, said = main_of(gate, BINARY, "--pairs", self.write("bad.tsv", "en\tja\n" + same + "machine gun\t事務椅子\n" * 2))
        self.assertEqual(status, 1)
        self.assertIn("2 failed", said)
        self.assertEqual(main_of(gate, self.write("mute", "#!/bin/sh\nexit 1\n", executable=True), "--pairs",
                                 os.path.join(self.folder.name, "good.tsv"))[0], 1)  # no answer is no agreement
        for bad in ("en\tja\n", "ja\ten\na\tb\n", "en\tja\none cell\n"):
            self.assertEqual(main_of(gate, BINARY, "--pairs", self.write("none.tsv", bad))[0], 1)

    def test_rewritings(self):
        gate = module("invariance/invariance_test.py")
        rows = "id\tdescription\tpart_number\n" + "".join(f"{i}\tnight vision goggle\t\n" for i in range(50))
        options = ["--corpora", self.folder.name, "--sample", self.write("rows.tsv", rows)]
        gate.REWRITINGS = {"wider": lambda s: "".join(chr(ord(c) + 0xFEE0) if c != " " else "\u3000" for c in s)}
        self.assertEqual(main_of(gate, BINARY, *options)[0], 0)
        gate.REWRITINGS["another item"] = lambda s: s + " carrying case"
        status, said = main_of(gate, BINARY, *options)
        self.assertEqual(status, 1)
        self.assertIn("FAIL another item", said)
        self.assertIn("1 passed, 1 failed", said)

    def test_counted_instructions(self):
        """valgrind's place is taken by a program that prints counts."""
        for instructions, allocations, status, says in ((20_000_00, 0, 0, "20000 instructions"), (99_999_00, 0, 1, "dearer"), (20_000_00, 100, 1, "dearer"),
                                                        (10, 0, 1, "nothing was counted")):
            self.write("valgrind", f"#!/bin/sh\necho items 100\necho allocations {allocations}\necho 'Collected : {instructions}' >&2\n", executable=True)
            done = subprocess.run([sys.executable, os.path.join(HERE, "speed", "instructions_test.py"), "program"], capture_output=True, text=True,
                                  env=dict(os.environ, PATH=self.folder.name + ":" + os.environ["PATH"]))
            self.assertEqual(done.returncode, status, done)
            self.assertIn(says, done.stdout + done.stderr)

    def test_commands_of_the_documents(self):
        gate = module("docs/console_test.py")
        def page(text):
            return main_of(gate, BINARY, self.write("page.md", text))[0]
        self.assertEqual(page("```console\n$ echo one; echo two\none\n…\n```\n"), 0)
        self.assertEqual(page("```console\n$ echo one\ntwo\n```\n"), 1)
        self.assertEqual(page("```console\n$ echo one; exit 3\none\n```\n"), 1)
        self.assertEqual(page("```console\n$ false # status 1\n```\n"), 0)
        self.assertEqual(page("no command\n"), 1)

    def test_links_of_the_documents(self):
        gate = module("docs/links_test.py")
        gate.ROOT = self.folder.name
        self.write("docs/a.md", "# A part\n[home](../README.md)\n")
        self.write("README.md", "[a](docs/a.md#a-part)\n")
        self.assertEqual(main_of(gate)[0], 0)
        for readme, says in (("[a](docs/a.md) [b](docs/b.md)\n", "leads nowhere"), ("[a](docs/a.md#another)\n", "no such heading"),
                             ("nothing\n", "the README does not lead there")):
            self.write("README.md", readme)
            status, said = main_of(gate)
            self.assertEqual(status, 1)
            self.assertIn(says, said)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
