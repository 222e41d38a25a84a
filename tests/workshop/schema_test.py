#!/usr/bin/env python3
"""schema_test.py: every file of the taxonomy is valid by its schema, and the schemas refuse what the compiler refuses.
Needs python3-jsonschema."""
import copy
import glob
import json
import os
import unittest

import jsonschema

from source import load

TAXONOMY = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "taxonomy")
SCHEMAS = {"concepts/*.json": "concepts", "lists/*/*.json": "list", "tests/*/*.json": "tests", "treaties/*.json": "treaty", "grammar/*.json": "grammar",
           "taxonomy.json": "manifest"}


def validator(name):
    """Editors follow references between the files; here what is referred to is copied in."""
    def read(name):
        return load(os.path.join(TAXONOMY, "schema", name + ".schema.json"))

    schema = read(name)
    text = json.dumps(schema)
    if "list.schema.json#" in text:
        schema = json.loads(text.replace("list.schema.json#", "#"))
        for key, definition in read("list")["$defs"].items():
            schema.setdefault("$defs", {}).setdefault(key, definition)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


class Schemas(unittest.TestCase):
    def test_every_file_is_valid(self):
        for pattern, name in SCHEMAS.items():
            valid = validator(name)
            files = sorted(glob.glob(os.path.join(TAXONOMY, pattern)))
            self.assertTrue(files, pattern)
            for path in files:
                faults = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in valid.iter_errors(load(path))]
                self.assertEqual(faults[:3], [], path)

    def test_unknown_fields_and_wrong_words_are_refused(self):
        entry = {"list": "x", "entries": {"I": {"title": {"en": "a", "ja": "b"}, "rules": [{"is": "@a"}],
                                                "tests": {"match": ["a"], "no": ["b"]}}}}
        concept = {"a-b": {"label": {"en": "a", "ja": "b"}, "en": ["a"]}}
        lists, concepts = validator("list"), validator("concepts")
        self.assertEqual(list(lists.iter_errors(entry)), [])
        self.assertEqual(list(concepts.iter_errors(concept)), [])
        for spoil in (lambda e: e.update(titel="x"), lambda e: e.pop("title"), lambda e: e["rules"][0].update(iz="@a"),
                      lambda e: e["rules"][0].update({"as": "maybe"}), lambda e: e["tests"].update(yes=["a"]),
                      lambda e: e.update(effective=["2020-01-01"])):
            bad = copy.deepcopy(entry)
            spoil(bad["entries"]["I"])
            self.assertTrue(list(lists.iter_errors(bad)), bad)
        for spoil in (lambda c: c.update(broder=["x"]), lambda c: c.pop("label"), lambda c: c.update(kind="device")):
            bad = copy.deepcopy(concept)
            spoil(bad["a-b"])
            self.assertTrue(list(concepts.iter_errors(bad)), bad)


if __name__ == "__main__":
    unittest.main()
