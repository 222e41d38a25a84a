#!/usr/bin/env python3
"""report_test.py SEKISHO: the what-if report in headless Chromium, on a screen and on paper. Status 77: no Chromium."""
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

BINARY = CHROMIUM = ""
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
COLORS = {"excluded": (0xB3, 0x42, 0x3A), "undetermined": (0xC9, 0x9A, 0x2E), "not excluded": (0x2F, 0x6F, 0x9F)}

# What only a browser knows: whether anything is wider than the page, cut off in a chart, or written over.
MEASURE = """<script>addEventListener("load", () => {
const out = {wide: document.documentElement.scrollWidth - document.documentElement.clientWidth, cut: [], over: [],
  charts: document.querySelectorAll("svg").length, bars: document.querySelectorAll("svg rect").length,
  rows: document.querySelectorAll("tbody tr, table > tr").length, heads: [...document.querySelectorAll("h2")].map(h => h.textContent)};
for (const svg of document.querySelectorAll("svg")) {
  const frame = svg.getBoundingClientRect(), texts = [...svg.querySelectorAll("text")];
  const boxes = texts.map(t => t.getBoundingClientRect());
  boxes.forEach((b, i) => {
    if (b.left < frame.left - 1 || b.right > frame.right + 1 || b.top < frame.top - 2 || b.bottom > frame.bottom + 2) out.cut.push(texts[i].textContent);
    for (let k = 0; k < i; ++k)
      if (b.left < boxes[k].right && boxes[k].left < b.right && b.top + 2 < boxes[k].bottom && boxes[k].top + 2 < b.bottom) out.over.push(texts[i].textContent);
  });
}
document.title = JSON.stringify(out);
});</script>"""


def pixels(path):
    """Rows of RGB bytes of a PNG as Chromium writes it: 8 bits, no interlace."""
    with open(path, "rb") as f:
        data = f.read()
    at, body, channels = 8, b"", 0
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", chunk)
            assert (depth, interlace) == (8, 0) and color in (2, 6)
            channels = 3 if color == 2 else 4
        elif kind == b"IDAT":
            body += chunk
        at += size + 12
    raw, stride, last = zlib.decompress(body), width * channels, bytes(width * channels)
    for y in range(height):
        kind, line = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride if kind else 0):
            left, up, corner = (line[i - channels] if i >= channels else 0), last[i], (last[i - channels] if i >= channels else 0)
            guess = left + up - corner
            near = min((left, up, corner), key=lambda v: abs(guess - v))
            line[i] = (line[i] + (0, left, up, (left + up) // 2, near)[kind]) & 255
        last = bytes(line)
        yield [tuple(line[x:x + 3]) for x in range(0, stride, channels)]


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        items = os.path.join(ROOT, "taxonomy", "sample", "licences.csv")
        cls.pages = {}
        for name, options in {"plain": [], "against": ["--against", "us-ca-126.5"]}.items():
            path = os.path.join(cls.folder.name, name + ".html")
            subprocess.run([BINARY, "treaty", items, "--profile", "us-jp-dtct", "--lists", "us-usml", "--html", path, *options],
                           check=True, stdout=subprocess.DEVNULL, timeout=60)
            with open(path, encoding="utf-8") as f:
                cls.pages[name] = f.read()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def browse(self, page, *options):
        """Chromium's output on the page, without any network."""
        path = os.path.join(self.folder.name, "page.html")
        with open(path, "w", encoding="utf-8") as f:
            f.write(page)
        done = subprocess.run(
            [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
             "--user-data-dir=" + os.path.join(self.folder.name, "profile"), *options, "file://" + path],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done.stdout.decode("utf-8")

    def measured(self, page, width):
        dom = self.browse(page.replace("</body>", MEASURE + "</body>"), f"--window-size={width},900", "--virtual-time-budget=2000", "--dump-dom")
        title = re.search(r"<title>(\{.*?\})</title>", dom, re.S)
        self.assertIsNotNone(title, dom[:500])
        return json.loads(title.group(1).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))

    def check_layout(self, page, width):
        m = self.measured(page, width)
        self.assertLessEqual(m["wide"], 0, f"wider than {width} pixels")
        self.assertEqual((m["cut"], m["over"]), ([], []), f"at {width} pixels")
        return m

    def test_on_a_screen(self):
        m = self.check_layout(self.pages["plain"], 1100)
        self.assertEqual(m["charts"], 3)
        self.assertGreater(m["bars"], 15)
        self.assertGreater(m["rows"], 40)
        self.assertIn("us-jp-dtct (hypothetical)", m["heads"])

    def test_two_profiles_on_a_screen(self):
        m = self.check_layout(self.pages["against"], 1100)
        self.assertTrue(any(h.startswith("Row by row") for h in m["heads"]), m["heads"])

    def test_width_of_paper(self):
        """The print rules on 184 mm, what margins leave of A4."""
        for name, page in self.pages.items():
            self.assertIn("@media print", page)
            with self.subTest(name):
                self.check_layout(page.replace("@media print", "@media all"), 695)

    def test_printed(self):
        path = os.path.join(self.folder.name, "report.pdf")
        self.browse(self.pages["against"], "--no-pdf-header-footer", "--print-to-pdf=" + path)
        with open(path, "rb") as f:
            pdf = f.read()
        self.assertTrue(pdf.startswith(b"%PDF"))
        pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
        self.assertTrue(2 <= pages <= 10, pages)

    def test_screenshot(self):
        path = os.path.join(self.folder.name, "report.png")
        self.browse(self.pages["plain"], "--window-size=1100,700", "--screenshot=" + path)
        counts = {}
        for row in pixels(path):
            for color in row:
                counts[color] = counts.get(color, 0) + 1
        total = sum(counts.values())
        self.assertGreater(counts[(255, 255, 255)] / total, 0.7, "a light page")
        for name, color in COLORS.items():
            self.assertGreater(counts.get(color, 0), 500, name)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
    if not CHROMIUM:
        print("report_test.py: no Chromium here (hint: ./dev test report installs it, on Debian)")
        sys.exit(77)
    unittest.main()
