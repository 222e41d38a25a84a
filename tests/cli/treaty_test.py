#!/usr/bin/env python3
"""treaty_test.py SEKISHO: treaty profiles in every output, and the what-if report, on good and on bad input."""
import csv
import io
import json
import os
import shutil
import sys
import unittest

import cli_test
from cli_test import ROOT

IN_FORCE = ["aukus-126.7", "us-au-126.16", "us-ca-126.5", "us-uk-126.17"]
SAMPLE = os.path.join(ROOT, "taxonomy", "sample", "items.tsv")
ITEMS = ("id,description,value\n1,TORPEDO MK 48 ADCAP,\"USD 1,000\"\n2,\"HOWITZER,TOWED,155MM\",2000\n"
         "3,office chair,30\n4,\"RADAR SET AN/APG-68\",\n")


class TreatyCase(cli_test.CliTest):
    def items(self, text=ITEMS, name="items.csv"):
        return self.write(name, text)

    def report(self, *options, text=ITEMS, status=0):
        out, _ = self.run_cli("treaty", self.items(text), "--output", "json", *options, status=status)
        return json.loads(out)


class InResults(TreatyCase):
    def test_what_is_in_force_unless_told(self):
        path = self.items()
        torpedo, _, chair, _ = self.rows(path)
        self.assertEqual(sorted(t["treaty"] for t in torpedo["treaties"]), IN_FORCE)
        self.assertEqual(chair["treaties"], [], "unasked, no word of what does not apply")
        self.assertEqual(self.rows(path, "--treaties", "none")[0]["treaties"], [])
        asked = self.rows(path, "--treaties", "us-uk-126.17")[2]["treaties"]
        self.assertEqual(asked, [{"treaty": "us-uk-126.17", "verdict": "not_applicable", "entry": None, "row": None,
                                  "hypothetical": False}])
        self.assertIn("us-uk-126.17", self.refused("classify", path, "--treaties", "us-uk"))

    def test_hypothetical_changes_nothing_else(self):
        """Byte for byte, but for its own part."""
        for output in ("jsonl", "csv"):
            without, _ = self.run_cli("classify", SAMPLE, "--output", output, "--treaties", ",".join(IN_FORCE))
            with_it, _ = self.run_cli("classify", SAMPLE, "--output", output, "--treaties", ",".join(IN_FORCE + ["us-jp-dtct"]))
            self.assertIn("us-jp-dtct", with_it)
            self.assertEqual("".join(self.drop(line, output) for line in with_it.splitlines(True)), without)

    @staticmethod
    def drop(line, output):
        """The line without the part of us-jp-dtct, as text."""
        start = line.find('{"treaty":"us-jp-dtct"') if output == "jsonl" else line.find("us-jp-dtct")
        if start < 0:
            return line
        if output == "csv":
            end = line.find(";", start)
            return line[:start] + line[end + 2:]
        end, depth = start, 0
        while True:  # ids and words of treaties have no braces in them
            depth += {"{": 1, "}": -1}.get(line[end], 0)
            end += 1
            if depth == 0:
                break
        return line[:start] + line[end + 1:]  # profiles come in order of their names, us-uk-126.17 after it

    def test_results_name_what_the_table_of_profiles_explains(self):
        table = json.loads(self.run_cli("treaties", "--output", "json")[0])["treaties"]
        self.assertEqual([t["treaty"] for t in table], ["aukus-126.7", "us-au-126.16", "us-ca-126.5", "us-jp-dtct", "us-uk-126.17"])
        known = {t["treaty"]: {r["row"] for r in t["rows"]} | {c["id"] for c in t["conditions"]} for t in table}
        rows = {r["row"] for t in table for r in t["rows"]}
        questions = {r["row"] for t in table for r in t["rows"] if "question" in r}
        self.assertEqual(len(table[0]["rows"]), 28)
        seen = 0
        for row in self.rows(SAMPLE):
            for t in row["treaties"]:
                self.assertNotEqual(t["verdict"], "not_applicable")
                self.assertEqual(list(t)[:5], ["treaty", "verdict", "entry", "row", "hypothetical"])
                ids = [r["row"] for r in t.get("rows", [])] + t.get("conditions", [])
                self.assertLessEqual(set(ids), known[t["treaty"]])
                self.assertLessEqual({i for i in t.get("conditions", []) if i in rows}, questions)
                self.assertEqual(t["verdict"] == "excluded", t["row"] is not None and not t.get("missing"), t)
                self.assertEqual("conditions" in t, t["verdict"] != "excluded")
                self.assertEqual("cite" in t, t["row"] is not None)
                seen += 1
        self.assertGreater(seen, 200)
        text, _ = self.run_cli("treaties")
        self.assertIn("s1-025", text)
        self.assertIn("Hypothetical", text)

    def test_table_has_a_line_for_each_verdict(self):
        out, _ = self.run_cli("classify", self.items('description\n"VALVE,BALLAST F/ SUBMARINE"\n"RADAR SET AN/APG-68"\n'), "--lists", "us-usml")
        lines = [line.split() for line in out.splitlines() if " treaty " in line]
        self.assertEqual([line[line.index("treaty") + 1] for line in lines], ["excluded", "undetermined", "undetermined", "not_excluded"])
        self.assertIn("(uncertain)", out)
        self.assertRegex(out, r"us-uk-126\.17 +1 +1 +0\n")
        none, _ = self.run_cli("classify", self.items(), "--treaties", "none")
        self.assertNotIn("treaty", none)

    def test_csv_has_them_in_a_cell(self):
        out, _ = self.run_cli("classify", self.items(), "--output", "csv", "--treaties", "us-ca-126.5,us-jp-dtct")
        cells = [r["sekisho_treaties"] for r in csv.DictReader(io.StringIO(out))]
        self.assertEqual(cells[0], "us-ca-126.5 not_excluded; us-jp-dtct excluded s1-025 (hypothetical)")
        self.assertEqual(cells[2], "us-ca-126.5 not_applicable; us-jp-dtct not_applicable (hypothetical)")
        self.assertIn("undetermined s1-055 (uncertain)", cells[3])

    def test_notices_of_a_chain_and_a_sale(self):
        first = self.rows(self.items(), "--via", "JP,US,QA", "--sale", "dcs")[0]
        ids = [n["id"] for n in first["notices"]]
        self.assertEqual(ids.count("retransfer-consent"), 2)
        self.assertIn("sale-dcs", ids)


