#!/usr/bin/env python3
"""man_test.py SEKISHO FOLDER: the manual pages in FOLDER are well formed to mandoc and to man, each command has one and each of its
options stands in it as it is rendered, and the completion completes. Status 77 where mandoc or man is missing (./dev brings them)."""
import glob
import gzip
import os
import re
import shutil
import subprocess
import sys
import unittest

BINARY = FOLDER = ""


def output(command, **options):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options).stdout.decode("utf-8")


def pages():
    return sorted(glob.glob(os.path.join(FOLDER, "*.1.gz")))


def rendered(page):
    with gzip.open(page) as f:
        text = output(["mandoc", "-T", "utf8", "-O", "width=200"], input=f.read())
    return re.sub(".\b", "", text)


def options_of(*command):
    text = output([BINARY, *command, "--help"])
    return [o for line in re.findall(r"^  (-\S+)", text, flags=re.M) for o in line.split(",")]


class Man(unittest.TestCase):
    def test_every_command_has_a_page(self):
        commands = re.findall(r"^  (\w+) ", output([BINARY, "--help"]).split("Subcommands:")[1], flags=re.M)
        self.assertGreater(len(commands), 5)
        with_page = {os.path.basename(p) for p in pages()}
        self.assertEqual([c for c in commands if f"sekisho-{c}.1.gz" not in with_page], ["version"])  # sekisho(1) says all

    def test_mandoc_finds_nothing(self):
        for page in pages():
            with gzip.open(page) as f:
                self.assertEqual(output(["mandoc", "-T", "lint", "-W", "warning"], input=f.read()), "", page)

    def test_man_warns_of_nothing(self):
        for page in pages():
            said = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL="C.UTF-8", MANROFFSEQ="")).stderr
            self.assertEqual(said, b"", page)

    def test_every_option_stands_in_its_page(self):
        for command in ["classify", "replay", "explain", "treaty", "treaties", "eval", "taxonomy diff", "taxonomy sign"]:
            text = rendered(os.path.join(FOLDER, f"sekisho-{command.split()[0]}.1.gz"))
            options = options_of(*command.split())
            self.assertGreater(len(options), 2)
            for option in options:
                self.assertRegex(text, rf"(?m)^\s+(-\w, )?{re.escape(option)}\b", command)

    def test_exit_statuses(self):
        self.assertRegex(rendered(os.path.join(FOLDER, "sekisho-classify.1.gz")), r"(?m)^\s+3\s+A decision log was cut")

    def test_completion(self):
        def complete(*words):
            script = f"source {FOLDER}/sekisho.bash; COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _sekisho; echo ${{COMPREPLY[@]}}"
            return output(["bash", "-c", script]).split()

        self.assertEqual(complete("sekisho", "tre"), ["treaty", "treaties"])
        self.assertEqual(complete("sekisho", "taxonomy", "mu"), ["mutate"])
        self.assertEqual(complete("sekisho", "taxonomy", "diff", "a", "b", "--no"), ["--no-lost-match", "--no-lost-flag"])
        self.assertEqual(complete("sekisho", "classify", "items.csv", "--in"), ["--input"])


if __name__ == "__main__":
    BINARY, FOLDER = map(os.path.abspath, sys.argv[1:])
    for tool in ("mandoc", "man"):
        if not shutil.which(tool):
            print(f"man_test.py: SKIPPED, {tool} is not installed")
            sys.exit(77)
    unittest.main(argv=sys.argv[:1])
