"""sekisho.spark on a real cluster: a master and three workers on loopback, Parquet in and out."""
import dataclasses
import os
import pathlib
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql.functions import col, expr, lit

import compare
import sekisho.spark
from sekisho._limits import limits
from cluster import Cluster

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests" / "hosts"))
import golden  # noqa: E402

CLI = os.environ["SEKISHO_CLI"]
COPIES = 20
TASKS = 24


@pytest.fixture(scope="module")
def cluster():
    with Cluster(workers=3) as running:
        yield running


@pytest.fixture(scope="module")
def spark(cluster):
    with cluster.session("sekisho") as session:
        yield session


@pytest.fixture(scope="module")
def cases():
    return golden.cases(CLI)


@pytest.fixture(scope="module")
def items(spark, cases):
    return spark.createDataFrame([case[:3] for case in cases], "id string, description string, part_number string")


def test_golden_cases(items, cases):
    rows = {row.id: row for row in sekisho.spark.classify(items, columns="json").collect()}
    assert len(rows) == len(cases)
    assert [golden.without_id(rows[case[0]].json, case[0]) for case in cases] == [case[3] for case in cases]


def test_columns_agree_with_the_arrow_call(items, cases):
    frame = sekisho.spark.classify(items, columns=["candidates", "notices", "treaties"])
    table = pa.table({name: [case[i] for case in cases] for i, name in enumerate(("id", "description", "part_number"))})
    wanted = pa.table(sekisho.Engine().classify_table(table, columns=["candidates", "notices", "treaties"]))
    assert frame.columns == table.column_names + wanted.column_names
    rows = sorted((row.asDict(recursive=True) for row in frame.collect()), key=lambda row: row["id"])
    assert rows == [{**item, **verdicts} for item, verdicts in zip(table.to_pylist(), wanted.to_pylist())]


def by_id(rows):
    return sorted((row.asDict(recursive=True) for row in rows), key=lambda row: row["id"])


@pytest.mark.parametrize("columns", [(), ["candidates", "notices", "treaties", "json"]])
def test_the_workers_write_what_spark_would(spark, items, columns, tmp_path):
    frame = (items.repartition(5).withColumn("when", lit("2026-01-31 12:00:00").cast("timestamp"))
             .withColumn("price", lit("1.25").cast("decimal(9,2)")).withColumn("wait", expr("interval '1' day")))
    classified = sekisho.spark.classify(frame, columns=columns)
    classified.write.parquet(str(tmp_path / "spark"))
    assert sekisho.spark.classify_to_parquet(frame, tmp_path / "workers", columns=columns) == frame.count()
    by_spark, by_workers = (spark.read.parquet(str(tmp_path / name)) for name in ("spark", "workers"))
    assert by_workers.schema == by_spark.schema
    assert by_id(by_workers.collect()) == by_id(by_spark.collect())
    names = sorted(path.name for path in (tmp_path / "workers").iterdir())
    assert names[0] == "_SUCCESS" and len(names) == 6 and all(name.startswith("part-") for name in names[1:])
    assert pq.read_table(tmp_path / "workers").sort_by("id").select(["id", "verdict"]).to_pylist() == [
        {"id": row["id"], "verdict": row["verdict"]} for row in by_id(by_spark.collect())]


def test_writing_without_rows_keeps_the_type(spark, items, tmp_path):
    none = items.where("false")
    assert sekisho.spark.classify_to_parquet(none, f"file://{tmp_path}/out") == 0
    back = spark.read.parquet(str(tmp_path / "out"))
    assert back.count() == 0
    sekisho.spark.classify(none).write.parquet(str(tmp_path / "spark"))
    assert back.schema == spark.read.parquet(str(tmp_path / "spark")).schema


