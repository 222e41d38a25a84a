"""1,000,000 rows in PostgreSQL: what the functions cost beside the bare engine, and the plan with parallel workers.

    million.py PG_CONFIG EXTENSION LIBRARY SEKISHO BARE [ROWS [ITEMS.tsv]]

The rows are the items of the bundled sample, half of which are found in a list, over and over; or the first 4,096 of a
file with the columns id, description and part_number. The engine alone (bench/hosts/bare.c, one thread) and one backend
of the server take turns on a twentieth of them; the median counts. Rates are by processor time, since other programs
may run on the machine, and include reading the table. The parallel plan is by the clock, on all rows; the record again
on the twentieth.
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

TURNS = 3
ITEM = "description, part_number"
EACH = ", ".join(f"sekisho_verdict('{name}', {ITEM})" for name in ("us-usml", "us-ccl", "jp-etco", "jp-feo"))
NOTHING = ", ".join(["'no_match'"] * 4)
QUERIES = {  # name: (what the engine alone is asked, query)
    "sekisho_verdict": ("verdict", f"SELECT count(*) FROM few WHERE sekisho_verdict(NULL, {ITEM}) <> 'no_match'"),
    "sekisho_verdict of four lists": ("verdict", f"SELECT count(*) FROM few WHERE ({EACH}) <> ({NOTHING})"),
    "sekisho_candidates": ("verdict", f"SELECT count(*) FROM few, sekisho_candidates({ITEM})"),
    "sekisho_json": ("json", f"SELECT count(sekisho_json({ITEM})) FROM few"),
    "sekisho_classify": ("json", f"SELECT count(sekisho_classify({ITEM})) FROM few"),
}
ONE_CORE = "SET max_parallel_workers_per_gather = 0"


def alone(bare, kind, rounds, lines):
    """Seconds of processor time of the engine for all rows."""
    table = "id\tdescription\tpart_number\n" + "".join(f"{line}\n" for line in lines)
    run = subprocess.run([bare, kind, str(rounds)], input=table, capture_output=True, check=True, text=True)
    return float(run.stdout)


def inside(server, query):
    """The same of one backend, which has seen the library before."""
    clock = "SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)"
    warm = query.replace("FROM few", "FROM first")
    begin, *_, end = server.sql(ONE_CORE, warm, clock, query, clock).split("\n")[1:]
    return (int(end) - int(begin)) / 1e9


def by_the_clock(server, *commands):
    start = time.perf_counter()
    out = server.sql(*commands)
    return time.perf_counter() - start, out


def tracked(server):
    """What the record costs: inserts with and without the trigger, a reclassification of all rows."""
    server.sql("CREATE TABLE parts (n int PRIMARY KEY, description text, part_number text)",
               "CREATE TABLE plain (LIKE parts INCLUDING ALL)")
    fill = "INSERT INTO {} SELECT * FROM few WHERE n <= 20000"
    without = by_the_clock(server, fill.format("plain"))[0]
    server.sql(f"CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW "
               f"EXECUTE FUNCTION sekisho_track('n', 'description', 'part_number')")
    with_trigger = by_the_clock(server, fill.format("parts"))[0]
    print(f"the trigger adds {(with_trigger - without) / 20000 * 1e6:.0f} microseconds to an insert")
    server.sql("INSERT INTO plain SELECT * FROM few WHERE n > 20000",
               "DROP TABLE parts CASCADE", "DELETE FROM sekisho_classification", "ALTER TABLE plain RENAME TO parts",
               "CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW "
               "EXECUTE FUNCTION sekisho_track('n', 'description', 'part_number')", "VACUUM ANALYZE parts")
    for what in ("first", "next, nothing changed"):
        seconds, out = by_the_clock(server, "SELECT * FROM sekisho_reclassify()")
        print(f"sekisho_reclassify, {what}: {seconds:.1f} s ({out})", flush=True)


def main(pg_config, extension, library, _, bare, rows="1000000", path=ROOT / "taxonomy/sample/items.tsv"):
    lines = ["\t".join(line.split("\t")[:3]) for line in pathlib.Path(path).read_text("utf-8").split("\n")[1:-1]][:4096]
    rounds = -(-int(rows) // len(lines))
    rows = rounds * len(lines)
    with Server(pg_config, extension, library, {"shared_buffers": "1GB", "jit": "off"}.items()) as server:
        server.sql("CREATE EXTENSION sekisho", "CREATE TABLE items (n int, description text, part_number text)")
        server.load("items", ((str(n), *lines[n % len(lines)].split("\t")[1:]) for n in range(rows)))
        few = rows // rounds * (rounds // 20)
        server.sql(f"CREATE TABLE few AS SELECT * FROM items WHERE n < {few}",
                   "CREATE TABLE first AS SELECT * FROM items LIMIT 1000", "VACUUM ANALYZE")
        print(f"{few:,} rows; reading them takes {inside(server, 'SELECT count(*) FROM few'):.2f} s", flush=True)
        for name, (kind, query) in QUERIES.items():
            turns = [(alone(bare, kind, rounds // 20, lines), inside(server, query)) for _ in range(TURNS)]
            a, b = (statistics.median(column) for column in zip(*turns))
            print(f"{name:30} {few / b:9,.0f} items/s   engine alone ({kind}) {few / a:9,.0f}   share {a / b:4.0%}",
                  flush=True)
        query = QUERIES["sekisho_verdict"][1].replace("FROM few", "FROM items")
        print(f"{rows:,} rows")
        for workers in (0, 1):
            seconds, found = by_the_clock(server, f"SET max_parallel_workers_per_gather = {workers}", query)
            print(f"{workers} workers beside the leader: {seconds:.2f} s, {found} items found", flush=True)
        print(server.sql("SET max_parallel_workers_per_gather = 2", f"EXPLAIN (ANALYZE, COSTS OFF) {query}"))
        tracked(server)


if __name__ == "__main__":
    main(*sys.argv[1:])
