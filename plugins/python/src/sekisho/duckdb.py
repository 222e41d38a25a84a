"""Sekisho in DuckDB: SQL functions over whole vectors of rows.

    import duckdb, sekisho, sekisho.duckdb
    db = duckdb.connect()
    sekisho.duckdb.register(db, sekisho.Engine())
    db.sql("select id, sekisho_verdict(description, part_number) from 'parts.parquet'")
"""
from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ._engine import Engine

_CANDIDATES = ("STRUCT(list VARCHAR, entry VARCHAR, verdict VARCHAR, score FLOAT, title_en VARCHAR, title_ja VARCHAR,"
               " cite VARCHAR, clause VARCHAR, note VARCHAR, rule VARCHAR, flags VARCHAR[],"
               " missing STRUCT(id VARCHAR, en VARCHAR, ja VARCHAR)[],"
               ' evidence STRUCT(field VARCHAR, role VARCHAR, "begin" INTEGER, "end" INTEGER, text VARCHAR,'
               " concept VARCHAR, measure VARCHAR, system VARCHAR)[])[]")


def register(connection: Any, engine: Engine, **context: Any) -> None:
    """Adds to the connection, each of (description, part_number) but the last:

    - ``sekisho``: the result as JSON
    - ``sekisho_verdict``: the strictest verdict of all lists; "unknown" where an item cannot be judged
    - ``sekisho_candidates``: a list of structs, for ``unnest``; for each list that could not judge the item one with the
      verdict "unknown", no entry, and the reason under ``missing``
    - ``sekisho_version()``: JSON: engine, ABI, taxonomy, digest, as-of date, Unicode

    ``context`` is that of ``Engine.classify_table``.
    """

    def column(name: str, columns: tuple[str, ...]):
        def judge(description: Any, part_number: Any) -> Any:
            items = [_chunked(description), _chunked(part_number)]
            empty = pc.and_(*(pc.equal(pc.coalesce(pc.binary_length(text), 0), 0) for text in items))
            if pc.any(empty).as_py():  # a row error of tables; here a result as of any other item without words
                items[0] = pc.if_else(empty, " ", items[0])
            table = pa.Table.from_arrays(items, ["description", "part_number"])
            verdicts = pa.table(engine.classify_table(table, columns=columns, **context))
            return _with_unjudged(verdicts, engine.lists) if name == "candidates" else verdicts[name]
        return judge

    def add(name: str, function: Any, arguments: list[str], returns: str) -> None:
        connection.create_function(name, function, arguments, returns, type="arrow", null_handling="special")

    item = ["VARCHAR", "VARCHAR"]
    add("sekisho", column("json", ("json",)), item, "VARCHAR")
    add("sekisho_verdict", column("verdict", ()), item, "VARCHAR")
    add("sekisho_candidates", column("candidates", ("candidates", "notices")), item, _CANDIDATES)
    connection.create_function("sekisho_version", lambda: json.dumps(engine.versions), [], "VARCHAR")


def _with_unjudged(verdicts: pa.Table, lists: list[str]) -> pa.ChunkedArray:
    """The candidates, and one for each list without any that says unknown: a join shall not lose the item."""
    named = [name for name in lists if name in verdicts.column_names]
    if not any(pc.any(pc.equal(verdicts[name], "unknown")).as_py() for name in named):
        return verdicts["candidates"]
    rows = verdicts.select([*named, "candidates", "notices"]).to_pylist()
    for row in rows:
        judged = {candidate["list"] for candidate in row["candidates"]}
        row["candidates"] += [{"list": name, "verdict": "unknown", "missing": row["notices"]}
                              for name in named if row[name] == "unknown" and name not in judged]
    return pa.chunked_array([pa.array([row["candidates"] for row in rows], verdicts["candidates"].type)])


def _chunked(column: Any) -> pa.ChunkedArray:
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
