#!/usr/bin/env python3
"""cli_test.py SEKISHO: the command line on good and on bad input. Needs Python 3.9 and nothing else."""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

BINARY = ""
HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "fixtures")
ROOT = os.path.join(HERE, "..", "..")


def fixture(name):
    return os.path.join(FIXTURES, name)


class CliTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as f:
            f.write(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def run_cli(self, *arguments, stdin=None, status=0):
        done = subprocess.run([BINARY, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=1200)
        self.assertEqual(done.returncode, status, (arguments, done.stdout[-2000:], done.stderr[-2000:]))
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")

    def rows(self, path, *options, status=0, stdin=None):
        out, _ = self.run_cli("classify", path, "--output", "jsonl", *options, status=status, stdin=stdin)
        return [json.loads(line) for line in out.splitlines()]

    def refused(self, *arguments, stdin=None):
        """The message of a run that ends with status 2, a hint, and nothing on standard output."""
        out, err = self.run_cli(*arguments, stdin=stdin, status=2)
        self.assertEqual(out, "")
        self.assertIn("hint:", err)
        return err


class GoodInput(CliTest):
    def test_result_has_the_fixed_shape(self):
        first = self.rows(fixture("good.tsv"))[0]
        self.assertEqual(list(first)[:6], ["schema", "id", "taxonomy", "lists", "treaties", "notices"])
        self.assertEqual(first["schema"], 1)
        self.assertRegex(first["taxonomy"]["digest"], r"^sha256:[0-9a-f]{64}$")
        self.assertRegex(first["taxonomy"]["as_of"], r"^\d{4}-\d\d-\d\d$")
        self.assertEqual([item["list"] for item in first["lists"]][:1], ["us-usml"])
        for candidate in (c for item in first["lists"] for c in item["candidates"]):
            self.assertEqual(list(candidate)[:8],
                             ["entry", "verdict", "score", "title", "cite", "flags", "missing", "evidence"])
            for e in candidate["evidence"]:
                if e["field"] == "description":
                    self.assertEqual("GOGGLE,NIGHT VISION".encode()[e["begin"]:e["end"]].decode(), e["text"])

    def test_csv_quotes_and_line_ends(self):
        rows = self.rows(fixture("good.csv"))
        self.assertEqual([r["id"] for r in rows], ["1", "2", "3", "4"])
        self.assertFalse([r for r in rows if "error" in r])

    def test_tsv_has_no_quotes_and_carries_columns(self):
        rows = self.rows(fixture("good.tsv"))
        self.assertEqual([r["carried"]["plant"] for r in rows], ["Essen", "Köln", "大阪"])

    def test_jsonl(self):
        rows = self.rows(fixture("good.jsonl"))
        self.assertEqual([r["id"] for r in rows], ["1", "2", "3"])
        self.assertEqual(rows[0]["carried"], {"plant": {"city": "Essen"}})
        self.assertEqual(rows[1]["taxonomy"]["as_of"], "2025-01-31")

    def test_plain_list(self):
        path = self.write("items.txt", b"\xef\xbb\xbfSIGHT,NIGHT VISION\r\n\r\n \t\r\n\xe3\x80\x80\n\xe6\x8b\xb3\xe9\x8a\x83\r\n\"desk, 2 drawers\"\nrifle\t2")
        rows = self.rows(path)
        self.assertEqual([r["id"] for r in rows], ["1", "2", "3", "4"])
        table = self.rows(self.write("items.jsonl", "".join(json.dumps({"id": str(i + 1), "description": d}) + "\n" for i, d in enumerate(
            ["SIGHT,NIGHT VISION", "拳銃", '"desk, 2 drawers"', "rifle\t2"]))))
        self.assertEqual([r["lists"] for r in rows], [r["lists"] for r in table])
        self.assertTrue(any(item["verdict"] == "match" for item in rows[1]["lists"]))
        out, _ = self.run_cli("classify", path, "--output", "csv")
        cells = list(csv.reader(io.StringIO(out)))
        at = cells[0].index("description")
        self.assertEqual([c[at] for c in cells[1:]], ["SIGHT,NIGHT VISION", "拳銃", '"desk, 2 drawers"', "rifle\t2"])
        self.assertEqual(len(self.rows("-", "--input", "lines", stdin=b"rifle\npistol\n")), 2)
        self.assertEqual(len(self.rows(self.write("list.csv", "rifle\npistol"), "--input", "lines")), 2)
        self.assertEqual(self.rows(self.write("blank.txt", "\n \n")), [])

    def test_text_file_with_a_header_is_a_table(self):
        for content in ("id\tdescription\n7\trifle\n", "id,description\r\n7,rifle\r\n", '"id","Description"\n7,rifle\n', '{"id":"7","description":"rifle"}\n'):
            self.assertEqual([r["id"] for r in self.rows(self.write("items.txt", content))], ["7"], content)
        self.assertIn("--input tsv", self.refused("classify", self.write("items.txt", "nr\tname\n7\trifle\n"), "--input", "csv"))
        self.assertIn('no column "description"', self.refused("classify", self.write("items.txt", "nr\tname\n7\trifle\n")))

    def test_same_items_same_verdicts_in_every_format(self):
        verdicts = [[i["verdict"] for i in self.rows(fixture(n))[0]["lists"]] for n in ("good.csv", "good.tsv", "good.jsonl")]
        self.assertEqual(verdicts[0], verdicts[1])
        self.assertEqual(verdicts[0], verdicts[2])

    def test_csv_output_keeps_columns_and_cells(self):
        out, _ = self.run_cli("classify", fixture("good.csv"), "--output", "csv")
        rows = list(csv.DictReader(io.StringIO(out, newline="")))
        self.assertEqual(rows[1]["description"], 'two\r\nlines, and a "quote"')
        self.assertEqual(list(rows[0])[:5], ["id", "description", "part_number", "origin", "sekisho_verdict"])

    def test_table_marks_words_and_sums_up(self):
        out, _ = self.run_cli("classify", fixture("good.tsv"), "--output", "table")
        self.assertIn("[GOGGLE,NIGHT VISION]", out)
        self.assertIn("3 items in", out)
        self.assertNotIn("\x1b", out)

    def test_standard_input_and_guessing(self):
        self.assertEqual(len(self.rows("-", stdin=b"description\trifle\nx\ty\n")), 1)
        self.assertEqual(len(self.rows("-", stdin=b'{"description": "rifle"}\n')), 1)
        self.assertEqual(len(self.rows("-", stdin=b'description,id\n"a,b",1\n')), 1)

    def test_byte_order_mark_and_column_names_of_erps(self):
        self.assertEqual(self.rows(self.write("a.csv", "\ufeffID,Description,Part Number\n7,rifle,M16A2\n"))[0]["id"], "7")

    def test_order_is_kept_whatever_the_threads(self):
        path = self.write("many.tsv", "id\tdescription\n" + "".join(f"{i}\trifle {i}\n" for i in range(5000)))
        one = self.rows(path, "--threads", "1")
        self.assertEqual([r["id"] for r in one], [str(i) for i in range(5000)])
        self.assertEqual(one, self.rows(path, "--threads", "7"))

    def test_context_and_lists(self):
        rows = self.rows(fixture("good.csv"), "--lists", "jp-etco", "--as-of", "2024-06-01", "--destination", "jp")
        self.assertEqual([i["list"] for i in rows[0]["lists"]], ["jp-etco"])
        self.assertEqual(rows[0]["taxonomy"]["as_of"], "2024-06-01")

    def test_explain(self):
        out, _ = self.run_cli("explain", "GOGGLE,NIGHT VISION", "--part-number", "AN/PVS-14")
        self.assertIn("United States Munitions List", out)
        out, _ = self.run_cli("explain", "zzqx")
        self.assertIn("no words", out)

    def test_version_and_help(self):
        self.assertIn("ABI", self.run_cli("version")[0])
        self.assertIn("classify", self.run_cli("--help")[0])


class BadInput(CliTest):
    def errors(self, rows):
        return {r["id"]: r["error"] for r in rows if "error" in r}

    def test_malformed_jsonl_rows(self):
        rows = self.rows(fixture("bad_rows.jsonl"), status=1)
        self.assertEqual(len(rows), 15)
        errors = self.errors(rows)
        self.assertEqual(len(errors), 13)
        self.assertEqual([r["line"] for r in rows if "error" in r], list(range(2, 15)))
        for error in errors.values():
            self.assertGreater(len(error), 10)
        self.assertIn("lists", rows[0])
        self.assertIn("lists", rows[14])

    def test_broken_quotes_lose_no_other_row(self):
        rows = self.rows(fixture("bad_quotes.csv"), status=1)
        self.assertEqual([r["id"] for r in rows if "lists" in r], ["1", "3", "5", "9"])
        bad = {r["line"]: r["error"] for r in rows if "error" in r}
        self.assertEqual(sorted(bad), [3, 5, 7, 8, 9])
        self.assertIn("quote", bad[3])
        self.assertIn("header has 2", bad[7])

    def test_invalid_utf8_and_nul(self):
        path = self.write("a.tsv", b"id\tdescription\n1\trifle\n2\tri\xff\xfefle\n3\tri\x00fle\n4\trifle\n")
        rows = self.rows(path, status=1)
        self.assertEqual([r["id"] for r in rows], ["1", "2", "3", "4"])
        self.assertIn("UTF-8 at byte 3", rows[1]["error"])
        self.assertEqual(rows[1]["line"], 3)
        self.assertIn("NUL", rows[2]["error"])
        out, _ = self.run_cli("classify", path, "--output", "table", status=1)
        self.assertIn("2 of them with errors", out)
        out, _ = self.run_cli("classify", path, "--output", "csv", status=1)
        self.assertIn("NUL", out)
        rows = self.rows(self.write("a.txt", b"rifle\nri\xff\xfefle\nri\x00fle\nrifle"), status=1)
        self.assertEqual(["error" in r for r in rows], [False, True, True, False])
        self.assertIn("UTF-8 at byte 3", rows[1]["error"])
        self.assertEqual(rows[1]["line"], 2)

    def test_very_long_lines(self):
        long = "x" * 10_000_000
        for name, content in (("a.tsv", f"description\nrifle\n{long}\nrifle\n"),
                              ("a.txt", f"rifle\n{long}\nrifle\n"),
                              ("a.csv", f"description\nrifle\n{long}\nrifle\n"),
                              ("b.csv", f'description\nrifle\n"{long}"\nrifle\n'),
                              ("a.jsonl", '{"description":"rifle"}\n{"description":"%s"}\n{"description":"rifle"}\n' % long),
                              ("b.jsonl", '{"description":"rifle"}\n%s{"description":"rifle"}\n{"description":"rifle"}\n' % (" " * 2_000_000)),
                              ("b.txt", "rifle\n%srifle\nrifle\n" % (" " * 2_000_000))):
            rows = self.rows(self.write(name, content), status=1)
            self.assertEqual(["error" in r for r in rows], [False, True, False], name)
            self.assertIn("1 MiB", rows[1]["error"])

    def test_long_text_is_unknown(self):
        rows = self.rows(self.write("a.tsv", "description\n" + "rifle " * 20000 + "\n"))
        self.assertEqual({i["verdict"] for i in rows[0]["lists"]}, {"unknown"})
        self.assertEqual(rows[0]["notices"][0]["id"], "limit-input-size")

    def test_limits_are_options(self):
        line = "machine gun 12.7 mm, length 310 km and printer"
        path = self.write("a.tsv", "description\n" + line + "\n")
        found = self.rows(path)[0]
        for option, small, enough, notice in (("--max-input-bytes", len(line) - 1, len(line), "limit-input-size"), ("--max-matches", 1, 4096, "limit-matching"),
                                              ("--max-steps", 1, 16777216, "limit-matching"), ("--max-memory-bytes", 99, 67108864, "limit-memory")):
            self.assertEqual(self.rows(path, option, str(enough))[0], found)
            hit = self.rows(path, option, str(small))[0]
            self.assertIn(notice, [n["id"] for n in hit["notices"]])
            self.assertTrue({i["verdict"] for i in hit["lists"]} <= {"match", "possible", "catch_all", "unknown"}, hit)
            for wrong in ("0", "-1", "many", str(2**64)):
                self.run_cli("classify", path, option, wrong, status=2)

    def test_deep_json_and_json_bombs(self):
        rows = self.rows(self.write("a.jsonl", '{"description":"rifle","x":' + "[" * 300000 + "]" * 300000 + "}\n"), status=1)
        self.assertIn("deep", rows[0]["error"])

    def test_unknown_head_is_missing(self):
        done = subprocess.run([BINARY, "classify", "--output", "jsonl", "--treaties", "none"], capture_output=True, text=True,
                              input="description\nSWIR camera InGaAs\nSWIR camera\n")
        doubted, plain = [json.loads(l) for l in done.stdout.splitlines()]
        candidates = [c for l in doubted["lists"] for c in l["candidates"]]
        self.assertTrue(candidates)
        for c in candidates:
            self.assertEqual(c["verdict"], "possible")
            self.assertEqual(c["missing"][0]["id"], "unknown-head")
            self.assertIn("InGaAs", c["missing"][0]["en"])
            self.assertIn("InGaAs", c["missing"][0]["ja"])
        self.assertIn("unknown-head", [n["id"] for n in doubted["notices"]])
        self.assertNotIn("unknown-head", [m["id"] for l in plain["lists"] for c in l["candidates"] for m in c["missing"]])

    def test_missing_column(self):
        error = self.refused("classify", self.write("a.csv", "id,name\n1,rifle\n"))
        self.assertIn(":1:", error)
        self.assertIn('no column "description"', error)
        self.assertIn('"id", "name"', error)
        self.assertIn("--input tsv", self.refused("classify", self.write("b.csv", "id\tdescription\n1\trifle\n")))
        self.assertIn("--input lines", self.refused("classify", "-", stdin=b"rifle\npistol\n"))
        self.assertIn("two columns", self.refused("classify", self.write("c.csv", "description,Description\na,b\n")))

    def test_files_that_are_none(self):
        self.assertIn("is empty", self.refused("classify", self.write("a.csv", "")))
        self.assertIn("is empty", self.refused("classify", self.write("a.jsonl", "")))
        self.assertIn("one item a line", self.refused("classify", self.write("a.txt", "")))
        self.assertIn("is a directory", self.refused("classify", self.folder.name))
        self.assertIn("No such file", self.refused("classify", "/no/such/file.csv"))
        self.assertIn("UTF-16", self.refused("classify", self.write("b.csv", "description\nrifle\n".encode("utf-16"))))
        self.assertIn("closed", self.refused("classify", self.write("c.csv", '"description\nrifle\n')))

    def test_header_alone_is_no_error(self):
        self.assertEqual(self.rows(self.write("a.csv", "id,description\n")), [])

    def test_wrong_options(self):
        path = fixture("good.csv")
        self.assertIn("9999-01-01", self.refused("classify", path, "--as-of", "9999-01-01"))
        self.assertIn("YYYY-MM-DD", self.refused("classify", path, "--as-of", "yesterday"))
        self.assertIn("us-usml", self.refused("classify", path, "--lists", "us-uslm"))
        self.assertIn("ISO 3166", self.refused("classify", path, "--origin", "Japan"))
        for arguments in (["classify", path, "--output", "xml"], ["classify", path, "--threads", "0"],
                          ["classify", path, "--threads", "-1"], ["eval", path, "--threads", "-1"], ["frobnicate"], []):
            self.run_cli(*arguments, status=2)

    def test_closed_pipe(self):
        process = subprocess.Popen([BINARY, "classify", os.path.join(ROOT, "taxonomy/sample/items.tsv")],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        self.assertIn(process.wait(timeout=60), (0, 2))
        process.stderr.close()


class Packs(CliTest):
    TAXONOMY = os.path.join(ROOT, "taxonomy")

    def pack(self):
        path = os.path.join(self.folder.name, "all.pack")
        self.run_cli("taxonomy", "compile", "--lenient", self.TAXONOMY, "-o", path)
        with open(path, "rb") as f:
            return path, f.read()

    def test_good_and_bad_packs(self):
        path, content = self.pack()
        item = fixture("good.csv")
        self.rows(item, "--taxonomy", path)
        half = self.write("half.pack", content[: len(content) // 2])
        self.assertIn("half.pack", self.refused("classify", item, "--taxonomy", half))
        other = self.write("other.pack", content[:8] + bytes([content[8] ^ 64]) + content[9:])
        self.assertIn("version", self.refused("classify", item, "--taxonomy", other))
        flipped = self.write("flipped.pack", content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
        self.refused("classify", item, "--taxonomy", flipped)
        self.refused("classify", item, "--taxonomy", item)
        self.refused("classify", item, "--taxonomy", self.folder.name)
        self.refused("classify", item, "--taxonomy", "/no/such.pack")
        self.refused("classify", item, "--taxonomy", self.write("empty.pack", b""))

    def tiny(self, pattern):
        """A taxonomy of one concept whose designator is `pattern`."""
        folder = os.path.join(self.folder.name, "taxonomy")
        os.makedirs(os.path.join(folder, "concepts"), exist_ok=True)
        os.makedirs(os.path.join(folder, "lists", "us-usml"), exist_ok=True)
        self.write("taxonomy/taxonomy.json", '{"version": "1", "as_of": "2026-01-01", "lists": ["us-usml"]}')
        self.write("taxonomy/concepts/a.json", json.dumps(
            {"military": {"label": {"en": "military", "ja": "軍用"}, "kind": "quality", "en": ["military"]},
             "fine-gun": {"label": {"en": "fine gun", "ja": "好銃"}, "en": ["fine gun"], "ja": ["好銃"], "designators": [pattern]}},
            ensure_ascii=False, indent=1))
        self.write("taxonomy/lists/us-usml/list.json", json.dumps(
            {"list": "us-usml", "title": {"en": "List", "ja": "表"}, "regime": "us", "review": 0, "cite": "22 CFR 121.1 {entry}"}))
        self.write("taxonomy/lists/us-usml/cat.json", json.dumps({"list": "us-usml", "entries": {"I(a)": {
            "title": {"en": "Guns", "ja": "銃"}, "rules": [{"is": "@fine-gun"}],
            "tests": {"match": ["fine gun", "好銃"], "no": ["book", "本"]}}}}, ensure_ascii=False, indent=1))
        return folder

    def test_regex_error_has_place_and_hint(self):
        out, err = self.run_cli("taxonomy", "check", self.tiny("XQ-(\\d+"), status=1)
        place = [line for line in err.splitlines() if line.startswith("concepts/a.json:")]
        self.assertTrue(place, err)
        self.assertRegex(place[0], r"^concepts/a\.json:\d+:\d+: error E\d{4}: ")
        self.assertIn("1 errors", out)

    def test_check_runs_the_tests(self):
        folder = self.tiny("XQ-\\d{2}")
        out, _ = self.run_cli("taxonomy", "check", folder)
        self.assertIn("4 tests, 0 failed", out)
        path = os.path.join(folder, "lists", "us-usml", "cat.json")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        self.write("taxonomy/lists/us-usml/cat.json", text.replace('"book"', '"fine gun,7.62MM"'))
        out, _ = self.run_cli("taxonomy", "check", folder, status=1)
        self.assertIn("4 tests, 1 failed", out)
        self.assertRegex(out, r"lists/us-usml/cat\.json:\d+:\d+: error E0801: us-usml I\(a\) expects no of \"fine gun,7.62MM\", came us-usml I\(a\) match")

    def test_reading_shows_words_and_facts(self):
        folder = self.tiny("XQ-\\d{2}")
        out, _ = self.run_cli("taxonomy", "reading", "XQ-77 launcher", "--part-number", "XQ-12", "--taxonomy", folder)
        self.assertIn("reads  xq-77 launcher|xq-12", out)
        self.assertRegex(out, r"word   xq-77 +@")
        self.assertRegex(out, r"fact   XQ-77 +is for has @fine-gun")
        self.assertRegex(out, r"fact   XQ-12 +is @fine-gun")
        self.run_cli("taxonomy", "reading", "x" * 70000, "--taxonomy", folder, status=1)
        self.refused("taxonomy", "reading", "x", "--taxonomy", "no-such-folder")

    def test_coverage(self):
        out, _ = self.run_cli("taxonomy", "coverage", "--json", self.tiny("XQ-\\d{2}"))
        (report,) = json.loads(out)["lists"]
        self.assertEqual([report[k] for k in ("list", "entries", "decidable", "with_rules", "with_tests")], ["us-usml", 1, 1, 1, 1])

    def test_folders_that_are_none(self):
        for command in (["check"], ["coverage"], ["compile", "-o", self.folder.name + "/x.pack"]):
            self.refused("taxonomy", command[0], "/no/such/folder", *command[1:])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
