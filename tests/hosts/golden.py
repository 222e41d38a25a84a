"""The golden cases: what the command line says of tests/hosts/golden.tsv, which every host has to say as well.

The lists change from day to day, so the file holds the items alone; what is expected of them is what the command line of
the same build and the same taxonomy prints, byte for byte, but for the id, which the hosts do not give.

    golden.py SEKISHO [PACK]     prints id, description, part_number and expected JSON, separated by tabs
"""
import pathlib
import subprocess
import sys

ITEMS = pathlib.Path(__file__).with_name("golden.tsv")


def cases(sekisho, pack=None):
    """Tuples of id, description, part_number, expected JSON."""
    command = [str(sekisho), "classify", str(ITEMS), "--output", "jsonl"]
    if pack:
        command += ["--taxonomy", str(pack)]
    lines = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\n")[:-1]
    rows = [line.split("\t") for line in ITEMS.read_text("utf-8").split("\n")[1:-1]]
    assert len(rows) == len(lines) >= 300, (len(rows), len(lines))
    return [(*row, without_id(line, row[0])) for row, line in zip(rows, lines)]


def without_id(line, name):
    head = f'{{"schema":1,"id":"{name}",'
    assert line.startswith(head), line[:80]
    return '{"schema":1,"id":null,' + line[len(head):]


def main():
    for case in cases(*sys.argv[1:3]):
        print("\t".join(case))


if __name__ == "__main__":
    main()
