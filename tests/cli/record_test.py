#!/usr/bin/env python3
"""record_test.py SEKISHO: decision logs, and decisions made again from them, on the command line."""
import json
import os
import re
import resource
import signal
import subprocess
import sys
import unittest

import cli_test
from cli_test import fixture

ITEMS = "id,description,part_number,as_of\n1,fine gun,,\n2,XQ-1 mount,PN1,2026-01-01\n3,book,,\n4,好銃,,yesterday\n"


class Record(cli_test.CliTest):
    tiny = cli_test.Packs.tiny

    def setUp(self):
        super().setUp()
        self.log = os.path.join(self.folder.name, "decisions.jsonl")
        self.items = self.write("items.csv", ITEMS)
        self.pack = self.compile("one.pack", "XQ-\\d{2}")

    def compile(self, name, pattern, **changes):
        folder = self.tiny(pattern)
        for path, (old, new) in changes.items():
            with open(os.path.join(folder, "lists", "us-usml", path + ".json"), encoding="utf-8") as f:
                self.write(f"taxonomy/lists/us-usml/{path}.json", f.read().replace(old, new))
        self.run_cli("taxonomy", "compile", folder, "-o", os.path.join(self.folder.name, name))
        return os.path.join(self.folder.name, name)

    def record(self, *options, status=1, items=None):  # 1: row 4 has a bad date
        return self.run_cli("classify", items or self.items, "--taxonomy", self.pack, "--record", self.log, "--output", "jsonl",
                            *options, status=status)

    def replay(self, *options, status=0, pack=None):
        return self.run_cli("replay", self.log, "--taxonomy", pack or self.pack, *options, status=status)

    def lines(self):
        with open(self.log, "rb") as f:
            return f.read().splitlines(keepends=True)

    def on_a_full_disk(self, room, *arguments):
        """What the program says with status 2 where no file may have more than `room` bytes."""
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        done = subprocess.run([cli_test.BINARY, *arguments], capture_output=True, preexec_fn=limit, restore_signals=False, timeout=1200)
        self.assertEqual(done.returncode, 2, (arguments, done.stdout[-500:], done.stderr[-500:]))
        return done.stderr.decode()

    def test_full_disk(self):
        self.record("--record-text")
        whole = self.lines()
        size = sum(map(len, whole))
        err = self.on_a_full_disk(size + 300, "classify", self.items, "--taxonomy", self.pack, "--record", self.log)
        self.assertIn("cannot be written", err)
        self.record()  # there is room again
        self.assertEqual(self.lines()[:len(whole)], whole)
        self.assertIn(b'"kind":"end"', self.lines()[-1])
        self.assertIn(" 0 differ", self.replay("--items", self.items)[0])

    def test_full_disk_keeps_the_old_pack(self):
        with open(self.pack, "rb") as f:
            old = f.read()
        err = self.on_a_full_disk(len(old) // 2, "taxonomy", "compile", self.tiny("XQ-\\d{3}"), "-o", self.pack)
        self.assertIn("hint:", err)
        with open(self.pack, "rb") as f:
            self.assertEqual(f.read(), old)
        self.assertEqual([n for n in os.listdir(self.folder.name) if n.startswith("one.pack")], ["one.pack"])

    def test_the_log_says_what_was_decided(self):
        out, _ = self.record("--record-text")
        results = [json.loads(line) for line in out.splitlines()]
        run, *items, end = [json.loads(line) for line in self.lines()]
        self.assertEqual((run["kind"], run["log"], run["taxonomy"]["digest"]), ("run", 1, results[0]["taxonomy"]["digest"]))
        self.assertRegex(run["engine"], r"^\d+\.\d+\.\d+$")
        self.assertEqual([i["id"] for i in items], ["1", "2", "3", "4"])
        for item, result in zip(items[:3], results):
            self.assertEqual([(l["list"], l["verdict"]) for l in item["lists"]], [(l["list"], l["verdict"]) for l in result["lists"]])
            self.assertEqual(item["as_of"], result["taxonomy"]["as_of"])
        candidate = items[0]["lists"][0]["candidates"][0]
        self.assertEqual((candidate["entry"], candidate["verdict"]), ("I(a)", "match"))
        self.assertRegex(candidate["rule"], "^[0-9a-f]{12}$")
        self.assertEqual(items[1]["item"], {"description": "XQ-1 mount", "part_number": "PN1", "as_of": "2026-01-01"})
        self.assertIn("yesterday", items[3]["error"])
        self.assertEqual((end["kind"], end["items"], end["errors"]), ("end", 4, 1))

    def test_same_taxonomy_no_difference(self):
        self.record("--record-text")
        self.record("--record-text", "--destination", "JP", "--lists", "us-usml")
        out, err = self.replay()
        self.assertIn("2 runs, 8 items: 8 judged again, 0 differ (0 differences)", out)
        self.assertEqual(out.count("the same taxonomy"), 2)
        self.assertEqual(err, "")

    def test_the_limits_of_a_run_are_those_of_its_replay(self):
        items = self.write("long.csv", "description\nfine gun and a mount\n")
        self.record("--record-text", items=items, status=0)
        self.record("--record-text", "--max-input-bytes", "5", "--max-matches", "7", "--max-steps", "99", "--max-memory-bytes", "4096", items=items, status=0)
        runs = [json.loads(line) for line in self.lines() if b'"kind":"run"' in line]
        self.assertNotIn("limits", runs[0])
        self.assertEqual(runs[1]["limits"], {"input_bytes": 5, "matches": 7, "steps": 99, "memory_bytes": 4096})
        self.assertIn(b"limit-input-size", b"".join(self.lines()))
        self.assertIn("2 judged again, 0 differ", self.replay()[0])

    def test_without_text_the_items_are_found_by_their_digest(self):
        self.record()
        self.assertNotIn(b"fine gun", b"".join(self.lines()))
        self.assertIn("4 items have no text", self.replay(status=1)[0])
        jsonl = self.write("items.jsonl", "".join(json.dumps(i) + "\n" for i in (
            {"description": "XQ-1 mount", "part_number": "PN1", "as_of": "2026-01-01"}, {"description": "book"},
            {"description": "fine gun"}, {"id": "other", "description": "好銃", "as_of": "yesterday"})))
        self.assertIn("4 judged again, 0 differ", self.replay("--items", jsonl)[0])

    def test_text_that_was_altered_since_is_not_taken_for_the_item(self):
        self.record()
        items = self.write("items.jsonl", "".join(json.dumps(i) + "\n" for i in (
            {"description": "XQ-1 mount", "part_number": "PN1", "as_of": "2026-01-01"}, {"description": "book"},
            {"description": "fine guns"}, {"id": "other", "description": "好銃", "as_of": "yesterday"})))
        self.assertIn("1 items have no text", self.replay("--items", items, status=1)[0])

    def test_a_pack_that_nobody_vouches_for_judges_nothing_again(self):
        self.record("--record-text")
        key = os.path.join(self.folder.name, "publisher")
        self.run_cli("taxonomy", "keygen", key)
        trusted = ["--trusted", key + ".pub"]
        self.assertIn("not signed", self.refused("replay", self.log, "--taxonomy", self.pack, *trusted))
        signed = os.path.join(self.folder.name, "signed.pack")
        self.run_cli("taxonomy", "sign", self.pack, "--key", key + ".key", "--sequence", "3", "-o", signed)
        self.assertIn("0 differ", self.replay(*trusted, pack=signed)[0])
        self.assertIn("at least 4", self.refused("replay", self.log, "--taxonomy", signed, *trusted, "--least-sequence", "4"))

    def test_another_taxonomy_prints_every_difference(self):
        self.record("--record-text")
        newer = self.compile("two.pack", "XQ-\\d{2}", cat=('"@fine-gun"', '"@fine-gun", "as": "possible"'))
        out, _ = self.replay("--output", "jsonl", pack=newer, status=1)
        found = [json.loads(line) for line in out.splitlines()]
        self.assertEqual([(d["id"], d["what"], d["where"], d["before"], d["after"]) for d in found if d["what"] != "rule"],
                         [("1", "verdict", "us-usml", "match", "possible"), ("1", "entry", "us-usml I(a)", "match", "possible")])
        self.assertEqual([d["where"] for d in found if d["what"] == "rule"], ["us-usml I(a)"])
        out, _ = self.replay(pack=newer, status=1)
        self.assertIn("item 1: verdict us-usml: match -> possible", out)
        self.assertIn("4 judged again, 1 differ (3 differences)", out)

    def test_decisions_are_judged_by_the_law_of_their_day(self):
        self.record("--record-text", "--as-of", "2025-06-01", items=self.write("a.csv", "description\nfine gun\n"), status=0)
        newer = self.compile("two.pack", "XQ-\\d{2}", cat=('"@fine-gun"', '"@fine-gun", "effective": [null, "2025-12-31"]'))
        out, _ = self.replay(pack=newer, status=1)
        self.assertIn("rule us-usml I(a)", out)
        self.assertIn("1 differ (1 differences)", out)
        self.assertIn("match -> nothing", self.replay("--as-of", "2026-01-01", pack=newer, status=1)[0])

    def test_cut_last_line(self):
        self.record("--record-text")
        whole = self.lines()
        for cut in (1, 2, 70, len(whole[-2]) - 1):
            self.write("decisions.jsonl", b"".join(whole[:-2]) + whole[-2][:-cut])
            out, err = self.replay(status=3)
            self.assertIn(f"decisions.jsonl:{len(whole) - 1}: the last line is cut off", err)
            self.assertIn("damaged in 1 places", out)
            _, err = self.record("--record-text")
            self.assertIn(f"not whole, {len(whole[-2]) - cut} bytes: cut off", err)
            self.assertEqual(json.loads(self.lines()[len(whole) - 2])["repaired"], len(whole[-2]) - cut)
            out, err = self.replay()
            self.assertIn("2 runs, 7 items: 7 judged again, 0 differ", out)
            self.assertIn(":1: this run has no end", err)

    def test_altered_and_missing_lines(self):
        self.record("--record-text")
        whole = self.lines()
        forged = [whole[0], whole[1].replace(b'"match"', b'"no_match"')] + whole[2:]
        self.write("decisions.jsonl", b"".join(forged))
        self.assertIn(":2: altered", self.replay(status=3)[1])
        self.write("decisions.jsonl", b"".join(whole[:2] + whole[3:]))
        self.assertIn(":3: not what followed", self.replay(status=3)[1])

    def test_files_that_are_no_log(self):
        for name, content in (("a", b""), ("b", b"\n"), ("c", ITEMS.encode())):
            self.log = self.write(name, content)
            self.assertIn(self.run_cli("replay", self.log, status=2 if not content else 3)[1].count("hint:"), (0, 1))
            if content:
                self.assertIn("nothing is appended", self.refused("classify", self.items, "--record", self.log))
        self.refused("replay", "/no/such/log")
        self.refused("replay", self.folder.name)
        self.refused("classify", self.items, "--record", self.folder.name + "/no/such/log")

    def test_the_log_does_not_depend_on_threads(self):
        text = "description\n" + "".join(f"fine gun {i}\nbook {i}\n" for i in range(2000))
        logs = []
        for threads in ("1", "4"):
            self.log = os.path.join(self.folder.name, threads + ".jsonl")
            self.record("--threads", threads, items=self.write("many.csv", text), status=0)
            logs.append([re.sub(rb'"(at|sum|previous)":"[^"]*"', b"", line) for line in self.lines()])
        self.assertEqual(logs[0], logs[1])

    def test_killed_program(self):
        """What it gave out is in the log, and the next run goes on with the log."""
        process = subprocess.Popen([cli_test.BINARY, "classify", "-", "--input", "csv", "--taxonomy", self.pack, "--record", self.log,
                                    "--record-text", "--output", "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        with process:
            process.stdin.write(b"id,description\n" + b"".join(b"%d,fine gun\n" % i for i in range(3000)))
            process.stdin.flush()
            seen = [process.stdout.readline() for _ in range(300)]
            process.kill()
            rest = process.stdout.read()
        given_out = {json.loads(line)["id"] for line in seen + rest.splitlines(keepends=True) if line.endswith(b"\n")}
        logged = {json.loads(line).get("id") for line in self.lines() if line.endswith(b"\n")}
        self.assertLessEqual(given_out, logged)
        self.record("--record-text")
        out, err = self.replay()
        self.assertIn("0 differ", out)
        self.assertIn("this run has no end", err)


if __name__ == "__main__":
    cli_test.BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
