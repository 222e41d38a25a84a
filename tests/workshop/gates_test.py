#!/usr/bin/env python3
"""gates_test.py SEKISHO: the gates of the workshop, each with a planted bad change that it must catch: every diagnostic code of the
manual, what `check` is told to overlook and what not, the edges of `diff`'s gates, every kind of mutant. What the tools do besides
is in workshop_test.py."""
import glob
import json
import os
import re
import sys
import unittest

import workshop_test
from workshop_test import CONCEPTS, ENTRIES, HERE, Workshop, spell

MANUAL = os.path.join(HERE, "..", "..", "docs", "diagnostics.md")


class Codes(unittest.TestCase):
    """Each code of docs/diagnostics.md has a fault planted for it: an example in tests/golden/, or a test of the workshop."""

    def read(self, path):
        with open(path, encoding="utf-8") as f:
            return f.read()

    def test_every_code_of_the_manual_has_a_planted_fault(self):
        codes = re.findall(r"^\| ([EWN]\d{4}) \|", self.read(MANUAL), re.M)
        self.assertGreater(len(codes), 70)
        self.assertEqual(len(codes), len(set(codes)))
        examples = {c for c in codes if glob.glob(os.path.join(HERE, "..", "golden", c, "*"))}
        workshop = self.read(os.path.join(HERE, "workshop_test.py"))
        planted = {c for c in codes if f'"{c}"' in workshop}
        self.assertEqual(sorted(set(codes) - examples - planted), [])

    def test_every_example_is_of_a_code_in_the_manual(self):
        manual = self.read(MANUAL)
        for folder in glob.glob(os.path.join(HERE, "..", "golden", "[EWN]*")):
            self.assertIn(f"| {os.path.basename(folder)} |", manual)


class Check(Workshop):
    def planted_test(self):
        return self.changed(lambda c, e: e["XII(c)"]["tests"]["match"].append("chair"))

    def test_advice_alone_passes_the_strict_check(self):
        idle = self.changed(lambda c, e: c["gun"]["en"].append("coaxial gun"))
        self.assertIn("N0704", self.run_cli("taxonomy", "check", idle, "--strict")[0])

    def test_a_failing_test_fails_whatever_the_output(self):
        for options in ([], ["--output", "json"], ["--output", "sarif"], ["--notes"], ["--strict"], ["--threads", "1"]):
            self.assertIn("E0801", "".join(self.run_cli("taxonomy", "check", self.planted_test(), *options, status=1)))

    def test_a_look_at_one_file_finds_its_faults_alone(self):
        spoilt = self.planted_test()
        self.assertIn("E0801", self.run_cli("taxonomy", "check", spoilt, "--file", "lists/us-usml/a", status=1)[0])
        self.assertNotIn("E0801", "".join(self.run_cli("taxonomy", "check", spoilt, "--file", "concepts/a")))

    def test_past_an_error_the_rest_is_still_tested(self):
        def spoil(concepts, entries):
            concepts["gun"]["kind"] = "gadget"
            entries["XII(c)"]["tests"]["match"].append("chair")
        spoilt = self.changed(spoil)
        out = "".join(self.run_cli("taxonomy", "check", spoilt, status=1))
        self.assertIn("E0403", out)
        self.assertNotIn("E0801", out)
        out = "".join(self.run_cli("taxonomy", "check", spoilt, "--lenient", status=1))
        self.assertIn("E0403", out)
        self.assertIn("E0801", out)

    def test_no_pack_comes_of_a_faulty_taxonomy(self):
        pack = os.path.join(self.folder.name, "x.pack")
        spoilt = self.changed(lambda c, e: e["I(b)"]["rules"][0].update({"is": "@nothing"}))
        self.assertIn("E0504", self.run_cli("taxonomy", "compile", spoilt, "-o", pack, status=1)[1])
        self.assertFalse(os.path.exists(pack))


class Diff(Workshop):
    """The order of review: an item that moves to a list reviewed earlier is no loss, any other loss is one."""
    ITEMS = "id\tdescription\n1\tnight vision goggle gen 3\n2\toffice chair\n"

    def two_lists(self, name, usml, ccl):
        def goggle_list(list_id, review, rules):
            entry = {"title": {"en": "Night vision", "ja": "暗視"}, **({"rules": rules} if rules else {"reserved": True})}
            return {f"lists/{list_id}/list.json": spell({"list": list_id, "title": {"en": "L", "ja": "表"}, "regime": "us", "cite": "{entry}",
                                                         "review": review}),
                    f"lists/{list_id}/a.json": spell({"list": list_id, "entries": {"A": entry}})}
        return self.make(name, CONCEPTS, {}, files={
            "taxonomy.json": spell({"version": "1", "as_of": "2026-01-01", "lists": ["us-usml", "us-ccl"]}),
            **goggle_list("us-usml", 0, usml), **goggle_list("us-ccl", 1, ccl)})

    def objections(self, before, after, *gates, status):
        items = self.write("items.tsv", self.ITEMS)
        return self.run_cli("taxonomy", "diff", before, after, "--items", items, "--output", "json", *gates, status=status)[1]

    def test_only_a_match_on_a_list_reviewed_earlier_makes_up_for_one(self):
        match, possible = [{"is": "@goggle"}], [{"is": "@goggle", "as": "possible", "missing": ["generation"]}]
        before = self.two_lists("before", [], match)
        self.objections(before, self.two_lists("moved", match, []), "--no-lost-match", "--no-lost-flag", status=0)
        self.assertIn("lose a match", self.objections(before, self.two_lists("weaker", possible, []), "--no-lost-match", status=1))
        self.assertIn("lose a match", self.objections(before, self.two_lists("gone", [], []), "--no-lost-match", status=1))
        backwards = self.two_lists("before", match, [])
        self.assertIn("lose a match", self.objections(backwards, self.two_lists("later", [], match), "--no-lost-match", status=1))

    def test_each_gate_says_its_own_objection(self):
        match = [{"is": "@goggle"}]
        said = self.objections(self.two_lists("before", match, []), self.two_lists("after", [], []), "--max-changed", "10%", "--max-changed", "0",
                               "--no-lost-match", "--no-lost-flag", status=1)
        self.assertEqual(len(re.findall("^gate: ", said, re.M)), 4, said)

    def test_an_entry_that_is_gone_is_caught(self):
        items = self.write("items.tsv", "id\tdescription\n1\tmachine gun, 7.62 mm\n")
        for gate in ("--no-lost-match", "--no-lost-flag", "--max-changed=0"):
            self.run_cli("taxonomy", "diff", self.taxonomy, self.changed(lambda c, e: e.pop("I(b)")), "--items", items, gate, status=1)


