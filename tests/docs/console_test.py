#!/usr/bin/env python3
"""console_test.py SEKISHO [--update] [PAGE...]: do the pages tell the truth?

Runs the commands of every ```console block of docs/guide-*.md (lines that begin with "$ "), in order, in one folder a page, and
compares what they print with what the page says. A line that is … alone stands for any lines, … within a line for any text. A
command fails unless it ends with status 0, or with N where the page says `# status N` behind it. A block whose paragraph before it
ends in `NAME`: is a file of that name. --update writes what was printed into the pages, where it is not what they say."""
import argparse
import difflib
import glob
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n", re.M | re.S)
FILE = re.compile(r"`([\w./-]+)`:\n\n?$")


def matches(said, printed):
    """Whether the lines `printed` are what `said` allows."""
    pattern = "".join("(?:.*\n)*?" if line == "…" else ".*?".join(map(re.escape, line.split("…"))) + "\n" for line in said)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def steps(block):
    """[(command, lines that it should print)]"""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif not found:
            sys.exit(f"a console block begins with no command: {line}")
        elif found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0] + "\n" + line, [])
        else:
            found[-1][1].append(line)
    return found


def run(command, folder, environment):
    wanted = re.search(r"# status (\d+)$", command)
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300)
    status_agrees = done.returncode == (int(wanted.group(1)) if wanted else 0)
    return [line.rstrip() for line in done.stdout.decode("utf-8").splitlines()], status_agrees, done.returncode


class Page:
    def __init__(self, path, environment, update):
        self.path, self.environment, self.update = path, environment, update
        self.commands = self.faults = 0

    def console(self, block, folder):
        out = []
        for command, said in steps(block):
            printed, status_agrees, status = run(command, folder, self.environment)
            self.commands += 1
            agrees = matches(said, printed)
            if not status_agrees or (not agrees and not self.update):
                self.faults += 1
                print(f"{self.path}: $ {command}\n  ended with status {status}")
                print("\n".join("  " + d for d in difflib.unified_diff(said, printed, "page", "printed", lineterm="")))
            out += ["$ " + command, *(said if agrees or not self.update else printed)]
        return "".join(line + "\n" for line in out)

    def check(self):
        with open(self.path, encoding="utf-8") as f:
            text = f.read()
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(ROOT, "taxonomy"), os.path.join(folder, "taxonomy"))

            def block(match):
                kind, body = match.groups()
                name = FILE.search(text[:match.start()])
                if kind == "console":
                    body = self.console(body, folder)
                elif name:
                    with open(os.path.join(folder, name.group(1)), "w", encoding="utf-8") as f:
                        f.write(body)
                return f"```{kind}\n{body}```\n"

            updated = BLOCK.sub(block, text)
        if self.update and updated != text:
            with open(self.path, "w", encoding="utf-8") as f:
                f.write(updated)
        print(f"{os.path.relpath(self.path, ROOT)}: {self.commands} commands, {self.faults} not as the page says")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("binary")
    ap.add_argument("pages", nargs="*", default=sorted(glob.glob(os.path.join(ROOT, "docs", "guide-*.md"))))
    ap.add_argument("--update", action="store_true")
    a = ap.parse_args()
    environment = dict(os.environ, PATH=os.path.dirname(os.path.abspath(a.binary)) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8")
    pages = [Page(path, environment, a.update) for path in a.pages]
    for page in pages:
        page.check()
    if not sum(page.commands for page in pages):
        sys.exit("no command in any page: nothing was tested")
    sys.exit(1 if any(page.faults for page in pages) else 0)


if __name__ == "__main__":
    main()
