"""Throughput of hosts as a share of the bare engine, on one core, in processor time.

    hosts.py BARE SQLITE_EXTENSION [ROUNDS]      (run by ./dev bench hosts in the environment of the Python tests)

The items are those of taxonomy/sample/items.tsv, over and over. Bare engine and hosts take turns; of each the median of
all rounds counts. JSON is compared with JSON, verdicts with verdicts.
"""
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import time

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa

import sekisho.duckdb

ITEMS = pathlib.Path(__file__).resolve().parents[2] / "taxonomy" / "sample" / "items.tsv"
REPEAT = 100


def rows():
    lines = ITEMS.read_text("utf-8").split("\n")[1:-1]
    return [tuple(line.split("\t")[1:3]) for line in lines]


def in_bare(bare, what):
    def run():
        with ITEMS.open("rb") as items:
            out = subprocess.run([bare, what, str(REPEAT)], stdin=items, capture_output=True, check=True).stdout
        return float(out)
    return run


def timed(work):
    def run():
        start = time.process_time()
        work()
        return time.process_time() - start
    return run


def hosts(bare, extension):
    """Name, kind, and what measures it once, in seconds of processor time."""
    items = rows() * REPEAT
    table = pa.table({"description": [i[0] for i in items], "part_number": [i[1] for i in items]})
    frame, panda = pl.from_arrow(table), table.to_pandas()
    engine = sekisho.Engine()
    lite = sqlite3.connect(":memory:")
    lite.enable_load_extension(True)
    lite.load_extension(extension)
    lite.execute("create table items(description text, part_number text)")
    lite.executemany("insert into items values (?, ?)", items)
    duck = duckdb.connect()
    duck.execute("set threads = 1")
    sekisho.duckdb.register(duck, engine)
    duck.register("source", table)
    duck.execute("create table items as select * from source")

    def sql(db, query):
        return timed(lambda: db.execute(query).fetchall())

    def judge(source, **options):
        def work():
            for _ in pa.RecordBatchReader.from_stream(engine.classify_table(source, **options)):
                pass
        return timed(work)

    yield "bare engine", "json", in_bare(bare, "json")
    yield "SQLite, sekisho()", "json", sql(lite, "select sum(length(sekisho(description, part_number))) from items")
    yield "Python, classify_json()", "json", timed(lambda: [engine.classify_json(d, p) for d, p in items])
    yield "pyarrow, json", "json", judge(table, columns="json")
    yield "Polars, json", "json", judge(frame, columns="json")
    yield "pandas, json", "json", judge(panda, columns="json")
    yield "DuckDB, sekisho()", "json", sql(duck, "select sum(length(sekisho(description, part_number))) from items")
    yield "bare engine", "verdict", in_bare(bare, "verdict")
    yield "pyarrow, verdicts", "verdict", judge(table, columns=())
    yield "pyarrow, candidates", "verdict", judge(table)
    yield "DuckDB, sekisho_verdict()", "verdict", sql(
        duck, "select count(*) from items where sekisho_verdict(description, part_number) = 'match'")


def main(bare, extension, rounds="5"):
    measured = list(hosts(bare, extension))
    seconds = {(name, kind): [] for name, kind, _ in measured}
    for _ in range(int(rounds)):
        for name, kind, once in measured:
            seconds[name, kind].append(once())
    count = len(rows()) * REPEAT
    print(f"{'host':28} {'items/s':>10} {'of bare':>8}    ({count} items, {rounds} rounds, medians, processor time)")
    for (name, kind), times in seconds.items():
        own, bare_time = statistics.median(times), statistics.median(seconds["bare engine", kind])
        label = f"{name} ({kind})" if name == "bare engine" else name
        print(f"{label:28} {count / own:10,.0f} {bare_time / own:8.0%}")


if __name__ == "__main__":
    main(*sys.argv[1:])
