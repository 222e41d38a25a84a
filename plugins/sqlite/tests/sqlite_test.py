"""The SQLite extension in its two hosts, the sqlite3 shell and Python.

    sqlite_test.py EXTENSION SEKISHO PACK
"""
import json
import pathlib
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "tests" / "hosts"))
import golden  # noqa: E402
import limits  # noqa: E402

EXTENSION = SEKISHO = PACK = ""
RIFLE = "RIFLE,5.56 MILLIMETER M4"
CANDIDATES = "select list, entry, verdict, score, cite, missing, evidence from sekisho_candidates(?, ?)"


def connect():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    return db


def shell(*statements):
    command = ["sqlite3", "-batch", ":memory:", f".load {EXTENSION}", *statements]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


class Golden(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = golden.cases(SEKISHO)

    def test_python(self):
        db = connect()
        for name, description, part_number, expected in self.cases:
            got = db.execute("select sekisho(?, ?)", (description, part_number)).fetchone()[0]
            self.assertEqual(got, expected, name)

    def test_shell(self):
        run = shell(".mode tabs", f".import {golden.ITEMS} items", ".mode list",
                    "select sekisho(description, part_number) from items order by id")
        self.assertEqual(run.stderr, "")
        got = run.stdout.split("\n")[:-1]
        self.assertEqual(len(got), len(self.cases))
        for case, line in zip(self.cases, got):
            self.assertEqual(line, case[3], case[0])

    def test_candidates_are_those_of_the_json(self):
        db = connect()
        rows = 0
        for name, description, part_number, expected in self.cases:
            wanted = []
            for a_list in json.loads(expected)["lists"]:
                for c in a_list["candidates"]:
                    evidence = "; ".join(f'{e["text"]} [{e.get("concept") or e.get("measure") or e.get("system")}]'
                                         for e in c["evidence"])
                    wanted.append((a_list["list"], c["entry"], c["verdict"], c["score"], c["cite"],
                                   "; ".join(m["en"] for m in c["missing"]), evidence))
                if a_list["verdict"] == "unknown" and not a_list["candidates"]:
                    why = "; ".join(m["en"] for m in json.loads(expected)["notices"])
                    wanted.append((a_list["list"], None, "unknown", None, None, why, None))
            got = [(*row[:3], row[3] and round(row[3], 3), *row[4:])
                   for row in db.execute(CANDIDATES, (description, part_number))]
            self.assertEqual(got, wanted, name)
            rows += len(got)
        self.assertGreater(rows, 100)


class Functions(unittest.TestCase):
    def setUp(self):
        self.db = connect()

    def one(self, query, *values):
        return self.db.execute(query, values).fetchone()[0]

    def test_nothing_said(self):
        wanted = next(case[3] for case in golden.cases(SEKISHO) if case[1] == "-")
        for query in ("select sekisho(null)", "select sekisho('')", "select sekisho(null, null)"):
            self.assertEqual(self.one(query), wanted, query)
        self.assertEqual(self.one("select sekisho_verdict('us-usml', null)"), "unknown")
        rows = self.db.execute("select entry, verdict, missing from sekisho_candidates(null)").fetchall()
        self.assertEqual(rows, [(None, "unknown", "neither description nor part number says anything")] * 4)
        self.assertNotIn("empty-item", self.one("select sekisho(null, 'AN/PVS-14')"))

    def test_verdict(self):
        self.assertEqual(self.one("select sekisho_verdict('us-usml', ?)", RIFLE), "match")
        self.assertEqual(self.one("select sekisho_verdict('us-usml', 'TABLE')"), "no_match")
        with self.assertRaisesRegex(sqlite3.OperationalError, "no such list.*hint: one of us-usml"):
            self.one("select sekisho_verdict('usml', 'TABLE')")

    def test_what_cannot_be_judged_has_rows(self):
        rows = self.db.execute("select list, entry, verdict, missing from sekisho_candidates(?)", ("x" * 70000,)).fetchall()
        self.assertEqual([row[:3] for row in rows], [(name, None, "unknown") for name in
                                                     ("us-usml", "us-ccl", "jp-etco", "jp-feo")])
        self.assertTrue(all(row[3] for row in rows))
        self.assertEqual(self.one("select sekisho_verdict('us-ccl', ?)", "x" * 70000), "unknown")

    def test_joins_in_any_order(self):
        self.db.execute("create table parts(id, name, number)")
        self.db.executemany("insert into parts values (?, ?, ?)",
                            [(1, RIFLE, None), (2, "TABLE", None), (3, None, "AN/PVS-14")])
        for tables in ("parts p, sekisho_candidates(p.name, p.number) c", "sekisho_candidates(p.name, p.number) c, parts p",
                       "parts p join sekisho_candidates c on c.description is p.name and c.part_number is p.number"):
            rows = self.db.execute(f"select distinct p.id from {tables} where c.list = 'us-usml' order by 1").fetchall()
            self.assertEqual(rows, [(1,), (3,)], tables)
        both = self.db.execute("select sekisho(p.name, p.number), c.entry from parts p,"
                               " sekisho_candidates(p.name, p.number) c where p.id = 1").fetchall()
        entries = [c["entry"] for a_list in json.loads(both[0][0])["lists"] for c in a_list["candidates"]]
        self.assertEqual([row[1] for row in both], entries)

    def test_no_item_is_an_error(self):
        with self.assertRaisesRegex(sqlite3.OperationalError, "hint: sekisho_candidates"):
            self.db.execute("select * from sekisho_candidates").fetchall()

    def test_version(self):
        version = json.loads(self.one("select sekisho_version()"))
        self.assertEqual(sorted(version), ["abi", "as_of", "digest", "engine", "taxonomy", "unicode"])
        printed = subprocess.run([SEKISHO, "version"], capture_output=True, text=True, check=True).stdout
        for key in ("engine", "taxonomy", "digest", "unicode"):
            self.assertIn(version[key], printed)

    def test_not_deterministic(self):
        flags = dict(self.db.execute("select distinct name, flags from pragma_function_list where name like 'sekisho%'"))
        self.assertTrue(flags)
        for name, bits in flags.items():
            self.assertEqual(bits & (0x800 | 0x200000), 0, f"{name} is marked deterministic or innocuous")
        with self.assertRaises(sqlite3.OperationalError):
            self.db.executescript("create table t(x); create index i on t(sekisho(x))")

    def test_settings(self):
        self.assertIsNone(self.one("select sekisho_config('taxonomy')"))
        before = self.one("select sekisho(?)", RIFLE)
        self.assertEqual(self.one("select sekisho_config('taxonomy', ?)", PACK), PACK)
        self.assertEqual(self.one("select sekisho(?)", RIFLE), before)
        self.one("select sekisho_config('lists', 'us-ccl')")
        self.assertEqual([a["list"] for a in json.loads(self.one("select sekisho(?)", RIFLE))["lists"]], ["us-ccl"])
        self.one("select sekisho_config('lists', null)")
        self.one("select sekisho_config('as_of', '2020-01-01')")
        self.assertEqual(json.loads(self.one("select sekisho(?)", RIFLE))["taxonomy"]["as_of"], "2020-01-01")

    def test_wrong_settings_change_nothing(self):
        before = self.one("select sekisho(?)", RIFLE)
        for name, value, words in (("taxonomy", "/no/such.pack", "no such file|cannot"), ("lists", "usml", "no list \"usml\""),
                                   ("as_of", "soon", "not a date"), ("colour", "red", "no such setting")):
            with self.assertRaisesRegex(sqlite3.OperationalError, words):
                self.one("select sekisho_config(?, ?)", name, value)
        self.assertEqual(self.one("select sekisho(?)", RIFLE), before)

    def test_settings_reach_an_open_query(self):
        self.db.execute("create table parts(name)")
        self.db.executemany("insert into parts values (?)", [(RIFLE,)] * 3)
        rows = self.db.execute("select c.list from parts p, sekisho_candidates(p.name) c")
        first = rows.fetchone()[0]
        self.one("select sekisho_config('lists', 'jp-etco')")
        rest = {row[0] for row in rows}
        self.assertEqual(first, "us-usml")
        self.assertIn("jp-etco", rest)

    def test_schema_may_not_change_settings(self):
        self.db.execute("create view v as select sekisho_config('lists', 'us-ccl')")
        with self.assertRaisesRegex(sqlite3.OperationalError, "unsafe use"):
            self.db.execute("select * from v").fetchall()

    def test_shell(self):
        run = shell(f"select list, entry from sekisho_candidates('{RIFLE}') limit 1", "select sekisho_config('lists', 'x')")
        self.assertIn("us-usml|", run.stdout)
        self.assertIn('no list "x"', run.stderr)


class Limits(unittest.TestCase):
    GREATEST = {"max_input_bytes": 2**32 - 1, "max_matches": 2**32 - 1, "max_steps": 2**63 - 1,
                "max_memory_bytes": 2**63 - 1}

    def setUp(self):
        self.db = connect()
        self.default = limits.command_line(SEKISHO)

    def one(self, query, *values):
        return self.db.execute(query, values).fetchone()[0]

    def judged(self):
        return self.one("select sekisho(?)", limits.ITEM)

    def config(self, name, *value):
        return self.one(f"select sekisho_config({', '.join('?' * (1 + len(value)))})", name, *value)

    def test_each_holds(self):
        for name in limits.NOTICES:
            def within(limit):
                self.assertEqual(self.config(name, limit), limit or None)
                self.assertEqual(self.config(name), limit or None)
                return self.judged()
            limits.check(self, name, within, SEKISHO)

    def test_in_every_function(self):
        for name in limits.NOTICES:
            self.assertEqual(self.one("select sekisho_verdict('us-usml', ?)", limits.ITEM), "match")
            self.config(name, 1)
            rows = self.db.execute("select distinct entry, verdict from sekisho_candidates(?)", (limits.ITEM,)).fetchall()
            self.assertEqual(rows, [(None, "unknown")], name)
            self.assertEqual(self.one("select sekisho_verdict('us-usml', ?)", limits.ITEM), "unknown", name)
            self.assertIsNone(self.config(name, None))

    def test_default_of_bytes(self):
        for limit, size, within in ((0, 65536, True), (0, 65537, False), (70000, 70000, True), (70000, 70001, False)):
            self.config("max_input_bytes", limit)
            said = self.one("select sekisho(?)", limits.ITEM.ljust(size))
            self.assertEqual("limit-input-size" not in said, within, (limit, size))

    def test_whole_range(self):
        for name, greatest in self.GREATEST.items():
            self.assertEqual(self.config(name, greatest), greatest)
            self.assertEqual(self.judged(), self.default, name)
        self.assertEqual(self.config("max_steps", "4711"), 4711, "a text that is a number")

    def test_bad_values_change_nothing(self):
        for name, greatest in self.GREATEST.items():
            self.config(name, 2**20)
            bad = [-1, 1.5, "many", "", b"7", "9223372036854775808"] + ([greatest + 1] if greatest < 2**63 - 1 else [])
            for value in bad:
                with self.assertRaisesRegex(sqlite3.OperationalError, f"{name}: .* from 0 to {greatest} .*hint: 0 or NULL"):
                    self.config(name, value)
            self.assertEqual(self.config(name), 2**20)
        self.assertEqual(self.judged(), self.default)

    def test_of_one_connection_and_within_an_open_query(self):
        self.db.execute("create table parts(name)")
        self.db.executemany("insert into parts values (?)", [(RIFLE,)] * 3)
        rows = self.db.execute("select c.verdict from parts p, sekisho_candidates(p.name) c")
        self.assertEqual(rows.fetchone()[0], "match")
        self.config("max_input_bytes", 1)
        self.assertIn("unknown", {row[0] for row in rows})
        self.assertEqual(connect().execute("select sekisho(?)", (limits.ITEM,)).fetchone()[0], self.default)

    def test_other_settings_keep_limits(self):
        self.config("max_steps", 1)
        self.config("lists", "us-usml")
        self.assertEqual(self.one("select sekisho_verdict('us-usml', ?)", limits.ITEM), "unknown")


if __name__ == "__main__":
    EXTENSION, SEKISHO, PACK = sys.argv[1:4]
    del sys.argv[1:4]
    unittest.main(verbosity=1)