def test_writing_into_what_is_there_is_refused(items, tmp_path):
    (tmp_path / "out").mkdir()  # empty: is taken
    assert sekisho.spark.classify_to_parquet(items.limit(3), tmp_path / "out", columns=()) == 3
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileExistsError, match="hint: a new folder"):
        sekisho.spark.classify_to_parquet(items, tmp_path / "out", columns=())
    with pytest.raises(ValueError):
        sekisho.spark.classify_to_parquet(items, "nowhere://out", columns=())
    assert sorted(tmp_path.rglob("*")) == before


def test_a_job_that_fails_leaves_nothing(items, tmp_path):
    def broken(batches):
        yield next(batches)
        raise RuntimeError("the source is gone")
    with pytest.raises(Exception, match="the source is gone"):
        sekisho.spark.classify_to_parquet(items.repartition(4).mapInArrow(broken, items.schema), tmp_path / "out")
    assert list((tmp_path / "out").rglob("*")) == []


def engines(frame):
    """Of the Python workers that classify: process, engines made, where the package and its libraries were loaded from."""
    def look(batches):
        import sekisho.spark as there
        for _ in batches:
            maps = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
            files = [there.__file__, *(file for file in maps if "sekisho" in file or "libicu" in file)]
            seen = [[os.getpid()], [there._engine.cache_info().misses], [files]]
            yield pa.RecordBatch.from_arrays([pa.array(column) for column in seen], ["process", "made", "files"])
    return frame.mapInArrow(look, "process long, made long, files array<string>").collect()


def test_one_engine_a_process_of_the_package_that_was_sent(cluster, items):
    tasks = items.repartition(8)
    sekisho.spark.classify(tasks).write.format("noop").mode("overwrite").save()
    seen = engines(tasks)
    assert {row.made for row in seen} == {1}
    assert len({row.process for row in seen}) < len(seen)
    assert all(file.startswith(str(cluster.folder / "work")) for row in seen for file in row.files), seen[0]
    assert all(any(name in file for file in row.files) for row in seen for name in ("libsekisho.so", "libicuuc")), seen[0]


def test_options(spark, items):
    day = sekisho.spark.classify(items.limit(20), lists=["us-usml", "jp-etco"], columns="json", as_of="2020-01-01",
                                 destination="GB", treaties="us-uk-126.17")
    assert day.columns == [*items.columns, "verdict", "us-usml", "jp-etco", "error", "json"]
    assert all('"as_of":"2020-01-01"' in row.json for row in day.collect())
    extra = items.limit(20).withColumn("lot", lit(7)).withColumn("kind", lit("goods")).withColumn("as_of", lit("soon"))
    rows = sekisho.spark.classify(extra, columns=()).collect()
    assert {(row.lot, row.verdict) for row in rows} == {(7, "unknown")}
    assert all("not a date" in row.error for row in rows)


def test_limits(spark, items, tmp_path):
    few = items.limit(20)
    for options, notice in (({"max_input_bytes": 1}, "limit-input-size"), ({"max_matches": 1}, "limit-matching"),
                            ({"max_steps": 1}, "limit-matching"), ({"max_memory_bytes": 1}, "limit-memory")):
        rows = sekisho.spark.classify(few, columns=["notices", "json"], **options).collect()
        wanted = sekisho.Engine(**options)
        assert [row.json for row in rows] == [
            wanted.classify_json(row.description, row.part_number, id=row.id) for row in rows]
        assert notice in {note.id for row in rows for note in row.notices}
    assert sekisho.spark.classify_to_parquet(few, tmp_path / "out", columns=(), max_input_bytes=1) == 20
    assert {row.verdict for row in spark.read.parquet(str(tmp_path / "out")).collect()} == {"unknown"}


def test_pack(spark, tmp_path):
    subprocess.run([CLI, "taxonomy", "compile", ROOT / "tests/golden/base", "-o", tmp_path / "small.pack"], check=True)
    parts = spark.createDataFrame([("1", "machine gun"), ("2", "table")], "id string, description string")
    wanted = sekisho.Engine(tmp_path / "small.pack")
    classified = sekisho.spark.classify(parts, taxonomy=tmp_path / "small.pack", columns="json")
    (tmp_path / "small.pack").unlink()  # a copy has been sent
    assert [row.json for row in classified.orderBy("id").collect()] == [
        wanted.classify_json("machine gun", id="1"), wanted.classify_json("table", id="2")]
    assert wanted.versions["digest"] != sekisho.Engine().versions["digest"]


