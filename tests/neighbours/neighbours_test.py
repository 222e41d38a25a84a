"""The library beside other users of ICU, RE2 and Abseil, of newer versions than its own, in one process.

    neighbours_test.py LIBRARY SEKISHO [--lenders HOST HOST_WITHOUT_DATA] [--node NODE PACKAGE] [--java JAVA FOLDER]
                       [--postgresql PG_CONFIG EXTENSION]

The neighbours stand in front: their symbols are open to the process and found before all others (LD_PRELOAD). What the
library says has to stay the same to the byte, what the host does with its own ICU has to stay the same, and the
dynamic linker has to say (LD_DEBUG=bindings) that nobody took a function of another one's.
"""
import argparse
import ctypes.util
import json
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / "tests" / "hosts"), str(ROOT / "plugins" / "postgresql" / "tests")]
import golden  # noqa: E402

OPTIONS = argparse.Namespace()
LINES = [row.split("\t")[1] for row in (ROOT / "tests/hosts/golden.tsv").read_text("utf-8").split("\n")[1:-1]]
# Libraries that programs have in many versions, by the names of their functions.
ICU, ABSEIL, RE2 = re.compile(r"^u[a-z]*_\w+|\dicu_"), re.compile("absl|Absl"), re.compile(r"\dre2\d")
BINDING = re.compile(r"binding file (\S+) \[0\] to (\S+) \[0\]: \w+ symbol `([^']+)'")


def one(folder, pattern):
    (path,) = pathlib.Path(folder).glob(pattern)
    return str(path)


def neighbours():
    """Files to load in front: Python's library, which RE2's module asks for, RE2 with Abseil, ICU."""
    packages = sysconfig.get_path("platlib")
    python = ctypes.util.find_library(f"python{sysconfig.get_python_version()}")
    if python is None:
        raise RuntimeError("no libpython for RE2's module (hint: install libpython3-dev)")
    icu = [one(packages + "/pyicu_wheels.libs", f"lib{part}-*") for part in ("icudata", "icuuc", "icui18n")]
    return [python, one(packages, "re2/_re2.*.so"), *icu]


def needed():
    """The files of ICU and Abseil that the library asks for."""
    text = subprocess.run(["ldd", OPTIONS.library], capture_output=True, check=True, text=True).stdout
    return re.findall(r"(lib(?:icu|absl)\S+) =>", text)


def bindings(folder):
    """(file, file it was bound to, symbol) of every process that wrote to the folder."""
    for path in pathlib.Path(folder).iterdir():
        yield from BINDING.findall(path.read_text("utf-8", "replace"))


