#!/usr/bin/env python3
"""trust_test.py SEKISHO: keys, signatures, reproducible packs and what a demand for them refuses, on the command line."""
import json
import os
import shutil
import stat
import subprocess
import sys
import unittest

import cli_test
from cli_test import fixture


def text_of(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


class Trust(cli_test.CliTest):
    TAXONOMY = cli_test.Packs.TAXONOMY
    tiny = cli_test.Packs.tiny

    def setUp(self):
        super().setUp()
        self.key = os.path.join(self.folder.name, "publisher")
        self.run_cli("taxonomy", "keygen", self.key)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def compiled(self, name="plain.pack", pattern="XQ-\\d{2}"):
        self.run_cli("taxonomy", "compile", self.tiny(pattern), "-o", self.path(name))
        return self.path(name)

    def signed(self, name, sequence, *options, key=None, pattern="XQ-\\d{2}"):
        self.run_cli("taxonomy", "sign", self.compiled(pattern=pattern), "--key", (key or self.key) + ".key",
                     "--sequence", str(sequence), "--signed-on", "2026-01-02", *options, "-o", self.path(name))
        return self.path(name)

    def verify(self, pack, *options, status=0):
        return self.run_cli("taxonomy", "verify", pack, "--trusted", self.key + ".pub", *options, status=status)[0]

    def test_keys_are_files_that_are_never_written_over(self):
        mode = stat.S_IMODE(os.stat(self.key + ".key").st_mode)
        self.assertEqual(mode, 0o600)
        self.assertIn("never written over", self.refused("taxonomy", "keygen", self.key))
        for content in ("", "ed25519-public 12\n", "ed25519-secret " + "g" * 64 + "\n", "-----BEGIN KEY-----\n"):
            bad = self.write("bad.pub", content)
            self.assertIn("bad.pub", self.refused_verify(self.signed("a.pack", 1), bad))
        both = self.write("both.pub", "# two\n\n" + "ed25519-public " + "0" * 64 + "\n" + text_of(self.key + ".pub"))
        self.run_cli("taxonomy", "verify", self.signed("a.pack", 1), "--trusted", both)

    def refused_verify(self, pack, keys):
        return self.run_cli("taxonomy", "verify", pack, "--trusted", keys, status=2)[1]

    def test_verify_says_who_and_until_when(self):
        out = self.verify(self.signed("a.pack", 12, "--last-day", "2027-01-31"), "--today", "2026-06-01")
        for words in ("sequence   12", "signed on  2026-01-02", "last day   2027-01-31", "verified   "):
            self.assertIn(words, out)
        self.assertIn(text_of(self.key + ".pub").split()[1], out)

    def test_each_refusal_is_its_own(self):
        other = self.path("stranger")
        self.run_cli("taxonomy", "keygen", other)
        good = self.signed("a.pack", 12, "--last-day", "2027-01-31")
        with open(good, "rb") as f:
            content = f.read()
        altered = self.write("altered.pack", content[:-1] + bytes([content[-1] ^ 1]))
        self.assertIn("SEKISHO_E_UNSIGNED", self.verify(self.path("plain.pack"), status=1))
        self.assertIn("SEKISHO_E_UNTRUSTED_KEY", self.verify(self.signed("b.pack", 12, key=other), status=1))
        self.assertIn("SEKISHO_E_BAD_SIGNATURE", self.verify(altered, status=1))
        self.assertIn("SEKISHO_E_PACK_OLDER", self.verify(good, "--today", "2026-06-01", "--least-sequence", "13", status=1))
        self.assertIn("SEKISHO_E_PACK_EXPIRED", self.verify(good, "--today", "2027-02-01", status=1))
        damaged = self.write("damaged.pack", content[:-200] + bytes([content[-200] ^ 1]) + content[-199:])
        self.assertIn("damaged", self.run_cli("taxonomy", "verify", damaged, "--trusted", self.key + ".pub", status=2)[1])

    def test_signing_again_replaces_the_signature(self):
        pack = self.signed("a.pack", 1)
        self.run_cli("taxonomy", "sign", pack, "--key", self.key + ".key", "--sequence", "2")
        self.assertIn("sequence   2", self.verify(pack))
        self.assertEqual(os.path.getsize(pack), os.path.getsize(self.path("plain.pack")) + 160)

    def test_classify_demands_what_it_is_told_to(self):
        item = fixture("good.csv")
        pack = self.signed("a.pack", 3)
        trusted = ["--trusted", self.key + ".pub"]
        self.assertEqual(self.rows(item, "--taxonomy", pack, *trusted), self.rows(item, "--taxonomy", self.path("plain.pack")))
        self.assertIn("not signed", self.refused("classify", item, "--taxonomy", self.path("plain.pack"), *trusted))
        self.assertIn("at least 4", self.refused("classify", item, "--taxonomy", pack, *trusted, "--least-sequence", "4"))
        self.assertIn("no keys", self.refused("classify", item, "--taxonomy", pack, "--least-sequence", "4"))
        for number in ("-1", "1.5", "four", str(2**64)):
            self.run_cli("classify", item, "--taxonomy", pack, *trusted, "--least-sequence", number, status=2)
            self.run_cli("taxonomy", "sign", pack, "--key", self.key + ".key", "--sequence", number, status=2)
        self.assertIn("not signed", self.refused("explain", "rifle", *trusted))

    def test_dates_that_cannot_be(self):
        sign = ["taxonomy", "sign", self.compiled(), "--key", self.key + ".key", "--sequence", "1"]
        self.assertIn("YYYY-MM-DD", self.refused(*sign, "--last-day", "tomorrow"))
        self.assertIn("before the day", self.refused(*sign, "--last-day", "2020-01-01"))

    def test_same_source_same_bytes(self):
        """Another folder, another order of the files, another time, zone, locale and umask: the same pack."""
        source = self.path("copy")
        os.mkdir(source)
        files = [os.path.join(d, f) for d, _, names in os.walk(self.TAXONOMY) for f in names]
        for i, path in enumerate(sorted(files, reverse=True)):
            copy = os.path.join(source, os.path.relpath(path, self.TAXONOMY))
            os.makedirs(os.path.dirname(copy), exist_ok=True)
            shutil.copyfile(path, copy)
            os.utime(copy, (i, i))
        environment = dict(os.environ, TZ="Asia/Tokyo", LC_ALL="C", LANG="ja_JP.UTF-8")
        subprocess.run([cli_test.BINARY, "taxonomy", "compile", source, "-o", self.path("b.pack")], env=environment,
                       check=True, umask=0o077, stderr=subprocess.DEVNULL)
        self.run_cli("taxonomy", "sign", self.path("b.pack"), "--key", self.key + ".key", "--sequence", "1")
        self.assertIn("compiles to the same bytes", self.verify(self.path("b.pack"), "--source", self.TAXONOMY))
        changed = os.path.join(source, "taxonomy.json")
        text = text_of(changed)
        version = json.loads("\n".join(l for l in text.splitlines() if not l.lstrip().startswith("//")))["version"]
        self.write("copy/taxonomy.json", text.replace(version, version + ".1", 1))
        self.assertIn("another pack", self.verify(self.path("b.pack"), "--source", source, status=1))


if __name__ == "__main__":
    cli_test.BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
