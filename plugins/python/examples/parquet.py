"""Classifies a Parquet file in DuckDB: which of its parts meet which entries. Without a file it makes a small one.

    python parquet.py [PARTS.parquet]      (columns: description, part_number)
"""
import sys
import tempfile

import duckdb

import sekisho
import sekisho.duckdb


def main(path=None):
    db = duckdb.connect()
    sekisho.duckdb.register(db, sekisho.Engine())
    if path is None:
        path = tempfile.mkdtemp() + "/parts.parquet"
        db.execute(f"""copy (select * from (values ('GOGGLE,NIGHT VISION', 'AN/PVS-14'), ('TABLE,FOLDING', null),
                       ('Ｖ－２２用ギアボックス', null)) as parts(description, part_number)) to '{path}' (format parquet)""")
    db.sql("""with judged as (select description, unnest(sekisho_candidates(description, part_number)) as c
                              from read_parquet($path))
              select description, c.list, c.entry, c.verdict, c.cite from judged order by all""",
           params={"path": path}).show()


if __name__ == "__main__":
    main(*sys.argv[1:])
