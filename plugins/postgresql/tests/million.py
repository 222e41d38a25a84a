"""1,000,000 rows in PostgreSQL: what the functions cost beside the bare engine, and the plan with parallel workers.

    million.py PG_CONFIG EXTENSION LIBRARY SEKISHO BARE [ROWS [ITEMS.tsv]]

Items are those of the bundled sample, half of which are found in a list, or of a file with the columns id, description
and part_number, over and over, made different by a lot number.
The engine alone (tests/bare.c, one thread, same items from a file) and one backend of the server take turns; the median
counts. Rates are by processor time, since other programs may run on the machine, and include reading the table; the
parallel plan is by the clock.
"""
import pathlib
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(HERE))
from server import Server  # noqa: E402

ROUNDS = 3
ONE_CORE = "SET max_parallel_workers_per_gather = 0"
QUERIES = {  # name: (what the engine alone is asked, query)
    "sekisho_verdict": ("verdict", "SELECT count(*) FROM items WHERE sekisho_verdict(NULL, description, part_number) <> 'no_match'"),
    "sekisho_verdict of each list": ("verdict", "SELECT count(*) FROM items WHERE "
                                     "(sekisho_verdict('us-usml', description, part_number), sekisho_verdict('us-ccl', description, part_number), "
                                     "sekisho_verdict('jp-etco', description, part_number), sekisho_verdict('jp-feo', description, part_number)) "
                                     "<> ('no_match', 'no_match', 'no_match', 'no_match')"),
    "sekisho_candidates": ("verdict", "SELECT count(*) FROM items, sekisho_candidates(description, part_number)"),
    "sekisho_json": ("json", "SELECT count(sekisho_json(description, part_number)) FROM items"),
    "sekisho_classify": ("json", "SELECT count(sekisho_classify(description, part_number)) FROM items"),
}


def items(rows, path):
    lines = [line.split("\t")[1:3] for line in pathlib.Path(path).read_text("utf-8").split("\n")[1:-1]]
    for n in range(rows):
        description, part_number = lines[n % len(lines)]
        yield str(n), f"{description} LOT {n // len(lines)}", part_number


def processor_time(server, query):
    """Of one backend for the query, in seconds; the query has run once before, as the bare engine's pages are warm too."""
    clock = "SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)"
    begin, *_, end = server.sql(ONE_CORE, query.replace("FROM items", "FROM first_items"), clock, query, clock).split("\n")[1:]
    return (int(end) - int(begin)) / 1e9


def timed(call):
    start = time.perf_counter()
    out = call()
    return time.perf_counter() - start, out


def main(pg_config, extension, library, sekisho, bare, rows="1000000", path=ROOT / "taxonomy/sample/items.tsv"):
    rows = int(rows)
    del sekisho
    with Server(pg_config, extension, library, {"shared_buffers": "1GB", "jit": "off"}.items()) as server:
        server.sql("CREATE EXTENSION sekisho", "CREATE TABLE items (n text, description text, part_number text)")
        all_items = list(items(rows, path))
        server.load("items", all_items)
        server.sql("CREATE TABLE first_items AS SELECT * FROM items LIMIT 1000", "VACUUM ANALYZE items")
        file = server.root / "items"
        file.write_text("".join(f"{description}\t{part_number}\n" for _, description, part_number in all_items), "utf-8")
        print(f"{rows:,} rows; reading the table alone takes {processor_time(server, 'SELECT count(*) FROM items'):.2f} s")
        for name, (kind, query) in QUERIES.items():
            alone, inside = [], []
            for _ in range(ROUNDS):
                alone.append(float(subprocess.run([bare, file, kind], capture_output=True, check=True, text=True).stdout.split()[1]))
                inside.append(processor_time(server, query))
            a, b = statistics.median(alone), statistics.median(inside)
            print(f"{name:30} {rows / b:12,.0f} items/s   engine alone ({kind}) {rows / a:12,.0f} items/s   share {a / b:5.0%}", flush=True)
        query = QUERIES["sekisho_verdict"][1]
        for workers in (0, 1, 2):
            setting = f"SET max_parallel_workers_per_gather = {workers}"
            seconds, found = timed(lambda s=setting: server.sql(s, query))
            print(f"{workers} workers beside the leader: {seconds:.2f} s, {found} items found")
        print(server.sql("SET max_parallel_workers_per_gather = 2", f"EXPLAIN (ANALYZE, COSTS OFF) {query}"))


if __name__ == "__main__":
    main(*sys.argv[1:])