class Report(TreatyCase):
    def test_counts(self):
        r = self.report("--profile", "us-jp-dtct")
        self.assertEqual(r["read"], {"items": 4, "value": 3030.0})
        self.assertEqual(r["today"], {"items": 3, "value": 3000.0})
        verdicts = r["profiles"][0]["verdicts"]
        self.assertEqual(verdicts["excluded"], {"items": 1, "value": 1000.0})
        self.assertEqual(verdicts["not_excluded"]["value"], 2000.0)
        self.assertEqual(verdicts["undetermined"]["items"], 1)
        self.assertEqual(sum(v["items"] for v in verdicts.values()), 4)
        self.assertEqual(r["profiles"][0]["rows"][0]["row"], "s1-025")
        self.assertEqual(r["profiles"][0]["missing"][0]["id"], "treaty-radar-array")
        self.assertTrue(r["profiles"][0]["hypothetical"])
        self.assertEqual((r["currency"], r["without_value"], r["bad_values"]), ("USD", 1, 0))

    def test_rows_are_ranked(self):
        text = "description,value\n" + "TORPEDO MK 48,1\n" * 2 + "CBU-87 cluster bomb,5\n" + "METAL LAMINATE ARMOR,9\n"
        rows = self.report("--profile", "us-uk-126.17", text=text)["profiles"][0]["rows"]
        self.assertEqual([(r["row"], r["items"]) for r in rows], [("s1-025", 2), ("s1-067", 1), ("s1-027", 1)])

    def test_dates_and_destinations(self):
        text = ("description,as_of,destination,value\nFIM-92 STINGER MISSILE,2024-08-31,AU,10\n"
                "FIM-92 STINGER MISSILE,2024-09-01,AU,10\n\"HOWITZER,TOWED,155MM\",2024-09-01,CN,7\n")
        r = self.report("--profile", "aukus-126.7", text=text)
        p = r["profiles"][0]
        self.assertEqual(r["today"]["items"], 3)
        self.assertEqual(r["days"], ["2024-08-31", "2024-09-01"])
        self.assertEqual(p["not_in_force"], {"items": 1, "value": 10.0})
        by = {d["destination"]: d for d in p["destinations"]}
        self.assertEqual((by["AU"]["excluded"]["items"], by["AU"]["not_applicable"]["items"]), (1, 1))
        self.assertEqual(by["CN"]["not_excluded"], {"items": 1, "value": 7.0})
        denial = [n for n in r["notices"] if n["id"] == "us-126.1"]
        self.assertEqual([(n["items"], "China" in n["en"]) for n in denial], [(1, True)])
        self.assertIn("us-126.1", r["items"][2]["notices"])
        words, _ = self.run_cli("treaty", self.items(text), "--profile", "aukus-126.7")
        self.assertIn("2024-08-31 to 2024-09-01", words)
        self.assertRegex(words, r"not in force on the item's day[^\n]* 1 ")
        self.assertRegex(words, r"\n  CN +0 +0 +1 +7\n")

    def test_amounts(self):
        text = "description;value\n".replace(";", ",") + "".join(
            f'"TORPEDO MK 48","{v}"\n' for v in ("¥1,000", "１，０００円", "2千円", "1億2,000万円", "JPY 0.5", "7"))
        r = self.report("--profile", "us-uk-126.17", text=text)
        self.assertEqual((r["read"]["value"], r["currency"]), (1000 + 1000 + 2000 + 120000000 + 0.5 + 7, "JPY"))

    def test_values_of_jsonl(self):
        path = self.write("items.jsonl", '{"description":"TORPEDO MK 48","price":12.5}\n{"description":"TORPEDO MK 48","price":"$2"}\n')
        out, _ = self.run_cli("treaty", path, "--profile", "us-uk-126.17", "--value-column", "price", "--output", "json")
        self.assertEqual(json.loads(out)["read"], {"items": 2, "value": 14.5})

    def test_two_profiles_row_by_row(self):
        same = self.report("--profile", "us-jp-dtct", "--against", "us-uk-126.17")
        self.assertEqual(same["differences"], [])
        r = self.report("--profile", "us-jp-dtct", "--against", "us-ca-126.5")
        torpedo = [d for d in r["differences"] if d["row"] == "s1-025"][0]
        self.assertEqual((torpedo["us-jp-dtct"], torpedo["us-ca-126.5"], torpedo["items"]), ("X", "-", 1))

    def test_a_draft_with_one_row_less(self):
        """What `without` does is what --against shows."""
        folder = os.path.join(self.folder.name, "draft")
        shutil.copytree(os.path.join(ROOT, "taxonomy"), folder)
        path = os.path.join(folder, "treaties", "us-jp-dtct.json")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        changed = text.replace('"without": []', '"without": ["s1-025"]')
        self.assertNotEqual(changed, text)
        with open(path, "w", encoding="utf-8") as f:
            f.write(changed)
        pack = os.path.join(self.folder.name, "draft.pack")
        self.run_cli("taxonomy", "compile", folder, "-o", pack)
        r = self.report("--taxonomy", pack, "--profile", "us-jp-dtct", "--against", "us-uk-126.17")
        self.assertEqual([(d["row"], d["us-jp-dtct"], d["us-uk-126.17"], d["items"]) for d in r["differences"]], [("s1-025", "-", "X", 1)])

    def test_page_without_network(self):
        page = os.path.join(self.folder.name, "report.html")
        text, _ = self.run_cli("treaty", self.items(ITEMS + "5,<b>MORTAR</b> & co,1\n"), "--profile", "us-jp-dtct", "--html", page)
        self.assertIn("hypothetical", text)
        with open(page, encoding="utf-8") as f:
            html = f.read()
        self.assertIn("<svg", html)
        for word in ("http:", "https:", "<script", "<link", "src=", "url(", "@import", "<b>MORTAR"):
            self.assertNotIn(word, html)

    def test_words_that_no_result_uses(self):
        text, _ = self.run_cli("treaty", self.items(), "--profile", "us-uk-126.17")
        for word in ("cleared", "approved", " safe", "exempt ", "eligible", "NLR", "EAR99", "該当"):
            self.assertNotIn(word, text.split("To be verified")[0])