def test_what_is_wrong_is_said_before_anything_runs(spark, items, tmp_path):
    def refused(frame=items, **options):
        with pytest.raises(ValueError) as caught:
            sekisho.spark.classify(frame, **options)
        return str(caught.value)
    assert "us-usm" in refused(lists="us-usm")
    assert "someday" in refused(as_of="someday")
    assert "us-xx" in refused(treaties="us-xx")
    assert "description" in refused(items.drop("description"))
    assert "description" in refused(items.withColumn("description", lit(1)))
    assert "candidate" in refused(columns="candidate")
    assert "rename" in refused(items.withColumnRenamed("id", "Verdict"))
    assert "none.pack" in refused(taxonomy=tmp_path / "none.pack")
    assert "max_steps -1" in refused(max_steps=-1)


def test_other_versions_on_an_executor_are_refused(items):
    judge = sekisho.spark._Judge(None, None, limits(), {**sekisho.Engine().versions, "digest": "sha256:0"}, (), {})
    with pytest.raises(RuntimeError, match="the driver"):
        next(judge(iter([pa.RecordBatch.from_pydict({"description": ["table"]})])))
    same = dataclasses.replace(judge, versions=sekisho.Engine().versions)
    assert next(same(iter([pa.RecordBatch.from_pydict({"description": ["table"]})])))["verdict"].to_pylist() == [
        "no_match"]


def slowly():
    """A source that takes its time; a function in a function, which goes to the executors as a whole."""
    def wait(batches):
        for batch in batches:
            time.sleep(0.2)
            yield batch
    return wait


def of_spark(items, folder):
    sekisho.spark.classify(items, columns="json").write.parquet(str(folder))


def of_workers(items, folder):
    sekisho.spark.classify_to_parquet(items, folder, columns="json")


# Each takes one of the three workers away.
@pytest.mark.parametrize(("victim", "write"), [(0, of_spark), (1, of_workers)])
def test_killed_worker_loses_and_doubles_nothing(spark, cluster, cases, tmp_path, victim, write):
    texts = [case[1:3] for case in cases] * COPIES
    lines = [f"{number}\t{description}\t{part}\n" for number, (description, part) in enumerate(texts, 1)]
    (tmp_path / "items.tsv").write_text("id\tdescription\tpart_number\n" + "".join(lines), "utf-8")
    pq.write_table(pa.table({"id": [str(n) for n in range(1, len(texts) + 1)], "description": [t[0] for t in texts],
                             "part_number": [t[1] for t in texts]}), tmp_path / "items.parquet")
    items = spark.read.parquet(str(tmp_path / "items.parquet")).repartition(TASKS)
    items = items.mapInArrow(slowly(), items.schema)
    executors = cluster.executors(spark)
    tracker = spark.sparkContext.statusTracker()

    def done():
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        return sum(stage.numCompletedTasks for stage in stages if stage.numTasks == TASKS)

    job = threading.Thread(target=lambda: write(items, tmp_path / "out"))
    job.start()
    while done() < TASKS // 2 and job.is_alive():
        time.sleep(0.02)
    assert job.is_alive(), "the job was over before the worker was killed"
    cluster.kill(victim)
    job.join()
    assert cluster.executors(spark) == executors - 1
    lists = sekisho.Engine().lists
    with open(tmp_path / "items.tsv", "rb") as file:
        wanted = compare.of_command_line(CLI, file, len(texts))
    found = compare.of_spark(tmp_path / "out", lists, len(texts))
    assert found.faults(wanted) == {"lost": 0, "doubled": 0, "altered": 0}
    assert spark.read.parquet(str(tmp_path / "out")).where(col("verdict") == "match").count() > 0
