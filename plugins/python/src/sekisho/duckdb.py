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

from ._engine import Engine

_CANDIDATES = ("STRUCT(list VARCHAR, entry VARCHAR, verdict VARCHAR, score FLOAT, title_en VARCHAR, title_ja VARCHAR,"
               " cite VARCHAR, clause VARCHAR, note VARCHAR, rule VARCHAR, flags VARCHAR[],"
               " missing STRUCT(id VARCHAR, en VARCHAR, ja VARCHAR)[],"
               ' evidence STRUCT(field VARCHAR, role VARCHAR, "begin" INTEGER, "end" INTEGER, text VARCHAR,'
               " concept VARCHAR, measure VARCHAR, system VARCHAR)[])[]")


def register(connection: Any, engine: Engine, **context: Any) -> None:
    """Adds to the connection, each of (description, part_number) but the last:

    - ``sekisho``: the result as JSON; null where neither says anything
    - ``sekisho_verdict``: the strictest verdict of all lists; "unknown" where an item cannot be judged
    - ``sekisho_candidates``: a list of structs, for ``unnest``
    - ``sekisho_version()``: JSON: engine, ABI, taxonomy, digest, as-of date, Unicode

    ``context`` is that of ``Engine.classify_table``.
    """

    def column(name: str, columns: tuple[str, ...]):
        def judge(description: Any, part_number: Any) -> Any:
            items = pa.Table.from_arrays([_chunked(description), _chunked(part_number)], ["description", "part_number"])
            return pa.table(engine.classify_table(items, columns=columns, **context))[name]
        return judge

    def add(name: str, function: Any, arguments: list[str], returns: str) -> None:
        connection.create_function(name, function, arguments, returns, type="arrow", null_handling="special")

    item = ["VARCHAR", "VARCHAR"]
    add("sekisho", column("json", ("json",)), item, "VARCHAR")
    add("sekisho_verdict", column("verdict", ()), item, "VARCHAR")
    add("sekisho_candidates", column("candidates", ("candidates",)), item, _CANDIDATES)
    connection.create_function("sekisho_version", lambda: json.dumps(engine.versions), [], "VARCHAR")


def _chunked(column: Any) -> pa.ChunkedArray:
    return column if isinstance(column, pa.ChunkedArray) else pa.chunked_array([column])
