"""Spark against one process and the command line: throughput, and a worker killed half-way.

    spark.py SEKISHO BARE [ROWS [FOLDER]]      (run by ./dev bench spark in the environment of the Spark tests)

ROWS (5,000,000) are the items of taxonomy/sample/items.tsv, half of which are found in a list, over and over, each with an
id of its own, in 20 Parquet files. In five rounds, of four files each, they are classified by the engine alone, by a master
and two workers of one core each, on loopback, who write Parquet in both ways that there are, and by one process with pyarrow;
what is told is the median of the rounds. Rates are by processor time, since other programs may run on the machine: of the
workers with all that they start (JVM and Python), and of the one process. The engine alone is asked for the same as the
others: verdicts, or to read candidates and notices, too. At last the workers write the JSON of all rows, one of them is
killed when half the tasks are done, and every row is compared with the command line's, byte by byte.
"""
import os
import pathlib
import shutil
import statistics
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
ROUNDS = 5
WARM = 8  # files, before anything is measured
KINDS = {"verdict": (), "candidates": ("candidates", "notices")}  # what the engine alone calls them, and their columns


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


def files_of(folder):
    return sorted((folder / "items").iterdir())


def bare(program, kind, rows):
    """Seconds of processor time of the engine alone for so many rows."""
    items = len(ITEMS.read_text("utf-8").split("\n")) - 2
    rounds = max(1, rows // items)
    with ITEMS.open("rb") as table:
        out = subprocess.run([program, kind, str(rounds)], stdin=table, capture_output=True, check=True).stdout
    return float(out) * rows / (rounds * items)


def one_process(folder, files, columns):
    """Parquet in, Parquet out, by pyarrow in this process on one thread. Seconds of processor time."""
    engine = sekisho.Engine()
    pa.set_cpu_count(1)
    start = time.process_time()
    for path in files:
        with pq.ParquetFile(path) as source:
            out = None
            for batch in source.iter_batches(10_000, use_threads=False):
                verdicts = pa.table(engine.classify_table(batch, columns=columns, batch_rows=10_000))
                for name in reversed(batch.schema.names):
                    verdicts = verdicts.add_column(0, name, batch[name])
                out = out or pq.ParquetWriter(folder / "one.parquet", verdicts.schema)
                out.write_table(verdicts)
            out.close()
    return time.process_time() - start


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


def by_spark(frame, folder, columns):
    sekisho.spark.classify(frame, columns=columns).write.parquet(str(folder / "out"))


def by_workers(frame, folder, columns):
    sekisho.spark.classify_to_parquet(frame, folder / "out", columns=columns)


WAYS = {"classify, and Spark writes": by_spark, "classify_to_parquet": by_workers}


def in_spark(spark, cluster, folder, files, columns, way):
    """Seconds of processor time of the workers, and seconds by the clock."""
    frame = spark.read.parquet(*map(str, files))
    start, clock = processor_time(cluster), time.perf_counter()
    way(frame, folder, columns)
    seconds = processor_time(cluster) - start, time.perf_counter() - clock
    shutil.rmtree(folder / "out")
    return seconds


def warm_up(spark, cluster, folder):
    """What an executor costs before it runs at its speed: start, libraries, the compiler of the JVM."""
    start = time.perf_counter()
    for columns in KINDS.values():
        for way in WAYS.values():
            in_spark(spark, cluster, folder, files_of(folder)[:WARM // 4], columns, way)
    print(f"start and {WARM / FILES:.0%} of the rows: {processor_time(cluster) / 2:.0f} s of each executor's processor,"
          f" {time.perf_counter() - start:.0f} s by the clock", flush=True)


def with_a_killed_worker(spark, cluster, folder):
    """Writes folder/out. Tasks that were done, and tasks in all, when the worker was killed."""
    frame = spark.read.parquet(str(folder / "items"))
    tracker = spark.sparkContext.statusTracker()
    job = threading.Thread(target=lambda: by_workers(frame, folder, "json"))
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
    for kind, columns in KINDS.items():
        alone, one, cpu, clock = [], [], {way: [] for way in WAYS}, {way: [] for way in WAYS}
        for number in range(ROUNDS):
            each = FILES // ROUNDS
            files = files_of(folder)[each * number:each * (number + 1)]
            alone.append(bare(engine, kind, rows // ROUNDS))
            for name, way in WAYS.items():
                seconds = in_spark(spark, cluster, folder, files, columns, way)
                cpu[name].append(seconds[0])
                clock[name].append(seconds[1])
            one.append(one_process(folder, files, columns))
        report(kind, rows // ROUNDS, alone, one, cpu, clock)


def report(kind, rows, alone, one, cpu, clock):
    """Medians of the rounds; shares are those of the same round."""
    def rate(seconds):
        return f"{rows / statistics.median(seconds):,.0f}"

    def share(of, seconds):
        shares = sorted(a / b for a, b in zip(of, seconds))
        return f"{statistics.median(shares):.0%} ({shares[0]:.0%} to {shares[-1]:.0%})"
    print(f"{kind}: items a second and core, {ROUNDS} rounds of {rows:,} rows")
    print(f"  the engine alone {rate(alone)}")
    print(f"  one process, Parquet to Parquet {rate(one)}, of the engine alone {share(alone, one)}")
    for way in WAYS:
        print(f"  Spark, {way}: {rate(cpu[way])}, of the engine alone {share(alone, cpu[way])},"
              f" of one process {share(one, cpu[way])}; by the clock, two workers {rate(clock[way])}", flush=True)


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
