"""The PostgreSQL extension in a real server.

    postgresql_test.py PG_CONFIG EXTENSION LIBRARY SEKISHO
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path += [str(HERE), str(ROOT / "tests" / "hosts")]
import golden  # noqa: E402
import limits  # noqa: E402
from server import Server  # noqa: E402

PG_CONFIG = EXTENSION = LIBRARY = SEKISHO = ""
RIFLE = "'RIFLE,5.56 MILLIMETER M4'"


def start(**settings):
    return Server(PG_CONFIG, EXTENSION, LIBRARY, settings.items())


def write_packs(folder):
    """A small taxonomy, a newer one with another machine-gun paragraph, and a damaged one."""
    source = folder / "source"
    shutil.copytree(ROOT / "tests" / "golden" / "base", source)
    for name in ("older", "newer"):
        shutil.copytree(HERE / "packs" / name, source, dirs_exist_ok=True)
        subprocess.run([SEKISHO, "taxonomy", "compile", source, "-o", folder / f"{name}.pack"], check=True,
                       capture_output=True)
    damaged = bytearray((folder / "older.pack").read_bytes())
    damaged[len(damaged) // 2] ^= 0xFF
    (folder / "damaged.pack").write_bytes(damaged)


class Regress(unittest.TestCase):
    """tests/regress/sql/*.sql, each compared with its file under expected/, by the server's own pg_regress."""

    def test_scripts(self):
        with start() as server:
            write_packs(server.root)
            packs = {f"SEKISHO_{name}_PACK": str(server.root / f"{file}.pack")
                     for name, file in (("TEST", "older"), ("NEWER", "newer"), ("DAMAGED", "damaged"))}
            tool = pathlib.Path(server.lib) / "pgxs/src/test/regress/pg_regress"
            scripts = ["classify", "errors", "track", "upgrade"]
            self.assertEqual(sorted(scripts), sorted(p.stem for p in (HERE / "regress/sql").glob("*.sql")))
            out = server.root / "regress"
            out.mkdir()
            if os.geteuid() == 0:
                shutil.chown(out, server.user)
            inputs = server.root / "inputs"
            shutil.copytree(HERE / "regress", inputs)
            run = server.as_user(tool, f"--bindir={server.bin}", f"--host={server.root}", "--user=owner",
                                 f"--inputdir={inputs}", f"--outputdir={out}", *scripts, variables=packs, check=False)
            if os.environ.get("SEKISHO_ACCEPT"):  # to look through with git diff
                for script in scripts:
                    shutil.copy(out / "results" / f"{script}.out", HERE / "regress/expected")
            differences = out / "regression.diffs"
            self.assertEqual(run.returncode, 0,
                             run.stdout + run.stderr + (differences.read_text() if differences.exists() else ""))


class Host(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(start())
        cls.server.sql("CREATE EXTENSION sekisho")

    def test_golden(self):
        cases = golden.cases(SEKISHO)
        self.server.sql("CREATE TABLE golden (id text, description text, part_number text, expected text)")
        self.server.load("golden", cases)
        for what in ("sekisho_json(description, part_number)::text <> expected",
                     "sekisho_classify(description, part_number) <> expected::jsonb",
                     # empty and NULL are the same to the engine
                     "sekisho_json(nullif(description, ''), nullif(part_number, ''))::text <> expected"):
            self.assertEqual(self.server.sql(f"SELECT id FROM golden WHERE {what}"), "", what)
        self.assertEqual(self.server.sql("SELECT count(*) FROM golden"), str(len(cases)))

    def test_nothing_said(self):
        wanted = next(case[3] for case in golden.cases(SEKISHO) if case[1] == "-")
        for item in ("NULL", "''", "NULL, ''", "description => NULL, manufacturer => 'ACME'"):
            self.assertEqual(self.server.sql(f"SELECT sekisho_json({item})"), wanted, item)
        self.assertEqual(self.server.sql("SELECT sekisho_verdict('us-usml', NULL)"), "unknown")
        self.assertEqual(self.server.sql("SELECT list, entry, verdict, missing FROM sekisho_candidates(NULL) LIMIT 1"),
                         "us-usml||unknown|{\"neither description nor part number says anything\"}")

    def test_jsonb_is_what_the_server_reads(self):
        """sekisho_classify has a reader of its own; texts with escapes, attributes, treaties, figures, one long line."""
        items = (r"E'NIGHT\tVISION\n\"GOGGLE\", GEN 3'", r"E'NIGHT\u0001VISION \\ GOGGLE'", "'暗視　ゴーグル \"', 'AN/PVS-14'",
                 "'missile', attributes => '{\"range\": \"310 km\"}', treaties => 'us-jp-dtct,us-uk-126.17', destination => 'GB'",
                 "repeat('RIFLE; MISSILE; ', 3000)", "repeat('x', 70000)", "''")
        for item in items:
            wanted, found = (self.server.sql(f"SELECT {call}") for call in
                             (f"sekisho_json({item})::jsonb", f"sekisho_classify({item})"))
            self.assertEqual(found, wanted, item)
            self.assertEqual(self.server.sql(f"SELECT pg_column_size(sekisho_classify({item})) = "
                                             f"pg_column_size(sekisho_json({item})::jsonb)"), "t", item)

    def test_candidates_and_verdicts_are_those_of_the_json(self):
        self.server.sql("CREATE TABLE items (id text, description text, part_number text)")
        self.server.load("items", [case[:3] for case in golden.cases(SEKISHO)])
        pairs = ("SELECT id, l->>'list', c->>'entry', c->>'verdict', c->>'cite', jsonb_array_length(c->'evidence') "
                 "FROM items, jsonb_array_elements(sekisho_classify(description, part_number)->'lists') l, "
                 "jsonb_array_elements(l->'candidates') c")
        rows = ("SELECT id, list, entry, verdict, cite, cardinality(evidence) "
                "FROM items, sekisho_candidates(description, part_number) WHERE entry IS NOT NULL")
        self.assertGreater(int(self.server.sql(f"SELECT count(*) FROM ({rows}) r")), 300)
        self.assertEqual(self.server.sql(f"({rows} EXCEPT {pairs}) UNION ALL ({pairs} EXCEPT {rows})"), "")
        self.assertEqual(self.server.sql(
            "SELECT id FROM items, jsonb_array_elements(sekisho_classify(description, part_number)->'lists') l "
            "WHERE sekisho_verdict(l->>'list', description, part_number) <> l->>'verdict'"), "")

    def test_parallel_plan_gives_the_same(self):
        self.server.sql("CREATE TABLE many AS SELECT n, (ARRAY['RIFLE,5.56 MILLIMETER M4', 'BOLT', 'V-22用ギアボックス'])"
                        "[1 + n % 3] || ' ' || n AS description FROM generate_series(1, 20000) n", "ANALYZE many")
        force = ("SET parallel_setup_cost = 0", "SET parallel_tuple_cost = 0", "SET min_parallel_table_scan_size = 0",
                 "SET max_parallel_workers_per_gather = 2")
        query = "SELECT md5(string_agg(sekisho_json(description)::text, '' ORDER BY n)) FROM many"
        found = "SELECT sekisho_verdict(NULL, description), count(*) FROM many GROUP BY 1 ORDER BY 1"
        plan = self.server.sql(*force, f"EXPLAIN (ANALYZE, TIMING OFF) {found}")
        self.assertRegex(plan, r"Workers Launched: [12]")
        alone = ("SET max_parallel_workers_per_gather = 0",)
        for each in (query, found):
            self.assertEqual(self.server.sql(*force, each), self.server.sql(*alone, each))
        # a worker judges by the settings of its leader
        narrowed = self.server.sql(*force, "SET sekisho.as_of = '2020-01-01'", "SET sekisho.lists = 'jp-etco'",
                                   "SELECT DISTINCT j->'taxonomy'->>'as_of', jsonb_array_length(j->'lists') "
                                   "FROM (SELECT sekisho_classify(description) AS j FROM many) t")
        self.assertEqual(narrowed, "2020-01-01|1")

    def test_a_query_can_be_cancelled(self):
        endless = f"SELECT count(sekisho_json({RIFLE} || n)) FROM generate_series(1, 100000000) n"
        with self.assertRaisesRegex(RuntimeError, "57014"):
            self.server.sql("SET statement_timeout = '200ms'", endless)
        again = self.server.sql("SET statement_timeout = '200ms'", "\\set ON_ERROR_STOP off", endless, "RESET statement_timeout",
                                f"SELECT sekisho_verdict(NULL, {RIFLE}) <> 'no_match'")
        self.assertEqual(again, "t")

    def test_memory_does_not_grow(self):
        self.server.sql("CREATE TABLE lines AS SELECT n, (ARRAY['RIFLE,5.56 MILLIMETER M4', 'BOLT', 'V-22用ギアボックス'])"
                        "[1 + n % 3] || ' ' || n AS description FROM generate_series(1, 6000) n")
        held = "SELECT sum(used_bytes) FROM pg_backend_memory_contexts"
        resident = "SELECT split_part(pg_read_file('/proc/self/statm'), ' ', 2)::int * 4"
        use = "SELECT count(sekisho_classify(description)), count(c.entry) FROM lines, sekisho_candidates(description) c"
        out = self.server.sql(use, held, resident, *[use] * 5, held, resident).split("\n")
        (server_before, kb_before), (server_after, kb_after) = out[1:3], out[-2:]
        self.assertLess(int(server_after) - int(server_before), 64 * 1024)
        self.assertLess(int(kb_after) - int(kb_before), 1024)

    def test_dump_and_restore_keep_the_record(self):
        sql = self.server.sql
        sql("CREATE DATABASE origin", "CREATE DATABASE copy")
        sql("CREATE EXTENSION sekisho", "CREATE TABLE parts (id int PRIMARY KEY, description text)",
            "CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW "
            "EXECUTE FUNCTION sekisho_track('id', 'description')", f"INSERT INTO parts VALUES (1, {RIFLE}), (2, 'BOLT')",
            "UPDATE parts SET description = 'GOGGLE,NIGHT VISION' WHERE id = 2", database="origin")
        file = self.server.root / "dump.sql"
        self.server.as_user(self.server.bin / "pg_dump", "-f", file, "origin")
        self.server.as_user(self.server.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, "copy")
        for table in ("sekisho_classification", "sekisho_change", "sekisho_tracked"):
            rows = [sql(f"SELECT * FROM {table} ORDER BY 1, 2", database=name) for name in ("origin", "copy")]
            self.assertEqual(*rows)
            self.assertNotEqual(rows[0], "")
        sql(f"INSERT INTO parts VALUES (3, {RIFLE})", database="copy")  # the record's counter goes on
        self.assertEqual(sql("SELECT count(*) = max(id) FROM sekisho_change", database="copy"), "t")

    def test_the_record_is_found_by_its_index(self):
        """Also when it was empty, and known to be, when the first of many parts came: a plan lives for a session."""
        self.server.sql("CREATE DATABASE filled")
        scans = ("SELECT seq_scan < 5, idx_scan > 300 FROM pg_stat_user_tables WHERE relname = 'sekisho_classification'")
        self.server.sql(
            "CREATE EXTENSION sekisho", "CREATE TABLE parts (id int PRIMARY KEY, description text)",
            "CREATE TRIGGER sekisho AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION sekisho_track('id', 'description')",
            "VACUUM ANALYZE", "SELECT pg_stat_reset()", database="filled")
        self.server.sql("INSERT INTO parts SELECT n, 'BOLT' FROM generate_series(1, 400) n", database="filled")
        self.assertEqual(self.server.sql(scans, database="filled"), "t|t")

    def test_two_writers_and_a_reclassification(self):
        sql = self.server.sql
        sql("CREATE DATABASE busy")
        sql("CREATE EXTENSION sekisho", "CREATE TABLE parts (id int PRIMARY KEY, description text)",
            "CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW "
            "EXECUTE FUNCTION sekisho_track('id', 'description')",
            "INSERT INTO parts SELECT n, 'BOLT' FROM generate_series(1, 500) n", database="busy")
        writers = [subprocess.Popen(self.server.command(
            self.server.bin / "psql", "-X", "-q", "-d", "busy", "-v", "ON_ERROR_STOP=1",
            *(part for n in range(first, 501, 2) for part in
              ("-c", f"UPDATE parts SET description = {RIFLE} WHERE id = {n}"))),
            env=self.server.environment(), stderr=subprocess.PIPE, text=True) for first in (1, 2)]
        while any(writer.poll() is None for writer in writers):
            sql("SELECT * FROM sekisho_reclassify('parts')", database="busy")
        for writer in writers:
            self.assertEqual((writer.wait(), writer.stderr.read()), (0, ""))
            writer.stderr.close()
        self.assertEqual(sql("SELECT count(*) FROM parts JOIN sekisho_classification ON part = id::text WHERE verdict = "
                             "sekisho_verdict(NULL, description) AND verdict <> 'no_match'", database="busy"), "500")

    def test_other_encodings_are_refused(self):
        self.server.sql("CREATE DATABASE euc ENCODING 'EUC_JP' LOCALE 'C' TEMPLATE template0")
        with self.assertRaisesRegex(RuntimeError, r"0A000.*UTF8"):
            self.server.sql("CREATE EXTENSION sekisho", "SELECT sekisho_verdict(NULL, 'BOLT')", database="euc")


class Limits(unittest.TestCase):
    GREATEST = 2**31 - 1

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(start())
        cls.server.sql("CREATE EXTENSION sekisho", "CREATE ROLE clerk LOGIN")

    def test_each_holds(self):
        for name in limits.NOTICES:
            limits.check(self, name, lambda limit: self.server.sql(
                f"SET sekisho.{name} = {limit}", f"SELECT sekisho_json('{limits.ITEM}')"), SEKISHO)

    def test_in_every_function(self):
        for name in limits.NOTICES:
            said = self.server.sql(
                f"SET sekisho.{name} = 1", f"SELECT sekisho_verdict('us-usml', '{limits.ITEM}'), sekisho_verdict(NULL, "
                f"'{limits.ITEM}')", f"SELECT DISTINCT verdict, entry IS NULL FROM sekisho_candidates('{limits.ITEM}')",
                f"SELECT n->>'id' FROM jsonb_array_elements(sekisho_classify('{limits.ITEM}')->'notices') n")
            self.assertEqual(said, f"unknown|unknown\nunknown|t\n{limits.NOTICES[name]}", name)

    def test_a_session_meets_its_changes(self):
        """From the next call on, with the same item before and after; also when a transaction takes them back."""
        ask = f"SELECT sekisho_verdict('us-usml', '{limits.ITEM}')"
        for name in limits.NOTICES:
            set_it = f"SET sekisho.{name} = 1"
            said = self.server.sql(ask, set_it, ask, f"RESET sekisho.{name}", ask, "BEGIN", set_it, ask, "ROLLBACK", ask,
                                   "BEGIN", set_it.replace("SET", "SET LOCAL"), ask, "COMMIT", ask)
            self.assertEqual(said.split("\n"), ["match", "unknown", "match", "unknown", "match", "unknown", "match"], name)
            said = self.server.sql(
                f"CREATE FUNCTION within_{name}(text) RETURNS text LANGUAGE plpgsql {set_it} AS "
                "'BEGIN RETURN sekisho_verdict(NULL, $1); END'",
                f"SELECT sekisho_verdict(NULL, d), within_{name}(d), sekisho_verdict(NULL, d) "
                f"FROM unnest(ARRAY['{limits.ITEM}', '{limits.ITEM}']) d")
            self.assertEqual(said, "match|unknown|match\nmatch|unknown|match", "around a single call")

    def test_bytes_have_units_and_a_default(self):
        ask = f"SELECT sekisho_json(rpad('{limits.ITEM}', %d))::text NOT LIKE '%%limit-input-size%%'"
        for setting, size, within in (("0", 65536, True), ("0", 65537, False), ("'64kB'", 65536, True),
                                      ("'64kB'", 65537, False), ("'1MB'", 1 << 20, True), ("'1MB'", (1 << 20) + 1, False)):
            said = self.server.sql(f"SET sekisho.max_input_bytes = {setting}", ask % size)
            self.assertEqual(said, "t" if within else "f", (setting, size))
        said = self.server.sql("LOAD 'sekisho'", "SET sekisho.max_memory_bytes = 134217728", "SHOW sekisho.max_memory_bytes")
        self.assertEqual(said, "128MB")

    def test_whole_range(self):
        rows = self.server.sql("LOAD 'sekisho'", "SELECT name, boot_val, min_val, max_val, context FROM pg_settings "
                               "WHERE name LIKE 'sekisho.max%' ORDER BY 1").split("\n")
        self.assertEqual(rows, [f"sekisho.{name}|0|0|{self.GREATEST}|superuser" for name in sorted(limits.NOTICES)])
        for name in limits.NOTICES:
            said = self.server.sql(f"SET sekisho.{name} = {self.GREATEST}", f"SELECT sekisho_json('{limits.ITEM}')")
            self.assertEqual(said, limits.command_line(SEKISHO), name)

    def test_parallel_workers_have_them(self):
        self.server.sql(f"CREATE TABLE many AS SELECT '{limits.ITEM} ' || n AS description FROM generate_series(1, 20000) n",
                        "ANALYZE many")
        force = ("SET parallel_setup_cost = 0", "SET parallel_tuple_cost = 0", "SET min_parallel_table_scan_size = 0",
                 "SET max_parallel_workers_per_gather = 2", "SET parallel_leader_participation = off")
        query = "SELECT sekisho_verdict('us-usml', description), count(*) FROM many GROUP BY 1"
        self.assertRegex(self.server.sql(*force, f"EXPLAIN (ANALYZE, TIMING OFF) {query}"), r"Workers Launched: [12]")
        self.assertEqual(self.server.sql(*force, query), "match|20000")
        for name in limits.NOTICES:
            self.assertEqual(self.server.sql(*force, f"SET sekisho.{name} = 1", query), "unknown|20000", name)

    def test_only_superusers_set_them(self):
        """Nor does a user by a value from before the extension was loaded; who was granted it does."""
        ask = f"SELECT sekisho_verdict('us-usml', '{limits.ITEM}')"
        for name in limits.NOTICES:
            with self.assertRaisesRegex(RuntimeError, f"42501.*sekisho.{name}"):
                self.server.sql(ask, f"SET sekisho.{name} = 1", user="clerk")
            self.assertEqual(self.server.sql(f"SET sekisho.{name} = 1", ask, user="clerk"), "match", name)
            self.server.sql(f"ALTER ROLE clerk SET sekisho.{name} = 1")
            self.assertEqual(self.server.sql(ask, user="clerk"), "unknown", name)
            self.server.sql(f"ALTER ROLE clerk RESET sekisho.{name}")
        self.server.sql("GRANT SET ON PARAMETER sekisho.max_matches TO clerk")
        self.assertEqual(self.server.sql(ask, "SET sekisho.max_matches = 1", ask, user="clerk"), "match\nunknown")

    def test_the_record_is_made_within_them(self):
        sql = self.server.sql
        sql("CREATE TABLE parts (id int PRIMARY KEY, description text)", "GRANT INSERT ON parts TO clerk",
            "CREATE TRIGGER sekisho AFTER INSERT OR UPDATE OR DELETE ON parts FOR EACH ROW "
            "EXECUTE FUNCTION sekisho_track('id', 'description')")
        sql("SET sekisho.max_steps = 1", f"INSERT INTO parts VALUES (1, '{limits.ITEM}')", user="clerk")
        verdict = "SELECT verdict FROM sekisho_classification"
        self.assertEqual(sql(verdict), "match", "no user narrows it")
        reclassify = "SELECT parts, changed FROM sekisho_reclassify('parts')"
        self.assertEqual(sql("SET sekisho.max_steps = 1", reclassify, verdict, "RESET sekisho.max_steps", reclassify, verdict),
                         "1|1\nunknown\n1|1\nmatch")

    def test_bad_values_in_the_configuration(self):
        with self.assertRaisesRegex(RuntimeError, r"22023.*-1.* outside the valid range.*sekisho\.max_steps"):
            self.server.sql("LOAD 'sekisho'", "ALTER SYSTEM SET sekisho.max_steps = -1")
        with start(shared_preload_libraries="'sekisho'", **{"sekisho.max_steps": "-1"}) as server:
            self.assertRegex((server.root / "log").read_text(), r"-1.* outside the valid range.*sekisho\.max_steps")
            self.assertEqual(server.sql("CREATE EXTENSION sekisho", f"SELECT sekisho_json('{limits.ITEM}')"),
                             limits.command_line(SEKISHO))


class Preload(unittest.TestCase):
    """shared_preload_libraries: the taxonomy is loaded before the backends are forked."""

    def private_memory(self, server):
        """Private kB of a new backend after it has judged an item, and the files it has mapped by itself."""
        query = f"SELECT sekisho_verdict(NULL, {RIFLE}), pg_backend_pid()"
        script = f"{query} \\gset\n\\setenv PID :pg_backend_pid\n\\! cat /proc/$PID/smaps_rollup\n"
        file = server.root / "memory.psql"
        file.write_text(script)
        out = server.as_user(server.bin / "psql", "-X", "-q", "-f", file).stdout
        return sum(int(size) for size in re.findall(r"Private_(?:Clean|Dirty): +(\d+) kB", out))

    def test_pages_are_shared_and_packs_are_exchanged(self):
        with start() as server:
            server.sql("CREATE EXTENSION sekisho")
            alone = self.private_memory(server)
            server.stop()
            server.start(("shared_preload_libraries", "'sekisho'"))
            shared = self.private_memory(server)
            print(f"private memory of a backend that has judged: {alone} kB, preloaded {shared} kB", file=sys.stderr)
            self.assertLess(shared, alone)
            self.assertLess(shared, 16 * 1024)
            write_packs(server.root)
            digest = "SELECT sekisho_version() #>> '{taxonomy,digest}'"
            before = server.sql(digest)
            server.sql(f"ALTER SYSTEM SET sekisho.pack = '{server.root}/older.pack'", "SELECT pg_reload_conf()")
            self.assertEqual(server.sql("SELECT pg_sleep(0.5)", digest).split("\n")[-1] == before, False)
            server.sql("ALTER SYSTEM SET sekisho.pack = '/nonexistent.pack'", "SELECT pg_reload_conf()")
            with self.assertRaisesRegex(RuntimeError, "58P01"):
                server.sql("SELECT pg_sleep(0.5)", digest)

    def test_a_bad_pack_does_not_stop_the_server(self):
        with start(shared_preload_libraries="'sekisho'", **{"sekisho.pack": "'/nonexistent.pack'"}) as server:
            self.assertIn("sekisho: cannot open pack", (server.root / "log").read_text())
            with self.assertRaisesRegex(RuntimeError, "58P01"):
                server.sql("CREATE EXTENSION sekisho", "SELECT sekisho_verdict(NULL, 'BOLT')")
            self.assertEqual(server.sql("SELECT 1"), "1")


if __name__ == "__main__":
    PG_CONFIG, EXTENSION, LIBRARY, SEKISHO = sys.argv[1:5]
    unittest.main(argv=sys.argv[:1] + sys.argv[5:])
