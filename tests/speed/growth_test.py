#!/usr/bin/env python3
"""growth_test.py SEKISHO_GROWTH [--table]: what the worst inputs cost grows with their size and no faster.

Counted in instructions by valgrind's callgrind, not by a clock. Of each input 1 KiB and 4 KiB are counted; where the larger
costs more than 6 times as much (linear 4, n log n 4.8, quadratic 16), or more than any byte may cost, it fails. --table prints all counts."""
import glob, os, re, subprocess, sys, tempfile

MOST_GROWTH = 6
# Below so many instructions an input costs next to nothing at any of the sizes (it is refused), and its ratio is noise.
NOTHING = 300_000
MOST_A_BYTE = {"item": 4000, "source": 3000, "phrase": 30_000, "designator": 300_000}


def measure(program):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind.out")
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--instr-atstart=no", program], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stdout + done.stderr)
        lines = [line.split("\t") for line in done.stdout.splitlines()]
        dumps = sorted((int(path.rsplit(".", 1)[1]), path) for path in glob.glob(out + ".*"))
        counts = [int(re.search(r"^summary: (\d+)", open(path).read(), re.M).group(1)) for _, path in dumps]
        counts = counts[:len(lines)]  # the last dump is that of the end
    if len(counts) != len(lines) or len(lines) < 100 or min(counts) == 0:
        sys.exit(f"{len(lines)} measurements, {len(counts)} counts")
    table = {}
    for (kind, name, size), count in zip(lines, counts):
        table.setdefault((kind, name), []).append((int(size), count))
    return table


def faults(table):
    for (kind, name), row in table.items():
        for (size, count), (twice, more) in zip(row, row[1:]):
            if more > NOTHING and more > MOST_GROWTH * count:
                yield f"{kind}, {name}: {count:,} instructions for {size} bytes, {more:,} for {twice}"
        for size, count in row:
            if count > MOST_A_BYTE[kind] * size:
                yield f"{kind}, {name}: {count / size:,.0f} instructions a byte at {size} bytes"


def print_table(table):
    sizes = [size for size, _ in next(iter(table.values()))]
    print("| | text, repeated | " + " | ".join(f"{size // 1024} KiB" for size in sizes) + " | ratio |")
    print("|---|---|" + "---:|" * (len(sizes) + 1))
    for (kind, name), row in table.items():
        ratio = row[-1][1] / row[0][1]
        print(f"| {kind} | {name} | " + " | ".join(f"{count / 1e6:.3f}" for _, count in row) + f" | {ratio:.2f} |")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    table = measure(sys.argv[1])
    if sys.argv[2:] == ["--table"]:
        print_table(table)
    found = list(faults(table))
    if found:
        sys.exit("\n".join(found))
    print(f"{len(table)} worst inputs: none costs more than {MOST_GROWTH} times as much for four times the size")


if __name__ == "__main__":
    main()
