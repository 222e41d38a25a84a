"""Columns in and out, in the libraries that hold them."""
import gc
import json
import pathlib
import subprocess
import sys
import weakref

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sekisho.duckdb

RIFLE = "RIFLE,5.56 MILLIMETER M4"


@pytest.fixture(scope="module")
def columns(cases):
    return {"description": [c[1] for c in cases], "part_number": [c[2] for c in cases]}


@pytest.fixture(scope="module")
def expected(cases):
    return [c[3] for c in cases]


def json_of(engine, table, **options):
    return pa.table(engine.classify_table(table, columns="json", **options))["json"].to_pylist()


def test_pyarrow(engine, columns, expected):
    assert json_of(engine, pa.table(columns)) == expected
    assert json_of(engine, pa.table(columns).to_batches()[0]) == expected
    assert json_of(engine, pa.table(columns), batch_rows=7) == expected
    assert json_of(engine, pa.table(columns).slice(100, 50)) == expected[100:150]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string())])
def test_every_layout(engine, columns, expected, kind):
    table = pa.table({name: pa.array(values, pa.string()).cast(kind) for name, values in columns.items()})
    assert json_of(engine, table) == expected
    assert json_of(engine, table.slice(3)) == expected[3:]


def test_polars(engine, columns, expected):
    frame = pl.DataFrame(columns)
    out = pl.DataFrame(engine.classify_table(frame, columns=["json", "candidates"]))
    assert out["json"].to_list() == expected
    categorical = frame.with_columns(pl.col("description").cast(pl.Categorical))
    assert pl.DataFrame(engine.classify_table(categorical, columns="json"))["json"].to_list() == expected
    assert pl.DataFrame(engine.classify_table(frame.slice(9, 9), columns="json"))["json"].to_list() == expected[9:18]


def test_pandas(engine, columns, expected):
    frame = pd.DataFrame(columns)
    assert json_of(engine, frame) == expected
    back = pa.table(engine.classify_table(frame)).to_pandas()
    assert list(back["verdict"])[:3] == [min_verdict(e) for e in expected[:3]]
    assert len(back) == len(frame)


def min_verdict(line):
    order = ["match", "possible", "catch_all", "unknown", "excluded", "no_match"]
    return min((found["verdict"] for found in json.loads(line)["lists"]), key=order.index)


def test_typed_columns_agree_with_the_json(engine, columns, expected):
    out = pa.table(engine.classify_table(pa.table(columns), columns=["candidates", "notices", "treaties"]))
    assert out.column_names == ["verdict", *engine.lists, "error", "candidates", "notices", "treaties"]
    for row, line in zip(out.to_pylist(), expected):
        wanted = json.loads(line)
        assert row["error"] is None
        assert row["verdict"] == min_verdict(line)
        assert {found["list"]: found["verdict"] for found in wanted["lists"]} == {name: row[name] for name in engine.lists}
        flat = [(found["list"], c) for found in wanted["lists"] for c in found["candidates"]]
        assert len(row["candidates"]) == len(flat)
        for got, (name, candidate) in zip(row["candidates"], flat):
            assert got["list"] == name
            for theirs, ours in (("entry", "entry"), ("verdict", "verdict"), ("title", "title_en"), ("cite", "cite"),
                                 ("flags", "flags"), ("missing", "missing")):
                assert got[ours] == candidate[theirs]
            evidence = [{key: value for key, value in e.items() if value != ""} for e in got["evidence"]]
            assert evidence == candidate["evidence"]
        assert row["notices"] == wanted["notices"]
        assert [(t["treaty"], t["verdict"]) for t in wanted["treaties"]] == [
            (t["treaty"], t["verdict"]) for t in row["treaties"]][:len(wanted["treaties"])]


def test_bad_rows_do_not_end_the_batch(engine):
    table = pa.table({"description": [RIFLE, None, "TABLE"], "kind": [None, None, "hardware"]})
    rows = pa.table(engine.classify_table(table)).to_pylist()
    assert [row["verdict"] for row in rows] == ["match", "unknown", "unknown"]
    assert rows[0]["error"] is None and "neither description" in rows[1]["error"] and "hint: goods" in rows[2]["error"]


def test_the_limits_of_an_engine_are_those_of_its_tables():
    table = pa.table({"description": ["310 km, printer paper and rifle", "printer paper"]})
    verdicts = pa.table(sekisho.Engine(max_steps=1).classify_table(table)).to_pylist()
    assert [row["verdict"] for row in verdicts] == ["unknown", "unknown"]
    assert all("limit-matching" in [note["id"] for note in row["notices"]] for row in verdicts)


def test_wrong_tables_are_refused(engine):
    with pytest.raises(TypeError, match="hint: a pyarrow"):
        engine.classify_table([RIFLE])
    with pytest.raises(ValueError, match="column 'verdicts' is none"):
        engine.classify_table(pa.table({"description": [RIFLE]}), columns="verdicts")
    with pytest.raises(Exception, match=r"no column description \(hint: .*descripton"):
        pa.table(engine.classify_table(pa.table({"descripton": [RIFLE]})))
    with pytest.raises(Exception, match="column description: of the Arrow type"):
        pa.table(engine.classify_table(pa.table({"description": [1.5]})))
    with pytest.raises(Exception, match="not a date"):
        pa.table(engine.classify_table(pa.table({"description": [RIFLE]}), as_of="soon"))


