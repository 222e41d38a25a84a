"""Spark against one process and the command line: throughput, and a worker killed half-way.

    spark.py SEKISHO BARE [ROWS [FOLDER]]      (run by ./dev bench spark in the environment of the Spark tests)

ROWS (5,000,000) are the items of taxonomy/sample/items.tsv, half of which are found in a list, over and over, each with an
id of its own, in 20 Parquet files. They are classified by a master and two workers of one core each, on
loopback, and by one process with pyarrow. Rates are by processor time, since other programs may run on the machine: of the
workers with all that they start (JVM and Python), and of the one process. At last the workers write the JSON of all rows,
one of them is killed when half the tasks are done, and every row is compared with the command line's, byte by byte.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq

import sekisho.spark

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "plugins" / "spark" / "tests"))
import compare  # noqa: E402
from cluster import Cluster  # noqa: E402

ITEMS = ROOT / "taxonomy" / "sample" / "items.tsv"
FILES = 20
WARM = 8  # of them, before anything is measured
KINDS = {"verdicts": (), "verdicts, candidates and notices": ("candidates", "notices")}


def write_items(folder, rows):
    """ROWS items as Parquet files in folder/items and as folder/items.tsv."""
    lines = [line.split("\t")[1:3] for line in ITEMS.read_text("utf-8").split("\n")[1:-1]]
    (folder / "items").mkdir()
    with open(folder / "items.tsv", "w", encoding="utf-8", newline="\n") as table:
        table.write("id\tdescription\tpart_number\n")
        for numbers in (range(rows * i // FILES, rows * (i + 1) // FILES) for i in range(FILES)):
            items = [lines[n % len(lines)] for n in numbers]
            table.writelines(f"{n + 1}\t{description}\t{part}\n" for n, (description, part) in zip(numbers, items))
            columns = {"id": [str(n + 1) for n in numbers], "description": [i[0] for i in items],
                       "part_number": [i[1] for i in items]}
            pq.write_table(pa.table(columns), folder / "items" / f"{numbers.start:010}.parquet", use_dictionary=False)


def bare(program, rounds):
    """Items a second of the engine alone, in verdicts."""
    with ITEMS.open("rb") as items:
        out = subprocess.run([program, "verdict", str(rounds)], stdin=items, capture_output=True, check=True).stdout
    return rounds * (len(ITEMS.read_text("utf-8").split("\n")) - 2) / float(out)


def one_process(folder, columns):
    """Parquet in, Parquet out, by pyarrow in this process on one thread. Seconds of processor time and by the clock."""
    engine = sekisho.Engine()
    pa.set_cpu_count(1)
    (folder / "one").mkdir()
    start, clock = time.process_time(), time.perf_counter()
    for path in sorted((folder / "items").iterdir()):
        with pq.ParquetFile(path) as source:
            out = None
            for batch in source.iter_batches(10_000, use_threads=False):
                verdicts = pa.table(engine.classify_table(batch, columns=columns, batch_rows=10_000))
                for name in reversed(batch.schema.names):
                    verdicts = verdicts.add_column(0, name, batch[name])
                out = out or pq.ParquetWriter(folder / "one" / path.name, verdicts.schema)
                out.write_table(verdicts)
            out.close()
    seconds = time.process_time() - start, time.perf_counter() - clock
    shutil.rmtree(folder / "one")
    return seconds


def processor_time(cluster):
    """Seconds that the workers and all that they have started have used, of processes that live or were waited for."""
    ticks = 0
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) in cluster.workers:  # its session
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def in_spark(spark, cluster, folder, columns):
    frame = spark.read.parquet(str(folder / "items"))
    start, clock = processor_time(cluster), time.perf_counter()
    sekisho.spark.classify(frame, columns=columns).write.parquet(str(folder / "out"))
    seconds = processor_time(cluster) - start, time.perf_counter() - clock
    shutil.rmtree(folder / "out")
    return seconds


def warm_up(spark, cluster, folder):
    """What an executor costs before it runs at its speed: start, libraries, the compiler of the JVM."""
    frame = spark.read.parquet(*(str(path) for path in sorted((folder / "items").iterdir())[:WARM]))
    sekisho.spark.classify(frame, columns=()).write.parquet(str(folder / "out"))
    shutil.rmtree(folder / "out")
    print(f"start and {WARM / FILES:.0%} of the rows: {processor_time(cluster) / 2:.0f} s of each executor", flush=True)


def with_a_killed_worker(spark, cluster, folder):
    """Writes folder/out. Tasks that were done, and tasks in all, when the worker was killed."""
    frame = sekisho.spark.classify(spark.read.parquet(str(folder / "items")), columns="json")
    tracker = spark.sparkContext.statusTracker()
    job = threading.Thread(target=lambda: frame.write.parquet(str(folder / "out")))
    job.start()
    while job.is_alive():
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if stages and stages[0].numCompletedTasks >= stages[0].numTasks / 2:
            cluster.kill(0)
            break
        time.sleep(0.02)
    job.join()
    assert cluster.executors(spark) == 1, "no worker was killed"
    return stages[0].numCompletedTasks, stages[0].numTasks


def throughput(spark, cluster, folder, rows, engine):
    for name, columns in KINDS.items():
        before = bare(engine, max(1, rows // 2200))
        cpu_spark, clock_spark = in_spark(spark, cluster, folder, columns)
        cpu_one, clock_one = one_process(folder, columns)
        alone = (before + bare(engine, max(1, rows // 2200))) / 2
        print(f"the engine alone, verdicts: {alone:,.0f} items a second")
        print(f"{name}: Spark {rows / cpu_spark:,.0f} items a second and core, by the clock {rows / clock_spark:,.0f} with"
              f" two workers; one process {rows / cpu_one:,.0f}, by the clock {rows / clock_one:,.0f};"
              f" Spark is {cpu_one / cpu_spark:.0%} of one process, {rows / cpu_spark / alone:.0%} of the engine alone",
              flush=True)


def main(command, bare_program, rows="5000000", scratch=None):
    rows = int(rows)
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-", dir=scratch) as name:
        folder = pathlib.Path(name)
        write_items(folder, rows)
        print(f"{rows:,} rows", flush=True)
        settings = {"spark.sql.files.maxPartitionBytes": "8m"}  # a task for each file
        with Cluster(workers=2, memory="2g", scratch=name) as cluster, cluster.session("bench", **settings) as spark:
            warm_up(spark, cluster, folder)
            throughput(spark, cluster, folder, rows, bare_program)
            done, tasks = with_a_killed_worker(spark, cluster, folder)
            print(f"a worker killed when {done} of {tasks} tasks were done", flush=True)
        found = compare.of_spark(folder / "out", sekisho.Engine().lists, rows)
        with open(folder / "items.tsv", "rb") as table:
            faults = found.faults(compare.of_command_line(command, table, rows))
        print(f"of {rows:,} rows compared with the command line: " + ", ".join(f"{n} {what}" for what, n in faults.items()))
        sys.exit(any(faults.values()))


if __name__ == "__main__":
    main(*sys.argv[1:])