class Mutate(Workshop):
    """For each kind of mutant: with its test all are noticed, without it one is missed."""
    EXTRA = {"title": {"en": "Night guns", "ja": "夜間銃"},
             "rules": [{"is": ["@goggle", "@gun"], "for": "@gun", "has": "@gen-3", "unless": {"has": "@toy"}}],
             "tests": {"match": ["night vision goggle for machine gun, gen 3", "機関銃用暗視ゴーグル（第3世代）", "machine gun for machine gun, gen 3"],
                       "no": ["night vision goggle for machine gun", "night vision goggle for tripod, gen 3", "tripod for machine gun, gen 3",
                              "機関銃用三脚", "night vision goggle for machine gun, gen 3, plastic"]}}

    def mutants(self, forget=lambda tests: None):
        def edit(concepts, entries):
            concepts["toy"] = {"label": {"en": "plastic", "ja": "樹脂"}, "kind": "quality", "en": ["plastic"], "ja": ["樹脂"]}
            entries["X"] = json.loads(spell(self.EXTRA))
            forget(entries["X"]["tests"])
        folder = self.changed(edit)
        self.run_cli("taxonomy", "check", folder)
        report = json.loads(self.run_cli("taxonomy", "mutate", folder, "--json", "--all")[0])
        return {(s["kind"], s["what"].split(" (")[0]) for s in report["survivors"] if "us-usml X," in s["what"]}

    def lost(self, expectation, *lines):
        def forget(tests):
            for line in lines:
                tests[expectation].remove(line)
        return {kind for kind, _ in self.mutants(forget) - self.whole}

    def test_each_kind_is_missed_without_its_test(self):
        self.whole = self.mutants()
        self.assertIn("drop-condition", self.lost("no", "night vision goggle for machine gun"))
        self.assertIn("drop-unless", self.lost("no", "night vision goggle for machine gun, gen 3, plastic"))
        self.assertIn("drop-concept", self.lost("match", "machine gun for machine gun, gen 3"))
        self.assertIn("swap-role", self.lost("no", "night vision goggle for tripod, gen 3", "tripod for machine gun, gen 3", "機関銃用三脚"))
        everything = self.lost("match", *self.EXTRA["tests"]["match"])
        self.assertLessEqual({"drop-rule", "verdict"}, everything)

    def test_a_bound_that_no_line_stands_at_is_missed(self):
        def forget(concepts, entries):
            entries["I(b)"]["tests"]["match"] = ["machine gun, 5 mm", "機関銃　５ミリ"]
        report = json.loads(self.run_cli("taxonomy", "mutate", self.changed(forget), "--json")[0])
        self.assertIn(("narrow", "us-usml I(b), rule 1 halves caliber <= 12.7 mm"), {(s["kind"], s["what"]) for s in report["survivors"]})

    def test_a_designation_that_no_line_has_is_missed(self):
        spoilt = self.changed(lambda c, e: e["XII(c)"]["tests"]["match"].remove("AN/PVS-14 gen 3"))
        report = json.loads(self.run_cli("taxonomy", "mutate", spoilt, "--json")[0])
        self.assertEqual(report["kinds"]["designator"]["killed"], 0)

    def test_a_test_that_fails_anyway_notices_nothing(self):
        """A test that fails for every mutant would otherwise bring the score to 100 %."""
        def spoil(concepts, entries):
            entries["I(b)"]["tests"] = {"match": ["chair"], "no": ["desk"]}
        report = json.loads(self.run_cli("taxonomy", "mutate", self.changed(spoil), "--json")[0])
        self.assertIn("us-usml I(b), rule 1 is gone", " ".join(s["what"] for s in report["survivors"]))

    def test_the_score_asked_for_is_enough(self):
        weak = self.changed(lambda c, e: e["XII(c)"]["tests"]["match"].remove("NVG, gen 3"))
        score = int(100 * json.loads(self.run_cli("taxonomy", "mutate", weak, "--json")[0])["total"]["score"])
        self.assertLess(score, 100)
        self.run_cli("taxonomy", "mutate", weak, "--json", "--min-score", str(score))
        said = self.run_cli("taxonomy", "mutate", weak, "--json", "--min-score", str(score + 1), status=1)[1]
        self.assertIn(f"{score + 1}.0 % is asked for", said)


if __name__ == "__main__":
    workshop_test.BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
