"""What Spark has written against what the command line says of the same items, row by row, byte by byte.

Both are brought to one digest for each id, which is a number from 1: the order of rows, which Spark does not keep, does not
matter, and nothing is lost, doubled or altered unseen.
"""
import functools
import hashlib
import json
import subprocess

import pyarrow.parquet as pq

SIZE = 16


class Rows:
    """A digest for each of the ids 1 to `count`."""

    def __init__(self, count):
        self.digests = bytearray(SIZE * count)
        self.seen = bytearray(count)

    def add(self, number, *texts):
        digest = hashlib.blake2b("\0".join(texts).encode(), digest_size=SIZE).digest()
        self.digests[SIZE * (number - 1):SIZE * number] = digest
        self.seen[number - 1] = min(self.seen[number - 1] + 1, 255)

    def faults(self, other):
        """Counts of rows that are missing here, that are there twice, and that the other has otherwise."""
        return {"lost": self.seen.count(0), "doubled": len(self.seen) - self.seen.count(0) - self.seen.count(1),
                "altered": 0 if self.digests == other.digests else sum(
                    self.digests[i:i + SIZE] != other.digests[i:i + SIZE] for i in range(0, len(self.digests), SIZE))}


def _id_and_rest(line):
    head, number, rest = line[:18], *line[18:].split('"', 1)
    assert head == '{"schema":1,"id":"', line[:60]
    return int(number), rest


@functools.lru_cache(maxsize=100_000)
def _verdicts(rest):
    """What the columns of verdicts say, by the JSON behind the id."""
    by_list = {found["list"]: found["verdict"] for found in json.loads("{" + rest.removeprefix(","))["lists"]}
    return tuple(by_list.items())


def of_command_line(sekisho, lines, count):
    """`lines` of a TSV file, heading first, by `sekisho classify`."""
    rows = Rows(count)
    command = [sekisho, "classify", "-", "--input", "tsv", "--output", "jsonl"]
    with subprocess.Popen(command, stdin=lines, stdout=subprocess.PIPE) as process:
        for line in process.stdout:
            text = line.decode().removesuffix("\n")
            number, rest = _id_and_rest(text)
            rows.add(number, text, *(f"{name} {verdict}" for name, verdict in _verdicts(rest)))
    assert process.returncode == 0
    return rows


def of_spark(folder, lists, count):
    """The Parquet files in `folder`, with the columns id, one for each list, json, error."""
    rows = Rows(count)
    for path in sorted(folder.glob("*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(8192, columns=["id", "json", "error", *lists]):
            columns = [batch[name].to_pylist() for name in ("id", "json", "error", *lists)]
            for number, text, error, *verdicts in zip(*columns):
                assert error is None, (number, error)
                rows.add(int(number), text, *(f"{name} {verdict}" for name, verdict in zip(lists, verdicts)))
    return rows
