#!/usr/bin/env python3
"""instructions_test.py SEKISHO_COUNT: counted instructions and allocations of one classification, by valgrind's callgrind.

A slow-down shows without a clock: one build and one set of items give one count on any machine. The limits have headroom for other
compilers and a growing taxonomy; who raises one says why in the commit. Items: the bundled sample, half of which are military goods,
so that an average line of a part master costs a fraction of this."""
import os, re, subprocess, sys, tempfile

INSTRUCTIONS = 50_000  # an item, treaties and all
ALLOCATIONS = 0  # once warm, none of the sample asks for memory


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind.out")
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
                               "--toggle-collect=sekisho::CountedRound*", sys.argv[1]], capture_output=True, text=True)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or collected is None:
        sys.exit(done.stdout + done.stderr)
    counts = {name: int(value) for name, value in re.findall(r"^(\w+) (\d+)$", done.stdout, re.M)}
    instructions, allocations = int(collected.group(1)) / counts["items"], counts["allocations"] / counts["items"]
    print(f"{instructions:.0f} instructions an item (limit {INSTRUCTIONS}), {allocations:.1f} allocations (limit {ALLOCATIONS})")
    if instructions < 1000:
        sys.exit("that cannot be: nothing was counted")
    if instructions > INSTRUCTIONS or allocations > ALLOCATIONS:
        sys.exit("the classification of an item became dearer than it may")


if __name__ == "__main__":
    main()
