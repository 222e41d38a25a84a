#!/usr/bin/env python3
"""notices_test.py: docs/notices.md lists the codes of all notices that the engine and the taxonomy have, and no other."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def codes(pattern, *paths):
    return {code for path in paths for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def main():
    known = codes(r'= \{\s*"([a-z0-9-]+)"', ROOT / "engine/notices.h")
    known |= codes(r'notices\.push_back\(\{"([a-z0-9-]+)"', *(ROOT / "engine").rglob("*.cc"))
    known |= codes(r'"code": *"([^"]+)"', ROOT / "taxonomy/treaties/notices.json", *ROOT.glob("taxonomy/lists/*/list.json"))
    rows = re.findall(r"^\|([^|]*`[^|]*)\|", (ROOT / "docs/notices.md").read_text(encoding="utf-8"), flags=re.M)
    listed = {code for row in rows for code in re.findall(r"`([^`]+)`", row)}
    for code in sorted(known - listed):
        print(f"docs/notices.md does not tell of {code}", file=sys.stderr)
    for code in sorted(listed - known):
        print(f"docs/notices.md tells of {code}, which neither engine nor taxonomy has", file=sys.stderr)
    if len(known) < 20:
        sys.exit(f"notices_test: only {len(known)} codes found: this test looks in the wrong places")
    sys.exit(known != listed)


if __name__ == "__main__":
    main()
