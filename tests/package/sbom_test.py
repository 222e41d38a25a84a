#!/usr/bin/env python3
"""sbom_test.py PACKAGES: the bill of materials is valid by CycloneDX's own schema, and true: each file has the digest that it says, each
package of the folder is in it, and every dependency that dpkg names for a .deb is one that the bill names."""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import unittest

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

PACKAGES = ""


def load():
    (path,) = glob.glob(os.path.join(PACKAGES, "*.cdx.json"))
    with open(path, encoding="utf-8") as f:
        return f.read()


class Sbom(unittest.TestCase):
    def test_schema(self):
        self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_5).validate_str(load()))
        self.assertIsNotNone(JsonStrictValidator(SchemaVersion.V1_5).validate_str(load().replace('"library"', '"books"')))  # it can say no

    def test_digests(self):
        files = {c["name"]: c["hashes"][0]["content"] for c in json.loads(load())["components"] if "hashes" in c and c["type"] != "data"}
        self.assertIn("libsekisho1", "".join(files))
        for name, digest in files.items():
            with open(os.path.join(PACKAGES, name), "rb") as f:
                self.assertEqual(hashlib.sha256(f.read()).hexdigest(), digest, name)

    def test_every_package_is_named(self):
        names = {c["name"] for c in json.loads(load())["components"]}
        there = {os.path.basename(p) for ending in ("deb", "whl", "tgz") for p in glob.glob(os.path.join(PACKAGES, "*." + ending))}
        self.assertEqual({p for p in there - names if not p.startswith("libsekisho-dev_")}, set())  # that one holds no code

    def test_what_dpkg_says(self):
        bom = json.loads(load())
        links = {d["ref"]: " ".join(d["dependsOn"]) for d in bom["dependencies"]}
        for deb in glob.glob(os.path.join(PACKAGES, "*.deb")):
            if "libsekisho-dev" in deb:
                continue
            depends = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
            for name in re.findall(r"(?:^|, )(lib\S+)", depends):
                self.assertIn(name.replace("+", "%2B"), links[os.path.basename(deb)], deb)


if __name__ == "__main__":
    PACKAGES = sys.argv.pop(1)
    unittest.main()
