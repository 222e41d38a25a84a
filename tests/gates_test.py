#!/usr/bin/env python3
"""gates_test.py SEKISHO MAN: the gates of this project's own tests, each with a planted fault that it must catch: floors of accuracy, pairs
of translations, rewritings, counted instructions, the documents' commands and links, the manual pages in MAN, how binaries are hardened,
the bill of materials, builds that are the same to the byte. A gate that lets everything pass looks like a
project without faults."""
import contextlib
import gzip
import hashlib
import importlib.util
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import types
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
BINARY = MAN = ""

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


def failed(case, *names):
    """What the named tests of a test case say against what they look at; empty when they pass."""
    result = unittest.TestResult()
    unittest.TestSuite(map(case, names)).run(result)
    if result.skipped or result.testsRun != len(names):
        raise AssertionError(f"not run: {result}")
    return "".join(said for _, said in result.failures + result.errors)


# A library and a program that need what the hardened build gives.
LIBRARY = """#include <stdio.h>
#include <string.h>
__attribute__((visibility("default"))) int sekisho_copy(const char* from) { char to[64]; strcpy(to, from); return puts(to); }
int other_copy(const char* from) { return sekisho_copy(from); }
"""
PROGRAM = LIBRARY + "int main(int count, char** words) { return other_copy(words[count - 1]); }\n"
HARD = ["-O2", "-fPIC", "-fvisibility=hidden", "-fstack-protector-strong", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2",
        "-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack"]