class Neighbours(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.chmod(folder.name, 0o777)  # a server runs as another user
        self.folder = folder.name
        self.front = {"LD_PRELOAD": " ".join(neighbours()), "LD_DEBUG": "bindings",
                      "LD_DEBUG_OUTPUT": self.folder + "/bindings"}

    def check_bindings(self):
        """The library's functions of ICU and Abseil are those of the files that it asks for, and nobody else's are."""
        own = set(needed())
        others = {"node", *map(os.path.basename, neighbours())}
        ours = []
        for file, target, symbol in bindings(self.folder):
            file, target = os.path.basename(file), os.path.basename(target)
            if not any(name.search(symbol) for name in (ICU, ABSEIL, RE2)):
                continue
            if file in own or file.startswith("libsekisho.so"):
                self.assertIn(target, own, symbol)
                ours += [symbol] if file not in own else []
            elif file in others:
                self.assertNotIn(target, own, f"{file}: {symbol}")
        self.assertGreater(sum(bool(ICU.search(s)) for s in ours), 5, ours)
        self.assertGreater(sum(bool(ABSEIL.search(s)) for s in ours), 5, ours)
        self.assertEqual([s for s in ours if RE2.search(s)], [])

    def test_the_neighbours_are_of_other_versions(self):
        theirs = subprocess.run(["nm", "-D", "--defined-only", *neighbours()[1:]], capture_output=True, check=True, text=True).stdout
        for ours, pattern in (("libicuuc.so.", r" u_isalpha_(\d+)$"), ("libabsl_strings.so.", r"4absl\d+lts_(\d+)")):
            (version,) = (name.removeprefix(ours) for name in needed() if name.startswith(ours))
            found = set(re.findall(pattern, theirs, re.M))
            self.assertTrue(found)
            self.assertNotIn(version, found)

    def test_names_carry_their_version(self):
        """What the library asks of ICU and Abseil can only be had of the version that it was built with."""
        text = subprocess.run(["nm", "-D", "--undefined-only", OPTIONS.library], capture_output=True, check=True, text=True).stdout
        names = [line.split()[-1] for line in text.splitlines()]
        icu, abseil = [n for n in names if ICU.search(n)], [n for n in names if ABSEIL.search(n)]
        self.assertGreater(len(icu), 5)
        self.assertGreater(len(abseil), 5)
        self.assertEqual([n for n in icu if not re.search(r"6icu_\d\d|_\d\d$", n)], [])
        self.assertEqual([n for n in abseil if not re.search(r"4absl\d+(debian\d|lts_\d+)", n)], [])
        self.assertEqual([n for n in names if RE2.search(n)], [])

    def test_the_method_sees_a_clash(self):
        """RE2 has no version in its names: the compiler in the program takes the neighbour's, and so would the library."""
        subprocess.run([OPTIONS.sekisho, "version"], env={**os.environ, **self.front}, capture_output=True, check=False)
        taken = [s for f, t, s in bindings(self.folder) if f.endswith("/sekisho") and "/_re2." in t and RE2.search(s)]
        self.assertGreater(len(taken), 0)

    def judged(self, *command, **variables):
        """What a program prints for the golden lines, and what the command line does."""
        wanted = {case[1]: case[3] for case in golden.cases(OPTIONS.sekisho) if not case[2]}
        self.assertGreater(len(wanted), 100)
        out = subprocess.run(command, input="\n".join(LINES), stdout=subprocess.PIPE, check=True, encoding="utf-8",
                             env={**os.environ, **self.front, "LD_PRELOAD": "", **variables}).stdout
        found = dict(zip(LINES, out.splitlines(), strict=True))
        return {line: found[line] for line in wanted}, wanted

    def check_verdicts(self, *command, **variables):
        self.assertEqual(*self.judged(*command, **variables))
        self.check_bindings()

    def test_program(self):
        for order in ("first", "last"):
            self.check_verdicts(sys.executable, HERE / "program.py", OPTIONS.library, order)

    def borrowed(self):
        """The functions of ICU that the library took from a host of its own version."""
        return {s for f, t, s in bindings(self.folder)
                if "libsekisho.so" in f and "sekisho_lender" in t and ICU.search(s)}

    def test_a_host_with_the_same_icu_lends_it(self):
        """Against that no name helps. With the same data it does no harm, and without any it is told."""
        if not OPTIONS.lenders:
            self.skipTest("no libicuuc.a and libicudata.a to link into a host (hint: install libicu-dev)")
        host, without_data = OPTIONS.lenders
        self.assertEqual(*self.judged(host, OPTIONS.library, "local"))
        self.assertGreater(len(self.borrowed()), 5)
        found, wanted = self.judged(without_data, OPTIONS.library, "local")
        other = [line for line in wanted if found[line] != wanted[line]]
        self.assertGreater(len(other), 100)
        for line in other:
            self.assertFalse(line.isascii(), line)
            result = json.loads(found[line])
            self.assertEqual({row["verdict"] for row in result["lists"]}, {"unknown"}, line)
            self.assertIn("no-unicode-data", [notice["id"] for notice in result["notices"]], line)

    def test_a_host_may_keep_its_icu_to_itself(self):
        if not OPTIONS.lenders:
            self.skipTest("no libicuuc.a and libicudata.a to link into a host (hint: install libicu-dev)")
        self.check_verdicts(OPTIONS.lenders[1], OPTIONS.library, "deep")
        self.assertEqual(self.borrowed(), set())

    def test_java(self):
        if not OPTIONS.java:
            self.skipTest("no Java library in this build (./dev test neighbours brings what it needs)")
        java, folder = OPTIONS.java
        command = [java, "-cp", f"{folder}/classes:{folder}/lib/*", HERE / "Jvm.java"]
        python = {"PYTHONPATH": f"{sysconfig.get_path('platlib')}:{HERE}"}
        for order, front in (("first", False), ("last", False), ("last", True)):
            with self.subTest(order=order, front=front):
                preload = {"LD_PRELOAD": self.front["LD_PRELOAD"]} if front else {}
                name, re2, *icu = neighbours()
                self.check_verdicts(*command, order, name, *icu, re2, **python, **preload)

    def test_node(self):
        if not OPTIONS.node:
            self.skipTest("no package for Node.js in this build (./dev test neighbours brings what it needs)")
        node, package = OPTIONS.node[0], os.path.realpath(OPTIONS.node[1])

        def run(*arguments, **variables):
            out = subprocess.run([node, HERE / "node.js", *arguments], input="\n".join(LINES), text=True, check=True,
                                 capture_output=True, env={**os.environ, **variables}).stdout
            return json.loads(out)
        without, alone, beside = run(), run(package), run(package, **self.front)
        self.assertEqual(alone["results"], beside["results"])
        self.assertEqual(len(beside["results"]), len(LINES))
        self.assertGreater(sum(r["lists"][0]["verdict"] == "match" for r in beside["results"] if r), 20)
        for other in (alone, beside):
            self.assertEqual((other["before"], other["after"]), (without["before"], without["before"]))
        self.assertNotEqual(int(beside["unicode"].split(".")[0]), int(beside["library"].split(".")[0]),
                            "Node.js has the library's ICU: nothing is shown by this")
        self.assertTrue(beside["after"]["letter"])
        self.check_bindings()

    def test_postgresql(self):
        if not OPTIONS.postgresql:
            self.skipTest("no PostgreSQL extension in this build (./dev test neighbours brings what it needs)")
        from server import Server  # pylint: disable=import-outside-toplevel
        cases = golden.cases(OPTIONS.sekisho)
        answers = []
        for variables in ({}, self.front):
            with Server(OPTIONS.postgresql[0], OPTIONS.postgresql[1], OPTIONS.library, variables=variables) as server:
                server.sql("CREATE DATABASE japan TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'ja-JP' LOCALE 'C.UTF-8'")
                sql = lambda *commands: server.sql(*commands, database="japan")
                sql("CREATE TABLE golden (id text, description text, part_number text, expected text)")
                server.load("golden", cases, database="japan")
                # ICU before the library's, after it, and in the same query.
                order = ("SELECT md5(string_agg(description, ',' ORDER BY description COLLATE \"ja-x-icu\", id)), "
                         "md5(string_agg(lower(description COLLATE \"tr-x-icu\"), ',' ORDER BY description, id)) FROM golden")
                before = sql(order)
                sql("CREATE EXTENSION sekisho")
                wrong = "SELECT count(*) FROM golden WHERE sekisho_json(description, part_number)::text <> expected"
                mixed = ("SELECT md5(string_agg(sekisho_verdict(NULL, description) || description, ',' "
                         "ORDER BY description COLLATE \"ja-x-icu\", id)) FROM golden")
                answer = sql(order, wrong, mixed, order, wrong).splitlines()
                self.assertEqual((answer[0], answer[3]), (before, before))
                self.assertEqual((answer[1], answer[4]), ("0", "0"))
                answers.append(answer)
        self.assertEqual(*answers)
        self.check_bindings()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("library")
    parser.add_argument("sekisho")
    parser.add_argument("--lenders", nargs=2)
    parser.add_argument("--node", nargs=2)
    parser.add_argument("--java", nargs=2)
    parser.add_argument("--postgresql", nargs=2)
    parser.parse_args(namespace=OPTIONS)
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
