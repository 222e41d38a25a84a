#!/usr/bin/env python3
"""workshop_test.py SEKISHO: the tools of list authors on a small taxonomy of their own, each with a planted fault that it must
find, and on one real change of the law. Needs python3-jsonschema."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

from source import load, plain

BINARY = ""
HERE = os.path.dirname(os.path.abspath(__file__))
TAXONOMY = os.path.join(HERE, "..", "..", "taxonomy")

CONCEPTS = {
    "weapon": {"label": {"en": "weapon", "ja": "武器"}},
    "gen-3": {"label": {"en": "generation 3", "ja": "第3世代"}, "kind": "quality", "en": ["gen 3"], "ja": ["第3世代"]},
    "goggle": {"label": {"en": "night vision goggle", "ja": "暗視ゴーグル"}, "broader": ["weapon"], "en": ["night vision goggle", "nvg"],
               "ja": ["暗視ゴーグル"], "designators": ["AN/PVS-\\d{1,2}"]},
    "gun": {"label": {"en": "machine gun", "ja": "機関銃"}, "broader": ["weapon"], "en": ["machine gun"], "ja": ["機関銃"]},
}
ENTRIES = {
    "XII(c)": {"title": {"en": "Night vision", "ja": "暗視"},
               "rules": [{"is": "@goggle", "has": "@gen-3"}, {"is": "@goggle", "as": "possible", "missing": ["generation"],
                                                               "unless": {"has": "@gen-3"}}],
               "tests": {"match": ["night vision goggle gen 3", "第3世代暗視ゴーグル", "NVG, gen 3", "AN/PVS-14 gen 3"],
                         "possible": ["night vision goggle", "暗視ゴーグル"], "no": ["goggle", "ゴーグル", "battery for night vision goggle, gen 3"]}},
    "I(b)": {"title": {"en": "Machine guns", "ja": "機関銃"}, "effective": ["2020-01-01", None],
             "rules": [{"is": "@gun", "measure": {"caliber": "<= 12.7 mm"}}],
             "tests": {"match": ["machine gun, 12.7 mm", "機関銃　１０ミリ"],
                       "no": ["machine gun, 12.8 mm", "機関銃　２０ミリ", "mount for machine gun, 5 mm",
                              {"description": "machine gun, 12.7 mm", "as_of": "2019-12-31"}]}},
}


def spell(value):
    return json.dumps(value, ensure_ascii=False, indent=1)


class Workshop(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.taxonomy = self.make("taxonomy", CONCEPTS, ENTRIES)

    def make(self, name, concepts, entries, **more):
        root = os.path.join(self.folder.name, name)
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(os.path.join(HERE, "..", "golden", "base", "grammar"), os.path.join(root, "grammar"))
        files = {"taxonomy.json": spell({"version": "1", "as_of": "2026-01-01", "lists": ["us-usml"]}),
                 "concepts/a.json": spell(concepts),
                 "lists/us-usml/list.json": spell({"list": "us-usml", "title": {"en": "L", "ja": "表"}, "regime": "us", "cite": "{entry}"}),
                 "lists/us-usml/a.json": spell({"list": "us-usml", "entries": entries})}
        for path, text in {**files, **more.get("files", {})}.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as f:
                f.write(text)
        return root

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def run_cli(self, *arguments, status=0):
        done = subprocess.run([BINARY, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=1200)
        self.assertEqual(done.returncode, status, (arguments, done.stdout[-2000:], done.stderr[-2000:]))
        return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    def changed(self, edit, **more):
        """A second taxonomy: the first one, edited."""
        data = json.loads(spell([CONCEPTS, ENTRIES]))
        edit(*data)
        return self.make("changed", *data, **more)

    ITEMS = ("id\tdescription\n1\tnight vision goggle gen 3\n2\tNVG, gen 3\n3\tmachine gun, 7.62 mm\n4\toffice chair\n5\tAN/PVS-14\n")


class Check(Workshop):
    def codes(self, folder, status=0, *options):
        report = json.loads(self.run_cli("taxonomy", "check", folder, "--output", "json", *options, status=status)[0])
        return report, {d["code"]: d for d in report["diagnostics"]}

    def test_a_sound_taxonomy_has_no_fault(self):
        report, codes = self.codes(self.taxonomy)
        self.assertEqual((report["errors"], report["warnings"], report["failed"]), (0, 0, 0))
        self.assertEqual([c for c in codes if c[0] != "N"], [])
        self.assertEqual(report["tests"], 15)

    def planted(self, edit, code, status=0, **more):
        found = self.codes(self.changed(edit, **more), status)[1]
        self.assertIn(code, found)
        self.assertTrue(found[code]["file"] and found[code]["line"] > 0 and found[code]["column"] > 0 and found[code]["hint"], found[code])
        return found[code]["message"]

    def test_a_failing_test(self):
        self.assertIn("expects match of \"chair\"", self.planted(lambda c, e: e["XII(c)"]["tests"]["match"].append("chair"), "E0801", 1))

    def test_lines_in_files_of_their_own(self):
        lines = {"list": "us-usml", "tests": {"XII(c)": {"match": ["chair"]}}}
        message = self.planted(lambda c, e: None, "E0801", 1, files={"tests/us-usml/more.json": spell(lines)})
        self.assertIn("us-usml XII(c) expects match of \"chair\"", message)

    def test_rules_that_never_hold(self):
        self.assertIn("unless", self.planted(lambda c, e: e["XII(c)"]["rules"].append({"is": "@goggle", "unless": "@weapon"}), "W0701"))
        self.assertIn("dates", self.planted(
            lambda c, e: e["I(b)"]["rules"].append({"is": "@gun", "effective": ["2010-01-01", "2015-01-01"]}), "W0701"))
        self.assertIn("no text can name @mute", self.planted(
            lambda c, e: (c.update(mute={"label": {"en": "m", "ja": "m"}}), e["I(b)"]["rules"].append({"is": "@mute"})), "W0701"))

    def test_a_needless_rule(self):
        self.assertIn("rule 3 adds nothing to us-usml XII(c), rule 1", self.planted(
            lambda c, e: e["XII(c)"]["rules"].append({"is": "@goggle", "has": "@gen-3", "unless": "@gun"}), "W0702"))

    def test_everyday_words(self):
        message = self.planted(lambda c, e: (c["gun"]["en"].append("kettle"), e["I(b)"]["rules"][0].pop("measure")), "W0703", 1,
                               files={"benign/english.txt": "# kitchen\nkettle\nlarge kettle\nteapot\n"})
        self.assertIn("2 of 3 everyday words: \"kettle\", \"large kettle\"", message)

    def test_gaps_and_overlaps_of_dates(self):
        def dated(*spans):
            return lambda c, e: e["I(b)"].update(rules=[{"is": "@gun", "effective": list(s)} for s in spans])
        self.assertIn("between 2021-01-01 and 2021-01-02", self.planted(dated([None, "2021-01-01"], ["2021-01-02", None]), "W0704", 1))
        self.assertIn("overlapping", self.planted(dated([None, "2021-01-02"], ["2021-01-01", None]), "W0704", 1))
        self.assertNotIn("W0704", self.codes(self.changed(dated([None, "2021-01-01"], ["2021-01-01", None])), 1)[1])

    def test_the_register_of_designators(self):
        register = {"lists/us-usml/register.txt": "# all\nI(b)\nI(x)\nXII*\n"}
        self.assertIn("\"I(x)\"", self.planted(lambda c, e: None, "W0706", files=register))
        self.assertIn("\"II(z)\"", self.planted(
            lambda c, e: e.update({"II(z)": {"title": {"en": "z", "ja": "z"}, "reserved": True}}), "W0705", files=register))

    def test_advice(self):
        self.assertIn("@idle", self.planted(lambda c, e: c.update(idle={"label": {"en": "i", "ja": "i"}, "en": ["idle"], "ja": ["空転"]}), "N0701"))
        self.assertIn("no Japanese", self.planted(lambda c, e: c["gun"].pop("ja"), "N0702", 1))
        self.assertIn("no Japanese line", self.planted(
            lambda c, e: e["I(b)"]["tests"].update(match=["machine gun, 12.7 mm"]), "N0703"))
        self.assertIn("\"coaxial gun\"", self.planted(lambda c, e: c["gun"]["en"].append("coaxial gun"), "N0704"))
        self.assertIn("@gun", self.planted(lambda c, e: c["gun"].update(designators=["XQ-\\d{2}"]), "N0705"))

    def test_strict_and_notes(self):
        spoilt = self.changed(lambda c, e: e["XII(c)"]["rules"].append({"is": "@goggle", "has": "@gen-3", "unless": "@gun"}))
        self.run_cli("taxonomy", "check", spoilt)
        self.run_cli("taxonomy", "check", spoilt, "--strict", status=1)
        idle = self.changed(lambda c, e: c["gun"]["en"].append("coaxial gun"))
        self.assertNotIn("coaxial gun", "".join(self.run_cli("taxonomy", "check", idle)))
        self.assertIn("coaxial gun", "".join(self.run_cli("taxonomy", "check", idle, "--notes")))

    def test_words_that_shorter_ones_make_needless(self):
        def notes(words, off=()):
            folder = self.changed(lambda c, e: (c["gun"]["en"].extend(words), c["gun"].setdefault("not", []).extend(off)))
            log = json.loads(self.run_cli("taxonomy", "check", folder, "--notes", "--output", "sarif")[0])
            return sorted(r["message"]["text"].split('"')[1] for r in log["runs"][0]["results"] if r["ruleId"] == "N0706")
        self.assertEqual(notes([]), [])
        self.assertEqual(notes(["heavy machine gun", "(light|medium) machine gun"]), ["(light|medium) machine gun", "heavy machine gun"])
        self.assertEqual(notes(["machine gun barrel", "nvg machine gun", "(light machine|rail) gun"]), [])  # another head, a word of another concept, a part of its own
        self.assertEqual(notes([], ["glue", "hot glue", "paint"]), ["hot glue"])

    def test_sarif(self):
        spoilt = self.changed(lambda c, e: (e["XII(c)"]["tests"]["match"].append("chair"), c["gun"]["en"].append("machine gun")))
        official = load(os.path.join(HERE, "sarif-2.1.0-rtm.5.json"))
        valid = jsonschema.Draft4Validator(official, format_checker=jsonschema.FormatChecker())
        for options in ([], ["--notes"]):
            log = json.loads(self.run_cli("taxonomy", "check", spoilt, "--output", "sarif", *options, status=1)[0])
            self.assertEqual([], [f"{'/'.join(map(str, e.path))}: {e.message}" for e in valid.iter_errors(log)])
        log["runs"][0]["results"][0]["level"] = "fatal"  # the schema does look: SARIF has no such level
        self.assertTrue(list(valid.iter_errors(log)))
        run = log["runs"][0]
        self.assertEqual(sorted({r["ruleId"] for r in run["results"] if r["ruleId"][0] != "N"}), ["E0801", "W0301"])
        for result in run["results"]:
            self.assertEqual(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], result["ruleId"])
            place = result["locations"][0]["physicalLocation"]
            with open(os.path.join(spoilt, place["artifactLocation"]["uri"]), encoding="utf-8") as f:
                line = f.read().split("\n")[place["region"]["startLine"] - 1]
            self.assertIn(line[place["region"]["startColumn"] - 1], "\"{")  # a character of the line: that of a key, a text or an object

    def test_threads_change_nothing(self):
        one = self.run_cli("taxonomy", "check", self.taxonomy, "--output", "json", "--threads", "1")
        self.assertEqual(one, self.run_cli("taxonomy", "check", self.taxonomy, "--output", "json", "--threads", "4"))


class Format(Workshop):
    def pack(self, folder):
        path = os.path.join(self.folder.name, "p.pack")
        self.run_cli("taxonomy", "compile", folder, "-o", path)
        with open(path, "rb") as f:
            return f.read()

    def test_the_shipped_taxonomy_keeps_its_pack_and_its_comments(self):
        copy = os.path.join(self.folder.name, "shipped")
        shutil.copytree(TAXONOMY, copy)
        before = self.pack(copy)
        path = os.path.join(copy, "lists", "us-usml", "cat-20.json")
        with open(path, encoding="utf-8") as f:
            first = f.readline()
        self.run_cli("taxonomy", "format", copy)
        self.assertEqual(self.pack(copy), before)
        self.assertEqual(self.run_cli("taxonomy", "format", "--check", copy)[0], "")  # once is enough
        with open(path, encoding="utf-8") as f:
            self.assertEqual(f.readline(), first)

    def test_check_says_what_would_change_and_changes_nothing(self):
        path = os.path.join(self.taxonomy, "concepts", "a.json")
        with open(path, encoding="utf-8") as f:
            before = f.read()
        self.assertIn("would change concepts/a.json", self.run_cli("taxonomy", "format", "--check", self.taxonomy, status=1)[0])
        with open(path, encoding="utf-8") as f:
            self.assertEqual(f.read(), before)

    def test_comments_stay_with_what_they_are_about(self):
        text = ('// head\n{ "list": "us-usml", /* inline */ "entries": {\n  // of the entry\n  "I(a)": { "tests": {"no": ["x"]}, // behind tests\n'
                '  "heading": true, "title": {"ja": "b", "en": "\\u0061"} }\n  // last\n} }\n// foot\n')
        path = os.path.join(self.taxonomy, "lists", "us-usml", "b.json")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        self.run_cli("taxonomy", "format", self.taxonomy)
        with open(path, encoding="utf-8") as f:
            formatted = f.read()
        for comment in re.findall(r"//[^\n]*|/\*.*?\*/", text):
            self.assertEqual(formatted.count(comment), 1, formatted)
        self.assertEqual(json.loads(plain(formatted)), json.loads(plain(text)))
        self.assertLess(formatted.index('"title"'), formatted.index('"heading"'))  # fields in the manual's order
        self.assertRegex(formatted, r'"tests": \{"no": \["x"\]\},? // behind tests')

    def test_a_file_that_is_no_json_is_left_alone(self):
        path = os.path.join(self.taxonomy, "concepts", "b.json")
        for bad in ('{ "a": [1, 2 }', '{"a" 1}', '{"a": 1,, "b": 2}', '{', '"open', '{"a": 1} x'):
            with open(path, "w", encoding="utf-8") as f:
                f.write(bad)
            self.assertIn("concepts/b.json: not JSON", self.run_cli("taxonomy", "format", self.taxonomy, status=1)[1])
            with open(path, encoding="utf-8") as f:
                self.assertEqual(f.read(), bad)


class Coverage(Workshop):
    def test_counts_and_map(self):
        page = os.path.join(self.folder.name, "map.html")
        report = json.loads(self.run_cli("taxonomy", "coverage", self.taxonomy, "--json", "--html", page)[0])["lists"][0]
        self.assertEqual([report[k] for k in ("list", "entries", "decidable", "with_rules", "with_tests", "rules")], ["us-usml", 2, 2, 2, 2, 3])
        self.assertEqual([(c["category"], c["tests_en"], c["tests_ja"]) for c in report["categories"]], [("XII", 6, 3), ("I", 4, 2)])
        with open(page, encoding="utf-8") as f:
            html = f.read()
        self.assertEqual(html.count('<a style="background:var(--d)"'), 2)  # rules, tests in both languages
        self.assertNotIn("http", html)


class Diff(Workshop):
    def diff(self, after, *options, status=0):
        items = self.write("items.tsv", self.ITEMS)
        out, err = self.run_cli("taxonomy", "diff", self.taxonomy, after, "--items", items, "--output", "json", *options, status=status)
        return json.loads(out), err

    def test_the_same_taxonomy(self):
        report, _ = self.diff(self.taxonomy, "--max-changed", "0", "--no-lost-match", "--no-lost-flag")
        self.assertEqual((report["data"], report["changes"], report["items"]["read"]), ([], [], 5))

    def test_what_changed_and_because_of_which_rule(self):
        after = self.changed(lambda c, e: (c["goggle"]["en"].remove("nvg"), e["I(b)"]["rules"][0].update(measure={"caliber": "<= 5 mm"})))
        report, _ = self.diff(after)
        self.assertEqual(sorted((d["kind"], d["name"]) for d in report["data"]),
                         [("phrase", "@goggle"), ("rule", "us-usml I(b)"), ("rule", "us-usml I(b)")])
        changes = {c["id"]: c for c in report["changes"]}
        self.assertEqual({i: (c["before"], c["after"], c["entries"][0]["cause"]) for i, c in changes.items()},
                         {"2": ("match", "no_match", "words, dates or other rules"), "3": ("match", "no_match", "rule removed")})
        self.assertIn("us-usml I(b), rule 1", changes["3"]["entries"][0]["rule"])
        self.assertIn("@gun", changes["3"]["entries"][0]["words"])

    def test_what_an_item_states_of_itself(self):
        word = {"label": {"en": "stated", "ja": "記載"}, "kind": "quality", "en": ["usml"]}
        before = self.make("before", {**CONCEPTS, "stated-us-usml": word}, ENTRIES)
        after = self.make("after", {**CONCEPTS, "stated-us-usml": {**word, "en": ["munitions list"]}}, ENTRIES)
        items = self.write("stated.tsv", "id\tdescription\n1\tUSML I(b) bracket\n")
        report = json.loads(self.run_cli("taxonomy", "diff", before, after, "--items", items, "--output", "json")[0])
        self.assertEqual([(c["id"], c["before"], c["after"]) for c in report["changes"]], [("1", "possible", "no_match")])
        self.assertEqual([(e["entry"], e["rule"]) for e in report["changes"][0]["entries"]], [("I(b)", "stated by the item's text")])

    def test_gates_catch_a_bad_change(self):
        bad = self.changed(lambda c, e: c["goggle"]["en"].remove("nvg"))  # one match of five items is lost
        for gate, says in (("--max-changed=10%", "20.000 %"), ("--max-changed=0", "1 items change"), ("--no-lost-match", "lose a match"),
                           ("--no-lost-flag", "no longer flagged")):
            self.assertIn(says, self.diff(bad, gate, status=1)[1])
        self.diff(bad, "--max-changed=20%")
        weaker = self.changed(lambda c, e: e["XII(c)"]["rules"][0].update({"as": "possible"}))
        self.diff(weaker, "--no-lost-flag")
        self.assertIn("lose a match", self.diff(weaker, "--no-lost-match", status=1)[1])

    def test_gates_let_a_good_change_pass(self):
        good = self.changed(lambda c, e: c["goggle"]["en"].append("night observation goggle"))
        self.assertEqual(self.diff(good, "--max-changed", "0", "--no-lost-match")[0]["gate"], [])

    def test_wrong_use(self):
        for options in (["--max-changed", "few"], ["--max-changed", "-1"], ["--as-of", "yesterday"]):
            items = self.write("items.tsv", self.ITEMS)
            self.assertIn("hint:", self.run_cli("taxonomy", "diff", self.taxonomy, self.taxonomy, "--items", items, *options, status=2)[1])
        self.assertIn("--items", self.run_cli("taxonomy", "diff", self.taxonomy, self.taxonomy, "--no-lost-match", status=2)[1])

    def test_the_page(self):
        page = os.path.join(self.folder.name, "diff.html")
        self.diff(self.changed(lambda c, e: c["goggle"].update(en=["</script><b>"])), "--html", page)
        with open(page, encoding="utf-8") as f:
            html = f.read()
        self.assertEqual(html.count("</script>"), 1)  # no text of the data ends the script
        data = json.loads(re.search(r"const DATA=(.*);\n", html).group(1))
        self.assertEqual(data["items"]["changed"], 2)
        self.assertNotIn("http", html)

    def test_a_real_change_xx_a_10(self):
        """USML XX(a)(10), in force from 2025-09-15: before, the vehicle was on the CCL."""
        path = os.path.join(self.folder.name, "uuv.tsv")
        with open(path, "w", encoding="utf-8") as f:
            f.write("id\tdescription\nover\tAUV, weight 4000 lb, range 80 nmi\nunder\tAUV, weight 2000 lb, range 80 nmi\nother\toffice chair\n")
        pack = os.path.join(self.folder.name, "shipped.pack")
        self.run_cli("taxonomy", "compile", TAXONOMY, "-o", pack)
        out, _ = self.run_cli("taxonomy", "diff", pack, pack, "--before-as-of", "2025-09-14", "--as-of", "2025-09-15", "--items", path,
                              "--output", "json", "--no-lost-match", "--no-lost-flag")
        report = json.loads(out)
        self.assertEqual(report["data"], [])
        changes = {(c["id"], c["list"]): c for c in report["changes"]}
        self.assertEqual({key[0] for key in changes}, {"over"})
        usml, ccl = changes["over", "us-usml"], changes["over", "us-ccl"]
        self.assertEqual((usml["before"], usml["after"], usml["entries"][0]["entry"]), ("no_match", "match", "XX(a)(10)"))
        self.assertEqual((ccl["direction"], ccl["after"]), ("moved to us-usml", "no_match"))
        self.run_cli("taxonomy", "diff", pack, pack, "--before-as-of", "2025-09-15", "--as-of", "2025-09-14", "--items", path,
                     "--no-lost-match", status=1)  # the way back loses a match


class Eval(Workshop):
    LABELLED = ("id\tdescription\tlabel_controlled\tus-usml\n1\tnight vision goggle gen 3\tyes\tXII(c)\n2\tmachine gun, 5 mm\tyes\tI(b)\n"
                "3\tsonobuoy\tyes\tXI(a)\n4\toffice chair\tno\t-\n5\tNVG, gen 3\tno\t\n")

    def evaluate(self, *options):
        path = self.write("labelled.tsv", self.LABELLED)
        return json.loads(self.run_cli("eval", path, "--taxonomy", self.taxonomy, "--json", *options)[0])

    def test_counts_and_intervals(self):
        report = self.evaluate()
        self.assertEqual(report["rows"], 5)
        self.assertEqual([report["controlled"][k] for k in ("tp", "fp", "fn", "tn")], [2, 1, 1, 1])
        recall = report["controlled"]["recall"]
        self.assertAlmostEqual(recall["value"], 2 / 3)
        self.assertAlmostEqual(recall["low"], 0.20766, 4)  # Wilson, 95 %, 2 of 3
        self.assertAlmostEqual(recall["high"], 0.93851, 4)
        usml = report["lists"][0]
        self.assertEqual([usml["flagged"][k] for k in ("tp", "fp", "fn", "tn")], [2, 0, 1, 1])
        self.assertIn({"label": "XI", "found": "-", "rows": 1}, usml["confusion"])
        self.assertEqual({c["category"]: (c["tp"], c["fn"]) for c in usml["categories"]}, {"I": (1, 0), "XI": (0, 1), "XII": (1, 0)})

    def test_two_taxonomies(self):
        worse = self.changed(lambda c, e: c["goggle"]["en"].remove("night vision goggle"))
        report = self.evaluate("--against", worse)
        self.assertEqual((report["difference"]["mended"], report["difference"]["broken"]), (1, 0))
        self.assertEqual(report["against"]["controlled"]["tp"], 1)

    def test_no_labels(self):
        path = self.write("items.tsv", self.ITEMS)
        self.assertIn("label_controlled", self.run_cli("eval", path, "--taxonomy", self.taxonomy, status=2)[1])


class Mutate(Workshop):
    def mutate(self, folder, *options, status=0):
        return json.loads(self.run_cli("taxonomy", "mutate", folder, "--json", *options, status=status)[0])

    def survivors(self, report):
        return {(s["kind"], s["what"]) for s in report["survivors"]}

    def test_tests_that_look_closely_notice_all_but_what_is_known(self):
        report = self.mutate(self.taxonomy)
        kinds = {k: (v["killed"], v["mutants"]) for k, v in report["kinds"].items()}
        self.assertEqual(kinds["drop-rule"], (3, 3))
        self.assertEqual(kinds["drop-condition"], (2, 2))
        self.assertEqual(kinds["widen"], (1, 1))
        self.assertEqual(kinds["narrow"], (1, 1))
        self.assertEqual(kinds["dates"], (1, 1))
        self.assertEqual(kinds["synonym"], (7, 7))
        self.assertEqual(kinds["designator"], (1, 1))
        self.assertEqual(kinds["verdict"], (3, 3))

    def test_a_test_that_is_gone_is_missed(self):
        def forget(concepts, entries):
            entries["I(b)"]["tests"]["no"] = ["mount for machine gun, 5 mm", "三脚"]
            entries["XII(c)"]["tests"]["match"].remove("NVG, gen 3")
        report = self.mutate(self.changed(forget))
        missed = self.survivors(report)
        self.assertIn(("widen", "us-usml I(b), rule 1 doubles caliber <= 12.7 mm"), missed)
        self.assertIn(("drop-condition", "us-usml I(b), rule 1 without caliber <= 12.7 mm"), missed)
        self.assertIn(("dates", "us-usml I(b), rule 1 loses its entry's dates"), missed)
        self.assertIn(("synonym", "@goggle without \"nvg\""), missed)
        self.assertEqual(report["survivors"][0]["tests"] > 0, True)  # worst first: a condition that tests reach and do not see

    def test_words_that_others_find_too_are_equivalent(self):
        report = self.mutate(self.changed(lambda c, e: c["gun"]["en"].append("heavy machine gun")))
        self.assertEqual([s["what"] for s in report["equivalent"]], ["@gun without \"heavy machine gun\""])
        self.assertEqual((report["kinds"]["synonym"]["mutants"], report["kinds"]["synonym"]["equivalent"]), (7, 1))

    def test_survivors_come_with_a_line_that_would_notice(self):
        report = self.mutate(self.changed(lambda c, e: c["goggle"]["en"].append("night viewer")))
        missed = [s for s in report["survivors"] if "night viewer" in s["what"]]
        self.assertEqual(len(missed), 1)
        line = missed[0]["telling"]
        self.assertTrue(line["expected"])
        self.assertIn("night viewer", line["description"])
        told = self.changed(lambda c, e: (c["goggle"]["en"].append("night viewer"),
                                          e[line["entry"]]["tests"].setdefault(line["expectation"], []).append(line["description"])))
        self.assertNotIn("night viewer", "".join(s["what"] for s in self.mutate(told)["survivors"]))

    def test_gate(self):
        self.mutate(self.taxonomy, "--min-score", "80")
        self.mutate(self.changed(lambda c, e: e["I(b)"].update(tests={"match": ["machine gun, 1 mm"], "no": ["chair"]})), "--min-score", "90",
                    status=1)

    def test_kinds_samples_and_threads(self):
        self.assertEqual(set(self.mutate(self.taxonomy, "--kinds", "widen,synonym")["kinds"]), {"widen", "synonym"})
        sample = self.mutate(self.taxonomy, "--sample", "5", "--seed", "3", "--threads", "1")
        self.assertEqual(sample["total"]["mutants"], 5)
        self.assertEqual(sample, self.mutate(self.taxonomy, "--sample", "5", "--seed", "3", "--threads", "4"))
        self.assertIn("hint:", self.run_cli("taxonomy", "mutate", self.taxonomy, "--kinds", "x", status=2)[1])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