# What builds a "package": a library, a pack, a .deb; %s is what else it does.
BUILDER = """#!/bin/sh
mkdir -p "$2/lib" "$3"
echo library >"$2/lib/libsekisho.so.1.0.0"; echo pack >"$2/taxonomy.pack"; echo package >"$3/sekisho_1_amd64.deb"
%s
"""


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

    def test_manual_pages(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not installed")
        gate = module("docs/man_test.py")
        gate.BINARY, gate.FOLDER = BINARY, os.path.join(self.folder.name, "man")
        page = os.path.join(gate.FOLDER, "sekisho-classify.1.gz")
        commands, options, lint = "test_every_command_has_a_page", "test_every_option_stands_in_its_page", "test_mandoc_finds_nothing"

        def with_page(change):
            shutil.rmtree(gate.FOLDER, ignore_errors=True)
            shutil.copytree(MAN, gate.FOLDER)
            with gzip.open(page, "rt", encoding="utf-8") as f:
                text = f.read()
            changed = change(text)
            with gzip.open(page, "wt", encoding="utf-8") as f:
                f.write(changed)
            return changed != text

        with_page(lambda text: text)
        self.assertEqual(failed(gate.Man, commands, options, lint), "")
        self.assertTrue(with_page(lambda text: "".join(l for l in text.splitlines(True) if not (l.startswith(".It") and "threads" in l))))
        self.assertIn("threads", failed(gate.Man, options))
        self.assertTrue(with_page(lambda text: text + ".No such macro\n.Xx\n"))
        self.assertIn("Xx", failed(gate.Man, lint))
        with_page(lambda text: text)
        os.remove(page)
        self.assertIn("classify", failed(gate.Man, commands))

    def test_hardening(self):
        gate = module("reliability/hardening.py")
        library, program = self.write("library.c", LIBRARY), self.write("program.c", PROGRAM)

        def linked(source, *flags):
            out = source[:-2] + ".linked"
            kind = ["-shared"] if source == library else [] if "-no-pie" in flags else ["-pie"]
            subprocess.run(["cc", source, "-o", out, *HARD, *kind, *flags], check=True)
            return out

        self.assertEqual(main_of(gate, linked(library), linked(program)), (0, "all 2 are hardened\n"))
        self.assertEqual(main_of(gate, linked(library, "-Wl,-z,norelro"), linked(program))[0], 1)
        for source, kind, flag, says in ((library, "library", "-Wl,-z,norelro", "no RELRO"), (library, "library", "-Wl,-z,lazy", "bound late"),
                                         (library, "library", "-Wl,-z,execstack", "written and executed"),
                                         (library, "library", "-fno-stack-protector", "no function of it has a stack protector"),
                                         (library, "library", "-U_FORTIFY_SOURCE", "no FORTIFY"),
                                         (library, "library", "-fvisibility=default", "it shows ['other_copy']"),
                                         (program, "program", "-Wl,-rpath,/opt/strange", "not beside it"),
                                         (program, "program", "-no-pie", "not position-independent")):
            found = list(gate.faults(linked(source, flag), kind))
            self.assertEqual(len(found), 1, (flag, found))
            self.assertIn(says, found[0])

    def bill(self, packages, **changed):
        """Two packages and their bill of materials, true but for what is changed."""
        shutil.rmtree(packages, ignore_errors=True)
        for name, depends in (("libsekisho1", "libc6 (>= 2.36), libicu72 (>= 72.1~)"), ("sekisho", "libc6 (>= 2.36), libre2-9")):
            tree = os.path.join(self.folder.name, name)
            self.write(f"{name}/DEBIAN/control", f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody <n@example.org>\n"
                       f"Depends: {depends}\nDescription: planted\n")
            os.makedirs(packages, exist_ok=True)
            subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, os.path.join(packages, f"{name}_1_all.deb")], check=True, stdout=subprocess.DEVNULL)
        digests = {}
        for name in os.listdir(packages):
            with open(os.path.join(packages, name), "rb") as f:
                digests[name] = hashlib.sha256(f.read()).hexdigest()
        digests.update(changed.get("digests", {}))
        links = {"libsekisho1_1_all.deb": ["pkg:deb/x/libc6@2", "pkg:deb/x/libicu72@72"], "sekisho_1_all.deb": ["pkg:deb/x/libc6@2", "pkg:deb/x/libre2-9@9"]}
        links.update(changed.get("links", {}))
        components = [{"type": "library", "name": n, "hashes": [{"alg": "SHA-256", "content": d}]} for n, d in digests.items() if n not in changed.get("without", [])]
        with open(os.path.join(packages, "sekisho-1.cdx.json"), "w", encoding="utf-8") as f:
            json.dump({"components": components, "dependencies": [{"ref": r, "dependsOn": on} for r, on in links.items()]}, f)

    def test_bill_of_materials(self):
        if not shutil.which("dpkg-deb"):
            self.skipTest("dpkg-deb is not installed")
        for name in ("cyclonedx", "cyclonedx.schema", "cyclonedx.validation", "cyclonedx.validation.json"):  # the schema is theirs to hold
            if name not in sys.modules:
                sys.modules[name] = types.ModuleType(name)
                self.addCleanup(sys.modules.pop, name)
        sys.modules["cyclonedx.schema"].SchemaVersion = sys.modules["cyclonedx.validation.json"].JsonStrictValidator = None
        gate = module("package/sbom_test.py")
        gate.PACKAGES = os.path.join(self.folder.name, "packages")
        tests = ["test_digests", "test_every_package_is_named", "test_what_dpkg_says"]
        self.bill(gate.PACKAGES)
        self.assertEqual(failed(gate.Sbom, *tests), "")
        for test, says, changed in ((tests[0], "libsekisho1_1_all.deb", {"digests": {"libsekisho1_1_all.deb": "0" * 64}}),
                                    (tests[1], "sekisho_1_all.deb", {"without": ["sekisho_1_all.deb"]}),
                                    (tests[2], "libre2-9", {"links": {"sekisho_1_all.deb": ["pkg:deb/x/libc6@2"]}}),
                                    (tests[2], "libicu72", {"links": {"libsekisho1_1_all.deb": ["pkg:deb/x/libc6@2", "pkg:deb/x/libicu71@71"]}})):
            self.bill(gate.PACKAGES, **changed)
            self.assertIn(says, failed(gate.Sbom, test))

    def test_reproducible(self):
        source, tree, packages = (os.path.join(self.folder.name, n) for n in ("source", "tree", "packages"))

        def rebuilt(habit, before=""):
            """(status, what it said): built by `before`, then compared with a build that has the habit."""
            for folder in (source, tree, packages):
                shutil.rmtree(folder, ignore_errors=True)
            self.write("tree/debian/time.cmake", "set(ENV{SOURCE_DATE_EPOCH} 1700000000)\n")
            builder = self.write("source/packaging/build", BUILDER % before, executable=True)
            subprocess.run([builder, source, tree, packages], check=True)
            self.write("source/packaging/build", BUILDER % habit, executable=True)
            done = subprocess.run([os.path.join(HERE, "package", "reproducible"), source, tree, packages, os.path.join(self.folder.name, "again")],
                                  capture_output=True, text=True)
            return done.returncode, done.stdout + done.stderr

        status, said = rebuilt("")
        self.assertEqual((status, said.count("same bytes")), (0, 3), said)
        path = 'echo "built in $1" >>"$2/lib/libsekisho.so.1.0.0"'
        zone = 'date -d @1700000000 >>"$3/sekisho_1_amd64.deb"'
        for habit, before, says in ((path, path, "libsekisho.so.1.0.0 differ"), (zone, zone, "sekisho_1_amd64.deb differ"),
                                    ('rm "$2/taxonomy.pack"', "", "taxonomy.pack"), ("exit 3", "", "")):
            status, said = rebuilt(habit, before)
            self.assertNotEqual(status, 0, habit)
            self.assertIn(says, said)
        status, said = rebuilt("", 'rm "$3/sekisho_1_amd64.deb"')  # nothing to compare but library and pack
        self.assertEqual(status, 1)
        self.assertIn("nothing to compare", said)


if __name__ == "__main__":
    BINARY, MAN = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1))
    unittest.main()