def test_errors_of_the_source_come_through(engine):
    def batches():
        yield pa.record_batch({"description": [RIFLE]})
        raise RuntimeError("the disk is gone")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"description": pa.string()}), batches())
    with pytest.raises(Exception, match="the disk is gone"):
        pa.table(engine.classify_table(reader))


def test_a_stream_is_read_once_and_lazily(engine):
    pulled = []

    def batches():
        for i in range(3):
            pulled.append(i)
            yield pa.record_batch({"description": [RIFLE, "TABLE"]})

    reader = pa.RecordBatchReader.from_batches(pa.schema({"description": pa.string()}), batches())
    verdicts = engine.classify_table(reader, columns=())
    assert pulled == []
    out = pa.RecordBatchReader.from_stream(verdicts)
    assert out.read_next_batch()["verdict"].to_pylist() == ["match", "no_match"]
    assert pulled == [0]
    assert sum(batch.num_rows for batch in out) == 4
    with pytest.raises(RuntimeError, match="read before"):
        pa.table(verdicts)


def test_no_columns_but_verdicts(engine):
    verdicts = pa.table(engine.classify_table(pa.table({"description": [RIFLE]}), columns=()))
    assert verdicts.column_names == ["verdict", *engine.lists, "error"]


def test_dictionaries_say_the_same(engine, columns):
    every = ["candidates", "notices", "treaties", "json"]
    plain = pa.table(engine.classify_table(pa.table(columns), columns=every))
    coded = pa.table(engine.classify_table(pa.table(columns), columns=every, batch_rows=100, dictionaries=True))
    assert coded["verdict"].type == pa.dictionary(pa.int32(), pa.string()) and coded["json"].type == pa.string()
    assert coded.nbytes < plain.nbytes
    assert coded.to_pylist() == plain.to_pylist()


def test_empty_tables(engine):
    empty = pa.table({"description": pa.array([], pa.string())})
    assert pa.table(engine.classify_table(empty)).num_rows == 0
    batch = pa.record_batch({"description": pa.array([], pa.string())})
    assert pa.table(engine.classify_table(batch)).num_rows == 0


def test_memory_goes_back(engine):
    """Nothing that pyarrow gave away stays behind, read or not."""
    before = pa.total_allocated_bytes()
    for _ in range(5):
        table = pa.table({"description": ["RADAR SET " + "x" * 1000] * 1000})
        pa.table(engine.classify_table(table))
        engine.classify_table(table)  # never read
        reader = pa.RecordBatchReader.from_stream(engine.classify_table(table, batch_rows=10))
        reader.read_next_batch()  # left half-way
        del table, reader
    gc.collect()
    assert pa.total_allocated_bytes() == before


def test_verdicts_outlive_engine_and_table():
    engine = sekisho.Engine()
    verdicts = engine.classify_table(pa.table({"description": [RIFLE] * 100}), batch_rows=10)
    gone = weakref.ref(engine)
    del engine
    gc.collect()
    assert gone() is None
    assert pa.table(verdicts)["us-usml"].to_pylist() == ["match"] * 100


def test_duckdb(engine, columns, expected, tmp_path):
    path = str(tmp_path / "parts.parquet")
    pq.write_table(pa.table({"id": range(len(expected)), **columns}), path)
    db = duckdb.connect()
    sekisho.duckdb.register(db, engine)
    rows = db.execute(f"select sekisho(description, part_number) from '{path}' order by id").fetchall()
    assert [row[0] for row in rows] == expected
    verdicts = db.execute(f"select sekisho_verdict(description, part_number) from '{path}' order by id").fetchall()
    assert [row[0] for row in verdicts] == [min_verdict(line) for line in expected]
    found = db.execute(f"select p.id, c.list, c.entry from (select id, unnest(sekisho_candidates(description, part_number)) c"
                       f" from '{path}') p order by p.id").fetchall()
    wanted = [(i, a_list["list"], c["entry"]) for i, line in enumerate(expected)
              for a_list in json.loads(line)["lists"]
              for c in a_list["candidates"] or [{"entry": None}] * (a_list["verdict"] == "unknown")]
    assert sorted(found, key=str) == sorted(wanted, key=str)
    nothing = next(line for text, line in zip(columns["description"], expected) if text == "-")
    assert db.execute("select sekisho(null, null), sekisho('', null), sekisho_verdict(null, '')").fetchone() == (
        nothing, nothing, "unknown")
    notices = [note["en"] for note in json.loads(nothing)["notices"]]
    assert db.execute("select [m.en for m in c.missing] from (select unnest(sekisho_candidates(null, null)) c)"
                      ).fetchall() == [(notices,)] * len(engine.lists)
    assert json.loads(db.execute("select sekisho_version()").fetchone()[0]) == engine.versions


def test_duckdb_relation_as_a_table(engine, columns, expected):
    items = pa.table(columns)  # noqa: F841, read by DuckDB
    relation = duckdb.sql("select * from items")
    assert json_of(engine, relation) == expected


def test_the_example():
    example = pathlib.Path(__file__).resolve().parents[1] / "examples" / "parquet.py"
    run = subprocess.run([sys.executable, example], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "GOGGLE,NIGHT VISION" in run.stdout and "XII(c)" in run.stdout and "TABLE" not in run.stdout