class BadInput(TreatyCase):
    def bad_rows(self, text, *options):
        """Reported all the same, with status 1; the complaints."""
        out, err = self.run_cli("treaty", self.items(text), "--profile", "us-uk-126.17", "--output", "json", *options, status=1)
        return json.loads(out), err

    def test_profiles(self):
        path = self.items()
        self.assertIn("us-jp-dtct", self.refused("treaty", path, "--profile", "us-jp"))
        self.assertIn("us-jp-dtct", self.refused("treaty", path, "--profile", "us-jp-dtct", "--against", "us-kr"))
        self.assertIn("itself", self.refused("treaty", path, "--profile", "us-jp-dtct", "--against", "us-jp-dtct"))
        self.assertIn("us-usml", self.refused("treaty", path, "--profile", "us-jp-dtct", "--lists", "jp-etco"))

    def test_values(self):
        text = "id,description,value\na,TORPEDO MK 48,plenty\nb,TORPEDO MK 48,-5\nc,TORPEDO MK 48,\"1.234,5\"\nd,TORPEDO MK 48,12\n"
        r, err = self.bad_rows(text)
        self.assertEqual((r["bad_values"], r["read"]["value"]), (3, 12.0))
        self.assertRegex(err, r'items\.csv line 2, item a: column value: "plenty" is no amount \(hint: ')
        self.assertEqual(err.count("hint:"), 3)

    def test_currencies_are_not_added_up(self):
        r, err = self.bad_rows("description,value\nTORPEDO MK 48,USD 5\nTORPEDO MK 48,JPY 700\n")
        self.assertEqual(r["read"]["value"], 5.0)
        self.assertIn("JPY", err)

    def test_dates_and_countries_of_rows(self):
        r, err = self.bad_rows("description,as_of,destination\nTORPEDO MK 48,2024-13-01,\nTORPEDO MK 48,,Japan\nTORPEDO MK 48,,JP\n")
        self.assertEqual((r["errors"], r["today"]["items"]), (2, 1))
        self.assertIn("2024-13-01", err)
        self.assertIn("line 3", err)

    def test_options(self):
        path = self.items()
        self.assertIn("2024-13-01", self.refused("treaty", path, "--profile", "us-uk-126.17", "--as-of", "2024-13-01"))
        self.refused("treaty", path, "--profile", "us-uk-126.17", "--destination", "Japan")
        self.assertIn("cannot be written", self.refused("treaty", path, "--profile", "us-uk-126.17", "--html", "/no/such/folder/x.html"))
        self.refused("treaty", "/no/such/file.csv", "--profile", "us-uk-126.17")

    def test_no_value_column(self):
        err = self.refused("treaty", self.items(), "--profile", "us-uk-126.17", "--value-column", "price")
        self.assertIn('no column "price"', err)
        self.assertIn("id, description, value", err)
        plain = self.report("--profile", "us-uk-126.17", text="description\nTORPEDO MK 48\n")
        self.assertNotIn("value", plain["read"])

    def test_thousands_of_bad_rows(self):
        _, err = self.bad_rows("description,value\n" + "TORPEDO MK 48,x\n" * 100)
        self.assertEqual(err.count("is no amount"), 20)
        self.assertIn("and 80 more", err)


if __name__ == "__main__":
    cli_test.BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
