#!/usr/bin/env python3
"""pages_test.py SEKISHO: the pages of taxonomy diff and taxonomy coverage in headless Chromium, wide and narrow, light and
dark: filters that work, nothing wider than the screen, nothing fetched. Status 77: no Chromium."""
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARY = CHROMIUM = ""
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
ITEMS = "id\tdescription\nm-1\tmachine gun, 5.56 mm\nm-2\tmachine gun, 12.7 mm\nn-1\tnight vision goggle\nc-1\tchair\n"
ENTRY = '{"list": "us-usml", "entries": {"I(b)": {"title": {"en": "Guns", "ja": "銃"}, "rules": [{"is": "@gun"%s}]}%s}}'
NIGHT = ', "XII(c)": {"title": {"en": "Night", "ja": "暗視"}, "rules": [{"is": "@goggle"}]}'
CONCEPTS = ('{"gun": {"label": {"en": "machine gun", "ja": "機関銃"}, "en": ["machine gun"], "ja": ["機関銃"]},'
            ' "goggle": {"label": {"en": "goggle", "ja": "暗視"}, "en": ["night vision goggle"], "ja": ["暗視眼鏡"]}}')

# Runs `steps` in the page and leaves what they return in the title.
PROBE = """<script>addEventListener("load", () => {
const set = (form, name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event("input", {bubbles: true})); };
const rows = (id) => [...document.querySelectorAll(id + " tr")].map(r => r.textContent);
const out = (() => { %s })() || {};
out.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
out.fetched = performance.getEntriesByType("resource").map(e => e.name);
out.paper = getComputedStyle(document.body).backgroundColor;
out.ink = getComputedStyle(document.body).color;
document.title = JSON.stringify(out);
});</script>"""


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        before, after = cls.taxonomy("before", "", ""), cls.taxonomy("after", ', "measure": {"caliber": "<= 10 mm"}', NIGHT)
        items = cls.write("items.tsv", ITEMS)
        cls.diff, cls.map = (os.path.join(cls.folder.name, name) for name in ("diff.html", "map.html"))
        cls.run_cli("taxonomy", "diff", before, after, "--items", items, "--html", cls.diff)
        cls.run_cli("taxonomy", "coverage", os.path.join(ROOT, "taxonomy"), "--html", cls.map)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def run_cli(cls, *arguments):
        subprocess.run([BINARY, *arguments], check=True, stdout=subprocess.DEVNULL, timeout=300)

    @classmethod
    def write(cls, name, text):
        path = os.path.join(cls.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    @classmethod
    def taxonomy(cls, name, condition, more):
        shutil.copytree(os.path.join(ROOT, "tests", "golden", "base", "grammar"), os.path.join(cls.folder.name, name, "grammar"))
        cls.write(name + "/taxonomy.json", '{"version": "1", "as_of": "2026-01-01", "lists": ["us-usml"]}')
        cls.write(name + "/concepts/a.json", CONCEPTS)
        cls.write(name + "/lists/us-usml/list.json",
                  '{"list": "us-usml", "title": {"en": "L", "ja": "表"}, "regime": "us", "cite": "{entry}"}')
        cls.write(name + "/lists/us-usml/a.json", ENTRY % (condition, more))
        return os.path.join(cls.folder.name, name)

    def look(self, page, steps="", width=1200, dark=False):
        with open(page, encoding="utf-8") as f:
            text = f.read()
        path = self.write("page.html", text.replace("</body>", PROBE % steps + "</body>"))
        scheme = ["--blink-settings=preferredColorScheme=0"] if dark else ["--blink-settings=preferredColorScheme=1"]
        done = subprocess.run(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
             "--user-data-dir=" + os.path.join(self.folder.name, "profile"), f"--window-size={width},900", *scheme,
             "--virtual-time-budget=3000", "--dump-dom", "file://" + path],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=180)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        title = re.search(r"<title>(\{.*?\})</title>", done.stdout.decode("utf-8"), re.S)
        self.assertIsNotNone(title, done.stdout[:500])
        return json.loads(html.unescape(title.group(1)))

    def test_filters(self):
        seen = self.look(self.diff, """
          const f = document.querySelector("#fi"), d = document.querySelector("#fd"), out = {all: rows("#ti"), data: rows("#td")};
          out.directions = [...f.elements.direction.options].map(o => o.value);
          set(f, "direction", "newly flagged"); out.flagged = rows("#ti"); set(f, "direction", "");
          set(f, "text", "12.7"); out.word = rows("#ti"); set(f, "text", "no such word"); out.none = rows("#ti"); set(f, "text", "");
          set(f, "list", "us-usml"); out.list = rows("#ti").length;
          set(d, "kind", "entry"); out.entries = rows("#td"); set(d, "kind", ""); set(d, "sign", "added"); out.added = rows("#td");
          out.note = document.querySelector("#nd").textContent;
          return out;""")
        self.assertEqual(len(seen["all"]), 2)
        self.assertIn("newly flagged", seen["directions"])
        self.assertEqual([r[:3] for r in seen["flagged"]], ["n-1"])
        self.assertEqual([r[:3] for r in seen["word"]], ["m-2"])
        self.assertEqual((seen["none"], seen["list"]), ([], 2))
        self.assertEqual(len(seen["entries"]), 1)
        self.assertIn("XII(c)", seen["entries"][0])
        self.assertTrue(len(seen["added"]) < len(seen["data"]) and all(r.startswith("added") for r in seen["added"]))
        self.assertEqual(seen["note"], f"{len(seen['added'])} of {len(seen['data'])}")

    def test_every_entry_is_a_square(self):
        seen = self.look(self.map, "const a = [...document.querySelectorAll('.map a')];"
                         "return {squares: a.length, untitled: a.filter(e => !e.title).length,"
                         " blank: a.filter(e => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)').length};")
        self.assertGreater(seen["squares"], 3000)
        self.assertEqual((seen["untitled"], seen["blank"]), (0, 0))

    def test_wide_narrow_light_dark_and_without_a_network(self):
        for page in (self.diff, self.map):
            for width in (1200, 500):  # 500: the narrowest window that Chromium opens
                papers = set()
                for dark in (False, True):
                    with self.subTest(page=os.path.basename(page), width=width, dark=dark):
                        seen = self.look(page, "", width, dark)
                        self.assertLessEqual(seen["wide"], 0)
                        self.assertEqual(seen["fetched"], [])
                        self.assertNotEqual(seen["paper"], seen["ink"])
                        papers.add(seen["paper"])
                self.assertEqual(len(papers), 2, "a dark screen has dark paper")


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    if not CHROMIUM:
        print("pages_test.py: no Chromium here (hint: ./dev test report installs it, on Debian)")
        sys.exit(77)
    unittest.main()
