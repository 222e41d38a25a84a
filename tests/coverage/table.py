#!/usr/bin/env python3
"""table.py LLVM_COV PROFILE BINARY...: how much of each room the tests ran, and whether that is enough.

Lines and branches by clang's source-based coverage: a room is a folder. Fails below the floors of floors.json, which are in percent;
the room `engine` is all that a classification runs through, engine/ without compiler and workshop."""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text())
CLASSIFIES = ("engine", "engine/text", "engine/match", "engine/facts", "engine/decide", "engine/pack")


def rooms(llvm_cov, profile, binaries):
    objects = [word for binary in binaries[1:] for word in ("-object", binary)]
    done = subprocess.run([llvm_cov, "export", "-summary-only", f"-instr-profile={profile}", binaries[0], *objects],
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    sums = {}
    for file in json.loads(done.stdout)["data"][0]["files"]:
        path = Path(file["filename"]).resolve()
        if not path.is_relative_to(ROOT):
            continue
        room = str(path.parent.relative_to(ROOT))
        if not room.startswith(("engine", "capi", "plugins/cli")):
            continue
        for name in (room, *(["engine, all that classifies"] if room in CLASSIFIES else [])):
            for what in ("lines", "branches"):
                of = sums.setdefault(name, {}).setdefault(what, [0, 0])
                of[0] += file["summary"][what]["covered"]
                of[1] += file["summary"][what]["count"]
    return sums


def percent(covered, count):
    return 100 * covered / count if count else 100.0


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    sums = rooms(sys.argv[1], sys.argv[2], sys.argv[3:])
    print("| room | lines | of them run | branches | of them taken |\n|---|---:|---:|---:|---:|")
    low = []
    for room, of in sorted(sums.items()):
        print(f"| {room} | {of['lines'][1]:,} | {percent(*of['lines']):.1f} % | {of['branches'][1]:,} | "
              f"{percent(*of['branches']):.1f} % |")
        for what, floor in FLOORS.get(room, {}).items():
            if percent(*of[what]) < floor:
                low.append(f"{room}: {percent(*of[what]):.1f} % of its {what}, {floor} % are the floor")
    missing = [room for room in FLOORS if room not in sums]
    if low or missing:
        sys.exit("\n".join(low + [f"nothing was measured of {room}" for room in missing]))


if __name__ == "__main__":
    main()
